"""Applications as columns of numbers, until they become an Arrow table with text identifiers and the truth beside them.

A population and its attackers are made with whole-array arithmetic; an identifier is a number until the very end. The
text of a number is a scramble of it, one to one, so that nobody can tell from an identifier when, or for whom, it was
made.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.errors import InvalidInput

__all__ = [
    "ATTACKS",
    "FIELDS",
    "IDENTIFIERS",
    "ROLES",
    "Batch",
    "Floats",
    "Ints",
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

IDENTIFIERS: Final = ("person", "device", "phone", "address", "contact", "card", "ip", "merchant")
"""Who and what an application names; -1 is missing."""
_AMOUNTS: Final = ("amount_minor", "coupon_minor", "term_months", "age", "income_minor")
_TRUTH: Final = ("attack", "ring", "role")
FIELDS: Final = ("at", *IDENTIFIERS, *_AMOUNTS, *_TRUTH)

ROLES: Final = (
    "honest", "household", "dormitory", "workplace", "shop_till", "locker", "recycled_phone", "second_hand_device",
    "ring_member", "attacker", "victim_account", "sleeper", "mule",
)  # fmt: skip
"""What an applicant is; the first eight are honest people, and what makes some of them look alike."""
ATTACKS: Final = (
    "", "lone_fraud", "group_loan", "mass_application", "account_takeover", "promotion_abuse", "bust_out", "mule_chain",
    "synthetic_identity", "slow_drip", "adaptive",
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


def to_table(applications: Batch, *, label_delay: int, prefix: str = "app") -> pa.Table:
    """The Arrow table of ``applications``, which are in order of time.

    Returns:
        event_id (text), occurred_at (timestamp[us]), the identifiers (text, null where missing), amount_minor,
        coupon_minor, term_months, age, income_minor (int64); and the truth: fraud (bool), attack, ring, role (text),
        label_at (timestamp[us], when the outcome becomes known).
    """
    count = len(applications["at"])
    columns: dict[str, pa.Array] = {
        "event_id": pa.array([f"{prefix}-{index:08d}" for index in range(count)], pa.string()),
        "occurred_at": pa.array(applications["at"], pa.timestamp("us")),
    }
    for place, name in enumerate(IDENTIFIERS):
        columns[name] = identifier_texts(applications[name], name[:2], salt=place)
    for name in _AMOUNTS:
        columns[name] = pa.array(applications[name])
    columns["fraud"] = pa.array(applications["attack"] > 0)
    columns["attack"] = pa.array(ATTACKS).take(pa.array(applications["attack"]))
    columns["ring"] = _ring_names(applications["ring"])
    columns["role"] = pa.array(ROLES).take(pa.array(applications["role"]))
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
