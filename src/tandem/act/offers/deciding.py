"""One look at an account for one programme: what stands against it, or everything that is needed to draw and to write.

Whatever stands against an offer is asked before the lot, so both arms are made of the same people. A channel that a conduct rule
closes for now closes the account for now, whatever would be drawn: it is looked at again later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from tandem.act.lending import Account
from tandem.act.offers.changes import Decided
from tandem.act.offers.door import Door, Message, Reach
from tandem.act.offers.facts import facts_of
from tandem.act.offers.folding import Offers
from tandem.act.offers.guarding import account_bars, history_bars
from tandem.act.offers.programmes import InForce
from tandem.act.offers.subject import Subject, subject_of
from tandem.act.offers.types import Caps, Channel, Language, Programme
from tandem.act.offers.writing import written
from tandem.act.products import Day, OnShelf, Words
from tandem.kernel.values import Row

__all__ = ["Candidate", "against_alone", "against_person", "message_of"]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An account that qualifies.

    Attributes:
        channels: by which its owner can be told now, in the programme's order.
    """

    account: Account
    row: Row
    subject: Subject
    channels: tuple[Channel, ...]


def against_alone(
    found: InForce, account: Account, others: Sequence[Account], offers: Offers, caps: Caps, shelf: Mapping[str, OnShelf],
    day: Day,
) -> tuple[Row, Subject] | str:  # fmt: skip
    """What the account, its history and the programme say against it; else its facts and what it would be about.

    Args:
        others: accounts of the same owner. caps: of all programmes together.
    """
    programme = found.programme
    barred = account_bars(account, others, day) or history_bars(offers, programme, caps, account, day)
    if barred is not None:
        return barred
    row = facts_of(account, day)
    if not found.qualifies(row, {}):
        return "condition"
    into = None if programme.into is None else shelf.get(programme.into.product)
    subject = subject_of(programme, account, row, day, None if into is None else into.product)
    return subject if isinstance(subject, str) else (row, subject)


def against_person(
    found: InForce, account: Account, row: Row, subject: Subject, reach: Reach, door: Door, shelf: Mapping[str, OnShelf]
) -> Candidate | str:
    """What is so about the owner, and the conduct rules of now, say against it; else all that is needed."""
    programme = found.programme
    if reach.collected:
        return "in_collections"
    if reach.marks:
        return "marked"
    channels = tuple(one for one in programme.channels if one in reach.channels)
    if not channels:
        return "not_reachable"
    for channel in channels:
        rule = door.against(
            message_of(programme, account, subject, channel, reach.language, shelf, currency=account.currency)
        )
        if rule is not None:
            return f"rule:{rule}"
    return Candidate(account=account, row=row, subject=subject, channels=channels)


def message_of(
    programme: Programme, account: Account | Decided, subject: Subject, channel: Channel, language: Language,
    shelf: Mapping[str, OnShelf], *, currency: str,
) -> Message:  # fmt: skip
    """What is written about ``account``, or about what was decided on it."""
    plan = subject.plan
    line, text = written(
        programme, channel, language, subject, currency=currency, product=_title(account.product, shelf),
        into=None if plan is None else _title(plan.product, shelf),
    )  # fmt: skip
    name = account.account if isinstance(account, Decided) else account.account_id
    return Message(
        account=name, owner=account.owner, channel=channel, purpose=programme.purpose, language=language,
        template=programme.name, subject=line, text=text,
    )  # fmt: skip


def _title(product: str, shelf: Mapping[str, OnShelf]) -> Words:
    found = shelf.get(product)
    return Words(product, product) if found is None else found.product.title
