"""A limit that purchases are drawn on, each repaid in parts: the smallest product that has everything."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from tandem.act.lending import PlanTerms, terms_of
from tandem.act.products import Product, parse_product, quote
from tandem.kernel.time import date_to_days

FIRST_DAY: Final = date_to_days(date(2026, 1, 5))

TILL: Final[dict[str, Any]] = {
    "name": "till_limit",
    "kind": "revolving",
    "title": {"en": "Pay at the till", "zh-CN": "先买后付"},
    "currency": "CNY",
    "amount": {"least_minor": 1_000, "most_minor": 2_000_000},
    "limit_minor": {"least_minor": 10_000, "most_minor": 5_000_000},
    "terms": [1, 3, 6, 12],
    "schedule": {"method": "equal_principal", "due_day": 10, "first_after_days": 10},
    "price": {
        "rate_bps": {"least": 0, "most": 1_800, "otherwise": 900},
        "fee_bps": 20,
        "overdue": {"bps_per_day": 5, "grace_days": 3},
        "early": {"fee_bps": 50},
    },
    "policies": {"application": "checkout_application"},
}


def till() -> Product:
    """The product itself."""
    return parse_product(TILL)


def agreed(amount_minor: int, *, term: int = 3, on: int = FIRST_DAY) -> PlanTerms:
    """What is signed for a purchase of that amount."""
    product = till()
    return terms_of(product, quote(product, amount_minor=amount_minor, term=term, on=on))


def loan_of(policy: str, **changes: Any) -> dict[str, Any]:
    """The body of a loan that ``policy`` decides on, within whatever it prices, repaid by the same amount each month."""
    return {
        **{key: value for key, value in TILL.items() if key not in {"name", "limit_minor"}},
        "kind": "term_loan",
        "title": {"en": "Cash loan", "zh-CN": "现金贷"},
        "schedule": {"method": "equal_instalment"},
        "price": {"rate_bps": {"least": 0, "most": 3_000, "otherwise": 1_200}, "overdue": {"bps_per_day": 5}},
        "policies": {"application": policy},
        **changes,
    }
