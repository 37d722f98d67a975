"""The same decision again: from what it used, and from everything that was known.

Two questions, two replays. *From the record*: given the inputs that were stored, does the release it names still come
to the same outcome? That proves the decision. *From the journal*: folding everything up to that moment, does one come
to the same inputs? That proves the features, and finds what was erased or altered since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from tandem.decide.decisions.answering import facts_again, facts_of, judge, kept_scores, policy_inputs
from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.records import decode_body, decode_personal, personal_of, used_bytes
from tandem.decide.decisions.state import OnlineState, event_of
from tandem.decide.decisions.types import Personal, Trail
from tandem.decide.experiments import Assigned
from tandem.decide.policy import PolicyResult
from tandem.kernel.artefacts import Released, RolledBack, Withdrawn, decode_change
from tandem.kernel.values import Value
from tandem.observe.events import Event
from tandem.observe.journal import Journal, Record
from tandem.prove.privacy import Vault

__all__ = ["Difference", "Replayed", "replay_decision", "replay_journal"]


class Difference(msgspec.Struct, frozen=True):
    """One thing that came out otherwise."""

    what: str
    then: Any
    now: Any


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """What a replay found; ``same`` when nothing differs. ``erased``: the inputs are gone with their person."""

    decision_id: str
    same: bool
    erased: bool = False
    differences: tuple[Difference, ...] = ()


def replay_decision(record: Record, live: LiveRelease, journal: Journal) -> Replayed:
    """The decision of ``record`` again, from its stored inputs, under ``live``.

    Args:
        record: a decision record.
        live: the release to decide by: the one it names to prove it, another to see what would change.
    """
    trail = decode_body(record.clear).trail
    personal = personal_of(record, journal)
    if personal is None:
        return Replayed(decision_id=trail.decision_id, same=False, erased=True)
    policy = live.policy_of(trail)
    result = judge(facts_again(personal, policy), policy)
    differences = tuple(_compare(trail, result))
    return Replayed(decision_id=trail.decision_id, same=not differences, differences=differences)


def replay_journal(journal: Journal, vault: Vault, *, compiled: bool | None = None) -> Iterator[Replayed]:
    """Every decision again, in order, from everything the journal knew when it was made.

    The state is folded from the first record on; at each decision its inputs are computed anew and compared with
    those that were stored, and its outcome with the one that was given.
    """
    state = OnlineState(vault, compiled=compiled)
    vector: list[Value] = []
    event: Event | None = None
    for record in journal.read():
        live, known = state.live, state.known
        if record.kind == "artefact":
            _fold_release(state, record, journal)
        elif record.kind == "event" and live is not None and known is not None and live.knows(record):
            event = event_of(record, live, journal.open_secret)
            vector = known.observe(event, record.seq)
        elif record.kind == "decision" and live is not None and event is not None:
            yield _decide_again(record, event, vector, state, live, journal)
        else:
            state.fold(record, journal.open_secret)


def _decide_again(
    record: Record, event: Event, vector: Sequence[Value], state: OnlineState, live: LiveRelease, journal: Journal
) -> Replayed:
    trail = decode_body(record.clear).trail
    arms = _assigned_again(trail, event, state, live)  # first: it moves what is known of clusters
    then = personal_of(record, journal)
    if then is None:
        return Replayed(decision_id=trail.decision_id, same=False, erased=True)
    policy = live.policy_of(trail)
    # Nobody is asked again: what was answered then is what is known of it.
    answers = {name: then.inputs.get(name) for names in policy.plan.asks.values() for name in names}
    facts = facts_of(event, live.known.names, vector, state.lists, policy, answers)
    differences = [] if arms == trail.arms else [Difference("arms", trail.arms, arms)]
    differences += _compare(trail, judge(facts, policy))
    now = decode_personal(used_bytes(*policy_inputs(facts, policy)))
    differences += _compare_inputs(then, now)
    return Replayed(decision_id=trail.decision_id, same=not differences, differences=tuple(differences))


def _assigned_again(trail: Trail, event: Event, state: OnlineState, live: LiveRelease) -> tuple[Assigned, ...]:
    trial = live.arms.deciding.get(live.arms.champion_of(trail.arms, trail.policy))
    if trial is None or state.known is None:
        return ()
    return (trial.assign(event, state.known, state.units, trail.event_seq),)


def _fold_release(state: OnlineState, record: Record, journal: Journal) -> None:
    change = decode_change(record.clear)
    if isinstance(change, Withdrawn):
        state.register.apply(change, record.recorded_at)
        state.withdraw()
        return
    if not isinstance(change, Released | RolledBack):
        state.register.apply(change, record.recorded_at)
        return
    live = state.assemble(change)
    state.register.apply(change, record.recorded_at)
    before = state.known
    state.switch(live)
    known = state.known
    if known is not None and known is not before:
        for earlier in journal.read(to_seq=record.seq, kinds=["event"]):
            if live.knows(earlier):
                known.observe(event_of(earlier, live, journal.open_secret), earlier.seq)


def _compare(trail: Trail, result: PolicyResult) -> Iterator[Difference]:
    pairs: Mapping[str, tuple[Any, Any]] = {
        "outcome": (trail.outcome, str(result.outcome)),
        "reasons": (trail.reasons, tuple(reason.code for reason in result.reasons)),
        "path": (trail.path, tuple(result.path)),
        "fired": (trail.fired, tuple(result.fired)),
        "scores": (trail.scores, kept_scores(result)),
    }
    for what, (then, now) in pairs.items():
        if then != now:
            yield Difference(what, then, now)


def _compare_inputs(then: Personal, now: Personal) -> list[Difference]:
    found = [
        Difference(f"inputs.{name}", then.inputs.get(name), now.inputs.get(name))
        for name in sorted({*then.inputs, *now.inputs})
        if then.inputs.get(name) != now.inputs.get(name)
    ]
    return found + ([] if then.members == now.members else [Difference("members", then.members, now.members)])
