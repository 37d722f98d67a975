"""The nouns of webhooks: who wants to hear of what, a message, and what became of it."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

import msgspec

from tandem.kernel.time import DAY, HOUR, SECOND, Micros

__all__ = [
    "ATTEMPT_S",
    "DEAD_AFTER",
    "DEAD_KEPT",
    "DELIVERED_KEPT",
    "KINDS",
    "PAUSE_AFTER",
    "RETRY_FIRST",
    "RETRY_MAX",
    "ROTATION",
    "SUBSCRIPTIONS_MAX",
    "TEST_KIND",
    "WAITING_MAX",
    "Attempt",
    "Delivery",
    "DeliveryState",
    "Message",
    "MessageKind",
    "Subscription",
    "Wanted",
]

MessageKind: TypeAlias = Literal["decision.made", "list.changed", "release.changed", "case.resolved"]
KINDS: Final[tuple[MessageKind, ...]] = get_args(MessageKind)
TEST_KIND: Final = "webhook.test"
"""Sent by hand only, to see whether a receiver answers."""

DeliveryState: TypeAlias = Literal["waiting", "delivered", "dead", "failed"]
"""``failed`` is a test that was not taken; everything else that is not taken waits, or is dead."""

SUBSCRIPTIONS_MAX: Final = 100
WAITING_MAX: Final = 500
"""Messages of one subscription in the outbox; the others stay in the journal until there is room."""
ATTEMPT_S: Final = 10.0
"""Seconds from the first packet to the last byte of the receiver's answer."""
RETRY_FIRST: Final = 5 * SECOND
RETRY_MAX: Final = HOUR
DEAD_AFTER: Final = DAY
PAUSE_AFTER: Final = 100
"""Failures in a row; about four days."""
ROTATION: Final = DAY
"""How long an old secret goes on signing beside the new one."""
DELIVERED_KEPT: Final = 7 * DAY
DEAD_KEPT: Final = 90 * DAY


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a subscriber wants to hear of.

    Attributes:
        kinds: at least one.
        outcomes, policies: only decisions with one of these; empty stands for all.
    """

    kinds: tuple[MessageKind, ...]
    outcomes: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """One receiver.

    Attributes:
        owner: who made it.
        enabled: whether people want it to be served.
        paused: why it stopped itself; None while it has not.
        generation: of its secret, from 1; ``rotated_at``: when the last one took over.
        reached: place in the journal up to which its messages are in the outbox.
        failures: attempts that failed in a row; ``failing_since``: the first of them.
        due_at: not before this is another attempt made.
    """

    id: str
    url: str
    wanted: Wanted
    description: str
    owner: str
    enabled: bool
    created_at: Micros
    updated_at: Micros
    reached: int
    generation: int = 1
    rotated_at: Micros | None = None
    paused: str | None = None
    failures: int = 0
    failing_since: Micros | None = None
    due_at: Micros = Micros(0)

    @property
    def served(self) -> bool:
        """Whether messages are sent to it."""
        return self.enabled and self.paused is None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What one record of the journal says to subscribers. Nothing personal in it.

    Attributes:
        body: the JSON document as it is signed and sent.
        outcome, policy: of a decision; to filter by.
    """

    seq: int
    kind: str
    body: bytes
    at: Micros
    mark: str
    outcome: str | None = None
    policy: str | None = None


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its way to one subscriber.

    Attributes:
        number: place in the outbox, for paging.
        id: the ``webhook-id``; the same over retries and restarts, so that a receiver can tell a repetition.
        seq: the record it speaks of; 0 for a test.
        status: HTTP status of the last attempt; None where there was no answer.
        error: what went wrong last: a stable code.
        took_ms: duration of the last attempt.
    """

    number: int
    id: str
    subscription: str
    seq: int
    kind: str
    body: bytes
    created_at: Micros
    state: DeliveryState
    attempts: int = 0
    attempted_at: Micros | None = None
    status: int | None = None
    error: str | None = None
    took_ms: float | None = None


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What one request came to. ``retry_after_s`` is what the receiver asked for."""

    at: Micros
    took_ms: float
    status: int | None = None
    error: str | None = None
    retry_after_s: int | None = None

    @property
    def taken(self) -> bool:
        """Whether the receiver took the message."""
        return self.error is None
