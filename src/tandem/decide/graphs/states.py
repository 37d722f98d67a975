"""What a network remembers of earlier rows, per thing they named: the reference.

Read before write: a row reads the newest ``slots`` rows on each of its links, is scored, and is remembered for those that
come after it. So a state is computed once, no neighbour is ever recomputed, and a thing nobody saw before simply has no
neighbours. What becomes known belongs to the member whose row it is and is read with the row: it acts at once, on rows from
before it was told and from after. Memory is bounded: ``slots`` rows per thing, at most ``things`` things, the longest unused
forgotten first, and as many members of whom something is known; a row is kept as long as a thing refers to it.

``_compiled.cpp`` is its twin. State as bytes, the same from either (little-endian; a pseudonym is its 16 bytes):

things, the longest unused first: count u32; of each: place of its link u16, pseudonym, count of its rows u16;
    of each of these, the newest first: its number u32, counted from 0 in the order in which they come up here
rows, by number: count u32; of each: pseudonym of its member, its two states, binary32
members of whom something is known, the longest ago first: count u32; of each: pseudonym, 1 bad or 0 good, u8
"""

from __future__ import annotations

import re
import struct
from collections import OrderedDict, deque
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from tandem.decide.graphs.forward import Forward
from tandem.decide.graphs.network import Floats32
from tandem.decide.models import SageDocument
from tandem.kernel.identity import Pseudonym

__all__ = ["THINGS", "Network", "Seen"]

THINGS: Final = 8_000_000
"""Things remembered of one network: six links of a million people and some to spare. A thing takes 50 bytes, a row ``8 * width``
and 24: as many rows as people with things of their own, and at the very worst ``slots`` on every thing."""

_COUNT: Final = struct.Struct("<I")
_THING: Final = struct.Struct("<H16sH")
_NAME: Final = struct.Struct("<16s")
_MARK: Final = struct.Struct("<16sB")
_PSEUDONYM: Final = re.compile(r"[0-9a-f]{32}").fullmatch


class Seen:
    """A row that happened: whose it was, and its two states."""

    __slots__ = ("member", "states")

    def __init__(self, member: Pseudonym, states: Floats32) -> None:
        self.member = member
        self.states = states


class Network:
    """A network and what it remembers. Calls are not to overlap. Pseudonyms are 32 lower-case hex digits.

    Args:
        document: checked; another network needs another memory.
        things: how many named things are remembered at most.
    """

    def __init__(self, document: SageDocument, things: int = THINGS) -> None:
        self.document = document
        self.things: OrderedDict[tuple[int, Pseudonym], deque[Seen]] = OrderedDict()
        self.marks: OrderedDict[Pseudonym, bool] = OrderedDict()
        self._forward = Forward(document)
        self._most = things

    def __len__(self) -> int:
        """Rows that are remembered."""
        return len({id(seen) for on in self.things.values() for seen in on})

    def read(self, values: Sequence[object], named: Sequence[Pseudonym | None]) -> list[float]:
        """The parts of the margin of a row with ``values`` that names these things, one or none per link.

        Raises:
            ValueError: another number of values or things, or a pseudonym that is none.
        """
        return self._run(values, named)[0]

    def observe(
        self, values: Sequence[object], named: Sequence[Pseudonym | None], member: Pseudonym | None
    ) -> list[float]:
        """The same, and the row is remembered as ``member``'s; of nobody it is not.

        Raises:
            ValueError: as ``read``; nothing has changed.
        """
        if member is not None:
            _check(member)
        parts, states = self._run(values, named)
        if member is not None:
            self._remember(Seen(member, states), named)
        return parts

    def mark(self, member: Pseudonym, *, bad: bool) -> None:
        """What ``member`` turned out to be, for whoever reads a row of theirs from now on.

        Raises:
            ValueError: a pseudonym that is none.
        """
        _check(member)
        self.marks[member] = bad
        self.marks.move_to_end(member)
        if len(self.marks) > self._most:
            self.marks.popitem(last=False)

    def gather(self, named: Sequence[Pseudonym | None]) -> list[list[tuple[Pseudonym, bool | None, bytes]]]:
        """Per link, the neighbours that a row which names these things would read, newest first.

        Of each: whose row it is, what is known of them, and its two states as binary32.

        Raises:
            ValueError: another number of things, or a pseudonym that is none.
        """
        return [[(seen.member, known, seen.states.tobytes()) for seen, known in some] for some in self._near(named)]

    def _run(self, values: Sequence[object], named: Sequence[Pseudonym | None]) -> tuple[list[float], Floats32]:
        near = [[(seen.states, known) for seen, known in some] for some in self._near(named)]
        return self._forward.run(values, near)

    def _near(self, named: Sequence[Pseudonym | None]) -> list[list[tuple[Seen, bool | None]]]:
        if len(named) != len(self.document.links):
            raise ValueError(f"{len(named)} things for {len(self.document.links)} links")
        for thing in named:
            if thing is not None:
                _check(thing)
        found = [() if thing is None else self.things.get((place, thing), ()) for place, thing in enumerate(named)]
        return [[(seen, self.marks.get(seen.member)) for seen in on] for on in found]

    def _remember(self, seen: Seen, named: Sequence[Pseudonym | None]) -> None:
        for place, thing in enumerate(named):
            if thing is None:
                continue
            on = self.things.setdefault((place, thing), deque())
            self.things.move_to_end((place, thing))
            on.appendleft(seen)
            if len(on) > self.document.slots:
                on.pop()
        while len(self.things) > self._most:
            self.things.popitem(last=False)

    # -- keeping -----------------------------------------------------------------------------------------------------

    def state(self) -> bytes:
        """Everything that what it tells depends on, as the first paragraphs say."""
        numbers: dict[int, int] = {}
        rows: list[Seen] = []
        parts = [_COUNT.pack(len(self.things))]
        for (place, thing), on in self.things.items():
            parts.append(_THING.pack(place, bytes.fromhex(thing), len(on)))
            for seen in on:
                if id(seen) not in numbers:
                    numbers[id(seen)] = len(rows)
                    rows.append(seen)
                parts.append(_COUNT.pack(numbers[id(seen)]))
        parts.append(_COUNT.pack(len(rows)))
        for seen in rows:
            parts += [bytes.fromhex(seen.member), seen.states.astype("<f4").tobytes()]
        parts.append(_COUNT.pack(len(self.marks)))
        parts.extend(_MARK.pack(bytes.fromhex(member), bad) for member, bad in self.marks.items())
        return b"".join(parts)

    @classmethod
    def restored(cls, document: SageDocument, state: bytes, things: int = THINGS) -> Network:
        """The network that ``state`` was taken of, by either twin.

        Raises:
            ValueError: it is damaged.
        """
        network = cls(document, things)
        reader = _Reader(state)
        on_things = _load_things(network, reader, things)
        rows: list[Seen] = []
        width = document.width
        for _ in range(reader.count()):
            (member,) = reader.take(_NAME)
            states = np.frombuffer(reader.bytes(8 * width), dtype="<f4").astype(np.float32)
            if not (np.isfinite(states) & (states >= 0)).all():
                raise ValueError("a state is no state")
            rows.append(Seen(Pseudonym(member.hex()), states))
        seen_last = max((number for numbers in on_things for number in numbers), default=-1)
        if seen_last + 1 != len(rows):
            raise ValueError("rows are missing or left over")
        for on, numbers in zip(network.things.values(), on_things, strict=True):
            on.extend(rows[number] for number in numbers)
        for _ in range(reader.count()):
            member, bad = reader.take(_MARK)
            if bad > 1 or member.hex() in network.marks or len(network.marks) == things:
                raise ValueError("what is known of a member is neither, stands twice or is too much")
            network.marks[Pseudonym(member.hex())] = bad == 1
        reader.finish()
        return network


def _load_things(network: Network, reader: _Reader, most: int) -> list[list[int]]:
    """The things, empty, and the numbers of the rows on each."""
    found: list[list[int]] = []
    used: list[set[int]] = [set() for _ in network.document.links]
    following = 0
    for _ in range(reader.count()):
        place, name, count = reader.take(_THING)
        if place >= len(used) or not 0 < count <= network.document.slots:
            raise ValueError("a thing has no such link, or none or too many rows")
        key = place, Pseudonym(name.hex())
        if key in network.things or len(network.things) == most:
            raise ValueError("a thing stands twice, or there are too many")
        network.things[key] = deque()
        numbers = [reader.count() for _ in range(count)]
        for number in numbers:
            if number > following or number in used[place]:
                raise ValueError("rows are out of order, or one names two things of one link")
            following = max(following, number + 1)
            used[place].add(number)
        found.append(numbers)
    return found


def _check(name: object) -> None:
    if not isinstance(name, str) or _PSEUDONYM(name) is None:
        raise ValueError("a pseudonym is 32 lower-case hex digits")


class _Reader:
    """Takes one thing after another, and never more than there is."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, form: struct.Struct) -> tuple[Any, ...]:
        return form.unpack(self.bytes(form.size))

    def count(self) -> int:
        return int(self.take(_COUNT)[0])

    def bytes(self, count: int) -> bytes:
        if len(self._data) - self._at < count:
            raise ValueError("it ends too early")
        self._at += count
        return self._data[self._at - count : self._at]

    def finish(self) -> None:
        if self._at != len(self._data):
            raise ValueError("bytes are left over")
