"""A guard rail is broken by what was decided lately, by enough of it, and by nothing else."""

from __future__ import annotations

import pytest

from tandem.decide.guards import Watched, parse_guard
from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import Micros

MINUTE = 60_000_000


def watched(**limits):
    return Watched(parse_guard({"name": "g", "policy": "p", "minimum": 20, "window_minutes": 10, **limits}))


def feed(one, approved, refused, *, at=0, took_us=1_000.0):
    for _ in range(approved):
        one.decided(Micros(at), approved=True, took_us=took_us)
    for _ in range(refused):
        one.decided(Micros(at), approved=False, took_us=took_us)


def test_a_rate_outside_of_its_band_is_a_breach_with_number_and_reason():
    one = watched(approval_rate={"min": 0.4, "max": 0.6})
    feed(one, 9, 11)
    assert one.breach(Micros(0)) is None
    feed(one, 20, 0)
    found = one.breach(Micros(0))
    assert (found.limit, found.value, found.allowed, found.decisions) == ("approval_rate", 29 / 40, 0.6, 40)
    assert found.reason == "g: approval_rate of p is 0.725 over 40 decisions, and may be 0.6"


def test_nothing_is_judged_on_too_few_decisions():
    one = watched(approval_rate={"min": 0.4})
    feed(one, 0, 19)
    assert one.breach(Micros(0)) is None
    feed(one, 0, 1)
    assert one.breach(Micros(0)) is not None


def test_only_the_window_counts():
    one = watched(approval_rate={"min": 0.4})
    feed(one, 0, 30)
    feed(one, 25, 0, at=9 * MINUTE)
    assert one.breach(Micros(9 * MINUTE)) is None
    feed(one, 0, 40, at=9 * MINUTE)
    assert one.breach(Micros(9 * MINUTE)) is not None
    assert one.breach(Micros(20 * MINUTE)) is None


def test_the_slowest_hundredth_is_what_latency_is_about():
    one = watched(latency_ms_p99=5.0)
    feed(one, 99, 0)
    feed(one, 1, 0, took_us=90_000.0)
    assert one.breach(Micros(0)).limit == "latency_ms_p99"
    quick = watched(latency_ms_p99=5.0)
    feed(quick, 199, 0)
    feed(quick, 1, 0, took_us=90_000.0)
    assert quick.breach(Micros(0)) is None


def test_failures_count_over_all_that_was_asked():
    one = watched(error_share=0.1)
    feed(one, 18, 0)
    one.failed(Micros(0))
    one.failed(Micros(0))
    assert one.breach(Micros(0)) is None
    one.failed(Micros(0))
    assert one.breach(Micros(0)).value == 3 / 21


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"name": "g", "policy": "p"}, "without a limit"),
        ({"name": "g", "policy": "p", "approval_rate": {"min": 0.7, "max": 0.2}}, "empty"),
        ({"name": "g", "policy": "p", "approval_rate": {"min": 7}}, "<= 1"),
        ({"name": "g", "policy": "p", "error_share": 0.1, "minimum": 1}, ">= 20"),
        ({"name": "g", "error_share": 0.1}, "policy"),
        ({"name": "g", "policy": "p", "colour": 1}, "colour"),
    ],
)
def test_a_guard_that_does_not_hold_together_is_refused(document, words):
    with pytest.raises(DefinitionError, match=words):
        parse_guard(document)
