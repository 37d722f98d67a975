"""A statement as a table that a spreadsheet opens: one row a movement, opening and closing rows around each plan's."""

from __future__ import annotations

import csv
import io
from typing import Final

from tandem.act.products import Day
from tandem.act.statements.types import Balances, Statement
from tandem.kernel.time import days_to_date, format_instant

__all__ = ["statement_csv"]

_HEAD: Final = (
    "account", "currency", "plan", "day", "what", "amount_minor", "principal_minor", "interest_minor", "fee_minor",
    "penalty_minor", "waiting_minor", "heard_at", "id",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def statement_csv(statement: Statement) -> str:
    """``statement`` as CSV (RFC 4180): amounts in minor units, effects signed; opening plus effects are the closing row."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(_HEAD)
    for plan in statement.plans:
        start = (statement.account_id, statement.currency, _text(plan.plan))
        rows.writerow((*start, _date(statement.since), "opening", "", *_amounts(plan.opening), "", ""))
        for one in plan.movements:
            heard = "" if one.heard is None else format_instant(one.heard)
            amount = "" if one.amount is None else one.amount
            rows.writerow(
                (*start, _date(one.day), one.what, amount, *_amounts(one.effect), heard, _text(one.fact_id or ""))
            )
        rows.writerow((*start, _date(statement.until), "closing", "", *_amounts(plan.closing), "", ""))
    return out.getvalue()


def _amounts(one: Balances) -> tuple[int, ...]:
    return one.principal, one.interest, one.fee, one.penalty, one.waiting


def _text(text: str) -> str:
    """A text that a spreadsheet takes for no formula: what others named is not run."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _date(day: Day) -> str:
    return days_to_date(day).isoformat()
