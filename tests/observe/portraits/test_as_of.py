"""Features of the past, folded from one entity's own events: what the online host said then, and what is known of it now."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName, Pseudonym
from tandem.kernel.time import DAY, HOUR, Micros
from tandem.observe.events import Event, parse_event_type
from tandem.observe.features import OnlineFeatures, compile_plan, parse_feature_set
from tandem.observe.portraits import Seen, features_as_of

PAYMENT = parse_event_type(
    {
        "name": "payment",
        "fields": [
            {"name": "card", "type": "text", "entity": "card", "required": True},
            {"name": "device", "type": "text", "entity": "device"},
            {"name": "amount", "type": "integer", "required": True},
        ],
    }
)
FEATURES = parse_feature_set(
    {
        "name": "card_velocity",
        "entity": ["card"],
        "events": ["payment"],
        "lateness": "2h",
        "features": [
            {"name": "payments_1d", "aggregate": "count", "window": "1d"},
            {"name": "amount_6h", "aggregate": "sum", "field": "amount", "window": "6h"},
            {"name": "amount_max_1d", "aggregate": "max", "field": "amount", "window": "1d"},
            {"name": "devices_1d", "aggregate": "distinct", "field": "device", "window": "1d"},
            {"name": "payments_lifetime", "aggregate": "count", "window": "lifetime"},
            {"name": "since_seconds", "aggregate": "time_since", "window": "lifetime"},
        ],
    }
)
PLAN = compile_plan([FEATURES], {PAYMENT.name: PAYMENT})
CARD = EntityKind("card")
CARDS = [Pseudonym(digit * 32) for digit in "ab"]
DEVICES = [Pseudonym(digit * 32) for digit in "12"]
START = 1_700_000_000_000_000


def payment(number, at, card=CARDS[0], amount=1, device=DEVICES[0], supersedes=None):
    return Event(
        event_id=EventId(f"pay-{number}"),
        event_type=EventTypeName("payment"),
        occurred_at=Micros(START + at),
        received_at=Micros(START + at),
        values={"card": card, "device": device, "amount": amount},
        entities={"card": card, "device": device},
        subject=None,
        digest=Digest("0" * 64),
        clear=b"{}",
        secret=None,
        supersedes=supersedes,
        entity_kinds={"card": CARD, "device": EntityKind("device")},
    )


@st.composite
def histories(draw):
    """Payments in journal order; some late, some correcting an earlier one of either card."""
    events = []
    for number in range(draw(st.integers(1, 25))):
        supersedes = EventId(f"pay-{draw(st.integers(0, number - 1))}") if number and draw(st.booleans()) else None
        events.append(
            payment(
                number,
                draw(st.integers(0, 60)) * HOUR // 2,
                card=draw(st.sampled_from(CARDS)),
                amount=draw(st.integers(0, 9)),
                device=draw(st.sampled_from(DEVICES)),
                supersedes=supersedes,
            )
        )
    return events


def of_card(events, card=CARDS[0]):
    """Events of the card, and those that correct one of them, as an index finds them."""
    ours = {event.event_id for event in events if event.entities["card"] == card}
    return [
        Seen(seq, event) for seq, event in enumerate(events, 1) if event.event_id in ours or event.supersedes in ours
    ]


@pytest.mark.parametrize("compiled", [False, None])
@settings(max_examples=150, deadline=None)
@given(events=histories(), place=st.integers(1, 25), later=st.integers(0, 30))
def test_what_was_known_at_a_place_is_what_the_online_host_said_there(compiled, events, place, later):
    online = OnlineFeatures(PLAN, compiled=compiled)
    for seq, event in enumerate(events[:place], 1):
        online.observe(event, seq)
    at = Micros(START + later * HOUR)
    told = features_as_of(PLAN, CARD, CARDS[0], of_card(events), at, known_to=place, compiled=compiled)
    assert told == online.peek_entity({CARD: CARDS[0]}, at)


@settings(max_examples=150, deadline=None)
@given(events=histories(), hours=st.integers(0, 30))
def test_what_is_known_now_counts_each_standing_event_of_the_window(events, hours):
    at = START + hours * HOUR
    told = features_as_of(PLAN, CARD, CARDS[0], of_card(events), Micros(at))
    met, gone = set(), set()
    for event in events:
        gone |= {event.supersedes} & met
        met.add(event.event_id)
    standing = [one for one in events if one.event_id not in gone and one.entities["card"] == CARDS[0]]
    inside = {
        window: [one.values for one in standing if at - window < one.occurred_at <= at] for window in (DAY, 6 * HOUR)
    }
    before = [one for one in standing if one.occurred_at <= at]
    if not before:
        assert told["since_seconds"] is None
        return
    assert told["payments_1d"] == len(inside[DAY])
    assert told["amount_6h"] == sum(one["amount"] for one in inside[6 * HOUR])
    assert told["amount_max_1d"] == max((one["amount"] for one in inside[DAY]), default=None)
    assert told["devices_1d"] == len({one["device"] for one in inside[DAY]})
    assert told["payments_lifetime"] == len(before)


def test_a_late_event_is_part_of_the_past_once_it_is_known():
    events = [payment(0, 30 * HOUR), payment(1, 10 * HOUR, amount=7)]
    at = Micros(START + 12 * HOUR)
    seen = of_card(events)
    assert features_as_of(PLAN, CARD, CARDS[0], seen, at)["amount_6h"] == 7
    # At place 1 nothing of then was known, and place 1 is too far ahead to look back from.
    assert features_as_of(PLAN, CARD, CARDS[0], seen, at, known_to=1)["amount_6h"] is None


def test_a_correction_that_names_another_card_takes_the_payment_back():
    events = [payment(0, 0, amount=5), payment(1, HOUR, card=CARDS[1], supersedes=EventId("pay-0"))]
    at = Micros(START + 2 * HOUR)
    seen = of_card(events)
    assert features_as_of(PLAN, CARD, CARDS[0], seen, at, known_to=1)["amount_6h"] == 5
    assert features_as_of(PLAN, CARD, CARDS[0], seen, at)["payments_1d"] in {0, None}
