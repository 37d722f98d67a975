"""Reading warning rules from their document; what does not hold together is named before it is released."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, TypeVar

import msgspec

from tandem.act.warning.rules import (
    ACTIONS,
    LABEL_SOURCES,
    SEVERITIES,
    Followed,
    LabelRule,
    WarningRule,
    WarningRules,
    When,
    Words,
)
from tandem.decide.policy import Marks
from tandem.kernel.errors import DefinitionError, InvalidInput, near_match
from tandem.kernel.expressions import Expression
from tandem.kernel.time import parse_duration
from tandem.observe.events import EventType
from tandem.observe.features import parse_filter

__all__ = ["parse_warning_rules"]

_KEYS: Final = ("description", "follow", "label", "name", "warnings")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
_OUTCOMES: Final = ("approve", "review", "decline")
_MAX: Final = 50

T = TypeVar("T")


class _RuleDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    warning: str
    title: Words
    when: When
    about: str
    severity: str
    owner: str
    due_after: str
    horizon: str
    action: str = "case"
    cool_down: str = "30d"
    escalates_to: str | None = None
    by_flag: dict[str, str] = {}


class _FollowDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    event: str
    performing: str | None = None
    rolled: str | None = None
    over: str | None = None


def parse_warning_rules(
    document: Any, event_types: Mapping[str, EventType], policies: Mapping[str, Marks]
) -> WarningRules:
    """The rules in ``document``, a decoded YAML mapping.

    Args:
        event_types: of the release they are to go live with; policies: of it, by name, with what they may say.

    Raises:
        DefinitionError: names the key, the value and the near match.
    """
    if not isinstance(document, Mapping):
        raise DefinitionError("Warning rules are a mapping.", code="not_a_mapping", value=document)
    for key in document:
        if key not in _KEYS:
            hint = near_match(str(key), _KEYS)
            raise DefinitionError("Unknown key.", code="unknown_key", field=str(key), value=key, hint=hint)
    follow = tuple(map(_followed, _each(document, "follow", _FollowDocument), range(_MAX), [event_types] * _MAX))
    kinds = {str(field.entity) for one in event_types.values() for field in one.fields if field.entity}
    rules = []
    for number, one in enumerate(_each(document, "warnings", _RuleDocument)):
        where = f"warnings[{number}]"
        rules.append(_rule(one, where))
        _known("policy", f"{where}.when.policies", one.when.policies, policies)
        _check_marks(one, where, [policies[name] for name in one.when.policies])
        _known("kind of entity", f"{where}.about", (one.about,), kinds)
    names = [one.rule for one in rules]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise DefinitionError("It is there twice.", code="duplicate_name", field=f"warnings[{number}]", value=name)
    if rules and not any(one.rolled is not None for one in follow):
        raise DefinitionError(
            "Nothing would tell whether a warning comes true.",
            code="missing_key",
            field="follow",
            hint="add an event with rolled:",
        )
    return WarningRules(warnings=tuple(rules), follow=follow, label=_label(document.get("label"), event_types))


def _rule(found: _RuleDocument, where: str) -> WarningRule:
    for field, value in (("warning", found.warning), ("owner", found.owner), ("escalates_to", found.escalates_to)):
        if value is not None and not _NAME.match(value):
            raise DefinitionError("A name is lower_snake.", code="invalid_name", field=f"{where}.{field}", value=value)
    _known("severity", f"{where}.severity", (found.severity,), SEVERITIES)
    for flag, severity in found.by_flag.items():
        _known("severity", f"{where}.by_flag.{flag}", (severity,), SEVERITIES)
    _known("action", f"{where}.action", (found.action,), ACTIONS)
    _known("outcome", f"{where}.when.outcomes", found.when.outcomes, _OUTCOMES)
    if not found.when.policies:
        raise DefinitionError("At least one is needed.", code="missing_key", field=f"{where}.when.policies")
    return WarningRule(
        rule=found.warning,
        title=found.title,
        when=found.when,
        about=found.about,
        severity=found.severity,  # type: ignore[arg-type]  # one of them, looked at above
        owner=found.owner,
        due_after=_duration(f"{where}.due_after", found.due_after),
        action=found.action,  # type: ignore[arg-type]  # one of them, looked at above
        horizon=_duration(f"{where}.horizon", found.horizon),
        cool_down=_duration(f"{where}.cool_down", found.cool_down),
        escalates_to=found.escalates_to,
        by_flag=found.by_flag,  # type: ignore[arg-type]  # each of them, looked at above
    )


def _check_marks(found: _RuleDocument, where: str, policies: Iterable[Marks]) -> None:
    """Refuse what none of its policies ever says."""
    grades = {name for one in policies for name in one.grades}
    flags = {name for one in policies for name in one.flags}
    _known("grade that its policies say", f"{where}.when.grades", found.when.grades, grades)
    _known("flag that its policies say", f"{where}.when.flags", found.when.flags, flags)
    _known("flag that its policies say", f"{where}.by_flag", found.by_flag, flags)


def _followed(found: _FollowDocument, number: int, types: Mapping[str, EventType]) -> Followed:
    where = f"follow[{number}]"
    _known("event type", f"{where}.event", (found.event,), types)
    event_type = types[found.event]

    def condition(key: str, text: str | None) -> Expression | None:
        return None if text is None else parse_filter(text, event_type, f"{where}.{key}")

    if found.performing is None and found.rolled is None and found.over is None:
        raise DefinitionError(
            "It would tell nothing.",
            code="missing_key",
            field=where,
            hint="add performing:, rolled: or over: with a condition",
        )
    return Followed(
        event=found.event,
        performing=condition("performing", found.performing),
        rolled=condition("rolled", found.rolled),
        over=condition("over", found.over),
    )


def _label(document: Any, types: Mapping[str, EventType]) -> LabelRule | None:
    if document is None:
        return None
    rule = _convert(document, LabelRule, "label")
    _known("event type", "label.event_type", (rule.event_type,), types)
    fields = [field.name for field in types[rule.event_type].sent]
    _known(f"field of {rule.event_type}", "label.fields", rule.fields, fields)
    for field, source in rule.fields.items():
        _known("source of a label", f"label.fields.{field}", (source,), LABEL_SOURCES)
    return rule


def _known(what: str, where: str, values: Iterable[str], known: Collection[str]) -> None:
    for value in values:
        if value not in known:
            raise DefinitionError(
                f"There is no such {what}.",
                code="unknown_name",
                field=where,
                value=value,
                hint=near_match(value, known) or "known: " + ", ".join(sorted(known)),
            )


def _duration(field: str, text: str) -> int:
    try:
        found = parse_duration(text)
    except InvalidInput as error:
        raise DefinitionError(error.detail, code=error.code, field=field, value=text, hint=error.hint) from None
    if not 0 < found < 2**53:
        raise DefinitionError("Longer than nothing is needed.", code="invalid_duration", field=field, hint="2d")
    return found


def _each(document: Mapping[str, Any], key: str, kind: type[T]) -> list[T]:
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
