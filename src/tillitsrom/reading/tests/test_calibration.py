"""Confidence: drawn towards what was seen, never beyond what was seen, and rising with what a rule says."""

from hypothesis import given
from hypothesis import strategies as st

from tillitsrom.reading import calibration, calibration_table
from tillitsrom.reading.calibration import Table, at, calibrated, uncalibrated

CURVE = ((0.6, 0.5), (0.8, 0.8), (0.95, 0.9))


def test_the_curve_is_straight_between_its_points_and_flat_outside():
    assert [round(at(CURVE, x), 3) for x in (0.1, 0.6, 0.7, 0.8, 0.99)] == [0.5, 0.5, 0.65, 0.8, 0.9]
    assert at((), 0.7) == 0.7


def test_a_rule_that_is_often_wrong_is_trusted_less_the_more_it_is_seen():
    promised = [
        Table(CURVE, {"r": (n, 0, 0.8)}, {}).estimate("r", "activity", 0.8) for n in (0, 3, 12, 100, 1000)
    ]
    assert promised == sorted(promised, reverse=True)
    assert promised[0] == 0.8
    assert promised[-1] <= 0.05


def test_a_class_that_is_read_badly_lowers_and_one_that_is_read_well_does_not_raise():
    plain = Table(CURVE, {}, {}).estimate("r", "activity", 0.8)
    assert Table(CURVE, {}, {"activity": (50, 25, 0.8)}).estimate("r", "activity", 0.8) < plain
    assert Table(CURVE, {}, {"activity": (50, 50, 0.8)}).estimate("r", "activity", 0.8) == plain


@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from([*calibration_table.RULES, "unheard of"]),
    st.sampled_from(["goal", "reporting", "duty", "unheard of"]),
    st.booleans(),
)
def test_the_package_s_own_table_rises_and_stays_within_bounds(one, other, rule, kind, law):
    low, high = sorted((one, other))
    first, second = calibrated(rule, kind, low, law=law), calibrated(rule, kind, high, law=law)
    assert calibration.LOWEST <= first <= second <= calibration.HIGHEST


def test_what_the_rules_say_can_be_had_and_the_table_comes_back():
    with uncalibrated():
        assert calibrated("request", "reporting", 0.9712) == 0.97
    assert calibrated("request", "reporting", 0.9712) == calibrated("request", "reporting", 0.9712)
    assert not calibration._raw


def test_no_rule_has_more_right_than_found():
    for seen, right, usual in [*calibration_table.RULES.values(), *calibration_table.CLASSES.values()]:
        assert 0 <= right <= seen
        assert 0 < usual <= 1
