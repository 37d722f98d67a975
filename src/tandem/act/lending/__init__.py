"""Accounts: what was lent, what came back, what is owed on a day, and the books of it."""

from tandem.act.lending.accounts import Account, Accounts, AccountState, Draw
from tandem.act.lending.accruing import accrued, earned_by
from tandem.act.lending.ageing import BUCKETS, aged, bucket_of, buckets_on, fallen_due
from tandem.act.lending.book import AccountBook, Done, Request
from tandem.act.lending.changes import (
    SYSTEM,
    AccountChange,
    AccountId,
    Accrued,
    Aged,
    Closed,
    Drawn,
    Frozen,
    Happened,
    LimitMoved,
    Opened,
    Reversed,
    decode_change,
    encode_change,
)
from tandem.act.lending.desk import LendingDesk
from tandem.act.lending.errors import NotAllowed, NotOwed, OutOfOrder
from tandem.act.lending.facts import Fact, FellDue, Paid, PlanTerms, Refunded, Rescheduled, Returned, Waived, WrittenOff
from tandem.act.lending.moving import close, draw, freeze, happen, move_limit, open_account, reverse, terms_of
from tandem.act.lending.offers import OFFERED_FOR, Offer, offer_of, quotes_of
from tandem.act.lending.plan import NEVER, Earned, Line, Owed, Plan, replayed
from tandem.act.lending.postings import INCOME, TEMPLATES, LedgerAccount, Posting, balances, income_postings, postings
from tandem.act.lending.spreading import Part, spread
from tandem.act.lending.taking_over import Movement, MovementKind, TakenOver, changes_of, requests_of
from tandem.act.lending.totals import Totals

__all__ = [
    "BUCKETS",
    "INCOME",
    "NEVER",
    "OFFERED_FOR",
    "SYSTEM",
    "TEMPLATES",
    "Account",
    "AccountBook",
    "AccountChange",
    "AccountId",
    "AccountState",
    "Accounts",
    "Accrued",
    "Aged",
    "Closed",
    "Done",
    "Draw",
    "Drawn",
    "Earned",
    "Fact",
    "FellDue",
    "Frozen",
    "Happened",
    "LedgerAccount",
    "LendingDesk",
    "LimitMoved",
    "Line",
    "Movement",
    "MovementKind",
    "NotAllowed",
    "NotOwed",
    "Offer",
    "Opened",
    "OutOfOrder",
    "Owed",
    "Paid",
    "Part",
    "Plan",
    "PlanTerms",
    "Posting",
    "Refunded",
    "Request",
    "Rescheduled",
    "Returned",
    "Reversed",
    "TakenOver",
    "Totals",
    "Waived",
    "WrittenOff",
    "accrued",
    "aged",
    "balances",
    "bucket_of",
    "buckets_on",
    "changes_of",
    "close",
    "decode_change",
    "draw",
    "earned_by",
    "encode_change",
    "fallen_due",
    "freeze",
    "happen",
    "income_postings",
    "move_limit",
    "offer_of",
    "open_account",
    "postings",
    "quotes_of",
    "replayed",
    "requests_of",
    "reverse",
    "spread",
    "terms_of",
]
