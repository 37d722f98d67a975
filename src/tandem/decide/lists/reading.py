"""Reading definitions, change documents and rows of an import; nothing half-read is ever applied."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias, cast, get_args

import msgspec

from tandem.decide.lists.types import MAX_CHANGE, MAX_TEXT, ListChange, ListDefinition, ListEntry, ListKind
from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import DefinitionError, InvalidInput, TandemError, TooLarge, near_match, shown
from tandem.kernel.identity import EntityKind, Pseudonym
from tandem.kernel.time import Micros, parse_duration, parse_instant

__all__ = ["BulkRows", "Pseudonymise", "RejectedRow", "parse_list", "read_change", "read_rows"]

Pseudonymise: TypeAlias = Callable[[EntityKind, str], Pseudonym]
"""The vault's door: (entity kind, real identifier) to pseudonym."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}\Z")
_PSEUDONYM = re.compile(r"[0-9a-f]{32}\Z")
_DEFINITION_KEYS: Final = ("list", "kind", "entity", "description", "expires_after")
_CHANGE_KEYS: Final = ("change_id", "list", "add", "remove")
_ENTRY_KEYS: Final = ("identifier", "member", "reason", "source", "expires_at", "expires_after")


class RejectedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that cannot be taken: its number from 1, the field, and why. Never the identifier itself."""

    row: int
    field: str
    message: str
    hint: str | None = None


class BulkRows(msgspec.Struct, frozen=True, kw_only=True):
    """An import, read: entries to add, rows rejected, and how many rows named a member twice (the last one counts)."""

    entries: tuple[ListEntry, ...]
    rejected: tuple[RejectedRow, ...]
    repeated: int


def parse_list(document: Any, *, path: str = "") -> ListDefinition:
    """A list's definition from its YAML document: ``list``, ``kind``, ``entity``, ``description``, ``expires_after``.

    Raises:
        DefinitionError: names the field, the value and the near match.
    """
    _known_keys(document, _DEFINITION_KEYS, path, DefinitionError)
    name = _definition_text(document, "list", path)
    entity = _definition_text(document, "entity", path)
    for field, value in (("list", name), ("entity", entity)):
        if not _NAME.match(value):
            raise DefinitionError("A name is lower_snake.", code="invalid_name", field=_at(path, field), value=value)
    kind = _definition_text(document, "kind", path)
    if kind not in get_args(ListKind):
        raise DefinitionError(
            "A list blocks, watches or allows.",
            code="unknown_list_kind",
            field=_at(path, "kind"),
            value=kind,
            hint=near_match(kind, get_args(ListKind)),
        )
    after = document.get("expires_after")
    return ListDefinition(
        name=name,
        kind=cast("ListKind", kind),
        entity=EntityKind(entity),
        description=_definition_text(document, "description", path, default=""),
        expires_after=None if after is None else _duration(after, _at(path, "expires_after"), DefinitionError),
    )


def read_change(
    document: Any, definitions: Mapping[str, ListDefinition], pseudonymise: Pseudonymise, *, at: Micros, by: str
) -> ListChange:
    """A change from a request document.

    Each entry of ``add`` and ``remove`` names its member by ``identifier`` (real; only its pseudonym is kept) or by
    ``member`` (pseudonym); an added one needs ``reason`` and ``source`` and may have ``expires_at`` or
    ``expires_after``.

    Raises:
        InvalidInput: names the field and the remedy. Nothing of the change was kept.
        TooLarge: more than MAX_CHANGE members.
    """
    _known_keys(document, _CHANGE_KEYS, "", InvalidInput)
    name = _text(document, "list", "")
    definition = definitions.get(name)
    if definition is None:
        hint = near_match(name, definitions)
        raise InvalidInput("There is no such list.", code="unknown_list", field="list", value=name, hint=hint)
    add, remove = (_items(document, key) for key in ("add", "remove"))
    if len(add) + len(remove) > MAX_CHANGE:
        raise TooLarge(
            f"A change has at most {MAX_CHANGE} members.", field="add", value=len(add), hint="send several changes"
        )
    if not add and not remove:
        raise InvalidInput("The change changes nothing.", code="empty_change", field="add", hint="name a member")
    entries = tuple(_entry(one, f"add[{i}]", definition, pseudonymise, at, by) for i, one in enumerate(add))
    leaving = tuple(_member(one, f"remove[{i}]", definition, pseudonymise) for i, one in enumerate(remove))
    # The words for the expiry as sent: an instant reckoned from now would make every retry another request.
    asked = [
        [e.member, e.reason, e.source, one.get("expires_at"), one.get("expires_after")]
        for e, one in zip(entries, add, strict=True)
    ]
    return ListChange(
        change_id=_text(document, "change_id", ""),
        list=name,
        at=at,
        by=by,
        add=entries,
        remove=leaving,
        request=digest_of([name, asked, leaving]),
    )


def read_rows(
    rows: Iterable[Mapping[str, Any]],
    definition: ListDefinition,
    pseudonymise: Pseudonymise,
    *,
    at: Micros,
    by: str,
    defaults: Mapping[str, str] | None = None,
) -> BulkRows:
    """Rows of an import (CSV, Excel) with the fields of an added entry; bad rows are set aside with their reason.

    Args:
        rows: mappings; empty text stands for an absent field.
        definition: the list they are meant for.
        pseudonymise: the vault's door.
        at: processing time.
        by: who imports them.
        defaults: fields for rows that lack them, such as one ``reason`` and ``source`` for the whole file.
    """
    entries: dict[Pseudonym, ListEntry] = {}
    rejected = []
    taken = 0
    for number, row in enumerate(rows, start=1):
        given = {**(defaults or {}), **{key: value for key, value in row.items() if value not in (None, "")}}
        try:
            entry = _entry(given, "", definition, pseudonymise, at, by)
        except TandemError as error:
            rejected.append(RejectedRow(row=number, field=error.field or "", message=error.detail, hint=error.hint))
            continue
        taken += 1
        entries.pop(entry.member, None)
        entries[entry.member] = entry
    return BulkRows(entries=tuple(entries.values()), rejected=tuple(rejected), repeated=taken - len(entries))


def _entry(
    document: Any, path: str, definition: ListDefinition, pseudonymise: Pseudonymise, at: Micros, by: str
) -> ListEntry:
    member = _member(document, path, definition, pseudonymise)
    return ListEntry(
        member=member,
        reason=_text(document, "reason", path),
        source=_text(document, "source", path),
        added_at=at,
        added_by=by,
        expires_at=_expiry(document, path, definition, at),
    )


def _expiry(document: Mapping[str, Any], path: str, definition: ListDefinition, at: Micros) -> Micros | None:
    if document.get("expires_at") is not None:
        if document.get("expires_after") is not None:
            raise InvalidInput(
                "Either expires_at or expires_after.", code="two_expiries", field=_at(path, "expires_at")
            )
        try:
            expires = parse_instant(_text(document, "expires_at", path))
        except InvalidInput as error:
            raise InvalidInput(
                error.detail, code=error.code, field=_at(path, "expires_at"), value=error.value, hint=error.hint
            ) from None
    elif document.get("expires_after") is not None:
        expires = Micros(at + _duration(document["expires_after"], _at(path, "expires_after"), InvalidInput))
    elif definition.expires_after is not None:
        expires = Micros(at + definition.expires_after)
    else:
        return None
    if expires <= at:
        raise InvalidInput(
            "The entry would have expired before it is added.",
            code="expired",
            field=_at(path, "expires_at"),
            hint="give an instant in the future, or leave it out",
        )
    return expires


def _member(document: Any, path: str, definition: ListDefinition, pseudonymise: Pseudonymise) -> Pseudonym:
    _known_keys(document, _ENTRY_KEYS, path, InvalidInput)
    if (document.get("identifier") is None) == (document.get("member") is None):
        raise InvalidInput(
            "An entry names its member once.",
            code="no_member",
            field=_at(path, "identifier"),
            hint=f"give identifier: (the real one, of a {definition.entity}) or member: (its pseudonym)",
        )
    if document.get("member") is not None:
        member = _text(document, "member", path)
        if not _PSEUDONYM.match(member):
            # The value may be a real identifier in the wrong field; it is not shown.
            raise InvalidInput(
                "A pseudonym has 32 hex digits.",
                code="invalid_pseudonym",
                field=_at(path, "member"),
                hint="send a real identifier as identifier:",
            )
        return Pseudonym(member)
    return pseudonymise(definition.entity, _text(document, "identifier", path))


def _items(document: Mapping[str, Any], key: str) -> list[Any]:
    value = document.get(key, [])
    if not isinstance(value, list):
        raise InvalidInput("A list is needed here.", field=key, value=shown(type(value).__name__))
    return value


def _text(document: Mapping[str, Any], key: str, path: str) -> str:
    value = document.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(f"{key} is needed, as text.", code="missing_field", field=_at(path, key), hint=f"add {key}")
    if len(value) > MAX_TEXT:
        raise TooLarge(f"{key} has at most {MAX_TEXT} characters.", field=_at(path, key), value=len(value))
    return value.strip()


def _definition_text(document: Mapping[str, Any], key: str, path: str, default: str | None = None) -> str:
    value = document.get(key, default)
    if not isinstance(value, str):
        raise DefinitionError(
            f"{key} is needed, as text.", code="missing_key", field=_at(path, key), value=value, hint=f"add {key}:"
        )
    return value


def _duration(value: Any, path: str, error: type[DefinitionError | InvalidInput]) -> int:
    try:
        found = parse_duration(value) if isinstance(value, str) else 0
    except InvalidInput:
        found = 0
    if not 0 < found < 2**62:
        raise error("Not a duration.", code="invalid_duration", field=path, value=value, hint="write 30d or 12h")
    return found


def _known_keys(document: Any, known: tuple[str, ...], path: str, error: type[DefinitionError | InvalidInput]) -> None:
    if not isinstance(document, Mapping):
        raise error("A mapping is needed here.", field=path or None, value=type(document).__name__)
    for key in document:
        if key not in known:
            raise error(
                "Unknown field.", code="unknown_field", field=_at(path, str(key)), hint=near_match(str(key), known)
            )


def _at(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
