"""The graph: what one application costs, in time and memory, in a population with households, shops and rings.

The population is simulated here, by a seed, and shares nothing with what reads it: most people have a phone and a device of
their own, some live together, some buy at a shop's till, addresses of the network are few and busy, and rings of 5 to 60
people share what they must.
"""

from __future__ import annotations

import gc
import multiprocessing
import random
import resource
import time
from array import array
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Final

from benchmarks.claims import Claim, claim
from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName, Pseudonym
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import DAY, Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import Event, EventField, EventType
from tandem.observe.graph import COMPILED, Network, OnlineGraph, compile_graph, parse_graph

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


_MB: Final = 1e6


@dataclass(frozen=True)
class Run:
    """What one population cost one kernel."""

    micros: list[float]
    """Of each event in the second half: read and taken in; ascending. Processor time: what else runs does not show."""
    cpu_us: float
    """Processor time of one event, on average."""
    grown_mb: float
    graph_mb: float | None
    held_s: float
    kept_s: float
    kept_mb: float
    peak_mb: float
    restored_s: float
    is_same: bool

    def at(self, share: float) -> float:
        """The quantile of the microseconds."""
        return self.micros[int(len(self.micros) * share)]


def run(quick: bool) -> list[Claim]:
    count, few = (30_000, 10_000) if quick else (1_000_000, 200_000)
    said = f"{count:,} simulated applications with {len(_KINDS)} identifiers over 90 days, all living"
    if not COMPILED:
        return [claim("network.event.p99", None, "us", "<= 1000", protocol="skipped: no compiled kernel")]
    many = _alone(count, compiled=True)
    beside = f"{few:,} such applications"
    twin, plain = (_alone(few, compiled=compiled) for compiled in (True, False))
    size = "" if quick else "<= 1500"
    return [
        claim("network.event.p50", many.at(0.5), "us", protocol=f"{said}; 46 columns read and the event taken in, compiled kernel, the second half of them; processor time"),
        claim("network.event.p99", many.at(0.99), "us", "<= 1000", protocol="the same"),
        claim("network.event.p999", many.at(0.999), "us", "<= 5000", protocol="the same"),
        claim("network.rate", 1e6 / many.cpu_us, "applications/s/core", ">= 5000", protocol="processor time of all of them"),
        claim("network.memory", many.grown_mb, "MB", size, protocol="growth of the process, the lists of the simulation among it"),
        claim("network.memory.graph", many.graph_mb, "MB", protocol="of it, the graph"),
        claim("network.memory.snapshot", many.peak_mb, "MB", size, protocol="growth of the process while a snapshot is made"),
        claim("network.snapshot.held", many.held_s, "s", "<= 2", protocol=f"processor time for which decisions wait; {many.kept_mb:,.0f} MB"),
        claim("network.snapshot.rest", many.kept_s, "s", protocol="processor time of what is done of it beside them, the file not counted"),
        claim("network.restore", many.restored_s, "s", "<= 60", protocol="processor time; the network again from its snapshot"),
        claim("network.same", float(many.is_same), "snapshots", "== 1", protocol="the restored one keeps the same bytes"),
        claim("network.beside.cpu", twin.cpu_us, "us", peer="reference kernel", peer_value=plain.cpu_us, protocol=f"{beside}; processor time of one"),
        claim("network.beside.memory", twin.grown_mb, "MB", peer="reference kernel", peer_value=plain.grown_mb, protocol=beside),
        claim("network.beside.held", twin.held_s, "s", peer="reference kernel", peer_value=plain.held_s, protocol=beside),
        claim("network.beside.restore", twin.restored_s, "s", peer="reference kernel", peer_value=plain.restored_s, protocol=beside),
    ]  # fmt: skip


def _alone(count: int, *, compiled: bool) -> Run:
    """In a process of its own, so that memory is nobody else's."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measured, count, compiled=compiled).result()


def measured(count: int, *, compiled: bool) -> Run:
    """``count`` applications by one kernel, here; the collector of cycles is off."""
    plan = compile_graph(parse_graph(_GRAPH), _TYPES)
    graph = OnlineGraph(plan, compiled=compiled)
    gc.collect()
    gc.freeze()
    gc.disable()
    before = _memory_mb()
    clock, micros = time.thread_time_ns, array("d")
    for seq, event in enumerate(population(count), 1):
        start = clock()
        graph.observe(event, Number(seq))
        micros.append((clock() - start) / 1000)
    grown = _memory_mb() - before
    begun = time.thread_time()
    rest = graph.taken()
    held_s = time.thread_time() - begun
    begun = time.thread_time()
    data = rest()
    kept_s = time.thread_time() - begun
    peak = _memory_mb() - before
    graph_mb = None if isinstance(graph.network, Network) else graph.network.bytes / _MB
    del graph
    begun = time.thread_time()
    again = OnlineGraph.restore(plan, data, compiled=compiled)
    restored_s = time.thread_time() - begun
    return Run(
        micros=sorted(micros[len(micros) // 2 :]),
        cpu_us=sum(micros) / count,
        grown_mb=grown,
        graph_mb=graph_mb,
        held_s=held_s,
        kept_s=kept_s,
        kept_mb=len(data) / _MB,
        peak_mb=peak,
        restored_s=restored_s,
        is_same=again.snapshot() == data,
    )


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
