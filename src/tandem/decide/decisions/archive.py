"""What was decided: look-ups, explanations and replays over the journal, under the release of then."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from tandem.decide.decisions.explaining import explain_decision
from tandem.decide.decisions.live import LiveRelease, assemble
from tandem.decide.decisions.records import DecisionBody, decode_body, find_decision
from tandem.decide.decisions.replaying import Replayed, replay_decision, replay_journal
from tandem.decide.decisions.state import OnlineState
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Digest
from tandem.kernel.time import format_instant
from tandem.observe.journal import Journal, Record
from tandem.prove.privacy import Vault

__all__ = ["PAGE_MAX", "DecisionArchive"]

PAGE_MAX: Final = 200
"""Decisions on one page."""
_STRIDE: Final = 1_000
_RELEASES_KEPT: Final = 4


class DecisionArchive:
    """Reads decisions back.

    Args:
        journal, vault: of the workspace.
        state: the online state, for the register of artefacts.
    """

    def __init__(self, journal: Journal, vault: Vault, state: OnlineState) -> None:
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
        self, *, limit: int = 50, before: int | None = None, outcome: str | None = None, policy: str | None = None
    ) -> list[dict[str, Any]]:
        """Decisions, newest first.

        Args:
            limit: at most ``PAGE_MAX``.
            before: journal place of the last one of the page before.
            outcome, policy: only these.

        Raises:
            InvalidInput: a limit outside 1 to ``PAGE_MAX``.
        """
        if not 1 <= limit <= PAGE_MAX:
            raise InvalidInput(f"A page has 1 to {PAGE_MAX} decisions.", field="limit", value=limit)
        found: list[dict[str, Any]] = []
        end = self._journal.head.seq  # a place far behind the end must not be walked to step by step
        for record in self._backwards(end if before is None else min(before - 1, end)):
            body = decode_body(record.clear)
            if outcome in {None, body.trail.outcome} and policy in {None, body.trail.policy}:
                found.append(_listed(record, body))
                if len(found) == limit:
                    break
        return found

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

    def _backwards(self, last: int) -> Iterator[Record]:
        while last > 0:
            first = max(1, last - _STRIDE + 1)
            yield from reversed(list(self._journal.read(first, last, kinds=["decision"])))
            last = first - 1


def _listed(record: Record, body: DecisionBody) -> dict[str, Any]:
    return {
        "seq": record.seq,
        "recorded_at": format_instant(record.recorded_at),
        "answer": msgspec.json.decode(body.answer),
        "trail": msgspec.to_builtins(body.trail),
    }
