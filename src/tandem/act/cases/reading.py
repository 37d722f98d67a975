"""Reading case rules from their document; what does not hold together is named before it is released."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

import msgspec

from tandem.act.cases.rules import CaseRules, Disposition, LabelRule, OpenOn, Queue, Takes, Words
from tandem.kernel.errors import DefinitionError, InvalidInput, near_match
from tandem.kernel.time import parse_duration
from tandem.observe.events import EventType

__all__ = ["LABEL_SOURCES", "check_labels", "parse_case_rules"]

LABEL_SOURCES: Final = ("adverse", "case_id", "decision_id", "disposition", "event_id", "queue")
"""What a field of a label may take."""

_KEYS: Final = ("dispositions", "group_by", "labels", "name", "open_on", "queues")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
_KEY = re.compile(r"[a-z0-9]\Z")
_TAKEN_KEYS: Final = frozenset("egjknsux")  # escalate, go to, down, up, note, snooze, undo, select
_MAX: Final = 50

T = TypeVar("T")


class _QueueDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    queue: str
    title: Words
    due_after: str
    takes: Takes = Takes()
    score: str | None = None
    amount: str = "amount_minor"
    assumed_amount_minor: int = 100_000
    assumed_probability: float = 0.5
    escalates_to: str | None = None


def parse_case_rules(document: Any) -> CaseRules:
    """The rules in ``document``, a decoded YAML mapping.

    Raises:
        DefinitionError: names the key, the value and the near match.
    """
    if not isinstance(document, Mapping):
        raise DefinitionError("Case rules are a mapping.", code="not_a_mapping", value=document)
    for key in document:
        if key not in _KEYS:
            hint = near_match(str(key), _KEYS)
            raise DefinitionError("Unknown key.", code="unknown_key", field=str(key), value=key, hint=hint)
    queues = tuple(map(_queue, _each(document, "queues", _QueueDocument), range(_MAX)))
    dispositions = tuple(_each(document, "dispositions", Disposition))
    for name, found in (("queues", queues), ("dispositions", dispositions)):
        if not found:
            raise DefinitionError("At least one is needed.", code="missing_key", field=name, hint=f"add {name}:")
    _check_names("queues", [one.queue for one in queues])
    _check_names("dispositions", [one.disposition for one in dispositions])
    _check_queues(queues)
    _check_keys(dispositions)
    labels = tuple(_each(document, "labels", LabelRule))
    for number, label in enumerate(labels):
        for field, source in label.fields.items():
            if source not in LABEL_SOURCES:
                raise DefinitionError(
                    "A label does not know this.",
                    code="unknown_source",
                    field=f"labels[{number}].fields.{field}",
                    value=source,
                    hint=near_match(source, LABEL_SOURCES),
                )
    return CaseRules(
        queues=queues,
        dispositions=dispositions,
        open_on=_convert(document.get("open_on", {}), OpenOn, "open_on"),
        group_by=_convert(document.get("group_by", []), tuple[str, ...], "group_by"),
        labels=labels,
    )


def check_labels(rules: CaseRules, event_types: Mapping[str, EventType]) -> None:
    """Refuse labels that could never be recorded.

    Raises:
        DefinitionError: an event type or a field that is not there, or a required field that nothing fills.
    """
    for number, label in enumerate(rules.labels):
        where = f"labels[{number}]"
        for key, name in (("event_type", label.event_type), ("of", label.of)):
            if name is not None and name not in event_types:
                raise DefinitionError(
                    "No event type has this name.",
                    code="unknown_event_type",
                    field=f"{where}.{key}",
                    value=name,
                    hint=near_match(name, event_types),
                )
        target = event_types[label.event_type]
        known = {field.name for field in target.sent}
        for name in label.fields:
            if name not in known:
                raise DefinitionError(
                    f"{label.event_type} has no such field.",
                    code="unknown_field",
                    field=f"{where}.fields",
                    value=name,
                    hint=near_match(name, known),
                )
        if label.of is not None:
            _check_filled(label, target, event_types[label.of], where)


def _check_filled(label: LabelRule, target: EventType, decided: EventType, where: str) -> None:
    copied = {field.name: field.type for field in decided.fields}
    for field in target.sent:
        if field.required and field.name not in label.fields and copied.get(field.name) is not field.type:
            raise DefinitionError(
                f"Nothing fills {field.name}, which {target.name} requires.",
                code="unfilled_field",
                field=f"{where}.fields",
                value=field.name,
                hint="fill it: " + ", ".join(LABEL_SOURCES),
            )


def _queue(found: _QueueDocument, number: int) -> Queue:
    where = f"queues[{number}].due_after"
    try:
        due_after = parse_duration(found.due_after)
    except InvalidInput as error:
        raise DefinitionError(
            error.detail, code=error.code, field=where, value=found.due_after, hint=error.hint
        ) from None
    if not 0 < due_after < 2**53:
        raise DefinitionError("Longer than nothing is needed.", code="invalid_duration", field=where, hint="4h")
    if not 0 <= found.assumed_probability <= 1:
        raise DefinitionError(
            "A probability is from 0 to 1.",
            code="out_of_range",
            field=f"queues[{number}].assumed_probability",
            value=found.assumed_probability,
        )
    return Queue(**{**msgspec.structs.asdict(found), "due_after": due_after})


def _check_queues(queues: tuple[Queue, ...]) -> None:
    known = [one.queue for one in queues]
    for number, one in enumerate(queues):
        if one.escalates_to is not None and (one.escalates_to not in known or one.escalates_to == one.queue):
            raise DefinitionError(
                "A queue escalates to another one.",
                code="unknown_queue",
                field=f"queues[{number}].escalates_to",
                value=one.escalates_to,
                hint=near_match(one.escalates_to, known),
            )
    if queues[-1].takes != Takes():
        raise DefinitionError(
            "The last queue takes what no other does.",
            code="takes_not_all",
            field=f"queues[{len(queues) - 1}].takes",
            hint="leave takes: out of the last queue",
        )


def _check_keys(dispositions: tuple[Disposition, ...]) -> None:
    seen: set[str] = set()
    for number, one in enumerate(dispositions):
        if one.key is None:
            continue
        if not _KEY.match(one.key) or one.key in _TAKEN_KEYS or one.key in seen:
            raise DefinitionError(
                "A key is one letter or digit that nothing else has.",
                code="invalid_key",
                field=f"dispositions[{number}].key",
                value=one.key,
                hint="taken: " + ", ".join(sorted(_TAKEN_KEYS | seen)),
            )
        seen.add(one.key)


def _check_names(where: str, names: list[str]) -> None:
    for number, name in enumerate(names):
        if not _NAME.match(name):
            raise DefinitionError("A name is lower_snake.", code="invalid_name", field=f"{where}[{number}]", value=name)
        if name in names[:number]:
            raise DefinitionError("It is there twice.", code="duplicate_name", field=f"{where}[{number}]", value=name)


def _each(document: Mapping[str, Any], key: str, kind: type[T]) -> Iterable[T]:
    value = document.get(key, [])
    if not isinstance(value, list):
        raise DefinitionError("A list is needed here.", code="not_a_list", field=key, value=value)
    if len(value) > _MAX:
        raise DefinitionError(f"At most {_MAX}.", code="too_many", field=key, value=len(value))
    return [_convert(one, kind, f"{key}[{number}]") for number, one in enumerate(value)]


def _convert(value: Any, kind: type[T], where: str) -> T:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        raise DefinitionError(f"{words}.", code="invalid_definition", field=where + place.rstrip("`")) from None
