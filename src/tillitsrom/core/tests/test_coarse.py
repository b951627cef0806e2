"""Rounding outwards: the truth lies inside, and small steps cannot be told apart."""

from hypothesis import given
from hypothesis import strategies as st

from tillitsrom.core.coarse import outwards


@given(st.floats(0, 1e7), st.floats(0, 1e7))
def test_the_truth_lies_inside(one, other):
    low, high = sorted((one, other))
    coarse = outwards(low, high)
    assert coarse[0] <= low <= high <= coarse[1]
    assert outwards(*coarse) == coarse


def test_two_figures_are_left():
    assert outwards(1237.4, 1237.4) == (1200, 1300)
    assert outwards(99.5, 99.5) == (99, 100)
    assert outwards(0, 0) == (0, 0)
