"""From settings to webhooks that are delivered."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Final

from tandem.act.webhooks.outbox import Outbox
from tandem.act.webhooks.webhooks import Webhooks
from tandem.kernel.identity import Entropy, SystemEntropy
from tandem.kernel.outward import networks_of
from tandem.kernel.settings import Settings
from tandem.kernel.time import Clock, SystemClock
from tandem.observe.journal import Journal
from tandem.prove.privacy import load_master_key

__all__ = ["OUTBOX_FILE", "open_webhooks"]

OUTBOX_FILE: Final = "webhooks.db"


@contextlib.contextmanager
def open_webhooks(
    settings: Settings, journal: Journal, *, clock: Clock | None = None, entropy: Entropy | None = None
) -> Iterator[Webhooks]:
    """The webhooks of the workspace whose journal this is, delivered while the block runs.

    Raises:
        Unavailable: the outbox cannot be used.
        InvalidInput: the setting ``webhook_networks`` names no networks.
    """
    entropy = entropy or SystemEntropy()
    master = load_master_key(settings.master_key_file or settings.home / "keys" / "master.key", entropy=entropy)
    webhooks = Webhooks(
        journal,
        Outbox(settings.home / OUTBOX_FILE),
        master.derive("webhooks", journal.workspace),
        inside=networks_of(settings.webhook_networks, "webhook_networks"),
        clock=clock or SystemClock(),
        entropy=entropy,
    )
    webhooks.start()
    try:
        yield webhooks
    finally:
        webhooks.close()
