"""What was decided: look-ups, explanations and replays over the journal, under the release of then."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

import msgspec

from tandem.decide.decisions.explaining import explain_decision
from tandem.decide.decisions.index import DecisionIndex, WantedDecisions
from tandem.decide.decisions.live import LiveRelease, assemble
from tandem.decide.decisions.records import DecisionBody, decode_body, find_decision
from tandem.decide.decisions.replaying import Replayed, replay_decision, replay_journal
from tandem.decide.decisions.state import OnlineState
from tandem.decide.decisions.types import Trail
from tandem.kernel.errors import InvalidInput, Unavailable
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.time import Micros, format_instant
from tandem.observe.journal import Journal, Record
from tandem.prove.privacy import Vault

__all__ = ["EVERY_DECISION", "PAGE_MAX", "ROWS_MAX", "DecisionArchive", "DecisionsFound"]

EVERY_DECISION: Final = WantedDecisions()
PAGE_MAX: Final = 200
"""Decisions on one page."""
ROWS_MAX: Final = 1_000
"""Decisions on one page in their short form."""
_STRIDE: Final = 1_000
_RELEASES_KEPT: Final = 4


class DecisionsFound(NamedTuple):
    """A page of decisions, newest first; ``next_before`` continues, None at the end.

    ``words``: of the reasons in short forms, by code, as they were answered last.
    """

    items: list[dict[str, Any]]
    next_before: int | None
    words: dict[str, dict[str, str]]


class DecisionArchive:
    """Reads decisions back.

    Args:
        journal, vault: of the workspace.
        state: the online state, for the register of artefacts.
        index: of the decisions in the journal.
    """

    def __init__(self, journal: Journal, vault: Vault, state: OnlineState, index: DecisionIndex) -> None:
        self._index = index
        self._journal = journal
        self._vault = vault
        self._state = state
        self._assembled: OrderedDict[Digest, LiveRelease] = OrderedDict()

    def find(self, identifier: str) -> dict[str, Any]:
        """The decision with this decision id or event id, as recorded: answer, trail, place.

        Raises:
            NotFound: no such decision.
        """
        record = find_decision(self._journal, identifier)
        return _listed(record, decode_body(record.clear))

    def explain(self, identifier: str) -> dict[str, Any]:
        """Why; see ``explain_decision``.

        Raises:
            NotFound: no such decision.
        """
        record = find_decision(self._journal, identifier)
        return explain_decision(record, self.release(decode_body(record.clear).trail.release), self._journal)

    def replay(self, identifier: str, *, release: Digest | None = None) -> Replayed:
        """The decision again, from its stored inputs, under its own release or under another.

        Raises:
            NotFound: no such decision or release.
        """
        record = find_decision(self._journal, identifier)
        live = self.release(release or decode_body(record.clear).trail.release)
        return replay_decision(record, live, self._journal)

    def replay_all(self, *, compiled: bool | None = None) -> Iterator[Replayed]:
        """Every decision again, its inputs folded anew from the journal; see ``replay_journal``."""
        return replay_journal(self._journal, self._vault, compiled=compiled)

    def page(
        self, *, limit: int = 50, before: int | None = None, wanted: WantedDecisions = EVERY_DECISION
    ) -> DecisionsFound:
        """Decisions as recorded, newest first.

        Args:
            limit: at most ``PAGE_MAX``.
            before: journal place of the last one of the page before.

        Raises:
            InvalidInput: a limit outside 1 to ``PAGE_MAX``.
        """
        return self._found(limit, PAGE_MAX, before, wanted, lambda record, body, _words: _listed(record, body))

    def rows(
        self, *, limit: int = 50, before: int | None = None, wanted: WantedDecisions = EVERY_DECISION
    ) -> DecisionsFound:
        """As ``page``, each in the short form that tables show; at most ``ROWS_MAX``."""
        return self._found(limit, ROWS_MAX, before, wanted, _row)

    def newest_about(self, subjects: Collection[Pseudonym]) -> dict[Pseudonym, tuple[Trail, Micros]]:
        """The trail of the newest decision on an event about each of ``subjects``, and when it was taken; without those of none.

        Somebody whom an event names beside its subject, a counterparty or a guarantor, is not whom it is about.
        """
        places = self._index.newest_about(subjects)
        records = self._records(places.values())
        # The index knows half of a pseudonym; that it is the right one is seen in the record.
        return {one: _taken(records[seq]) for one, seq in places.items() if records[seq].subject == one}

    def newest_naming(self, entities: Collection[Pseudonym]) -> dict[Pseudonym, tuple[Trail, Micros]]:
        """As ``newest_about``, of the newest decision that names each of ``entities``, whoever it was about."""
        places = self._index.newest_naming(entities)
        records = self._records(places.values())
        found = {one: _taken(records[seq]) for one, seq in places.items()}
        return {one: (trail, at) for one, (trail, at) in found.items() if one in trail.entities.values()}

    def prepare(self) -> None:
        """Begin to read what a filter needs, in a thread, so that the first one does not wait for all of it."""

        def read() -> None:
            with contextlib.suppress(Unavailable):  # then the first filter reads it
                self._index.get_ready()

        threading.Thread(target=read, name="decision-index", daemon=True).start()

    def release(self, digest: Digest) -> LiveRelease:
        """The release with this digest, ready to decide; the last few are kept.

        Raises:
            NotFound: no such release.
        """
        live = self._state.live
        if live is not None and live.digest == digest:
            return live
        if digest in self._assembled:
            self._assembled.move_to_end(digest)
            return self._assembled[digest]
        register = self._state.register
        assembled = assemble(register.artefacts_of(register.release_of(digest)), digest, self._vault)
        self._assembled[digest] = assembled
        while len(self._assembled) > _RELEASES_KEPT:
            self._assembled.popitem(last=False)
        return assembled

    def _records(self, places: Collection[int]) -> dict[int, Record]:
        return {int(record.seq): record for record in self._journal.at(sorted(set(places)))}

    def _found(
        self,
        limit: int,
        limit_max: int,
        before: int | None,
        wanted: WantedDecisions,
        told: Callable[[Record, DecisionBody, dict[str, dict[str, str]]], dict[str, Any]],
    ) -> DecisionsFound:
        if not 1 <= limit <= limit_max:
            raise InvalidInput(
                f"A page has 1 to {limit_max} decisions.", code="invalid_parameter", field="limit", value=limit
            )
        end = self._journal.head.seq + 1  # a place far behind the end must not be walked to step by step
        before = end if before is None else min(before, end)
        if wanted.everything and not self._index.ready:
            records = list(islice(self._backwards(before - 1), limit))
        else:
            records = self._journal.at(self._index.find(wanted, before=before, limit=limit))[::-1]
        words: dict[str, dict[str, str]] = {}
        bodies = ((record, decode_body(record.clear)) for record in records)
        return DecisionsFound(
            [
                told(record, body, words)
                for record, body in bodies
                if wanted.takes(body.trail, record.recorded_at, record.subject)
            ],
            int(records[-1].seq) if len(records) == limit else None,
            words,
        )

    def _backwards(self, last: int) -> Iterator[Record]:
        while last > 0:
            first = max(1, last - _STRIDE + 1)
            yield from reversed(list(self._journal.read(first, last, kinds=["decision"])))
            last = first - 1


def _taken(record: Record) -> tuple[Trail, Micros]:
    return decode_body(record.clear).trail, record.recorded_at


def _listed(record: Record, body: DecisionBody) -> dict[str, Any]:
    return {
        "seq": record.seq,
        "recorded_at": format_instant(record.recorded_at),
        "answer": msgspec.json.decode(body.answer),
        "trail": msgspec.to_builtins(body.trail),
    }


class _Answered(msgspec.Struct):
    """As much of an answer as its reasons in words."""

    reasons: list[dict[str, str]]


_REASONS = msgspec.json.Decoder(_Answered)


def _row(record: Record, body: DecisionBody, words: dict[str, dict[str, str]]) -> dict[str, Any]:
    trail = body.trail
    if any(code not in words for code in trail.reasons):
        for reason in _REASONS.decode(body.answer).reasons:
            words.setdefault(reason["code"], reason)
    first = next(iter(trail.scores.values()), None)
    return {
        "seq": record.seq,
        "recorded_at": format_instant(record.recorded_at),
        "decision_id": trail.decision_id,
        "event_id": trail.event_id,
        "event_type": trail.event_type,
        "outcome": trail.outcome,
        "policy": trail.policy,
        "release": trail.release,
        "reasons": list(trail.reasons),
        "score": None if first is None else first.probability,
        "missing": len(trail.missing),
        "took_us": round(sum(trail.timings_us.values()), 1),
        "entities": trail.entities,
    }
