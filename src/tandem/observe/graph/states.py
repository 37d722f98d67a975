"""The state of a network as bytes, the same from either twin; what is damaged is refused and never taken in.

All numbers are little-endian; a time is 8 bytes, a count or a place 4, a pseudonym its 16 bytes. In this order:

newest time
members, the one used longest ago first: count; of each: pseudonym, since, last, count of its links
per kind of identifier, likewise: count; of each: pseudonym, first, last, count of its members;
    of each of these, in the order of use: its place among the members, last use
links of each member, in the order of use: which of the links above, counted from 0
marks, in the order in which they were made: count; of each: pseudonym, time
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, Final

from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros
from tandem.observe.graph.definitions import GRAPH_LIMITS, GraphLimits, Link
from tandem.observe.graph.network import TIME_MAX, Identifier, Member, Network

__all__ = ["dump_state", "load_state"]

_TIME: Final = struct.Struct("<q")
_COUNT: Final = struct.Struct("<I")
_NODE: Final = struct.Struct("<16sqqI")
_LINK: Final = struct.Struct("<Iq")
_MARK: Final = struct.Struct("<16sq")


def dump_state(network: Network) -> bytes:
    """Everything that reads of ``network`` depend on."""
    places = {member: place for place, member in enumerate(network.members)}
    parts = [_TIME.pack(network.newest), _COUNT.pack(len(network.members))]
    for name, member in network.members.items():
        parts.append(_NODE.pack(bytes.fromhex(name), member.since, member.last, len(member.links)))
    numbers: dict[tuple[int, Pseudonym, Pseudonym], int] = {}
    for kind, identifiers in enumerate(network.identifiers):
        parts.append(_COUNT.pack(len(identifiers)))
        for name, one in identifiers.items():
            parts.append(_NODE.pack(bytes.fromhex(name), one.first, one.last, len(one.members)))
            for user, last in one.members.items():
                numbers[kind, name, user] = len(numbers)
                parts.append(_LINK.pack(places[user], last))
    for name, member in network.members.items():
        parts.extend(_COUNT.pack(numbers[kind, identifier, name]) for kind, identifier in member.links)
    parts.append(_COUNT.pack(len(network.bad)))
    parts.extend(_MARK.pack(bytes.fromhex(name), at) for name, at in network.bad.items())
    return b"".join(parts)


def load_state(links: Sequence[Link], state: bytes, limits: GraphLimits = GRAPH_LIMITS) -> Network:
    """The network that ``state`` was taken of, by either twin.

    Raises:
        ValueError: it is damaged.
    """
    network = Network(links, limits)
    reader = _Reader(state)
    network.newest = reader.time(reader.take(_TIME)[0], TIME_MAX)
    counts: list[int] = []
    for _ in range(reader.count()):
        name, since, last, count = reader.take(_NODE)
        member = Member(reader.time(since, network.newest))
        member.last = reader.time(last, network.newest)
        if since > last or count > limits.kept:
            raise ValueError("a member's times are out of order, or it has too many links")
        _add(network.members, Pseudonym(name.hex()), member)
        counts.append(count)
    made = _load_identifiers(network, reader)
    for (name, member), count in zip(network.members.items(), counts, strict=True):
        for _ in range(count):
            number = reader.count()
            if number >= len(made) or made[number][2] != name or made[number][:2] in member.links:
                raise ValueError("a link is missing, another member's, or stands twice")
            member.links[made[number][:2]] = None
    if sum(counts) != len(made):
        raise ValueError("links are missing")
    for _ in range(reader.count()):
        name, at = reader.take(_MARK)
        _add(network.bad, Pseudonym(name.hex()), reader.time(at, TIME_MAX))
    reader.finish()
    return network


def _load_identifiers(network: Network, reader: _Reader) -> list[tuple[int, Pseudonym, Pseudonym]]:
    """Every link, in the order in which the state tells them."""
    made: list[tuple[int, Pseudonym, Pseudonym]] = []
    members = list(network.members.items())
    for kind, link in enumerate(network.links):
        for _ in range(reader.count()):
            raw, first, last, count = reader.take(_NODE)
            name = Pseudonym(raw.hex())
            one = Identifier(reader.time(first, network.newest))
            one.last = reader.time(last, network.newest)
            if first > last or not 0 < count <= link.hub:
                raise ValueError("an identifier's times are out of order, or it has none or too many members")
            _add(network.identifiers[kind], name, one)
            for _ in range(count):
                place, used = reader.take(_LINK)
                if place >= len(members):
                    raise ValueError("there is no such member")
                user, member = members[place]
                _add(one.members, user, reader.time(used, min(last, member.last)))
                made.append((kind, name, user))
    return made


def _add(into: dict[Pseudonym, Any], name: Pseudonym, value: Any) -> None:
    if name in into:
        raise ValueError("something stands twice")
    into[name] = value


class _Reader:
    """Takes one thing after another, and never more than there is."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, form: struct.Struct) -> tuple[Any, ...]:
        if len(self._data) - self._at < form.size:
            raise ValueError("it ends too early")
        self._at += form.size
        return form.unpack_from(self._data, self._at - form.size)

    def count(self) -> int:
        return int(self.take(_COUNT)[0])

    def time(self, value: int, latest: int) -> Micros:
        if not -TIME_MAX <= value <= latest:
            raise ValueError("a time is out of range")
        return Micros(value)

    def finish(self) -> None:
        if self._at != len(self._data):
            raise ValueError("bytes are left over")
