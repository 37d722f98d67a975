"""What of an event is written down: a clear body anyone with the journal may read, a secret body that is sealed.

Both are canonical JSON of the values *as understood*: an instant is microseconds, a decimal is text with its declared
scale. So two spellings of one instant are one event, and a record can be read again without asking how it was sent.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from tandem.kernel.errors import IntegrityError
from tandem.kernel.identity import EventId, EventTypeName, Pseudonym
from tandem.kernel.time import Micros
from tandem.kernel.values import Row, SqlType
from tandem.observe.events.types import EventType

__all__ = ["ClearBody", "clear_of", "decode_clear", "decode_secret", "encode"]


class _ClearDraft(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The clear body while it is written; parts that are encoded already are spliced in. Fields stand in key order."""

    entities: msgspec.Raw
    event_id: str
    event_type: str
    occurred_at: int
    received_at: int
    sealed: bool = False
    supersedes: str | None = None
    values: msgspec.Raw


class ClearBody(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """The clear body as it is read again.

    Attributes:
        entities: field to pseudonym.
        values: C1 values.
        sealed: whether there was a secret body.
    """

    entities: dict[str, Pseudonym]
    event_id: EventId
    event_type: EventTypeName
    occurred_at: Micros
    received_at: Micros
    sealed: bool = False
    supersedes: EventId | None = None
    values: dict[str, Any]

    def fill(self, row: Row, event_type: EventType, secret: dict[str, Any]) -> None:
        """Put the clear and the secret values into ``row``, typed; entity fields are left alone."""
        for field in event_type.fields:
            if field.entity is not None:
                continue
            value = self.values.get(field.name)
            if value is None:
                value = secret.get(field.name)
            if value is not None and field.type is SqlType.DECIMAL:
                value = Decimal(value)
            row[field.name] = value


_ENCODER = msgspec.json.Encoder(order="deterministic")
_CLEAR = msgspec.json.Decoder(ClearBody)
_SECRET = msgspec.json.Decoder(dict[str, Any])

encode = _ENCODER.encode


def clear_of(
    event_type: EventTypeName,
    event_id: EventId,
    occurred_at: Micros,
    received_at: Micros,
    supersedes: EventId | None,
    entities: bytes,
    values: bytes,
    *,
    sealed: bool,
) -> bytes:
    """The clear body, canonical; ``entities`` and ``values`` are canonical JSON already."""
    return encode(
        _ClearDraft(
            entities=msgspec.Raw(entities),
            event_id=event_id,
            event_type=event_type,
            occurred_at=occurred_at,
            received_at=received_at,
            sealed=sealed,
            supersedes=supersedes,
            values=msgspec.Raw(values),
        )
    )


def decode_clear(clear: bytes) -> ClearBody:
    """The clear body again.

    Raises:
        IntegrityError: it is not one.
    """
    try:
        return _CLEAR.decode(clear)
    except (msgspec.DecodeError, ValueError) as error:
        raise IntegrityError(f"An event's clear body cannot be read: {error}.", code="event_body") from None


def decode_secret(secret: bytes) -> dict[str, Any]:
    """The secret body again.

    Raises:
        IntegrityError: it is not one.
    """
    try:
        return _SECRET.decode(secret)
    except (msgspec.DecodeError, ValueError) as error:
        raise IntegrityError(f"An event's secret body cannot be read: {error}.", code="event_body") from None
