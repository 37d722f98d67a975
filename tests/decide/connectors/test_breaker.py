"""The breaker, on random histories: what it may never do, whatever happens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tandem.decide.connectors.breaker import CLOSED, PAUSES_MAX, after_answer, after_failure, asking
from tandem.kernel.time import Micros

FAILURES, PAUSE, PATIENCE = 3, 1_000, 200
STEPS = st.lists(st.tuples(st.sampled_from(["good", "bad", "lost"]), st.integers(0, 3_000)), max_size=80)


@given(STEPS)
def test_it_opens_after_failures_in_a_row_and_only_one_probe_passes_at_a_time(steps):
    breaker, now, in_a_row = CLOSED, 0, 0
    refused_until = 0
    for what, waited in steps:
        now += waited
        passed = asking(breaker, Micros(now), PATIENCE)
        assert (passed is None) <= (in_a_row >= FAILURES), "nobody is left alone who did not fail that often"
        if breaker.standing(Micros(now)) == "open":
            assert passed is None
            assert now < refused_until, "it never stays open longer than it said"
        if passed is None:
            continue
        if passed.opened_at is not None:
            assert asking(passed, Micros(now), PATIENCE) is None, "one probe at a time"
            assert asking(passed, Micros(now + PATIENCE), PATIENCE) is not None, "a lost probe blocks nobody for ever"
        breaker = passed
        if what == "good":
            breaker, in_a_row = after_answer(breaker), 0
            assert breaker == CLOSED
        elif what == "bad":
            breaker, in_a_row = after_failure(breaker, Micros(now), FAILURES, PAUSE), in_a_row + 1
            assert (breaker.opened_at is not None) == (in_a_row >= FAILURES)
            assert breaker.pause <= PAUSE * PAUSES_MAX
            refused_until = now + breaker.pause


@given(st.integers(1, 30))
def test_each_failed_probe_doubles_the_pause_up_to_a_limit(probes):
    breaker, now = CLOSED, 0
    for _ in range(FAILURES):
        breaker = after_failure(breaker, Micros(now), FAILURES, PAUSE)
    for _ in range(probes):
        now = (breaker.opened_at or 0) + breaker.pause
        assert breaker.standing(Micros(now)) == "half_open"
        breaker = after_failure(breaker, Micros(now), FAILURES, PAUSE)
    assert breaker.pause == PAUSE * min(2**probes, PAUSES_MAX)


def test_a_call_that_fails_while_it_is_open_does_not_lengthen_the_pause():
    breaker = CLOSED
    for _ in range(FAILURES):
        breaker = after_failure(breaker, Micros(0), FAILURES, PAUSE)
    late = after_failure(breaker, Micros(PAUSE - 1), FAILURES, PAUSE)
    assert (late.opened_at, late.pause) == (breaker.opened_at, breaker.pause)
