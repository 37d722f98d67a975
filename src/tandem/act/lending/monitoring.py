"""The journal, followed in order: each decision that monitors moves the grades of its owner's accounts, exactly once.

A change names the place of the decision it follows from. The last place named tells how far the looking has come; what stands
behind it moved nothing, so looking at it once more moves nothing either. Besides, each change has a key of its decision and
its account, so that it is written once whatever is retried, or killed in the middle.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from tandem.act.lending.accounts import Accounts
from tandem.act.lending.book import AccountBook, Done, Request
from tandem.act.lending.changes import AccountChange
from tandem.act.lending.errors import NotAllowed
from tandem.act.lending.grading import Graded, regraded
from tandem.act.lending.keys import own_key
from tandem.act.products import Monitoring, Shelf
from tandem.decide.decisions import Decided, DecisionProcess, LiveRelease, decode_body
from tandem.decide.policy import marks_of
from tandem.kernel.errors import TandemError, Unavailable
from tandem.observe.journal import Record

__all__ = ["Monitor"]

_LOG = logging.getLogger(__name__)
_STRIDE: Final = 4_000
_LOOK_EVERY_S: Final = 5.0
_GATHER_S: Final = 0.1
_STANDS: Final = "grade_stands"


class _Answer(msgspec.Struct):
    actions: tuple[str, ...] = ()


class _Watched(msgspec.Struct, frozen=True):
    """A product whose accounts are monitored."""

    policy: str
    rules: Monitoring


_ANSWER: Final = msgspec.json.Decoder(_Answer)


class Monitor:
    """Safe to call from several threads; works on the book of the lending desk, by the products of the live release.

    While ``running`` it follows by itself, else when it is asked.

    Args:
        process: the one writer.
        shelf: whose products say which policy monitors, and what it may say.
    """

    def __init__(self, process: DecisionProcess, book: AccountBook, shelf: Shelf) -> None:
        self._process = process
        self._book = book
        self._shelf = shelf
        self._turn = threading.Lock()
        self._reached = 0
        self._reached_of: Accounts | None = None
        self._stopping = threading.Event()
        self._woken = threading.Event()
        process.watch(self._decided)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Following in a thread of its own, stopped at the end; what is still to do is done after the next start."""
        self._stopping.clear()
        thread = threading.Thread(target=self._run, name="monitoring", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            self._woken.set()
            thread.join()

    def follow(self) -> int:
        """Take in what was decided by now; how many accounts' grades or flags that moved.

        Raises:
            Unavailable: not now; nothing is lost, the next call goes on.
        """
        with self._turn:
            live, watched = self._process.live, self._watched()
            if live is None or not watched:
                return 0
            done = 0
            while (start := self._start()) < self._process.journal.head.seq:
                last = min(self._process.journal.head.seq, start + _STRIDE)
                found = self._look(live, watched, start + 1, last)
                done += self._write(found, watched) if found else 0
                self._reached = last
            return done

    # -- inside --------------------------------------------------------------------------------------------------

    def _watched(self) -> dict[str, _Watched]:
        """By product."""
        found = {}
        for name, one in self._shelf.products.items():
            policy, rules = one.product.policies.monitoring, one.product.monitoring
            if policy is not None and rules is not None:
                found[name] = _Watched(policy, rules)
        return found

    def _start(self) -> int:
        """Where the looking has come to; accounts that were folded anew are asked again. Before the first account is nothing."""
        with self._book.lock:
            accounts = self._book.accounts
            if self._reached_of is not accounts:
                first = accounts.numbered(1).opened_seq if len(accounts) else self._process.journal.head.seq
                self._reached, self._reached_of = max(accounts.graded_to, first), accounts
            return self._reached

    def _look(self, live: LiveRelease, watched: Mapping[str, _Watched], first: int, last: int) -> list[Graded]:
        """What the decisions from place ``first`` to ``last`` say, in order."""
        policies = {one.policy for one in watched.values()}
        names = {one.encode() for one in policies}
        found = []
        for record in self._process.journal.read(first, last, kinds=["decision"]):
            if any(name in record.clear for name in names):
                graded = _graded(live, record, policies)
                found += [] if graded is None else [graded]
        return found

    def _write(self, found: Sequence[Graded], watched: Mapping[str, _Watched]) -> int:
        """Write what ``found`` comes to, in order; each sees what those before it came to."""
        with self._book.lock:
            accounts = self._book.accounts
            owned = [
                (one, account.account_id, watched[account.product].rules)
                for one in found
                for account in accounts.of(one.owner)
                if account.product in watched and watched[account.product].policy == one.policy
            ]
        if not owned:
            return 0
        written = self._book.write_all([_request(*one) for one in owned])
        for failed in written:
            if isinstance(failed, TandemError) and failed.code != _STANDS:
                raise failed
        return sum(isinstance(one, Done) and not one.again for one in written)

    def _decided(self, decided: Decided) -> None:
        policy = decided.trail.policy
        if any(one.product.policies.monitoring == policy for one in self._shelf.products.values()):
            self._woken.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.follow()
            except Unavailable:
                _LOG.info("The journal takes no grades now; it is tried again in a moment")
            except Exception:  # noqa: BLE001 - it goes on: what could not be done stays to be done
                _LOG.exception("Accounts could not be graded; it is tried again in a moment")
            if self._woken.wait(_LOOK_EVERY_S):
                self._stopping.wait(_GATHER_S)
            self._woken.clear()


def _graded(live: LiveRelease, record: Record, policies: set[str]) -> Graded | None:
    """What the decision of ``record`` says; None where it is of another policy, says nothing, or is about nobody."""
    body = decode_body(record.clear)
    trail = body.trail
    marks = marks_of(_ANSWER.decode(body.answer).actions)
    event_type = live.reader.event_types.get(trail.event_type)
    if trail.policy not in policies or not marks or event_type is None or event_type.subject is None:
        return None
    owner = trail.entities.get(event_type.subject)
    kind = next((field.entity for field in event_type.fields if field.name == event_type.subject), None)
    if owner is None or kind is None:
        return None
    return Graded(
        decision=trail.decision_id, seq=int(record.seq), policy=trail.policy, occurred_at=trail.occurred_at,
        owner_kind=str(kind), owner=owner, marks=marks,
    )  # fmt: skip


def _request(said: Graded, account_id: str, rules: Monitoring) -> Request:
    def change(accounts: Accounts) -> AccountChange:
        account = accounts.get(account_id)
        moved = None if account is None else regraded(account, said, rules)
        if moved is None:
            raise NotAllowed("All stands as it did.", code=_STANDS, field="account", value=account_id)
        return moved

    return Request(
        key=own_key("monitoring", f"{said.decision}:{account_id}"), asked=[said.decision, account_id], change=change
    )
