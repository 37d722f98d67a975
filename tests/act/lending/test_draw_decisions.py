"""A decision carries one draw, of its person, within a day, up to what it approved."""

from __future__ import annotations

import pytest
from till_product import FIRST_DAY, agreed, till

from tandem.act.lending import AccountId, Accounts, NotAllowed, Paid, draw, happen, open_account
from tandem.act.lending.draw_decisions import DRAWN_WITHIN, carried_by, check_none_needed
from tandem.kernel.identity import DecisionId, Digest, Pseudonym
from tandem.kernel.time import DAY, Micros, format_instant

OWNER = Pseudonym("a" * 32)
AT = Micros(FIRST_DAY * DAY)
ANSWER = {
    "decision_id": "dec_1",
    "outcome": "approve",
    "policy": "till",
    "decided_at": format_instant(AT),
    "limit_minor": 50_000,
}


@pytest.fixture
def accounts():
    found = Accounts()
    for number in (1, 2):
        opening = open_account(
            AccountId(f"acc_{number}"), till(), Digest("d" * 64), owner_kind="person", owner=OWNER, day=FIRST_DAY, by="shop",
            limit_minor=300_000,
        )  # fmt: skip
        found.apply(opening, number)
    return found


def carried(accounts, *, answer=ANSWER, about=("person", OWNER), amount=50_000, now=AT, policy="till"):
    return carried_by(
        answer, about, policy=policy, account=accounts.numbered(1), all_of_owner=accounts.of(OWNER), amount_minor=amount,
        now=now,
    )  # fmt: skip


def test_a_sound_decision_carries_a_draw(accounts):
    assert carried(accounts) == "dec_1"
    assert carried(accounts, now=Micros(AT + DRAWN_WITHIN)) == "dec_1"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"policy": "other"}, "other_policy"),
        ({"about": ("person", Pseudonym("b" * 32))}, "other_person"),
        ({"about": ("device", OWNER)}, "other_person"),
        ({"answer": {**ANSWER, "outcome": "review"}}, "not_approved"),
        ({"now": Micros(AT + DRAWN_WITHIN + 1)}, "decision_stale"),
        ({"amount": 50_001}, "above_decision"),
        ({"answer": {key: value for key, value in ANSWER.items() if key != "limit_minor"}}, "above_decision"),
    ],
)
def test_what_it_does_not_carry_is_refused_with_the_remedy(accounts, given, code):
    with pytest.raises(NotAllowed) as refused:
        carried(accounts, **given)
    assert (refused.value.code, bool(refused.value.hint)) == (code, True)


@pytest.mark.parametrize("number", [1, 2])
def test_a_decision_carries_one_draw_on_whichever_account_of_the_person(accounts, number):
    change = draw(accounts.numbered(number), "tv", agreed(50_000), by="shop", decision=DecisionId("dec_1"))
    accounts.apply(change, 3)
    accounts.apply(
        happen(accounts.numbered(number), "tv", "p1", Paid(day=FIRST_DAY, amount_minor=60_000), by="bank"), 4
    )
    with pytest.raises(NotAllowed) as refused:
        carried(accounts)
    assert refused.value.code == "decision_used"


def test_a_decision_is_given_where_draws_are_decided_on_and_nowhere_else():
    check_none_needed("till", "dec_1")
    check_none_needed(None, None)
    for policy, decision, code in (("till", None, "decision_needed"), (None, "dec_1", "decision_not_asked")):
        with pytest.raises(NotAllowed) as refused:
            check_none_needed(policy, decision)
        assert refused.value.code == code
