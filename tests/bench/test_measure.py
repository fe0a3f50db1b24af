import time

import pytest

from bench.load import Outcome
from bench.measure import Plain, Ratio, machine, peak_memory, side_by_side, timed


def test_a_ratio_names_its_floor_and_its_target():
    line = Ratio("lines saved", 600.0, 1000.0, "/s", "one insert", "≥ 0.6 ×").line()

    assert line == "  lines saved: 600 /s = 0.60 × one insert (1e+03 /s)   target ≥ 0.6 ×"


def test_what_has_no_floor_is_infinitely_above_it():
    assert Ratio("x", 1.0, 0.0, "s", "nothing").ratio == float("inf")


def test_a_plain_number_is_told_with_its_unit():
    assert Plain("peak memory", 231.0, "MB", "< 400 MB").line().endswith("231 MB   target < 400 MB")


def test_data_can_be_kept_as_json():
    assert Ratio("x", 3.0, 2.0, "s", "y").data()["ratio"] == 1.5
    assert Plain("x", 3.0, "s").data()["value"] == 3.0


def test_both_sides_are_measured_equally_often_and_in_turns():
    seen = []

    side_by_side(lambda: seen.append("ours"), lambda: seen.append("floor"), 3)

    assert seen == ["ours", "floor", "floor", "ours", "ours", "floor"]


def test_time_is_measured_and_the_result_handed_back():
    seconds, given = timed(lambda: time.sleep(0.01) or "moss")

    assert given == "moss"
    assert seconds >= 0.01


def test_the_machine_and_its_memory_are_told():
    assert "Python" in machine()
    assert peak_memory() > 10


@pytest.mark.parametrize(("share", "expected"), [(0.5, 51.0), (0.99, 100.0), (1.0, 100.0)])
def test_a_percentile_is_one_of_the_latencies(share, expected):
    outcome = Outcome(1.0, latencies=[n / 1000 for n in range(1, 101)])

    assert outcome.percentile(share) == pytest.approx(expected)
    assert outcome.rate == 100
