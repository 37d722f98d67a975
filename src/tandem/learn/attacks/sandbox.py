"""A simulated attack on a release, in process, by the same functions that decide live. No journal, no clock, no network.

Honest people live their lives for a while, so that features and graph know them; then they go on, and somebody attacks.
Every event is read, taken in and judged as live ones are. What an approved event turned out to be becomes known after its
delay; what was reviewed, a day later, because somebody looked at it; what was declined, never, as in life.

Real list entries name real people by pseudonyms that no simulated person has: lists begin empty.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from tandem.decide.decisions import LiveRelease, OnlineState, assemble, facts_of, judge
from tandem.decide.policy import CompiledPolicy, Outcome
from tandem.kernel.artefacts import Artefact, manifest_digest
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import DAY, FixedClock, Micros, format_instant, parse_instant
from tandem.learn.attacks.counting import Counting
from tandem.learn.attacks.definitions import (
    AttackAgainst,
    AttackAsked,
    AttackNote,
    AttackReport,
)
from tandem.learn.attacks.mapping import Mapped, map_event
from tandem.learn.attacks.world import Happened, PlayedWorld, open_world
from tandem.learn.simulator import attack_kind
from tandem.prove.privacy import MasterKey, SubjectKey, Vault

__all__ = ["attack_release", "checked_attack", "sandbox_release"]

_LABEL_DELAY: Final = 7 * DAY
_REVIEW_DELAY: Final = DAY
_TOLD_EVERY: Final = 250

Progress = Callable[[int, int], None]


def sandbox_release(artefacts: Sequence[Artefact]) -> LiveRelease:
    """The release made of ``artefacts``, in which no real person can be told.

    Raises:
        DefinitionError: it does not hold together; ``errors`` lists every fault.
    """
    manifest = {str(one.key): one.digest for one in artefacts}
    return assemble(artefacts, manifest_digest(manifest), _vault())


def checked_attack(release: LiveRelease, asked: AttackAsked) -> tuple[Mapped, CompiledPolicy]:
    """How the attack's events become events of ``release``, and the policy that decides on them.

    Raises:
        NotFound: no such kind, no such type of event, or nothing decides on it.
        InvalidInput: a dial that is turned too far, or a required field that nothing fills.
    """
    kind = attack_kind(asked.kind)
    asked.check()
    mapped = map_event(release, kind.event, asked)
    return mapped, release.policy_for(mapped.event_type.name, asked.policy)


def attack_release(
    release: LiveRelease,
    asked: AttackAsked,
    *,
    drafts: Sequence[str] = (),
    progress: Progress | None = None,
) -> AttackReport:
    """What the attack comes to against ``release``; the same for the same dials, seed and release.

    Args:
        drafts: ``kind/name`` of what is not as it is live, for the report.
        progress: told now and then how many events of how many are done.

    Raises:
        NotFound, InvalidInput: as ``checked_attack``.
    """
    mapped, policy = checked_attack(release, asked)
    kind = attack_kind(asked.kind)
    world = open_world(asked, kind)
    counting = Counting(world.begin, world.end)
    sandbox = _Sandbox(release, mapped, policy, counting)
    for done, event in enumerate(world):
        if progress is not None and done % _TOLD_EVERY == 0:
            progress(done, world.total)
        sandbox.take(event, world)
    if progress is not None:
        progress(world.total, world.total)
    return _report(release, asked, mapped, policy, counting, world, drafts)


class _Sandbox:
    """State that is moved by simulated events, and nothing else."""

    def __init__(self, release: LiveRelease, mapped: Mapped, policy: CompiledPolicy, counting: Counting) -> None:
        self._state = OnlineState(_vault())
        self._state.switch(release)
        self._release, self._mapped, self._policy, self._counting = release, mapped, policy, counting
        self._labels: list[tuple[int, int, dict[str, Any]]] = []
        self._seq = 0
        self._money = mapped.money

    def take(self, event: Happened, world: PlayedWorld) -> None:
        """One simulated event, after every label that became known before it."""
        for label in self._due(event.at):
            self._observe(label)
        document = self._mapped.document(event.event_id, format_instant(Micros(event.at)), event.row)
        if not event.live:
            self._observe(document)
            self._turn_out(event, document, _LABEL_DELAY)
            return
        read = self._release.reader.read(document, received_at=Micros(event.at))
        state = self._state
        assert state.known is not None, "a release was put in force"
        self._seq += 1
        vector = state.known.observe(read, Number(self._seq))
        facts = facts_of(read, self._release.known.names, vector, state.lists, self._policy)
        result = judge(facts, self._policy)
        amount = 0 if self._money is None else int(read.values.get(self._money) or 0)
        self._counting.add(event, result, amount)
        world.told(event, approved=result.outcome is Outcome.APPROVE)
        if result.outcome is not Outcome.DECLINE:
            self._turn_out(event, document, _LABEL_DELAY if result.outcome is Outcome.APPROVE else _REVIEW_DELAY)

    def _observe(self, document: dict[str, Any]) -> None:
        read = self._release.reader.read(document, received_at=parse_instant(document["occurred_at"]))
        assert self._state.known is not None, "a release was put in force"
        self._seq += 1
        self._state.known.observe(read, Number(self._seq))

    def _turn_out(self, event: Happened, document: dict[str, Any], delay: int) -> None:
        if self._mapped.outcome is None:
            return
        at = event.at + delay
        told = self._mapped.outcome_document(
            event.event_id, format_instant(Micros(at)), document["values"], bad=event.fraud
        )
        heapq.heappush(self._labels, (at, self._seq, told))

    def _due(self, at: int) -> Iterator[dict[str, Any]]:
        while self._labels and self._labels[0][0] <= at:
            yield heapq.heappop(self._labels)[2]


def _report(
    release: LiveRelease,
    asked: AttackAsked,
    mapped: Mapped,
    policy: CompiledPolicy,
    counting: Counting,
    world: PlayedWorld,
    drafts: Sequence[str],
) -> AttackReport:
    kind = attack_kind(asked.kind)
    attempts, honest, build_up = counting.attempts, counting.honest, counting.build_up
    whole = AttackAsked(
        kind=asked.kind,
        intensity=kind.intensity if asked.intensity is None else asked.intensity,
        disguise=kind.disguise if asked.disguise is None else asked.disguise,
        seed=asked.seed,
        days=asked.days,
        warm_up_days=asked.warm_up_days,
        customers=asked.customers,
        policy=asked.policy,
        event_type=asked.event_type,
        fields=asked.fields,
    )
    return AttackReport(
        asked=whole,
        against=AttackAgainst(
            release=str(release.digest),
            drafts=tuple(drafts),
            policy=policy.policy.policy,
            event_type=mapped.event_type.name,
        ),
        currency="" if mapped.outcome is None else mapped.outcome.currency,
        money=mapped.money,
        attempts=attempts,
        build_up=build_up,
        lost_minor=counting.lost_minor,
        at_stake_minor=counting.at_stake_minor,
        honest=honest,
        honest_people_hurt=counting.people_hurt,
        roles=counting.roles(),
        reviews=attempts.reviewed + honest.reviewed + build_up.reviewed,
        reviews_wasted=honest.reviewed + build_up.reviewed,
        seen=counting.seen(),
        stoppers=counting.stoppers(),
        timeline=counting.timeline(),
        levers=world.levers,
        notes=_notes(mapped, policy, asked),
    )


def _notes(mapped: Mapped, policy: CompiledPolicy, asked: AttackAsked) -> tuple[AttackNote, ...]:
    found = []
    if mapped.outcome is None:
        found.append(AttackNote(code="outcomes_undefined", names=(mapped.event_type.name,)))
    if mapped.unfilled:
        found.append(AttackNote(code="fields_left_empty", names=mapped.unfilled))
    if policy.lists:
        found.append(AttackNote(code="lists_begin_empty", names=tuple(policy.lists)))
    if asked.days * DAY <= _LABEL_DELAY:
        found.append(AttackNote(code="no_label_in_time", count=_LABEL_DELAY // DAY))
    return tuple(found)


class _NoKeys:
    """Keys of nobody: a sandbox seals nothing."""

    def get(self, *_: object, **__: object) -> None:
        return

    def put(self, *_: object, **__: object) -> None:
        return

    def erase(self, *_: object, **__: object) -> bool:
        return False

    def all(self) -> Iterator[SubjectKey]:
        return iter(())

    def check_value(self, proposed: str) -> str:
        return proposed

    def close(self) -> None:
        return


def _vault() -> Vault:
    """Pseudonyms under a key that is known to everybody and protects nothing: simulated people have nothing to hide."""
    return Vault(MasterKey(bytes(32)), _NoKeys(), "sandbox", clock=FixedClock(Micros(0)), entropy=SeededEntropy(0))
