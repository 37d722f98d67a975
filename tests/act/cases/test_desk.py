"""Cases from opening to label, over a real journal."""

from __future__ import annotations

import threading

import pytest
from case_workspace import approved, review

from tandem.act.cases import CaseChanged, CaseDesk, tell
from tandem.kernel.errors import InvalidInput, NotFound, Refused
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import HOUR, MINUTE, SECOND, Micros


def working(desk):
    return desk.look(lambda cases, _rules, _now: [case.copy() for case in cases.working()])


def labels(process):
    found = [record for record in process.journal.read(kinds=["event"]) if record.key.startswith("label.")]
    return [record.key for record in found]


def state(desk, case_id, clock):
    return desk.case(case_id).state_at(clock.now())


# -- opening ---------------------------------------------------------------------------------------------------------


def test_a_decision_that_asks_for_a_person_opens_a_case_and_others_do_not(process, desk):
    process.decide_now(approved(1))
    process.decide_now(review(2))
    (case,) = working(desk)
    assert (case.number, case.entity_kind, case.standing.state, case.standing.queue) == (1, "person", "open", "large")
    assert case.evidence[0].event_id == "app-2"
    assert case.evidence[0].reasons == ("LARGE",)


def test_a_new_decision_about_the_same_entity_joins_the_open_case_and_the_most_urgent_queue_has_it(process, desk):
    process.decide_now(review(1, person="ann", amount_minor=40_000, age=None))  # for want of an age: queue review, 4 h
    process.decide_now(review(2, person="bob"))
    before = desk.case(working(desk)[0].case_id)
    process.decide_now(review(3, person="ann", amount_minor=90_000))  # queue large, 1 h
    case = desk.case(before.case_id)
    assert len(working(desk)) == 2
    assert [one.event_id for one in case.evidence] == ["app-1", "app-3"]
    assert before.standing.queue == "review"
    assert case.standing.queue == "large"
    assert case.standing.due_at < before.standing.due_at
    assert case.at_stake_minor == 90_000


def test_two_decisions_about_one_entity_in_one_breath_make_one_case(process, desk):
    for number in range(1, 6):
        process.decide_now(review(number, person="ann"))
    (case,) = working(desk)
    assert len(case.evidence) == 5


def test_after_a_resolution_a_new_decision_opens_a_new_case(process, desk):
    process.decide_now(review(1, person="ann"))
    first = working(desk)[0]
    desk.resolve(first.case_id, by="eve", disposition="approve", version=1)
    process.decide_now(review(2, person="ann"))
    (second,) = working(desk)
    assert (second.number, second.entity) == (2, first.entity)


def test_the_money_at_stake_and_the_words_of_people_stand_only_in_the_sealed_part(process, desk):
    process.decide_now(review(1, person="ann", amount_minor=71_234))
    case = working(desk)[0]
    desk.note(case.case_id, by="eve", text="called her at home")
    records = list(process.journal.read(kinds=["case"]))
    assert len(records) == 2
    for record in records:
        assert b"71234" not in record.clear
        assert b"called" not in record.clear
        assert record.subject == case.subject
    process.journal.erase(case.subject)
    assert [one.erased for one in desk.history(case)] == [True]
    assert [one.erased for one in desk.history(desk.case(case.case_id))] == [True, True]


def test_cases_are_opened_after_a_start_for_decisions_that_nobody_was_there_to_see(opened, process, clock):
    for number in range(1, 4):
        process.decide_now(review(number))
    process.close()
    later = CaseDesk(opened(), clock=clock, entropy=SeededEntropy(8))
    assert [case.evidence[0].event_id for case in working(later)] == ["app-1", "app-2", "app-3"]


# -- handing out -----------------------------------------------------------------------------------------------------


def test_next_gives_the_largest_expected_loss_and_what_is_past_due_first(process, desk, clock):
    process.decide_now(review(1, amount_minor=60_000))
    process.decide_now(review(2, amount_minor=900_000))
    process.decide_now(review(3, amount_minor=300_000))
    told = [desk.next(by="eve").evidence[0].event_id for _ in range(2)]
    assert told == ["app-2", "app-3"]
    clock.advance(2 * HOUR)  # app-1 is past due now
    process.decide_now(review(4, amount_minor=9_000_000))
    assert desk.next(by="eve").evidence[0].event_id == "app-1"
    assert desk.next(by="eve").evidence[0].event_id == "app-4"
    assert desk.next(by="eve") is None


def test_next_of_a_queue_gives_only_from_there(process, desk):
    process.decide_now(review(1, amount_minor=900_000))
    process.decide_now(review(2, amount_minor=10, age=None))
    assert desk.next(by="eve", queue="review").evidence[0].event_id == "app-2"
    assert desk.next(by="eve", queue="review") is None


def test_two_callers_never_get_the_same_case(process, desk):
    for number in range(60):
        process.decide_now(review(number))
    desk.tend()
    given: list[list[str]] = [[] for _ in range(6)]

    def work(index: int) -> None:
        while (case := desk.next(by=f"analyst-{index}")) is not None:
            given[index].append(case.case_id)

    threads = [threading.Thread(target=work, args=(index,)) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everything = [case_id for cases in given for case_id in cases]
    assert len(everything) == len(set(everything)) == 60
    for index, cases in enumerate(given):
        assert all(desk.case(one).standing.assignee == f"analyst-{index}" for one in cases)


def test_whoever_changes_a_case_on_an_old_view_is_told_how_it_is_now(process, desk):
    process.decide_now(review(1))
    case = desk.next(by="eve")
    with pytest.raises(CaseChanged) as refused:
        desk.resolve(case.case_id, by="bob", disposition="approve", version=1)
    assert refused.value.status == 409
    assert refused.value.code == "case_changed"
    assert refused.value.case.standing.assignee == "eve"
    assert refused.value.case.version == 2


# -- sleeping --------------------------------------------------------------------------------------------------------


def test_a_snooze_ends_by_the_clock_and_the_case_comes_back_to_who_had_it(process, desk, clock):
    process.decide_now(review(1))
    process.decide_now(review(2, amount_minor=9_000_000))
    case = desk.next(by="eve")
    desk.snooze(case.case_id, by="eve", until=Micros(clock.now() + HOUR), version=2)
    assert state(desk, case.case_id, clock) == "snoozed"
    assert desk.next(by="bob").case_id != case.case_id
    clock.advance(HOUR)
    assert state(desk, case.case_id, clock) == "assigned"
    assert desk.next(by="bob") is None
    assert desk.next(by="eve").case_id == case.case_id


def test_new_evidence_ends_a_snooze(process, desk, clock):
    process.decide_now(review(1, person="ann"))
    case = desk.next(by="eve")
    desk.snooze(case.case_id, by="eve", until=Micros(clock.now() + HOUR), version=2)
    process.decide_now(review(2, person="ann"))
    assert state(desk, case.case_id, clock) == "assigned"


@pytest.mark.parametrize("after", [0, -1, 91 * 24 * HOUR])
def test_a_case_sleeps_until_some_time_in_the_next_90_days(process, desk, clock, after):
    process.decide_now(review(1))
    case = desk.next(by="eve")
    with pytest.raises(InvalidInput) as refused:
        desk.snooze(case.case_id, by="eve", until=Micros(clock.now() + after), version=2)
    assert refused.value.code == "invalid_snooze"


# -- ending ----------------------------------------------------------------------------------------------------------


def test_what_needs_two_people_counts_only_when_another_agrees(process, desk, clock):
    process.decide_now(review(1))
    case = desk.next(by="eve")
    waiting = desk.resolve(case.case_id, by="eve", disposition="write_off", version=2)
    assert waiting.standing.state == "waiting"
    with pytest.raises(Refused) as refused:
        desk.second(case.case_id, by="eve", agrees=True, version=3)
    assert refused.value.code == "same_person"
    clock.advance(MINUTE)
    desk.tend()
    assert labels(process) == []
    agreed = desk.second(case.case_id, by="bob", agrees=True, version=3)
    assert (agreed.standing.state, agreed.standing.decided_by, agreed.standing.seconded_by) == (
        "resolved",
        "eve",
        "bob",
    )
    clock.advance(MINUTE)
    desk.tend()
    assert len(labels(process)) == 1


def test_who_does_not_agree_sends_it_back_to_who_proposed(process, desk):
    process.decide_now(review(1))
    case = desk.next(by="eve")
    desk.resolve(case.case_id, by="eve", disposition="write_off", version=2)
    back = desk.second(case.case_id, by="bob", agrees=False, version=3, reason="the statement is missing")
    assert (back.standing.state, back.standing.assignee, back.standing.disposition) == ("assigned", "eve", None)
    assert desk.history(back)[-1].sealed.text == "the statement is missing"


def test_a_resolution_is_taken_back_within_ten_seconds_by_who_made_it(process, desk, clock):
    process.decide_now(review(1))
    case = desk.next(by="eve")
    desk.resolve(case.case_id, by="eve", disposition="fraud", version=2)
    with pytest.raises(Refused):
        desk.undo(case.case_id, by="bob", version=3)
    clock.advance(10 * SECOND)
    back = desk.undo(case.case_id, by="eve", version=3)
    assert back.standing == case.standing
    clock.advance(HOUR)
    desk.tend()
    assert labels(process) == []


def test_after_ten_seconds_it_is_too_late(process, desk, clock):
    process.decide_now(review(1))
    case = desk.next(by="eve")
    desk.resolve(case.case_id, by="eve", disposition="fraud", version=2)
    clock.advance(10 * SECOND + 1)
    with pytest.raises(CaseChanged) as refused:
        desk.undo(case.case_id, by="eve", version=3)
    assert refused.value.code == "undo_too_late"


def test_a_disposition_becomes_a_label_with_the_real_identifier_sealed(process, desk, clock):
    process.decide_now(review(1, person="ann"))
    case = desk.next(by="eve")
    desk.resolve(case.case_id, by="eve", disposition="fraud", version=2, reason="forged payslip")
    assert labels(process) == []
    clock.advance(11 * SECOND)
    desk.tend()
    desk.tend()
    (key,) = labels(process)
    record = process.journal.find("event", key)
    event = process.live.reader.rebuild(record.clear, process.journal.open_secret(record), digest=record.digest)
    assert event.values["application"] == "app-1"
    assert event.values["bad"] is True
    assert event.values["disposition"] == "fraud"
    assert event.entities["person"] == case.entity
    assert b"ann" not in record.clear
    assert desk.case(case.case_id).labels == {case.evidence[0].decision_id: key}


def test_a_later_resolution_corrects_the_label_of_the_first(process, desk, clock):
    process.decide_now(review(1))
    case = desk.next(by="eve")
    desk.resolve(case.case_id, by="eve", disposition="fraud", version=2)
    clock.advance(MINUTE)
    desk.tend()
    version = desk.case(case.case_id).version
    desk.reopen(case.case_id, by="bob", version=version, reason="she called")
    desk.resolve(case.case_id, by="bob", disposition="honest", version=version + 1)
    clock.advance(MINUTE)
    desk.tend()
    first, second = labels(process)
    record = process.journal.find("event", second)
    event = process.live.reader.rebuild(record.clear, process.journal.open_secret(record), digest=record.digest)
    assert event.supersedes == first
    assert event.values["bad"] is False


def test_a_disposition_that_says_nothing_of_what_happened_makes_no_label(process, desk, clock):
    process.decide_now(review(1))
    desk.resolve(desk.next(by="eve").case_id, by="eve", disposition="approve", version=2)
    clock.advance(MINUTE)
    assert desk.tend() == 0
    assert labels(process) == []


def test_an_erased_person_gets_no_label_and_nothing_is_tried_again(process, desk, clock):
    process.decide_now(review(1))
    case = desk.next(by="eve")
    desk.resolve(case.case_id, by="eve", disposition="fraud", version=2)
    process.journal.erase(case.subject)
    clock.advance(MINUTE)
    desk.tend()
    assert desk.tend() == 0
    assert labels(process) == []
    last = desk.history(desk.case(case.case_id))[-1].change
    assert list(last.skipped.values()) == ["required"]


def test_escalating_moves_it_to_the_queue_above_with_a_new_due_time(process, desk, clock):
    process.decide_now(review(1))
    case = desk.next(by="eve")
    moved = desk.escalate(case.case_id, by="eve", version=2, reason="over my limit")
    assert (moved.standing.queue, moved.standing.state, moved.standing.assignee) == ("senior", "open", None)
    assert moved.standing.due_at == clock.now() + 24 * HOUR
    with pytest.raises(CaseChanged) as refused:
        desk.escalate(case.case_id, by="eve", version=3)
    assert refused.value.code == "no_escalation"


def test_what_somebody_passed_on_is_not_handed_back_to_them(process, desk):
    process.decide_now(review(1, amount_minor=900_000))
    process.decide_now(review(2))
    first = desk.next(by="eve")
    desk.escalate(first.case_id, by="eve", version=2)
    second = desk.next(by="eve")
    assert second.case_id != first.case_id
    desk.assign(second.case_id, by="eve", to=None, version=2)
    assert desk.next(by="eve") is None
    assert desk.next(by="bob").case_id == first.case_id
    assert desk.assign(second.case_id, by="eve", to="eve", version=3).standing.assignee == "eve"


def test_what_a_state_forbids_is_told_with_the_state(process, desk):
    process.decide_now(review(1))
    case = working(desk)[0]
    with pytest.raises(CaseChanged) as refused:
        desk.reopen(case.case_id, by="eve", version=1)
    assert (refused.value.code, refused.value.value) == ("case_state", "open")
    with pytest.raises(InvalidInput) as unknown:
        desk.resolve(case.case_id, by="eve", disposition="aprove", version=1)
    assert "approve" in unknown.value.hint
    with pytest.raises(NotFound):
        desk.assign("case_none", by="eve", to="eve", version=1)


def test_the_history_is_told_in_both_languages(process, desk):
    process.decide_now(review(1))
    case = desk.next(by="eve")
    desk.note(case.case_id, by="eve", text="looks fine")
    done = desk.resolve(case.case_id, by="eve", disposition="honest", version=3)
    told = [tell(one.change, desk.rules) for one in desk.history(done)]
    assert [one.en for one in told] == [
        "Opened in Large by a decision of application.",
        "eve took it.",
        "eve wrote a note.",
        "eve resolved it: Honest.",
    ]
    assert told[0].zh == "策略 application 的决策触发，案件进入“大额”。"
