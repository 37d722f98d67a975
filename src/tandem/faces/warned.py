"""What early warnings have begun for them, and what settles them besides events: cases and accounts know nothing of warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from tandem.act.cases import CaseDesk
from tandem.act.lending import Account, Accounts, Aged, Closed, LendingDesk, decode_change
from tandem.act.warning import SYSTEM, Condition, EarlyWarning
from tandem.kernel.errors import NotFound
from tandem.kernel.time import DAY, Micros
from tandem.observe.journal import Record

__all__ = ["account_conditions", "warning_cases"]

_FROM_31_DAYS: Final = 2
"""The bucket of accounts that are 31 to 60 days past due."""


def warning_cases(desk: CaseDesk) -> Callable[[EarlyWarning], str]:
    """How a warning has a case opened: the one that its decision is in already, or one about what it warns of."""

    def open_case(warning: EarlyWarning) -> str:
        try:
            return desk.case(warning.latest.decision_id).case_id
        except NotFound:
            return desk.open_about(warning.entity_kind, warning.entity, [warning.latest.decision_seq], by=SYSTEM)

    return open_case


def account_conditions(desk: LendingDesk) -> Callable[[Record], Iterator[Condition]]:
    """What a record of the books says of the owners of accounts: 31 days past due, or closed with nothing owed."""

    def conditions(record: Record) -> Iterator[Condition]:
        change = decode_change(record.clear)
        if isinstance(change, Aged):
            late = [
                number for number, bucket in zip(change.numbers, change.buckets, strict=True) if bucket >= _FROM_31_DAYS
            ]
            for account in desk.look(lambda accounts: [accounts.numbered(number) for number in late]):
                yield _condition(record, account, Micros(change.day * DAY), rolled=True)
        elif isinstance(change, Closed):
            yield _condition(record, desk.look(lambda accounts: _named(accounts, change.account)), record.recorded_at)

    return conditions


def _named(accounts: Accounts, account_id: str) -> Account:
    found = accounts.get(account_id)
    assert found is not None, "what was closed is there"
    return found


def _condition(record: Record, account: Account, at: Micros, *, rolled: bool = False) -> Condition:
    return Condition(
        event_seq=int(record.seq),
        occurred_at=at,
        entities={account.owner_kind: account.owner},
        rolled=rolled,
        over=not rolled,
    )
