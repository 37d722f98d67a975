"""Applying: what is asked, the event that answers make, and what is told of the decision, in the customer's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

import msgspec

from tandem.act.channel.changes import ApplicationBegun, Applied, Sealed, Signed
from tandem.act.channel.core import Core, bought
from tandem.act.channel.folding import Customers
from tandem.act.channel.types import Form
from tandem.act.lending import NotAllowed, Offer
from tandem.act.products import CapRow, OnShelf, Product, Quote, Words, cap_on, parse_cap, quote
from tandem.kernel.errors import InvalidInput, NotFound, TandemError, near_match
from tandem.kernel.identity import DecisionId, EventTypeName, Pseudonym
from tandem.kernel.time import Micros, format_instant
from tandem.observe.events import EventType
from tandem.prove.access import Customer

__all__ = ["Application", "ApplicationState", "Applying", "Begun", "Reason"]

ApplicationState: TypeAlias = Literal["offered", "signed", "looked_at", "declined", "lapsed"]
"""``looked_at``: by a person."""
_UNSAID: Final = Words(
    en="We are not able to offer you this now. Ask for a person to explain it to you.",
    zh="目前无法为您提供此项服务。您可以申请由人工为您说明原因。",
)
"""Where a release has no words at all for what spoke against somebody: nobody is declined in silence."""


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """An application that is ready to be decided.

    Attributes:
        document: the event; ``policy``: which decides.
    """

    change: ApplicationBegun
    document: dict[str, Any]
    policy: str


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why, as it is told to who applied; ``advice``: what would help."""

    words: Words
    advice: Words | None = None


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """An application and what came of it.

    Attributes:
        most_minor: what is offered.
        reasons: what spoke against them, most important first; never empty where they were declined.
        account: what was opened when they signed.
    """

    decision: DecisionId
    product: str
    state: ApplicationState
    decided_at: str
    most_minor: int | None
    reasons: tuple[Reason, ...]
    signed: Signed | None = None


class Applying:
    """Safe to call from several threads."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def products(self, customer: Customer) -> list[tuple[OnShelf, Form, EventType]]:
        """What they can apply for: the product of the invitation, or all of the channel."""
        invited = self._core.invitation(customer)
        names = self._core.channel.products if invited.product is None else (invited.product,)
        return [self._product(name) for name in names if name in self._core.lending.shelf.products]

    def known(self, customer: Customer) -> frozenset[str]:
        """The fields that whoever invited them knows, and they are not asked for."""
        place = self._core.look(lambda customers: customers.places.get(customer.invitation, 0))
        return frozenset(self._core.opened(place).values)

    def begin(
        self,
        customer: Customer,
        *,
        application_id: str,
        product: str,
        term: int,
        amount_minor: int | None,
        values: Mapping[str, object],
    ) -> Begun:
        """Make the event of an application, and put on record that it was begun; the same id again gives the same event.

        Raises:
            NotFound: no such product in the channel. InvalidInput: a value that is not asked for or cannot be taken, with
                every fault in ``errors``.
            NotAllowed: what they asked to be erased is only kept; the purchase is signed already (``bought``).
            Conflict: the id was used for something else.
        """
        invited = self._core.invitation(customer)
        on_shelf, form, event_type = self._product(product, invited.product)
        standing = self._core.standing(customer.pseudonym)
        if standing.restricted is not None:
            raise NotAllowed(
                "Your data is only kept, as you asked; nothing new is done with it.",
                code="data_restricted",
                hint="ask for a person to lift it",
            )
        amount = invited.amount_minor if invited.amount_minor is not None else amount_minor
        sent = self._values(customer, form, event_type, amount, term, values)
        event_id = f"{customer.invitation}.{application_id}"
        document = {
            "event_id": event_id,
            "event_type": str(event_type.name),
            "occurred_at": format_instant(self._core.clock.now()),
            "values": sent,
        }
        self._read(document, customer.pseudonym, event_type)
        change = ApplicationBegun(
            owner=customer.pseudonym, by=_name(customer), invitation=invited.invitation, event=event_id,
            product=on_shelf.product.name,
        )  # fmt: skip
        asked = {"event": event_id, "product": product, "values": self._core.hidden(sent)}
        sealed = Sealed(values=dict(values))

        def begun(customers: Customers) -> ApplicationBegun:
            if customers.bought_by_another(invited.invitation, None):
                raise bought(invited.invitation)
            return change

        written = self._core.ask(f"begin:{event_id}", asked, begun, sealed=sealed)
        # The time of the record, so that the same application sent again is the same event to the last byte.
        document["occurred_at"] = format_instant(written.at)
        return Begun(change=change, document=document, policy=on_shelf.product.policies.application)

    def decided(self, begun: Begun, decision: DecisionId) -> Applied:
        """Put on record what decided on an application."""
        change = Applied(
            owner=begun.change.owner,
            by=begun.change.by,
            invitation=begun.change.invitation,
            event=begun.change.event,
            product=begun.change.product,
            decision=decision,
        )
        written = self._core.ask(f"applied:{change.event}", msgspec.to_builtins(change), lambda _: change).change
        assert isinstance(written, Applied), "what was asked"
        return written

    def told(self, customer: Customer, decision_id: str) -> Application:
        """What came of an application of theirs.

        Raises:
            NotFound: they have none of that decision.
        """
        return self._told(customer, self._core.application(customer, decision_id))

    def all(self, customer: Customer) -> list[Application]:
        """Everything they applied for, newest first."""
        return [self._told(customer, one) for one in self._core.applications(customer)]

    def offer(self, customer: Customer, decision_id: str, amount_minor: int | None = None) -> tuple[Offer, list[Quote]]:
        """What may be signed, and a quote for each term: for the purchase, for ``amount_minor``, or for all that is offered.

        Raises:
            NotFound: they have no such application. NotAllowed: nothing can be signed on it, or not so much.
        """
        offer = self.open_offer(customer, decision_id)
        amount = self.amount(customer, offer, amount_minor)
        today = self._core.lending.today()
        return offer, [
            quote(offer.product, amount_minor=amount, term=term, on=today, rate_bps=offer.rate_bps)
            for term in offer.product.terms
        ]

    def open_offer(self, customer: Customer, decision_id: str) -> Offer:
        """What a decision offers and was not signed.

        Raises:
            NotFound: they have no such application.
            NotAllowed: nothing can be signed on it any more, or another one took its purchase (``bought``).
        """
        applied = self._core.application(customer, decision_id)
        if self._core.is_bought(applied):
            raise bought(applied.invitation)
        return self._core.lending.offer(applied.decision, applied.product)

    def amount(self, customer: Customer, offer: Offer, amount_minor: int | None) -> int:
        """How much is drawn: the amount of the purchase that was applied for, whatever is asked for.

        Raises:
            NotAllowed: that is more than is offered.
        """
        step = offer.product.amount.step_minor
        invited = self._core.invited(self._core.application(customer, offer.decision).invitation)
        wanted = invited.amount_minor if invited.amount_minor is not None else amount_minor
        if wanted is None:
            return offer.most_minor // step * step
        if wanted > offer.most_minor:
            raise NotAllowed(
                "That is more than was approved.", code="above_offer", field="amount_minor", value=wanted,
                hint=f"at most {offer.most_minor}",
            )  # fmt: skip
        return wanted

    def cap(self, product: Product) -> tuple[Words, CapRow] | None:
        """What the law allows for such a product today, and where it is written."""
        live = self._core.process.live
        for one in () if live is None else live.carried:
            if one.kind == "rate_cap" and one.name == product.cap:
                cap = parse_cap({**one.body, "name": one.name})
                return cap.title, cap_on(cap, self._core.lending.today())
        return None

    # -- inside ------------------------------------------------------------------------------------------------------

    def _product(self, name: str, only: str | None = None) -> tuple[OnShelf, Form, EventType]:
        channel, live = self._core.channel, self._core.process.live
        names = channel.products if only is None else (only,)
        if name not in names or name not in channel.products:
            raise NotFound(
                "There is no such product here.",
                code="unknown_product",
                field="product",
                value=name,
                hint=near_match(name, names),
            )
        on_shelf = self._core.lending.shelf.named(name)
        assert live is not None, "its channel was read"
        event = live.policies[on_shelf.product.policies.application].policy.event
        return on_shelf, channel.forms[event], live.reader.event_types[EventTypeName(event)]

    def _values(
        self,
        customer: Customer,
        form: Form,
        event_type: EventType,
        amount: int | None,
        term: int,
        values: Mapping[str, object],
    ) -> dict[str, object]:
        """The values of the event: what they filled in, what the invitation knows, and who they are."""
        asked = {one.field for one in form.asks}
        for name in values:
            if name not in asked:
                raise InvalidInput(
                    "This is not asked for.",
                    code="unknown_field",
                    field=f"values.{name}",
                    hint=near_match(name, asked) or "see GET /v1/my/products",
                )
        if amount is None:
            raise InvalidInput("How much?", code="required", field="amount_minor", hint="in minor units")
        place = self._core.look(lambda customers: customers.places.get(customer.invitation, 0))
        sealed = self._core.opened(place)
        assert event_type.subject is not None, "checked as it went live"
        known = {
            name: value for name, value in sealed.values.items() if any(one.name == name for one in event_type.sent)
        }
        sent: dict[str, object] = {**values, **known, event_type.subject: sealed.identifier, form.amount: amount}
        if form.term is not None:
            sent[form.term] = term
        if form.merchant is not None and customer.merchant is not None:
            sent[form.merchant] = customer.merchant
        return sent

    def _read(self, document: dict[str, Any], owner: Pseudonym, event_type: EventType) -> None:
        """Refuse what could not be decided on, before anything is on record."""
        live = self._core.process.live
        assert live is not None, "its channel was read"
        event = live.reader.read(document, received_at=Micros(self._core.clock.now()))
        if event_type.subject is None or event.entities.get(event_type.subject) != owner:
            raise NotAllowed("This is about somebody else.", code="other_subject", field="product")

    def _told(self, customer: Customer, applied: Applied) -> Application:
        found = self._core.process.archive.find(applied.decision)
        answer, standing = found["answer"], self._core.standing(customer.pseudonym)
        signed = standing.signed.get(applied.decision)
        state, most = self._state(answer, applied, standing.automated), None
        if signed is not None:
            state = "signed"
        if state == "offered":
            most = self._core.lending.offer(applied.decision, applied.product).most_minor
        return Application(
            decision=applied.decision,
            product=applied.product,
            state=state,
            decided_at=answer["decided_at"],
            most_minor=most,
            reasons=self._reasons(applied.decision, answer),
            signed=signed,
        )

    def _state(self, answer: Mapping[str, Any], applied: Applied, automated: bool) -> ApplicationState:  # noqa: FBT001
        if answer["outcome"] == "review":
            return "looked_at"
        if answer["outcome"] == "decline":
            # Who wants no program alone to decide against them has a person look: see ``Rights``.
            return "declined" if automated else "looked_at"
        try:
            if self._core.is_bought(applied):
                return "lapsed"
            self._core.lending.offer(applied.decision, applied.product)
        except TandemError:
            return "lapsed"
        return "offered"

    def _reasons(self, decision: str, answer: Mapping[str, Any]) -> tuple[Reason, ...]:
        """The principal reasons in the words of the release of then; its reason codes' words where it has no statements."""
        told = self._core.process.archive.explain(decision).get("told", {})
        if answer["outcome"] == "approve" and not told.get("adverse"):
            return ()
        found = [
            Reason(words=_words(one["words"]), advice=None if one["advice"] is None else _words(one["advice"]))
            for one in told.get("reasons", [])
        ]
        if not found:
            plain = [one for one in answer.get("reasons", []) if one.get("en") or one.get("zh")]
            found = [Reason(words=Words(en=one.get("en", ""), zh=one.get("zh", ""))) for one in plain]
        if not found and answer["outcome"] != "approve":
            found = [Reason(words=_UNSAID)]
        return tuple(found)


def _words(told: Mapping[str, str]) -> Words:
    return Words(en=told["en"], zh=told.get("zh-CN") or told.get("zh", ""))


def _name(customer: Customer) -> str:
    return f"customer:{customer.pseudonym}"
