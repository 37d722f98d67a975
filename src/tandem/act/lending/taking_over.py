"""Accounts taken over from another system: their limits, draws and payments as they were, each on its own day.

An account comes with its movements in order of their days. What comes of it is a list of changes like any others, so that
an account that was taken over is an account: it ages, is warned about, is paid, and its books sum to zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec

from tandem.act.lending.accounts import Account, Accounts
from tandem.act.lending.book import Request
from tandem.act.lending.changes import AccountChange, AccountId, encode_change
from tandem.act.lending.errors import NotAllowed
from tandem.act.lending.facts import Refunded
from tandem.act.lending.moving import draw, happen, open_account, terms_of
from tandem.act.lending.spreading import spread
from tandem.act.products import Day, Product, quote
from tandem.kernel.identity import Digest, Pseudonym

__all__ = ["Movement", "MovementKind", "TakenOver", "changes_of", "requests_of"]

MovementKind: TypeAlias = Literal["draw", "payment", "refund"]


class Movement(msgspec.Struct, frozen=True, kw_only=True):
    """What happened on ``day`` in the other system.

    Attributes:
        plan: of a draw, its name; of a refund, whose; a payment is parted among all plans as they are.
        term: of a draw, in instalments; None: the longest of the product.
    """

    day: Day
    kind: MovementKind
    amount_minor: int
    plan: str = ""
    term: int | None = None


class TakenOver(msgspec.Struct, frozen=True, kw_only=True):
    """An account of the other system.

    Attributes:
        account: its id here, which the other system's may be.
        owner: pseudonym of the person or enterprise, of kind ``owner_kind``.
        limit_minor: None where the product has one draw.
        movements: in order of their days; of one day, in order.
    """

    account: AccountId
    owner_kind: str
    owner: Pseudonym
    opened_on: Day
    movements: Sequence[Movement]
    limit_minor: int | None = None


def changes_of(taken: TakenOver, product: Product, terms: Digest, *, by: str) -> list[AccountChange]:
    """What has to be written so that ``taken`` stands here as it stood there.

    A limit binds nobody backwards: the other system let them draw what they drew.

    Args:
        terms: digest of the version of ``product``.

    Raises:
        NotAllowed, NotOwed, OutsideProduct, OutOfOrder: its movements do not make an account of this product.
    """
    alone = Accounts()
    opened = open_account(
        taken.account, product, terms, owner_kind=taken.owner_kind, owner=taken.owner, day=taken.opened_on, by=by,
        limit_minor=taken.limit_minor,
    )  # fmt: skip
    found: list[AccountChange] = [opened]
    account = alone.apply(opened, 1)
    for number, movement in enumerate(taken.movements, start=1):
        assert account is not None, "what is about one account gives that account"
        for change in _moved(account, movement, product, number, by):
            found.append(change)
            account = alone.apply(change, len(found))
    return found


def requests_of(taken: TakenOver, product: Product, terms: Digest, *, by: str) -> list[Request]:
    """``changes_of`` as requests, each done once however often the account is taken over.

    Raises:
        As ``changes_of``.
    """
    return [
        Request(key=f"over:{taken.account}:{number}", asked=encode_change(change).decode(), change=_always(change))
        for number, change in enumerate(changes_of(taken, product, terms, by=by))
    ]


def _moved(account: Account, one: Movement, product: Product, number: int, by: str) -> Iterator[AccountChange]:
    name = f"over-{number}"
    if one.kind == "draw":
        signed = quote(product, amount_minor=one.amount_minor, term=one.term or product.terms[-1], on=one.day)
        yield draw(account, one.plan or name, terms_of(product, signed), by=by, elsewhere=True)
    elif one.kind == "payment":
        for part in spread(account, one.amount_minor, day=one.day):
            yield happen(account, part.plan, name, part.fact, by=by)
    elif not one.plan:
        raise NotAllowed("A refund is of a plan.", field="plan", value=None, hint="the name of its draw")
    else:
        yield happen(account, one.plan, name, Refunded(day=one.day, amount_minor=one.amount_minor), by=by)


def _always(change: AccountChange) -> Callable[[Accounts], AccountChange]:
    return lambda _: change
