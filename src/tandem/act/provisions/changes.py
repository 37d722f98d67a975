"""What a run of provisions writes: the accounts whose stage or allowance moved, each part with what it posts, and its table."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from tandem.act.lending import Posting
from tandem.act.products import Day
from tandem.kernel.identity import Digest

__all__ = ["Measured", "ProvisionChange", "RunDone", "StageRow", "decode_change", "encode_change"]


class _Change(msgspec.Struct, frozen=True, kw_only=True, tag_field="change"):
    by: str


class Measured(_Change, frozen=True, kw_only=True, tag="measured"):
    """Accounts in one currency as they were measured on ``day``; tuples of one length.

    Attributes:
        numbers: of the accounts, ascending. stages: 0 of one that owes nothing any more.
        met_2, met_3: the days on which each was last seen to meet the conditions of stages 2 and 3.
        gross, allowances: minor units.
        posted: the change in allowance of these accounts.
    """

    day: Day
    currency: str
    numbers: tuple[int, ...]
    stages: tuple[int, ...]
    met_2: tuple[int, ...]
    met_3: tuple[int, ...]
    gross: tuple[int, ...]
    allowances: tuple[int, ...]
    posted: tuple[Posting, ...]


class StageRow(msgspec.Struct, frozen=True, kw_only=True):
    """The allowance of one stage from the last run to this one, in minor units: the parts sum to ``closing``.

    Attributes:
        moved_in, moved_out: what came from and went to other stages, as it stood before.
        new: of accounts that had none. remeasured: of those that stayed, and of those that came, on what came with them.
        derecognised: of accounts that owe nothing any more.
        accounts, gross: how many there are now, and what they owe.
    """

    stage: int
    opening: int
    moved_in: int
    moved_out: int
    new: int
    remeasured: int
    derecognised: int
    closing: int
    accounts: int
    gross: int


class RunDone(_Change, frozen=True, kw_only=True, tag="done"):
    """All accounts were measured.

    Attributes:
        rules: digest of the rules. tables: by currency, a row for each stage.
        scenarios: by currency, what would be expected in each scenario alone.
    """

    day: Day
    rules: Digest
    rules_name: str
    tables: dict[str, tuple[StageRow, ...]]
    scenarios: dict[str, dict[str, int]]


ProvisionChange: TypeAlias = Measured | RunDone

_DECODER: msgspec.json.Decoder[ProvisionChange] = msgspec.json.Decoder(ProvisionChange)
_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode_change(change: ProvisionChange) -> bytes:
    """``change`` as canonical JSON."""
    return _ENCODER.encode(change)


def decode_change(data: bytes) -> ProvisionChange:
    """The change that ``encode_change`` wrote."""
    return _DECODER.decode(data)
