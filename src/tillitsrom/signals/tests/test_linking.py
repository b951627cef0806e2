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
    """Two units and twenty people in two weeks. Where nothing leaks, less than one run in a thousand is so lucky by itself."""
    world = linking.live(units=2, people=20, opened=16, confidential=28, weeks=2)
    assert len(world.truth) == Signal.objects.filter(confidential=True).count() == 28
    possible = linking.candidates(world)
    found = linking.attacks(world, possible)
    _average, p = linking.luck_of(world, possible, found)
    assert p > 1e-3, found
    assert found["sessions, events, notices and jobs"] == 0


def test_the_attack_itself_works_where_something_leaks(linking):
    """The same attack on rows that are kept in the order they came finds them: it is not the attacker who is weak."""
    world = linking.live(units=2, people=20, opened=16, confidential=28, weeks=2)
    came = {signal: number for number, signal in enumerate(world.truth)}
    possible = linking.candidates(world)
    group_key = {row.pk: (str(row.week), row.unit_id) for row in Signal.objects.filter(confidential=True)}
    guesses = linking._by_order(came, group_key, possible, lambda line: line.at)
    linked = linking._linked(world, guesses)
    assert linked > 0.9
    blind = linking._linked(world, linking._who_sent_most(possible))
    average, p = linking.luck_of(world, possible, {linking.BLIND: blind, "the order they came": linked})
    assert average < blind < linked
    assert p < 1e-3
