"""What early warnings have begun for them, and what settles them besides events: cases and accounts know nothing of warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from tandem.act.cases import CaseDesk
from tandem.act.collections import CollectionsDesk
from tandem.act.lending import Account, Accounts, Aged, Closed, LendingDesk, NotAllowed, Proposed, decode_change
from tandem.act.warning import SYSTEM, Condition, EarlyWarning, LeftToPeople
from tandem.kernel.errors import NotFound
from tandem.kernel.time import DAY, Micros
from tandem.observe.journal import Record

__all__ = ["account_conditions", "warning_cases", "warning_contacts", "warning_freezes"]

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


def warning_contacts(desk: CollectionsDesk) -> Callable[[EarlyWarning], str | LeftToPeople | None]:
    """How a warning asks for a contact: a reminder of the account that is soon due, within the conduct rules; one for a warning."""

    def contact(warning: EarlyWarning) -> str | LeftToPeople | None:
        waits, left = False, LeftToPeople("no_account")
        for account in desk.lending.look(lambda accounts: _of(accounts, warning)):
            if account.ended:
                continue
            found = desk.remind(account.account_id, key=f"warning:{warning.warning_id}:{account.account_id}")
            if found.contact is not None:
                return found.contact
            waits = waits or found.again_at is not None
            left = left if found.why is None else LeftToPeople(found.why)
        return None if waits else left

    return contact


def warning_freezes(desk: LendingDesk) -> Callable[[EarlyWarning], str | LeftToPeople]:
    """How a warning has the limit frozen: proposed to people for each open account, or done where the product's terms say so."""

    def freeze(warning: EarlyWarning) -> str | LeftToPeople:
        accounts = desk.look(lambda accounts: _of(accounts, warning))
        refs = [ref for one in accounts if (ref := _frozen(desk, one, warning.warning_id)) is not None]
        return " ".join(refs) if refs else LeftToPeople("no_open_limit")

    return freeze


def _frozen(desk: LendingDesk, account: Account, warning_id: str) -> str | None:
    """The proposal, or the account where it was frozen at once; None where there is nothing to freeze."""
    try:
        change = desk.servicing.freeze_warned(account.account_id, warning=warning_id).change
    except NotAllowed as refused:
        return str(refused.value) if refused.code == "already_proposed" else None
    return change.proposal if isinstance(change, Proposed) else account.account_id


def _of(accounts: Accounts, warning: EarlyWarning) -> list[Account]:
    """The accounts of what is warned of; else of the person that it is about."""
    found = [one for one in accounts.of(warning.entity) if one.owner_kind == warning.entity_kind]
    return found or ([] if warning.subject is None else accounts.of(warning.subject))


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
