"""An example of an event type is an event of it: whoever sends what the page shows has it taken."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.kernel.time import parse_instant
from tandem.observe.events import EventReader, example_event, parse_event_type

NOW = parse_instant("2026-11-24T07:00:00Z")


def taken(vault, fields):
    """The example of a type with ``fields``, as its reader understands it."""
    event_type = parse_event_type({"name": "thing", "fields": fields})
    return EventReader([event_type], vault).read(example_event(event_type, NOW), received_at=NOW).values


def test_an_example_has_every_field_and_is_taken(reader, payment):
    example = example_event(payment, NOW)
    assert set(example["values"]) == {field.name for field in payment.fields}
    values = reader.read(example, received_at=NOW).values
    assert values["channel"] == "web"
    assert values["born"] == 20_781
    assert values["rate"] == Decimal("1.0000")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ({"type": "integer", "minimum": 18, "maximum": 75}, 46),
        ({"type": "integer", "maximum": -3}, -3),
        ({"type": "integer", "minimum": 0.5, "maximum": 1.5}, 1),
        ({"type": "decimal", "scale": 2, "minimum": 0.004, "maximum": 0.02}, Decimal("0.01")),
        ({"type": "decimal", "scale": 1, "maximum": 0}, Decimal(0)),
        ({"type": "double", "minimum": 1e300}, 1e300),
    ],
)
def test_a_value_keeps_within_its_bounds(vault, field, value):
    assert taken(vault, [{"name": "one", **field}])["one"] == value


@pytest.mark.parametrize(
    "field",
    [
        {"type": "integer", "minimum": 0.2, "maximum": 0.8},
        {"type": "integer", "minimum": 1e300},
        {"type": "decimal", "scale": 2, "minimum": 1e300},
    ],
)
def test_what_no_value_fits_is_left_out(vault, field):
    assert taken(vault, [{"name": "one", **field}, {"name": "two", "type": "boolean"}]) == {"one": None, "two": False}


BOUND = st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9, allow_nan=False)


@given(st.sampled_from(["integer", "double", "decimal"]), st.none() | BOUND, st.none() | BOUND, st.integers(0, 6))
def test_every_example_is_taken(vault, kind, minimum, maximum, scale):
    if minimum is not None and maximum is not None and minimum > maximum:
        minimum, maximum = maximum, minimum
    bounds = {key: value for key, value in (("minimum", minimum), ("maximum", maximum)) if value is not None}
    taken(vault, [{"name": "one", "type": kind, "scale": scale if kind == "decimal" else 0, **bounds}])
