"""What a lender says to customers: read whole, and held against the products and events of its release."""

from __future__ import annotations

from pathlib import Path

import pytest
from customer_channel import LIMIT, TILL, channel_body

from tandem.act.channel import check_channel, parse_channel, reading_on
from tandem.act.products import parse_product
from tandem.decide.decisions import ARTEFACT_FOLDERS
from tandem.kernel.artefacts import load_workspace
from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import parse_date
from tandem.observe.events import parse_event_type

EVENT = parse_event_type(
    {
        "name": "application",
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "amount_minor", "type": "integer", "required": True, "data_class": "C2"},
            {"name": "term_months", "type": "integer", "required": True},
            {"name": "income_minor", "type": "integer", "data_class": "C2"},
            {"name": "age", "type": "integer", "data_class": "C2"},
            {"name": "job", "type": "text", "values": ["fixed", "other"], "data_class": "C2"},
        ],
    }
)


def checked(body):
    channel = parse_channel({"name": "customers", **body})
    check_channel(
        channel,
        {"till": parse_product({"name": "till", **TILL})},
        {"application": EVENT},
        {"application": "application"},
    )
    return channel


def form(**changes):
    body = channel_body("till")
    body["forms"]["application"] |= changes
    return body


def refused(body):
    with pytest.raises(DefinitionError) as error:
        checked(body)
    assert error.value.code == "invalid_channel"
    return error.value


def test_a_channel_that_fits_is_read():
    channel = checked(channel_body("till"))
    assert channel.forms["application"].asks[1].unit == "money"
    assert channel.consents["credit_bureau"].recipient.en == "The credit bureau"


def test_the_time_of_reading_is_that_of_the_day():
    channel = checked(channel_body("till"))
    seconds = [
        reading_on(channel, parse_date(day)).least_seconds
        for day in ("2019-05-01", "2026-07-31", "2026-08-01", "2027-01-01")
    ]
    assert seconds == [5, 5, 10, 10]


WORDS = {"en": "x", "zh-CN": "x"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**channel_body("till"), "lender": {"en": "x"}}, "lender"),
        ({**channel_body("till"), "unknown": 1}, None),
        ({**channel_body("till"), "reading": []}, "reading"),
        ({**channel_body("till"), "reading": [{"since": "2026-02-30", "least_seconds": 5, "source": WORDS}]}, "reading[0].since"),
        ({**channel_body("till"), "reading": [{"since": "2026-01-02", "least_seconds": 5, "source": WORDS},
                                              {"since": "2026-01-01", "least_seconds": 5, "source": WORDS}]}, "reading[1].since"),
        ({**channel_body("till"), "reading": [{"since": "2026-01-01", "least_seconds": 0, "source": WORDS}]}, "reading[0].least_seconds"),
        ({**channel_body("till"), "reading": [{"since": "2026-01-01", "least_seconds": 5, "source": "x"}]}, "reading[0].source"),
        (channel_body("tills"), "products[0]"),
        ({**channel_body("till"), "forms": {}}, "forms"),
        ({**channel_body("till"), "consents": {}}, "consents"),
        (form(amount="sum"), "forms.application.amount"),
        (form(term=None), "forms.application.asks"),
        (form(asks=[{"field": "height", "title": WORDS}]), "forms.application.asks[0].field"),
        (form(asks=[{"field": "person", "title": WORDS}]), "forms.application.asks[0].field"),
        (form(asks=[{"field": "age", "title": WORDS}, {"field": "age", "title": WORDS}]), "forms.application.asks"),
        (form(asks=[{"field": "job", "title": WORDS, "values": {"fixed": WORDS}}]), "forms.application.asks[0].values"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_before_a_customer_meets_it(body, field):
    assert refused(body).field == field


def test_a_product_whose_draws_are_decided_one_by_one_cannot_be_signed_by_customers_themselves():
    limit = {**LIMIT, "name": "limit", "policies": {"application": "application", "draw": "draw"}}
    channel = parse_channel({"name": "customers", **channel_body("limit")})
    with pytest.raises(DefinitionError, match="Each draw on limit is decided on") as error:
        check_channel(channel, {"limit": parse_product(limit)}, {"application": EVENT}, {"application": "application"})
    assert (error.value.code, error.value.field, error.value.value) == ("invalid_channel", "products[0]", "limit")


def test_the_example_lenders_channel_fits_its_products_and_events():
    folder = Path(__file__).parents[3] / "examples" / "lender"
    artefacts = list(load_workspace(folder, ARTEFACT_FOLDERS).artefacts.values())
    named = {one.key: {**one.body, "name": one.name} for one in artefacts}
    of = {
        kind: {key.name: body for key, body in named.items() if key.kind == kind} for kind in ("product", "event_type")
    }
    decided = {one.name: one.body["event"] for one in artefacts if one.kind == "policy"}
    (channel,) = [parse_channel({**one.body, "name": one.name}) for one in artefacts if one.kind == "channel"]
    check_channel(
        channel,
        {name: parse_product(body) for name, body in of["product"].items()},
        {name: parse_event_type(body) for name, body in of["event_type"].items()},
        decided,
    )
    assert set(channel.products) == {"till_instalments", "cash_loan"}
