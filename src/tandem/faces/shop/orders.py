"""What the sandbox shop sells, and what became of it: nouns, and the check of the way back. Pure."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import Final, Literal, TypeAlias

import msgspec

from tandem.kernel.time import MINUTE, SECOND, Micros
from tandem.prove.access import digest_of_token, returns_key

__all__ = ["GOODS", "Good", "Order", "OrderState", "is_from_lender"]

OrderState: TypeAlias = Literal["waiting", "paid", "refunded"]
_FRESH: Final = 10 * MINUTE


class Good(msgspec.Struct, frozen=True, kw_only=True):
    """Something on sale."""

    name: str
    en: str
    zh: str
    price_minor: int


GOODS: Final = (
    Good(name="kettle", en="Kettle", zh="电热水壶", price_minor=89_900),
    Good(name="bicycle", en="Bicycle", zh="自行车", price_minor=459_900),
    Good(name="telephone", en="Telephone", zh="手机", price_minor=1_299_900),
)


class Order(msgspec.Struct, kw_only=True):
    """A sale.

    Attributes:
        invitation, path: by which the customer pays; told by the lender.
    """

    number: str
    good: Good
    member: str
    invitation: str = ""
    path: str = ""
    state: OrderState = "waiting"
    paid_minor: int = 0
    refunded_minor: int = 0


def is_from_lender(told: Mapping[str, str], key: str, now: Micros) -> bool:
    """Whether what came back with the customer's browser was signed by the lender, for this shop, a moment ago.

    Args:
        told: ``invitation``, ``state``, ``at`` (seconds since 1970), ``signature``.
        key: the shop's own API key; nobody else has what follows from it.
    """
    at = told.get("at", "")
    if not at.isdecimal() or abs(now // SECOND - int(at)) > _FRESH // SECOND:
        return False
    message = f"{told.get('invitation', '')}.{told.get('state', '')}.{at}".encode()
    signed = hmac.digest(returns_key(digest_of_token(key.encode())), message, sha256).hex()
    return hmac.compare_digest(signed.encode(), told.get("signature", "").encode())
