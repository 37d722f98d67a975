"""History from the journal itself: every record opened, one by one. Slow beside the lake, and always there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros
from tandem.learn.backtest.batches import HistoryBatch, batch_of
from tandem.learn.backtest.sources import Sources
from tandem.learn.effect import DecisionOpener, Recorded, ReleasesThen, Stopped

__all__ = ["JournalHistory"]

_BATCH: Final = 20_000


class _Trailed(msgspec.Struct):
    event_type: str
    occurred_at: int
    release: str


class _Brief(msgspec.Struct):
    trail: _Trailed


_BRIEF = msgspec.json.Decoder(_Brief)


class JournalHistory:
    """The decisions on one type of event between two instants of event time.

    Args:
        going: false ends it.
    """

    def __init__(
        self,
        sources: Sources,
        event_type: str,
        since: Micros | None,
        until: Micros | None,
        *,
        going: Callable[[], bool] = lambda: True,
    ) -> None:
        self._sources = sources
        self._event_type = event_type
        self._since = since
        self._until = until
        self._going = going
        self._count: tuple[int, tuple[Digest, ...]] | None = None

    @property
    def total(self) -> int:
        """Decisions in the stretch."""
        return self._counted()[0]

    def releases(self) -> tuple[Digest, ...]:
        """Those that decided in the stretch, in the order of their first decision."""
        return self._counted()[1]

    def batches(self, columns: Mapping[str, Column], lists: Sequence[str]) -> Iterator[HistoryBatch]:
        """The decisions, in order, with these facts and lists.

        Raises:
            Stopped: no longer ``going``.
        """
        then = ReleasesThen(self._sources.register, self._sources.release)
        opener = DecisionOpener(self._sources.journal, self._sources.live, self._event_type, then)
        some: list[Recorded] = []
        erased = 0
        for record in self._sources.journal.read(1, self._sources.last, kinds=["event", "decision"]):
            if record.kind == "event":
                opener.event(record)
                continue
            if not self._takes(_BRIEF.decode(record.clear).trail):
                continue
            found = opener.decision(record)
            if found is None:
                erased += 1
            else:
                some.append(found)
            if len(some) == _BATCH:
                yield batch_of(some, columns, lists, erased)
                some, erased = [], 0
                self._go_on()
        if some or erased:
            yield batch_of(some, columns, lists, erased)

    def _takes(self, trail: _Trailed) -> bool:
        if trail.event_type != self._event_type:
            return False
        after = self._since is None or trail.occurred_at >= self._since
        return after and (self._until is None or trail.occurred_at < self._until)

    def _counted(self) -> tuple[int, tuple[Digest, ...]]:
        if self._count is None:
            count, releases = 0, dict[Digest, None]()
            for record in self._sources.journal.read(1, self._sources.last, kinds=["decision"]):
                trail = _BRIEF.decode(record.clear).trail
                if self._takes(trail):
                    count += 1
                    releases[Digest(trail.release)] = None
            self._count = count, tuple(releases)
        return self._count

    def _go_on(self) -> None:
        if not self._going():
            raise Stopped
