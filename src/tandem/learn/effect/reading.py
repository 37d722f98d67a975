"""The journal, followed: decisions of one policy with what they used, and what became of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

import msgspec

from tandem.decide.decisions import DecisionProcess, LiveRelease
from tandem.kernel.time import Micros
from tandem.kernel.values import Row
from tandem.learn.effect.facts import FactStore, FactTable
from tandem.learn.effect.opening import DecisionOpener, ReleasesThen
from tandem.learn.labels import OutcomeDefinition, conditions_of
from tandem.observe.journal import Record
from tandem.observe.journal.erasure import erasure_of

__all__ = ["DecisionFacts", "Stopped"]

_STRIDE: Final = 20_000
_TOLD_EVERY: Final = 256


class Stopped(Exception):
    """Nobody wants the answer any more."""


class _Trailed(msgspec.Struct):
    policy: str


class _Brief(msgspec.Struct):
    trail: _Trailed


_BRIEF = msgspec.json.Decoder(_Brief)


class DecisionFacts:
    """The newest decisions of one policy, kept up with the journal. Safe to call from several threads.

    Args:
        process: whose journal is followed.
        live: the release whose facts a draft may read; another release with other facts needs another object.
        policy: name of the policy.
        definition: how decisions turn out; None where that is not defined.
        kept: decisions remembered.
    """

    def __init__(
        self,
        process: DecisionProcess,
        live: LiveRelease,
        policy: str,
        definition: OutcomeDefinition | None,
        *,
        kept: int,
    ) -> None:
        self._process = process
        self._live = live
        self._policy = policy
        self._event_type = live.policies[policy].policy.event
        types = {str(name): one for name, one in live.reader.event_types.items()}
        self._label = None if definition is None else conditions_of(definition, types)
        self._labelled: OrderedDict[str, Micros] = OrderedDict()
        """When each event happened that may be told about."""
        self._kept = kept
        context = live.context_for(self._event_type)
        self._store = FactStore(context.columns, context.lists, kept=kept)
        then = ReleasesThen(process.state.register, process.archive.release)
        self._opener = DecisionOpener(process.journal, live, self._event_type, then)
        self._lock = threading.Lock()
        self._seen: int | None = None
        self.erased = 0
        """Decisions left out because their person was erased."""
        self.progress: tuple[int, int] | None = None
        """(journal places read, of how many) while a long stretch is being read."""

    def table(self, going: Callable[[], bool] = lambda: True) -> FactTable:
        """The decisions, up to the last durable one.

        Raises:
            Stopped: no longer ``going``; what was read stays.
        """
        with self._lock:
            self._extend(going)
            return self._store.table()

    def _extend(self, going: Callable[[], bool]) -> None:
        head = int(self._process.journal.head.seq)
        if self._seen is None:
            self._seen = self._beginning(head, going) - 1
        first = self._seen + 1
        if first > head:
            return
        try:
            for record in self._process.journal.read(first, head, kinds=["event", "decision", "erasure"]):
                if record.seq % _TOLD_EVERY == 0:
                    self.progress = (int(record.seq) - first, head - first + 1)
                    if not going():
                        raise Stopped
                self._take(record)
                self._seen = int(record.seq)
            self._seen = head
        finally:
            self.progress = None

    def _beginning(self, head: int, going: Callable[[], bool]) -> int:
        """Where the newest ``kept`` decisions of the policy begin."""
        found, last = 0, head
        while last > 0:
            if not going():
                raise Stopped
            first = max(1, last - _STRIDE + 1)
            records = self._process.journal.read(first, last, kinds=["decision"])
            places = [int(one.seq) for one in records if _BRIEF.decode(one.clear).trail.policy == self._policy]
            found += len(places)
            if found >= self._kept:
                return max(1, places[found - self._kept] - 1)
            last = first - 1
        return 1

    def _take(self, record: Record) -> None:
        if record.kind == "event":
            kind = self._opener.event(record)
            if self._label is not None and kind == self._label.telling.event_type.name:
                self._turned_out(record)
        elif record.kind == "decision":
            self._decided(record)
        else:
            self.erased += self._store.forget(str(erasure_of(record.clear).subject))

    def _turned_out(self, record: Record) -> None:
        assert self._label is not None, "asked only with a definition"
        if not self._live.knows(record):
            return
        event = self._opener.opened(record)
        told = self._label.telling.of(event.values, int(event.occurred_at))
        if told is None or told[0] not in self._labelled:
            return
        window = self._label.definition.window_us
        if window is None or 0 <= event.occurred_at - self._labelled[told[0]] <= window:
            self._store.turned_out(told[0], bad=told[1])

    def _awaited(self, event_id: str, values: Row, occurred_at: Micros) -> None:
        """Listen from now on for what became of a decided event, unless it is never labelled."""
        if self._label is None or self._label.excluded(values, int(occurred_at)) is not None:
            return
        self._labelled[event_id] = occurred_at
        while len(self._labelled) > self._kept:
            self._labelled.popitem(last=False)

    def _decided(self, record: Record) -> None:
        if _BRIEF.decode(record.clear).trail.policy != self._policy:
            return
        found = self._opener.decision(record)
        if found is None:
            self.erased += 1
            return
        self._awaited(found.event_id, found.row, found.occurred_at)
        self._store.add(found)
