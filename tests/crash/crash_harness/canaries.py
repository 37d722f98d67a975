"""Mistakes to plant in a worker. Each has been made in a real system; the reconciliation must find every one.

A canary replaces one thing in the modules of a forked worker, which is killed soon after; nothing else sees it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from tandem.decide.decisions import Answer, DecisionProcess, Snapshot, answering, process
from tandem.decide.decisions.folding import Folding
from tandem.decide.decisions.state import OnlineState
from tandem.kernel.time import SystemClock

__all__ = ["CANARIES", "Canary", "plant"]


@dataclass(frozen=True)
class Canary:
    """A mistake, how to make it, and the findings of which at least one must come up."""

    plant: Callable[[], None]
    found_as: frozenset[str]


def plant(name: str) -> None:
    """Make the mistake ``name`` in this process; none for an empty name."""
    if name:
        CANARIES[name].plant()


def _acknowledge_before_commit() -> None:
    """The answer leaves when the record is queued, not when it is on disk."""
    submit = DecisionProcess._submit

    def hasty(self: DecisionProcess, entries: Any, on_answer: Any, answer: Answer, *rest: Any, **more: Any) -> None:
        submit(self, entries, lambda _: None, answer, *rest, **more)
        self._deliver([(on_answer, answer)])

    DecisionProcess._submit = hasty


def _key_of_the_attempt() -> None:
    """The idempotency key holds something that is new at every attempt, so no retry is ever recognised."""
    entry_of = process._event_entry

    def entry(event: Any) -> Any:
        kept = entry_of(event)
        return msgspec.structs.replace(kept, key=f"{kept.key}/{secrets.token_hex(4)}")

    process._event_entry = entry


def _answer_made_anew() -> None:
    """A retry is answered by what would be answered now, not by the bytes that were given."""
    known = process.known_answer

    def anew(event_id: Any, decision: Any) -> Answer:
        answer = known(event_id, decision)
        document = msgspec.json.decode(answer.body)
        document["decided_at"] = str(SystemClock().now())
        return msgspec.structs.replace(answer, body=msgspec.json.encode(document))

    process.known_answer = anew


def _wall_clock_in_the_window() -> None:
    """Features count an event at the time it arrived and not at the time it happened."""
    decide = answering.decide_event

    class AsOfNow:
        def __init__(self, features: Any) -> None:
            self._features = features

        def observe(self, event: Any, seq: Any) -> Any:
            return self._features.observe(msgspec.structs.replace(event, occurred_at=event.received_at), seq)

    def decide_now(event: Any, seq: Any, live: Any, policy: Any, features: Any, *rest: Any) -> Any:
        return decide(event, seq, live, policy, AsOfNow(features), *rest)

    process.decide_event = decide_now


def _snapshot_behind_its_state() -> None:
    """The snapshot holds what is known, under the number of what is durable: the rest is counted twice."""

    def hasty(self: Folding, state: OnlineState, _receipt: Any) -> None:
        known, head = state.known, self._journal.head
        if known is None or head.seq == 0 or state.seq - self._kept_seq < self._every:
            return
        hosts = [known.features, *known.graphs, *known.networks]
        last_seq = known.features.last_seq
        for host in hosts:
            host.last_seq = head.seq
        written = Snapshot(
            seq=head.seq,
            mac=head.mac,
            plan=known.plan.digest,
            known=known.snapshot(),
            lists=state.lists.snapshot(),
        )
        for host in hosts:
            host.last_seq = last_seq
        self._snapshots.write(written)
        self._kept_seq = state.seq

    Folding.keep_if_due = hasty


def _snapshot_without_lists() -> None:
    """What was changed on a list before the snapshot is forgotten at the next start."""
    OnlineState.restore_lists = lambda *_: None


CANARIES: dict[str, Canary] = {
    "acknowledge_before_commit": Canary(_acknowledge_before_commit, frozenset({"lost"})),
    "key_of_the_attempt": Canary(_key_of_the_attempt, frozenset({"doubled"})),
    "answer_made_anew": Canary(_answer_made_anew, frozenset({"changed"})),
    "wall_clock_in_the_window": Canary(_wall_clock_in_the_window, frozenset({"replay"})),
    "snapshot_behind_its_state": Canary(_snapshot_behind_its_state, frozenset({"replay"})),
    "snapshot_without_lists": Canary(_snapshot_without_lists, frozenset({"replay"})),
}
