"""Somebody has taken the database, the files and the web log: who sent which confidential signal? The benchmark, small."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tillitsrom.signals.models import Signal

BENCHMARK = Path(__file__).resolve().parents[4] / "benchmarks/linking.py"
pytestmark = pytest.mark.django_db


@pytest.fixture
def linking(settings, monkeypatch) -> ModuleType:
    if not BENCHMARK.exists():
        pytest.skip("the benchmarks do not come with the installed package")
    spec = importlib.util.spec_from_file_location("linking", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(__import__("sys").modules, "linking", module)
    spec.loader.exec_module(module)
    settings.SESSION_COOKIE_AGE = 90 * 24 * 3600
    monkeypatch.setattr("tillitsrom.signals.views.report.PER_HOUR_LOGGED_IN", 10**6)
    monkeypatch.setattr("tillitsrom.signals.views.reply.TRIES_A_MINUTE", 10**6)
    return module


def test_no_attack_links_more_than_luck_does(linking):
    """Two units and twenty people in two weeks. Four in ten above chance would be no luck: it is what one leak gives."""
    world = linking.live(units=2, people=20, opened=16, confidential=28, weeks=2)
    assert len(world.truth) == Signal.objects.filter(confidential=True).count() == 28
    found = linking.attacks(world)
    for name, (share, chance) in found.items():
        assert share <= chance + 0.4, name
    average = sum(share for share, _chance in found.values()) / len(found)
    chance = next(iter(found.values()))[1]
    assert average <= chance + 0.12


def test_the_attack_itself_works_where_something_leaks(linking):
    """The same attack on rows that are kept in the order they came finds them: it is not the attacker who is weak."""
    world = linking.live(units=2, people=20, opened=16, confidential=28, weeks=2)
    came = {signal: number for number, signal in enumerate(world.truth)}
    possible = linking.candidates(world)
    group_key = {row.pk: (str(row.week), row.unit_id) for row in Signal.objects.filter(confidential=True)}
    guesses = linking._by_order(came, group_key, possible, lambda line: line.at)
    assert linking._linked(world, guesses) > 0.9
