"""Events as callers send them, one or several, and what comes back when they are only recorded."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import BATCH_MAX, Problem

__all__ = ["BatchAnswer", "BatchItem", "EventBatch", "EventDocument", "EventRecorded"]


class EventDocument(msgspec.Struct, kw_only=True):
    """One event as a caller sends it; the fields of ``values`` are declared by its event type."""

    event_id: Annotated[str, Meta(min_length=1, max_length=255, description="your id; the idempotency key")]
    event_type: Annotated[str, Meta(description="name of a declared event type")]
    occurred_at: Annotated[str, Meta(description="event time, RFC 3339 with an offset")]
    values: dict[str, str | int | float | bool | None]
    supersedes: Annotated[str, Meta(max_length=255, description="id of the event this one corrects")] | None = None


class EventBatch(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Several events; each is judged on its own."""

    events: Annotated[list[dict[str, Any]], Meta(min_length=1, max_length=BATCH_MAX)]


class EventRecorded(msgspec.Struct, kw_only=True):
    """The event is on record."""

    event_id: str
    status: Literal["recorded"]


# The encoder puts in the bytes of either as they were answered, so it is declared here and not by a union of structs.
_EITHER_ANSWER: Final = {
    "anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("DecisionAnswer", "EventRecorded")]
}


class BatchItem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What became of one event of a batch: an answer or a problem."""

    status: int
    duplicate: bool = False
    answer: Annotated[dict[str, Any], Meta(extra_json_schema=_EITHER_ANSWER)] | None = None
    problem: Problem | None = None


class BatchAnswer(msgspec.Struct, kw_only=True):
    """One item for each event, in the order sent. ``accepted`` + ``refused`` is their number."""

    accepted: int
    refused: int
    items: list[BatchItem]
