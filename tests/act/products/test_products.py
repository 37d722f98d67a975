"""A product: what its document may say, what it quotes, and the cap it cannot go above."""

from __future__ import annotations

import copy
from datetime import date

import pytest

from tandem.act.products import check_cap, parse_cap, parse_product, quote, shelf_of
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError, InvalidInput
from tandem.kernel.time import date_to_days

TODAY = date_to_days(date(2026, 11, 29))

LOAN = {
    "name": "cash_instalments",
    "kind": "term_loan",
    "title": {"en": "Cash in instalments", "zh-CN": "现金分期"},
    "currency": "CNY",
    "amount": {"least_minor": 100_000, "most_minor": 5_000_000, "step_minor": 10_000},
    "terms": [3, 6, 12],
    "schedule": {"method": "equal_instalment"},
    "price": {"rate_bps": {"least": 600, "most": 2_400, "otherwise": 1_800}},
    "policies": {"application": "loan_application"},
    "cap": "cn_consumer",
}
CAP = {
    "name": "cn_consumer",
    "title": {"en": "Consumer loans in China", "zh-CN": "消费贷款综合融资成本上限"},
    "measure": "nominal",
    "rows": [
        {"since": "2025-12-19", "most_bps": 2_400, "source": "a guideline"},
        {"since": "2027-12-31", "most_bps": 1_200, "source": "the same"},
    ],
}


def changed(document, **parts):
    found = copy.deepcopy(document)
    for path, value in parts.items():
        *ways, last = path.split("__")
        inner = found
        for way in ways:
            inner = inner.setdefault(way, {})
        inner[last] = value
    return found


def test_a_quote_is_a_schedule_and_all_it_costs():
    found = quote(parse_product(LOAN), amount_minor=1_200_000, term=12, on=TODAY)
    assert found.rate_bps == 1_800
    assert found.costs.principal_minor == 1_200_000
    assert found.costs.total_minor == sum(one.amount_minor for one in found.instalments)


@pytest.mark.parametrize(
    ("asked", "field", "hint"),
    [
        ({"amount_minor": 50_000}, "amount_minor", "from 100000 to 5000000"),
        ({"amount_minor": 105_000}, "amount_minor", "a multiple of 10000"),
        ({"term": 24}, "term", "one of 3, 6, 12"),
        ({"rate_bps": 300}, "rate_bps", "from 600 to 2400"),
    ],
)
def test_what_a_product_does_not_have_is_named_with_what_it_has(asked, field, hint):
    with pytest.raises(InvalidInput) as caught:
        quote(parse_product(LOAN), **{"amount_minor": 1_200_000, "term": 12, "on": TODAY, **asked})
    assert (caught.value.field, caught.value.code) == (field, "outside_product")
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"name": "Cash"}, "name"),
        ({"currency": "RMB"}, "currency"),
        ({"terms": [6, 3]}, "terms"),
        ({"order": ["fee", "fee", "interest", "principal"]}, "order"),
        ({"amount__least_minor": 6_000_000}, "amount"),
        ({"kind": "revolving"}, "limit_minor"),
        ({"price__rate_bps__otherwise": 100}, "price.rate_bps"),
        ({"schedule__every": "week", "schedule__due_day": 10}, "schedule.due_day"),
        ({"schedule__roll": "following"}, "schedule.calendar"),
        ({"schedule__calendar": "XX"}, "schedule.calendar"),
        ({"schedule__method": "balloon"}, "schedule.method"),
        ({"terms": [0]}, "terms[0]"),
    ],
)
def test_what_does_not_hold_together_is_named(parts, field):
    with pytest.raises(DefinitionError) as caught:
        parse_product(changed(LOAN, **parts))
    assert caught.value.field == field


def test_a_price_at_the_cap_holds_and_one_above_it_is_refused():
    cap = parse_cap(CAP)
    assert check_cap(parse_product(LOAN), cap, TODAY) == pytest.approx(2_400, abs=1)
    with pytest.raises(DefinitionError, match=r"costs up to 24\.1\d % a year.*allows 24\.00 %"):
        check_cap(parse_product(changed(LOAN, price__rate_bps__most=2_415)), cap, TODAY)


def test_fees_count_and_the_shortest_term_counts_most():
    dear = changed(LOAN, price__opening_fee_bps=100)
    with pytest.raises(DefinitionError) as caught:
        check_cap(parse_product(dear), parse_cap(CAP), TODAY)
    assert "over 3 at 2400 bps" in caught.value.value


def test_a_cap_is_a_dated_row():
    later = date_to_days(date(2027, 12, 31))
    assert check_cap(parse_product(changed(LOAN, price__rate_bps__most=2_000)), parse_cap(CAP), later - 1)
    with pytest.raises(DefinitionError, match=r"allows 12\.00 %"):
        check_cap(parse_product(changed(LOAN, price__rate_bps__most=2_000)), parse_cap(CAP), later)
    with pytest.raises(DefinitionError, match="holds only later"):
        check_cap(parse_product(LOAN), parse_cap(CAP), date_to_days(date(2025, 1, 1)))


def test_a_short_first_period_to_a_fixed_day_is_where_a_fee_weighs_most():
    monthly = changed(LOAN, price__fee_bps=50, terms=[1, 12])
    monthly["price"]["rate_bps"] = {"least": 600, "most": 1_300, "otherwise": 1_300}
    fixed = changed(monthly, schedule__due_day=10, schedule__first_after_days=10)
    assert check_cap(parse_product(monthly), parse_cap(CAP), TODAY) < 2_400
    with pytest.raises(DefinitionError, match="fees in"):
        check_cap(parse_product(fixed), parse_cap(CAP), TODAY)


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([], "rows"),
        ([{"since": "soon", "most_bps": 1, "source": "x"}], "rows[0].since"),
        (list(reversed(CAP["rows"])), "rows[1].since"),
    ],
)
def test_a_cap_that_does_not_hold_together_is_named(rows, field):
    with pytest.raises(DefinitionError) as caught:
        parse_cap({**CAP, "rows": rows})
    assert caught.value.field == field


def named(kind, document):
    return Artefact.of(kind, document["name"], {key: value for key, value in document.items() if key != "name"})


def shelf(*products, caps=(CAP,), policies=("loan_application",)):
    artefacts = {
        "product": [named("product", one) for one in products],
        "rate_cap": [named("rate_cap", c) for c in caps],
    }
    return shelf_of(artefacts, dict.fromkeys(policies, "loan_application"), TODAY)


def test_the_shelf_has_what_a_release_carries():
    found = shelf(LOAN)["cash_instalments"]
    assert found.product.terms == (3, 6, 12)
    assert found.dearest_bps == pytest.approx(2_400, abs=1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"policies": ("other",)}, "unknown_policy"),
        ({"caps": ()}, "unknown_cap"),
    ],
)
def test_what_a_product_names_has_to_be_there(given, code):
    with pytest.raises(DefinitionError) as caught:
        shelf(LOAN, **given)
    assert (caught.value.code, caught.value.at) == (code, "product/cash_instalments")


def test_where_there_are_caps_no_product_goes_without_one():
    free = {key: value for key, value in LOAN.items() if key != "cap"}
    assert shelf(free, caps=())["cash_instalments"].dearest_bps is None
    with pytest.raises(DefinitionError, match="names no rate cap"):
        shelf(free)
