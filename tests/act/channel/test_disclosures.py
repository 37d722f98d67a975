"""The table of costs: everything that is charged is in it, to the minor unit, for whatever a product may cost."""

from __future__ import annotations

import msgspec
from customer_channel import TILL, channel_body
from hypothesis import given
from hypothesis import strategies as st

from tandem.act.channel import digest_of_disclosure, disclosure_of, parse_channel
from tandem.act.products import parse_product, quote

CHANNEL = parse_channel({"name": "customers", **channel_body("till")})


@st.composite
def tables(draw):
    rate, fee, opening = draw(st.integers(0, 2_400)), draw(st.integers(0, 200)), draw(st.integers(0, 300))
    product = parse_product(
        {
            **TILL,
            "name": "till",
            "schedule": {"method": draw(st.sampled_from(["equal_instalment", "equal_principal", "bullet"]))},
            "price": {
                "rate_bps": {"least": 0, "most": 2_400, "otherwise": rate}, "fee_bps": fee, "opening_fee_bps": opening,
                "overdue": {"bps_per_day": draw(st.integers(0, 10)), "grace_days": 3},
                "early": {"fee_bps": draw(st.integers(0, 200))},
            },
        }
    )  # fmt: skip
    counted = quote(
        product, amount_minor=draw(st.integers(10_000, 2_000_000)), term=draw(st.sampled_from(product.terms)), on=20_000
    )
    language = draw(st.sampled_from(["en", "zh-CN"]))
    return counted, disclosure_of(CHANNEL, product, "d" * 64, counted, decision="dec_1", language=language)


@given(tables())
def test_items_add_up_to_what_is_paid_beside_the_principal(both):
    counted, table = both
    assert sum(one.amount_minor for one in table.items) == table.cost_minor
    assert table.cost_minor == counted.costs.interest_minor + counted.costs.fees_minor
    assert (
        sum(one.amount_minor for one in table.schedule) == table.total_minor == table.principal_minor + table.cost_minor
    )


@given(tables())
def test_no_item_costs_more_a_year_than_all_of_them_and_each_has_a_payee(both):
    _, table = both
    assert all(0 <= one.yearly_bps <= table.nominal_bps + 1 for one in table.items)
    assert all(one.payee == table.lender and one.standard and one.method for one in table.items)
    assert table.nominal_bps <= table.effective_bps + 1


@given(tables())
def test_another_word_or_number_is_another_digest(both):
    _, table = both
    assert digest_of_disclosure(table) == digest_of_disclosure(msgspec.convert(msgspec.to_builtins(table), type(table)))
    for changed in (
        msgspec.structs.replace(table, total_minor=table.total_minor + 1),
        msgspec.structs.replace(table, statement=table.statement + "!"),
        msgspec.structs.replace(table, on="2020-01-01"),
    ):
        assert digest_of_disclosure(changed) != digest_of_disclosure(table)
