"""What a draft would have done: counted as replaying every decision would count it, and honest about the rest."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from small_workspace import application, go_live, policy
from turned_out_workspace import OUTCOME, turned_out

from tandem.decide.decisions import document_of
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import Conflict, DefinitionError, InvalidInput, NotFound
from tandem.kernel.identity import EntityKind
from tandem.learn.effect import DecisionFacts, Stopped
from tandem.learn.labels import check_outcomes, outcome_for, parse_outcome

OLDER = {"rule": "older", "when": "age < 28", "then": "review", "reason": "TOO_YOUNG", "when_missing": "skip"}


def codes(effect):
    return {note.code: note for note in effect.notes}


def cells(effect):
    return {(cell.before, cell.after): cell for cell in effect.matrix}


def test_the_live_policy_changes_nothing(ask, draft):
    effect = ask(draft())
    assert (effect.decisions, effect.redecided, effect.changed, effect.terms_changed) == (40, 40, 0, 0)
    assert {(cell.before, cell.after) for cell in effect.matrix} == {("decline", "decline"), ("approve", "approve")}
    assert effect.segments == ()
    assert effect.examples == ()


def test_who_is_stopped_is_counted_by_how_they_turned_out(ask, draft):
    effect = ask(draft(OLDER))
    # Ages 18 to 27 were approved: of 18 to 24 all went badly, 25 to 27 went well.
    stopped = effect.stopped
    assert (stopped.count, stopped.bad, stopped.good, stopped.unknown) == (10, 7, 3, 0)
    assert stopped.bad_amount_minor == sum(1000 + number for number in range(3, 10))
    assert stopped.good_amount_minor == sum(1000 + number for number in range(10, 13))
    assert effect.currency == "EUR"
    assert (effect.before.approved.part, effect.after.approved.part) == (37, 27)
    assert (effect.before.bad.part, effect.before.bad.whole) == (7, 27)
    assert (effect.after.bad.part, effect.after.bad.whole) == (0, 17)
    assert effect.after.reviewed == 10
    assert cells(effect)["approve", "review"].bad == 7


def test_it_is_what_replaying_every_decision_counts(ask, draft, decided):
    document = draft(OLDER, {"rule": "large", "when": "amount_minor > 1034", "then": "decline", "reason": "BLOCKED",
                             "when_missing": "skip"})  # fmt: skip
    effect = ask(document)
    go_live(decided, Artefact.of("policy", "application", {k: v for k, v in document.items() if k != "policy"}))
    replayed = Counter()
    for one in decided.archive.page(limit=200).items:
        again = decided.archive.replay(one["trail"]["decision_id"], release=decided.live.digest)
        now = next((each.now for each in again.differences if each.what == "outcome"), one["trail"]["outcome"])
        replayed[one["trail"]["outcome"], now] += 1
    assert {key: cell.count for key, cell in cells(effect).items()} == dict(replayed)
    assert len(replayed) > 3


def test_other_terms_are_a_change_of_their_own(ask, draft):
    document = draft()
    document["flow"][-1]["limit"] = "CASE WHEN age > 40 THEN amount_minor - 1 ELSE amount_minor END"
    effect = ask(document)
    assert (effect.changed, effect.terms_changed) == (0, 14)
    assert effect.after.limit_minor == effect.before.limit_minor - 14
    example = effect.examples[0]
    assert example.side == "other"
    assert example.limit_after_minor == example.limit_before_minor - 1


def test_examples_name_decisions_of_both_sides_with_their_reasons(ask, draft):
    effect = ask(draft(OLDER))
    stopped = [one for one in effect.examples if one.side == "stopped"]
    assert [one.bad for one in stopped] == [True] * 3 + [False] * 3
    assert stopped[0].reasons_before == ()
    assert stopped[0].reasons_after == ("TOO_YOUNG",)
    assert stopped[0].event_id == "app-9"


def test_what_falls_on_one_group_is_shown_as_a_segment(ask, draft):
    effect = ask(draft(OLDER))
    segment = effect.segments[0]
    assert segment.field == "age"
    assert [group.changed for group in segment.groups][2:] == [0, 0]
    assert sum(group.changed for group in segment.groups) == effect.changed
    assert sum(group.decisions for group in segment.groups) == 40
    assert "person" not in {one.field for one in effect.segments}


def test_only_the_last_decisions_are_looked_at_when_that_is_asked(ask, draft):
    effect = ask(draft(OLDER), last=30)
    assert (effect.decisions, effect.stopped.count) == (30, 3)
    with pytest.raises(InvalidInput):
        ask(draft(), last=0)


def test_whoever_would_be_let_through_has_no_outcome_and_that_is_said(ask, draft):
    document = draft()
    del document["flow"][1]["all"][0]
    effect = ask(document)
    assert (effect.let_through.count, effect.let_through.unknown) == (3, 3)
    assert effect.let_through.bad_rate.share is None
    assert codes(effect)["never_approved"].count == 3
    known = effect.outcomes
    assert (known.defined, known.known, known.known_approved, known.approved) == (True, 27, 27, 37)


def test_new_decisions_and_outcomes_are_taken_in(ask, draft, decided):
    assert ask(draft(OLDER)).stopped.count == 10
    decided.decide_now(application(77, age=20, at=40 * 600))
    effect = ask(draft(OLDER))
    assert (effect.decisions, effect.stopped.count, effect.stopped.unknown) == (41, 11, 1)
    decided.record_now(turned_out(77, bad=True))
    decided.record_now(turned_out(12, bad=True))  # corrected: it went badly after all
    stopped = ask(draft(OLDER)).stopped
    assert (stopped.bad, stopped.good, stopped.unknown) == (9, 2, 0)


def test_an_erased_person_is_left_out_and_counted(ask, draft, decided):
    assert ask(draft()).decisions == 40
    vault = decided._vault
    decided.journal.erase(vault.pseudonym(EntityKind("person"), "p5"))
    effect = ask(draft(OLDER))
    assert (effect.decisions, effect.erased, effect.stopped.count) == (39, 1, 9)
    fresh = DecisionFacts(decided, decided.live, "application", None, kept=100)
    assert len(fresh.table()) == 39
    assert fresh.erased == 1


def test_the_oldest_decisions_go_when_there_are_more_than_are_kept(decided):
    facts = DecisionFacts(decided, decided.live, "application", None, kept=15)
    assert facts.table().event_ids == [f"app-{number}" for number in range(25, 40)]
    decided.decide_now(application(40, at=40 * 600))
    assert facts.table().event_ids == [f"app-{number}" for number in range(26, 41)]


def test_a_fact_that_was_not_recorded_leaves_decisions_out_by_name(ask, draft):
    rule = {"rule": "again", "when": "person_applications_1d > 1", "then": "decline", "reason": "BLOCKED",
            "when_missing": "skip"}  # fmt: skip
    effect = ask(draft(rule))
    assert (effect.decisions, effect.redecided) == (40, 0)
    assert codes(effect)["not_recorded"].names == ("person_applications_1d",)
    assert codes(effect)["not_recorded"].count == 40
    assert effect.before.approved.share is None


def test_a_fact_recorded_since_a_release_leaves_out_only_what_was_before(ask, draft, decided):
    rule = {"rule": "again", "when": "person_applications_1d > 1", "then": "decline", "reason": "BLOCKED",
            "when_missing": "skip"}  # fmt: skip
    body = {name: value for name, value in draft(rule).items() if name != "policy"}
    go_live(decided, Artefact.of("policy", "application", body))
    for number in (50, 51):
        decided.decide_now(application(number, person="same", at=24_000 + number))
    effect = ask({"policy": "application", **body})
    assert (effect.decisions, effect.redecided) == (42, 2)
    assert effect.before.declined == 1


def test_a_list_that_was_not_asked_counts_as_it_stands_now(ask, draft, decided):
    watched = Artefact.of("list", "watched_people", {"kind": "block", "entity": "person"})
    go_live(decided, watched)
    decided.change_list(
        "watched_people", {"add": [{"identifier": "p20", "reason": "seen", "source": "desk"}]}, by="ann"
    )
    document = draft()
    document["flow"][0]["checks"].append(
        {"list": "watched_people", "of": "person", "then": "decline", "reason": "BLOCKED"}
    )
    effect = ask(document)
    assert [one.event_id for one in effect.examples] == ["app-20"]
    assert effect.examples[0].reasons_after == ("BLOCKED",)
    assert codes(effect)["lists_as_now"].names == ("watched_people",)


def test_a_draft_that_does_not_hold_together_is_refused_by_place(ask, draft):
    with pytest.raises(DefinitionError) as refused:
        ask(draft({"rule": "wrong", "when": "agee < 3", "then": "decline", "reason": "TOO_YOUNG"}))
    assert refused.value.code == "unknown_column"
    with pytest.raises(NotFound):
        ask({"policy": "other", "event": "loan_outcome", "flow": [{"decide": "end", "then": "approve"}]})


def test_a_newer_question_of_the_session_ends_the_older_one(effects, draft, monkeypatch):
    reading, asked = threading.Event(), threading.Event()
    real = DecisionFacts.table

    def slow(self, going):
        if not reading.is_set():
            reading.set()
            assert asked.wait(10)
            for _ in range(1000):
                if not going():
                    raise Stopped
                threading.Event().wait(0.01)
        return real(self, going)

    monkeypatch.setattr(DecisionFacts, "table", slow)
    ended = []

    def first():
        try:
            effects.preview(draft(), session="one")
        except Conflict as conflict:
            ended.append(conflict.code)

    thread = threading.Thread(target=first)
    thread.start()
    assert reading.wait(10)
    assert effects.progress("one").doing == "reading"
    asked.set()
    assert effects.preview(draft(), session="one").decisions == 40
    thread.join(10)
    assert ended == ["effect_ended"]
    assert effects.progress("one").doing == "idle"
    assert not effects.cancel("one")


# -- definitions


def test_the_definition_of_an_outcome_is_held_against_the_event_types(decided):
    check_outcomes(decided.live)
    definition = outcome_for(decided.live, "application")
    assert definition == parse_outcome(document_of(OUTCOME))
    assert outcome_for(decided.live, "loan_outcome") is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"event": "loan_outcom"}, "unknown_event_type"),
        ({"refers": "aplication"}, "unknown_field"),
        ({"bad": "application"}, "wrong_type"),
        ({"amount": "device"}, "wrong_type"),
        ({"currency": ""}, "no_currency"),
        ({"currency": "EURO"}, "unknown_currency"),
        ({"more": 1}, "wrong_shape"),
    ],
)
def test_a_definition_that_names_what_is_not_there_does_not_go_live(decided, change, code):
    decided.check_releases(check_outcomes)
    before = decided.live.digest
    with pytest.raises(DefinitionError) as refused:
        go_live(decided, Artefact.of("outcome", "application", {**OUTCOME.body, **change}))
    assert refused.value.code == code
    assert decided.live.digest == before


def test_an_effect_counts_what_the_label_counts_and_nothing_else(ask, draft, decided):
    """All were told on day nineteen, of applications every ten hours: the last eight of them within ten days."""
    everything = ask(draft()).outcomes.known
    assert everything == 27
    for changes, known in (({"window": "30d"}, 27), ({"window": "10d"}, 8), ({"bad": "NOT bad"}, 27)):
        go_live(decided, Artefact.of("outcome", "application", {**OUTCOME.body, **changes}))
        assert ask(draft()).outcomes.known == known
    exclude = [{"when": "age < 20", "reason": "minor"}]
    go_live(decided, Artefact.of("outcome", "application", {**OUTCOME.body, "exclude": exclude}))
    assert ask(draft()).outcomes.known == 25  # of those from 18 on, two are left out


def test_without_a_definition_changes_are_counted_and_outcomes_are_not(ask, draft, decided):
    live = decided.state.register.live
    rest = {key: one for key, one in live.manifest.items() if key != "outcome/application"}
    artefacts = [decided.state.register.version(one).artefact for one in rest.values()]
    decided.release({one.key: one.digest for one in artefacts}, by="bob", replace_all=True)
    effect = ask(draft(OLDER))
    assert (effect.stopped.count, effect.stopped.unknown, effect.stopped.amount_minor) == (10, 10, None)
    assert "outcomes_undefined" in codes(effect)


def test_the_policy_of_the_tests_is_the_live_one(draft):
    assert draft() == {"policy": "application", **policy().body}
