"""Rings: found while they form, on the grid of ``ring_worlds.yaml``; and how fast they are looked for and stopped.

Everything here is SIMULATED: the grid was committed before the finder was tuned, thresholds were set on its tuning seeds (11
and 12) and these are its reported ones. ``ring_judging`` says what counts. Each cell's seeds are taken together, and the worst cell is
the one reported. Two worlds at a time, each in a process of its own; ``TANDEM_BENCHMARK_KEEP=FOLDER`` keeps what a world came to, so
that a run that was cut off goes on from there.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa
from deltalake import write_deltalake

from benchmarks.checkout_rules import checkout_by_rules
from benchmarks.claims import Claim, claim
from benchmarks.kept_parts import Part, code_digest, kept
from benchmarks.ring_judging import Judged, judge
from benchmarks.ring_stream import scored, stream
from benchmarks.ring_worlds import RingWorld, ring_worlds
from tandem.act.rings import Finder, Limits, RingDesk, Targets, find_rings
from tandem.decide.decisions import ARTEFACT_FOLDERS, DecisionProcess, open_process
from tandem.kernel.artefacts import Artefact, load_workspace
from tandem.kernel.identity import EntityKind
from tandem.kernel.settings import Settings
from tandem.kernel.time import SystemClock, format_instant
from tandem.learn.simulator import ApplicationWorld, GroupLoanFraud, simulate_applications
from tandem.observe.lake import Lake

_LIMITS: Final = Limits(hot=0.2, household=EntityKind("address"))
_FINDER: Final = Finder(
    name="people",
    graph="people",
    lists=Targets(identifiers={EntityKind(kind): "-" for kind in ("device", "phone", "address", "contact", "card")}),
)
_TRIES_MAX: Final = 1_000
_LENDER: Final = Path(__file__).parent.parent / "examples" / "lender"
_WANTED: Final[dict[str, set[str] | None]] = {
    "event_type": {"checkout_application", "checkout_outcome", "case_outcome"},
    "graph": None,
    "reasons": {"policy"},
    "list": None,
}
_MADE_BY: Final = (
    *(f"src/tandem/{room}" for room in ("act/rings", "learn/simulator", "observe/events", "observe/graph", "kernel")),
    "src/tandem/observe/graph/_compiled.cpp",
    *(
        f"benchmarks/{file}"
        for file in ("rings.py", "ring_judging.py", "ring_stream.py", "ring_worlds.py", "ring_worlds.yaml")
    ),
)
_RESAMPLED: Final = 1_000
_QUICK_CUSTOMERS: Final = 12_000
_QUICK_CELLS: Final = ("quarter_fast",)

Pair = tuple[int, int]


def run(quick: bool) -> list[Claim]:
    worlds = ring_worlds("reported", customers=_QUICK_CUSTOMERS if quick else None)
    if quick:
        worlds = [next(world for world in worlds if world.cell in _QUICK_CELLS)]
    cells: dict[str, list[Judged]] = {}
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1, len(worlds)), mp_context=get_context("spawn")) as pool:
        for world, part in zip(worlds, pool.map(_world, worlds), strict=True):
            judged = msgspec.json.decode(str(part.told["judged"]), type=Judged)
            cells.setdefault(world.cell, []).append(judged)
            told = f"{_told(judged)} ({part.told['seconds']:.0f} s of processor time)"
            print(f"{world.cell} {world.seed}: {told}", file=sys.stderr, flush=True)
    return [*_quality(cells, quick), *_stopping(quick), *_speed(quick)]


def _world(world: RingWorld) -> Part:
    """What ``world`` came to, measured in this process or kept before."""

    def measure() -> Part:
        begun = time.process_time()
        judged = judge(scored(stream(world)), _LIMITS, _FINDER)
        return Part({}, {"judged": msgspec.json.encode(judged).decode(), "seconds": time.process_time() - begun})

    name = f"rings.{world.cell}.{world.seed}.{world.world.customers}"
    return kept(name, code_digest(_MADE_BY, ("lightgbm", "graspologic-native", "scipy", "numpy")), measure)


def _told(one: Judged) -> str:
    shares = ", ".join(
        f"{name} {_share([getattr(one, name)]):.3f}"
        for name in ("precision", "recall", "reachable", "rings", "blocked")
    )
    return f"{shares}, alarms {sorted(one.alarms)}, largest {one.largest}, honest blocked {one.honest_blocked}, planted {one.planted_blocked}"


def _quality(cells: dict[str, list[Judged]], quick: bool) -> list[Claim]:
    everything = [one for worlds in cells.values() for one in worlds]
    count = len(everything)
    worlds = f"SIMULATED; {len(cells)} cells of ring_worlds.yaml, {count} worlds"
    if quick:
        worlds += f", of {_QUICK_CUSTOMERS:,} customers instead of 75,000"

    def worst(
        name: str, of: Callable[[Judged], Pair], target: str, said: str, peer: Callable[[Judged], Pair] | None = None
    ) -> list[Claim]:
        each = {cell: _share([of(one) for one in found]) for cell, found in cells.items()}
        cell = min(each, key=each.__getitem__)
        low, high = _interval([of(one) for one in everything])
        peers = None if peer is None else _share([peer(one) for one in cells[cell]])
        return [
            claim(
                f"rings.{name}",
                each[cell],
                "share",
                target,
                peer="" if peer is None else "connected components of all that joins, with 3 hot members",
                peer_value=peers,
                protocol=f"{worlds}; {said}; worst cell, {cell}. By cell: "
                + ", ".join(f"{one} {value:.3f}" for one, value in each.items()),
            ),
            claim(
                f"rings.{name}.all",
                _share([of(one) for one in everything]),
                "share",
                protocol=f"all cells together; 95 % interval over worlds {low:.3f} to {high:.3f}",
            ),
        ]

    largest = sorted(
        (one.largest, one.whole) for one in everything if one.largest is not None and one.whole is not None
    )
    alarms = {cell: sorted(one for each in found for one in each.alarms) for cell, found in cells.items()}
    middle = {cell: _at(found, 0.5) for cell, found in alarms.items()}
    late = {cell: _at(found, 0.9) for cell, found in alarms.items()}
    blocked = [one.blocked for one in everything]
    return [
        *worst("precision", lambda one: one.precision, ">= 0.957", "members reported by daily looks that are of a planted ring", lambda one: one.components[0]),
        *worst("recall", lambda one: one.recall, ">= 0.887", "members of rings wholly in the test, at the look after the last applied", lambda one: one.components[1]),
        *worst("reachable", lambda one: one.reachable, "", "members who share what joins with two others of their ring or more; who shares only a network may be found beside them"),
        *worst("found", lambda one: one.rings, "", "rings whose best reported ring or cell has a Jaccard of .5 or more"),
        claim("rings.modularity.precision", _share([one.modularity[0] for one in everything]), "share", protocol="the other peer: communities of Leiden's modularity with 3 hot members, all cells"),
        claim("rings.modularity.recall", _share([one.modularity[1] for one in everything]), "share", protocol="the same"),
        claim("rings.largest", largest[0][0] if largest else None, "share", ">= 0.9", protocol=f"of a ring of 220, in one gang at the look after its last member; the worst of {len(largest)} worlds in which it came after training. All: " + ", ".join(f"{found:.3f} of {whole:.3f}" for found, whole in largest)),
        claim("rings.largest.whole", largest[0][1] if largest else None, "share", protocol="of the same ring, in the largest part of it that hangs together over anything but a crowd's: no link leads to the others"),
        claim("rings.alarm.median", float(max(middle.values())), "member", "<= 3", protocol=f"first member over the score that 0.5 % of honest applications pass (set on what was known before); worst cell. By cell: {middle}"),
        claim("rings.alarm.p90", float(max(late.values())), "member", "<= 4", protocol=f"nine of ten rings by then; a ring without alarm counts as one more than its members. By cell: {late}"),
        claim("rings.blacklist.precision", _share(blocked), "share", ">= 0.98", protocol=f"{sum(many for _, many in blocked):,} identifiers by the automatic rule at any daily look; right where at least four of five of all who ever use it attack"),
        claim("rings.blacklist.honest", float(sum(one.planted_blocked[1] for one in everything)), "identifiers", "== 0", protocol="of them, planted places and homes: a shop's till, a locker, a dormitory's or company's address that any honest person ever uses, or what two people of honest families use; "
            f"{sum(one.planted_blocked[0] for one in everything)} of these an honest person had used when they were blocked"),
        claim("rings.blacklist.shared", float(sum(one.honest_blocked for one in everything)), "identifiers", protocol="of them, used by two honest people or more in the end, whatever they are"),
    ]  # fmt: skip


def _stopping(quick: bool) -> list[Claim]:
    """From the third known fraud on a device to the first application that is declined for it."""
    rounds = 5 if quick else 25
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        process = _process(Path(folder), automatic="act")
        lake = Lake(Path(folder) / "lake", clock=SystemClock())
        desk = RingDesk(process, lake, clock=SystemClock())
        desk.refresh()
        with desk.running():
            for number in range(rounds):
                people = [f"r{number}-{one}" for one in range(4)]
                for who in people[:3]:
                    _decide(process, who, f"device-{number}")
                for who in people[:3]:
                    _turns_out(process, who)
                begun = time.perf_counter()
                tries = 0
                while _decide(process, f"{people[3]}-{tries}", f"device-{number}") != "BLOCKED_DEVICE":
                    tries += 1
                    assert tries < _TRIES_MAX, "the label never reached the list"
                    time.sleep(0.02)  # between two applications, so that asking does not slow what is measured
                taken.append(time.perf_counter() - begun)
        process.close()
    return [
        claim(
            "rings.label_to_block",
            max(taken),
            "s",
            "<= 1",
            protocol=f"from the durable label of the third fraud on a device to the first application declined for it; the slowest "
            f"of {rounds}, median {float(np.median(taken)):.2f} s, wall time",
        )
    ]


def _speed(quick: bool) -> list[Claim]:
    customers = 30_000 if quick else 625_000
    with tempfile.TemporaryDirectory() as folder:
        process = _process(Path(folder), automatic="off")
        count = _large_lake(Path(folder) / "lake", customers)
        lake = Lake(Path(folder) / "lake", clock=SystemClock())
        desk = RingDesk(process, lake, clock=SystemClock(), followed=True)
        begun, wall = time.process_time(), time.perf_counter()
        looked = desk.refresh()
        first, first_wall = time.process_time() - begun, time.perf_counter() - wall
        sight = desk.sights()[0]
        ring = max(sight.found.rings, key=len)
        taken = []
        for member in [int(ring[0]), *(int(one[0]) for one in sight.found.rings[:200])]:
            begun = time.thread_time()
            find_rings(sight.picture, _LIMITS, among=sight.picture.around(member))
            taken.append((time.thread_time() - begun) * 1_000)
        process.close()
    said = f"{count:,} simulated living applications, {looked.rings:,} rings, the largest of {len(ring):,}"
    return [
        claim("rings.refresh", first, "s", "<= 30", protocol=f"{said}; read from the lake, found, followed, journalled; processor time of all threads, {first_wall:.1f} s by the clock"),
        claim("rings.component", max(taken), "ms", "<= 200", protocol=f"rings around one person, the slowest of {len(taken)}; processor time"),
    ]  # fmt: skip


def _share(pairs: Sequence[Pair]) -> float:
    of = sum(many for _, many in pairs)
    return sum(count for count, _ in pairs) / of if of else 1.0


def _interval(pairs: Sequence[Pair]) -> tuple[float, float]:
    random = np.random.default_rng(1)
    many = np.array(pairs, dtype=np.float64)
    picked = many[random.integers(0, len(many), (_RESAMPLED, len(many)))].sum(axis=1)
    shares = picked[:, 0] / np.maximum(picked[:, 1], 1)
    return float(np.quantile(shares, 0.025)), float(np.quantile(shares, 0.975))


def _at(numbers: Sequence[int], share: float) -> int:
    """The smallest number that at least ``share`` of them do not pass."""
    return numbers[max(0, int(np.ceil(share * len(numbers))) - 1)] if numbers else 0


def _process(folder: Path, *, automatic: str) -> DecisionProcess:
    """The example lender, applications at the till only, with its rings."""
    artefacts = [
        one
        for one in load_workspace(_LENDER, ARTEFACT_FOLDERS).artefacts.values()
        if one.kind in _WANTED and (_WANTED[one.kind] is None or one.name in (_WANTED[one.kind] or ()))
    ]
    rings = next(one for one in load_workspace(_LENDER, ARTEFACT_FOLDERS).artefacts.values() if one.kind == "ring")
    hot = {name: value for name, value in rings.body["hot"].items() if name != "score"}  # no model here
    artefacts.append(Artefact.of("ring", rings.name, {**rings.body, "hot": hot, "automatic": automatic}))
    artefacts.append(checkout_by_rules())
    process = open_process(Settings(home=folder / "home"), "lender")
    process.push(artefacts, author="benchmark")
    process.review([one.digest for one in artefacts], approver="reviewer")
    process.release({one.key: one.digest for one in artefacts}, by="reviewer")
    return process


def _decide(process: DecisionProcess, who: str, device: str) -> str:
    """The first reason of a decision on ``who``, who has everything but the device to themselves."""
    values = {"person": who, "device": device, "phone": f"phone-{who}", "merchant": "shop", "amount_minor": 100_000}
    answer = process.decide_now(
        {
            "event_id": f"app-{who}",
            "event_type": "checkout_application",
            "occurred_at": format_instant(SystemClock().now()),
            "values": {**values, "term_months": 12, "age": 30, "income_minor": 5_000_000},
        }
    )
    reasons: list[dict[str, Any]] = json.loads(answer.body)["reasons"]
    return str(reasons[0]["code"]) if reasons else ""


def _turns_out(process: DecisionProcess, who: str) -> None:
    process.record_now(
        {
            "event_id": f"out-{who}",
            "event_type": "checkout_outcome",
            "occurred_at": format_instant(SystemClock().now()),
            "values": {"person": who, "application": f"app-{who}", "fraud": True},
        }
    )


def _large_lake(root: Path, customers: int) -> int:
    """A lake with the applications of a town, decisions on them, and what became known; how many applications."""
    table = simulate_applications(ApplicationWorld(customers=customers, seed=5), [GroupLoanFraud()])
    count = len(table)
    random = np.random.default_rng(5)
    fraud = table["fraud"].to_numpy()
    hot = np.where(fraud, random.random(count) < 0.85, random.random(count) < 0.004)
    seq = pa.array(np.arange(1, count + 1) * 2)
    zone = pa.timestamp("us", "UTC")
    kinds = ("person", "device", "phone", "address", "contact", "card", "ip")
    applied = {
        "seq": seq,
        "event_id": table["event_id"],
        "occurred_at": table["occurred_at"].cast(zone),
        **{kind: table[kind] for kind in kinds},
        "amount_minor": table["amount_minor"],
    }
    write_deltalake(root / "checkout_application", pa.table(applied))
    reasons = pa.array([["RING_FORMING"] if one else [] for one in hot], pa.list_(pa.string()))
    outcomes = pa.array(np.where(hot, "review", "approve"))
    write_deltalake(
        root / "decisions",
        pa.table({"event_seq": seq, "outcome": outcomes, "reasons": reasons, "scores": pa.nulls(count, pa.string())}),
    )
    told = np.flatnonzero(
        table["label_at"].cast(pa.int64()).to_numpy() < table["occurred_at"].cast(pa.int64()).to_numpy().max()
    )
    write_deltalake(
        root / "checkout_outcome",
        pa.table(
            {
                "seq": pa.array(told * 2 + 2 * count),
                "person": table["person"].take(pa.array(told)),
                "fraud": pa.array(fraud[told]),
            }
        ),
    )
    return count
