"""What a workspace's event types could have of the library: found by name, compiled, and told where something lacks."""

import feature_streams as streams
import pytest

from tandem.kernel.values import SqlType
from tandem.observe.events import EventType
from tandem.observe.features import compile_plan, cost_of, fields_of_feature, parse_feature_set, ready_sets

TEXT, WHOLE = SqlType.TEXT, SqlType.INTEGER


def event_type(name, **fields):
    made = (streams.field(one, *(kind if isinstance(kind, tuple) else (kind,))) for one, kind in fields.items())
    return {name: EventType(name=name, fields=tuple(made))}


def ready(types, **there):
    return {one.name: one for one in ready_sets(types, **there)}


PAYMENT = event_type("card_payment", person=(TEXT, "person"), card=(TEXT, "card"), amount_minor=WHOLE)


def test_an_event_type_is_known_by_its_name_and_another_by_its_last_word():
    found = ready(event_type("shop_payment", card=(TEXT, "card"), total_minor=WHOLE))
    assert found["payment_card"].events == ("shop_payment",)
    assert found["payment_card"].document["with"] == {"payment": "shop_payment", "amount": "total_minor"}
    assert ready(event_type("visit", card=(TEXT, "card"), total_minor=WHOLE)) == {}


def test_what_nothing_was_found_for_is_left_out_and_said():
    found = ready(PAYMENT)["payment_card"]
    assert found.missing["card_merchants_{window}"] == ("merchant",)
    assert "card_merchants_{window}" in found.document["without"]
    assert "card_payments_1h" in found.plan.names


def test_the_amount_is_not_guessed_where_there_are_two():
    types = event_type("card_payment", card=(TEXT, "card"), price_minor=WHOLE, fee_minor=WHOLE)
    assert ready(types)["payment_card"].missing["card_paid_minor_{window}"] == ("amount",)


def test_every_offered_document_compiles_to_what_was_told():
    for one in ready_sets(PAYMENT):
        plan = compile_plan([parse_feature_set(one.document)], PAYMENT)
        assert plan.names == one.plan.names
        assert plan.digest == one.plan.digest


def test_features_that_are_there_are_not_offered_again():
    first = ready(PAYMENT)["payment_person"]
    rest = ready(PAYMENT, features={"person_payments_1h"}, sets={"payment_person"})
    assert "payment_person" not in rest
    assert rest["payment_person_card_payment"].taken == ("person_payments_1h",)
    assert "person_payments_24h" not in rest["payment_person_card_payment"].plan.names
    assert not any(one.template == "payment_person" for one in ready_sets(PAYMENT, features=set(first.plan.names)))


def test_two_event_types_of_one_kind_give_two_sets_of_different_names():
    types = PAYMENT | event_type("mobile_payment", card=(TEXT, "card"), amount_minor=WHOLE)
    found = [one for one in ready_sets(types) if one.template == "payment_card"]
    assert [one.events for one in found] == [("card_payment",), ("mobile_payment",)]
    assert len({one.name for one in found}) == 2


@pytest.mark.parametrize(
    ("feature", "work", "keeps"),
    [
        ({"aggregate": "count", "window": "1h"}, "logarithmic", "rows"),
        ({"aggregate": "count", "window": "lifetime"}, "constant", "total"),
        ({"aggregate": "count", "window": "1d", "hop": "1h"}, "logarithmic", "tiles"),
        ({"aggregate": "mean", "field": "score", "window": "1d"}, "linear", "rows"),
    ],
)
def test_the_plan_says_what_a_feature_costs(feature, work, keeps):
    document = {
        "name": "one",
        "entity": "device",
        "events": ["loan_application"],
        "features": [{"name": "f", **feature}],
    }
    plan = compile_plan([parse_feature_set(document)], streams.EVENT_TYPES)
    cost = cost_of(plan, "f")
    assert (cost.work, cost.keeps) == (work, keeps)


def test_bytes_of_an_event_are_those_of_the_state():
    document = {
        "name": "one", "entity": "device", "events": ["loan_application"],
        "features": [{"name": "f", "aggregate": "distinct", "field": "person", "window": "1d"},
                     {"name": "g", "aggregate": "sum", "field": "amount_minor", "window": "1d"}],
    }  # fmt: skip
    plan = compile_plan([parse_feature_set(document)], streams.EVENT_TYPES)
    assert cost_of(plan, "f").bytes_per_event == 48 + 16 + 8
    assert cost_of(plan, "f").shared_by == 2


def test_a_feature_names_the_fields_it_reads_by_event_type():
    plan = compile_plan(streams.every_operator(), streams.EVENT_TYPES)
    assert fields_of_feature(plan, "p_pay_web") == {"card_payment": ("channel", "person")}
    assert set(fields_of_feature(plan, "p_amount")) == {"loan_application", "card_payment"}
