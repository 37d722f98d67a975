"""A graph of applicants with their devices, phones and networks, and tables of what they used."""

import random

import pyarrow as pa
from graph_runs import name

from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.time import DAY, HOUR, Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import EventField, EventType
from tandem.observe.graph import compile_graph, parse_graph

APPLICATION = EventTypeName("application")
KINDS = ("device", "phone", "ip")
START = 1_700_000_000_000_000
_FIELDS = ("person", *KINDS)
PLAN = compile_graph(
    parse_graph(
        {
            "name": "network",
            "member": "person",
            "events": ["application"],
            "links": [
                {"identifier": "device", "expires_after": "3d", "hub": 5},
                {"identifier": "phone", "expires_after": "30d"},
                {"identifier": "ip", "expires_after": "30d", "joins": False},
            ],
        }
    ),
    {
        APPLICATION: EventType(
            name=APPLICATION,
            fields=tuple(EventField(name=one, type=SqlType.TEXT, entity=EntityKind(one)) for one in _FIELDS),
        )
    },
)


def table(rows):
    """``rows`` of (microseconds, person, device, phone, ip), by readable names or None, as a table of events."""
    named = [[at, *(None if one is None else name(one) for one in used)] for at, *used in rows]
    at, *used = zip(*named, strict=True) if named else ([], *([] for _ in _FIELDS))
    count = len(named)
    columns = [
        pa.array(range(1, count + 1), pa.int64()),
        pa.array([str(one) for one in range(count)], pa.string()),
        pa.array([APPLICATION] * count, pa.string()),
        pa.array(at, pa.int64()),
        *(pa.array(one, pa.string()) for one in used),
    ]
    return pa.table(columns, names=["seq", "event_id", "event_type", "occurred_at", *_FIELDS])


def drawn(seed, count, people, things):
    """So many applications of so many people with so many devices, phones and networks: some late, some that name nothing."""
    rng = random.Random(seed)
    for number in range(count):
        used = [rng.choice([None, *(f"{kind}{one}" for one in range(things))]) for kind in KINDS]
        yield (Micros(START + number * HOUR - rng.choice([0, 0, 0, 2 * DAY])), f"p{rng.randrange(people)}", *used)


def chain(length):
    """Applicants of whom each shares a phone with the one before: the longest way that so many can be apart."""
    places = list(range(length))
    random.Random(3).shuffle(places)
    for place in places:
        yield START, f"p{place}", None, f"f{place}", None
        yield START, f"p{place}", None, f"f{place + 1}", None
