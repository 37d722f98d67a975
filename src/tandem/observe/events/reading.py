"""The reader: from a decoded JSON document to an ``Event``, or to every fault of it at once.

Each event type is compiled once to a table of checks, so that reading costs one dictionary look-up and one call a
field. What may be personal leaves the reader in two places only: as pseudonyms in ``values`` and ``entities``, and as
sent in ``secret``, which the journal seals.

Derived fields are made here, once, while identifiers and texts are still to be seen, and recorded like every other value.
The digest is over what was sent: a type that derives more than it did, or a library that derives otherwise, leaves a
repeated event the same event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

import msgspec

from tandem.kernel.errors import InvalidInput, NotFound, near_match, shown
from tandem.kernel.identity import Digest, EntityKind, EventId, Pseudonym
from tandem.kernel.keyed_hash import KeyedHash
from tandem.kernel.time import Micros, format_instant, parse_instant
from tandem.kernel.values import Row, Value
from tandem.observe.events.checks import Wrong, check_for
from tandem.observe.events.derived import FUNCTIONS, Derive
from tandem.observe.events.limits import EARLIEST, ERRORS_LISTED, EVENT_BYTES, EVENT_ID_LENGTH, FUTURE_TOLERANCE
from tandem.observe.events.record import clear_of, decode_clear, decode_secret, encode
from tandem.observe.events.types import Derivation, Event, EventField, EventType

__all__ = ["EventReader", "Pseudonymiser"]

_NEAR_MATCHES = 5  # a search for a near match takes milliseconds among a thousand names, and a sender may be hostile
_KEYS = ("event_id", "event_type", "occurred_at", "values", "supersedes")


class Pseudonymiser(Protocol):
    """What the reader needs of a vault."""

    def pseudonym(self, kind: EntityKind, identifier: str) -> Pseudonym:
        """The pseudonym of the entity that ``identifier`` names."""
        ...


class _Kept:
    """Where the values of some fields are kept: which name entities, which are sealed, which stay readable."""

    def __init__(self, fields: Iterable[EventField]) -> None:
        fields = tuple(fields)
        plain = [field for field in fields if field.entity is None]
        self.entities = tuple((field.name, field.entity) for field in fields if field.entity is not None)
        self.sealed = tuple(field.name for field in plain if field.data_class.is_personal)
        self.clear = tuple(field.name for field in plain if not field.data_class.is_personal)


class _Made(NamedTuple):
    """A derived field: the names that its value is made of, and what makes it."""

    name: str
    of: tuple[str, ...]
    derive: Derive

    def value(self, row: Row) -> Any:
        """The value, from a row whose identifiers are still as sent; None where a source is missing."""
        texts = [row[name] for name in self.of]
        return None if None in texts else self.derive(*texts)


class _Compiled:
    """One event type, ready to read."""

    def __init__(self, event_type: EventType) -> None:
        fields, sent = event_type.fields, event_type.sent
        self.event_type = event_type
        self.blank: Row = dict.fromkeys(field.name for field in fields)
        self.checks = {field.name: check_for(field) for field in sent}
        self.required = tuple(field.name for field in sent if field.required)
        self.private = frozenset(
            field.name for field in fields if field.data_class.is_personal or field.entity is not None
        )
        self.kept = _Kept(sent)
        self.made = tuple(
            _Made(field.name, field.derived.of, FUNCTIONS[field.derived.function].make(field.derived.parameters))
            for field in fields
            if field.derived is not None
        )
        self.made_kept = _Kept(field for field in fields if field.derived is not None)
        self.entities = (*self.kept.entities, *self.made_kept.entities)
        self.entity_kinds: dict[str, EntityKind] = dict(self.entities)
        self.subject = event_type.subject

    def made_of(self, name: Any) -> str | None:
        """What the derived field ``name`` is made of, in words; None where it is none."""
        return next((" and ".join(one.of) for one in self.made if one.name == name), None)


class EventReader:
    """Reads documents of the given event types.

    Args:
        event_types: what may arrive.
        vault: where pseudonyms come from.
    """

    def __init__(self, event_types: Iterable[EventType], vault: Pseudonymiser) -> None:
        self._compiled = {str(each.name): _Compiled(each) for each in event_types}
        self._spellings = _spellings(each.event_type for each in self._compiled.values())
        self._pseudonym = vault.pseudonym
        # The space keeps this kind apart from every kind a definition can declare, so nobody ever sees this pseudonym.
        key = vault.pseudonym(EntityKind("event digest"), "key").encode()
        self._keyed = KeyedHash(key)

    @property
    def event_types(self) -> Mapping[str, EventType]:
        """Name to event type."""
        return {name: each.event_type for name, each in self._compiled.items()}

    def spelled(self, kind: EntityKind, identifier: str) -> str:
        """``identifier`` in the one spelling that entities of ``kind`` have here.

        Where fields of that kind are derived, all by one function, that is what the function makes of it; where the
        function makes nothing of it, or events bring the kind as they spell it, it stays as it is.
        """
        derive = self._spellings.get(kind)
        return identifier if derive is None else derive(identifier) or identifier

    def read(self, document: dict[str, Any], *, received_at: Micros) -> Event:
        """The event in ``document``, a decoded JSON object.

        ``{"event_id": "...", "event_type": "...", "occurred_at": "2026-11-24T06:38:00Z", "values": {...}}``, and, where
        it corrects an earlier event, ``"supersedes"`` with that event's id.

        Raises:
            InvalidInput: the first fault, with all faults in ``errors``; nothing is kept.
            NotFound: no such event type.
        """
        if not isinstance(document, dict):
            raise InvalidInput("An event is a JSON object.", code="wrong_type", hint='send {"event_id": ...}')
        compiled = self._type_of(document.get("event_type"))
        faults: list[InvalidInput] = []
        event_id = _event_id(document.get("event_id"), "event_id", faults)
        occurred_at = _occurred_at(document.get("occurred_at"), received_at, faults)
        supersedes = document.get("supersedes")
        if supersedes is not None:
            supersedes = _event_id(supersedes, "supersedes", faults)
            if supersedes == event_id and not faults:
                faults.append(
                    InvalidInput("An event cannot correct itself.", code="self_supersedes", field="supersedes")
                )
        row = _typed(compiled, document.get("values"), faults)
        if faults or len(document) > 4:  # four keys and no fault: they are the four that must be there
            _refuse_unknown(document, faults)
        if faults:
            raise _together(faults)
        return self._event(compiled, EventId(event_id), Micros(occurred_at), received_at, supersedes, row)

    def rebuild(self, clear: bytes, secret: bytes | None, *, digest: Digest) -> Event:
        """The event as it was read, from what the journal kept of it.

        Values whose key was destroyed are None and ``erased`` says so. Fields are those of the type as it is now:
        what was added since is None, what was dropped is left out. Derived values are as they were recorded; none is
        made again.

        Args:
            clear: the record's readable body.
            secret: its opened secret; None where there was none or where it was erased.
            digest: the record's digest.

        Raises:
            IntegrityError: the bodies are not what ``read`` wrote.
            NotFound: the event type is no longer known.
        """
        body = decode_clear(clear)
        compiled = self._type_of(body.event_type)
        kept = decode_secret(secret) if secret is not None else {}
        row = compiled.blank.copy()
        body.fill(row, compiled.event_type, kept)
        row.update({name: body.entities.get(name) for name, _ in compiled.entities})
        return Event(
            event_id=body.event_id,
            event_type=compiled.event_type.name,
            occurred_at=body.occurred_at,
            received_at=body.received_at,
            values=row,
            entities=body.entities,
            subject=body.entities.get(compiled.subject) if compiled.subject else None,
            digest=digest,
            clear=clear,
            secret=secret,
            supersedes=body.supersedes,
            entity_kinds=compiled.entity_kinds,
            erased=body.sealed and secret is None,
        )

    def _type_of(self, name: Any) -> _Compiled:
        compiled = self._compiled.get(name) if type(name) is str else None
        if compiled is not None:
            return compiled
        if type(name) is not str:
            detail = "An event needs the name of its type." if name is None else "The event type is not text."
            raise InvalidInput(
                detail,
                code="required" if name is None else "wrong_type",
                field="event_type",
                hint=near_match("", self._compiled),
            )
        raise NotFound(
            "Unknown event type.",
            code="unknown_event_type",
            field="event_type",
            value=name,
            hint=near_match(shown(name), self._compiled),
        )

    def _event(
        self,
        compiled: _Compiled,
        event_id: EventId,
        occurred_at: Micros,
        received_at: Micros,
        supersedes: EventId | None,
        row: Row,
    ) -> Event:
        # Before identifiers give way to pseudonyms; a type that derives nothing pays for nothing.
        made = {one.name: one.value(row) for one in compiled.made} if compiled.made else None
        entities, sealed, clear = self._sorted(compiled, compiled.kept, row)
        name = compiled.event_type.name
        secret = encode(sealed) if sealed else None
        values = encode(clear)
        if len(values) + len(secret or b"") > EVENT_BYTES:
            raise _together([_too_large(len(values) + len(secret or b""))])
        named = encode(entities)
        digest = self._digest(f"{name}\n{event_id}\n{occurred_at}\n{supersedes or ''}\n", named, values, secret)
        if made is not None:
            row.update(made)
            more_entities, more_sealed, more_clear = self._sorted(compiled, compiled.made_kept, row)
            entities |= more_entities
            sealed |= more_sealed
            secret, values, named = encode(sealed) if sealed else None, encode(clear | more_clear), encode(entities)
        return Event(
            event_id=event_id,
            event_type=name,
            occurred_at=occurred_at,
            received_at=received_at,
            values=row,
            entities=entities,
            subject=entities[compiled.subject] if compiled.subject is not None else None,
            digest=digest,
            clear=clear_of(name, event_id, occurred_at, received_at, supersedes, named, values, sealed=bool(secret)),
            secret=secret,
            supersedes=supersedes,
            entity_kinds=compiled.entity_kinds,
        )

    def _sorted(
        self, compiled: _Compiled, kept: _Kept, row: Row
    ) -> tuple[dict[str, Pseudonym], dict[str, Value], dict[str, Value]]:
        """Pseudonyms, what is sealed and what stays readable of ``kept``; in the row, pseudonyms replace identifiers."""
        entities: dict[str, Pseudonym] = {}
        sealed = {name: row[name] for name in kept.sealed if row[name] is not None}
        for name, kind in kept.entities:
            identifier: Any = row[name]
            if identifier is not None:
                entities[name] = row[name] = self._pseudonym(kind, identifier)
                if compiled.subject is not None:
                    sealed[name] = identifier
        return entities, sealed, {name: row[name] for name in kept.clear if row[name] is not None}

    def _digest(self, heading: str, entities: bytes, values: bytes, secret: bytes | None) -> Digest:
        """HMAC-SHA256: a plain hash would let anybody test guesses at the sealed values, even after an erasure."""
        return Digest(self._keyed(b"%b%b\n%b\n%b" % (heading.encode(), entities, values, secret or b"")).hex())


def _spellings(event_types: Iterable[EventType]) -> dict[EntityKind, Derive]:
    """Kind of entity to what derives its identifiers, for kinds that are derived in one way and never sent."""
    found: dict[EntityKind, list[Derivation | None]] = {}
    for event_type in event_types:
        for field in event_type.fields:
            if field.entity is not None:
                made = None if field.derived is None else msgspec.structs.replace(field.derived, of=())
                found.setdefault(field.entity, []).append(made)
    return {
        kind: FUNCTIONS[ways[0].function].make(ways[0].parameters)
        for kind, ways in found.items()
        if ways[0] is not None and all(one == ways[0] for one in ways)
    }


def _typed(compiled: _Compiled, values: Any, faults: list[InvalidInput]) -> Row:
    row = compiled.blank.copy()
    if type(values) is not dict:
        faults.append(
            InvalidInput(
                "An event needs its values, as an object.",
                code="required" if values is None else "wrong_type",
                field="values",
                hint='send "values": {"field": value, ...}',
            )
        )
        return row
    checks = compiled.checks
    for name, value in values.items():
        check = checks.get(name)
        if check is None:
            made_of = compiled.made_of(name)
            if made_of is None:
                fault = _unknown_field(name, checks if len(faults) < _NEAR_MATCHES else ())
            else:
                fault = _derived_field(name, made_of)
        elif value is None:
            continue
        else:
            try:
                row[name] = check(value)
                continue
            except Wrong as wrong:
                fault = _fault(wrong, name, None if name in compiled.private else value)
        faults.append(fault)
        if len(faults) >= ERRORS_LISTED:
            return row
    faults.extend(
        InvalidInput("A required field is missing.", code="required", field=f"values.{name}", hint="send it")
        for name in compiled.required
        if values.get(name) is None
    )
    return row


def _fault(wrong: Wrong, name: str, value: Any) -> InvalidInput:
    # A container or a giant number is not shown: its repr could be as large as the request.
    if isinstance(value, dict | list) or (isinstance(value, int) and value.bit_length() > 256):
        value = None
    return InvalidInput(wrong.detail, code=wrong.code, field=f"values.{name}", value=value, hint=wrong.hint)


def _unknown_field(name: Any, known: Iterable[str]) -> InvalidInput:
    return InvalidInput(
        "The event type has no such field.",
        code="unknown_field",
        field=f"values.{shown(name)}",
        hint=near_match(shown(name), known),
    )


def _derived_field(name: str, made_of: str) -> InvalidInput:
    return InvalidInput(
        f"The field is made of {made_of} when the event is read.",
        code="derived_field",
        field=f"values.{name}",
        hint="leave it out",
    )


def _refuse_unknown(document: Mapping[str, Any], faults: list[InvalidInput]) -> None:
    for key in document:
        if key not in _KEYS:
            faults.append(
                InvalidInput("Unknown key.", code="unknown_field", field=shown(key), hint=near_match(shown(key), _KEYS))
            )
            if len(faults) >= ERRORS_LISTED:
                return


def _event_id(value: Any, field: str, faults: list[InvalidInput]) -> Any:
    if type(value) is str and 0 < len(value) <= EVENT_ID_LENGTH and value.isprintable():
        return value
    if value is None:
        fault = InvalidInput(
            "An event needs an id of its own.", code="required", field=field, hint="it makes a repeat harmless"
        )
    elif type(value) is not str:
        fault = InvalidInput("An event id is text.", code="wrong_type", field=field, hint="send it in quotes")
    else:
        fault = InvalidInput(
            f"An event id has 1 to {EVENT_ID_LENGTH} printable characters.",
            code="invalid_event_id",
            field=field,
            value=value,
        )
    faults.append(fault)
    return None


def _occurred_at(value: Any, received_at: Micros, faults: list[InvalidInput]) -> int:
    if type(value) is not str:
        faults.append(
            InvalidInput(
                "An event needs the instant at which it happened, as text.",
                code="required" if value is None else "wrong_type",
                field="occurred_at",
                hint="write 2026-11-24T06:38:00Z",
            )
        )
        return 0
    try:
        instant = parse_instant(value)
    except InvalidInput as error:
        faults.append(InvalidInput(error.detail, code=error.code, field="occurred_at", value=value, hint=error.hint))
        return 0
    if instant < EARLIEST:
        faults.append(_impossible("before 1900", value, "check the century and the unit"))
    elif instant > received_at + FUTURE_TOLERANCE:
        now = format_instant(received_at)
        faults.append(_impossible("more than a day ahead of us", value, f"it is {now} here; check the sender's clock"))
    return instant


def _impossible(how: str, value: str, hint: str) -> InvalidInput:
    return InvalidInput(
        f"The event cannot have happened {how}.", code="impossible_time", field="occurred_at", value=value, hint=hint
    )


def _too_large(size: int) -> InvalidInput:
    return InvalidInput(
        f"The values take {size:,} bytes, and {EVENT_BYTES:,} are allowed.",
        code="event_too_large",
        field="values",
        hint="keep documents elsewhere and send a reference",
    )


def _together(faults: list[InvalidInput]) -> InvalidInput:
    """The first fault, carrying all of them."""
    first = faults[0]
    detail = f"{first.detail} ({len(faults)} faults in all)" if len(faults) > 1 else first.detail
    refusal = InvalidInput(detail, code=first.code, field=first.field, value=first.value, hint=first.hint)
    refusal.errors = tuple(faults[:ERRORS_LISTED])
    return refusal
