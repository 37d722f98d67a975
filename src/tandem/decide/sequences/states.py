"""What a recurrent network remembers: of each entity its state and when its last row was.

Read before write: a row is scored with the state that the rows before it left and then moves it, so the work of an event does
not grow with the history, and nothing older is ever read again. Memory is bounded: at most ``people`` entities, the longest
unused forgotten first; who comes back after that begins anew.

State as bytes (little-endian), the longest unused first: count u32; of each: its pseudonym (16 bytes), the latest time of its
rows (microseconds since the epoch, i64), its state (``width`` times binary32).
"""

from __future__ import annotations

import re
import struct
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import numpy as np

from tandem.decide.models import GruDocument
from tandem.decide.sequences.forward import Floats, Floats32, Forward
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import SECOND, Micros
from tandem.kernel.values import Value

__all__ = ["PEOPLE", "Histories"]

PEOPLE: Final = 4_000_000
"""Entities remembered of one network. One takes ``4 * width`` bytes and some 200 for its name and place: 1.3 GB at a width of 32."""

_COUNT: Final = struct.Struct("<I")
_HEAD: Final = struct.Struct("<16sq")
_PSEUDONYM: Final = re.compile(r"[0-9a-f]{32}").fullmatch


class Histories:
    """A network and the states of everybody. Calls are not to overlap. Pseudonyms are 32 lower-case hex digits.

    Args:
        document: checked; another network needs other states.
        people: how many entities are remembered at most.
    """

    def __init__(self, document: GruDocument, people: int = PEOPLE) -> None:
        self._forward = Forward(document)
        self._width = document.width
        self._most = people
        # One string of bytes each: a tuple of array and time would cost twice as much.
        self._kept: OrderedDict[Pseudonym, bytes] = OrderedDict()

    def __len__(self) -> int:
        """How many entities are remembered."""
        return len(self._kept)

    def read(self, values: Sequence[Value], at: Micros, member: Pseudonym | None) -> list[float]:
        """The parts of the margin of a row of ``member``: own, then what the history adds; nothing moves.

        Raises:
            ValueError: another number of values, or a pseudonym that is none.
        """
        return self._read(values, at, member)[0]

    def observe(self, values: Sequence[Value], at: Micros, member: Pseudonym | None) -> list[float]:
        """The same, and the row joins the history of ``member``; one of nobody joins none.

        Raises:
            ValueError: as ``read``; nothing has changed.
        """
        parts, row, state, latest = self._read(values, at, member)
        if member is not None:
            latest = at if latest is None else max(latest, at)
            moved = self._forward.moved(row, state)
            self._kept[member] = latest.to_bytes(8, "little", signed=True) + moved.astype("<f4").tobytes()
            self._kept.move_to_end(member)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return parts

    def _read(
        self, values: Sequence[Value], at: Micros, member: Pseudonym | None
    ) -> tuple[list[float], Floats, Floats32, int | None]:
        if member is not None and _PSEUDONYM(member) is None:
            raise ValueError("a pseudonym is 32 lower-case hex digits")
        kept = None if member is None else self._kept.get(member)
        forward = self._forward
        if kept is None:
            row, _ = forward.rows(values, None)
            return [forward.margin(row, forward.nothing), 0.0], row, forward.nothing, None
        latest = int.from_bytes(kept[:8], "little", signed=True)
        state = np.frombuffer(kept, "<f4", offset=8)
        first, row = forward.rows(values, max(at - latest, 0) / SECOND)
        own = forward.margin(first, forward.nothing)
        return [own, forward.margin(row, state) - own], row, state, latest

    # -- keeping -----------------------------------------------------------------------------------------------------

    def state(self) -> bytes:
        """Everything that what it tells depends on, as the first paragraphs say."""
        parts = [_COUNT.pack(len(self._kept))]
        for member, kept in self._kept.items():
            parts += [bytes.fromhex(member), kept]
        return b"".join(parts)

    @classmethod
    def restored(cls, document: GruDocument, state: bytes, people: int = PEOPLE) -> Histories:
        """What ``state`` was taken of.

        Raises:
            ValueError: it is damaged.
        """
        histories = cls(document, people)
        size = _HEAD.size + 4 * document.width
        if len(state) < _COUNT.size:
            raise ValueError("it ends too early")
        (count,) = _COUNT.unpack_from(state)
        if len(state) != _COUNT.size + count * size or count > people:
            raise ValueError("it is too short or too long, or there are too many entities")
        for start in range(_COUNT.size, len(state), size):
            member, kept = state[start : start + 16].hex(), state[start + 16 : start + size]
            if not (np.abs(np.frombuffer(kept, "<f4", offset=8)) <= 1.0).all():
                raise ValueError("a state is no state")
            histories._kept[Pseudonym(member)] = kept
        if len(histories) != count:
            raise ValueError("an entity stands twice")
        return histories
