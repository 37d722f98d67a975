"""A customer's own channel: what programs send to let somebody in, and what a customer's pages send and show."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tandem.act.channel import Disclosure
from tandem.faces.api.shapes.accounts import AccountDetail
from tandem.faces.api.shapes.products import ProductWords, QuoteShown
from tandem.faces.api.shapes.vocabulary import DigestText, Instant, Name

__all__ = [
    "InvitationAnswer",
    "InvitationRequest",
    "InvitationShown",
    "MyAccounts",
    "MyAgreement",
    "MyApplication",
    "MyApplicationRequest",
    "MyApplications",
    "MyCap",
    "MyConfirmed",
    "MyConsent",
    "MyConsents",
    "MyCustomer",
    "MyDisclosure",
    "MyDisclosureRequest",
    "MyErasure",
    "MyOffer",
    "MyPass",
    "MyPayment",
    "MyPaymentRequest",
    "MyPayoff",
    "MyPreferences",
    "MyProduct",
    "MyProducts",
    "MyPurchase",
    "MyQuestion",
    "MyReason",
    "MyRequest",
    "MyRequestMade",
    "MyRequests",
    "MySession",
    "MySignature",
    "MySigned",
    "MyStatement",
    "MyStatements",
    "MyValue",
    "PurchaseRefund",
]

_Amount = Annotated[int, Meta(ge=1, le=10**15)]
_Term = Annotated[int, Meta(ge=1, le=480)]
_Own = Annotated[str, Meta(pattern="^[A-Za-z0-9._-]{1,64}$", description="your id; the idempotency key")]
_Key = Annotated[str, Meta(min_length=1, max_length=120, description="your id; the idempotency key")]
_Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_ActText = Literal["apply", "see", "sign", "repay", "object", "rights"]
_Language = Literal["en", "zh-CN"]
_About = Literal["objection", "human", "correction", "automated_decision"]


class InvitationRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Let one customer in.

    Attributes:
        key: the same key again gives the same invitation and a new pass; the pass before opens nothing any more.
        identifier: who they are, as your events name them; sealed, and told to nobody.
        acts: what they may do; a merchant may not invite to rights.
        product: left out: they choose.
        amount_minor, reference: of the purchase.
        back: where they go when it is over, below one of the merchant's origins.
        values: fields of the application that you know, such as a device; they are not asked for.
        expires_after: how long the pass waits to be used, a minute to a day.
    """

    key: _Key
    identifier: Annotated[str, Meta(min_length=1, max_length=1_024)]
    acts: Annotated[list[_ActText], Meta(min_length=1, max_length=6)]
    kind: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,79}$")] = "person"
    product: Name | None = None
    amount_minor: _Amount | None = None
    reference: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    back: Annotated[str, Meta(max_length=1_024)] | None = None
    values: dict[str, Any] = {}
    expires_after: Annotated[str, Meta(max_length=40)] = "15m"


class InvitationAnswer(msgspec.Struct, kw_only=True):
    """The invitation, and where the customer's browser goes; the pass in it is told this once and works once."""

    invitation: str
    path: str
    expires_at: Instant


class InvitationShown(msgspec.Struct, kw_only=True):
    """What became of an invitation, as far as whoever invited is told.

    Attributes:
        state: open: nothing was signed, for whatever reason.
        paid_minor: what the customer drew for the purchase; refunded_minor: of it, given back.
    """

    invitation: str
    state: Literal["open", "signed", "refunded"]
    reference: str | None
    amount_minor: int | None
    paid_minor: int
    refunded_minor: int


class PurchaseRefund(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The merchant gives back all or part of its purchase."""

    refund_id: _Key
    amount_minor: _Amount


class MyPass(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The pass that stood in the address."""

    token: Annotated[str, Meta(max_length=200)]


class MyPurchase(msgspec.Struct, kw_only=True):
    """What is bought."""

    merchant: ProductWords
    amount_minor: int
    reference: str | None


class MyCustomer(msgspec.Struct, kw_only=True):
    """Who has come in, and to what.

    Attributes:
        csrf: goes into the header X-Tandem-CSRF of whatever changes something.
        back: where they go when it is over; signed for the merchant.
        pays: whether payments are taken here; simulated: no money moves by them.
        origin: the merchant's page that may show this in a frame.
    """

    csrf: str
    acts: list[_ActText]
    lender: ProductWords
    contact: ProductWords
    merchant: ProductWords | None
    purchase: MyPurchase | None
    product: str | None
    back: str | None
    pays: bool
    simulated: bool


class MySession(msgspec.Struct, kw_only=True):
    """Whether somebody has come in at this browser."""

    known: bool
    customer: MyCustomer | None


class MyValue(msgspec.Struct, kw_only=True):
    """A value that can be chosen."""

    value: str
    title: ProductWords


class MyQuestion(msgspec.Struct, kw_only=True):
    """What is asked. Bounds are in the unit of the field: minor units of money."""

    field: str
    title: ProductWords
    help: ProductWords | None
    keyboard: Literal["text", "numeric", "decimal", "tel", "email"]
    unit: Literal["money", "years", "months", "count", "none"]
    type: Literal["text", "integer", "boolean", "double", "decimal", "date", "timestamp"]
    required: bool
    minimum: float | None
    maximum: float | None
    values: list[MyValue]


class MyProduct(msgspec.Struct, kw_only=True):
    """A product and what is asked of who applies for it."""

    name: Name
    title: ProductWords
    kind: Literal["instalment_plan", "term_loan", "revolving", "merchant_line"]
    currency: str
    least_minor: int
    most_minor: int
    step_minor: int
    terms: list[int]
    asks: list[MyQuestion]


class MyProducts(msgspec.Struct, kw_only=True):
    """What they can apply for."""

    products: list[MyProduct]


class MyApplicationRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Apply. ``amount_minor`` does not count where something is bought: the purchase's does."""

    application_id: _Own
    product: Name
    term: _Term
    amount_minor: _Amount | None = None
    values: dict[str, Any] = {}


class MyReason(msgspec.Struct, kw_only=True):
    """Why, and what would help."""

    words: ProductWords
    advice: ProductWords | None


class MyApplication(msgspec.Struct, kw_only=True):
    """An application and what came of it.

    Attributes:
        state: looked_at: by a person. lapsed: the offer is over.
        most_minor: what is offered; null where nothing is.
        reasons: what spoke against them, most important first; never empty where they were declined.
        account_id: what was opened when they signed.
    """

    decision_id: str
    product: Name
    state: Literal["offered", "signed", "looked_at", "declined", "lapsed"]
    decided_at: Instant
    most_minor: int | None
    reasons: list[MyReason]
    account_id: str | None


class MyApplications(msgspec.Struct, kw_only=True):
    """Newest first."""

    applications: list[MyApplication]


class MyCap(msgspec.Struct, kw_only=True):
    """What the law allows a year, and where it is written."""

    title: ProductWords
    most_bps: int
    source: str


class MyOffer(msgspec.Struct, kw_only=True):
    """What may be signed: a quote for each term."""

    decision_id: str
    product: Name
    title: ProductWords
    currency: str
    most_minor: int
    amount_minor: int
    limited: bool
    until: Instant
    cap: MyCap | None
    quotes: list[QuoteShown]


class MyDisclosureRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which table of costs is read."""

    term: _Term
    language: _Language
    amount_minor: _Amount | None = None


class MyDisclosure(msgspec.Struct, kw_only=True):
    """A table of costs that is before them.

    Attributes:
        seconds_left: until it can be confirmed, by the server's clock.
        source: what asks for the time, in the language of the table.
    """

    digest: DigestText
    since: Instant
    readable_at: Instant
    least_seconds: int
    seconds_left: int
    source: str
    confirmed: bool
    disclosure: Disclosure


class MyConfirmed(msgspec.Struct, kw_only=True):
    """Read, and when they said so."""

    digest: DigestText
    confirmed_at: Instant


class MySignature(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Sign. ``disclosure``: digest of the table that was confirmed."""

    term: _Term
    disclosure: DigestText
    amount_minor: _Amount | None = None


class MySigned(msgspec.Struct, kw_only=True):
    """What was opened; ``back``: where to go now, signed for the merchant."""

    account_id: str
    plan: str | None
    amount_minor: int
    disclosure: DigestText
    back: str | None


class MyAgreement(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Agree, having read it in this language."""

    language: _Language


class MyConsent(msgspec.Struct, kw_only=True):
    """One thing to agree to. ``holds``: they agreed and did not withdraw; ``needed``: by these products."""

    name: str
    title: ProductWords
    text: ProductWords
    recipient: ProductWords | None
    holds: bool
    given_at: Instant | None
    withdrawn_at: Instant | None
    needed_by: list[str]


class MyConsents(msgspec.Struct, kw_only=True):
    """What they agreed to, and what they are asked for."""

    consents: list[MyConsent]


class MyAccounts(msgspec.Struct, kw_only=True):
    """Their accounts, newest first; ``titles``: of their products."""

    accounts: list[AccountDetail]
    titles: dict[str, ProductWords]


class MyStatement(msgspec.Struct, kw_only=True):
    """A month of an account; ``whole``: it is over."""

    since: _Day
    until: _Day
    whole: bool


class MyStatements(msgspec.Struct, kw_only=True):
    """Newest first."""

    statements: list[MyStatement]


class MyPayoff(msgspec.Struct, kw_only=True):
    """What pays everything of a plan today.

    Attributes:
        principal_minor: of it, not yet due; fee_minor: fees of the running period and for paying early.
        planned_minor: what would still be paid by the schedule; saved_minor: less that.
    """

    plan: str
    on: _Day
    payoff_minor: int
    principal_minor: int
    fee_minor: int
    planned_minor: int
    saved_minor: int


class MyPaymentRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Pay. ``early``: what is left after everything due repays principal now."""

    payment_id: _Own
    plan: Annotated[str, Meta(min_length=1, max_length=100)]
    amount_minor: _Amount
    early: bool = False


class MyPayment(msgspec.Struct, kw_only=True):
    """A payment that was made; ``number`` is the provider's, ``simulated``: no money moved."""

    account: AccountDetail
    number: str
    simulated: bool
    again: bool


class MyRequest(msgspec.Struct, kw_only=True):
    """Something that a person answers."""

    request_id: str
    about: Literal["objection", "human", "correction", "automated_decision", "erasure"]
    at: Instant
    decision_id: str | None
    state: Literal["waiting", "looked_at", "answered"]
    due_at: Instant | None
    answer: ProductWords | None


class MyRequestMade(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Ask a person. ``decision_id``: about one decision of theirs; left out: about all of them."""

    request_id: _Own
    about: _About
    text: Annotated[str, Meta(max_length=4_000)] = ""
    decision_id: Annotated[str, Meta(max_length=255)] | None = None


class MyRequests(msgspec.Struct, kw_only=True):
    """Newest first."""

    requests: list[MyRequest]


class MyPreferences(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is done with their data.

    Attributes:
        marketing: offers may be made to them.
        automated: a program alone may decide against them; else a person looks at it.
    """

    marketing: bool
    automated: bool


class MyErasure(msgspec.Struct, kw_only=True):
    """What became of a wish to be erased.

    Attributes:
        erased: everything personal is unreadable, for ever. Else it is restricted: kept, and used for nothing new.
        until: the day from which it can be erased; null while an account is open.
        why: the rule that keeps it.
    """

    erased: bool
    until: _Day | None
    why: ProductWords | None
