"""The configuration: what it may say, and that what it says wrongly is told."""

from pathlib import Path

import pytest

from tillitsrom.reading.check import Config, ConfigError, Silence, check
from tillitsrom.reading.check.config import find_config, load_config, parse_config, with_codes
from tillitsrom.reading.check.tests.make import HEAD, found, read

GOALS = "## Mål\n\n" + "".join(f"- Det er trygt på kysten i region {n}\n" for n in "abcdefg")
ACTIVITY = "\n## Styringsparametere\n\n- Antall gjennomførte møter med havnene\n"


def codes(**settings: object) -> set[str]:
    return {f.code for f in check(read(HEAD + GOALS + ACTIVITY), config=Config(**settings))}  # type: ignore[arg-type]  # each test gives fitting values


def test_select_and_ignore_take_whole_codes_and_beginnings():
    assert {"TR101", "TR103"} <= codes()
    assert codes(select=("TR101",)) == {"TR101"}
    assert codes(select=("TR1",), ignore=("TR101",)) == {"TR103"}
    assert not codes(ignore=("TR",))


def test_the_cap_is_what_the_configuration_says():
    (finding,) = found("TR101", GOALS, config=Config(cap_goals=3))
    assert "7 mål. Grensen er 3" in finding.message
    assert "region d" in finding.quote
    assert not found("TR101", GOALS, config=Config(cap_goals=7))


def test_only_the_named_finding_of_the_named_rule_is_silenced():
    quiet = Config(silence=(Silence("TR103", "møter med  havnene", "avtalt"),))
    assert not found("TR103", ACTIVITY, config=quiet)
    assert found("TR103", ACTIVITY, config=Config(silence=(Silence("TR103", "kurs", "avtalt"),)))
    assert found("TR103", ACTIVITY, config=Config(silence=(Silence("TR101", "møter", "avtalt"),)))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ([], "tabell"),
        ({"colour": 1}, "«colour»"),
        ({"select": "TR101"}, "liste"),
        ({"select": ["TR999"]}, "«TR999»"),
        ({"ignore": [1]}, "liste"),
        ({"cap_goals": 0}, "helt tall"),
        ({"cap_goals": True}, "helt tall"),
        ({"crowd": "mange"}, "helt tall"),
        ({"july": "ja"}, "true eller false"),
        ({"fail_on": "all"}, "fail_on"),
        ({"fail_on": ["error"]}, "fail_on"),
        ({"silence": {"code": "TR101"}}, "[[check.silence]]"),
        ({"silence": [{"code": "TR101", "quote": "x"}]}, "mangler reason"),
        ({"silence": [{"code": "TR101", "quote": "x", "reason": "  "}]}, "mangler reason"),
        ({"silence": [{"code": "TR101", "quote": "x", "reason": "y", "until": "z"}]}, "«until»"),
        ({"silence": [{"code": "XX1", "quote": "x", "reason": "y"}]}, "«XX1»"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(table: object, said: str):
    with pytest.raises(ConfigError) as error:
        parse_config(table)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", [b"[check", b"\xff\xfe", b"[check]\ncap_goals = -1\n"])
def test_a_bad_file_is_named(tmp_path: Path, content: bytes):
    path = tmp_path / "tillitsrom.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"tillitsrom\.toml: "):
        load_config(path)


def test_the_nearest_file_upwards_is_found(tmp_path: Path):
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "tillitsrom.toml").write_text("[check]\ncap_goals = 9\n")
    assert find_config(deep) == tmp_path / "tillitsrom.toml"
    (tmp_path / "a" / "tillitsrom.toml").write_text("")
    assert find_config(deep) == tmp_path / "a" / "tillitsrom.toml"
    assert load_config(tmp_path / "tillitsrom.toml").cap_goals == 9
    assert load_config(tmp_path / "a" / "tillitsrom.toml") == Config()


def test_the_command_line_goes_before_the_file():
    config = with_codes(Config(select=("TR1",), ignore=("TR102",)), ["tr2"], [])
    assert (config.select, config.ignore) == (("TR2",), ("TR102",))
