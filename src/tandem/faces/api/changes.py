"""What changed lately, and how far the news has got: a bounded ring of changes and a book of open connections.

Each change has an id that tells its run of the server and its number, so that a reader who was away for a moment is given
what it missed, and one who was away for too long is told to look at everything anew. For each change it is written down
which connections were open when it came into force, when each of them was sent the news and when its page said that it
had it. That is the proof of propagation: not a promise, a measurement.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Final, Literal

import msgspec

from tandem.kernel.identity import Entropy
from tandem.kernel.time import Clock, Micros, format_instant

__all__ = ["CHANGES_KEPT", "Change", "ChangeKind", "ChangeLog", "Connection"]

CHANGES_KEPT: Final = 1_024
"""Changes a reader may miss and still be given one by one."""

ChangeKind = Literal["release", "list", "case", "artefact", "person"]

_ENCODE = msgspec.json.Encoder().encode


@dataclass(slots=True)
class Change:
    """One change and its way to everybody.

    Attributes:
        number: from 1, in order.
        in_force_us: from when it was asked for until it was durable and in force; None where that is not known.
        awaited: connections that were open then and have not been sent it.
        sent_us, confirmed_us: by connection, microseconds after it was in force.
        left: connections that closed before they were sent it.
    """

    number: int
    id: str
    kind: ChangeKind
    name: str
    seq: int
    at: Micros
    in_force_us: int | None
    started_ns: int
    message: bytes
    awaited: set[str]
    sent_us: dict[str, int] = field(default_factory=dict)
    confirmed_us: dict[str, int] = field(default_factory=dict)
    left: int = 0


@dataclass(slots=True)
class Connection:
    """One open stream. ``sent`` is the number of the newest change it was sent, ``confirmed`` of what its page has."""

    name: str
    who: str
    opened_at: Micros
    sent: int
    sent_at: Micros
    confirmed: int | None = None
    confirmed_at: Micros | None = None


class ChangeLog:
    """The ring and the book. Safe to use from several threads."""

    def __init__(self, clock: Clock, entropy: Entropy) -> None:
        self._clock = clock
        self._entropy = entropy
        self._lock = threading.Lock()
        self._run = entropy.bytes(4).hex()
        self._changes: deque[Change] = deque(maxlen=CHANGES_KEPT)
        self._followed: deque[Change] = deque(maxlen=CHANGES_KEPT)
        self._count = 0
        self._connections: dict[str, Connection] = {}

    def add(self, kind: ChangeKind, name: str, seq: int, asked_at: Micros | None = None) -> Change:
        """Number a change that is in force now."""
        with self._lock:
            self._count += 1
            now = self._clock.now()
            told = {"kind": kind, "name": name, "seq": seq, "at": format_instant(now)}
            change = Change(
                number=self._count,
                id=self.id_of(self._count),
                kind=kind,
                name=name,
                seq=seq,
                at=now,
                in_force_us=None if asked_at is None else max(0, now - asked_at),
                started_ns=self._clock.monotonic_ns(),
                message=b"event: changed\nid: %b\ndata: %b\n\n" % (self.id_of(self._count).encode(), _ENCODE(told)),
                awaited=set() if kind == "case" else set(self._connections),
            )
            self._changes.append(change)
            if kind != "case":  # of which a busy hour opens thousands, and which nobody decides by
                self._followed.append(change)
            return change

    def after(self, number: int) -> tuple[list[Change], int]:
        """Changes behind ``number``, in order, and the number of the newest; none where too many were missed."""
        with self._lock:
            missed = self._count - number
            found = list(self._changes)[-missed:] if 0 < missed <= len(self._changes) else []
            return found, self._count

    # -- connections ---------------------------------------------------------------------------------------------------

    def open(self, who: str, last_id: str | None) -> tuple[Connection, bool]:
        """A new connection that has heard everything up to ``last_id`` (None: everything there is so far).

        Returns:
            The connection, and whether nothing is lost: an id of another run says nothing about this one's changes.
        """
        with self._lock:
            heard = self._count if last_id is None else self._number(last_id)
            now = self._clock.now()
            sent = self._count if heard is None else heard
            opened = Connection(self._entropy.bytes(8).hex(), who, now, sent, now)
            self._connections[opened.name] = opened
            return opened, heard is not None

    def close(self, connection: Connection) -> None:
        """The connection has ended; nobody waits for it any more."""
        with self._lock:
            del self._connections[connection.name]
            for change in self._followed:
                if connection.name in change.awaited:
                    change.awaited.discard(connection.name)
                    change.left += 1

    def sent(self, connection: Connection, number: int) -> None:
        """Everything up to change ``number`` has been handed to the socket of ``connection``."""
        with self._lock:
            for change in reversed(self._followed):
                if change.number <= connection.sent:
                    break
                # One that opened later was told what it had missed; that says nothing about the way of the news.
                if change.number <= number and connection.name in change.awaited:
                    change.awaited.discard(connection.name)
                    change.sent_us[connection.name] = self._since(change)
            connection.sent, connection.sent_at = number, self._clock.now()

    def confirm(self, name: str, id: str) -> bool:  # noqa: A002 - what it is
        """The page behind connection ``name`` has everything up to change ``id``; False where either is not known."""
        with self._lock:
            connection, number = self._connections.get(name), self._number(id)
            if connection is None or number is None:
                return False
            for change in reversed(self._followed):
                if change.number <= (connection.confirmed or 0):
                    break
                if change.number <= number and name in change.sent_us:
                    change.confirmed_us[name] = self._since(change)
            connection.confirmed, connection.confirmed_at = number, self._clock.now()
            return True

    def connections(self) -> list[Connection]:
        """Open connections, oldest first."""
        with self._lock:
            return [*self._connections.values()]

    def recent(self, limit: int, seq: int | None = None) -> list[Change]:
        """The newest changes first, but for cases; with ``seq`` only those of that journal record."""
        with self._lock:
            found = [change for change in reversed(self._followed) if seq in {None, change.seq}]
            return found[:limit]

    def id_of(self, number: int) -> str:
        """The id of change ``number`` of this run."""
        return f"{self._run}-{number}"

    def _number(self, id: str) -> int | None:  # noqa: A002 - what it is
        run, _, number = id.partition("-")
        if run != self._run or not (number.isascii() and number.isdecimal()) or len(number) > 18:
            return None
        return int(number) if int(number) <= self._count else None

    def _since(self, change: Change) -> int:
        return (self._clock.monotonic_ns() - change.started_ns) // 1_000
