"""Programmes: who is told what, who never is, and that nobody is told anything twice or by another door."""

from __future__ import annotations

import pytest
from offer_house import BARELY, EVERYBODY, PLAN, REMINDER, SUGGESTION, House, artefacts, programme

from tandem.act.collections import Governor
from tandem.act.lending import Frozen
from tandem.act.offers import NotOpen
from tandem.kernel.errors import Conflict, NotFound

DUE_SOON = "2026-11-25T10:00:00+08:00"
"""A week before the first instalment is due."""


def everybody(body, name, **changes):
    """A programme that draws the e-mail for nearly everybody."""
    return programme(name, body, choose=EVERYBODY, hold_out=BARELY, **changes)


@pytest.fixture
def opened(tmp_path):
    """Opens houses and closes them."""
    found = []

    def opening(*programmes, **more):
        house = House(tmp_path / "home", *programmes, **more)
        found.append(house)
        return house

    yield opening
    for one in found:
        one.close()


@pytest.fixture
def reminding(opened):
    """A reminder and somebody whose instalment is due in a week."""
    house = opened(everybody(REMINDER, "due_soon"))
    account = house.customer()
    house.at(DUE_SOON)
    return house, account


@pytest.fixture
def offering(opened):
    """An instalment offer, and somebody with a limit who wants offers."""
    house = opened(everybody(PLAN, "in_parts", products=["till_limit"], answer_days=20))
    account = house.customer(product="till_limit", amount_minor=120_000)
    house.says(account, marketing=True)
    house.at("2026-11-03T10:00:00+08:00")
    return house, account


def test_a_reminder_says_what_is_due_when_and_needs_no_consent(reminding):
    house, account = reminding
    done = house.offers.round()
    house.collections.tend()
    assert (done.decided, done.told) == (1, 1)
    ((address, subject, text),) = house.mail.got
    due = house.lending.account(account).owed(house.lending.today())["loan"]
    amount = f"CNY\u00a0{due.next_minor / 100:,.2f}"
    assert address == "p1@example.com"
    assert subject == f"{amount}将到期"
    assert text == f"{subject}\n【示例公司】您的现金贷将于2026-12-02到期，应还{amount}。"
    (offer,) = house.of(account)
    assert (offer.decided.stake_minor, offer.decided.arm, offer.state) == (due.next_minor, "treated", "told")


def test_what_was_told_is_told_once_however_often_it_is_looked_at(reminding):
    house, _ = reminding
    for hours in (10, 11, 15):
        house.at(f"2026-11-25T{hours}:00:00+08:00")
        house.offers.round()
        house.collections.tend()
    house.at("2026-11-26T10:00:00+08:00")
    house.offers.round()
    house.collections.tend()
    assert len(house.mail.got) == 1


def test_every_offer_is_a_contact_of_collections_and_no_other(reminding):
    house, account = reminding
    house.offers.round()
    (offer,) = house.of(account)
    contacts = house.collections.look(lambda files: dict(files.contacts))
    assert set(contacts) == {offer.contact}
    assert contacts[offer.contact].purpose == "service"
    assert contacts[offer.contact].step == "offer"


def test_nobody_is_reminded_of_what_is_not_due_soon(opened):
    house = opened(everybody(REMINDER, "due_soon"))
    house.customer()
    assert house.offers.round().why_not["due_soon"] == {"condition": 1}


def test_an_offer_is_made_to_who_agreed_and_to_nobody_else(opened):
    house = opened(everybody(SUGGESTION, "pay_now"))
    agreed, silent, refused = (house.customer(number) for number in (1, 2, 3))
    house.says(agreed, marketing=True)
    house.says(refused, marketing=False)
    done = house.offers.round()
    house.collections.tend()
    assert [address for address, *_ in house.mail.got] == ["p1@example.com"]
    assert done.why_not["pay_now"] == {"no_consent": 2}
    assert house.offers.why(silent) == house.offers.why(refused) == {"pay_now": "no_consent"}


def test_a_suggestion_names_what_paying_today_saves_to_the_cent(opened):
    house = opened(everybody(SUGGESTION, "pay_now"))
    account = house.customer()
    house.says(account, marketing=True)
    house.offers.round()
    house.collections.tend()
    (offer,) = house.of(account)
    before = house.lending.account(account).draws["loan"].plan
    kept = sum(one.fee + one.interest + one.principal for one in before.lines)
    house.pays(account, offer.decided.stake_minor, early=True)
    after = house.lending.account(account).draws["loan"].plan
    assert after.closed
    assert offer.decided.subject.saving_minor == kept - after.totals.received > 0
    assert f"CNY\u00a0{(kept - after.totals.received) / 100:,.2f}" in house.mail.got[0][2]


def test_a_plan_is_offered_of_the_balance_in_steps_of_its_product(offering):
    house, account = offering
    house.offers.round()
    house.collections.tend()
    (offer,) = house.of(account)
    plan = offer.decided.subject.plan
    assert (plan.product, plan.term, plan.amount_minor) == ("cash_loan", 6, 60_000)
    assert 10_000 < plan.first_minor < 60_000
    assert "可分6期" in house.mail.got[0][2]


# -- who is never told anything --------------------------------------------------------------------------------------


def test_who_is_late_on_any_account_is_told_nothing(opened):
    house = opened(everybody(SUGGESTION, "pay_now"))
    account = house.customer()
    house.says(account, marketing=True)
    house.at("2026-12-03T10:00:00+08:00")
    assert house.offers.round().why_not["pay_now"] == {"late": 1}


def test_a_frozen_account_is_told_nothing(offering):
    house, account = offering
    house.lending._write(
        account, "freeze", "freeze", lambda one: Frozen(account=one.account_id, by="ann", frozen=True), None
    )
    assert house.offers.round().why_not["in_parts"] == {"frozen": 1}


@pytest.mark.parametrize(
    "mark", ["hardship", "minor", "illness", "deceased", "incapacitated", "dispute", "do_not_contact"]
)
def test_whoever_something_is_so_about_is_told_nothing_and_a_contact_under_way_is_stopped(offering, mark):
    house, account = offering
    house.offers.round()  # wanted, and nothing has left
    house.people.mark(account, mark, on=True, by="li", key="m1")
    house.collections.tend()
    house.offers.round()
    assert house.mail.got == []
    (offer,) = house.of(account)
    assert (offer.state, offer.blocked) == ("blocked", "offer_marked")
    house.at("2026-12-09T10:00:00+08:00")
    assert "marked" in house.offers.round().why_not["in_parts"] or house.offers.why(account)["in_parts"] == "open"


def test_marked_before_it_is_not_even_decided(offering):
    house, account = offering
    house.door.reach(house.lending.account(account))
    house.people.mark(account, "hardship", on=True, by="li", key="m1")
    done = house.offers.round()
    assert (done.decided, done.why_not["in_parts"]) == (0, {"marked": 1})


def test_a_consent_that_is_withdrawn_on_the_way_stops_it(offering):
    house, account = offering
    house.offers.round()
    house.says(account, marketing=False, key="2")
    house.collections.tend()
    house.offers.round()
    assert house.mail.got == []
    assert house.of(account)[0].blocked == "offer_no_consent"


def test_who_falls_late_on_the_way_is_not_told(reminding):
    house, account = reminding
    house.offers.round()
    house.at("2026-12-03T10:00:00+08:00")
    house.collections.tend()
    house.offers.round()
    assert all("将到期" not in str(subject) for _, subject, _ in house.mail.got)
    assert house.of(account)[0].blocked == "offer_not_performing"


def test_an_account_that_collections_remind_is_left_to_them(opened):
    house = opened(everybody(REMINDER, "due_soon"))
    house.customer()
    house.at("2026-11-30T10:00:00+08:00")  # their ladder begins three days before
    house.collections.tend()
    assert house.offers.round().why_not["due_soon"] == {"in_collections": 1}


def test_at_night_nobody_is_decided_on_in_either_arm_and_in_the_morning_everybody(reminding):
    house, _ = reminding
    house.at("2026-11-25T23:00:00+08:00")
    assert house.offers.round().why_not["due_soon"] == {"rule:silent_night": 1}
    house.at("2026-11-26T10:00:00+08:00")
    assert house.offers.round().decided == 1


def test_the_door_takes_no_offer_of_its_own_accord_where_nobody_says_who_agreed(reminding):
    house, account = reminding
    unwired = Governor(
        house.process, house.collections.book, house.collections.rulebook.rules_for, clock=house.clock,
        entropy=house.collections.entropy,
    )  # fmt: skip
    house.collections.governor = unwired
    house.offers.round()
    assert house.of(account)[0].blocked == "offer_to_nobody"


# -- caps, refusals ---------------------------------------------------------------------------------------------------


def test_all_programmes_together_keep_to_the_least_cap(opened):
    caps = {"day": 2, "week": 2, "month": 2}
    names = ("first", "second", "third")
    house = opened(
        *(
            everybody(SUGGESTION, name, caps=caps if name == "second" else {"day": 3, "week": 5, "month": 9})
            for name in names
        )
    )
    account = house.customer()
    house.says(account, marketing=True)
    done = house.offers.round()
    house.collections.tend()
    assert len(house.mail.got) == 2
    assert done.why_not["third"] == {"cap_day": 1}
    house.at("2026-11-03T10:00:00+08:00")
    assert house.offers.round().why_not["third"] == {"cap_week": 1}
    house.at("2026-11-20T10:00:00+08:00")
    assert house.offers.why(account)["third"] == "cap_month"


def test_a_refusal_is_kept_for_as_long_as_the_programme_says_and_never_means_never(opened):
    house = opened(everybody(SUGGESTION, "pay_now", quiet_days=60, again_days=1, answer_days=5))
    first, second = house.customer(1, term=12), house.customer(2, term=12)
    for account in (first, second):
        house.says(account, marketing=True)
    house.offers.round()
    for account, never in ((first, False), (second, True)):
        offer = house.of(account)[0].decided.offer
        house.offers.answer(house.owner(account), offer, "refused", never=never, by="customer")
    for account in (first, second):
        house.pays(account, 60_000, key=f"p{account}")
    house.at("2026-11-20T10:00:00+08:00")
    house.offers.round()
    assert house.offers.why(first)["pay_now"] == "refused_lately"
    assert house.offers.why(second)["pay_now"] == "never_again"
    house.at("2027-01-04T10:00:00+08:00")
    assert house.offers.why(first)["pay_now"] != "refused_lately"
    assert house.offers.why(second)["pay_now"] == "never_again"


def test_an_offer_is_answered_by_its_own_customer_once_and_only_while_it_stands(offering):
    house, account = offering
    stranger = house.customer(2, product="till_limit")
    house.offers.round()
    offer = house.of(account)[0].decided.offer
    with pytest.raises(NotFound):
        house.offers.answer(house.owner(stranger), offer, "accepted", never=False, by="x")
    house.offers.answer(house.owner(account), offer, "accepted", never=False, by="x")
    house.offers.answer(house.owner(account), offer, "accepted", never=False, by="x")
    with pytest.raises(Conflict):
        house.offers.answer(house.owner(account), offer, "refused", never=False, by="x")
    assert house.of(account)[0].state == "accepted"


def test_who_is_held_out_has_nothing_to_answer_and_is_told_nothing(opened):
    house = opened(programme("due_soon", REMINDER, hold_out={"share": 0.9, "salt": "most"}))
    accounts = [house.customer(number) for number in range(1, 13)]
    house.at(DUE_SOON)
    house.offers.round()
    house.collections.tend()
    held = [one for one in accounts if house.of(one)[0].decided.arm == "held_out"]
    assert len(held) >= 6
    for one in held:
        (offer,) = house.of(one)
        assert offer.decided.propensity == pytest.approx(0.9 + 0.1 * 0.25)
        assert house.offers.mine(house.owner(one)) == []
        with pytest.raises(NotOpen):
            house.offers.answer(house.owner(one), offer.decided.offer, "accepted", never=False, by="x")
    assert len(house.mail.got) + len(house.sms.got) <= len(accounts) - len(held)


# -- what comes of it ---------------------------------------------------------------------------------------------------


def test_a_reminder_that_is_paid_closes_as_paid_and_one_that_is_not_as_nothing(opened):
    house = opened(everybody(REMINDER, "due_soon"))
    payer, other = house.customer(1), house.customer(2)
    house.at(DUE_SOON)
    house.offers.round()
    due = house.of(payer)[0].decided.stake_minor
    house.at("2026-12-01T10:00:00+08:00")
    house.pays(payer, due)
    house.at("2026-12-08T10:00:00+08:00")
    assert house.offers.round().closed == 2
    paid, nothing = house.of(payer)[0].closed, house.of(other)[0].closed
    assert (paid.outcome, paid.share, paid.paid_minor, paid.late) == ("paid", 1.0, due, False)
    assert (nothing.outcome, nothing.share, nothing.paid_minor, nothing.late) == ("nothing", 0.0, 0, True)


def test_a_plan_that_is_signed_closes_its_offer_as_taken(offering):
    house, account = offering
    house.offers.round()
    house.process.decide_now(
        {"event_id": "app-plan", "event_type": "application", "occurred_at": "2026-11-03T03:00:00Z",
         "values": {"person": "p1", "device": "d1", "amount_minor": 60_000, "age": 30}}
    )  # fmt: skip
    house.lending.accept("app-plan", term=6, by="ann", product="cash_loan")
    house.at("2026-11-26T10:00:00+08:00")
    house.offers.round()
    assert house.of(account)[0].closed.outcome == "took"


# -- a crash at any point -------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """The end of the process, in the middle of something."""


def both(house):
    """A round of offers, and what waits is sent."""
    house.offers.round()
    house.collections.tend()


@pytest.mark.parametrize("point", ["before_door", "after_door", "before_told", "in_the_channel"])
def test_after_a_crash_at_any_point_an_offer_is_told_once_and_counts_once(opened, tmp_path, monkeypatch, point):
    house = opened(everybody(REMINDER, "due_soon"))
    account = house.customer()
    house.at(DUE_SOON)
    real = house.door.tell

    def tell(message, *, key):
        if point == "before_door":
            raise Killed
        sent = real(message, key=key)
        if point == "after_door":
            raise Killed
        return sent

    monkeypatch.setattr(house.door, "tell", tell)
    if point == "before_told":
        asked = house.offers._book.ask

        def ask(request):
            if request.key.endswith(":told"):
                raise Killed
            return asked(request)

        monkeypatch.setattr(house.offers._book, "ask", ask)
    if point == "in_the_channel":
        house.mail.fails = Killed()
    with pytest.raises(Killed):
        both(house)
    before = len(house.mail.got)
    clock = house.clock
    house.close()
    house.close = lambda: None
    after = House(tmp_path / "home", fresh=False, clock=clock)
    try:
        for _ in range(3):
            after.offers.round()
            after.collections.tend()
        (offer,) = after.of(account)
        contacts = after.collections.look(lambda files: list(files.contacts.values()))
        assert len(contacts) == 1
        assert (offer.state, offer.contact) == ("told", contacts[0].contact)
        assert before + len(after.mail.got) == (
            0 if point == "in_the_channel" else 1
        )  # e-mail that may be out is not sent again
        assert contacts[0].state == ("unclear" if point == "in_the_channel" else "delivered")
        assert after.offers.look(lambda offers: offers.told(after.owner(account), after.offers.today(), 1)) == 1
    finally:
        after.close()


def test_what_a_crash_left_for_another_day_is_not_told_any_more(opened, tmp_path, monkeypatch):
    house = opened(everybody(REMINDER, "due_soon"))
    account = house.customer()
    house.at(DUE_SOON)

    def die(_message, **_):
        raise Killed

    monkeypatch.setattr(house.door, "tell", die)
    with pytest.raises(Killed):
        house.offers.round()
    clock = house.clock
    house.close()
    house.close = lambda: None
    after = House(tmp_path / "home", fresh=False, clock=clock)
    try:
        after.at("2026-11-26T10:00:00+08:00")
        after.offers.round()
        (offer,) = after.of(account)
        assert (offer.state, offer.blocked) == ("blocked", "stale_day")
    finally:
        after.close()


def test_a_programme_that_leaves_the_release_tells_nobody_any_more(reminding):
    house, _ = reminding
    live = {one.key: one.digest for one in artefacts()}
    house.process.release(live, by="bob", replace_all=True)
    assert house.offers.round().decided == 0
