"""How money at the bank that nobody could place becomes a case: the rooms of banks and of cases know nothing of each other."""

from __future__ import annotations

from collections.abc import Callable

from tandem.act.bank_files import ItemTaken
from tandem.act.cases import CaseDesk
from tandem.act.lending import Account
from tandem.kernel.identity import Pseudonym
from tandem.kernel.money import Money
from tandem.kernel.time import days_to_date

__all__ = ["TOPIC", "bank_cases"]

TOPIC = "bank_item"
"""The action that a queue of ``case_rules/`` takes to have these cases."""


def bank_cases(desk: CaseDesk) -> Callable[[ItemTaken, Account | None], None]:
    """What is to be told of an item, so that ``desk`` has a case about it."""

    def open_case(item: ItemTaken, account: Account | None) -> None:
        amount = Money(item.amount_minor, item.currency)
        way = "came in" if item.incoming else "went out"
        about = "" if account is None else f" It seems to be about account {account.account_id}, plan {item.plan}."
        desk.open_for_person(
            TOPIC,
            Pseudonym(item.item),
            topic=TOPIC,
            reason=item.why or "unknown",
            by="tandem",
            text=f"{amount} {way} at the bank on {days_to_date(item.booked).isoformat()}: {item.why}.{about} Item {item.item}.",
            owner=None if account is None else account.owner,
            at_stake_minor=item.amount_minor,
        )

    return open_case
