"""What a strategy may look at of an account: how it was used and paid, what else is owed, and what was decided of its owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from tandem.act.lending import Account, Paid
from tandem.act.limits.types import FactType, LimitStrategy
from tandem.act.products import Day
from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions import Column
from tandem.kernel.values import Row, SqlType, Value

__all__ = ["FACTS", "LOOK_BACK_DAYS", "facts_of", "schema_of"]

LOOK_BACK_DAYS: Final = 90
FACTS: Final[Mapping[str, Column]] = {
    "limit_minor": Column(SqlType.INTEGER, nullable=False),
    "balance_minor": Column(SqlType.INTEGER, nullable=False),
    "utilisation": Column(SqlType.DOUBLE),
    "days_past_due": Column(SqlType.INTEGER, nullable=False),
    "days_on_book": Column(SqlType.INTEGER, nullable=False),
    "paid_90_days_minor": Column(SqlType.INTEGER, nullable=False),
    "drawn_90_days_minor": Column(SqlType.INTEGER, nullable=False),
    "other_debt_minor": Column(SqlType.INTEGER, nullable=False),
    "risk": Column(SqlType.DOUBLE),
}
"""Of every account: amounts in minor units; utilisation is the principal over the limit; other debt is principal that the
owner owes on other accounts in the same currency; risk is unknown where no decision of late has said it."""
_TYPES: Final[Mapping[FactType, SqlType]] = {
    "integer": SqlType.INTEGER,
    "double": SqlType.DOUBLE,
    "boolean": SqlType.BOOLEAN,
    "text": SqlType.TEXT,
}


def schema_of(strategy: LimitStrategy) -> dict[str, Column]:
    """The columns that the strategy's expressions may name.

    Raises:
        DefinitionError: a fact of a decision is called like one of an account.
    """
    for name in strategy.facts:
        if name in FACTS:
            raise DefinitionError(
                "Every account has a fact of this name.", code="invalid_limit_strategy", field=f"facts.{name}",
                value=name, hint="it is there already; leave this out",
            )  # fmt: skip
    return {**FACTS, **{name: Column(_TYPES[kind]) for name, kind in strategy.facts.items()}}


def facts_of(
    account: Account, others: Iterable[Account], day: Day, risk: float | None, decided: Mapping[str, Value]
) -> Row:
    """The facts of ``account`` at the end of ``day``.

    Args:
        others: accounts of the same owner; the account itself does not count among them.
        decided: what the newest decision looked at, by name.
    """
    limit, balance = account.limit_minor or 0, account.principal_minor
    since = day - LOOK_BACK_DAYS
    paid = drawn = 0
    for draw in account.draws.values():
        paid += sum(one.amount_minor for one in draw.facts.values() if isinstance(one, Paid) and since < one.day <= day)
        terms = draw.plan.terms
        drawn += terms.principal_minor if since < terms.drawn_on <= day else 0
    other = sum(
        one.principal_minor
        for one in others
        if one.account_id != account.account_id and one.currency == account.currency
    )
    return {
        "limit_minor": limit,
        "balance_minor": balance,
        "utilisation": balance / limit if limit else None,
        "days_past_due": account.days_past_due(day),
        "days_on_book": max(day - account.opened_on, 0),
        "paid_90_days_minor": paid,
        "drawn_90_days_minor": drawn,
        "other_debt_minor": other,
        "risk": risk,
        **decided,
    }
