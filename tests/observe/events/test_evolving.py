"""A new version of an event type still reads what is recorded of the earlier ones, or is refused."""

from __future__ import annotations

import pytest

from tandem.observe.events import parse_event_type, retyped_fields


def version(*fields):
    return parse_event_type({"name": "thing", "fields": [{"name": "id", "type": "text"}, *fields]})


def faults(old, new):
    return [(one.code, one.field, one.value) for one in retyped_fields(version(*new), [version(*old)])]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ({"type": "text"}, {"type": "integer"}, ("type", "integer")),
        ({"type": "decimal", "scale": 2}, {"type": "decimal", "scale": 4}, ("scale", 4)),
        ({"type": "text"}, {"type": "text", "entity": "device"}, ("entity", "device")),
        ({"type": "text", "entity": "device"}, {"type": "text", "entity": "phone"}, ("entity", "phone")),
    ],
)
def test_a_recorded_field_keeps_its_type_its_scale_and_its_entity(old, new, where):
    key, value = where
    assert faults([{"name": "one", **old}], [{"name": "one", **new}]) == [("field_retyped", f"fields[1].{key}", value)]


def test_everything_else_of_a_field_may_change():
    old = {"name": "one", "type": "integer", "minimum": 0}
    new = {
        "name": "one",
        "type": "integer",
        "required": True,
        "maximum": 9,
        "description": "now known",
        "owner": "risk",
    }
    assert faults([old], [new]) == []
    assert faults([old], [{"name": "two", "type": "text"}]) == []


def test_a_name_that_was_dropped_comes_back_as_what_it_was():
    first, second = version({"name": "one", "type": "text"}), version()
    (fault,) = retyped_fields(version({"name": "one", "type": "date"}), [second, first])
    assert fault.hint is not None
    assert "name of its own" in fault.hint
