"""Signing: the table of costs is put before a customer, read for as long as the rule says, confirmed, and only then signed.

What a product asks consent for is agreed to one by one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

import msgspec

from tandem.act.channel.applying import Applying
from tandem.act.channel.changes import (
    Applied,
    Confirmed,
    ConsentGiven,
    ConsentWithdrawn,
    CustomerChange,
    Disclosed,
    InvitationId,
    Sealed,
    Signed,
)
from tandem.act.channel.core import Core, bought
from tandem.act.channel.disclosures import Disclosure, digest_of_disclosure, disclosure_of, said
from tandem.act.channel.folding import ConsentStanding, Customers
from tandem.act.channel.reading import reading_on
from tandem.act.channel.types import Consent, Language
from tandem.act.lending import Account, Draw, NotAllowed, Offer
from tandem.act.products import Product, Words, quote
from tandem.kernel.canonical import canonical_bytes, digest_of_bytes
from tandem.kernel.errors import NotFound, near_match
from tandem.kernel.identity import Digest
from tandem.kernel.time import DAY, SECOND, Micros
from tandem.prove.access import Customer

__all__ = ["AskedConsent", "Issued", "Signing"]

_PLAN: Final = "loan"
_PURCHASE: Final = "purchase"
"""The first draw of a limit, by which it was opened."""
_LOCKS: Final = 64
"""Purchases that are signed at the same time, at most; two that share a lock wait for each other."""


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """A table of costs that is before a customer.

    Attributes:
        digest: of the table.
        since: when it was put there, by the server's clock; until ``readable_at`` it cannot be confirmed.
        source: what asks for the time, in the language of the table.
    """

    disclosure: Disclosure
    digest: Digest
    since: Micros
    readable_at: Micros
    least_seconds: int
    source: str
    confirmed: bool


class AskedConsent(msgspec.Struct, frozen=True, kw_only=True):
    """Something a customer agrees to, or not; ``standing``: what they said."""

    name: str
    words: Consent
    standing: ConsentStanding | None


class Signing:
    """Safe to call from several threads."""

    def __init__(self, core: Core, applying: Applying) -> None:
        self._core = core
        self._applying = applying
        self._locks = tuple(threading.Lock() for _ in range(_LOCKS))

    # -- the table of costs ------------------------------------------------------------------------------------------

    def disclose(
        self, customer: Customer, decision_id: str, *, term: int, amount_minor: int | None, language: Language
    ) -> Issued:
        """Put the table of costs of what would be signed before them; again it is the same one, since the first time.

        Raises:
            NotFound: they have no such application. NotAllowed: nothing can be signed on it.
            OutsideProduct: the product has no such term or amount.
        """
        offer = self._applying.open_offer(customer, decision_id)
        disclosure = self._table(customer, offer, term, amount_minor, language)
        digest = digest_of_disclosure(disclosure)
        row = reading_on(self._core.channel, self._core.lending.today())
        change = Disclosed(
            owner=customer.pseudonym, by=f"customer:{customer.pseudonym}", disclosure=digest, decision=offer.decision,
            term=term, amount_minor=disclosure.principal_minor, language=language,
            least_seconds=row.least_seconds, source=said(row.source, language),
        )  # fmt: skip
        asked = {"disclosure": digest, "decision": offer.decision}
        sealed = Sealed(disclosure=msgspec.to_builtins(disclosure))
        self._core.ask(f"disclose:{customer.pseudonym}:{digest}", asked, lambda _: change, sealed=sealed)
        return self._issued(customer, disclosure, digest)

    def confirm(self, customer: Customer, digest: str) -> Micros:
        """They say that they read it; when they did.

        Raises:
            NotFound: nothing of that digest was put before them. NotAllowed: it was not there long enough.
        """

        def change(customers: Customers) -> Confirmed:
            shown = customers.of(customer.pseudonym).disclosures.get(digest)
            if shown is None:
                raise NotFound(
                    "Nothing like this was put before you.", code="unknown_disclosure", field="digest", value=digest
                )
            seconds = (self._core.clock.now() - shown.since) // SECOND
            if seconds < shown.change.least_seconds:
                raise NotAllowed(
                    "Take the time to read it.",
                    code="not_read_yet",
                    field="digest",
                    hint=f"in {shown.change.least_seconds - seconds} s; the server's clock counts",
                )
            return Confirmed(
                owner=customer.pseudonym,
                by=f"customer:{customer.pseudonym}",
                disclosure=Digest(digest),
                seconds=seconds,
            )

        return self._core.ask(f"confirm:{customer.pseudonym}:{digest}", {"disclosure": digest}, change).at

    # -- consents ----------------------------------------------------------------------------------------------------

    def consents(self, customer: Customer) -> list[AskedConsent]:
        """What products that they can apply for or have ask consent for, and what they said; at a checkout, there alone."""
        channel, standing = self._core.channel, self._agreed(customer)
        asked = [name for on_shelf, _, _ in self._applying.products(customer) for name in on_shelf.product.consents]
        names = dict.fromkeys([*asked, *(name for name in standing if name in channel.consents)])
        return [AskedConsent(name=name, words=channel.consents[name], standing=standing.get(name)) for name in names]

    def agree(self, customer: Customer, consent: str, language: Language) -> None:
        """They agree to one thing; to agree again is nothing new.

        Raises:
            NotFound: there is no such consent.
        """
        text = self._text(consent)
        digest = digest_of_bytes(canonical_bytes(msgspec.to_builtins(text)))
        before = self._agreed(customer).get(consent)
        if before is not None and before.withdrawn_at is None and before.change.text == digest:
            return
        change = ConsentGiven(
            owner=customer.pseudonym, by=f"customer:{customer.pseudonym}", consent=consent, text=digest,
            language=language, invitation=self._core.invitation(customer).invitation, checkout=_checkout(customer),
        )  # fmt: skip
        round_ = 0 if before is None else before.withdrawn_at or before.given_at
        key = f"agree:{customer.pseudonym}:{_checkout(customer) or ''}:{consent}:{digest}:{round_}"
        self._core.ask(key, {"consent": consent, "text": digest}, lambda _: change)

    def withdraw(self, customer: Customer, consent: str) -> None:
        """They agree to it no more; what was done until now stays lawful, and nothing new is done by it.

        At a checkout, what was said there is withdrawn; by themselves, wherever it was said in their name.

        Raises:
            NotFound: they never agreed to it.
        """
        given = self._core.standing(customer.pseudonym).consents
        own = _checkout(customer)
        places = list(given) if own is None else [str(own)]
        found = [(place, given[place][consent]) for place in places if consent in given.get(place, {})]
        if not found:
            raise NotFound("You did not agree to this.", code="unknown_consent", field="consent", value=consent)
        for place, before in found:
            if before.withdrawn_at is not None:
                continue
            change = ConsentWithdrawn(
                owner=customer.pseudonym, by=f"customer:{customer.pseudonym}", consent=consent,
                checkout=InvitationId(place) if place else None,
            )  # fmt: skip
            key = f"withdraw:{customer.pseudonym}:{place}:{consent}:{before.given_at}"
            self._core.ask(key, {"consent": consent}, _always(change))

    # -- the signature -----------------------------------------------------------------------------------------------

    def sign(
        self, customer: Customer, decision_id: str, *, term: int, amount_minor: int | None, disclosure: str
    ) -> Signed:
        """Sign what was read and confirmed: the account is opened, and the purchase is paid; again it gives the same.

        Raises:
            NotFound: they have no such application.
            NotAllowed: the purchase is signed on another application (``bought``); a consent lacks (``consent_lacking``); the table was not confirmed (``not_confirmed``), or is not that
                of what would be signed today (``disclosure_differs``); nothing can be signed.
            Unavailable: it may not have been signed; asking again finds out.
        """
        applied = self._core.application(customer, decision_id)
        with self._locks[hash(applied.invitation) % len(self._locks)]:  # one purchase is signed once
            signed = self._core.standing(customer.pseudonym).signed.get(applied.decision)
            if signed is not None:
                return signed
            account = self._core.account_of(applied)
            if account is None or self._plan(applied, account) not in account.draws:
                account = self._lend(customer, applied, account, term, amount_minor, disclosure)
            return self._record(customer, applied, account)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _lend(
        self,
        customer: Customer,
        applied: Applied,
        opened: Account | None,
        term: int,
        amount_minor: int | None,
        disclosure: str,
    ) -> Account:
        """The account, with the money paid out.

        Args:
            opened: a limit that a signature which stopped half way had opened, and drew nothing on.
        """
        decision_id = str(applied.decision)
        offer = self._applying.open_offer(customer, decision_id)
        amount = self._applying.amount(customer, offer, amount_minor)
        self._refuse_unread(customer, offer, term, amount_minor, disclosure)
        self._refuse_without_consent(customer, offer.product)
        by, lending = f"customer:{customer.pseudonym}", self._core.lending
        limited = offer.product.limit_minor is not None
        if opened is None:
            opened = lending.accept(
                offer.decision, term=term, by=by, amount_minor=None if limited else amount, product=offer.product.name,
                disclosure=Digest(disclosure),
            ).account  # fmt: skip
        if limited:
            opened = lending.draw(
                opened.account_id,
                self._plan(applied, opened),
                key=f"first:{offer.decision}",
                amount_minor=amount,
                term=term,
                by=by,
                own="channel",
            ).account
        return opened

    def _agreed(self, customer: Customer) -> dict[str, ConsentStanding]:
        """What this customer said, by consent."""
        return self._core.standing(customer.pseudonym).agreed(_checkout(customer))

    def _plan(self, applied: Applied, account: Account) -> str:
        """The name of the plan that a signature draws; nothing of a merchant's, for it stands in the open."""
        if account.limit_minor is None:
            return _PLAN
        before = self._core.invited(applied.invitation).reference  # an earlier version called it so
        return _PURCHASE if before is None else before

    def _record(self, customer: Customer, applied: Applied, account: Account) -> Signed:
        """Put the signature on record, from what stands in the account: it may be that of a day before."""
        plan = self._plan(applied, account)
        draw = account.draws[plan]
        change = Signed(
            owner=customer.pseudonym, by=f"customer:{customer.pseudonym}", invitation=applied.invitation,
            decision=applied.decision, disclosure=self._read_for(customer, applied, account, draw),
            account=account.account_id, plan=plan, amount_minor=draw.plan.terms.principal_minor,
        )  # fmt: skip

        def signed(customers: Customers) -> Signed:
            if customers.bought_by_another(applied.invitation, applied.decision):
                raise bought(applied.invitation)
            return change

        written = self._core.ask(f"sign:{applied.decision}", msgspec.to_builtins(change), signed).change
        assert isinstance(written, Signed), "what was asked"
        return written

    def _read_for(self, customer: Customer, applied: Applied, account: Account, draw: Draw) -> Digest:
        """The table of costs under which ``draw`` was made.

        That of the opening, which stands with it; a limit that was drawn another day than it was opened was read anew.
        """
        opened, terms = self._core.lending.opening(applied.decision), draw.plan.terms
        if opened is not None and opened.disclosure is not None and terms.drawn_on == account.opened_on:
            return opened.disclosure
        read = [
            (one.confirmed_at, digest)
            for digest, one in self._core.standing(customer.pseudonym).disclosures.items()
            if one.confirmed_at is not None
            and one.change.decision == applied.decision
            and (one.change.term, one.change.amount_minor) == (len(terms.instalments), terms.principal_minor)
            and one.confirmed_at // DAY <= terms.drawn_on
        ]
        if not read:
            raise NotAllowed(
                "Nothing is signed before its costs are read.", code="not_confirmed", field="decision_id",
                value=str(applied.decision), hint="ask for a person: an account stands without a table of costs",
            )  # fmt: skip
        return Digest(max(read)[1])

    def _table(
        self, customer: Customer, offer: Offer, term: int, amount_minor: int | None, language: Language
    ) -> Disclosure:
        amount = self._applying.amount(customer, offer, amount_minor)
        counted = quote(
            offer.product,
            amount_minor=amount,
            term=term,
            on=self._core.lending.today(),
            rate_bps=offer.rate_bps,
        )
        return disclosure_of(
            self._core.channel, offer.product, offer.terms, counted, decision=offer.decision, language=language
        )

    def _issued(self, customer: Customer, disclosure: Disclosure, digest: Digest) -> Issued:
        shown = self._core.standing(customer.pseudonym).disclosures[digest]
        return Issued(
            disclosure=disclosure,
            digest=digest,
            since=shown.since,
            readable_at=Micros(shown.since + shown.change.least_seconds * SECOND),
            least_seconds=shown.change.least_seconds,
            source=shown.change.source,
            confirmed=shown.confirmed_at is not None,
        )

    def _refuse_unread(
        self, customer: Customer, offer: Offer, term: int, amount_minor: int | None, digest: str
    ) -> None:
        shown = self._core.standing(customer.pseudonym).disclosures.get(digest)
        if shown is None or shown.confirmed_at is None:
            raise NotAllowed(
                "Nothing is signed before its costs are read.",
                code="not_confirmed",
                field="disclosure",
                value=digest,
                hint="read the table of costs and confirm it first",
            )
        language: Language = "zh-CN" if shown.change.language == "zh-CN" else "en"
        if digest_of_disclosure(self._table(customer, offer, term, amount_minor, language)) != digest:
            raise NotAllowed(
                "What you read is not what would be signed now.",
                code="disclosure_differs",
                field="disclosure",
                value=digest,
                hint="the day, the term or the amount is another one: read the table again",
            )

    def _refuse_without_consent(self, customer: Customer, product: Product) -> None:
        standing = self._agreed(customer)
        for name in product.consents:
            one = standing.get(name)
            if one is None or one.withdrawn_at is not None:
                raise NotAllowed(
                    "You did not agree to what this needs.",
                    code="consent_lacking",
                    field="consent",
                    value=name,
                    hint="agree to it first, or sign nothing",
                )

    def _text(self, consent: str) -> Words:
        found = self._core.channel.consents.get(consent)
        if found is None:
            raise NotFound(
                "There is no such consent.",
                code="unknown_consent",
                field="consent",
                value=consent,
                hint=near_match(consent, self._core.channel.consents),
            )
        return found.text


def _checkout(customer: Customer) -> InvitationId | None:
    """The merchant's invitation that somebody came by: it proves nobody, so what is said there holds there alone."""
    return None if customer.merchant is None else InvitationId(customer.invitation)


def _always(change: CustomerChange) -> Callable[[Customers], CustomerChange]:
    return lambda _: change
