"""Warning rules as documents: what does not hold together is named before it is released."""

from __future__ import annotations

import copy

import pytest
from small_workspace import go_live
from warned_workspace import EVERYTHING, RULES

from tandem.act.warning import parse_warning_rules
from tandem.decide.decisions import DecisionProcess
from tandem.decide.policy import marks_in
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import DAY


@pytest.fixture
def released(opened):
    process = opened()
    go_live(process, *EVERYTHING)
    return process


def read(process: DecisionProcess, change):
    document = copy.deepcopy(RULES)
    change(document)
    may_say = {name: marks_in(one.policy) for name, one in process.live.policies.items()}
    return parse_warning_rules(document, process.live.reader.event_types, may_say)


def test_rules_are_read_with_their_durations_and_conditions(released):
    rules = read(released, dict)
    first = rules.named("certain")
    assert (first.due_after, first.horizon, first.cool_down, first.escalates_to) == (DAY, 90 * DAY, 60 * DAY, "senior")
    assert rules.follow[0].rolled.text == "months_overdue >= 2"
    assert rules.label.fields["came_true"] == "came_true"


@pytest.mark.parametrize(
    ("change", "field", "hint"),
    [
        (lambda one: one.update(warning=[]), "warning", "warnings"),
        (lambda one: one["warnings"][0].update(severity="hihg"), "warnings[0].severity", "high"),
        (lambda one: one["warnings"][0].update(action="calls"), "warnings[0].action", "case"),
        (lambda one: one["warnings"][0]["when"].update(policies=["statment"]), "warnings[0].when.policies", "statement"),
        (lambda one: one["warnings"][0].update(about="acount"), "warnings[0].about", "account"),
        (lambda one: one["warnings"][0].update(due_after="soon"), "warnings[0].due_after", ""),
        (lambda one: one["warnings"][1].update(warning="certain"), "warnings[1]", ""),
        (lambda one: one["follow"][0].update(event="statements"), "follow[0].event", "statement"),
        (lambda one: one["follow"][0].update(rolled="month_overdue >= 2"), "follow[0].rolled", "months_overdue"),
        (lambda one: one["follow"][0].update(rolled="months_overdue + 2"), "follow[0].rolled", "compare"),
        (lambda one: one["follow"][0].pop("rolled"), "follow", "rolled"),
        (lambda one: one["label"].update(event_type="outcome"), "label.event_type", ""),
        (lambda one: one["label"]["fields"].update(came_true="true"), "label.fields.came_true", "came_true"),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_named_with_what_would_be_right(released, change, field, hint):
    with pytest.raises(DefinitionError) as error:
        read(released, change)
    assert error.value.field == field
    assert hint in (error.value.hint or "")


def test_rules_that_do_not_hold_together_do_not_go_live(released, clock):
    from tandem.act.warning import WarningDesk

    WarningDesk(released, clock=clock)
    with pytest.raises(DefinitionError, match="one set"):
        go_live(released, Artefact.of("warning_rules", "more", RULES))
