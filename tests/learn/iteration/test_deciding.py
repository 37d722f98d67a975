"""The rule of a day: harm is taken back first, doubt moves nothing, and nothing outside the envelope goes live alone."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from iterated_house import plan_of

from tandem.kernel.identity import Digest
from tandem.learn.iteration import Deployment, Flight, IterationState
from tandem.learn.iteration.deciding import Found, decide_day

DAY = "2025-11-10"
LIVE = Deployment(model=Digest("a"), artefact=Digest("aa"), since="2025-10-01", release=Digest("r"), how="envelope")
BEFORE = Deployment(model=Digest("b"), artefact=Digest("bb"), since="2025-09-01", release=Digest("q"), how="found")
FLIGHT = Flight(
    name="refit", model=Digest("c"), born="2025-11-07", stage="shadow", since="2025-11-07", why="better",
    trained_to="2025-11-01", days=1, decisions=150,
)  # fmt: skip
QUIET = {"decisions": 150, "shift": 0.001, "psi": 0.01, "psi_chance": 0.2}


def decided(
    flight: Flight | None = FLIGHT, before: tuple[Deployment, ...] = (BEFORE,), **found: Any
) -> tuple[str, tuple[str, ...], Any]:
    state = IterationState(champion=LIVE, before=before, validated=Digest("b"), flight=flight)
    known = {"trusted": True, "beside": QUIET, "validated": QUIET, "agreed_by": "li.wei", **found}
    said = decide_day(plan_of(), state, DAY, Found(**known))
    return said.move, said.why, said.flight


def test_a_champion_whose_predecessor_would_do_better_is_taken_back_whatever_else_is_found() -> None:
    assert decided(take_back=("predecessor_better",), trusted=False)[0] == "roll_back"


def test_there_is_nothing_to_take_back_to_without_a_predecessor() -> None:
    assert decided(flight=None, before=(), take_back=("predecessor_better",))[0] == "stay"


def test_rows_that_are_not_trusted_move_nothing_and_the_challenger_is_held() -> None:
    assert decided(trusted=False) == ("stay", ("feed_refused",), FLIGHT)


def test_a_shadow_inside_the_envelope_becomes_a_canary_in_the_name_of_who_agreed() -> None:
    move, why, flight = decided()
    assert (move, why) == ("canary", ("inside_envelope",))
    assert (flight.share, flight.by, flight.who, flight.days) == (10, "envelope", "li.wei", 2)


def test_a_shadow_is_as_long_as_the_plan_says() -> None:
    young = msgspec.structs.replace(FLIGHT, days=0, decisions=0)
    move, why, flight = decided(young)
    assert (move, why, flight.days) == ("stay", ("shadow_goes_on",), 1)


@pytest.mark.parametrize(
    ("reason", "found"),
    [
        ("plan_not_reviewed", {"agreed_by": None}),
        ("approval_shift", {"beside": {**QUIET, "shift": -0.55}}),
        ("score_psi", {"beside": {**QUIET, "psi": 12.0}}),
        ("far_from_validated", {"validated": {**QUIET, "shift": 0.6}}),
    ],
)
def test_what_is_outside_the_envelope_waits_for_a_person(reason: str, found: dict[str, Any]) -> None:
    move, why, flight = decided(**found)
    assert (move, why, flight.stage) == ("draft", (reason,), "waiting")


def test_a_kind_of_change_that_the_envelope_does_not_name_waits_for_a_person() -> None:
    assert decided(msgspec.structs.replace(FLIGHT, name="other"))[:2] == ("draft", ("kind_not_allowed",))


WAITING = msgspec.structs.replace(FLIGHT, stage="waiting", draft=Digest("d"))


@pytest.mark.parametrize(("answer", "move"), [("waiting", "stay"), ("declined", "abort"), ("approved", "canary")])
def test_a_person_says_whether_a_draft_goes_on(answer: str, move: str) -> None:
    found = decided(WAITING, answer=answer, who="wang.fang")
    assert found[0] == move
    if move == "canary":
        assert (found[2].by, found[2].who) == ("review", "wang.fang")


CANARY = msgspec.structs.replace(FLIGHT, stage="canary", share=10.0, since="2025-11-09", by="envelope", who="li.wei")


def test_a_canary_grows_and_then_decides_for_all() -> None:
    move, _, flight = decided(CANARY)
    assert (move, flight.share) == ("canary", 50)
    assert decided(msgspec.structs.replace(flight, since="2025-11-09"))[0] == "promote"


def test_a_canary_that_breaks_a_limit_ends() -> None:
    assert decided(CANARY, breach=("approvals_move",))[:2] == ("abort", ("approvals_move",))


def test_a_candidate_that_the_gates_refuse_does_not_set_out() -> None:
    assert decided(None, chosen=FLIGHT, refused=("leak",))[:2] == ("stay", ("challenger_refused",))
    assert decided(None, chosen=FLIGHT)[0] == "shadow"
