"""Applications as columns of numbers, until they become an Arrow table with text identifiers and the truth beside them.

A population and its attackers are made with whole-array arithmetic; an identifier is a number until the very end. The
text of a number is a scramble of it, one to one, so that nobody can tell from an identifier when, or for whom, it was
made.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.errors import InvalidInput

__all__ = [
    "APPLICATION",
    "ATTACKS",
    "CATEGORIES",
    "FIELDS",
    "IDENTIFIERS",
    "MOVEMENT",
    "MOVEMENTS",
    "PURPOSES",
    "ROLES",
    "TRANSFER",
    "Batch",
    "Floats",
    "Ints",
    "Layout",
    "Mint",
    "batch",
    "identifier_texts",
    "joined",
    "to_table",
]

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Batch: TypeAlias = dict[str, Ints]
"""Columns of one length, by name: ``FIELDS``."""

IDENTIFIERS: Final = (
    "person", "device", "phone", "address", "contact", "card", "ip", "merchant", "account", "counterparty",
)  # fmt: skip
"""Who and what an event names; -1 is missing."""
_KIND_OF: Final = {"counterparty": "account"}
_NUMBERS: Final = ("amount_minor", "coupon_minor", "term_months", "age", "income_minor")
_TRUTH: Final = ("attack", "ring", "role", "loss_minor", "harmless")
_WORDS: Final = ("movement", "purpose", "merchant_category")
FIELDS: Final = ("at", *IDENTIFIERS, *_NUMBERS, *_WORDS, *_TRUTH)
MOVEMENTS: Final = ("", "draw", "purchase", "cash", "transfer_out", "transfer_in")
"""What a movement of money is, by its number."""
PURPOSES: Final = ("", "education", "renovation", "medical", "travel", "electronics")
"""What a loan may be declared for, by its number; the first is nothing."""
CATEGORIES: Final = (*PURPOSES, "jewellery", "securities", "gaming")
"""What a merchant sells, by its number; the first is nothing."""
_TEXTS: Final = {"movement": MOVEMENTS, "purpose": PURPOSES, "merchant_category": CATEGORIES}


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """What an event of the simulated world is called, what it holds, and the event that tells how it turned out.

    Attributes:
        refers: the field of the outcome that names the event.
        words: fields of which each value is one of a few.
    """

    event_type: str
    outcome_type: str
    refers: str
    prefix: str
    identifiers: tuple[str, ...]
    numbers: tuple[str, ...]
    words: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Its fields."""
        return (*self.identifiers, *self.numbers, *self.words)


APPLICATION: Final = Layout(
    event_type="checkout_application",
    outcome_type="checkout_outcome",
    refers="application",
    prefix="app",
    identifiers=IDENTIFIERS[:8],
    numbers=_NUMBERS,
)
TRANSFER: Final = Layout(
    event_type="transfer",
    outcome_type="transfer_outcome",
    refers="transfer",
    prefix="trf",
    identifiers=("person", "account", "counterparty", "device", "ip"),
    numbers=("amount_minor",),
)

MOVEMENT: Final = Layout(
    event_type="account_movement",
    outcome_type="movement_outcome",
    refers="movement",
    prefix="mov",
    identifiers=("person", "account", "counterparty", "merchant", "device"),
    numbers=("amount_minor",),
    words=_WORDS,
)

ROLES: Final = (
    "honest", "household", "dormitory", "workplace", "shop_till", "locker", "recycled_phone", "second_hand_device",
    "tenant", "shopper", "ring_member", "attacker", "victim_account", "sleeper", "mule",
)  # fmt: skip
"""What an applicant is; the first ten are honest people, and what makes some of them look alike."""
ATTACKS: Final = (
    "", "lone_fraud", "group_loan", "mass_application", "account_takeover", "promotion_abuse", "bust_out", "mule_chain",
    "synthetic_identity", "slow_drip", "adaptive", "fund_misuse",
)  # fmt: skip
"""Kinds of attack, by their number; the first is none."""

_SCRAMBLE: Final = 0x9E3779B1  # odd, so that multiplying modulo 2**32 is one to one
_HEX: Final = np.array([list(b"%02x" % value) for value in range(256)], dtype=np.uint8)


class Mint:
    """Hands out numbers that no identifier had before."""

    def __init__(self, next_free: dict[str, int]) -> None:
        self._next = dict(next_free)

    @property
    def taken(self) -> dict[str, int]:
        """The first free number of every kind."""
        return dict(self._next)

    def fresh(self, kind: str, count: int) -> Ints:
        """``count`` new identifiers of ``kind``."""
        first = self._next.get(kind, 0)
        self._next[kind] = first + count
        return np.arange(first, first + count, dtype=np.int64)

    def rings(self, count: int) -> Ints:
        """``count`` new rings, from 1 on."""
        return self.fresh("ring", count) + 1


def batch(count: int, **columns: Ints | int) -> Batch:
    """``count`` applications; a single number fills a column, and what is not named is zero (identifiers: missing)."""
    unknown = set(columns) - set(FIELDS)
    if unknown:
        raise InvalidInput("No application has this column.", field="columns", value=sorted(unknown))
    found: Batch = {}
    for name in FIELDS:
        value = columns.get(name, -1 if name in IDENTIFIERS else 0)
        found[name] = (
            np.full(count, value, dtype=np.int64) if isinstance(value, int) else np.asarray(value, dtype=np.int64)
        )
    return found


def joined(parts: list[Batch]) -> Batch:
    """All of ``parts``, in order of time; what happens in the same microsecond stays in the order of the parts."""
    if not parts:
        return batch(0)
    together = {name: np.concatenate([part[name] for part in parts]) for name in FIELDS}
    order = np.argsort(together["at"], kind="stable")
    return {name: column[order] for name, column in together.items()}


def to_table(
    applications: Batch, *, label_delay: int, layout: Layout = APPLICATION, prefix: str | None = None
) -> pa.Table:
    """The Arrow table of ``applications`` (or other events of ``layout``), which are in order of time.

    Args:
        prefix: of their event ids, where the layout's own would collide with those of another table.

    Returns:
        event_id (text), occurred_at (timestamp[us]), the identifiers (text, null where missing), the numbers (int64), the words (text, null where nothing);
        and the truth: fraud (bool), attack, ring, role (text), loss_minor (int64, what is lost where it gets through),
        label_at (timestamp[us], when the outcome becomes known).
    """
    count, begins = len(applications["at"]), prefix or layout.prefix
    columns: dict[str, pa.Array] = {
        "event_id": pa.array([f"{begins}-{index:08d}" for index in range(count)], pa.string()),
        "occurred_at": pa.array(applications["at"], pa.timestamp("us")),
    }
    for name in layout.identifiers:
        kind = _KIND_OF.get(name, name)
        columns[name] = identifier_texts(applications[name], kind[:2], salt=IDENTIFIERS.index(kind))
    for name in layout.numbers:
        columns[name] = pa.array(applications[name])
    for name in layout.words:
        said = pa.array([word or None for word in _TEXTS[name]], pa.string())
        columns[name] = said.take(pa.array(applications[name]))
    # What a sleeper does before the bust is part of the attack, and no fraud: it is repaid.
    columns["fraud"] = pa.array((applications["attack"] > 0) & (applications["harmless"] == 0))
    columns["attack"] = pa.array(ATTACKS).take(pa.array(applications["attack"]))
    columns["ring"] = _ring_names(applications["ring"])
    columns["role"] = pa.array(ROLES).take(pa.array(applications["role"]))
    columns["loss_minor"] = pa.array(applications["loss_minor"])
    columns["label_at"] = pa.array(applications["at"] + label_delay, pa.timestamp("us"))
    return pa.table(columns)


def identifier_texts(numbers: Ints, prefix: str, *, salt: int) -> pa.Array:
    """The text of every number: two letters and eight hexadecimal digits; null for -1."""
    count = len(numbers)
    mixed = ((numbers + salt * 0x1F123BB5) * _SCRAMBLE & 0xFFFFFFFF).astype(">u4")
    digits = _HEX[mixed.view(np.uint8)].reshape(count, 8)
    characters = np.empty((count, 10), dtype=np.uint8)
    characters[:, :2] = list(prefix.encode())
    characters[:, 2:] = digits
    offsets = np.arange(count + 1, dtype=np.int32) * 10
    texts = pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(characters))
    return pc.if_else(pa.array(numbers >= 0), texts, pa.scalar(None, pa.string()))


def _ring_names(rings: Ints) -> pa.Array:
    unique, inverse = np.unique(rings, return_inverse=True)
    return pa.array([f"ring-{ring:05d}" if ring else "" for ring in unique], pa.string()).take(pa.array(inverse))
