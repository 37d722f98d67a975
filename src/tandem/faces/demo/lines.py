"""The card lines of the example: real accounts of the Taiwan panel, taken over with their limits, bills and payments.

What the panel says of a month is real: the bill, what was paid, the limit. The calendar is ours, as of all of the panel
(``panel_days``): its last month ends yesterday, so that the example has arrears to see to. So is what was bought: a bill less
the one before plus what was paid, the bank's charges in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

from tandem.act.lending import AccountId, Movement, TakenOver
from tandem.act.products import Day
from tandem.faces.demo.sources import PANEL_MONTHS, account_of, panel_days, person_of
from tandem.kernel.identity import EntityKind, Pseudonym

__all__ = ["line_of", "lines_of"]

ACCOUNT, PERSON = EntityKind("account"), EntityKind("person")


def line_of(number: int, pseudonym: Callable[[EntityKind, str], Pseudonym]) -> AccountId:
    """The id of the account that the panel has under ``number``: by the pseudonym that its statements know it by."""
    return AccountId(f"acc_{pseudonym(ACCOUNT, account_of(number))}")


def lines_of(panel: pa.Table, last: Day, pseudonym: Callable[[EntityKind, str], Pseudonym]) -> Iterator[TakenOver]:
    """The accounts of ``panel`` that had a bill, each with its six months, the last one ending by the day ``last``.

    Each is known by the pseudonym of the account in its statements.

    Args:
        panel: as ``read_panel`` gives it, amounts in minor units.
        pseudonym: of what the example's documents call a person or an account.
    """
    for row in panel.to_pylist():
        days = panel_days(row["id"], last)
        movements = list(_movements(row, days))
        if not movements:
            continue
        yield TakenOver(
            account=line_of(row["id"], pseudonym),
            owner_kind=PERSON, owner=pseudonym(PERSON, person_of(row["id"])),
            opened_on=days[0], movements=movements, limit_minor=row["limit_minor"],
        )  # fmt: skip


def _movements(row: dict[str, Any], days: list[Day]) -> Iterator[Movement]:
    """First what is paid, then what is bought; the first bill is what was owed when the account was taken over."""
    owed = 0
    for number, (suffix, day) in enumerate(zip(PANEL_MONTHS, days, strict=True)):
        bill = max(row[f"b{suffix}"], 0)
        paid = row[f"p{suffix}"] if number else 0
        bought = bill - owed + paid
        if bought < 0:  # more came off the bill than was paid: something was given back
            paid, bought = paid - bought, 0
        if paid and owed:
            yield Movement(day=day, kind="payment", amount_minor=paid)
        if bought:
            yield Movement(day=day, kind="draw", amount_minor=bought, plan=f"month-{number + 1}")
        owed = bill
