"""Facts kept warm, one answer at a time for each session: a newer question ends the older one."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import duckdb
import msgspec

from tandem.decide.decisions import DecisionProcess, LiveRelease, document_of
from tandem.decide.models import Model, load_model
from tandem.decide.policy import CompiledPolicy, ModelSignature, PolicyContext, compile_policy, parse_policy
from tandem.decide.policy.set_based import SetPolicy
from tandem.kernel.artefacts import ArtefactKey
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, Unavailable
from tandem.kernel.identity import Digest, EventTypeName
from tandem.kernel.time import Clock
from tandem.learn.effect.comparing import Asked, Side, preview
from tandem.learn.effect.effects import Effect
from tandem.learn.effect.reading import DecisionFacts, Stopped
from tandem.learn.labels import outcome_for

__all__ = ["DECISIONS_MAX", "EffectProgress", "Effects"]

DECISIONS_MAX: Final = 100_000
"""Decisions of one policy that are kept in memory and looked at."""
_POLICIES_KEPT: Final = 3
_SESSIONS_KEPT: Final = 64


class EffectProgress(msgspec.Struct, frozen=True, kw_only=True):
    """What a session's question is waiting for: ``idle``, ``reading``, ``scoring`` or ``deciding``."""

    doing: str
    done: int = 0
    total: int = 0


@dataclass
class _Question:
    """One question while it is being answered."""

    connection: duckdb.DuckDBPyConnection
    stopped: threading.Event = field(default_factory=threading.Event)
    progress: EffectProgress = field(default_factory=lambda: EffectProgress(doing="reading"))
    facts: DecisionFacts | None = None

    def going(self) -> bool:
        return not self.stopped.is_set()

    def stop(self) -> None:
        self.stopped.set()
        self.connection.interrupt()

    def tell(self, doing: str, done: int, total: int) -> None:
        self.progress = EffectProgress(doing=doing, done=done, total=total)


class Effects:
    """Answers what a draft would have done. Safe to call from several threads.

    Args:
        process: whose decisions are looked at.
        kept: decisions of one policy remembered, the newest.
    """

    def __init__(self, process: DecisionProcess, *, clock: Clock, kept: int = DECISIONS_MAX) -> None:
        self._process = process
        self._clock = clock
        self._kept = kept
        self._lock = threading.Lock()
        self._facts: OrderedDict[Any, DecisionFacts] = OrderedDict()
        self._questions: OrderedDict[str, _Question] = OrderedDict()
        self._live_sides: OrderedDict[Digest, SetPolicy] = OrderedDict()
        self._database: duckdb.DuckDBPyConnection | None = None

    def preview(
        self,
        document: Mapping[str, Any],
        *,
        session: str,
        last: int | None = None,
        models: Mapping[str, Digest] | None = None,
        score: bool = False,
    ) -> Effect:
        """What the draft policy in ``document`` would have done.

        Args:
            session: whose question it is; an older one of the same session ends.
            last: decisions to look at; all that are kept by default.
            models: versions that the draft uses instead of the live ones, by name.
            score: make up for missing scores, however long that takes.

        Raises:
            DefinitionError: the draft does not hold together.
            NotFound: no policy decides on its event type, or no such model version.
            Conflict: a newer question of the session came, or it was cancelled.
            Unavailable: no release is live.
        """
        live = self._process.live
        if live is None:
            raise Unavailable(
                "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
            )
        if last is not None and not 1 <= last <= self._kept:
            raise InvalidInput(f"1 to {self._kept} decisions can be looked at.", field="last", value=last)
        draft = self._draft(document, live, models or {})
        policy = _decides(live, draft)
        with self._asking(session) as question:
            try:
                return self._answer(question, draft, policy, live, last, score=score)
            except Stopped:
                raise Conflict(
                    "A newer question, or a cancellation, ended this one.", code="effect_ended", field="session"
                ) from None

    def progress(self, session: str) -> EffectProgress:
        """What the session's question is waiting for."""
        question = self._questions.get(session)
        if question is None:
            return EffectProgress(doing="idle")
        reading = None if question.facts is None else question.facts.progress
        if reading is not None:
            return EffectProgress(doing="reading", done=reading[0], total=reading[1])
        return question.progress

    def cancel(self, session: str) -> bool:
        """End the session's question; whether there was one."""
        question = self._questions.get(session)
        if question is not None:
            question.stop()
        return question is not None

    # -- inside

    def _answer(
        self,
        question: _Question,
        draft: Side,
        policy: CompiledPolicy,
        live: LiveRelease,
        last: int | None,
        *,
        score: bool,
    ) -> Effect:
        started = self._clock.monotonic_ns()
        question.facts = self._facts_of(live, policy)
        table = question.facts.table(question.going)
        name = policy.policy.policy
        fields = live.reader.event_types[EventTypeName(policy.policy.event)].fields
        view = self._process.state.lists.view(self._clock.now())
        asked = Asked(
            last=last or self._kept,
            columns={one.name: policy.plan.facts[one.name] for one in fields},
            entities=tuple(one.name for one in fields if one.entity is not None),
            definition=outcome_for(live, policy.policy.event),
            listed=lambda listed: view[listed],
            score=score,
        )
        read_ms = (self._clock.monotonic_ns() - started) / 1e6
        live_side = Side(self._live_side(live, name), self._models(live, policy), digest=str(live.policy_digests[name]))
        found = preview(
            draft,
            live_side,
            table,
            asked,
            clock=self._clock,
            connection=question.connection,
            going=question.going,
            progress=question.tell,
        )
        took = {"reading": round(read_ms, 2), **found.took_ms}
        took["total"] = round(took["total"] + read_ms, 2)
        return msgspec.structs.replace(found, took_ms=took, erased=question.facts.erased)

    @contextlib.contextmanager
    def _asking(self, session: str) -> Iterator[_Question]:
        with self._lock:
            if self._database is None:
                self._database = duckdb.connect()
            question = _Question(self._database.cursor())
            older = self._questions.pop(session, None)
            self._questions[session] = question
            while len(self._questions) > _SESSIONS_KEPT:
                self._questions.popitem(last=False)[1].stop()
        if older is not None:
            older.stop()
        try:
            yield question
        finally:
            with self._lock:
                if self._questions.get(session) is question:
                    del self._questions[session]
            question.connection.close()

    def _facts_of(self, live: LiveRelease, policy: CompiledPolicy) -> DecisionFacts:
        """The facts of a policy's decisions; warm for as long as what may be read of them stays the same."""
        event = policy.policy.event
        context = live.context_for(event)
        definition = outcome_for(live, event)
        types = {str(name): one for name, one in live.reader.event_types.items()}
        told = None if definition is None else types.get(definition.event)
        key = (
            policy.policy.policy,
            definition,
            tuple(sorted((name, repr(column)) for name, column in context.columns.items())),
            tuple(sorted(context.lists)),
            repr(types.get(event)),
            repr(told),
        )
        with self._lock:
            if key not in self._facts:
                self._facts[key] = DecisionFacts(self._process, live, policy.policy.policy, definition, kept=self._kept)
            self._facts.move_to_end(key)
            while len(self._facts) > _POLICIES_KEPT:
                self._facts.popitem(last=False)
            return self._facts[key]

    def _draft(self, document: Mapping[str, Any], live: LiveRelease, versions: Mapping[str, Digest]) -> Side:
        policy = parse_policy(dict(document))
        context = live.context_for(policy.event)
        models = dict(live.models)
        keys = {}
        for name, digest in versions.items():
            artefact = self._process.state.register.version(digest).artefact
            if artefact.key != ArtefactKey("model", name):
                raise InvalidInput(
                    f"{artefact.key} is not a version of model/{name}.", code="not_a_model", field=f"models.{name}"
                )
            models[name] = load_model(document_of(artefact))
            keys[name] = str(digest)
            context = _with_model(context, models[name], name)
        compiled = compile_policy(policy, context, models)
        used = self._models(live, compiled)
        for name in keys.keys() & used.keys():
            used[name] = (models[name], (name, keys[name]))
        return Side(SetPolicy(compiled), used)

    def _models(self, live: LiveRelease, policy: CompiledPolicy) -> dict[str, tuple[Model, tuple[str, str]]]:
        manifest = self._process.state.register.release_of(live.digest).manifest
        uses = {model.stage.uses for model in policy.plan.models.values()}
        return {
            name: (live.models[name], (name, str(manifest.get(str(ArtefactKey("model", name)), ""))))
            for name in uses
            if name in live.models
        }

    def _live_side(self, live: LiveRelease, name: str) -> SetPolicy:
        digest = live.policy_digests[name]
        with self._lock:
            known = self._live_sides.get(digest)
            if known is None or known.policy is not live.policies[name]:
                known = self._live_sides[digest] = SetPolicy(live.policies[name])
            self._live_sides.move_to_end(digest)
            while len(self._live_sides) > _POLICIES_KEPT:
                self._live_sides.popitem(last=False)
            return known


def _decides(live: LiveRelease, draft: Side) -> CompiledPolicy:
    """The live policy of the draft's name, or the one that decides on its event type."""
    policy = draft.policy.policy.policy
    known = live.policies.get(policy.policy)
    if known is not None and known.policy.event == policy.event:
        return known
    try:
        return live.policy_for(policy.event)
    except NotFound as error:
        error.hint = "nothing was decided on events of this type yet, so there is nothing to compare with"
        raise


def _with_model(context: PolicyContext, model: Model, name: str) -> PolicyContext:
    signature = ModelSignature(
        name=name,
        inputs=model.inputs,
        digest=model.digest,
        points=model.document.scaling is not None,
        reasons=tuple(code for code in model.reason_codes if code is not None),
    )
    return msgspec.structs.replace(context, models={**context.models, name: signature})
