"""Webhooks: what is durable reaches every subscriber, signed, in order, at least once, never in a decision's way."""

from tandem.act.webhooks.opening import OUTBOX_FILE, open_webhooks
from tandem.act.webhooks.outbox import Outbox
from tandem.act.webhooks.sending import Answer, Sender
from tandem.act.webhooks.signing import secret_of, shown_secret, signed_headers
from tandem.act.webhooks.types import (
    KINDS,
    TEST_KIND,
    Attempt,
    Delivery,
    DeliveryState,
    MessageKind,
    Subscription,
    Wanted,
)
from tandem.act.webhooks.webhooks import Change, Webhooks

__all__ = [
    "KINDS",
    "OUTBOX_FILE",
    "TEST_KIND",
    "Answer",
    "Attempt",
    "Change",
    "Delivery",
    "DeliveryState",
    "MessageKind",
    "Outbox",
    "Sender",
    "Subscription",
    "Wanted",
    "Webhooks",
    "open_webhooks",
    "secret_of",
    "shown_secret",
    "signed_headers",
]
