"""The limits table of the journal: every queue and every size has an end."""

from __future__ import annotations

import msgspec

__all__ = ["JournalLimits"]


class JournalLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds, each with a test.

    Attributes:
        waiting_records: submitted and not yet durable; beyond it a submission is refused, or waits if it asked to.
        batch_records: in one commit.
        key_length: characters of an idempotency key.
        body_bytes: of ``clear``, and of ``secret``: room for a model of thousands of trees; events are far smaller.
        head_every: records between two signed heads; also how many records at the very end a truncation could take
            unseen by whoever knows neither the count nor a later head.
        retry_after_s: what a refused caller is told.
    """

    waiting_records: int = 20_000
    batch_records: int = 4_096
    key_length: int = 255
    body_bytes: int = 16_777_216
    head_every: int = 1_000
    retry_after_s: int = 1
