"""Whom the graph is measured on: applicants with households, shops and rings, simulated by a seed.

It shares nothing with what reads it: most people have a phone and a device of their own, some live together, some buy at a
shop's till, addresses of the network are few and busy, and rings of 5 to 60 people share what they must.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName, Pseudonym
from tandem.kernel.time import DAY, Micros
from tandem.kernel.values import SqlType, Value
from tandem.observe.events import Event, EventField, EventType

__all__ = ["APPLICATION", "GRAPH", "KINDS", "TYPES", "VERDICT", "population", "verdict"]

APPLICATION: Final = EventTypeName("application")
VERDICT: Final = EventTypeName("verdict")
KINDS: Final = ("device", "phone", "address", "card", "contact", "ip")
TYPES: Final = {
    APPLICATION: EventType(
        name=APPLICATION,
        fields=tuple(EventField(name=kind, type=SqlType.TEXT, entity=EntityKind(kind)) for kind in ("person", *KINDS)),
    ),
    VERDICT: EventType(
        name=VERDICT,
        fields=(
            EventField(name="person", type=SqlType.TEXT, entity=EntityKind("person")),
            EventField(name="fraud", type=SqlType.BOOLEAN),
        ),
    ),
}
GRAPH: Final = {
    "name": "network",
    "member": "person",
    "events": [APPLICATION],
    "links": [
        {"identifier": "device", "expires_after": "180d"},
        {"identifier": "phone", "expires_after": "365d"},
        {"identifier": "address", "expires_after": "365d"},
        {"identifier": "card", "expires_after": "365d"},
        {"identifier": "contact", "expires_after": "180d"},
        {"identifier": "ip", "expires_after": "30d", "joins": False, "hub": 200},
    ],
}
_START: Final = 1_700_000_000_000_000
_NO_DIGEST: Final = Digest("0" * 64)


def population(count: int) -> Iterator[Event]:
    """``count`` applications in the order of their time."""
    rng = random.Random(11)
    step = 90 * DAY // count
    shops = [_name(rng) for _ in range(max(3, count // 4_000))]
    addresses = [_name(rng) for _ in range(max(50, count // 20))]
    households: list[tuple[Pseudonym, Pseudonym]] = []
    rings: list[dict[str, list[Pseudonym]]] = []
    for number in range(count):
        own = {kind: _name(rng) for kind in ("person", *KINDS)}
        own["ip"] = addresses[min(len(addresses) - 1, int(rng.paretovariate(0.6)) - 1)]
        luck = rng.random()
        if luck < 0.15 and households:
            own["address"], own["contact"] = households[rng.randrange(max(0, len(households) - 5_000), len(households))]
        elif luck < 0.20:
            own["device"] = rng.choice(shops)
        elif luck < 0.22:
            if not rings or rng.random() < 0.04:
                rings.append(
                    {
                        kind: [_name(rng) for _ in range(rng.randint(1, 4))]
                        for kind in ("device", "phone", "contact", "address")
                    }
                )
            ring = rings[rng.randrange(max(0, len(rings) - 8), len(rings))]
            own.update({kind: rng.choice(names) for kind, names in ring.items() if rng.random() < 0.75})
        else:
            households.append((own["address"], own["contact"]))
        yield _event(str(number), APPLICATION, Micros(_START + number * step), own, {})


def verdict(application: Event, at: Micros, *, fraud: bool) -> Event:
    """What became known of whoever applied."""
    named = {"person": application.entities["person"]}
    return _event(f"verdict-{application.event_id}", VERDICT, at, named, {"fraud": fraud})


def _event(
    name: str, event_type: EventTypeName, at: Micros, entities: dict[str, Pseudonym], values: dict[str, Value]
) -> Event:
    return Event(
        event_id=EventId(name),
        event_type=event_type,
        occurred_at=at,
        received_at=at,
        values=entities | values,
        entities=entities,
        subject=None,
        digest=_NO_DIGEST,
        clear=b"",
        secret=None,
        entity_kinds={},
    )


def _name(rng: random.Random) -> Pseudonym:
    return Pseudonym(f"{rng.getrandbits(128):032x}")
