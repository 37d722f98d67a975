"""One event through a recurrent network: our kernel beside one step of onnxruntime, in the run of ``scoring``."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Callable

import numpy as np

from benchmarks.claims import Claim, claim
from benchmarks.turns import in_turns
from tandem.decide.models import GruDocument, Layer, Metadata, Vectors
from tandem.decide.sequences import Histories, Many, OnnxGru
from tandem.kernel.identity import EntityKind, EventTypeName, Pseudonym
from tandem.kernel.time import HOUR


def sequences(turns: int) -> list[Claim]:
    """A recurrent network of the size that training makes: one event of somebody with a past, both parts, beside one step of onnxruntime.

    Weights and events are drawn: how long it takes hangs on the sizes. Ours has no compiled twin. onnxruntime is handed finished
    numpy arrays and gives one margin and the state after it; ours looks the entity up, gives both parts, and remembers the state in
    ``observe`` alone.
    """
    document, rng = drawn_sequence(), np.random.default_rng(2)
    people = [Pseudonym(f"{rng.integers(1 << 62):032x}") for _ in range(500)]
    rows = [(*rng.uniform(0, 200, 6).tolist(), *rng.choice(["t0", "t7", "t19", "?"], 2).tolist()) for _ in people]
    histories = Histories(document)
    for turn in range(5):
        for at, one in enumerate(people):
            histories.observe(rows[at - turn], turn * HOUR + at, one)
    now = 6 * HOUR
    calls: dict[str, Callable[[int], object]] = {
        "score": lambda i: histories.read(rows[i], now, people[i]),
        "observe": lambda i: histories.observe(rows[i], now, people[i]),
    }
    graph = None
    if all(importlib.util.find_spec(one) for one in ("onnx", "onnxruntime")):
        graph = OnnxGru(document)
        states = rng.uniform(-1, 1, (500, document.width)).astype(np.float32)
        gaps = rng.uniform(0, 4e4, 500)
        encoded = [graph.encoded([[one] for one in row], gaps[i : i + 1]) for i, row in enumerate(rows)]
        calls["onnx"] = lambda i: graph.run(encoded[i], states[i : i + 1])
    taken = in_turns(calls, turns)
    beside = (
        {}
        if graph is None
        else {"peer": "onnxruntime, one step, encoded numpy arrays, one thread", "peer_value": taken["onnx"][0]}
    )
    told = "6 numbers of 32 knots, 2 texts of 20 levels, the gap; width 32, 32 before the head; no compiler"
    claims = [
        claim("scoring.sequence.score.p50", taken["score"][0], "us", "<= 300", protocol=f"{told}; values in, own and history out", **beside),
        claim("scoring.sequence.score_and_remember.p50", taken["observe"][0], "us", "<= 300", protocol=f"{told}; the same, and the state moved and kept", **beside),
        claim("scoring.sequence.entity", (len(histories.state()) - 4) / len(people), "bytes", protocol="kept of an entity in a snapshot, whatever the length of its past"),
    ]  # fmt: skip
    if graph is not None:
        columns, many = list(zip(*rows, strict=True)), Many(document)
        _, read = many.rows(columns, gaps)
        said, moved = graph.run(graph.encoded(columns, gaps), states)
        apart = max(np.abs(said - many.margins(read, states)).max(), np.abs(moved - many.moved(read, states)).max())
        claims.append(
            claim(
                "scoring.sequence.step_difference", float(apart), "", "<= 1e-4", peer="onnxruntime, binary32", peer_value=0.0,
                protocol="largest of a margin (log-odds) or a number of the state after it, 500 drawn rows",
            )
        )  # fmt: skip
    return claims


def drawn_sequence() -> GruDocument:
    width, hidden, rng = 32, 32, np.random.default_rng(1)

    def lines(rows: int, spread: float) -> tuple[tuple[float, ...], ...]:
        return tuple(map(tuple, rng.normal(0, spread, (rows, width)).tolist()))

    def layer(rows: int) -> Layer:
        weights = rng.normal(size=(rows, 2 * width)) / math.sqrt(2 * width)
        return Layer(weights=tuple(map(tuple, weights.tolist())), bias=tuple(rng.normal(size=rows).tolist()))

    def number(name: str, most: float) -> Vectors:
        knots = tuple(np.linspace(0, most, 32).tolist())
        return Vectors(name=name, knots=knots, vectors=lines(32, 0.3), missing=lines(1, 0.3)[0])

    def text(name: str) -> Vectors:
        levels, (missing, unknown) = tuple(f"t{at}" for at in range(20)), lines(2, 0.3)
        return Vectors(
            name=name, type="categorical", levels=levels, vectors=lines(20, 0.3), missing=missing, unknown=unknown
        )

    return GruDocument(
        metadata=Metadata(name="habit", target="fraud"), event=EventTypeName("payment"), member=EntityKind("card"),
        values=(*(number(f"n{at}", 200.0) for at in range(6)), text("c0"), text("c1")), gap=number("gap", 1e5),
        bias=(0.0,) * width, keep=layer(width), reset=layer(width), candidate=layer(width), outer=layer(hidden),
        head=tuple((rng.normal(size=hidden) / hidden).tolist()), intercept=-1.0,
    )  # fmt: skip
