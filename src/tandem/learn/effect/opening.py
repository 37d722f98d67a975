"""A decision record opened: everything it may have looked at, under the names of a release of today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from tandem.decide.decisions import LiveRelease, decode_body, document_of, personal_of
from tandem.decide.decisions.state import event_of
from tandem.decide.policy import parse_policy
from tandem.decide.policy.set_based import KnownScore
from tandem.decide.policy.types import ModelStage
from tandem.decide.policy.walking import walk
from tandem.kernel.artefacts import ArtefactKey, ArtefactRegister
from tandem.kernel.errors import NotFound
from tandem.kernel.identity import Digest, EventTypeName
from tandem.learn.effect.facts import ModelKey, Recorded
from tandem.observe.events import Event
from tandem.observe.journal import Journal, JournalView, Record

__all__ = ["DecisionOpener", "ReleasesThen"]


class ReleasesThen:
    """The releases under which decisions were taken: what their policies asked, and of which models.

    Args:
        register: of the artefacts.
        assembled: a release by its digest, ready to decide.
    """

    def __init__(self, register: ArtefactRegister, assembled: Callable[[Digest], LiveRelease]) -> None:
        self.register = register
        self.release = assembled
        self._models: dict[tuple[Digest, Digest, tuple[tuple[str, str], ...]], dict[str, ModelKey]] = {}
        self._lists: dict[tuple[Digest, str], frozenset[str]] = {}

    def lists_of(self, release: Digest, policy: str, digest: Digest) -> frozenset[str]:
        """The lists that a version of a policy asked."""
        key = (digest, policy)
        if key not in self._lists:
            self._lists[key] = frozenset(self.release(release).policies[policy].lists)
        return self._lists[key]

    def models_of(
        self, release: Digest, policy: Digest, replaced: Mapping[str, str] | None = None
    ) -> dict[str, ModelKey]:
        """Model stage of a version of a policy to the model it used in a release.

        Args:
            replaced: model to the one that an arm of an experiment asked in its place.
        """
        replaced = replaced or {}
        key = (release, policy, tuple(sorted(replaced.items())))
        if key not in self._models:
            found: dict[str, ModelKey] = {}
            try:
                manifest = self.register.release_of(release).manifest
                stages = [stage for _, stage in walk(parse_policy(self._document(policy)))]
            except NotFound:
                manifest, stages = {}, []
            for stage in stages:
                digest = None
                if isinstance(stage, ModelStage):
                    digest = manifest.get(str(ArtefactKey("model", replaced.get(stage.uses, stage.uses))))
                if isinstance(stage, ModelStage) and digest is not None:
                    found[stage.name] = (replaced.get(stage.uses, stage.uses), str(digest))
            self._models[key] = found
        return self._models[key]

    def _document(self, policy: Digest) -> dict[str, Any]:
        return document_of(self.register.version(policy).artefact)


class _Kind(msgspec.Struct):
    event_type: str


_KIND = msgspec.json.Decoder(_Kind)


class DecisionOpener:
    """Opens decisions on one type of event. Records are shown to it in the order of the journal.

    Args:
        live: the release by which the fields of events are read.
        event_type: of the events decided on.
    """

    def __init__(self, journal: Journal | JournalView, live: LiveRelease, event_type: str, then: ReleasesThen) -> None:
        self._journal = journal
        self._live = live
        self._event_type = event_type
        self._then = then
        fields = live.reader.event_types[EventTypeName(event_type)].fields
        self.fields = frozenset(["occurred_at", "received_at", *(one.name for one in fields)])
        self._event: Record | None = None

    def event(self, record: Record) -> str:
        """Look at an event record, which a decision may follow; its type."""
        kind = _KIND.decode(record.clear).event_type
        if kind == self._event_type:
            self._event = record
        return kind

    def opened(self, record: Record) -> Event:
        """The event of a record."""
        return event_of(record, self._live, self._journal.open_secret)

    def decision(self, record: Record) -> Recorded | None:
        """The decision of a record; None where its person was erased."""
        trail = decode_body(record.clear).trail
        personal = personal_of(record, self._journal)
        if personal is None:
            return None
        event = self._event
        if event is None or event.seq != trail.event_seq:
            event = next(self._journal.read(trail.event_seq, trail.event_seq), None)
        values: dict[str, Any] = {}
        if event is not None and self._live.knows(event):
            values = self.opened(event).values
        models = self._then.models_of(
            trail.release,
            trail.policy_digest,
            {live: other for arm in trail.arms for live, other in arm.models.items()},
        )
        return Recorded(
            decision_id=str(trail.decision_id),
            event_id=str(trail.event_id),
            seq=int(record.seq),
            occurred_at=trail.occurred_at,
            subject=None if record.subject is None else str(record.subject),
            outcome=trail.outcome,
            row={
                **values,
                "occurred_at": trail.occurred_at,
                "received_at": record.recorded_at,
                **personal.inputs,
            },
            names=self.fields.union(personal.inputs),
            lists=self._then.lists_of(trail.release, trail.policy, trail.policy_digest),
            members=personal.members,
            scores={
                models[stage]: KnownScore(score.probability, score.margin, score.points)
                for stage, score in trail.scores.items()
                if stage in models
            },
            event_seq=int(trail.event_seq),
            release=str(trail.release),
            policy=trail.policy,
        )
