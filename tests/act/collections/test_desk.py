"""The life of arrears: an account falls behind, is reminded and contacted, promises, objects, settles, and is left in peace."""

from __future__ import annotations

import pytest
from arrears_house import House, artefacts
from conduct_house import document
from small_workspace import go_live
from till_product import loan_of

from tandem.act.collections import Blocked, NotPossible, PointId, Reach, RuleForbids
from tandem.act.lending import Accounts, NotAllowed, Paid
from tandem.kernel.artefacts import Artefact
from tandem.kernel.canonical import canonical_bytes, digest_of_bytes
from tandem.kernel.errors import Conflict, DefinitionError, InvalidInput, NotFound, Refused, Unavailable
from tandem.kernel.time import DAY


def owed_now(house, account):
    return sum(one.due for one in house.lending.account(account).owed(house.desk.today()).values())


def late(house, when="2026-12-03T10:00:00+08:00", number=1, **reach):
    account = house.customer(number)
    house.points = house.reachable(account, **reach)
    house.at(when)
    return account


def states(house):
    return [one.state for one in house.desk.look(lambda files: list(files.contacts.values()))]


def test_nobody_is_in_collections_before_a_due_date_is_near(house):
    account = house.customer()
    house.reachable(account)
    house.at("2026-11-27T10:00:00+08:00")
    assert house.desk.tend().entered == 0
    with pytest.raises(NotFound):
        house.desk.work(account)


def test_three_days_before_the_due_date_a_reminder_is_wanted_which_is_a_service_not_collecting(house):
    account = late(house, "2026-11-29T10:00:00+08:00")
    done = house.desk.tend()
    assert (done.entered, done.wanted) == (1, 1)
    (contact,) = house.desk.work(account).contacts
    assert (contact.step, contact.channel, contact.purpose, contact.state) == ("reminder", "sms", "service", "wanted")
    assert not house.desk.work(account).late


def test_the_same_round_again_does_nothing_twice(house):
    late(house)
    first = house.desk.tend()
    assert (first.entered, first.wanted) == (1, 1)
    for _ in range(3):
        again = house.desk.tend()
        assert (again.entered, again.wanted, again.proposed, again.left) == (0, 0, 0, 0)


def test_a_start_finds_what_was_and_does_nothing_twice(tmp_path):
    house = House(tmp_path / "home")
    account = late(house)
    house.desk.tend()
    work, clock = house.desk.work(account), house.clock
    house.close()
    again = House(tmp_path / "home", fresh=False, clock=clock)
    assert again.desk.work(account) == work
    assert again.desk.tend().wanted == 0
    again.close()


def test_a_message_waits_for_the_morning(house):
    account = late(house, "2026-12-03T23:00:00+08:00")
    assert house.desk.tend().wanted == 0
    assert house.desk.work(account).contacts == []
    assert house.desk.look(lambda files: dict(files.blocked_by)) == {}, "the night passes: nothing was kept back"
    house.at("2026-12-04T08:00:00+08:00")
    assert house.desk.tend().wanted == 1


def test_what_a_rule_keeps_back_is_on_record_with_the_rule_and_asked_once_a_day(house):
    account = late(house)
    house.desk.tend()
    house.people.mark(account, "do_not_contact", on=True, by="li", key="m1")
    house.at("2026-12-07T10:00:00+08:00")
    for _ in range(3):
        assert house.desk.tend().wanted == 0
    assert house.desk.look(lambda files: dict(files.blocked_by)) == {"do_not_contact": 1}
    (blocked,) = house.desk.look(lambda files: list(files.blocked))
    assert blocked.change.blocks[0].source.en
    assert blocked.change.about.situation.days_past_due == 5


def test_what_is_to_be_said_is_sealed_and_readable_until_the_person_is_erased(house):
    account = late(house)
    house.desk.tend()
    everything = b"".join(one.clear for one in house.process.journal.read(kinds=["contact"]))
    for personal in (b"13800138000", b"li@example.com", "还款".encode()):
        assert personal not in everything
    history = house.desk.customer(account).history
    assert any(one.sealed is not None and one.sealed.text and "还款" in one.sealed.text for one in history)
    house.process.journal.erase(house.lending.account(account).owner).wait()
    after = house.desk.customer(account)
    assert all(one.sealed is None for one in after.history)
    assert any(one.erased for one in after.history)
    house.at("2026-12-09T10:00:00+08:00")
    dialled = house.people.dial(account, "call", house.points["phone"], step="soft", by="li", key="c1")
    assert dialled.address is None, "what was erased cannot be called"


def test_a_promise_is_waited_for_and_kept_by_the_accounts_own_payments(house):
    account = late(house)
    house.desk.tend()
    due = house.desk.today() + 3
    promise = house.people.promise(account, 30_000, due, by="li", key="p1")
    assert house.people.promise(account, 30_000, due, by="li", key="p1") == promise
    house.at("2026-12-05T10:00:00+08:00")
    assert house.desk.tend().wanted == 0, "a promise is waited for"
    house.pays(account, 20_000, "a")
    assert house.desk.tend().promises == 0
    house.pays(account, 10_000, "b")
    assert house.desk.tend().promises == 1
    (found,) = house.desk.work(account).promises
    assert (found.outcome, found.paid_minor) == ("kept", 30_000)


def test_what_was_paid_before_the_promise_on_its_day_keeps_nothing(house):
    account = late(house)
    house.desk.tend()
    house.at("2026-12-03T11:00:00+08:00")
    house.pays(account, 30_000, "morning")
    house.desk.tend()
    house.at("2026-12-03T15:00:00+08:00")
    house.people.promise(account, 30_000, house.desk.today(), by="li", key="p1")
    assert house.desk.tend().promises == 0
    house.at("2026-12-03T16:00:00+08:00")
    house.pays(account, 29_999, "evening")
    assert house.desk.tend().promises == 0
    house.pays(account, 1, "rest")
    assert house.desk.tend().promises == 1
    (found,) = house.desk.work(account).promises
    assert (found.outcome, found.paid_minor) == ("kept", 30_000)


@pytest.mark.parametrize(("paid", "outcome"), [(0, "broken"), (29_999, "partly")])
def test_a_promise_that_was_not_kept_by_the_end_of_its_day_is_broken(house, paid, outcome):
    account = late(house)
    house.desk.tend()
    house.people.promise(account, 30_000, house.desk.today() + 1, by="li", key="p1")
    if paid:
        house.pays(account, paid)
    house.at("2026-12-04T20:00:00+08:00")
    assert house.desk.tend().promises == 0
    house.at("2026-12-05T10:00:00+08:00")
    assert house.desk.tend().promises == 1
    (found,) = house.desk.work(account).promises
    assert (found.outcome, found.paid_minor) == (outcome, paid)
    work = house.desk.work(account)
    assert work.proposal is not None, "a broken promise is another segment: a call by a person"
    assert (work.proposal.segment, work.proposal.action.channel) == ("broken_promise", "call")


@pytest.mark.parametrize(
    ("amount", "days", "code"),
    [(0, 1, "promise_amount"), (10**9, 1, "promise_amount"), (100, -1, "promise_day"), (100, 15, "promise_day")],
)
def test_a_promise_is_for_something_owed_on_one_of_the_next_days(house, amount, days, code):
    account = late(house)
    house.desk.tend()
    with pytest.raises(NotPossible) as refused:
        house.people.promise(account, amount, house.desk.today() + days, by="li", key="p1")
    assert refused.value.code == code


def test_two_promises_do_not_stand_at_once(house):
    account = late(house)
    house.desk.tend()
    first = house.people.promise(account, 100, house.desk.today() + 1, by="li", key="p1")
    with pytest.raises(NotPossible, match="stands"):
        house.people.promise(account, 100, house.desk.today() + 1, by="li", key="p2")
    house.people.withdraw_promise(first.promise, by="li", key="w1")
    house.people.promise(account, 100, house.desk.today() + 1, by="li", key="p3")


def test_nothing_is_collected_while_an_objection_is_looked_into(house):
    account = late(house)
    house.desk.tend()
    dispute = house.people.dispute(account, "I paid that.", by="li", key="d1")
    dialled = house.people.dial(account, "call", house.points["phone"], step="soft", by="li", key="c1")
    assert dialled.address is None
    assert "dispute_open" in [one.rule for one in dialled.blocked.blocks]
    house.at("2026-12-08T10:00:00+08:00")
    assert house.desk.tend().wanted == 0
    house.people.end_dispute(dispute, upheld=False, text="No such payment.", by="wang", key="d2")
    house.at("2026-12-09T10:00:00+08:00")
    assert house.desk.tend().wanted == 1


def test_who_pays_is_out_and_left_in_peace(house):
    account = late(house)
    house.desk.tend()
    house.pays(account, owed_now(house, account))
    assert house.desk.tend().left == 1
    work = house.desk.work(account)
    assert (work.is_in, work.why_left) == (False, "paid")
    assert work.paid_minor > 0
    with pytest.raises(NotPossible, match="Nothing is late"):
        house.people.promise(account, 100, house.desk.today() + 1, by="li", key="p1")


def test_who_is_late_again_is_counted_again(house):
    account = late(house)
    house.desk.tend()
    house.pays(account, owed_now(house, account))
    house.desk.tend()
    house.at("2027-01-04T10:00:00+08:00")
    house.desk.tend()
    work = house.desk.work(account)
    assert (work.is_in, work.times_late) == (True, 2)
    assert next(work.these()).at // DAY == house.desk.today()


def test_a_settlement_within_what_people_may_offer_waives_the_rest_once_it_is_paid(house):
    account = late(house, "2027-03-01T10:00:00+08:00")
    house.desk.tend()
    balance = house.desk.customer(account).situation.balance_minor
    with pytest.raises(NotPossible) as refused:
        house.people.offer(account, "settlement", amount_minor=balance // 2, by="li", key="o1")
    assert refused.value.code == "offer_amount"
    amount = -(-balance * 8 // 10)
    offer = house.people.offer(account, "settlement", amount_minor=amount, by="li", key="o2")
    house.people.answer_offer(offer.offer, accepted=True, by="wang", key="o3")
    house.desk.tend()
    assert owed_now(house, account) > 0, "it is settled when it is paid"
    house.at("2027-03-02T10:00:00+08:00")
    house.pays(account, amount)
    house.desk.tend()
    plan = next(iter(house.lending.account(account).draws.values())).plan
    assert plan.closed
    assert house.desk.tend().left == 1


def test_no_other_offer_is_made_while_an_accepted_one_is_being_carried_out(house):
    account = late(house, "2027-03-01T10:00:00+08:00")
    house.desk.tend()
    offer, _amount = settle(house, account)
    for kind, given in (("settlement", {"amount_minor": offer.amount_minor}), ("restructure", {"count": 12})):
        with pytest.raises(NotPossible) as refused:
            house.people.offer(account, kind, **given, by="li", key=f"another {kind}")
        assert refused.value.code == "offer_open"
    house.at("2027-04-15T10:00:00+08:00")
    house.desk.tend()
    assert outcome_of(house, offer) == "missed"
    house.people.offer(account, "restructure", count=12, by="li", key="then")


def test_whoever_made_an_offer_does_not_say_yes_to_it(house):
    account = late(house)
    house.desk.tend()
    offer = house.people.offer(account, "restructure", count=12, by="li", key="o1")
    with pytest.raises(Refused) as refused:
        house.people.answer_offer(offer.offer, accepted=True, by="li", key="o2")
    assert refused.value.code == "same_person"
    assert next(iter(house.lending.account(account).draws.values())).plan.rescheduled == 0
    assert house.people.answer_offer(offer.offer, accepted=False, by="li", key="o3").outcome == "declined"
    again = house.people.offer(account, "restructure", count=12, by="li", key="o4")
    owner = house.lending.account(account).owner
    assert house.people.answer_offer(again.offer, accepted=True, by=f"customer:{owner}", key="o5").outcome == "met"


def test_another_schedule_begins_when_it_is_accepted(house):
    account = late(house)
    house.desk.tend()
    offer = house.people.offer(account, "restructure", count=12, by="li", key="o1")
    with pytest.raises(NotPossible, match="An offer stands"):
        house.people.offer(account, "restructure", count=6, by="li", key="o2")
    house.people.answer_offer(offer.offer, accepted=True, by="wang", key="o3")
    plan = next(iter(house.lending.account(account).draws.values())).plan
    assert (plan.rescheduled, len(plan.lines)) == (1, 12)
    assert house.desk.tend().left == 1


def test_an_offer_that_nobody_answers_lapses(house):
    account = late(house)
    house.desk.tend()
    offer = house.people.offer(account, "restructure", count=12, by="li", key="o1")
    house.at("2026-12-14T10:00:00+08:00")
    house.desk.tend()
    assert house.desk.look(lambda files: files.offers[offer.offer].outcome) == "lapsed"
    with pytest.raises(NotPossible):
        house.people.answer_offer(offer.offer, accepted=True, by="wang", key="o3")


def test_a_number_is_told_only_with_a_permit_and_the_outcome_counts(house):
    account = late(house)
    house.desk.tend()
    told = []
    for number in range(4):
        dialled = house.people.dial(account, "call", house.points["phone"], step="soft", by="li", key=f"c{number}")
        told.append(dialled.address)
        if dialled.address is not None:
            house.people.outcome(dialled.contact, "answered", by="li", minutes=4)
    assert told == ["+8613800138000"] * 3 + [None]
    assert [one.rule for one in dialled.blocked.blocks] == ["three_talks_a_day"]
    (line,) = house.desk.report(house.desk.today(), house.desk.today()).people
    assert (line.person, line.contacts, line.reached, line.minutes) == ("li", 3, 3, 12.0)


def test_the_same_call_asked_for_twice_is_one_contact(house):
    account = late(house)
    house.desk.tend()
    first = house.people.dial(account, "call", house.points["phone"], step="soft", by="li", key="c1")
    with pytest.raises(Conflict):
        house.people.dial(account, "call", house.points["phone"], step="soft", by="li", key="c1")
    assert states(house).count("sent") == 1
    assert first.address


def test_a_person_cannot_say_in_their_own_words_what_may_not_be_said(house):
    account = late(house)
    house.desk.tend()
    words = "再不还就让你坐 牢"
    judged = house.people.write(account, "sms", house.points["phone"], words, step="soft", by="li", key="s1")
    assert isinstance(judged.verdict, Blocked)
    assert judged.verdict.first.rule == "never_said"
    with pytest.raises(InvalidInput):
        house.people.write(account, "sms", house.points["phone"], "  ", step="soft", by="li", key="s2")


def test_a_friend_is_asked_only_once_the_debtor_could_not_be_reached(house):
    account = late(house)
    house.desk.tend()
    friend = house.people.add_point(
        account, Reach(kind="phone", value="13900139000", whose="third_party", name="Wang", relation="sister"), by="li"
    )
    assert house.people.dial(account, "call", friend, step="soft", by="li", key="f1").address is None
    for number in range(3):
        tried = house.people.dial(account, "call", house.points["phone"], step="soft", by="li", key=f"c{number}")
        house.people.outcome(tried.contact, "unanswered", by="li")
    called = house.people.dial(account, "call", friend, step="soft", by="li", key="f2")
    assert called.address == "+8613900139000"
    house.people.outcome(called.contact, "refused", by="li")
    house.at("2026-12-20T10:00:00+08:00")
    again = house.people.dial(account, "call", friend, step="soft", by="li", key="f3")
    assert "debtor_only" in [one.rule for one in again.blocked.blocks]


def test_an_agency_takes_over_only_if_it_is_approved_and_nobody_is_in_hardship(house):
    account = late(house)
    house.desk.tend()
    with pytest.raises(RuleForbids, match="Only agencies that are approved"):
        house.people.place(account, "somebody", by="wang", key="a1")
    house.people.mark(account, "hardship", on=True, by="li", key="m1")
    with pytest.raises(RuleForbids, match="In hardship"):
        house.people.place(account, "example_agency", by="wang", key="a2")
    house.people.mark(account, "hardship", on=False, by="li", key="m2")
    house.people.place(account, "example_agency", by="wang", key="a3")
    house.at("2026-12-10T10:00:00+08:00")
    assert house.desk.tend().wanted == 0, "the agency collects"
    house.pays(account, 5_000)
    (line,) = house.desk.report(house.desk.today() - 30, house.desk.today()).agencies
    assert (line.agency, line.accounts, line.paid_minor) == ("example_agency", 1, 5_000)
    house.people.recall(account, by="wang", key="a4")
    assert house.desk.work(account).agency is None


def test_the_queue_is_by_the_value_of_an_hour_and_what_others_have_is_not_in_it(tmp_path):
    house = House(tmp_path / "home", fresh=False)
    segments = [
        {**one, "when": one.get("when", "TRUE").replace("5000000", "20000")} for one in artefacts()[-1].body["segments"]
    ]
    go_live(house.process, *artefacts(segments=segments))
    accounts = [house.customer(number, amount_minor=amount) for number, amount in ((1, 120_000), (2, 240_000))]
    for number, account in enumerate(accounts):
        house.reachable(account, email=f"p{number}@example.com", phone=f"1380013800{number}")
    house.at("2026-12-03T10:00:00+08:00")
    house.desk.tend()
    first, second = house.desk.queue(by="li")
    assert (first.work.account, second.work.account) == (accounts[1], accounts[0])
    assert first.per_hour_minor > second.per_hour_minor > 0
    assert first.assumed
    assert first.expected_minor == round(first.situation.due_minor * 0.10)
    house.people.take(accounts[1], by="wang", to="wang", key="t1")
    assert [one.work.account for one in house.desk.queue(by="li")] == [accounts[0]]
    assert [one.work.account for one in house.desk.queue(by="wang")] == [accounts[1], accounts[0]]
    with pytest.raises(NotPossible, match="Somebody else"):
        house.people.take(accounts[1], by="li", to="li", key="t2")
    house.close()


def test_an_account_without_any_contact_detail_waits_for_a_person_to_find_one(house):
    account = house.customer()
    house.at("2026-12-03T10:00:00+08:00")
    assert house.desk.tend().wanted == 0
    assert {one.blocked_by for one in house.desk.customer(account).choice.ranked} == {"no_point"}
    with pytest.raises(InvalidInput):
        house.people.add_point(account, Reach(kind="phone", value="12"), by="li")
    house.people.add_point(account, Reach(kind="phone", value="138 0013 8000"), by="li")
    house.at("2026-12-04T10:00:00+08:00")
    assert house.desk.tend().wanted == 1


def test_an_address_that_is_found_during_the_day_is_used_that_day(house):
    account = house.customer()
    house.at("2026-12-03T10:00:00+08:00")
    assert house.desk.tend().wanted == 0
    assert house.desk.tend().wanted == 0
    house.people.add_point(account, Reach(kind="email", value="li@example.com"), by="li")
    assert house.desk.tend().wanted == 1
    assert house.desk.tend().wanted == 0


def test_the_supervisor_sees_what_came_of_it(house):
    account = late(house)
    house.desk.tend()
    call = house.people.dial(account, "call", house.points["phone"], step="soft", by="li", key="c1")
    house.people.outcome(call.contact, "answered", by="li", minutes=6)
    house.people.promise(account, 10_000, house.desk.today() + 2, by="li", key="p1", contact=call.contact)
    house.pays(account, 10_000)
    house.desk.tend()
    found = house.desk.report(house.desk.today() - 1, house.desk.today())
    assert (found.accounts, found.contacts) == (1, 1)
    assert (found.promises.kept, found.promises.open) == (1, 0)
    assert found.recovered_minor == {"CNY": 10_000}
    assert found.per_contact_minor == {"CNY": 10_000}


def test_a_release_whose_templates_say_what_the_rules_forbid_does_not_go_live(house):
    threat = artefacts()[-1].body["templates"]
    threat = [{**one, "text": {**one["text"], "zh-CN": one["text"]["zh-CN"] + "否则坐牢"}} for one in threat]
    with pytest.raises(DefinitionError) as refused:
        go_live(house.process, *artefacts(templates=threat)[-1:])
    assert (refused.value.code, refused.value.value) == ("forbidden_words", "坐牢")


def test_a_release_with_two_strategies_for_a_product_or_none_of_its_rules_does_not_go_live(house):
    with pytest.raises(DefinitionError, match="No conduct rules"):
        go_live(house.process, *artefacts(conduct="nowhere")[-1:])
    with pytest.raises(DefinitionError, match="No model"):
        go_live(house.process, *artefacts(response="nobody")[-1:])
    with pytest.raises(DefinitionError, match="No product"):
        go_live(house.process, *artefacts(products=["cash_lone"])[-1:])


def test_without_a_strategy_nothing_moves_and_nobody_can_be_contacted(tmp_path):
    house = House(tmp_path / "home", fresh=False)
    go_live(house.process, *artefacts()[:-2])
    account = house.customer()
    house.at("2026-12-03T10:00:00+08:00")
    done = house.desk.tend()
    assert (done.entered, done.wanted) == (0, 0)
    with pytest.raises(NotFound):
        house.people.dial(account, "call", PointId("1" * 32), step="soft", by="li", key="c1")
    house.close()


def settle(house, account, amount=None, key="s"):
    balance = house.desk.customer(account).situation.balance_minor
    amount = -(-balance * 8 // 10) if amount is None else amount
    offer = house.people.offer(account, "settlement", amount_minor=amount, by="li", key=f"{key}-offer")
    house.people.answer_offer(offer.offer, accepted=True, by="wang", key=f"{key}-yes")
    return offer, amount


def line(house):
    """A limit with one draw, reachable, late by March."""
    limit = {"least_minor": 10_000, "most_minor": 5_000_000}
    body = loan_of("application", currency="CNY", kind="revolving", limit_minor=limit)
    go_live(house.process, Artefact.of("product", "cash_loan", body))
    account = house.customer()
    house.points = house.reachable(account)
    house.lending.draw(account, "first", key="d1", amount_minor=50_000, term=3, by="ann")
    house.at("2027-03-01T10:00:00+08:00")
    house.desk.tend()
    return account


def outcome_of(house, offer):
    return house.desk.look(lambda files: files.offers[offer.offer].outcome)


def test_a_settlement_ends_once_it_is_met_and_reaches_nothing_that_is_drawn_later(house):
    account = line(house)
    offer, amount = settle(house, account)
    house.pays(account, amount)
    house.desk.tend()
    assert outcome_of(house, offer) == "met"
    assert house.lending.account(account).draws["first"].plan.closed
    house.lending.draw(account, "second", key="d2", amount_minor=50_000, term=3, by="ann")
    house.at("2027-12-26T10:00:00+08:00")
    house.desk.tend()
    plan = house.lending.account(account).draws["second"].plan
    assert (plan.closed, plan.totals.principal) == (False, 50_000)


def test_a_plan_that_is_drawn_before_the_settlement_is_paid_is_not_part_of_it(house):
    account = line(house)
    _, amount = settle(house, account)
    house.lending.draw(account, "second", key="d2", amount_minor=50_000, term=3, by="ann")
    house.pays(account, amount)
    house.desk.tend()
    draws = house.lending.account(account).draws
    assert (draws["first"].plan.closed, draws["second"].plan.closed) == (True, False)


def test_what_was_paid_before_the_offer_on_its_day_settles_nothing(house):
    account = late(house, "2027-03-01T10:00:00+08:00")
    house.desk.tend()
    house.pays(account, 40_000, "before")
    offer, amount = settle(house, account)
    house.pays(account, amount - 40_000, "after")
    house.desk.tend()
    assert outcome_of(house, offer) == "accepted"
    house.pays(account, 40_000, "rest")
    house.desk.tend()
    assert outcome_of(house, offer) == "met"


def test_a_payment_that_bounced_before_the_round_settles_nothing(house):
    account = late(house, "2027-03-01T10:00:00+08:00")
    house.desk.tend()
    offer, amount = settle(house, account)
    house.pays(account, amount, "bounces")
    plan = next(iter(house.lending.account(account).draws))
    house.lending.reverse(account, plan, "bounces", key="back", by="bank")
    house.desk.tend()
    assert outcome_of(house, offer) == "accepted"


def test_an_agreed_settlement_that_is_not_paid_is_missed_once_no_bank_can_tell_of_it_any_more(house):
    account = late(house, "2027-03-01T10:00:00+08:00")
    house.desk.tend()
    offer, amount = settle(house, account)
    house.at("2027-03-18T10:00:00+08:00")
    house.desk.tend()
    assert outcome_of(house, offer) == "accepted"
    house.at("2027-03-20T10:00:00+08:00")
    house.desk.tend()
    assert outcome_of(house, offer) == "missed"
    house.pays(account, amount)
    house.desk.tend()
    assert not next(iter(house.lending.account(account).draws.values())).plan.closed


def test_an_accepted_schedule_that_a_crash_stopped_begins_at_the_next_round(house, monkeypatch):
    account = late(house)
    house.desk.tend()
    offer = house.people.offer(account, "restructure", count=12, by="li", key="o1")
    with monkeypatch.context() as falling:
        falling.setattr(house.desk, "carry_out", lambda _offer: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            house.people.answer_offer(offer.offer, accepted=True, by="wang", key="o2")
    assert next(iter(house.lending.account(account).draws.values())).plan.rescheduled == 0
    house.desk.tend()
    house.desk.tend()
    assert next(iter(house.lending.account(account).draws.values())).plan.rescheduled == 1
    assert outcome_of(house, offer) == "met"


def test_a_new_schedule_keeps_its_rate_unless_the_strategy_lets_people_lower_it(house):
    account = late(house)
    house.desk.tend()
    rate = next(iter(house.lending.account(account).draws.values())).plan.rate_bps
    with pytest.raises(NotPossible) as refused:
        house.people.offer(account, "restructure", count=12, rate_bps=0, by="li", key="o1")
    assert refused.value.code == "offer_rate"
    limits = {**document("collections", "consumer").get("limits", {}), "restructure_least_bps": rate // 2}
    go_live(house.process, *artefacts(limits=limits))
    with pytest.raises(NotPossible):
        house.people.offer(account, "restructure", count=12, rate_bps=rate // 2 - 1, by="li", key="o2")
    offer = house.people.offer(account, "restructure", count=12, rate_bps=rate // 2, by="li", key="o3")
    house.people.answer_offer(offer.offer, accepted=True, by="wang", key="o4")
    assert next(iter(house.lending.account(account).draws.values())).plan.rate_bps == rate // 2


def test_a_payment_of_tomorrow_stops_nothing(house):
    account = late(house)
    house.desk.tend()
    plan = next(iter(house.lending.account(account).draws))
    tomorrow = house.desk.today() + 1
    house.lending.happen(account, plan, Paid(day=tomorrow, amount_minor=1_000), key="p1", by="bank")
    other = house.customer(2)
    house.reachable(other, email="b@example.com", phone="13800138002")
    house.at("2027-01-03T10:00:00+08:00")
    plan = next(iter(house.lending.account(account).draws))
    house.lending.happen(account, plan, Paid(day=house.desk.today() + 1, amount_minor=1_000), key="p2", by="bank")
    done = house.desk.tend()
    assert done.entered == 1, "the other account, which came late since"
    house.desk.queue(by="li")
    assert house.desk.customer(account).situation.balance_minor > 0
    house.people.promise(account, 1_000, house.desk.today() + 1, by="li", key="q1")


def test_one_account_that_fails_stops_no_other(house, monkeypatch):
    first, second = late(house, number=1), house.customer(2)
    house.reachable(second, email="b@example.com", phone="13800138002")
    house.at("2027-01-04T10:00:00+08:00")
    tending = house.desk._tending
    real = tending._work_on

    def work_on(done, account, now):
        if account.account_id == first:
            raise NotPossible("It is broken.", field="account", value=first)
        return real(done, account, now)

    monkeypatch.setattr(tending, "_work_on", work_on)
    assert house.desk.tend().wanted == 1
    assert [one.account for one in house.desk.look(lambda files: list(files.contacts.values()))] == [second]


def test_no_caller_can_take_an_id_that_this_desk_writes_under(house):
    account = late(house, "2027-03-01T10:00:00+08:00")
    house.desk.tend()
    offer, amount = settle(house, account)
    plan = next(iter(house.lending.account(account).draws))
    taken = f"own:collections:settlement:{offer.offer}:{plan}"
    with pytest.raises(NotAllowed, match="own"):
        house.lending.happen(account, plan, Paid(day=house.desk.today(), amount_minor=1), key=taken, by="eve")
    house.pays(account, amount, f"settlement:{offer.offer}:{plan}")
    house.desk.tend()
    assert outcome_of(house, offer) == "met"


def test_what_a_message_is_for_follows_from_the_account_alone(house):
    account = late(house)
    house.desk.tend()
    judged = house.people.write(account, "sms", house.points["phone"], "您好，请回电。", step="soft", by="li", key="s1")
    assert house.desk.look(lambda files: files.made_by[judged.contact].about.purpose) == "collection"


def test_the_mark_of_an_objection_is_not_lifted_by_hand_while_it_is_looked_into(house):
    account = late(house)
    house.desk.tend()
    dispute = house.people.dispute(account, "I paid that.", by="li", key="d1")
    with pytest.raises(NotPossible) as refused:
        house.people.mark(account, "dispute", on=False, by="li", key="m1")
    assert refused.value.code == "dispute_open"
    house.people.end_dispute(dispute, upheld=True, text="Right.", by="wang", key="d2")
    house.people.mark(account, "dispute", on=True, by="li", key="m2")
    assert not house.people.mark(account, "dispute", on=False, by="li", key="m3").marks


def test_words_cannot_be_guessed_from_the_digest_beside_them(house):
    account = late(house)
    house.desk.tend()
    house.people.note(account, "Lost the job.", by="li", key="n1")
    house.people.dispute(account, "I paid that.", by="li", key="n2")
    house.people.mark(account, "hardship", on=True, text="Ill.", by="li", key="n3")
    guesses = {
        digest_of_bytes(canonical_bytes(one))
        for one in (
            ["note", account, "Lost the job."], ["dispute", account, "I paid that."], ["mark", account, "hardship", True, "Ill."],
        )
    }  # fmt: skip
    digests = house.process.journal.digests("contact", ["asked:n1", "asked:n2", "asked:n3"])
    assert len(digests) == 3
    assert not guesses & set(digests.values())
    with pytest.raises(Conflict):
        house.people.note(account, "Something else.", by="li", key="n1")


# -- what a round costs ----------------------------------------------------------------------------------------------------


@pytest.fixture
def read(monkeypatch):
    """The accounts that were read, one by one."""
    found, real = [], {name: getattr(Accounts, name) for name in ("get", "numbered")}

    def counting(name):
        def read_one(self, what):
            found.append(what)
            return real[name](self, what)

        return read_one

    for name in real:
        monkeypatch.setattr(Accounts, name, counting(name))
    return found


def reads(house, read):
    read.clear()
    done = house.desk.tend()
    return len(read), done


def test_a_round_reads_what_it_acts_on_and_not_all_that_are_late(house, read):
    accounts = [house.customer(number) for number in range(12)]
    for number, account in enumerate(accounts):
        house.reachable(account, email=f"c{number}@example.com", phone=f"1380013800{number % 10}")
    house.at("2026-12-03T10:00:00+08:00")
    first, done = reads(house, read)
    assert (done.entered, first >= 12) == (12, True)
    assert reads(house, read)[0] == 0
    house.pays(accounts[3], 1_000)
    assert reads(house, read)[0] == 1
    assert reads(house, read)[0] == 0
    house.pays(accounts[4], owed_now(house, accounts[4]), "pay-2")
    count, done = reads(house, read)
    assert (count, done.left) == (1, 1)
    house.people.mark(accounts[5], "hardship", on=True, by="li", key="m1")
    assert reads(house, read)[0] == 1
    assert reads(house, read)[0] == 0
    house.at("2026-12-04T10:00:00+08:00")
    count, _ = reads(house, read)
    assert count >= 11  # on another day something else may be done about each that is in
    assert reads(house, read)[0] == 0


def test_what_waits_for_the_morning_is_read_again_in_the_morning_and_not_before(house, read):
    account = house.customer()
    house.at("2026-12-03T02:00:00Z")
    house.desk.tend()
    house.people.describe(
        account, by="li", key="d1", zone="Europe/London", language="en", agreed_hours=None, off=(), consents=()
    )
    house.reachable(account)
    assert reads(house, read)[1].wanted == 0
    house.at("2026-12-03T04:00:00Z")
    assert reads(house, read)[0] == 0
    house.at("2026-12-03T09:00:00Z")
    count, done = reads(house, read)
    assert (count, done.wanted) == (1, 1)
    assert reads(house, read)[0] == 0


def test_a_promise_is_looked_at_when_the_account_moves_and_when_its_day_is_over(house, read):
    account = late(house)
    house.desk.tend()
    house.people.promise(account, 30_000, house.desk.today() + 1, by="li", key="p1")
    assert reads(house, read)[0] == 0
    house.pays(account, 10_000)
    assert reads(house, read)[1].promises == 0
    assert reads(house, read)[0] == 0
    house.at("2026-12-05T10:00:00+08:00")
    assert reads(house, read)[1].promises == 1


def test_a_round_that_the_journal_cut_off_is_begun_anew(house, monkeypatch):
    account = late(house)
    house.desk.tend()
    house.pays(account, owed_now(house, account))
    with monkeypatch.context() as broken:
        broken.setattr(house.desk.book, "write", lambda _: (_ for _ in ()).throw(Unavailable("Not now.")))
        with pytest.raises(Unavailable):
            house.desk.tend()
    assert house.desk.tend().left == 1
