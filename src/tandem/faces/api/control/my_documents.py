"""A customer's own channel as documents: what is asked, offered, read, owed and answered."""

from __future__ import annotations

from tandem.act.channel import (
    Answered,
    Application,
    AskedConsent,
    ChannelDesk,
    Issued,
    Payoff,
    Question,
)
from tandem.act.products import OnShelf, Words
from tandem.faces.api.control.account_documents import account_detail
from tandem.faces.api.control.products import quote_shown
from tandem.faces.api.shapes.my import (
    MyAccounts,
    MyApplication,
    MyCap,
    MyConsent,
    MyConsents,
    MyCustomer,
    MyDisclosure,
    MyOffer,
    MyPayoff,
    MyProduct,
    MyProducts,
    MyPurchase,
    MyQuestion,
    MyReason,
    MyRequest,
    MyValue,
)
from tandem.faces.api.shapes.products import ProductWords
from tandem.kernel.time import SECOND, Micros, days_to_date, format_instant
from tandem.observe.events import EventField
from tandem.prove.access import KEY_PREFIX, AccessControl, Customer

__all__ = [
    "accounts_shown",
    "application_shown",
    "consents_shown",
    "customer_shown",
    "disclosure_shown",
    "offer_shown",
    "payoff_shown",
    "products_shown",
    "request_shown",
    "words_shown",
]


def words_shown(words: Words) -> ProductWords:
    """``words`` as they travel."""
    return ProductWords(en=words.en, zh=words.zh)


def customer_shown(desk: ChannelDesk, access: AccessControl, customer: Customer, csrf: str) -> MyCustomer:
    """Who has come in, and to what."""
    channel, invited = desk.core.channel, desk.core.invitation(customer)
    merchant = access.customers.merchant_named(customer.key.removeprefix(KEY_PREFIX))
    name = None if merchant is None else ProductWords(en=merchant.title_en, zh=merchant.title_zh)
    purchase = None
    if name is not None and invited.amount_minor is not None:
        purchase = MyPurchase(
            merchant=name, amount_minor=invited.amount_minor, reference=desk.core.reference_of(invited)
        )
    provider = desk.repaying.provider
    return MyCustomer(
        csrf=csrf,
        acts=[one.value for one in customer.acts],
        lender=words_shown(channel.lender),
        contact=words_shown(channel.contact),
        merchant=name,
        purchase=purchase,
        product=invited.product,
        back=desk.inviting.way_back(customer),
        pays=provider is not None,
        simulated=provider is not None and provider.simulated,
    )


def products_shown(desk: ChannelDesk, customer: Customer) -> MyProducts:
    """What they can apply for, and what is asked."""
    known = desk.applying.known(customer)
    found = []
    for on_shelf, form, event_type in desk.applying.products(customer):
        fields = {one.name: one for one in event_type.sent}
        asks = [_question(one, fields[one.field]) for one in form.asks if one.field not in known]
        product = on_shelf.product
        found.append(
            MyProduct(
                name=product.name,
                title=words_shown(product.title),
                kind=product.kind,
                currency=product.currency,
                least_minor=product.amount.least_minor,
                most_minor=product.amount.most_minor,
                step_minor=product.amount.step_minor,
                terms=list(product.terms),
                asks=asks,
            )
        )
    return MyProducts(products=found)


def _question(question: Question, field: EventField) -> MyQuestion:
    return MyQuestion(
        field=question.field,
        title=words_shown(question.title),
        help=None if question.help is None else words_shown(question.help),
        keyboard=question.keyboard,
        unit=question.unit,
        type=field.type.value,
        required=not question.optional,
        minimum=field.minimum,
        maximum=field.maximum,
        values=[MyValue(value=one, title=words_shown(question.values[one])) for one in field.values or ()],
    )


def application_shown(one: Application) -> MyApplication:
    """An application and what came of it."""
    return MyApplication(
        decision_id=one.decision,
        product=one.product,
        state=one.state,
        decided_at=one.decided_at,
        most_minor=one.most_minor,
        reasons=[
            MyReason(words=words_shown(why.words), advice=None if why.advice is None else words_shown(why.advice))
            for why in one.reasons
        ],
        account_id=None if one.signed is None else one.signed.account,
    )


def offer_shown(desk: ChannelDesk, customer: Customer, decision_id: str, amount_minor: int | None) -> MyOffer:
    """What may be signed."""
    offer, quotes = desk.applying.offer(customer, decision_id, amount_minor)
    on_shelf = OnShelf(product=offer.product, digest=offer.terms)
    cap = desk.applying.cap(offer.product)
    return MyOffer(
        decision_id=offer.decision,
        product=offer.product.name,
        title=words_shown(offer.product.title),
        currency=offer.product.currency,
        most_minor=offer.most_minor,
        amount_minor=quotes[0].amount_minor,
        limited=offer.product.limit_minor is not None,
        until=format_instant(offer.until),
        cap=None if cap is None else MyCap(title=words_shown(cap[0]), most_bps=cap[1].most_bps, source=cap[1].source),
        quotes=[quote_shown(on_shelf, one) for one in quotes],
    )


def disclosure_shown(issued: Issued, now: Micros) -> MyDisclosure:
    """A table of costs that is before them."""
    left = max(issued.readable_at - now, 0)
    return MyDisclosure(
        digest=issued.digest,
        since=format_instant(issued.since),
        readable_at=format_instant(issued.readable_at),
        least_seconds=issued.least_seconds,
        seconds_left=-(-left // SECOND),
        source=issued.source,
        confirmed=issued.confirmed,
        disclosure=issued.disclosure,
    )


def consents_shown(desk: ChannelDesk, customer: Customer) -> MyConsents:
    """What they agreed to, and what they are asked for."""
    products = [on_shelf.product for on_shelf, _, _ in desk.applying.products(customer)]
    return MyConsents(
        consents=[
            _consent(one, [product.name for product in products if one.name in product.consents])
            for one in desk.signing.consents(customer)
        ]
    )


def _consent(one: AskedConsent, needed_by: list[str]) -> MyConsent:
    standing = one.standing
    withdrawn = None if standing is None else standing.withdrawn_at
    return MyConsent(
        name=one.name,
        title=words_shown(one.words.title),
        text=words_shown(one.words.text),
        recipient=None if one.words.recipient is None else words_shown(one.words.recipient),
        holds=standing is not None and withdrawn is None,
        given_at=None if standing is None else format_instant(standing.given_at),
        withdrawn_at=None if withdrawn is None else format_instant(withdrawn),
        needed_by=needed_by,
    )


def accounts_shown(desk: ChannelDesk, customer: Customer) -> MyAccounts:
    """Their accounts, newest first."""
    accounts = desk.core.accounts(customer)[::-1]
    today = desk.core.lending.today()
    titles = {one.product: words_shown(desk.core.lending.shelf.signed(one.terms).title) for one in accounts}
    return MyAccounts(accounts=[account_detail(one, today) for one in accounts], titles=titles)


def payoff_shown(payoff: Payoff) -> MyPayoff:
    """What pays everything today."""
    return MyPayoff(
        plan=payoff.plan,
        on=days_to_date(payoff.on).isoformat(),
        payoff_minor=payoff.payoff_minor,
        principal_minor=payoff.principal_minor,
        fee_minor=payoff.fee_minor,
        planned_minor=payoff.planned_minor,
        saved_minor=payoff.saved_minor,
    )


def request_shown(one: Answered) -> MyRequest:
    """Something that a person answers."""
    change = one.request.change
    return MyRequest(
        request_id=change.request,
        about=change.about,
        at=format_instant(one.request.at),
        decision_id=change.decision,
        state=one.state,
        due_at=one.due_at,
        answer=None if one.answer is None else words_shown(one.answer),
    )
