"""Both graph scores: what an application costs whose graph is read, whose columns trees score, and whose network scores too.

The graph takes it in, and the network gathers its neighbours' states and writes its own. The trees are trained by LightGBM on what the graph tells of simulated applicants, to an outcome that is drawn from a few of
its columns; the network's weights are drawn. What either says is no matter here: it costs what one that means something costs.
Some of those who applied are told to be bad or good later, as in life.

Beside the network stands the same network by onnxruntime, with its neighbours' states gathered in numpy from dictionaries: the
way to do it with what is to be had.
"""

from __future__ import annotations

import gc
import importlib.util
import multiprocessing
import random
import time
from array import array
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

import lightgbm
import numpy as np

from benchmarks.claims import Claim, claim
from benchmarks.network_population import APPLICATION, GRAPH, KINDS, TYPES, VERDICT, population, verdict
from tandem.decide.decisions import KnownPlan
from tandem.decide.decisions.known import OnlineKnown
from tandem.decide.graphs import COMPILED, OnlineNetwork, OnnxSage, compile_network, encoded
from tandem.decide.models import (
    MARKS,
    Layer,
    Metadata,
    ModelInput,
    SageDocument,
    SageLink,
    Trees,
    encode_document,
    from_lightgbm,
    load_model,
    read_document,
)
from tandem.kernel.identity import EntityKind, Pseudonym
from tandem.kernel.identity import Sequence as Number
from tandem.observe.events import Event
from tandem.observe.features import compile_plan
from tandem.observe.graph import Mark, compile_graph, parse_graph

__all__ = ["scores"]

T = TypeVar("T")

_SEED: Final = 20261128
_WIDTH: Final = 32
_SLOTS: Final = 4
_READS: Final = 20
_READ_FROM: Final = 256 << 20
_TREES: Final = 300
_TRAINED_ON: Final = 20_000
_MARKED: Final = {**GRAPH, "marks": [{"event": VERDICT, "when": "fraud"}]}
_TOLD_AFTER: Final = 2_000
"""Applications between one and the verdict on it; every fiftieth gets one."""
_PER_SECOND: Final = 1_000
_MB: Final = 1e6


@dataclass(frozen=True)
class Run:
    """What one population cost."""

    micros: list[float]
    """Of each application in the second half; ascending. Processor time: what else runs does not show."""
    cpu_us: float
    grown_mb: float
    network_mb: float
    held_s: float
    kept_mb: float
    peak_mb: float
    restored_s: float
    is_same: bool
    late_us: list[float]
    """From when an application was due to when it had both scores, at a steady rate; ascending. Wall clock."""
    bare_us: list[float]
    """The same moments with nothing to do but a few reads of memory: what the machine itself takes."""

    def at(self, share: float) -> float:
        """The quantile of the microseconds."""
        return _quantile(self.micros, share)


def _quantile(ascending: Sequence[float], share: float) -> float:
    return ascending[int(len(ascending) * share)]


def scores(count: int, few: int, *, quick: bool) -> list[Claim]:
    """The claims on ``count`` applications all living, and beside the peer on ``few``."""
    if not COMPILED:
        return [claim("network.scores.p99", None, "us", "<= 1000", protocol="skipped: no compiled kernel")]
    trees = encode_document(_trees())
    network = encode_document(_network())
    seconds = 3 if quick else 60
    many = _alone(_measured, trees, network, count, seconds)
    ours, theirs, apart = _alone(_beside, network, few)
    size = "" if quick else "<= 1500"
    each = (
        f"{count:,} simulated applications, all living; of each the graph's 46 columns read and the event taken in, {_TREES} "
        f"trees of 15 leaves on them, a network of width {_WIDTH}, {_SLOTS} neighbours on each of {len(KINDS)} links, its states "
        "written; compiled kernels"
    )
    due = f"{seconds} s of {_PER_SECOND:,} applications a second beside them, at random moments; from when each was due, wall clock"
    bare = f"the same moments with {_READS} reads each of {_READ_FROM >> 20} MB that were written before, at random places, and nothing else"
    peer = "" if theirs is None else "onnxruntime and numpy"
    return [
        claim("network.scores.p50", many.at(0.5), "us", protocol=f"{each}; the second half of them; processor time"),
        claim("network.scores.p99", many.at(0.99), "us", "<= 1000", protocol="the same"),
        claim("network.scores.p999", many.at(0.999), "us", "<= 5000", protocol="the same"),
        claim("network.scores.rate", 1e6 / many.cpu_us, "applications/s/core", ">= 5000", protocol="processor time of all of them"),
        claim("network.scores.due.p50", _quantile(many.late_us, 0.5), "us", protocol=due),
        claim("network.scores.due.p99", _quantile(many.late_us, 0.99), "us", "<= 1000", protocol=due),
        claim("network.scores.due.p999", _quantile(many.late_us, 0.999), "us", "<= 5000", protocol=due),
        claim("network.scores.due.bare.p50", _quantile(many.bare_us, 0.5), "us", protocol=bare),
        claim("network.scores.due.bare.p99", _quantile(many.bare_us, 0.99), "us", protocol=bare),
        claim("network.scores.due.bare.p999", _quantile(many.bare_us, 0.999), "us", protocol=bare),
        claim("network.scores.memory", many.grown_mb, "MB", size, protocol="growth of the process: graph, network, trees and the lists of the simulation"),
        claim("network.scores.memory.network", many.network_mb, "MB", protocol="of it, the network"),
        claim("network.scores.memory.snapshot", many.peak_mb, "MB", protocol="growth of the process while a snapshot is made"),
        claim("network.scores.snapshot.held", many.held_s, "s", "<= 2", protocol=f"processor time for which decisions wait; {many.kept_mb:,.0f} MB with the graph's"),
        claim("network.scores.restore", many.restored_s, "s", "<= 60", protocol="processor time; graph and network again from their snapshot"),
        claim("network.scores.same", float(many.is_same), "snapshots", "== 1", protocol="the restored ones keep the same bytes"),
        claim("network.scores.beside.cpu", ours, "us", peer=peer, peer_value=theirs, protocol=f"the network alone, gathered, scored and written, over {few:,} such applications; processor time of one"),
        claim("network.scores.beside.apart", apart, "log-odds", "<= 1e-4", protocol="largest difference of the two margins"),
    ]  # fmt: skip


def _alone(step: Callable[..., T], *given: object) -> T:
    """In a process of its own, so that memory is nobody else's."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(step, *given).result()


def _plan(network: bytes) -> KnownPlan:
    features, graph = compile_plan([], TYPES), compile_graph(parse_graph(_MARKED), TYPES)
    document = read_document(network)
    assert isinstance(document, SageDocument)
    return KnownPlan(features, [graph], [compile_network(document, TYPES, graph.columns)])


def _stream(count: int) -> Iterator[Event]:
    """Applications, and after a while verdicts on some; every second one is bad."""
    waiting: deque[tuple[int, Event]] = deque()
    for number, event in enumerate(population(count)):
        yield event
        if number % 50 == 0:
            waiting.append((number + _TOLD_AFTER, event))
        while waiting and waiting[0][0] <= number:
            _, application = waiting.popleft()
            yield verdict(application, event.occurred_at, fraud=int(application.event_id) % 100 == 0)


def _measured(trees: bytes, network: bytes, count: int, seconds: int) -> Run:
    """``count`` applications, here; the collector of cycles is off, as whoever serves a million switches it."""
    plan = _plan(network)
    known, boosted, summed = OnlineKnown(plan), load_model(trees), load_model(network)
    columns = len(boosted.inputs)
    gc.collect()
    gc.freeze()
    gc.disable()
    late = seconds * _PER_SECOND
    before, clock, micros = _memory_mb("VmRSS"), time.thread_time_ns, array("d")

    def scored(event: Event, seq: int) -> None:
        vector = known.observe(event, Number(seq))
        if event.event_type == APPLICATION:
            boosted.score(vector[:columns])
            summed.score(vector[columns:])

    coming, seq, left = _stream(count + late), 0, count
    while left:
        event = next(coming)
        seq += 1
        start = clock()
        scored(event, seq)
        if event.event_type == APPLICATION:
            micros.append((clock() - start) / 1000)
            left -= 1
    grown = _memory_mb("VmHWM") - before
    late_us = _at_a_rate(list(islice(coming, late)), seq, scored)
    bare_us = _at_a_rate(range(late), 0, _bare_reads())
    begun = time.thread_time()
    rest = known.taken()
    held_s = time.thread_time() - begun
    data = rest()
    peak = _memory_mb("VmHWM") - before
    network_mb = known.networks[0].network.bytes / _MB
    known = None
    begun = time.thread_time()
    again = OnlineKnown.restore(plan, data)
    restored_s = time.thread_time() - begun
    return Run(
        micros=sorted(micros[len(micros) // 2 :]),
        cpu_us=sum(micros) / count,
        grown_mb=grown,
        network_mb=network_mb,
        held_s=held_s,
        kept_mb=len(data) / _MB,
        peak_mb=peak,
        restored_s=restored_s,
        is_same=again.snapshot() == data,
        late_us=late_us,
        bare_us=bare_us,
    )


def _bare_reads() -> Callable[[int, int], None]:
    """Reads of a block of memory that is there: on a guest whose pages its host keeps in tables of its own, these alone can take long."""
    block = bytearray(_READ_FROM)
    for place in range(0, _READ_FROM, 4096):
        block[place] = 1
    places = random.Random(_SEED)

    def read(_event: int, _seq: int) -> None:
        for _ in range(_READS):
            block[int(places.random() * _READ_FROM)]

    return read


def _at_a_rate(events: Sequence[T], seq: int, scored: Callable[[T, int], None]) -> list[float]:
    """Delays of applications that come at random moments, so many a second, whether the one before is done or not."""
    gaps = random.Random(_SEED)
    clock, late = time.perf_counter_ns, array("d")
    due = clock() + 10_000_000
    for place, event in enumerate(events, 1):
        due += int(gaps.expovariate(_PER_SECOND) * 1e9)
        while (left := due - clock()) > 0:
            if left > 300_000:
                time.sleep((left - 200_000) / 1e9)  # the last moments are waited for awake
        scored(event, seq + place)
        late.append((clock() - due) / 1000)
    return sorted(late)


def _beside(network: bytes, count: int) -> tuple[float, float | None, float | None]:
    """Processor time of one application by our network and by the peer, and how far apart their margins are."""
    plan = _plan(network)
    known, ours = OnlineKnown(KnownPlan(plan.features, plan.graphs)), OnlineNetwork(plan.networks[0])
    has_peer = all(importlib.util.find_spec(one) is not None for one in ("onnx", "onnxruntime"))
    theirs = _Peer(plan.networks[0].document) if has_peer else None
    clock, our_ns, their_ns, apart = time.thread_time_ns, 0, 0, 0.0
    for seq, event in enumerate(_stream(count), 1):
        vector = known.observe(event, Number(seq))
        start = clock()
        parts = ours.observe(event, Number(seq), vector)
        our_ns += clock() - start
        if theirs is None:
            continue
        start = clock()
        margin = theirs.observe(event, vector)
        their_ns += clock() - start
        if margin is not None:
            apart = max(apart, abs(sum(parts) - margin))
    told = count * 1000
    return our_ns / told, None if theirs is None else their_ns / told, None if theirs is None else apart


class _Peer:
    """The same network by onnxruntime: states in dictionaries, gathered in numpy."""

    def __init__(self, document: SageDocument) -> None:
        self._document, self._served = document, OnnxSage(document)
        self._on: OrderedDict[tuple[int, Pseudonym], deque[tuple[Pseudonym, np.ndarray]]] = OrderedDict()
        self._marks: dict[Pseudonym, tuple[float, float]] = {}

    def observe(self, event: Event, vector: Sequence[object]) -> float | None:
        person = event.entities["person"]
        if event.event_type == VERDICT:
            self._marks[person] = (1.0, 0.0) if event.values["fraud"] else (0.0, 1.0)
            return None
        one = self._document
        shape = (1, len(one.links), one.slots)
        near, present = np.zeros((*shape, 2 * one.width + MARKS), np.float32), np.zeros(shape, np.float32)
        for place, kind in enumerate(KINDS):
            for slot, (whose, states) in enumerate(self._on.get((place, event.entities[kind]), ())):
                near[0, place, slot, :-MARKS] = states
                near[0, place, slot, -MARKS:] = self._marks.get(whose, (0.0, 0.0))
                present[0, place, slot] = 1.0
        row = encoded(one, np.array([vector], dtype=np.float64))
        margin, states = self._served.run(row, near, present)
        for place, kind in enumerate(KINDS):
            thing = place, event.entities[kind]
            on = self._on.setdefault(thing, deque(maxlen=one.slots))
            self._on.move_to_end(thing)
            on.appendleft((person, states[0]))
        return float(margin[0])


def _trees() -> Trees:
    """Boosted trees of a usual size on the graph's columns."""
    plan = compile_graph(parse_graph(_MARKED), TYPES)
    known = OnlineKnown(KnownPlan(compile_plan([], TYPES), [plan]))
    rows = []
    for seq, event in enumerate(_stream(_TRAINED_ON), 1):
        vector = known.observe(event, Number(seq))
        if event.event_type == APPLICATION:
            rows.append([np.nan if value is None else float(value) for value in vector])
    table = np.array(rows)
    rng = np.random.default_rng(_SEED)
    signal = np.nan_to_num(table) @ rng.normal(0, 0.2, table.shape[1])
    bad = rng.random(len(table)) < 1 / (1 + np.exp(2 - (signal - signal.mean()) / signal.std()))
    settings = {"objective": "binary", "num_leaves": 15, "max_depth": 6, "learning_rate": 0.05, "min_data_in_leaf": 5, "num_threads": 1, "verbose": -1, "seed": 1}  # fmt: skip
    booster = lightgbm.train(settings, lightgbm.Dataset(table, bad, params={"verbose": -1}), _TREES)
    return from_lightgbm(booster, Metadata(name="trees", target="bad"), [ModelInput(name=name) for name in plan.names])


def _network() -> SageDocument:
    """A network of the size that is trained, its weights drawn."""
    names = compile_graph(parse_graph(_MARKED), TYPES).names
    rng = np.random.default_rng(_SEED)
    reads = _WIDTH + len(KINDS) * (_WIDTH + MARKS)

    def layer(out: int, into: int) -> Layer:
        weights = rng.normal(0, 0.1, (out, into)).tolist()
        return Layer(weights=tuple(tuple(line) for line in weights), bias=(0.0,) * out)

    return SageDocument(
        metadata=Metadata(name="drawn", target="bad"),
        event=APPLICATION,
        member=EntityKind("person"),
        marks=(Mark(event=VERDICT, when="fraud"),),
        inputs=names,
        mean=(0.0,) * len(names),
        scale=(1.0,) * len(names),
        links=tuple(SageLink(kind=EntityKind(kind)) for kind in KINDS),
        slots=_SLOTS,
        width=_WIDTH,
        first=layer(_WIDTH, len(names)),
        second=layer(_WIDTH, reads),
        head=layer(1, reads),
    )


def _memory_mb(which: str) -> float:
    """``VmRSS``, what the process has, or ``VmHWM``, the most it had: of itself, and not of whoever started it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{which}:")) / 1024
