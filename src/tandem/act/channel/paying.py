"""Where a customer's payment comes from: a provider takes the money and says under which number; the account then records it.

The one provider here is SIMULATED: it moves no money and says so, in its name and in every payment's number. A firm's own
provider reports payments through the API for accounts, where the money is real; a live workspace has no provider in its channel.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final, Protocol

import msgspec

from tandem.act.lending import NotAllowed

__all__ = ["Collected", "PaymentProvider", "SimulatedProvider"]

_REFUSED: Final = 13


class Collected(msgspec.Struct, frozen=True, kw_only=True):
    """Money that was taken.

    Attributes:
        number: the provider's; the same key gives the same one.
        simulated: no money moved.
    """

    number: str
    amount_minor: int
    currency: str
    simulated: bool


class PaymentProvider(Protocol):
    """Takes money from a customer."""

    @property
    def simulated(self) -> bool:
        """Whether no money moves."""
        ...

    def number(self, key: str) -> str:
        """The number under which a payment with that key is, or would be, known."""
        ...

    def collect(self, key: str, amount_minor: int, currency: str) -> Collected:
        """Take ``amount_minor``; asked again under ``key`` it takes nothing more.

        Raises:
            NotAllowed: the customer's bank refuses.
        """
        ...


class SimulatedProvider:
    """SIMULATED. It takes every amount but those that end in 13, which a bank refuses, so that a refusal can be tried."""

    simulated: Final = True

    def number(self, key: str) -> str:
        """See ``PaymentProvider``."""
        return "simulated-" + sha256(key.encode()).hexdigest()[:24]

    def collect(self, key: str, amount_minor: int, currency: str) -> Collected:
        """See ``PaymentProvider``."""
        if amount_minor % 100 == _REFUSED:
            raise NotAllowed(
                "Your bank refused the payment.",
                code="payment_refused",
                field="amount_minor",
                value=amount_minor,
                hint="this provider is simulated: it refuses amounts that end in 13",
            )
        return Collected(number=self.number(key), amount_minor=amount_minor, currency=currency, simulated=True)
