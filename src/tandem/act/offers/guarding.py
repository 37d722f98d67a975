"""Who is told nothing, and why: the file a sceptic reads first. Pure.

What stands against an offer is looked at before any lot is drawn, so it stands against the treated and the held out alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tandem.act.lending import Account
from tandem.act.offers.folding import Offers
from tandem.act.offers.types import Caps, Programme
from tandem.act.products import Day

__all__ = ["WHY_NOT", "account_bars", "history_bars"]

WHY_NOT: Final = (
    "frozen", "over", "late", "condition", "open", "decided_lately", "never_again", "refused_lately", "cap_day", "cap_week",
    "cap_month", "nothing_due", "nothing_saved", "no_such_plan", "no_consent", "in_collections", "marked", "not_reachable",
)  # fmt: skip
"""Why an account is told nothing by a programme; besides these the name of a conduct rule, as ``rule:NAME``."""


def account_bars(account: Account, others: Iterable[Account], day: Day) -> str | None:
    """What an account as it is says against any offer; late anywhere, its owner is told nothing.

    Args:
        others: accounts of the same owner, the account itself may be among them.
    """
    if account.state == "frozen":
        return "frozen"
    if account.state != "open" or not account.draws:
        return "over"
    for one in (account, *others):
        if one.state == "written_off" or (not one.ended and one.days_past_due(day) > 0):
            return "late"
    return None


def history_bars(offers: Offers, programme: Programme, caps: Caps, account: Account, day: Day) -> str | None:
    """What was offered and answered before says against another offer today.

    Args:
        caps: of all programmes together.
    """
    owner, name = account.owner, programme.name
    if (owner, name) in offers.never:
        return "never_again"
    refused = offers.refused.get((owner, name))
    if refused is not None and day - refused < programme.quiet_days:
        return "refused_lately"
    last = offers.last_of(name, account.account_id)
    if last is not None:
        if last.closed is None:
            return "open"
        if day - last.decided.day < programme.again_days:
            return "decided_lately"
    for name, days, most in (("cap_day", 1, caps.day), ("cap_week", 7, caps.week), ("cap_month", 30, caps.month)):
        if offers.told(owner, day, days) >= most:
            return name
    return None
