"""The channel desk: all that a customer does by themselves, for the faces."""

from __future__ import annotations

from tandem.act.channel.applying import Application, Applying, Begun
from tandem.act.channel.core import Core
from tandem.act.channel.inviting import Inviting
from tandem.act.channel.paying import PaymentProvider
from tandem.act.channel.repaying import Repaying
from tandem.act.channel.rights import Rights
from tandem.act.channel.signing import Signing
from tandem.kernel.identity import DecisionId
from tandem.prove.access import Customer, CustomerPasses

__all__ = ["ChannelDesk"]


class ChannelDesk:
    """Safe to call from several threads.

    Attributes:
        core: what is whose; inviting, applying, signing, repaying, rights: what can be done.

    Args:
        core: the book of customers; one for a process. passes: lets customers in.
        provider: takes payments; None where the firm's own systems do.
    """

    def __init__(self, core: Core, passes: CustomerPasses, *, provider: PaymentProvider | None = None) -> None:
        self.core = core
        self.inviting = Inviting(self.core, passes)
        self.applying = Applying(self.core)
        self.signing = Signing(self.core, self.applying)
        self.repaying = Repaying(self.core, provider)
        self.rights = Rights(self.core, passes)

    def decided(self, customer: Customer, begun: Begun, decision: DecisionId) -> Application:
        """Take in what decided on an application; what it came to.

        Who refused that a program alone decides against them has a person look at once.
        """
        applied = self.applying.decided(begun, decision)
        told = self.applying.told(customer, applied.decision)
        outcome = self.core.process.archive.find(applied.decision)["answer"]["outcome"]
        if outcome == "decline" and not self.core.standing(customer.pseudonym).automated:
            self.rights.ask(
                customer,
                request_id=f"automated.{applied.decision}",
                about="automated_decision",
                text="",
                decision_id=applied.decision,
            )
        return told
