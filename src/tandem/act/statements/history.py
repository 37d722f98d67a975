"""Where the records of each account stand in the journal, so that one account's life is read without reading the others'.

Accounts themselves forget when we heard of what; the journal does not. Places are learned as they are asked for: each time
what was appended since is looked through once, and of every record only whose it is.
"""

from __future__ import annotations

import threading
from array import array

import msgspec

from tandem.act.lending import AccountChange, decode_change
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import NotFound
from tandem.kernel.time import Micros

__all__ = ["AccountHistories", "Heard"]


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """A change of one account, where it stands and when it was recorded."""

    seq: int
    at: Micros
    change: AccountChange


class _Whose(msgspec.Struct):
    account: str = ""


_WHOSE = msgspec.json.Decoder(_Whose)


class AccountHistories:
    """Safe to call from several threads; holds eight bytes for each record.

    Args:
        process: whose journal is read.
    """

    def __init__(self, process: DecisionProcess) -> None:
        self._process = process
        self._lock = threading.Lock()
        self._places: dict[str, array[int]] = {}
        self._read_to = 0

    def of(self, account_id: str) -> list[Heard]:
        """What happened to an account, in the order in which we heard of it; only what is durable.

        Raises:
            NotFound: there is no such account.
            Unavailable: the journal does not answer.
        """
        with self._lock:
            self._read_on()
            places = list(self._places.get(account_id, ()))
        if not places:
            raise NotFound("No account has this id.", code="unknown_account", field="account", value=account_id)
        return [
            Heard(seq=int(one.seq), at=one.recorded_at, change=decode_change(one.clear))
            for one in self._process.journal.at(places)
        ]

    def _read_on(self) -> None:
        for record in self._process.journal.read(self._read_to + 1, kinds=["account"]):
            whose = _WHOSE.decode(record.clear).account
            if whose:
                self._places.setdefault(whose, array("q")).append(int(record.seq))
            self._read_to = int(record.seq)
