"""Every statement says where it comes from, how sure we are and when it holds; a file that does not is refused."""

import copy
from datetime import date, timedelta
from importlib import resources

import pytest
import yaml

from tillitsrom.rulesets import load
from tillitsrom.rulesets.load import DataError
from tillitsrom.rulesets.schema import CaseForm, MinutesKind, Provision, Standing

AREAS = list(load.rule_sets().values())


def provisions(area):
    yield area.code, area.provision
    for kind in ("rules", "forms", "minutes", "paths"):
        for name, one in getattr(area, kind).items():
            yield f"{area.code} {kind} {name}", one.provision
    for body in area.bodies:
        yield f"{area.code} {body.id}", body.provision


EVERY: list[tuple[str, Provision]] = [
    *(pair for area in AREAS for pair in provisions(area)),
    *((name, one.provision) for name, one in load.statutes().items()),
]


def test_the_house_rules_say_that_they_are_no_law_and_are_days():
    house = load.house()
    assert all(isinstance(days, int) and days > 0 for days in (house.told_before_days, house.figures_days))
    assert (house.note.nb, house.note.nn) == (
        "Husregel i systemet, ikke lov eller avtale.",
        "Husregel i systemet, ikkje lov eller avtale.",
    )


@pytest.mark.parametrize(("name", "provision"), EVERY, ids=[name for name, _one in EVERY])
def test_every_statement_has_source_status_and_validity(name, provision):
    assert provision.section
    assert provision.sources
    assert all(one.startswith(("https://", "http://", "lov-", "forskrift-")) for one in provision.sources)
    assert isinstance(provision.verified, bool)
    assert provision.valid_from is not None or not provision.verified


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.code)
def test_every_form_in_use_has_a_purpose_minutes_and_a_path(area):
    used = {rule.form for rule in area.rules.values()}
    used |= {step for rule in area.rules.values() for step in rule.steps}
    for rows in (area.forms, area.minutes, area.paths):
        assert used <= set(rows)


def test_the_forms_of_minutes_follow_the_facts():
    """Hovedavtalen i staten § 21: the employer writes, the parties approve, nobody signs."""
    minutes = load.rule_sets()["state"].minutes[CaseForm.DISCUSSION]
    assert (minutes.kind, minutes.written_by) == (MinutesKind.REFERAT, "employer")
    assert minutes.approved
    assert not minutes.signed
    assert minutes.provision.verified
    protocol = load.rule_sets()["state"].minutes[CaseForm.NEGOTIATION]
    assert protocol.signers == ("employer", "employees")
    assert not protocol.provision.verified


def test_disagreement_in_a_discussion_of_the_state_follows_the_facts():
    """Hovedavtalen i staten § 22: the employer decides, discusses anew before deciding otherwise; two exceptions."""
    path = load.rule_sets()["state"].paths[CaseForm.DISCUSSION]
    assert path.decides == "employer"
    assert path.discuss_again
    assert [one.code for one in path.exceptions] == ["work_plans", "grading"]
    mediation = load.rule_sets()["state"].paths[CaseForm.NEGOTIATION]
    assert [one.code for one in mediation.steps] == ["negotiate", "mediate", "choose", "decide"]
    assert not mediation.provision.verified_on(date(2026, 11, 28))


@pytest.mark.parametrize(
    ("name", "key", "number"),
    [("AML-7-1", "employees", 30), ("AML-7-1", "employees_on_demand", 10), ("AML-8-1", "employees", 50),
     ("KOML-5-11", "percent_to_replace", 75), ("AML-14-14A", "times_a_year", 1), ("SAL-9-2", "times_a_year", 1)],
)  # fmt: skip
def test_the_thresholds_of_the_law(name, key, number):
    assert load.statutes()[name].numbers[key] == number


@pytest.mark.parametrize(
    ("code", "day", "standing"),
    [("state", date(2022, 12, 31), "not_yet"), ("state", date(2026, 6, 1), "in_force"),
     ("state", date(2026, 11, 28), "ends_soon"), ("state", date(2027, 1, 1), "expired"),
     ("ks", date(2025, 6, 1), "in_force"), ("ks", date(2026, 1, 1), "continues"),
     ("oslo", date(2026, 1, 1), "unknown"), ("law", date(2040, 1, 1), "in_force")],
)  # fmt: skip
def test_how_an_edition_stands(code, day, standing):
    area = load.rule_sets()[code]
    assert area.standing(day) == Standing(standing)
    assert bool(area.standing_text(day)) == (standing != "in_force")


def test_the_banner_comes_three_months_before_the_end():
    area = load.rule_sets()["state"]
    end = area.provision.valid_to
    assert end is not None
    assert area.standing(end - timedelta(days=91)) == Standing.ENDS_SOON
    assert area.standing(end - timedelta(days=93)) == Standing.IN_FORCE


def raw(name="law"):
    return yaml.safe_load(
        resources.files("tillitsrom.rulesets").joinpath("data", f"{name}.yaml").read_text("utf-8")
    )


def read(area):
    return load.area_from(area, "law.yaml", {}, {})


def test_the_file_as_it_stands_is_taken():
    assert read(raw()).code == "law"


def _drop(key):
    return lambda area: area["rules"][0].pop(key)


def _put(key, value):
    return lambda area: area["rules"][0].update({key: value})


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_drop("source"), "source"), (_drop("status"), "status"), (_drop("valid_from"), "valid_from"),
        (_put("source", []), "source must be a list"), (_put("status", "perhaps"), "none of verified"),
        (_put("valid_from", "soon"), "is no date"), (_put("valid_from", "unknown"), "is not verified"),
        (_put("valid_to", date(2001, 1, 1)), "before"), (_put("form", "quarrel"), "none of"),
        (_put("conditions", ["nobody"]), "no question"), (_put("otherwise", "NOWHERE"), "no rule or a ring"),
        (_put("otherwise", "LAW-8-2C"), "no rule or a ring"), (_put("otherwise", None), "what holds otherwise"),
        (_put("reason", {"nb": "Fordi"}), "missing"), (_put("surprise", 1), "unknown ['surprise']"),
        (lambda area: area["rules"].append(copy.deepcopy(area["rules"][0])), "stands twice"),
        (lambda area: area.update(minutes=area["minutes"][:1]), "lacks"), (lambda area: area.update(fallback="X"), "is no rule"),
        (lambda area: area["minutes"][0].update(signed=True), "signers"),
    ],
)  # fmt: skip
def test_a_file_that_says_what_cannot_be_meant_is_refused_with_its_place(spoil, said):
    area = raw()
    spoil(area)
    with pytest.raises(DataError) as refusal:
        read(area)
    assert "law.yaml" in str(refusal.value)
    assert said in str(refusal.value)
