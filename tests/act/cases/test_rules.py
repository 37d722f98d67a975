"""Case rules: read whole, or refused with the place and the near match."""

from __future__ import annotations

import copy

import pytest
from case_workspace import OUTCOME, RULES
from small_workspace import APPLICATION

from tandem.act.cases import DEFAULT_RULES, check_labels, parse_case_rules
from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import HOUR
from tandem.observe.events import parse_event_type

TYPES = {one.name: parse_event_type({"name": one.name, **one.body}) for one in (APPLICATION, OUTCOME)}


def changed(path: str, value: object) -> dict[str, object]:
    document = copy.deepcopy(RULES)
    *steps, last = path.split(".")
    here = document
    for step in steps:
        here = here[int(step)] if isinstance(here, list) else here[step]
    if isinstance(here, list):
        here[int(last)] = value
    else:
        here[last] = value
    return document


def test_rules_are_read_with_their_defaults():
    rules = parse_case_rules(RULES)
    large = rules.queue("large")
    assert (large.due_after, large.amount, large.escalates_to) == (HOUR, "amount_minor", "senior")
    assert rules.open_on.outcomes == ("review",)
    assert rules.disposition("write_off").second_approval
    assert rules.label_for("application").event_type == "outcome"
    assert rules.label_for("payment") is None
    check_labels(rules, TYPES)


def test_a_dropped_queue_is_worked_in_the_last_one():
    assert parse_case_rules(RULES).queue("gone").queue == "review"


def test_the_defaults_hold_together():
    check_labels(DEFAULT_RULES, {})
    keys = [one.key for one in DEFAULT_RULES.dispositions]
    assert len(set(keys)) == len(keys)
    for queue in DEFAULT_RULES.queues:
        assert queue.escalates_to is None or DEFAULT_RULES.queue(queue.escalates_to).queue == queue.escalates_to


@pytest.mark.parametrize(
    ("path", "value", "code", "field"),
    [
        ("queus", [], "unknown_key", "queus"),
        ("queues", [], "missing_key", "queues"),
        ("queues", {}, "not_a_list", "queues"),
        ("dispositions", [], "missing_key", "dispositions"),
        ("queues.0.due_after", "soon", "invalid_duration", "queues[0].due_after"),
        ("queues.0.due_after", "0h", "invalid_duration", "queues[0].due_after"),
        ("queues.0.colour", "red", "invalid_definition", "queues[0]"),
        ("queues.0.queue", "Senior Desk", "invalid_name", "queues[0]"),
        ("queues.1.queue", "senior", "duplicate_name", "queues[1]"),
        ("queues.1.escalates_to", "seniors", "unknown_queue", "queues[1].escalates_to"),
        ("queues.2.escalates_to", "review", "unknown_queue", "queues[2].escalates_to"),
        ("queues.2.takes", {"policies": ["application"]}, "takes_not_all", "queues[2].takes"),
        ("queues.1.assumed_probability", 2, "out_of_range", "queues[1].assumed_probability"),
        ("dispositions.0.key", "e", "invalid_key", "dispositions[0].key"),
        ("dispositions.1.key", "a", "invalid_key", "dispositions[1].key"),
        ("dispositions.0.title", "Approve", "invalid_definition", "dispositions[0].title"),
        ("labels.0.fields.bad", "adverses", "unknown_source", "labels[0].fields.bad"),
        ("group_by", "person", "invalid_definition", "group_by"),
    ],
)
def test_what_does_not_hold_together_is_named(path, value, code, field):
    with pytest.raises(DefinitionError) as refused:
        parse_case_rules(changed(path, value))
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("labels.0.event_type", "outcomes", "unknown_event_type"),
        ("labels.0.of", "payment", "unknown_event_type"),
        ("labels.0.fields", {"worse": "adverse"}, "unknown_field"),
        ("labels.0.fields", {"application": "event_id"}, "unfilled_field"),
    ],
)
def test_a_label_that_could_never_be_recorded_is_refused(path, value, code):
    with pytest.raises(DefinitionError) as refused:
        check_labels(parse_case_rules(changed(path, value)), TYPES)
    assert refused.value.code == code
