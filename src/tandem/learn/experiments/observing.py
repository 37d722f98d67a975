"""What came of an experiment: its decisions, read from the journal once and kept up with it.

Only decisions under the present treatment count: when what an arm replaces is released anew, the reading begins anew, for
two challengers are not one. Shares may change; each stretch with its own shares is kept apart. In a shadow the challenger is
computed here, on the inputs that the decision recorded, and never before the answer was durable.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from tandem.decide.decisions import (
    DecisionProcess,
    LiveRelease,
    Trail,
    Trial,
    decode_body,
    document_of,
    event_of,
    facts_again,
    judge,
    measured_columns,
    personal_of,
)
from tandem.decide.experiments import Experiment, parse_experiment
from tandem.kernel.artefacts import ArtefactKey, Released, decode_change
from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import NotFound
from tandem.kernel.expressions import compile_row, parse
from tandem.kernel.identity import Digest
from tandem.kernel.time import Clock, Micros
from tandem.kernel.values import Row
from tandem.learn.labels import (
    Asked,
    DecidedEvent,
    Label,
    LabelConditions,
    Terms,
    Told,
    conditions_of,
    label_of,
    outcome_for,
)
from tandem.observe.journal import Record
from tandem.observe.journal.erasure import erasure_of

__all__ = ["Compared", "Observations", "Seen", "Stretch", "stretch_of"]

_KEPT: Final = 200_000
"""Decisions of one experiment that are remembered, the newest."""


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """One version of an experiment: its shares in percent by arm."""

    digest: Digest
    shares: tuple[float, ...]
    run: int
    treatment: Digest
    ended: bool


class Seen(msgspec.Struct, kw_only=True):
    """One decision in one arm.

    Attributes:
        arm: its place among the arms.
        expressions: the experiment's own measures: each for an outcome not known, good, and bad.
    """

    event_id: str
    subject: str | None
    at: Micros
    unit: str
    arm: int
    stretch: Digest
    outcome: str
    limit_minor: int | None
    amount_minor: int | None
    took_us: float
    expressions: tuple[tuple[Any, Any, Any], ...]
    segments: tuple[Any, ...]
    merged: tuple[str, ...] = ()
    shadow: Compared | None = None


class Compared(msgspec.Struct, kw_only=True):
    """What the challenger of a shadow came to on the same facts."""

    outcome: str
    limit_minor: int | None
    took_us: float
    expressions: tuple[tuple[Any, Any, Any], ...]
    reasons_differ: bool
    score_moved: float | None


class _Kind(msgspec.Struct):
    event_type: str


class _Limit(msgspec.Struct):
    limit_minor: int | None = None


_KIND = msgspec.json.Decoder(_Kind)
_LIMIT = msgspec.json.Decoder(_Limit)


def stretch_of(process: DecisionProcess, name: str, manifest: Mapping[str, Digest]) -> Stretch | None:
    """The version of the experiment that stands in a release; None where there is none."""
    digest = manifest.get(str(ArtefactKey("experiment", name)))
    if digest is None:
        return None
    found = parse_experiment(document_of(process.state.register.version(digest).artefact))
    replaced = [
        {
            "models": {live: str(manifest.get(f"model/{other}")) for live, other in sorted(arm.models.items())},
            "policy": None if arm.policy is None else str(manifest.get(f"policy/{arm.policy}")),
        }
        for arm in found.arms
    ]
    return Stretch(
        digest=digest,
        shares=tuple(arm.share for arm in found.arms),
        run=found.run,
        treatment=digest_of({"arms": replaced, "run": found.run, "mode": found.mode}),
        ended=found.ended,
    )


class Observations:
    """The decisions of one experiment. Safe to call from several threads.

    Args:
        live: a release it stands in: by it events are read and shadows computed.
    """

    def __init__(self, process: DecisionProcess, live: LiveRelease, name: str, *, clock: Clock) -> None:
        self.trial: Trial = live.arms.trials[name]
        self.experiment: Experiment = self.trial.experiment
        self.rows: list[Seen] = []
        self.dropped = self.unread = self.erased = 0
        self.changes = 0
        """Moves with whatever a reading depends on."""
        self.stretches: dict[Digest, Stretch] = {}
        self.since: Micros | None = None
        self._process = process
        self._live = live
        self._clock = clock
        self._lock = threading.RLock()
        self._seen: int | None = None
        self._event: Record | None = None
        self._by_release: dict[Digest, Stretch | None] = {}
        self._places: dict[str, int] = {}
        self._told: dict[str, list[Told]] = {}
        self._arms = {arm.arm: place for place, arm in enumerate(self.experiment.arms)}
        definition = outcome_for(live, self.experiment.on)
        types = {str(one): each for one, each in live.reader.event_types.items()}
        self.label: LabelConditions | None = None if definition is None else conditions_of(definition, types)
        own = [self.experiment.metric.of, *(guard.of for guard in self.experiment.guards)]
        columns = measured_columns(live.context_for(self.experiment.on))
        self.expressions = tuple(dict.fromkeys(text for text in own if text is not None))
        parsed = [parse(text, columns) for text in self.expressions]
        self._measure: Callable[..., Any] | None = compile_row(parsed) if parsed else None
        self._here = self._stretch(live.digest)

    def extend(self) -> None:
        """Read on to the last durable decision."""
        with self._lock:
            head = int(self._process.journal.head.seq)
            if self._seen is None:
                self._seen = self._beginning() - 1
            if self._seen >= head:
                return
            for record in self._process.journal.read(self._seen + 1, head, kinds=["event", "decision", "erasure"]):
                self._take(record)
                self._seen = int(record.seq)
            self._seen = head

    def labels(self, now: Micros) -> dict[str, Label]:
        """What is known of each event of which something was told, or whose silence means something."""
        with self._lock:
            if self.label is None:
                return {}
            definition = self.label.definition
            terms = Terms.of(definition)
            asked = Asked(seq=int(self._process.journal.head.seq), at=now)
            wanted = self._places if definition.good_when_silent else self._told.keys() & self._places.keys()
            found = {}
            for event_id in wanted:
                row = self.rows[self._places[event_id]]
                event = DecidedEvent(seq=0, occurred_at=row.at, decision=row.outcome)
                found[event_id] = label_of(event, self._told.get(event_id, ()), terms, asked)
            return found

    # -- inside

    def _beginning(self) -> int:
        """The place of the release in which the experiment first stood."""
        key = str(ArtefactKey("experiment", self.experiment.name))
        for record in self._process.journal.read(kinds=["artefact"]):
            change = decode_change(record.clear)
            if isinstance(change, Released) and key in change.manifest:
                return int(record.seq)
        return int(self._process.journal.head.seq) + 1

    def _stretch(self, release: Digest) -> Stretch | None:
        if release not in self._by_release:
            try:
                manifest = self._process.state.register.release_of(release).manifest
            except NotFound:
                manifest = {}
            self._by_release[release] = stretch_of(self._process, self.experiment.name, manifest)
        return self._by_release[release]

    def _take(self, record: Record) -> None:
        if record.kind == "event":
            kind = _KIND.decode(record.clear).event_type
            if kind == self.experiment.on:
                self._event = record
            if self.label is not None and kind == self.label.telling.event_type.name and self._live.knows(record):
                self._hear(record)
        elif record.kind == "decision":
            self._decided(record)
        else:
            self._forget(str(erasure_of(record.clear).subject))

    def _hear(self, record: Record) -> None:
        assert self.label is not None, "asked only with a definition"
        event = event_of(record, self._live, self._process.journal.open_secret)
        told = self.label.telling.of(event.values, int(event.occurred_at))
        if told is None:
            return
        one = Told(
            seq=int(record.seq),
            event_id=str(event.event_id),
            received_at=event.received_at,
            occurred_at=event.occurred_at,
            bad=told[1],
            supersedes=event.supersedes,
        )
        self._told.setdefault(told[0], []).append(one)
        self.changes += 1

    def _forget(self, subject: str) -> None:
        kept = [row for row in self.rows if row.subject != subject]
        if len(kept) != len(self.rows):
            self.erased += len(self.rows) - len(kept)
            self.changes += 1
            self.rows = kept
            self._places = {row.event_id: place for place, row in enumerate(kept)}

    def _decided(self, record: Record) -> None:
        body = decode_body(record.clear)
        trail = body.trail
        stretch = self._stretch(trail.release)
        here = self._here
        if trail.event_type != self.experiment.on or stretch is None or here is None or stretch.ended:
            return
        if stretch.treatment != here.treatment or stretch.run != here.run:
            return
        found = self._shadowed(trail, record, stretch) if self.experiment.mode == "shadow" else self._assigned(trail)
        if found is None:
            return
        arm, unit, merged = found
        personal = personal_of(record, self._process.journal)
        if personal is None:
            self.erased += 1
            return
        values = self._values(trail)
        row: Row = {**values, "occurred_at": trail.occurred_at, "received_at": record.recorded_at, **personal.inputs}
        limit = _LIMIT.decode(body.answer).limit_minor
        seen = Seen(
            event_id=str(trail.event_id),
            subject=None if record.subject is None else str(record.subject),
            at=trail.occurred_at,
            unit=unit,
            arm=arm,
            stretch=stretch.digest,
            outcome=trail.outcome,
            limit_minor=limit,
            amount_minor=self._amount(values),
            took_us=sum(trail.timings_us.values()),
            expressions=self._measured(row, trail.outcome, limit),
            segments=tuple(values.get(field) for field in self.experiment.segments),
            merged=merged,
        )
        if self.experiment.mode == "shadow":
            seen.shadow = self._compute(trail, personal, row)
            if seen.shadow is None:
                self.unread += 1
                return
        if self.label is not None and self.label.excluded(values, int(trail.occurred_at)) is not None:
            return
        self._keep(seen, stretch, record.recorded_at)

    def _keep(self, seen: Seen, stretch: Stretch, at: Micros) -> None:
        self.changes += 1
        self.since = at if self.since is None else self.since
        self.stretches[stretch.digest] = stretch
        self._places[seen.event_id] = len(self.rows)
        self.rows.append(seen)
        if len(self.rows) > _KEPT + _KEPT // 10:
            gone = len(self.rows) - _KEPT
            self.dropped += gone
            self.rows = self.rows[gone:]
            self._places = {row.event_id: place for place, row in enumerate(self.rows)}

    def _assigned(self, trail: Trail) -> tuple[int, str, tuple[str, ...]] | None:
        for one in trail.arms:
            if one.experiment == self.experiment.name and one.arm in self._arms and one.unit is not None:
                return self._arms[one.arm], str(one.unit), tuple(map(str, one.merged))
        return None

    def _shadowed(self, trail: Trail, record: Record, stretch: Stretch) -> tuple[int, str, tuple[str, ...]] | None:
        withdrawn = self._process.state.register.withdrawn.get(stretch.digest)
        if withdrawn is not None and record.recorded_at >= withdrawn.at:
            return None
        if trail.policy != self.trial.policy or any(one.models for one in trail.arms):
            return None
        unit = trail.entities.get(self.trial.field)
        if unit is None or self.trial.assigner.arm_of(unit) == self.experiment.champion.arm:
            return None
        return 0, str(unit), ()

    def _values(self, trail: Trail) -> Row:
        event = self._event
        if event is None or event.seq != trail.event_seq:
            event = next(self._process.journal.read(trail.event_seq, trail.event_seq), None)
        if event is None or not self._live.knows(event):
            return {}
        return event_of(event, self._live, self._process.journal.open_secret).values

    def _amount(self, values: Row) -> int | None:
        field = None if self.label is None else self.label.definition.amount
        if field is None and self.experiment.exposure is not None:
            field = self.experiment.exposure.field
        amount = None if field is None else values.get(field)
        return amount if isinstance(amount, int) else None

    def _measured(self, row: Row, outcome: str, limit: int | None) -> tuple[tuple[Any, Any, Any], ...]:
        if self._measure is None:
            return ()
        ways = [
            self._measure({**row, "outcome": outcome, "limit_minor": limit, "bad": bad}, {})
            for bad in (None, False, True)
        ]
        return tuple(zip(*ways, strict=True))

    def _compute(self, trail: Trail, personal: Any, row: Row) -> Compared | None:
        """The challenger on what was recorded; None where something it needs was not."""
        policy = self.trial.arms[self.experiment.challengers[0].arm]
        if not set(policy.columns) <= personal.inputs.keys():
            return None
        started = self._clock.monotonic_ns()
        result = judge(facts_again(personal, policy), policy)
        took = (self._clock.monotonic_ns() - started) / 1000
        moved = [
            abs(result.scores[stage].probability - kept.probability)
            for stage, kept in trail.scores.items()
            if stage in result.scores
        ]
        return Compared(
            outcome=str(result.outcome),
            limit_minor=result.limit_minor,
            took_us=took,
            expressions=self._measured(row, str(result.outcome), result.limit_minor),
            reasons_differ={one.code for one in result.reasons} != set(trail.reasons),
            score_moved=max(moved, default=None),
        )
