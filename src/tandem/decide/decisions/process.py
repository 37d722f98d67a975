"""The decision process: the one writer of a workspace.

Everything that changes what is known goes through here, one at a time: an event, a decision, a list change, a release.
Each moves the online state and is submitted to the journal in the same breath, so the order of the journal is the
order in which things were known. Callers hear of it only when it is durable. If a commit fails, the state has run
ahead of the truth: it is thrown away and folded anew from the journal before anything else is decided.
"""

from __future__ import annotations

import contextlib
import logging
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar

import msgspec

from tandem.decide.decisions.announcing import Announcements, Changed, ChangeKind
from tandem.decide.decisions.answering import NOTHING_ASKED, Decided, decide_event, facts_of
from tandem.decide.decisions.archive import DecisionArchive
from tandem.decide.decisions.callers import Callers
from tandem.decide.decisions.earlier import EarlierPlans
from tandem.decide.decisions.folding import Folding
from tandem.decide.decisions.index import DecisionIndex, Told
from tandem.decide.decisions.known import OnlineKnown
from tandem.decide.decisions.live import LiveRelease, assemble, planning
from tandem.decide.decisions.records import decision_after, decode_body
from tandem.decide.decisions.snapshots import Snapshot, SnapshotFolder
from tandem.decide.decisions.state import OnlineState
from tandem.decide.decisions.types import Answer, Facts, Given, OnAnswer
from tandem.decide.graphs import NeighbourEffect
from tandem.decide.lists import BulkRows, ChangePreview, ChangeReceipt, ListChange, read_change, read_rows
from tandem.decide.policy import CompiledPolicy
from tandem.kernel.artefacts import (
    Artefact,
    ArtefactChange,
    ArtefactKey,
    Pushed,
    Released,
    RolledBack,
    encode_change,
)
from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import Conflict, DefinitionError, NotFound, TandemError, Unavailable, near_match
from tandem.kernel.identity import Digest, EntityKind, Entropy, EventId, Pseudonym, new_id
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import Clock, Micros
from tandem.kernel.values import Value
from tandem.observe.events import Event
from tandem.observe.graph import OnlineGraph
from tandem.observe.journal import Entry, Journal, Receipt, Record
from tandem.prove.privacy import Vault

__all__ = ["Ahead", "DecisionProcess", "Deliver"]

Deliver = Callable[[Sequence[tuple[OnAnswer, "Answer | TandemError"]]], None]
"""Hands answers to those who wait, once per commit. The HTTP face puts them on its event loop with one call."""

_LOG = logging.getLogger(__name__)
_PSEUDONYM = re.compile(r"[0-9a-f]{32}")
T = TypeVar("T")


class Ahead(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision would look at: the facts of ``event`` as they stood right before it, and what would decide."""

    event: Event
    live: LiveRelease
    policy: CompiledPolicy
    facts: Facts


BULK = 500
"""Events of a bulk load in one submission."""


def _deliver_here(answers: Sequence[tuple[OnAnswer, Answer | TandemError]]) -> None:
    for on_answer, answer in answers:
        on_answer(answer)


class DecisionProcess:
    """Decides, records and remembers; see the module's text. Safe to call from several threads.

    Args:
        journal, vault: of one workspace.
        snapshots: where to keep shortcuts; None to always fold the whole journal.
        snapshot_every: records between two snapshots taken while running.
        compiled: use compiled kernels: True, False, or None for where built.
        four_eyes: authors may not approve their own artefacts.
        earlier_plans: how many plans of earlier releases are kept ready to be gone back to.
    """

    def __init__(
        self,
        journal: Journal,
        vault: Vault,
        *,
        clock: Clock,
        entropy: Entropy,
        snapshots: SnapshotFolder[Snapshot] | None = None,
        snapshot_every: int = 200_000,
        compiled: bool | None = None,
        four_eyes: bool = False,
        earlier_plans: int = 0,
    ) -> None:
        self.journal = journal
        self.snapshots = snapshots
        self._vault = vault
        self._clock = clock
        self._entropy = entropy
        self._lock = threading.RLock()
        self._deliver: Deliver = _deliver_here
        self._callers = Callers()
        self._watchers: list[Callable[[Decided], None]] = []
        self._announcements = Announcements()
        self._release_checks: list[Callable[[LiveRelease], None]] = []
        self._stale = False
        self._index = DecisionIndex(journal, self._watch_trails)
        self._archive: DecisionArchive | None = None
        self._archive_of: OnlineState | None = None
        self._folding = Folding(journal, vault, snapshots, every=snapshot_every, compiled=compiled, four_eyes=four_eyes)
        self._earlier = EarlierPlans(journal, most=earlier_plans, compiled=compiled)
        self.state = self._folding.state()

    # -- deciding ------------------------------------------------------------------------------------------------

    def decide(
        self,
        document: dict[str, Any],
        *,
        on_answer: OnAnswer,
        policy: str | None = None,
        more_follows: bool = False,
        given: Given = NOTHING_ASKED,
    ) -> None:
        """Decide on an event document; ``on_answer`` is called once the decision is durable.

        With ``more_follows`` the caller goes on asking and calls ``wake`` when it has done: one commit for all of it.
        ``given`` is what connectors were asked for it; see ``Gathering``.

        Raises:
            InvalidInput, NotFound: the document or the policy; nothing was kept.
            Conflict: the event id is taken by other content.
            Unavailable: no release is live, too much waits, or the journal is broken.
        """
        with self._lock:
            live = self._ready()
            now = self._clock.now()
            started = self._clock.monotonic_ns()
            event = live.reader.read(document, received_at=now)
            if self._answered(event, on_answer, decided=True):
                return
            compiled = live.policy_for(event.event_type, policy)
            known = self._admit(2)
            seq = self.journal.next_seq
            counted = given.under(live.connectors) if given.asked else given
            decided = self._moving(
                lambda: decide_event(
                    event,
                    seq,
                    live,
                    compiled,
                    known,
                    self.state.lists,
                    self._clock,
                    self._entropy,
                    started,
                    counted,
                    self.state.units,
                )
            )
            entries = [_event_entry(event), decided.entry]
            self._submit(entries, on_answer, decided.answer, decided, more_follows=more_follows)

    def look_ahead(self, document: dict[str, Any], *, policy: str | None = None) -> Ahead | None:
        """What a decision on an event document would look at, were it taken now; nothing is kept, and nothing moves.

        None where there is nothing to ask for it: the policy asks nobody, or the event is known already.

        Raises:
            InvalidInput, NotFound: as ``decide``.
            Unavailable: no release is live.
        """
        with self._lock:
            live = self._ready()
            event = live.reader.read(document, received_at=self._clock.now())
            compiled = live.policy_for(event.event_type, policy)
            if not compiled.plan.asks or self.journal.find("event", event.event_id) is not None:
                return None
            known = self._known()
            trial = live.arms.deciding.get(compiled.policy.policy)
            if trial is not None:
                compiled = trial.peek(event, known, self.state.units)
            vector = known.peek(event)
            facts = facts_of(event, live.known.names, vector, self.state.lists, compiled)
        return Ahead(event=event, live=live, policy=compiled, facts=facts)

    def record(self, document: dict[str, Any], *, on_answer: OnAnswer, more_follows: bool = False) -> None:
        """Record an event without deciding; as ``decide`` otherwise."""
        with self._lock:
            live = self._ready()
            event = live.reader.read(document, received_at=self._clock.now())
            if self._answered(event, on_answer, decided=False):
                return
            self._record(event, on_answer, more_follows=more_follows)

    def wake(self) -> None:
        """Let what was asked with ``more_follows`` be committed."""
        self.journal.wake()

    def decide_now(self, document: dict[str, Any], *, policy: str | None = None) -> Answer:
        """``decide``, blocking until durable."""
        return _wait(lambda on_answer: self.decide(document, on_answer=on_answer, policy=policy))

    def record_now(self, document: dict[str, Any]) -> Answer:
        """``record``, blocking until durable."""
        return _wait(lambda on_answer: self.record(document, on_answer=on_answer))

    def record_events(self, events: Iterable[Event]) -> list[str]:
        """Record events in bulk, blocking until all are durable.

        Returns:
            For each event ``new``, ``duplicate`` (known with the same content) or ``conflict`` (with other content).
        """
        results: list[str] = []
        receipts: list[Receipt] = []
        for chunk in _chunks(events, BULK):
            told, receipt = self._record_chunk(chunk)
            results += told
            receipts += [] if receipt is None else [receipt]
        try:
            for receipt in receipts:
                receipt.wait()
        except Unavailable:
            self._stale = True
            raise
        return results

    def _record_chunk(self, events: list[Event]) -> tuple[list[str], Receipt | None]:
        """Record one chunk as one submission: all of it becomes durable, or nothing."""
        with self._lock:
            self._ready()
            self.journal.check_room(len(events), wait=True)
            state = self._known()
            known = self.journal.digests("event", [event.event_id for event in events])
            results: list[str] = []
            entries: list[Entry] = []
            for event in events:
                if event.event_id in known:
                    results.append("duplicate" if known[event.event_id] == event.digest else "conflict")
                    continue
                self._moving(partial(state.observe, event, Number(self.journal.next_seq + len(entries))))
                known[event.event_id] = event.digest
                entries.append(_event_entry(event))
                results.append("new")
            if not entries:
                return results, None
            receipt: Receipt = self._moving(partial(self.journal.submit, entries))
            self.state.seq = receipt.last_seq
            self._folding.keep_if_due(self.state, receipt)
        return results, receipt

    # -- lists and artefacts -----------------------------------------------------------------------------------------

    def change_list(self, name: str, document: Mapping[str, Any], *, by: str) -> ChangeReceipt:
        """Change a list; in force for the next event, and durable on return.

        Args:
            document: ``{"add": [...], "remove": [...]}``; see ``tandem.decide.lists.read_change``.

        Raises:
            NotFound: no such list in the live release.
            InvalidInput: the change does not hold together.
            Conflict: its id stands for another change.
        """
        asked_at = self._clock.now()
        with self._lock:
            now = self._clock.now()
            change = self._read_change(name, document, at=now, by=by)
            if self.state.lists.check(change):
                self.journal.drain()  # known is not yet durable: the one who asked first may still be waiting
                return self.state.lists.apply(change)
            self.journal.check_room(1)
            receipt = self.journal.submit([Entry(kind="list", recorded_at=now, clear=canonical_bytes(change))])
            counted: ChangeReceipt = self._moving(lambda: self.state.lists.apply(change))
            self.state.seq = receipt.last_seq
            self._expect("list", name, receipt.last_seq, asked_at)
        receipt.wait()
        self._announcements.durable(receipt.last_seq)
        return counted

    def preview_list(self, name: str, document: Mapping[str, Any], *, by: str) -> tuple[ListChange, ChangePreview]:
        """The change that ``change_list`` would make of ``document``, and what it would do now; nothing is kept.

        Raises:
            NotFound: no such list in the live release.
            InvalidInput: the change does not hold together.
        """
        with self._lock:
            change = self._read_change(name, document, at=self._clock.now(), by=by)
            return change, self.state.lists.preview(change)

    def read_list_rows(
        self, name: str, rows: Iterable[Mapping[str, Any]], *, by: str, defaults: Mapping[str, str]
    ) -> BulkRows:
        """Rows of an import into a list, each read or rejected with its reason; nothing is kept.

        Raises:
            NotFound: no such list in the live release.
        """
        definition = self._ready().list_named(name)
        return read_rows(rows, definition, self._pseudonym, at=self._clock.now(), by=by, defaults=defaults)

    def pseudonym_on(self, name: str, identifier: str) -> Pseudonym:
        """What a list knows ``identifier`` by, be it the real one or the pseudonym already.

        Raises:
            NotFound: no such list in the live release.
        """
        definition = self._ready().list_named(name)
        if _PSEUDONYM.fullmatch(identifier) is not None:
            return Pseudonym(identifier)
        return self._pseudonym(definition.entity, identifier)

    def push(self, artefacts: Iterable[Artefact], *, author: str, note: str = "") -> tuple[Artefact, ...]:
        """Keep new versions as drafts; those that are new."""
        with self._lock:
            self._recover_if_stale()
            change = self.state.register.push(artefacts, author=author, note=note)
            if change is None:
                return ()
            self._change(change)
            return change.artefacts

    def review(self, digests: Sequence[Digest], *, approver: str, note: str = "") -> None:
        """Approve versions; see ``ArtefactRegister.review``."""
        with self._lock:
            self._recover_if_stale()
            self._change(self.state.register.review(digests, approver=approver, note=note))

    def decline(self, digests: Sequence[Digest], *, by: str, reason: str) -> None:
        """Send versions back to their authors; see ``ArtefactRegister.decline``."""
        with self._lock:
            self._recover_if_stale()
            self._change(self.state.register.decline(digests, by=by, reason=reason))

    def release(
        self,
        changes: Mapping[ArtefactKey, Digest | None],
        *,
        by: str,
        note: str = "",
        replace_all: bool = False,
    ) -> Digest:
        """Put versions in force together, after assembling them; nothing changes where they do not hold together.

        Raises:
            Refused: a version nobody reviewed.
            DefinitionError: the set does not hold together; every finding is named.
        """
        asked_at = self._clock.now()
        with self._lock:
            self._recover_if_stale()
            change = self.state.register.release(changes, by=by, note=note, replace_all=replace_all)
            self._go_live(change, asked_at)
            return change.release

    def roll_back(self, *, by: str, to: Digest | None = None, note: str = "") -> Digest:
        """Put an earlier release in force again."""
        asked_at = self._clock.now()
        with self._lock:
            self._recover_if_stale()
            change = self.state.register.roll_back(by=by, to=to, note=note)
            self._go_live(change, asked_at)
            return change.release

    def withdraw(self, digests: Sequence[Digest], *, by: str, reason: str) -> None:
        """Let versions decide nothing from the next decision on, for good, in whatever release; durable on return.

        Raises:
            NotFound, Conflict, InvalidInput: see ``ArtefactRegister.withdraw``.
        """
        with self._lock:
            self._recover_if_stale()
            change = self.state.register.withdraw(digests, by=by, reason=reason)
            self._change(change, self.state.withdraw)

    # -- what other rooms record -----------------------------------------------------------------------------------

    def append(self, entries_of: Callable[[], Sequence[Entry]]) -> Receipt:
        """Submit what another room records; its receipt tells when it is durable.

        Args:
            entries_of: asked under the writer's lock, when the state is what the journal says: a room that folds the
                journal too sees by another ``state`` that what it knew was lost. What it raises is raised here, and
                nothing is written.

        Raises:
            Unavailable: too much waits, or the journal is broken.
        """
        with self._lock:
            self._recover_if_stale()
            entries = entries_of()
            self.journal.check_room(len(entries))
            receipt = self.journal.submit(entries)
            self.state.seq = receipt.last_seq
            return receipt

    def recover(self) -> None:
        """Make the state what the journal says again, where a commit failed since; costs nothing where none did.

        Raises:
            Unavailable: the database still does not answer.
        """
        with self._lock:
            self._recover_if_stale()

    def check_releases(self, check: Callable[[LiveRelease], None]) -> None:
        """Ask ``check`` before anything goes live; what it raises is why it does not."""
        self._release_checks.append(check)

    # -- what is known -------------------------------------------------------------------------------------------

    @property
    def archive(self) -> DecisionArchive:
        """What was decided: look-ups, explanations, replays."""
        if self._archive is None or self._archive_of is not self.state:
            self._archive = DecisionArchive(self.journal, self._vault, self.state, self._index)
            self._archive_of = self.state
        return self._archive

    def features_of(self, kind: str, identifier: str, *, at: Micros | None = None) -> dict[str, Value]:
        """Every feature of one entity as of ``at`` (now), and what surrounds it in the graphs, by name; nothing is counted.

        Args:
            identifier: the real one, or the pseudonym.

        Raises:
            NotFound: no feature is about that kind of entity.
        """
        with self._lock:
            live = self._ready()
            kinds = {entity for name in live.known.names for entity in live.known.entity(name)}
            if kind not in kinds:
                raise NotFound(
                    "No feature is about that kind of entity.",
                    code="unknown_entity_kind",
                    field="kind",
                    value=kind,
                    hint=near_match(kind, kinds),
                )
            entity = EntityKind(kind)
            is_pseudonym = _PSEUDONYM.fullmatch(identifier) is not None
            pseudonym = Pseudonym(identifier) if is_pseudonym else self._pseudonym(entity, identifier)
            asked = self._clock.now() if at is None else at
            return self._known().peek_entity(entity, pseudonym, asked)

    def look_into_graph(self, name: str, look: Callable[[OnlineGraph], T]) -> T:
        """What ``look`` makes of a graph of the live release. Nothing moves meanwhile: it is short and keeps nothing.

        Raises:
            NotFound: the release has no such graph.
            Unavailable: no release is live.
        """
        with self._lock:
            self._ready()
            graphs = {one.plan.graph.name: one for one in self._known().graphs}
            if name not in graphs:
                raise NotFound(
                    "There is no such graph.",
                    code="unknown_graph",
                    field="name",
                    value=name,
                    hint=near_match(name, graphs) if graphs else "define one in graphs/ of the workspace",
                )
            return look(graphs[name])

    def neighbours_of(self, document: dict[str, Any]) -> dict[str, tuple[NeighbourEffect, ...]]:
        """By graph network: what each neighbour that an event document would meet now, and each link, does to its margin.

        Neighbours go by pseudonym. Nothing is kept and nothing moves; a network that scores other events is left out.

        Raises:
            InvalidInput, NotFound: as ``decide``.
            Unavailable: no release is live.
        """
        with self._lock:
            event = self._ready().reader.read(document, received_at=self._clock.now())
            return self._known().neighbour_effects(event)

    def pseudonyms_of(self, identifier: str) -> dict[EntityKind, Pseudonym]:
        """What ``identifier``, the real one, is known by as each kind of entity that live event types name.

        A telephone or an address may be written as people write it where its kind is derived.
        """
        live = self.state.live
        types = () if live is None else live.reader.event_types.values()
        kinds = {field.entity for each in types for field in each.fields if field.entity is not None}
        return {kind: self._pseudonym(kind, identifier) for kind in sorted(kinds)}

    def health(self) -> dict[str, Any]:
        """How it stands: ``ok`` only when a decision would be taken now."""
        live = self.state.live
        return {
            "ok": live is not None and not self._stale and not self.journal.broken,
            "release": None if live is None else live.digest,
            "journal_seq": self.journal.head.seq,
            "state_seq": self.state.seq,
            "waiting": self.state.seq - self.journal.head.seq,
            "journal_broken": self.journal.broken,
            "compiled_features": self.state.known is not None and self.state.known.features.is_compiled,
        }

    # -- the rest ------------------------------------------------------------------------------------------------

    @property
    def vault(self) -> Vault:
        """Where what is personal is sealed."""
        return self._vault

    @property
    def live(self) -> LiveRelease | None:
        """The release in force."""
        return self.state.live

    def deliver_through(self, deliver: Deliver) -> None:
        """Hand answers to ``deliver``, once per commit, instead of calling each ``on_answer`` in the writer thread."""
        self._deliver = deliver

    def watch(self, watcher: Callable[[Decided], None]) -> Callable[[], None]:
        """Call ``watcher`` with every new decision once it is durable; returns how to stop.

        It is called from the journal's writer thread and must not block.
        """
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def watch_changes(self, watcher: Callable[[Changed], None]) -> Callable[[], None]:
        """Call ``watcher`` with every change of lists, releases and artefacts, durable and in force; returns how to stop.

        They come in the order of the journal. It is called by whoever made the change and must not block.
        """
        return self._announcements.watch(watcher)

    def snapshot(self) -> int | None:
        """Write a snapshot of the present state once all of it is durable; its place, None where there is nothing."""
        with self._lock:
            if self._stale or self.journal.drain().seq != self.state.seq:
                return None
            return self._folding.keep(self.state)

    def keep_earlier_plans_ready(self) -> None:
        """Let the states of plans that were live before follow the journal, so that going back to them takes a moment.

        They are folded beside the deciding: with a long journal it takes a while after a start until all are there.
        """
        self._earlier.follow(self._earlier_releases)

    def close(self) -> None:
        """Commit what waits, leave a snapshot, close the journal."""
        self._earlier.close()
        try:
            self.snapshot()
        except Unavailable:
            pass  # a broken journal has told those who waited; it is closed all the same
        except OSError:
            _LOG.exception("A snapshot of the online state could not be written; the next start takes longer")
        self.journal.close()

    # -- inside --------------------------------------------------------------------------------------------------

    def _pseudonym(self, kind: EntityKind, identifier: str) -> Pseudonym:
        """Of an identifier as people write it: spelled as the live release derives that kind of entity, if it does."""
        live = self.state.live
        return self._vault.pseudonym(kind, identifier if live is None else live.reader.spelled(kind, identifier))

    def _ready(self) -> LiveRelease:
        self._recover_if_stale()
        live = self.state.live
        if live is None:
            raise Unavailable(
                "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
            )
        return live

    def _known(self) -> OnlineKnown:
        assert self.state.known is not None, "a live release always has a state"
        return self.state.known

    def _admit(self, entries: int) -> OnlineKnown:
        """Refuse before anything moves, if the journal would refuse afterwards."""
        self.journal.check_room(entries)
        return self._known()

    def _moving(self, step: Callable[[], Any]) -> Any:
        """Run a step that moves the state; if it fails half-way, the state is no longer to be trusted."""
        try:
            return step()
        except BaseException:
            self._stale = True
            raise

    def _record(self, event: Event, on_answer: OnAnswer, *, more_follows: bool) -> None:
        known = self._admit(1)
        self._moving(lambda: known.observe(event, self.journal.next_seq))
        body = canonical_bytes({"event_id": event.event_id, "status": "recorded"})
        answer = Answer(decision_id=None, event_id=event.event_id, body=body)
        self._submit([_event_entry(event)], on_answer, answer, more_follows=more_follows)

    def _submit(
        self,
        entries: list[Entry],
        on_answer: OnAnswer,
        answer: Answer,
        decided: Decided | None = None,
        *,
        more_follows: bool,
    ) -> None:
        seq = self.journal.next_seq
        self._callers.expect(seq, on_answer, answer, decided)  # first: it may be durable before submit returns
        try:
            receipt = self.journal.submit(entries, on_durable=self._on_durable, more_follows=more_follows)
        except BaseException:
            self._stale = True
            self._callers.forget(seq)
            raise
        self.state.seq = receipt.last_seq
        self._folding.keep_if_due(self.state, receipt)

    def _answered(self, event: Event, on_answer: OnAnswer, *, decided: bool) -> bool:
        """Whether this event is known already; then its caller gets the answer that was given before.

        Raises:
            Conflict: it is known with other content.
        """
        known = self.journal.find("event", event.event_id)
        if known is None:
            return False
        if known.digest != event.digest:
            raise Conflict(
                "This event id was used for other content.",
                code="event_conflict",
                field="event_id",
                value=event.event_id,
                hint="to correct an event, send a new one with a new id and supersedes",
            )
        if self._callers.join(event.event_id, on_answer):
            return True
        if known.seq > self.journal.head.seq:
            self.journal.drain()  # submitted by a bulk load, or lost this very moment: nothing to tell of yet
        decision = decision_after(self.journal, known)
        if decided and decision is None:
            raise Conflict(
                "This event was recorded without a decision.",
                code="recorded_undecided",
                field="event_id",
                value=event.event_id,
                hint="send it to /v1/decisions under a new event id",
            )
        self._deliver([(on_answer, known_answer(event.event_id, decision))])
        return True

    def _on_durable(self, receipts: Sequence[Receipt]) -> None:
        if any(receipt.error is not None for receipt in receipts):
            self._stale = True
        told, made = self._callers.settle(receipts)
        self._deliver(told)
        for decided in made:
            for watcher in self._watchers:
                watcher(decided)

    def _watch_trails(self, told: Told) -> Callable[[], None]:
        return self.watch(lambda one: told(one.trail.event_seq + 1, one.decided_at, one.trail, one.event.subject))

    def _read_change(self, name: str, document: Mapping[str, Any], *, at: Micros, by: str) -> ListChange:
        live = self._ready()
        live.list_named(name)
        asked = {"change_id": new_id("chg", self._clock, self._entropy), **document, "list": name}
        return read_change(asked, live.lists, self._pseudonym, at=at, by=by)

    def _change(
        self, change: ArtefactChange, then: Callable[[], None] | None = None, *, asked_at: Micros | None = None
    ) -> None:
        now = self._clock.now()
        asked = now if asked_at is None else asked_at
        receipt = self.journal.submit([Entry(kind="artefact", recorded_at=now, clear=encode_change(change))])
        receipt.wait()
        self._moving(lambda: self.state.register.apply(change, now))
        self.state.seq = receipt.last_seq
        if then is not None:
            self._moving(then)
        if isinstance(change, Released | RolledBack):
            self._expect("release", change.release, receipt.last_seq, asked)
        else:
            for digest in _digests_of(change):
                key = self.state.register.version(digest).artefact.key
                self._expect("artefact", str(key), receipt.last_seq, asked)
        self._announcements.durable(receipt.last_seq)

    def _expect(self, kind: ChangeKind, name: str, seq: int, asked_at: Micros) -> None:
        self._announcements.expect(Changed(kind=kind, name=name, seq=seq, asked_at=asked_at))

    def _go_live(self, change: Released | RolledBack, asked_at: Micros) -> None:
        live = self.state.assemble(change)
        for check in self._release_checks:
            check(live)
        before, known = self.state.live, self.state.known
        if known is None or known.plan.digest != live.known.digest:
            known = self._folding.known(live, self._earlier.take(live))
        left = self.state.known
        self._change(change, lambda: self.state.switch(live, known), asked_at=asked_at)
        if before is not None and left is not None and left is not known:
            self._earlier.keep(before, left, self.state.seq)  # all of it is durable: the change was written behind it
        self._moving(lambda: self._folding.units(self.state))

    def _earlier_releases(self) -> Iterator[LiveRelease]:
        """Past releases whose plan may be another than the live one's, the last first; one of those that plan alike."""
        with self._lock:
            register = self.state.register
            found: dict[frozenset[Digest], tuple[Digest, tuple[Artefact, ...]]] = {}
            for _, digest, _ in reversed(register.activations):
                artefacts = register.artefacts_of(register.release_of(digest))
                found.setdefault(planning(artefacts), (digest, artefacts))
        for digest, artefacts in islice(found.values(), 1, None):  # the first is that of what is live
            with contextlib.suppress(DefinitionError):  # nobody can go back to it any more
                yield assemble(artefacts, digest, self._vault)

    def _recover_if_stale(self) -> None:
        if self._stale or self.journal.broken:
            self._stale = True  # until all of this is done: the journal alone would forget it once it is open again
            self._callers.wait_until_told()
            self._announcements.forget()
            self.journal.reopen()
            self.journal.drain()
            self.state = self._folding.state()
            self._stale = False


def _digests_of(change: ArtefactChange) -> tuple[Digest, ...]:
    if isinstance(change, Pushed):
        return tuple(one.digest for one in change.artefacts)
    return () if isinstance(change, Released | RolledBack) else change.digests


def known_answer(event_id: EventId, decision: Record | None) -> Answer:
    """The answer that was given to an event, from its decision record; None stands for an undecided event."""
    if decision is None:
        body = canonical_bytes({"event_id": event_id, "status": "recorded"})
        return Answer(decision_id=None, event_id=event_id, body=body, duplicate=True)
    kept = decode_body(decision.clear)
    return Answer(decision_id=kept.trail.decision_id, event_id=event_id, body=bytes(kept.answer), duplicate=True)


def _event_entry(event: Event) -> Entry:
    return Entry(
        kind="event",
        recorded_at=event.received_at,
        clear=event.clear,
        key=event.event_id,
        digest=event.digest,
        subject=event.subject,
        secret=event.secret,
    )


def _chunks(events: Iterable[Event], size: int) -> Iterator[list[Event]]:
    iterator = iter(events)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _wait(call: Callable[[OnAnswer], None]) -> Answer:
    done = threading.Event()
    box: list[Answer | TandemError] = []

    def on_answer(answer: Answer | TandemError) -> None:
        box.append(answer)
        done.set()

    call(on_answer)
    done.wait()
    if isinstance(box[0], TandemError):
        raise box[0]
    return box[0]
