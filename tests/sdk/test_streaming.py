"""Server-sent events as the specification cuts them."""

from __future__ import annotations

from tandem_sdk import EventLines


def read(text, lines=None):
    lines = lines or EventLines()
    return [event for line in text.split("\n") if (event := lines.feed(line)) is not None], lines


def test_events_with_names_ids_and_several_data_lines():
    events, lines = read('retry: 250\n\nid: 7\nevent: changed\ndata: {"kind":\ndata: "list"}\n\n: still here\n\n')
    assert [(each.event, each.id, each.data) for each in events] == [("changed", "7", {"kind": "list"})]
    assert (lines.last_id, lines.retry_s) == ("7", 0.25)


def test_an_id_stays_until_the_next_and_a_name_does_not():
    events, _ = read('id: 1\nevent: a\ndata: {}\n\ndata: {"n": 2}\n\n')
    assert [(each.event, each.id) for each in events] == [("a", "1"), ("message", "1")]


def test_what_is_half_there_when_the_connection_ends_is_dropped():
    _, lines = read("event: a\ndata: {")
    lines.cut()
    events, _ = read('data: {"n": 1}\n\n', lines)
    assert [(each.event, each.data) for each in events] == [("message", {"n": 1})]


def test_other_values_than_objects_are_kept_too():
    events, _ = read("data: 5\n\n")
    assert events[0].data == {"value": 5}
