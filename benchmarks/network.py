"""The graph: what one application costs, in time and memory, in a population with households, shops and rings.

The population is simulated here, by a seed, and shares nothing with what reads it: most people have a phone and a device of
their own, some live together, some buy at a shop's till, addresses of the network are few and busy, and rings of 5 to 60
people share what they must.
"""

from __future__ import annotations

import gc
import random
import resource
import time
from collections.abc import Iterator
from typing import Final

from benchmarks.claims import Claim, claim
from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName, Pseudonym
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import DAY, Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import Event, EventField, EventType
from tandem.observe.graph import OnlineGraph, compile_graph, parse_graph

_APPLICATION: Final = EventTypeName("application")
_KINDS: Final = ("device", "phone", "address", "card", "contact", "ip")
_TYPES: Final = {
    _APPLICATION: EventType(
        name=_APPLICATION,
        fields=tuple(EventField(name=kind, type=SqlType.TEXT, entity=EntityKind(kind)) for kind in ("person", *_KINDS)),
    )
}
_GRAPH: Final = {
    "name": "network",
    "member": "person",
    "events": [_APPLICATION],
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


def run(quick: bool) -> list[Claim]:
    count = 30_000 if quick else 1_000_000
    plan = compile_graph(parse_graph(_GRAPH), _TYPES)
    graph = OnlineGraph(plan)
    before = _memory_mb()
    gc.collect()
    gc.freeze()
    gc.disable()
    clock, taken = time.perf_counter_ns, []
    cpu = 0.0
    try:
        for seq, event in enumerate(population(count), 1):
            begun = time.thread_time()
            start = clock()
            graph.observe(event, Number(seq))
            taken.append(clock() - start)
            cpu += time.thread_time() - begun
    finally:
        gc.enable()
        gc.unfreeze()
    grown = _memory_mb() - before
    late = sorted(taken[len(taken) // 2 :])
    p50, p99, p999 = (late[int(len(late) * share)] / 1000 for share in (0.5, 0.99, 0.999))
    said = f"{count:,} simulated applications with {len(_KINDS)} identifiers over 90 days"
    start_s = time.perf_counter()
    data = graph.snapshot()
    kept_s = time.perf_counter() - start_s
    start_s = time.perf_counter()
    again = OnlineGraph.restore(plan, data)
    restored_s = time.perf_counter() - start_s
    return [
        claim("network.event.p50", p50, "us", protocol=f"{said}; {len(plan.names)} columns read and the event taken in, the second half of them"),
        claim("network.event.p99", p99, "us", "<= 1000", protocol="the same"),
        claim("network.event.p999", p999, "us", "<= 5000", protocol="the same; the collector of cycles is off"),
        claim("network.rate", count / cpu, "applications/s/core", ">= 5000", protocol="processor time of the same"),
        claim("network.memory", grown, "MB", "" if quick else "<= 1500", protocol=f"{said}, all living; the process's growth"),
        claim("network.snapshot", kept_s, "s", protocol=f"{len(data) / 1e6:,.0f} MB"),
        claim("network.restore", restored_s, "s", "<= 60", protocol="the network again from its snapshot"),
        claim("network.same", float(again.snapshot() == data), "snapshots", "== 1", protocol="the restored one keeps the same bytes"),
    ]  # fmt: skip


def population(count: int) -> Iterator[Event]:
    """``count`` applications in the order of their time."""
    rng = random.Random(11)
    step = 90 * DAY // count
    shops = [_name(rng) for _ in range(max(3, count // 4_000))]
    addresses = [_name(rng) for _ in range(max(50, count // 20))]
    households: list[tuple[Pseudonym, Pseudonym]] = []
    rings: list[dict[str, list[Pseudonym]]] = []
    for number in range(count):
        own = {kind: _name(rng) for kind in ("person", *_KINDS)}
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
        yield _event(number, Micros(_START + number * step), own)


def _event(number: int, at: Micros, entities: dict[str, Pseudonym]) -> Event:
    return Event(
        event_id=EventId(str(number)),
        event_type=_APPLICATION,
        occurred_at=at,
        received_at=at,
        values=dict(entities),
        entities=entities,
        subject=None,
        digest=_NO_DIGEST,
        clear=b"",
        secret=None,
        entity_kinds={},
    )


def _name(rng: random.Random) -> Pseudonym:
    return Pseudonym(f"{rng.getrandbits(128):032x}")


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
