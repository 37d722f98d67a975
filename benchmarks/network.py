"""The graph: what one application costs, in time and memory, in a population with households, shops and rings.

The population is that of ``network_population``; what both graph scores cost on top is measured in ``network_scores``.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import time
from array import array
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Final

from benchmarks.claims import Claim, claim
from benchmarks.network_population import GRAPH, KINDS, TYPES, population
from benchmarks.network_scores import scores
from tandem.kernel.identity import Sequence as Number
from tandem.observe.graph import COMPILED, Network, OnlineGraph, compile_graph, parse_graph

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
    said = f"{count:,} simulated applications with {len(KINDS)} identifiers over 90 days, all living"
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
        *scores(count, few, quick=quick),
    ]  # fmt: skip


def _alone(count: int, *, compiled: bool) -> Run:
    """In a process of its own, so that memory is nobody else's."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measured, count, compiled=compiled).result()


def measured(count: int, *, compiled: bool) -> Run:
    """``count`` applications by one kernel, here; the collector of cycles is off."""
    plan = compile_graph(parse_graph(GRAPH), TYPES)
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


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
