"""The outbox: what was allowed leaves, each contact once, whatever falls over in between.

The journal is the queue. A contact that was wanted is let out by the governor, which writes ``sent`` before anything
leaves, and is handed to its channel. A crash before that record changes nothing: after the start it is tried again. After
it, a channel that does a contact only once is asked again; of one that does not, such as e-mail, the contact is told as
unclear: it may have arrived, so it counts, and it is never sent twice. This is the one module that calls a channel.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from typing import Final

from tandem.act.books import Book
from tandem.act.collections.changes import SYSTEM, Change
from tandem.act.collections.channels import Handed, Line, NotOpenError, Outlet
from tandem.act.collections.conduct import Blocked
from tandem.act.collections.file import ContactId, Past
from tandem.act.collections.folding import Files
from tandem.act.collections.governor import Governor, Permit
from tandem.act.collections.types import AUTOMATIC, Channel
from tandem.kernel.errors import Conflict
from tandem.kernel.time import MINUTE, Clock, Micros

__all__ = ["Outgoing"]

_LOG = logging.getLogger(__name__)
_AGAIN_AFTER: Final = MINUTE


class Outgoing:
    """Sends what waits. One per process: it knows which contacts it has in hand.

    Args:
        outlets: by channel; what has none waits.
    """

    def __init__(
        self, book: Book[Files, Change], governor: Governor, outlets: Sequence[Outlet], *, clock: Clock
    ) -> None:
        self._book = book
        self._governor = governor
        self._outlets: Mapping[Channel, Outlet] = {one.channel: one for one in outlets}
        self._clock = clock
        self._turn = threading.Lock()
        self._not_before: dict[Channel, Micros] = {}

    @property
    def channels(self) -> frozenset[Channel]:
        """Those that there is a way out by."""
        return frozenset(self._outlets)

    def leaves(self, channel: Channel) -> bool:
        """Whether a contact by ``channel`` can leave: people do theirs themselves, and all else needs an outlet.

        Where there is no outlet at all, nothing is set up yet: what is wanted waits until one is.
        """
        return channel not in AUTOMATIC or not self._outlets or channel in self._outlets

    def send(self) -> int:
        """Hand over all that waits, and clear up what a crash left; how many were handed over.

        Raises:
            Unavailable: the journal does not take it now; nothing is lost, the next call goes on.
        """
        with self._turn:
            return self._clear_up() + sum(self._send_by(one) for one in self._outlets.values())

    # -- inside --------------------------------------------------------------------------------------------------

    def _clear_up(self) -> int:
        """Of what a process before this one let out and heard nothing of. Under ``_turn`` nothing else is out."""
        with self._book.lock:
            left = [one for one in self._book.now.handed.values() if one.channel in AUTOMATIC]
        done = 0
        for past in left:
            outlet = self._outlets.get(past.channel)
            if outlet is None or not outlet.repeatable:
                self._governor.end(past.contact, "unclear", by=SYSTEM, why="crash")
                continue
            if not self._is_due(outlet):
                continue
            permit = self._governor.renew(past.contact)
            if isinstance(permit, Blocked):
                if permit.until is None:
                    self._governor.end(past.contact, "unclear", by=SYSTEM, why="crash")
                continue  # the night passes
            try:
                with outlet.open() as line:
                    done += self._hand(line, past.contact, permit)
            except NotOpenError as error:
                self._later(outlet, error.code)
        return done

    def _send_by(self, outlet: Outlet) -> int:
        with self._book.lock:
            waiting = [one for one in self._book.now.waiting.values() if one.channel == outlet.channel]
        if not waiting or not self._is_due(outlet):
            return 0
        try:
            with outlet.open() as line:
                return sum(self._let_out(line, one) for one in waiting)
        except NotOpenError as error:
            self._later(outlet, error.code)
            return 0

    def _let_out(self, line: Line, past: Past) -> bool:
        try:
            permit = self._governor.release(past.contact, by=SYSTEM)
        except Conflict:  # somebody withdrew it meanwhile
            return False
        return False if isinstance(permit, Blocked) else self._hand(line, past.contact, permit)

    def _hand(self, line: Line, contact: ContactId, permit: Permit) -> bool:
        found: Handed = line.hand(permit)
        self._governor.end(contact, found.state, by=SYSTEM, why=found.why, invalid=found.invalid)
        return found.state == "delivered"

    def _is_due(self, outlet: Outlet) -> bool:
        return self._not_before.get(outlet.channel, Micros(0)) <= self._clock.now()

    def _later(self, outlet: Outlet, why: str) -> None:
        _LOG.info("Nothing leaves by %s now (%s); it is tried again in a minute", outlet.channel, why)
        self._not_before[outlet.channel] = Micros(self._clock.now() + _AGAIN_AFTER)
