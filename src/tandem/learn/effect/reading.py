"""The journal, followed: decisions of one policy with what they used, and what became of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final

import msgspec

from tandem.decide.decisions import DecisionProcess, LiveRelease, decode_body, document_of, personal_of
from tandem.decide.decisions.state import event_of
from tandem.decide.policy import parse_policy
from tandem.decide.policy.set_based import KnownScore
from tandem.decide.policy.types import ModelStage
from tandem.decide.policy.walking import walk
from tandem.kernel.artefacts import ArtefactKey
from tandem.kernel.errors import NotFound
from tandem.kernel.identity import Digest, EventTypeName
from tandem.learn.effect.definitions import OutcomeDefinition
from tandem.learn.effect.facts import FactStore, FactTable, ModelKey, Recorded
from tandem.observe.events import Event
from tandem.observe.journal import Record
from tandem.observe.journal.erasure import erasure_of

__all__ = ["DecisionFacts", "Stopped"]

_STRIDE: Final = 20_000
_TOLD_EVERY: Final = 256


class Stopped(Exception):
    """Nobody wants the answer any more."""


class _Kind(msgspec.Struct):
    event_type: str


_KIND = msgspec.json.Decoder(_Kind)


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
        self._definition = definition
        self._kept = kept
        context = live.context_for(self._event_type)
        self._store = FactStore(context.columns, context.lists, kept=kept)
        fields = live.reader.event_types[EventTypeName(self._event_type)].fields
        self._fields = frozenset(["occurred_at", "received_at", *(one.name for one in fields)])
        self._lock = threading.Lock()
        self._seen: int | None = None
        self._event: Record | None = None
        self._models: dict[tuple[Digest, Digest], dict[str, ModelKey]] = {}
        self._lists: dict[Digest, frozenset[str]] = {}
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
            kind = _KIND.decode(record.clear).event_type
            if kind == self._event_type:
                self._event = record
            if self._definition is not None and kind == self._definition.event:
                self._turned_out(record)
        elif record.kind == "decision":
            self._decided(record)
        else:
            self.erased += self._store.forget(str(erasure_of(record.clear).subject))

    def _turned_out(self, record: Record) -> None:
        assert self._definition is not None, "asked only with a definition"
        if not self._live.knows(record):
            return
        event = self._opened(record)
        refers, bad = event.values.get(self._definition.refers), event.values.get(self._definition.bad)
        if isinstance(refers, str) and isinstance(bad, bool):
            self._store.turned_out(refers, bad=bad)

    def _decided(self, record: Record) -> None:
        if _BRIEF.decode(record.clear).trail.policy != self._policy:
            return
        trail = decode_body(record.clear).trail
        personal = personal_of(record, self._process.journal)
        if personal is None:
            self.erased += 1
            return
        event = self._event
        if event is None or event.seq != trail.event_seq:
            event = next(self._process.journal.read(trail.event_seq, trail.event_seq), None)
        values: dict[str, Any] = {}
        if event is not None and self._live.knows(event):
            values = self._opened(event).values
        models = self._models_of(trail.release, trail.policy_digest)
        row = {
            **values,
            "occurred_at": trail.occurred_at,
            "received_at": record.recorded_at,
            **personal.inputs,
        }
        self._store.add(
            Recorded(
                decision_id=str(trail.decision_id),
                event_id=str(trail.event_id),
                seq=int(record.seq),
                occurred_at=trail.occurred_at,
                subject=None if record.subject is None else str(record.subject),
                outcome=trail.outcome,
                row=row,
                names=self._fields.union(personal.inputs),
                lists=self._asked(trail.policy_digest, trail.release),
                members=personal.members,
                scores={
                    models[stage]: KnownScore(score.probability, score.margin, score.points)
                    for stage, score in trail.scores.items()
                    if stage in models
                },
            )
        )

    def _opened(self, record: Record) -> Event:
        return event_of(record, self._live, self._process.journal.open_secret)

    def _asked(self, policy: Digest, release: Digest) -> frozenset[str]:
        """The lists that a version of the policy asked."""
        if policy not in self._lists:
            live = self._live
            if live.policy_digests.get(self._policy) != policy:
                live = self._process.archive.release(release)
            self._lists[policy] = frozenset(live.policies[self._policy].lists)
        return self._lists[policy]

    def _models_of(self, release: Digest, policy: Digest) -> dict[str, ModelKey]:
        """Model stage of a version of the policy to the model it used in a release."""
        key = (release, policy)
        if key not in self._models:
            found: dict[str, ModelKey] = {}
            try:
                manifest = self._process.state.register.release_of(release).manifest
                stages = [stage for _, stage in walk(parse_policy(self._document(policy)))]
            except NotFound:
                manifest, stages = {}, []
            for stage in stages:
                digest = None
                if isinstance(stage, ModelStage):
                    digest = manifest.get(str(ArtefactKey("model", stage.uses)))
                if isinstance(stage, ModelStage) and digest is not None:
                    found[stage.name] = (stage.uses, str(digest))
            self._models[key] = found
        return self._models[key]

    def _document(self, policy: Digest) -> dict[str, Any]:
        return document_of(self._process.state.register.version(policy).artefact)
