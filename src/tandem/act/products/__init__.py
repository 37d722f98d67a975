"""The product factory: what may be lent, repaid how, at which price, within the law, with its policies inside."""

from tandem.act.products.calendars import Day, business_days, rolled
from tandem.act.products.caps import CapRow, RateCap, cap_on, parse_cap
from tandem.act.products.costs import CostTable, cost_table, yearly_bps
from tandem.act.products.day_counts import part_of_year, part_until
from tandem.act.products.due_dates import Span, months_later, spans
from tandem.act.products.errors import CapExceeded, OutsideProduct
from tandem.act.products.quoting import Quote, check_cap, dearest, quote
from tandem.act.products.reading import LONGEST_TERM, check_marks, check_policies, parse_product, product_faults
from tandem.act.products.rounding import nearest
from tandem.act.products.schedules import Instalment, amortised, equal_instalment, scheduled
from tandem.act.products.shelf import OnShelf, Shelf, dearest_of, shelf_of
from tandem.act.products.starting import TEMPLATES, check_template, draft_product, start_product, template_document
from tandem.act.products.starting_policies import StartingPolicy, start_policy
from tandem.act.products.types import (
    AmountBounds,
    Component,
    Early,
    Monitoring,
    Overdue,
    Policies,
    Price,
    Product,
    ProductKind,
    RateBounds,
    ScheduleRule,
    Servicing,
    Words,
)

__all__ = [
    "LONGEST_TERM",
    "TEMPLATES",
    "AmountBounds",
    "CapExceeded",
    "CapRow",
    "Component",
    "CostTable",
    "Day",
    "Early",
    "Instalment",
    "Monitoring",
    "OnShelf",
    "OutsideProduct",
    "Overdue",
    "Policies",
    "Price",
    "Product",
    "ProductKind",
    "Quote",
    "RateBounds",
    "RateCap",
    "ScheduleRule",
    "Servicing",
    "Shelf",
    "Span",
    "StartingPolicy",
    "Words",
    "amortised",
    "business_days",
    "cap_on",
    "check_cap",
    "check_marks",
    "check_policies",
    "check_template",
    "cost_table",
    "dearest",
    "dearest_of",
    "draft_product",
    "equal_instalment",
    "months_later",
    "nearest",
    "parse_cap",
    "parse_product",
    "part_of_year",
    "part_until",
    "product_faults",
    "quote",
    "rolled",
    "scheduled",
    "shelf_of",
    "spans",
    "start_policy",
    "start_product",
    "template_document",
    "yearly_bps",
]
