"""Reading a programme from its document; what does not hold together is named before anybody can be told anything by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from tandem.act.offers.facts import FACTS
from tandem.act.offers.types import (
    CHANNELS,
    KINDS,
    AtRandom,
    ByUplift,
    Caps,
    Channel,
    Choosing,
    HoldOut,
    Into,
    OfferKind,
    Programme,
    Purpose,
    Template,
)
from tandem.act.offers.writing import FIELDS, OWN_FIELDS
from tandem.act.products import Product, Words
from tandem.act.texts import fields_in
from tandem.act.trials import check_columns
from tandem.decide.models import Model
from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.expressions import parse
from tandem.kernel.values import SqlType

__all__ = ["check_programme", "parse_offer_programme"]

_HINT: Final = "see docs/reference/offers.md"
_Days = Annotated[int, Meta(ge=0, le=3_660)]


class _Document(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,62}$")]
    title: Words
    kind: OfferKind
    products: Annotated[tuple[str, ...], Meta(min_length=1, max_length=50)]
    when: Annotated[str, Meta(min_length=1, max_length=2_000)]
    channels: Annotated[tuple[Channel, ...], Meta(min_length=1, max_length=len(CHANNELS))]
    hold_out: HoldOut
    choose: Choosing
    templates: Annotated[tuple[Template, ...], Meta(min_length=1, max_length=20)]
    says: dict[str, Words]
    purpose: Purpose = "marketing"
    caps: Caps = Caps()
    quiet_days: _Days = 90
    again_days: Annotated[int, Meta(ge=1, le=3_660)] = 25
    answer_days: Annotated[int, Meta(ge=1, le=366)] = 14
    into: Into | None = None
    description: Annotated[str, Meta(max_length=1_000)] = ""


def parse_offer_programme(document: Any) -> Programme:
    """The programme that ``document`` describes.

    Raises:
        DefinitionError: names the field, the value and what to do.
    """
    try:
        read = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        field = place.rstrip("`").removeprefix(".") or None
        raise DefinitionError(f"{words}.", code="invalid_offer_programme", field=field, hint=_HINT) from None
    found = Programme(**{name: getattr(read, name) for name in read.__struct_fields__})
    _check_kind(found)
    _check_condition(found.when)
    for field, names in (("products", found.products), ("channels", found.channels)):
        twice = next((one for one in names if names.count(one) > 1), None)
        if twice is not None:
            raise _wrong("It is there twice.", field, twice, "leave one out")
    if isinstance(found.choose, AtRandom):
        _check_propensities(found.choose, found.channels)
    for channel in found.channels:
        if not any(channel in one.channels for one in found.templates):
            raise _wrong("Nothing is said by this channel.", "templates", channel, f"a template for {channel}")
    for number, template in enumerate(found.templates):
        _check_template(found, template, f"templates[{number}]")
    return found


def check_programme(programme: Programme, products: Mapping[str, Product], models: Mapping[str, Model]) -> None:
    """Refuse a programme that leans on what its release does not have.

    Raises:
        DefinitionError: names what is missing.
    """
    for number, name in enumerate(programme.products):
        if name not in products:
            hint = near_match(name, products) or "add it under products/"
            raise _wrong("No product has this name.", f"products[{number}]", name, hint)
    currencies = {products[one].currency for one in programme.products}
    if len(currencies) > 1:
        raise _wrong(
            "Amounts of several currencies are not one figure.", "products", sorted(currencies), "a programme for each"
        )
    if programme.into is not None:
        _check_into(programme.into, products, currencies)
    if isinstance(programme.choose, ByUplift):
        name = programme.choose.model
        model = models.get(name)
        if model is None:
            raise _wrong("No model has this name.", "choose.model", name, near_match(name, models) or "release it too")
        check_columns(name, model, FACTS, CHANNELS, KINDS, field="choose.model")


def _check_into(into: Into, products: Mapping[str, Product], currencies: set[str]) -> None:
    product = products.get(into.product)
    if product is None:
        raise _wrong("No product has this name.", "into.product", into.product, near_match(into.product, products))
    if not product.sold or product.currency not in currencies:
        raise _wrong(
            "Nobody can have this product for such an account.",
            "into.product",
            into.product,
            "one that is sold, in its currency",
        )
    if into.term not in product.terms:
        raise _wrong("The product has no such term.", "into.term", into.term, f"one of {list(product.terms)}")


def _check_kind(found: Programme) -> None:
    if found.purpose == "service" and found.kind != "reminder":
        raise _wrong("An offer is no service: it needs the customer's consent.", "purpose", found.purpose, "marketing")
    if (found.kind == "instalment_offer") != (found.into is not None):
        raise _wrong(
            "An instalment offer says into which plan, and no other offer does.",
            "into",
            found.kind,
            "a product and a term",
        )


def _check_condition(when: str) -> None:
    try:
        condition = parse(when, FACTS)
    except DefinitionError as error:
        error.field = "when"
        raise
    if condition.type is not SqlType.BOOLEAN:
        raise _wrong("A condition is true or false.", "when", when, "compare it with something")


def _check_propensities(choose: AtRandom, channels: Sequence[Channel]) -> None:
    for channel in choose.propensities:
        if channel not in channels:
            raise _wrong(
                "The programme has no such channel.", f"choose.propensities.{channel}", channel, "add it to channels"
            )
    total = sum(choose.propensities.values())
    if not 0 < total < 1:
        raise _wrong(
            "Propensities add up to something between 0 and 1: what is left of 1 is nothing.", "choose.propensities", total,
            "leave some for nothing, or nothing can be learnt",
        )  # fmt: skip


def _check_template(found: Programme, template: Template, where: str) -> None:
    allowed = FIELDS[found.kind]
    for language, text in (("en", template.text.en), ("zh-CN", template.text.zh)):
        subject = "" if template.subject is None else (template.subject.en if language == "en" else template.subject.zh)
        named = fields_in(text) | fields_in(subject)
        for name in sorted(named):
            if name not in allowed:
                raise _wrong("No such field.", f"{where}.text.{language}", name, near_match(name, allowed))
            if name in OWN_FIELDS and name not in found.says:
                raise _wrong("The programme does not say this.", f"{where}.text.{language}", name, f"add says.{name}")
        needed = {"lender"} | ({"opt_out"} if found.purpose == "marketing" else set())
        missing = sorted(needed - named)
        if missing:
            raise _wrong(
                "A customer is told who writes, and how to hear no more of offers.", f"{where}.text.{language}", missing[0],
                f"say {{{missing[0]}}}",
            )  # fmt: skip


def _wrong(words: str, field: str, value: object, hint: str | None) -> DefinitionError:
    return DefinitionError(words, code="invalid_offer_programme", field=field, value=value, hint=hint or _HINT)
