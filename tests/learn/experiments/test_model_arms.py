"""Arms that put another model in the place of the live one: what they score, who gets them, and their promotion."""

from __future__ import annotations

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from small_workspace import application
from told_workspace import card
from tried_workspace import experiment

from tandem.decide.decisions import decode_body
from tandem.decide.models import read_document, sign, verify
from tandem.kernel.artefacts import Artefact, ArtefactKey

CODES = {"age": "TOO_YOUNG", "amount_minor": "MASS_APPLICATION"}
CREDIT = card("credit", {"age": (30, 0.4, -0.4), "amount_minor": (2_000, -0.5, 0.5)}, CODES)
NEXT = card("credit_next", {"age": (25, 0.7, -0.7), "amount_minor": (2_500, -0.3, 0.3)}, CODES)
SCORED = Artefact.of(
    "policy",
    "application",
    {
        "event": "application",
        "when_missing": "review",
        "flow": [
            {"model": "credit", "probability": "p", "points": "score"},
            {
                "decide": "end",
                "cases": [
                    {"case": "risky", "when": "p > 0.22", "then": "decline", "reason": "TOO_YOUNG"},
                    {"otherwise": "fine", "then": "approve", "limit": "amount_minor"},
                ],
            },
        ],
    },
)


def arms(**changes):
    by_model = [
        {"arm": "champion", "share": 50},
        {"arm": "challenger", "share": 50, "models": {"credit": "credit_next"}},
    ]
    return experiment("scores", arms=by_model, mode="champion_challenger", **changes)


def trails(lender):
    return [decode_body(record.clear).trail for record in lender.process.journal.read(kinds=["decision"])]


def scores_of(lender, model, numbers):
    """What ``model`` gives these applications where nothing is tried."""
    alone = Artefact.of("model", "credit", {**model.body, "metadata": {**model.body["metadata"], "name": "credit"}})
    lender.release(alone, arms(ended=True))
    asked = {}
    for number in numbers:
        lender.process.decide_now(application(lender.sent, age=20 + number % 30))
        lender.sent += 1
        asked[number] = trails(lender)[-1].scores
    return asked


def test_each_arm_is_scored_by_its_model_and_both_replay(lender):
    lender.release(CREDIT, NEXT, SCORED, arms())
    for number in range(30):
        lender.process.decide_now(application(number, age=20 + number % 30))
    lender.sent, taken = 1_000, trails(lender)
    assert {one.arms[0].arm for one in taken} == {"champion", "challenger"}
    assert all(
        one.arms[0].models == ({"credit": "credit_next"} if one.arms[0].arm == "challenger" else {}) for one in taken
    )
    alone = {arm: scores_of(lender, model, range(30)) for arm, model in (("champion", CREDIT), ("challenger", NEXT))}
    for number, one in enumerate(taken):
        assert one.scores == alone[one.arms[0].arm][number]
    assert all(one.same for one in lender.process.archive.replay_all())


def test_a_promoted_model_scores_everybody_as_it_scored_its_arm(lender):
    lender.release(CREDIT, NEXT, SCORED, arms())
    lender.decide(60)
    as_challenger = {one.entities["person"]: one.scores for one in trails(lender) if one.arms[0].arm == "challenger"}
    drafts = lender.desk.promote("scores", by="ann")
    assert [str(one.key) for one in drafts] == ["model/credit", "experiment/scores"]
    assert lender.process.live.models["credit"].document.metadata.name == "credit"
    before = lender.process.live.digest
    lender.process.decide_now(application(900, age=20))
    assert lender.process.live.digest == before, "drafts decide nothing"

    lender.process.review([one.digest for one in drafts], approver="bob")
    lender.process.release({one.key: one.digest for one in drafts}, by="bob")
    assert lender.process.live.arms.running == {}
    for number in range(60):
        age = 20 if number % 3 == 0 else 40
        lender.process.decide_now(application(1_000 + number, person=f"p{number}", device=f"d{number}", age=age))
    after = {one.entities["person"]: one for one in trails(lender)[-60:]}
    assert all(not one.arms for one in after.values())
    assert {who: after[who].scores for who in as_challenger} == as_challenger
    promoted = lender.process.live.models["credit"].document
    assert promoted == msgspec.structs.replace(
        lender.process.live.models["credit_next"].document,
        metadata=msgspec.structs.replace(promoted.metadata, name="credit"),
    )
    assert all(one.same for one in lender.process.archive.replay_all())


def test_a_signed_model_is_promoted_with_its_signature(lender):
    key = Ed25519PrivateKey.generate()
    signed = Artefact.of("model", "credit_next", msgspec.to_builtins(sign(read_document(NEXT.body), key)))
    lender.release(CREDIT, signed, SCORED, arms())
    drafts = lender.desk.promote("scores", by="ann")
    lender.process.review([one.digest for one in drafts], approver="bob")
    lender.process.release({one.key: one.digest for one in drafts}, by="bob")
    register = lender.process.state.register
    promoted = read_document(register.version(register.live.manifest["model/credit"]).artefact.body)
    assert verify(promoted, [key.public_key()])
    lender.process.decide_now(application(1, age=20))
    assert lender.process.archive.replay("app-1").same


def test_a_promotion_can_be_rolled_back_and_the_experiment_runs_on(lender):
    lender.release(CREDIT, NEXT, SCORED, arms())
    running = lender.process.live.digest
    drafts = lender.desk.promote("scores", by="ann")
    lender.process.review([one.digest for one in drafts], approver="bob")
    lender.process.release({one.key: one.digest for one in drafts}, by="bob")
    lender.process.roll_back(by="bob", to=running)
    assert "scores" in lender.process.live.arms.running
    live = lender.process.state.register.live.manifest
    assert live[str(ArtefactKey("model", "credit"))] == CREDIT.digest


def test_whoever_shares_a_device_is_scored_by_the_same_model(lender):
    lender.release(CREDIT, NEXT, SCORED, arms(unit="cluster", graph="network"))
    for number in range(60):
        lender.process.decide_now(application(number, device=f"household-{number % 12}", age=20 + number % 30))
    of_household = {}
    for number, one in enumerate(trails(lender)):
        of_household.setdefault(number % 12, set()).add((one.arms[0].arm, one.arms[0].unit, str(one.arms[0].models)))
    assert all(len(found) == 1 for found in of_household.values())
    assert {arm for found in of_household.values() for arm, _, _ in found} == {"champion", "challenger"}
    assert all(one.same for one in lender.process.archive.replay_all())


def test_a_reading_counts_a_household_once(lender):
    lender.release(CREDIT, NEXT, SCORED, arms(unit="cluster", graph="network"))
    for number in range(60):
        lender.process.decide_now(application(number, device=f"household-{number % 12}", age=20 + number % 30))
    reading = lender.desk.reading("scores")
    assert sum(arm.decisions for arm in reading.arms) == 60
    assert sum(arm.units for arm in reading.arms) == 12


@pytest.mark.parametrize("share", [20, 60])
def test_in_a_b_both_arms_may_replace_the_model(lender, share):
    other = card("credit_third", {"age": (40, 0.2, -0.2), "amount_minor": (2_500, -0.3, 0.3)}, CODES)
    replacing = [
        {"arm": "a", "share": 100 - share, "models": {"credit": "credit_third"}},
        {"arm": "b", "share": share, "models": {"credit": "credit_next"}},
    ]
    lender.release(CREDIT, NEXT, other, SCORED, experiment("scores", mode="ab", arms=replacing))
    for number in range(40):
        lender.process.decide_now(application(number, age=20 + number % 30))
    models = {one.arms[0].arm: one.arms[0].models["credit"] for one in trails(lender)}
    assert models == {"a": "credit_third", "b": "credit_next"}
    assert all(one.same for one in lender.process.archive.replay_all())
