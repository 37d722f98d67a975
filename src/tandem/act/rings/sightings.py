"""Sightings: who was seen with what, as columns. All that rings are found in; pure data, wherever it was read from.

People and things are numbers here, places in their tables of names, so that a million applications are a few arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tandem.kernel.identity import EntityKind, Pseudonym

__all__ = ["BAD", "GOOD", "NOBODY_KNOWS", "OUTCOMES", "Floats", "Ints", "Sightings"]

Ints: TypeAlias = NDArray[np.signedinteger[Any]]
Floats: TypeAlias = NDArray[np.floating[Any]]

GOOD: Final = 0
BAD: Final = 1
NOBODY_KNOWS: Final = -1
OUTCOMES: Final = ("approve", "review", "decline")


@dataclass(frozen=True)
class Sightings:
    """Applications in the order of the journal.

    Attributes:
        kinds: of identifiers, in the order of the graph's links.
        members, identifiers: pseudonyms by number; kind: of each identifier, a place in ``kinds``.
        member: who applied; at: when, in microseconds; seq: its place in the journal.
        named: identifiers of each application, a column for each field that names one; -1 for none.
        heat: how much its decision made of it, 0 to 1; NaN where it was neither scored nor judged.
        amount: asked for, in minor units; -1 where it is not known.
        outcome: a place in ``OUTCOMES``; -1 where nothing was decided.
        known: of each member, ``BAD``, ``GOOD`` or ``NOBODY_KNOWS``; told: the place in the journal that told so, 0 for none.
    """

    kinds: tuple[EntityKind, ...]
    members: pa.Array
    identifiers: pa.Array
    kind: Ints
    member: Ints
    at: Ints
    seq: Ints
    event_ids: pa.Array
    named: Ints
    heat: Floats
    amount: Ints
    outcome: Ints
    known: Ints
    told: Ints

    def __len__(self) -> int:
        return len(self.member)

    def member_named(self, number: int) -> Pseudonym:
        """The pseudonym of a member."""
        return Pseudonym(self.members[int(number)].as_py())

    def identifier_named(self, number: int) -> Pseudonym:
        """The pseudonym of an identifier."""
        return Pseudonym(self.identifiers[int(number)].as_py())

    def kind_of(self, number: int) -> EntityKind:
        """What an identifier is."""
        return self.kinds[int(self.kind[int(number)])]

    def members_at(self, numbers: Sequence[int] | Ints) -> list[Pseudonym]:
        """The pseudonyms of members."""
        return [Pseudonym(one) for one in self.members.take(pa.array(numbers, pa.int64())).to_pylist()]
