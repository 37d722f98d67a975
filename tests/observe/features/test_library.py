"""The library: enough features, each valid over the event types it asks for, each different from a constant."""

import random
from itertools import count

import feature_streams as streams
import pytest

from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import DAY, HOUR
from tandem.kernel.values import SqlType
from tandem.observe.events import EventType
from tandem.observe.features import (
    OnlineFeatures,
    compile_plan,
    library_document,
    library_names,
    parse_feature_set,
    template_parameters,
)

TEXT, WHOLE, YES_NO, LIKENESS = SqlType.TEXT, SqlType.INTEGER, SqlType.BOOLEAN, SqlType.DOUBLE
FIELDS = {
    "loan_application": {"person": TEXT, "device": TEXT, "phone": TEXT, "email": TEXT, "address": TEXT, "ip": TEXT,
                         "subnet": TEXT, "email_domain": TEXT, "amount_minor": WHOLE, "name_similarity": LIKENESS,
                         "address_similarity": LIKENESS},
    "statement": {"account": TEXT, "bill_minor": WHOLE, "limit_minor": WHOLE, "months_overdue": WHOLE},
    "repayment": {"account": TEXT, "amount_minor": WHOLE},
    "card_payment": {"person": TEXT, "card": TEXT, "merchant": TEXT, "device": TEXT, "amount_minor": WHOLE,
                     "ip": TEXT, "subnet": TEXT, "email": TEXT, "channel": TEXT, "country": TEXT, "latitude": WHOLE, "longitude": WHOLE},
    "payment_outcome": {"card": TEXT, "merchant": TEXT, "fraud": YES_NO},
    "login": {"person": TEXT, "device": TEXT, "ip": TEXT, "country": TEXT, "outcome": TEXT, "system": TEXT,
              "model": TEXT, "language": TEXT, "screen": TEXT, "timezone": TEXT},
    "transfer": {"person": TEXT, "account": TEXT, "amount_minor": WHOLE},
    "account_movement": {"person": TEXT, "movement": TEXT, "amount_minor": WHOLE, "purpose": TEXT,
                         "merchant_category": TEXT},
}  # fmt: skip
KINDS = {"person", "device", "phone", "email", "email_domain", "address", "ip", "subnet", "account", "card", "merchant"}
WORDS = {
    "channel": ["pos", "online"],
    "movement": ["draw", "purchase", "cash", "transfer_in", "transfer_out"],
    "purpose": ["education", "travel"],
    "merchant_category": ["education", "travel", "jewellery"],
    "country": ["CN", "SG", "FR"],
    "outcome": ["passed", "failed"],
    "system": ["android 15", "ios 19"],
    "model": ["a", "b"],
    "language": ["zh", "en"],
    "screen": ["1080x2400", "1179x2556"],
    "timezone": ["Asia/Shanghai", "Europe/Paris"],
}
TYPES = {
    name: EventType(name=name, fields=tuple(streams.field(one, kind, one if one in KINDS else None) for one, kind in fields.items()))
    for name, fields in FIELDS.items()
}  # fmt: skip


HOLIDAYS = {"holiday": "CAST(occurred_at AS DATE) IN (DATE '2023-12-25', DATE '2024-01-01', DATE '2024-05-01')"}


def all_sets():
    return [
        parse_feature_set(
            {
                "use": f"library/{name}",
                "with": HOLIDAYS if "holiday" in template_parameters(name) else {},
            }
        )
        for name in library_names()
    ]


def test_there_are_at_least_300_features_of_at_least_100_definitions():
    features = [feature for one in all_sets() for feature in one.features]
    assert len({feature.template for feature in features}) >= 100
    assert len(features) >= 300


def test_every_feature_is_described_in_both_languages():
    plan = compile_plan(all_sets(), TYPES)
    assert all(plan.describe(name, language) for name in plan.names for language in ("en", "zh"))


def test_no_feature_is_constant_over_simulated_events():
    plan = compile_plan(all_sets(), TYPES)
    host = OnlineFeatures(plan)
    seen = {name: set() for name in plan.names}
    for seq, event in enumerate(simulated(6000), 1):
        for name, value in zip(plan.names, host.observe(event, seq), strict=True):
            if len(seen[name]) < 3:
                seen[name].add(value)
    assert [name for name, values in seen.items() if len(values - {None}) < 2] == []


def simulated(total):
    """Simulated: bursts at night and by day, over a year."""
    rng, t, number = random.Random(9), streams.START, count()
    kind, values = "login", {}
    for _ in range(total):
        t += rng.choice([HOUR // 60, HOUR, 3 * HOUR])
        if not values or rng.random() < 0.9:  # else the same again
            kind = rng.choice(list(FIELDS))
            values = {name: value_of(rng, name) for name in FIELDS[kind]}
        yield streams.event(next(number), kind, t - t % DAY % 7, values)


def value_of(rng, name):
    if name in KINDS:
        return streams.pseudonym(name, rng.randrange(6))
    if name == "months_overdue":
        return rng.choice([-2, -1, 0, 0, 1, 2, 3])
    if name.endswith("_similarity"):
        return rng.random()
    if name == "fraud":
        return rng.random() < 0.3
    if name == "amount_minor" and rng.random() < 0.3:
        return rng.randrange(1, 6) * 100_000
    if name in WORDS:
        return rng.choice(WORDS[name])
    return rng.randrange(1, 500_000)


def test_a_workspace_says_what_its_events_and_fields_are_called():
    used = {
        "use": "library/application_person",
        "name": "mine",
        "with": {"application": "request", "amount": "sum_minor"},
    }
    made = parse_feature_set(used)
    assert made.name == "mine"
    assert made.events == ("request",)
    assert "sum_minor" in {base.field for feature in made.features for base in feature.operands}


def test_a_workspace_chooses_among_the_features():
    only = parse_feature_set({"use": "library/payment_person", "only": ["person_payments_{window}"]})
    without = parse_feature_set({"use": "library/payment_person", "without": ["person_payments_{window}"]})
    assert {feature.template for feature in only.features} == {"person_payments_{window}"}
    assert "person_payments_{window}" not in {feature.template for feature in without.features}


@pytest.mark.parametrize(
    ("used", "field", "hint"),
    [
        ({"use": "library/payment_crad"}, "use", "payment_card"),
        ({"use": "library/payment_card", "with": {"ammount": "x"}}, "with.ammount", "amount"),
        ({"use": "library/payment_person", "only": ["person_payments"]}, "only", "person_payments_{window}"),
        ({"use": "library/payment_card", "features": []}, "features", "copy"),
    ],
)
def test_a_wrong_use_is_named_with_a_remedy(used, field, hint):
    with pytest.raises(DefinitionError) as caught:
        parse_feature_set(used)
    assert caught.value.field == field
    assert hint in caught.value.hint


def test_fields_a_set_asks_for_are_checked_against_the_event_types():
    bare = {"loan_application": EventType(name="loan_application", fields=(streams.field("person", TEXT, "person"),))}
    with pytest.raises(DefinitionError) as caught:
        compile_plan([parse_feature_set(library_document("application_person"))], bare)
    assert caught.value.code == "unknown_field"
    assert set(template_parameters("application_person")) == {"application", "amount", "device"}
