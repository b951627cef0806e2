"""The arithmetic of the ledger, over every input that hypothesis can think of."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tillitsrom.ledger.figures import (
    CHOICES,
    Range,
    coarse,
    given_back,
    may_be_shown,
    median_of_counts,
    quartiles,
    yearly,
)

hours = st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)).map(lambda pair: Range(min(pair), max(pair)))
answers = st.lists(st.integers(0, len(CHOICES) - 1), min_size=1, max_size=60)


def tally(choices):
    return {str(one): choices.count(one) for one in set(choices)}


@given(hours, hours, st.floats(0, 1000))
def test_never_more_is_given_back_than_it_took_before(before, after, own):
    found = given_back(before, after, own)
    assert found.low <= found.high + 1e-6
    assert found.low <= before.low
    assert found.high <= before.high


@given(answers)
def test_the_range_of_answers_always_spans_two_choices(choices):
    found = quartiles(tally(choices))
    lows, highs = [float(low) for low, _high in CHOICES], [float(high) for _low, high in CHOICES]
    assert lows.index(found.low) < highs.index(found.high)
    if len(set(choices)) > 1:
        assert found.high >= CHOICES[sorted(choices)[len(choices) // 2]][0]


def test_the_quarters_of_known_answers():
    assert quartiles(tally([0, 0, 1, 2, 3, 4, 5, 6])) == Range(0, 60)
    assert quartiles(tally([0] * 9)) == Range(0, 5)
    assert quartiles(tally([7] * 9)) == Range(120, 480)


def test_hours_a_year_are_minutes_times_people_times_weeks():
    assert yearly(Range(5, 30), 12, 44) == Range(44, 264)


@given(hours)
def test_rounding_goes_outwards(found):
    rounded = coarse(found)
    assert rounded.low <= found.low <= found.high <= rounded.high


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 50), min_size=1, max_size=30))
def test_the_median_is_that_of_every_value_written_out(counts):
    every = sorted(value for value, n in counts.items() for _one in range(n))
    middle = (every[(len(every) - 1) // 2] + every[len(every) // 2]) / 2
    assert median_of_counts(counts) == middle


def test_no_median_of_nothing():
    assert median_of_counts({}) is None


@given(
    st.integers(3, 8),
    st.lists(st.integers(0, 15), min_size=6, max_size=6),
    st.lists(st.sets(st.integers(0, 5), min_size=1), min_size=1, max_size=6),
)
def test_no_rest_between_shown_results_is_a_small_group(k, people, asked):
    """Results come one by one; whatever is shown, a whole less parts of it that lie apart never leaves fewer than k."""
    shown: list[tuple[frozenset[int], int]] = []
    for units in map(frozenset, asked):
        n = sum(people[unit] for unit in units)
        if may_be_shown(units, n, shown, k):
            shown.append((units, n))
    for whole, n in shown:
        assert n >= k
        parts = [(units, m) for units, m in shown if units < whole]
        for part, m in parts:
            assert not 0 < n - m < k, (part, whole)
    newest = shown[-1] if shown else None
    if newest:
        inside = [(units, m) for units, m in shown[:-1] if units < newest[0]]
        for size in (1, 2, 3):
            for chosen in combinations(inside, size):
                sets = [units for units, _m in chosen]
                if sum(map(len, sets)) == len(frozenset().union(*sets)):
                    assert not 0 < newest[1] - sum(m for _units, m in chosen) < k


def test_a_part_is_held_back_when_the_whole_is_shown_already():
    whole = (frozenset({1, 2}), 12)
    assert not may_be_shown(frozenset({1}), 10, [whole], 5)
    assert may_be_shown(frozenset({1}), 6, [whole], 5)
    assert not may_be_shown(frozenset({1}), 4, [], 5)
