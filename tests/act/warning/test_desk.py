"""Warnings from raising to label, over a real journal."""

from __future__ import annotations

import copy

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_workspace import START, go_live
from warned_workspace import EVERYTHING, RULES, statement

from tandem.act.books import Draft
from tandem.act.warning import WarningChanged, WarningDesk
from tandem.act.warning.changes import Acted
from tandem.decide.decisions import open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import InvalidInput, NotFound, Unavailable
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros


def every(desk):
    return desk.look(lambda warnings, _now: [one.copy() for one in warnings])


def the(desk):
    (one,) = every(desk)
    return one


def labels(process):
    """What was recorded of warnings that ended: event, came true, what it corrects."""
    found = []
    for record in process.journal.read(kinds=["event"]):
        if record.key.startswith("label."):
            body = msgspec.json.decode(record.clear)
            found.append((body["values"]["event"], body["values"]["came_true"], body.get("supersedes")))
    return found


# -- raising ---------------------------------------------------------------------------------------------------------


def test_a_decision_that_says_so_warns_of_a_performing_account_and_others_do_not(process, desk, clock):
    process.decide_now(statement("a", 0, risk=30))
    process.decide_now(statement("b", 0, risk=5))
    warning = the(desk)
    assert (warning.rule, warning.severity, warning.owner, warning.action) == ("likely", "medium", "early", "contact")
    assert (warning.entity_kind, warning.state, warning.said.event_id) == ("account", "open", "a-0")
    assert [(one.code, one.en, one.zh) for one in warning.said.signals] == [
        ("LIKELY", "The account may fall behind", "账户可能逾期")
    ]
    assert warning.due_at == clock.now() + 3 * DAY
    assert warning.ends_at == START + 90 * DAY


def test_what_is_overdue_already_is_no_warning(process, desk):
    process.decide_now(statement("a", 0, risk=90, overdue=2))
    assert every(desk) == []


def test_there_is_one_warning_of_an_account_while_it_is_watched_and_it_only_gets_worse(process, desk):
    process.decide_now(statement("a", 0, risk=30))
    desk.dismiss(the(desk).warning_id, by="ann", text="paid by phone")
    process.decide_now(statement("a", 30, risk=30))
    assert the(desk).state == "dismissed", "the same again says nothing new"
    process.decide_now(statement("a", 60, risk=70))
    worse = the(desk)
    assert (worse.severity, worse.state, worse.said.event_id, worse.latest.event_id) == ("high", "open", "a-0", "a-60")
    process.decide_now(statement("a", 61, risk=30))
    assert the(desk).severity == "high"


def test_after_a_warning_there_is_none_until_its_cool_down_is_over(process, desk):
    process.decide_now(statement("a", 0, risk=30))
    process.decide_now(statement("a", 20, overdue=2))
    process.decide_now(statement("a", 50, risk=30))
    assert len(every(desk)) == 1
    process.decide_now(statement("a", 60, risk=30))
    assert [one.said.event_id for one in every(desk)] == ["a-0", "a-60"]


# -- settling --------------------------------------------------------------------------------------------------------


def test_it_comes_true_when_the_account_rolls_within_the_horizon_and_that_is_a_label(process, desk):
    process.decide_now(statement("a", 0, risk=30))
    process.record_now(statement("a", 30))
    assert the(desk).outcome is None
    process.record_now(statement("a", 61, overdue=2))
    warning = the(desk)
    assert (warning.outcome, warning.lead_days, warning.state) == ("came_true", 61, "settled")
    assert labels(process) == [("a-0", True, None)]
    assert len(every(desk)) == 1
    assert labels(process) == [("a-0", True, None)], "once"


def test_it_did_not_come_true_when_the_account_performs_past_the_horizon(process, desk):
    process.decide_now(statement("a", 0, risk=30))
    process.record_now(statement("a", 91, overdue=2))
    warning = the(desk)
    assert (warning.outcome, warning.lead_days, warning.rolled_at) == ("did_not", None, None)
    assert labels(process) == [("a-0", False, None)]


def test_a_roll_that_is_told_late_corrects_what_was_said(process, desk):
    process.decide_now(statement("a", 0, risk=30))
    process.record_now(statement("a", 92))
    first = the(desk)
    process.record_now(statement("a", 45, overdue=3))
    assert (first.outcome, the(desk).outcome) == ("did_not", "came_true")
    assert labels(process) == [("a-0", False, None), ("a-0", True, f"label.{first.warning_id}.1")]


def test_what_ended_well_is_over_before_its_time(opened, clock):
    rules = copy.deepcopy(RULES)
    rules["follow"][0]["over"] = "months_overdue = -1"
    process = opened()
    go_live(process, *EVERYTHING[:-1], Artefact.of("warning_rules", "accounts", rules))
    desk = WarningDesk(process, clock=clock, entropy=SeededEntropy(7))
    process.decide_now(statement("a", 150, risk=30))
    process.record_now(statement("a", 180, overdue=-1))
    assert the(desk).outcome == "did_not"
    assert labels(process) == [("a-150", False, None)]


def test_where_no_event_comes_any_more_the_clock_ends_it(process, desk, clock):
    process.decide_now(statement("a", 0, risk=30))
    assert the(desk).outcome is None
    clock.advance(91 * DAY)
    assert the(desk).outcome == "did_not"


def test_what_was_dismissed_is_watched_all_the_same(process, desk):
    process.decide_now(statement("a", 0, risk=30))
    desk.dismiss(the(desk).warning_id, by="ann", text="a bank holiday")
    process.record_now(statement("a", 30, overdue=2))
    assert (the(desk).outcome, the(desk).dismissed) == ("came_true", True)


def test_another_account_of_the_same_person_settles_nothing(process, desk):
    process.decide_now(statement("a", 0, risk=30))
    other = statement("b", 30, overdue=2)
    other["values"]["person"] = "p-a"
    process.record_now(other)
    assert the(desk).outcome is None


# -- what is done about it -------------------------------------------------------------------------------------------


def test_what_its_rule_asks_for_is_begun_once_and_again_after_a_fault(process, clock):
    asked: list[str] = []

    def open_case(warning):
        asked.append(warning.warning_id)
        if len(asked) == 1:
            raise Unavailable("Not now.")
        return "case_1"

    desk = WarningDesk(process, clock=clock, entropy=SeededEntropy(7), pursue={"case": open_case})
    process.decide_now(statement("a", 0, risk=70))
    process.decide_now(statement("b", 0, risk=30))  # a contact, which nobody begins here
    assert [one.pursued for one in every(desk)] == [{}, {}]
    clock.advance(2 * 60_000_000)
    assert [one.pursued for one in every(desk)] == [{"case": "case_1"}, {}]
    assert len(every(desk)) == 2
    assert len(asked) == 2


def test_what_nobody_looks_at_is_escalated_once_to_the_desk_above(process, desk, clock):
    process.decide_now(statement("a", 0, risk=30))
    process.decide_now(statement("b", 0, risk=30))
    first, second = every(desk)
    desk.act(second.warning_id, by="ann", action="contact", text="called, will pay on Friday")
    clock.advance(3 * DAY + 1)
    late, done = every(desk)
    assert (late.owner, late.severity, late.due_at) == ("senior", "high", clock.now() + 3 * DAY)
    assert (done.owner, done.severity, done.state) == ("early", "medium", "acted")
    clock.advance(4 * DAY)
    assert desk.warning(first.warning_id).due_at == late.due_at
    assert list(desk.texts(done).values()) == ["called, will pay on Friday"]


def test_one_has_it_at_a_time_and_nothing_is_done_without_words(process, desk):
    process.decide_now(statement("a", 0, risk=30))
    warning_id = the(desk).warning_id
    assert desk.take(warning_id, by="ann", to="ann").assignee == "ann"
    with pytest.raises(WarningChanged, match="Somebody else"):
        desk.act(warning_id, by="bob", action="contact", text="called")
    with pytest.raises(InvalidInput, match="say something"):
        desk.dismiss(warning_id, by="ann", text="  ")
    assert desk.take(warning_id, by="ann", to=None).state == "open"
    desk.act(warning_id, by="bob", action="contact", text="called")
    with pytest.raises(WarningChanged, match="Nothing more"):
        desk.dismiss(warning_id, by="bob", text="no")
    with pytest.raises(NotFound):
        desk.take("warn_none", by="ann", to="ann")


def test_the_writer_is_not_asked_while_nothing_is_due(process, desk, clock, monkeypatch):
    for account in "abc":
        process.decide_now(statement(account, 0, risk=30))
    process.record_now(statement("a", 30, overdue=2))
    desk.tend()
    asked = []
    append = process.append
    monkeypatch.setattr(process, "append", lambda entries: asked.append(1) or append(entries))
    clock.advance(DAY)
    assert (desk.tend(), asked) == (0, [])
    clock.advance(2 * DAY + 1)
    assert (desk.tend(), asked) == (2, [1]), "all that is due goes in one write; what is settled is left"


def test_what_is_done_just_before_it_would_be_escalated_is_not_escalated(process, desk, clock, monkeypatch):
    process.decide_now(statement("a", 0, risk=30))
    process.decide_now(statement("b", 0, risk=30))
    first, _ = every(desk)
    clock.advance(3 * DAY + 1)
    append = process.append

    def beaten(entries):
        monkeypatch.setattr(process, "append", append)
        done = Acted(warning=first.warning_id, by="ann", action="contact")
        desk._book.write(lambda _all, _now: [Draft(change=done)])
        return append(entries)

    monkeypatch.setattr(process, "append", beaten)
    assert desk.tend() == 1
    assert [(one.state, one.escalated) for one in every(desk)] == [("acted", False), ("open", True)]


# -- exactly once ----------------------------------------------------------------------------------------------------

_STEP = st.tuples(
    st.sampled_from("abc"), st.integers(0, 45), st.sampled_from([0, 30, 70]), st.sampled_from([0, 0, 0, 2])
)


def told(desk):
    """What came of it; pseudonyms and ids are another house's own."""
    return sorted(
        (one.said.event_id, one.severity, one.latest.event_id, one.outcome or "", one.lead_days or 0)
        for one in every(desk)
    )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_STEP, min_size=1, max_size=12), stops=st.sets(st.integers(0, 12)))
def test_a_desk_that_is_stopped_anywhere_comes_to_what_one_that_never_was_comes_to(tmp_path_factory, steps, stops):
    clock = FixedClock(Micros(START + 600 * DAY))

    seeds = iter(range(100))

    def opened(folder):
        return open_process(Settings(home=folder), "test", clock=clock, entropy=SeededEntropy(next(seeds)))

    home = tmp_path_factory.mktemp("warned")
    whole, parted = opened(home / "whole"), opened(home / "parted")
    for one in (whole, parted):
        go_live(one, *EVERYTHING)
    day = dict.fromkeys("abc", 0)
    desk = WarningDesk(parted, clock=clock, entropy=SeededEntropy(7))
    for number, (account, later, risk, overdue) in enumerate(steps):
        day[account] += later + 1
        document = statement(account, day[account], risk=risk, overdue=overdue)
        whole.decide_now(document)
        parted.decide_now(document)
        if number in stops:
            desk.tend()
            parted.close()
            parted = opened(home / "parted")
            desk = WarningDesk(parted, clock=clock, entropy=SeededEntropy(number + 100))
    never_stopped = WarningDesk(whole, clock=clock, entropy=SeededEntropy(7))
    try:
        assert told(desk) == told(never_stopped)
        assert sorted(one[:2] for one in labels(parted)) == sorted(one[:2] for one in labels(whole))
        assert len(labels(parted)) == sum(one.outcome is not None for one in every(desk))
    finally:
        whole.close()
        parted.close()
