"""Webhooks, their secrets, and what became of their messages."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import Instant, Name, OutcomeText

__all__ = [
    "DeliveryDetail",
    "DeliveryPage",
    "DeliverySummary",
    "WebhookChangeRequest",
    "WebhookDeleted",
    "WebhookPage",
    "WebhookRequest",
    "WebhookSummary",
    "WebhookWithSecret",
]

Kind = Literal["decision.made", "list.changed", "release.changed", "case.resolved"]
Kinds = Annotated[list[Kind], Meta(min_length=1, max_length=4)]
Url = Annotated[str, Meta(min_length=1, max_length=2_000, description="https; a receiver on the public internet")]
Description = Annotated[str, Meta(max_length=500)]
Outcomes = Annotated[list[OutcomeText], Meta(max_length=3, description="only decisions with one of these; empty: all")]
Policies = Annotated[list[Name], Meta(max_length=100, description="only decisions of one of these; empty: all")]
State = Literal["waiting", "delivered", "dead", "failed"]


class WebhookRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A receiver, and what it is to hear of from now on."""

    url: Url
    kinds: Kinds
    outcomes: Outcomes = []
    policies: Policies = []
    description: Description = ""


class WebhookChangeRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is to be another; what is left out stays.

    ``enabled: true`` also serves again a webhook that paused itself, and tries at once. ``skip_waiting`` lets go of what
    waits and goes on with what happens from now on.
    """

    url: Url | None = None
    kinds: Kinds | None = None
    outcomes: Outcomes | None = None
    policies: Policies | None = None
    description: Description | None = None
    enabled: bool | None = None
    skip_waiting: bool = False


class WebhookSummary(msgspec.Struct, kw_only=True):
    """A receiver and how it does.

    Attributes:
        state: ``active``; ``failing``: tried again later; ``paused``: stopped itself; ``disabled`` by a person.
        paused: why it stopped itself: ``gone`` (it answered 410) or ``failures`` (a hundred in a row).
        behind: records of the journal it was not told of yet, be they of its kinds or not.
        previous_secret_until: until when the secret before this one signs along.
    """

    id: str
    url: str
    kinds: list[Kind]
    outcomes: list[OutcomeText]
    policies: list[str]
    description: str
    owner: str
    state: Literal["active", "failing", "paused", "disabled"]
    paused: Literal["gone", "failures"] | None
    created_at: Instant
    updated_at: Instant
    failures: int
    failing_since: Instant | None
    next_attempt_at: Instant | None
    previous_secret_until: Instant | None
    waiting: int
    delivered: int
    dead: int
    behind: int


class WebhookPage(msgspec.Struct, kw_only=True):
    """All webhooks, in the order they were made."""

    webhooks: list[WebhookSummary]


class WebhookWithSecret(msgspec.Struct, kw_only=True):
    """A webhook and its secret, which is shown this once."""

    webhook: WebhookSummary
    secret: Annotated[str, Meta(description="whsec_ and base64, for a Standard Webhooks library")]


class WebhookDeleted(msgspec.Struct, kw_only=True):
    """What is no more."""

    id: str


class DeliverySummary(msgspec.Struct, kw_only=True):
    """A message to a receiver.

    Attributes:
        id: the header ``webhook-id``; the same over retries and restarts.
        seq: the record of the journal it speaks of; null for a test.
        state: ``failed`` is a test that was not taken; what else is not taken waits, or is ``dead`` after a day.
        error: what went wrong last: ``status``, ``redirect``, ``timeout``, ``connection``, ``tls``, ``name``, ``answer`` or
            ``address_not_allowed``.
    """

    number: int
    id: str
    seq: int | None
    kind: str
    state: State
    created_at: Instant
    attempts: int
    attempted_at: Instant | None
    status: int | None
    error: str | None
    took_ms: float | None


class DeliveryDetail(DeliverySummary, kw_only=True):
    """A message with its body as it is sent."""

    body: dict[str, Any]


class DeliveryPage(msgspec.Struct, kw_only=True):
    """Messages, newest first; ``next_before`` continues, null at the end."""

    deliveries: list[DeliverySummary]
    next_before: int | None
