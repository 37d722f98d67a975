"""Reading what a lender says to customers; what does not fit the rest of the release is named before a customer could meet it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from tandem.act.channel.types import Channel, Consent, Form, Question, ReadingRow, Retention
from tandem.act.products import Day, Product, Words, parse_product
from tandem.decide.decisions import LiveRelease
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError, TandemError, near_match
from tandem.kernel.time import parse_date
from tandem.observe.events import EventField, EventType

__all__ = ["CHANNEL_KIND", "channel_of", "check_channel", "parse_channel", "reading_on"]

CHANNEL_KIND: Final = "channel"
_HINT: Final = "see docs/reference/channels.md"


class _Row(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    since: str
    least_seconds: Annotated[int, Meta(ge=1, le=600)]
    source: Words


class _Document(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    lender: Words
    contact: Words
    products: Annotated[tuple[str, ...], Meta(min_length=1, max_length=50)]
    forms: dict[str, Form]
    reading: Annotated[list[_Row], Meta(min_length=1, max_length=100)]
    retention: Retention
    consents: dict[str, Consent] = {}


def parse_channel(document: Any) -> Channel:
    """What ``document`` describes.

    Raises:
        DefinitionError: names the field, the value and what to do.
    """
    try:
        read = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        raise _fault(f"{words}.", place.rstrip("`").removeprefix(".") or None) from None
    rows = tuple(
        ReadingRow(since=_day(row, number), least_seconds=row.least_seconds, source=row.source)
        for number, row in enumerate(read.reading)
    )
    for number in range(1, len(rows)):
        if rows[number].since <= rows[number - 1].since:
            raise _fault("Rows are in the order of their days.", f"reading[{number}].since", read.reading[number].since)
    for name, form in read.forms.items():
        fields = [one.field for one in form.asks]
        twice = next((one for one in fields if fields.count(one) > 1), None)
        if twice is not None:
            raise _fault("This is asked twice.", f"forms.{name}.asks", twice)
    return Channel(
        name=read.name,
        lender=read.lender,
        contact=read.contact,
        products=read.products,
        forms=read.forms,
        consents=read.consents,
        reading=rows,
        retention=read.retention,
    )


def reading_on(channel: Channel, day: Day) -> ReadingRow:
    """For how long the table of costs is read on ``day``; before the first row, as that says."""
    return next((row for row in reversed(channel.reading) if row.since <= day), channel.reading[0])


def channel_of(live: LiveRelease) -> Channel | None:
    """The channel of a release; None where it has none.

    Raises:
        DefinitionError: there are two, or it does not fit the rest of the release.
    """
    found = [one for one in live.carried if one.kind == CHANNEL_KIND]
    if not found:
        return None
    if len(found) > 1:
        raise DefinitionError(
            "A release speaks to customers once.", code="two_channels", field="channel",
            value=", ".join(sorted(one.name for one in found)), hint="join them in one file",
        )  # fmt: skip
    (artefact,) = found
    try:
        channel = parse_channel({**artefact.body, "name": artefact.name})
        check_channel(channel, _products(live.carried), live.reader.event_types, _event_types_of(live))
    except TandemError as error:
        error.at = str(artefact.key)
        raise
    return channel


def check_channel(
    channel: Channel,
    products: Mapping[str, Product],
    event_types: Mapping[str, EventType],
    decided: Mapping[str, str],
) -> None:
    """Refuse a channel that leaves a customer before a question that nobody can answer.

    Args:
        decided: policy to the type of event that it decides on.

    Raises:
        DefinitionError: a product, form, field or consent is not there, or a required field is filled in by nobody.
    """
    for number, name in enumerate(channel.products):
        product = products.get(name)
        if product is None:
            raise _fault("There is no such product.", f"products[{number}]", name, near_match(name, products))
        if not product.sold:
            raise _fault("Nobody new can have this product.", f"products[{number}]", name, "leave it out, or sell it")
        if product.policies.draw is not None:
            raise _fault(
                f"Each draw on {name} is decided on, and the channel draws with the signature, which decides nothing.",
                f"products[{number}]", name, "sell it by your own systems, or name no policy for its draws",
            )  # fmt: skip
        wanted = decided.get(product.policies.application)
        if wanted is None or wanted not in channel.forms:
            raise _fault(f"Nobody says how to apply for {name}.", "forms", wanted, f"add forms: {{{wanted}: ...}}")
        for consent in product.consents:
            if consent not in channel.consents:
                hint = near_match(consent, channel.consents) or f"add consents: {{{consent}: ...}}"
                raise _fault(f"{name} asks for a consent that has no words.", "consents", consent, hint)
    for name, form in channel.forms.items():
        event_type = event_types.get(name)
        if event_type is None:
            raise _fault("There is no such type of event.", "forms", name, near_match(name, event_types))
        _check_form(form, event_type, f"forms.{name}")


def _check_form(form: Form, event_type: EventType, at: str) -> None:
    fields = {one.name: one for one in event_type.sent}
    if event_type.subject is None:
        raise _fault("Nobody applies by an event without a subject.", at, str(event_type.name))
    places = [("amount", form.amount), ("term", form.term), ("merchant", form.merchant)]
    for place, name in places:
        if name is not None and name not in fields:
            raise _fault("There is no such field.", f"{at}.{place}", name, near_match(name, fields))
    given = {event_type.subject, *(name for _, name in places if name is not None)}
    for number, question in enumerate(form.asks):
        _check_question(question, fields, given, f"{at}.asks[{number}]")
    asked = given | {one.field for one in form.asks if not one.optional}
    for field in fields.values():
        if field.required and field.name not in asked:
            raise _fault("It is required, and nobody is asked for it.", f"{at}.asks", field.name, "ask for it")


def _check_question(question: Question, fields: Mapping[str, EventField], given: Iterable[str], at: str) -> None:
    field = fields.get(question.field)
    if field is None:
        raise _fault("There is no such field.", f"{at}.field", question.field, near_match(question.field, fields))
    if question.field in given:
        raise _fault("It is known already.", f"{at}.field", question.field, "leave it out of asks")
    known = set(field.values or ())
    if field.values is not None and set(question.values) != known:
        lacking = min(known.symmetric_difference(question.values))
        raise _fault("Each value has its words, and no other.", f"{at}.values", lacking)


def _products(carried: Iterable[Artefact]) -> dict[str, Product]:
    return {one.name: parse_product({**one.body, "name": one.name}) for one in carried if one.kind == "product"}


def _event_types_of(live: LiveRelease) -> dict[str, str]:
    return {name: one.policy.event for name, one in live.policies.items()}


def _day(row: _Row, number: int) -> Day:
    try:
        return parse_date(row.since)
    except TandemError as error:
        raise _fault(error.detail, f"reading[{number}].since", row.since, error.hint) from None


def _fault(detail: str, field: str | None, value: object = None, hint: str | None = None) -> DefinitionError:
    return DefinitionError(detail, code="invalid_channel", field=field, value=value, hint=hint or _HINT)
