"""Accounts: what was lent, what came back, what is owed on a day, and the books of it."""

from tandem.act.lending.accounts import Account, Accounts, AccountState, Draw
from tandem.act.lending.ageing import BUCKETS, aged, bucket_of, buckets_on
from tandem.act.lending.book import AccountBook, Done, Request
from tandem.act.lending.changes import (
    SYSTEM,
    AccountChange,
    AccountId,
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
from tandem.act.lending.facts import Fact, Paid, PlanTerms, Refunded, Rescheduled, Returned, Waived, WrittenOff
from tandem.act.lending.moving import close, draw, freeze, happen, move_limit, open_account, reverse, terms_of
from tandem.act.lending.offers import OFFERED_FOR, Offer, offer_of, quotes_of
from tandem.act.lending.plan import NEVER, Line, Owed, Plan, replayed
from tandem.act.lending.postings import TEMPLATES, LedgerAccount, Posting, balances, postings
from tandem.act.lending.totals import Totals

__all__ = [
    "BUCKETS",
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
    "Aged",
    "Closed",
    "Done",
    "Draw",
    "Drawn",
    "Fact",
    "Frozen",
    "Happened",
    "LedgerAccount",
    "LendingDesk",
    "LimitMoved",
    "Line",
    "NotAllowed",
    "NotOwed",
    "Offer",
    "Opened",
    "OutOfOrder",
    "Owed",
    "Paid",
    "Plan",
    "PlanTerms",
    "Posting",
    "Refunded",
    "Request",
    "Rescheduled",
    "Returned",
    "Reversed",
    "Totals",
    "Waived",
    "WrittenOff",
    "aged",
    "balances",
    "bucket_of",
    "buckets_on",
    "close",
    "decode_change",
    "draw",
    "encode_change",
    "freeze",
    "happen",
    "move_limit",
    "offer_of",
    "open_account",
    "postings",
    "quotes_of",
    "replayed",
    "reverse",
    "terms_of",
]
