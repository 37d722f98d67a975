"""Reading conduct rules from their document; what does not hold together is named before anybody is contacted under it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta

from tandem.act.collections.phrases import Speech
from tandem.act.collections.rules import Agency, Phrases, QuietHours, RequiredWords, Rule, RuleSet, ThirdParty
from tandem.act.collections.types import Words
from tandem.kernel.errors import DefinitionError

__all__ = ["parse_conduct_rules"]

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
_HINT: Final = "see docs/reference/conduct-rules.md"


class _Document(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    title: Words
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")]
    zones: Annotated[tuple[str, ...], Meta(min_length=1, max_length=12)]
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1, max_length=200)]
    agencies: Annotated[tuple[Agency, ...], Meta(max_length=200)] = ()


def parse_conduct_rules(document: Any) -> RuleSet:
    """The rule set that ``document`` describes.

    Raises:
        DefinitionError: names the field, the value and what to do.
    """
    try:
        read = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        field = place.rstrip("`").removeprefix(".") or None
        raise DefinitionError(f"{words}.", code="invalid_conduct_rules", field=field, hint=_HINT) from None
    for number, zone in enumerate(read.zones):
        _check_zone(zone, f"zones[{number}]")
    _check_names("rules", "rule", [one.rule for one in read.rules])
    _check_names("agencies", "agency", [one.agency for one in read.agencies])
    for number, rule in enumerate(read.rules):
        _check_rule(rule, f"rules[{number}]")
    for number, agency in enumerate(read.agencies):
        if agency.approved >= agency.until:
            raise _wrong(
                "An approval ends after it began.", f"agencies[{number}].until", str(agency.until), "a later day"
            )
    return RuleSet(**msgspec.structs.asdict(read))


def _check_rule(rule: Rule, where: str) -> None:
    if rule.until is not None and rule.until <= rule.since:
        raise _wrong("A rule ends after it began.", f"{where}.until", str(rule.until), "a later day, or leave it out")
    if not rule.channels:
        raise _wrong("Of which channels?", f"{where}.channels", [], "name some, or leave it out: all of them")
    if isinstance(rule, QuietHours) and rule.starts == rule.ends:
        raise _wrong("These hours are none, or all.", f"{where}.ends", rule.ends, "another time than starts")
    for name, wording in _wordings(rule):
        if not wording.zh and not wording.en:
            raise _wrong("Which words?", f"{where}.{name}", {}, "add zh: or en:")
        for language in ("zh", "en"):
            for phrase in getattr(wording, language):
                if not Speech(phrase).letters:
                    raise _wrong("A phrase has letters.", f"{where}.{name}.{language}", phrase, "leave it out")


def _wordings(rule: Rule) -> Iterable[tuple[str, Any]]:
    if isinstance(rule, Phrases):
        yield "never", rule.never
    elif isinstance(rule, RequiredWords):
        yield "one_of", rule.one_of
    elif isinstance(rule, ThirdParty):
        yield "never_said", rule.never_said


def _check_zone(zone: str, field: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _wrong("No time zone has this name.", field, zone, "write one like Asia/Shanghai") from None


def _check_names(field: str, key: str, names: list[str]) -> None:
    for number, name in enumerate(names):
        if not _NAME.match(name):
            raise _wrong("A name is lower_snake.", f"{field}[{number}].{key}", name, "such as quiet_hours")
        if name in names[:number]:
            raise _wrong("This name is taken.", f"{field}[{number}].{key}", name, "a later text of a rule has another")


def _wrong(words: str, field: str, value: object, hint: str) -> DefinitionError:
    return DefinitionError(words, code="invalid_conduct_rules", field=field, value=value, hint=hint)
