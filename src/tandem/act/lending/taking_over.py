"""Accounts taken over from another system: their limits, draws and payments as they were, each on its own day.

An account comes with its movements in order of their days. What comes of it is a list of changes like any others, so that
an account that was taken over is an account: it ages, is warned about, is paid, and its books sum to zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from tandem.act.lending.accounts import Account, Accounts
from tandem.act.lending.book import Request
from tandem.act.lending.changes import AccountChange, AccountId
from tandem.act.lending.errors import NotAllowed
from tandem.act.lending.facts import Refunded
from tandem.act.lending.moving import draw, happen, open_account, terms_of
from tandem.act.lending.spreading import spread
from tandem.act.products import Day, Product, quote
from tandem.kernel.errors import TandemError
from tandem.kernel.identity import Digest, Pseudonym

__all__ = ["Movement", "MovementKind", "TakenOver", "changes_of", "faults_of", "request_of"]

MovementKind: TypeAlias = Literal["draw", "payment", "refund"]
_LOOKING: Final = "looking"


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
        NotAllowed, NotOwed, NotFound, OutsideProduct, OutOfOrder: its movements do not make an account of this product;
            ``at`` says which, from 1.
    """
    found: list[AccountChange] = []
    for number, made in _made(taken, product, terms, by):
        if isinstance(made, TandemError):
            made.at = f"movement {number}" if number else made.at
            raise made
        found += made
    return found


def faults_of(taken: TakenOver, product: Product, terms: Digest) -> list[tuple[int, TandemError]]:
    """Everything that keeps ``taken`` from being an account of ``product``: the number of a movement from 1, 0 for the account.

    What only follows from another fault, such as a payment where the draw is refused, is not told.
    """
    return [(number, made) for number, made in _made(taken, product, terms, _LOOKING) if isinstance(made, TandemError)]


def request_of(taken: TakenOver, product: Product, terms: Digest, *, by: str) -> Request:
    """``changes_of`` as one request: all of the account or nothing, once, however often it is taken over.

    The same account asked for with other movements is another request under the same key, and refused.

    Raises:
        As ``changes_of``.
    """
    changes = tuple(changes_of(taken, product, terms, by=by))

    def change(accounts: Accounts) -> tuple[AccountChange, ...]:
        if accounts.get(taken.account) is not None:
            raise NotAllowed(
                "An account of this id is here and was not taken over.", code="account_exists", field="account",
                value=taken.account, hint="give it another id",
            )  # fmt: skip
        return changes

    return Request(key=f"over:{taken.account}", asked=msgspec.to_builtins(taken), change=change)


def _made(
    taken: TakenOver, product: Product, terms: Digest, by: str
) -> Iterator[tuple[int, list[AccountChange] | TandemError]]:
    """The changes of the opening (0) and of each movement, or why there are none."""
    alone = Accounts()
    try:
        opened = open_account(
            taken.account, product, terms, owner_kind=taken.owner_kind, owner=taken.owner, day=taken.opened_on, by=by,
            limit_minor=taken.limit_minor,
        )  # fmt: skip
    except TandemError as error:
        yield 0, error
        return
    yield 0, [opened]
    account, place, broken = alone.apply(opened, 1), 1, False
    for number, movement in enumerate(taken.movements, start=1):
        assert account is not None, "what is about one account gives that account"
        if broken and movement.kind != "draw":
            continue
        try:
            changes = list(_moved(account, movement, product, number, by))
        except TandemError as error:
            broken = True
            yield number, error
            continue
        yield number, changes
        for change in changes:
            place += 1
            account = alone.apply(change, place)


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
