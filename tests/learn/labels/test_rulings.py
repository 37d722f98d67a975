"""What investigators ruled, held against what came of it and against each other."""

from __future__ import annotations

import json

import pytest

from tandem.act.cases.changes import Evidence, Noted, Opened, Proposed, Reopened, Resolved, Seconded, encode_change
from tandem.kernel.identity import DecisionId, EventId, Pseudonym
from tandem.kernel.time import Micros
from tandem.learn.labels import ruling_noise, rulings_of


def change(kind, case, by, **more):
    return json.dumps({"change": kind, "case": case, "by": by, **more})


def evidence(event, event_type="card_payment"):
    return {"evidence": {"event_id": event, "event_type": event_type, "decision_id": "d"}, "queue": "q"}


def told(*bodies):
    return list(enumerate(bodies, start=1))


def test_a_case_that_ends_with_a_finding_rules_on_every_decision_it_was_about():
    found = rulings_of(
        told(
            change("opened", "c1", "tandem", **evidence("pay-1")),
            change("joined", "c1", "tandem", **evidence("pay-2")),
            change("joined", "c1", "tandem", **evidence("loan-1", "loan_application")),
            change("resolved", "c1", "ann", disposition="fraud", adverse=True),
            change("opened", "c2", "tandem", **evidence("pay-3")),
            change("resolved", "c2", "ann", disposition="approve"),
        ),
        "card_payment",
    )
    assert [(one.investigator, one.event_id, one.bad) for one in found] == [
        ("ann", "pay-1", True),
        ("ann", "pay-2", True),
    ]


def test_what_was_taken_back_is_no_ruling_and_what_was_seconded_is_one_of_both():
    found = rulings_of(
        told(
            change("opened", "c1", "tandem", **evidence("pay-1")),
            change("resolved", "c1", "ann", disposition="fraud", adverse=True),
            change("undone", "c1", "ann"),
            change("proposed", "c1", "ann", disposition="write_off", adverse=True),
            change("seconded", "c1", "bob"),
        ),
        "card_payment",
    )
    assert [(one.investigator, one.bad) for one in found] == [("ann", True), ("bob", True)]


def resolved(*findings):
    bodies = []
    for number, (by, event, adverse) in enumerate(findings):
        bodies.append(change("opened", f"c{number}", "tandem", **evidence(event)))
        bodies.append(change("resolved", f"c{number}", by, disposition="x", adverse=adverse))
    return rulings_of(told(*bodies), "card_payment")


def test_rates_have_intervals_and_only_mature_outcomes_contradict():
    rulings = resolved(*[("ann", f"pay-{n}", n % 2 == 0) for n in range(40)], ("bob", "pay-99", False))
    outcomes = {f"pay-{n}": n < 20 for n in range(30)}
    ann, bob = sorted(ruling_noise(rulings, outcomes), key=lambda one: one.investigator)
    assert (ann.rulings, ann.checked, ann.contradicted, ann.missed) == (40, 30, 15, 10)
    assert ann.rate == pytest.approx(0.5)
    assert ann.low < 0.5 < ann.high
    assert ann.noisy
    assert (bob.checked, bob.rate, bob.low, bob.noisy) == (0, None, None, False)


def test_three_wrong_of_three_is_not_yet_worse_than_thirty_of_three_hundred_is_sure():
    few = resolved(*[("new", f"pay-{n}", True) for n in range(1)])
    (one,) = ruling_noise(few, {"pay-0": True})
    assert (one.contradicted, one.noisy) == (0, False)
    assert one.high > 0.5


def test_colleagues_who_say_the_other_are_counted_on_both_sides():
    rulings = resolved(("ann", "pay-1", True), ("bob", "pay-1", False), ("ann", "pay-2", True), ("bob", "pay-2", True))
    for one in ruling_noise(rulings, {}):
        assert (one.seen_twice, one.disagreed) == (2, 1)


def test_it_reads_what_the_case_desk_writes():
    """Rooms that may not know each other share only the journal: here their two sides are held together."""
    proof = Evidence(
        decision_id=DecisionId("dec_1"),
        decision_seq=2,
        event_id=EventId("pay-1"),
        event_seq=1,
        event_type="card_payment",
        policy="card_payment",
        outcome="review",
    )
    person = Pseudonym("0" * 32)
    written = [
        Opened(
            case="c1", by="tandem", queue="q", due_at=Micros(9), entity_kind="person", entity=person, evidence=proof
        ),
        Resolved(case="c1", by="ann", disposition="not_fraud", adverse=False),
        Reopened(case="c1", by="bob", due_at=Micros(9)),
        Proposed(case="c1", by="bob", disposition="write_off", adverse=True),
        Seconded(case="c1", by="cleo"),
        Noted(case="c1", by="cleo"),
    ]
    bodies = [(seq, encode_change(one).decode()) for seq, one in enumerate(written, start=3)]
    found = rulings_of(bodies, "card_payment")
    assert [(one.investigator, one.bad) for one in found] == [("ann", False), ("bob", True), ("cleo", True)]
    noise = {one.investigator: one for one in ruling_noise(found, {"pay-1": True})}
    assert (noise["ann"].contradicted, noise["ann"].missed, noise["ann"].disagreed) == (1, 1, 1)
    assert noise["bob"].contradicted == 0


def test_who_takes_back_takes_back_the_last_change_only():
    found = rulings_of(
        told(
            change("opened", "c1", "tandem", **evidence("pay-1")),
            change("resolved", "c1", "ann", disposition="fraud", adverse=True),
            change("reopened", "c1", "bob", due_at=1),
            change("undone", "c1", "bob"),
        ),
        "card_payment",
    )
    assert [(one.investigator, one.bad) for one in found] == [("ann", True)]
