"""Putting a ring on lists, and taking off exactly that again, through the ordinary change of a list.

What is to be done is written down first, then done; so whatever a crash left half-done is done at the next start. A list
knows each change by its id and takes it once. Entries that somebody else made are never touched: what stands on a list
already is left out, and taken off is only what still names this action as its source.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tandem.act.rings.book import RingBook
from tandem.act.rings.changes import Listed, ListedEntry, Undone
from tandem.act.rings.folding import Action, Ring
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import Conflict, InvalidInput, NotFound
from tandem.kernel.identity import Entropy, Pseudonym, new_id
from tandem.kernel.time import Clock, Micros, format_instant

__all__ = ["Lister", "source_of"]

_LOG = logging.getLogger(__name__)
_REASON_MAX: Final = 500


def source_of(ring: str, action: str) -> str:
    """What an entry that an action made names as its source."""
    return f"{ring}/{action}"


class Lister:
    """Acts for ``book``."""

    def __init__(self, process: DecisionProcess, book: RingBook, clock: Clock, entropy: Entropy) -> None:
        self._process = process
        self._book = book
        self._clock = clock
        self._entropy = entropy

    def stands(self, name: str, entity: Pseudonym) -> bool:
        """Whether ``entity`` is on a list now."""
        entry = self._process.state.lists.entry(name, entity)
        return entry is not None and (entry.expires_at is None or entry.expires_at > self._clock.now())

    def put(
        self,
        ring: str,
        entries: Sequence[ListedEntry],
        *,
        reason: str,
        expires_at: Micros,
        by: str,
        automatic: bool = False,
    ) -> str:
        """Put ``entries`` on their lists, but those that stand there; the action's id.

        Raises:
            InvalidInput: there is nothing to put on.
            Unavailable: it may not have been done; what was written down is done after the next start.
        """
        new = tuple(one for one in entries if not self.stands(one.list, one.entity))
        if not new:
            raise InvalidInput(
                "There is nothing to put on a list.",
                code="nothing_to_list",
                hint="all of it stands on its list already",
            )
        listed = Listed(
            ring=ring,
            by=by,
            action=new_id("act", self._clock, self._entropy),
            reason=reason,
            expires_at=expires_at,
            entries=new,
            automatic=automatic,
        )
        self._book.write(lambda _rings: [listed])
        self._do(listed)
        return listed.action

    def take_back(self, ring: str, action_id: str, *, reason: str, by: str) -> tuple[int, int]:
        """Take off what an action put on; how many entries went, and how many were others' by now.

        Raises:
            NotFound: the ring has no such action.
            Conflict: it was taken back already.
        """

        def undone(rings: Any) -> list[Undone]:
            found = rings.get(ring)
            action = None if found is None else found.actions.get(action_id)
            if action is None:
                raise NotFound(
                    "The ring has no such action.", code="unknown_action", field="action_id", value=action_id
                )
            if action.undone is not None:
                raise Conflict("It was taken back already.", code="already_undone", field="action_id", value=action_id)
            return [Undone(ring=ring, by=by, action=action_id, reason=reason)]

        self._book.write(undone)
        with self._book.lock:
            found = self._book.rings.get(ring)
            assert found is not None, "it was just written about"
            action = found.actions[action_id]
        return self._undo(action)

    def finish(self) -> None:
        """Do what was written down and not done, as after a crash."""
        with self._book.lock:
            actions = [action for ring in self._book.rings for action in ring.actions.values()]
        for action in actions:
            if action.undone is not None:
                self._undo(action)
            elif not all(self.stands(one.list, one.entity) for one in action.listed.entries):
                self._do(action.listed)

    def standing(self, ring: Ring, action: Action, entry: ListedEntry) -> str:
        """How an entry of an action stands: ``in_force``, ``expired``, ``removed`` or ``replaced``."""
        try:
            found = self._process.state.lists.entry(entry.list, entry.entity)
        except NotFound:
            return "removed"  # with its list
        if found is None:
            return "removed"
        if found.source != source_of(ring.ring_id, action.listed.action):
            return "replaced"
        expired = found.expires_at is not None and found.expires_at <= self._clock.now()
        return "expired" if expired else "in_force"

    def _do(self, listed: Listed) -> None:
        for name, entries in _by_list(listed.entries).items():
            document = {
                "change_id": f"{listed.action}:{name}",
                "add": [
                    {
                        "member": one.entity,
                        "reason": _reason(listed.reason, one),
                        "source": source_of(listed.ring, listed.action),
                        "expires_at": format_instant(listed.expires_at),
                    }
                    for one in entries
                ],
            }
            try:
                self._process.change_list(name, document, by=listed.by)
            except NotFound:
                _LOG.warning("A ring could not be put on the list %s: the live release has it no more", name)

    def _undo(self, action: Action) -> tuple[int, int]:
        assert action.undone is not None, "only what is undone is taken off"
        listed, removed = action.listed, 0
        for name, entries in _by_list(listed.entries).items():
            source = source_of(listed.ring, listed.action)
            ours = []
            try:
                for one in entries:
                    found = self._process.state.lists.entry(name, one.entity)
                    if found is not None and found.source == source:
                        ours.append({"member": one.entity})
            except NotFound:
                continue
            if ours:
                document = {"change_id": f"{listed.action}:{name}:undone", "remove": ours}
                self._process.change_list(name, document, by=action.undone.by)
                removed += len(ours)
        return removed, len(listed.entries) - removed


def _by_list(entries: Sequence[ListedEntry]) -> Mapping[str, list[ListedEntry]]:
    found: dict[str, list[ListedEntry]] = {}
    for one in entries:
        found.setdefault(one.list, []).append(one)
    return found


def _reason(reason: str, entry: ListedEntry) -> str:
    if not entry.path:
        return reason[:_REASON_MAX]
    way = " > ".join(f"{step.kind} {step.identifier[:8]} > {step.member[:8]}" for step in entry.path)
    said = f" (strength {entry.strength:g}, over {way})"
    return reason[: max(0, _REASON_MAX - len(said))] + said[:_REASON_MAX]
