"""One whole decision in process, journal excluded: read, 120 features, lists, 250 rules, 300 trees, reasons, record."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path
from time import perf_counter_ns

from benchmarks import release
from benchmarks.claims import Claim, claim
from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.settings import Settings

_PROTOCOL = (
    "in process, one by one, on simulated card payments after {warm} of warm-up: read and type the document, update and"
    " read 120 features over 4 entities, 3 lists, 250 three-condition rules, 300 trees (<= 15 leaves, depth <= 6), up to"
    " four reasons from exact contributions, answer and record encoded; journal append and fsync excluded{twin}"
)


def run(quick: bool) -> list[Claim]:
    warm, rounds = (5_000, 5_000) if quick else (20_000, 30_000)
    with tempfile.TemporaryDirectory() as folder:
        process = open_process(Settings(home=Path(folder)), "bench")
        try:
            release.publish(process)
            return _measure(process, warm, rounds)
        finally:
            process.close()


def _measure(process: DecisionProcess, warm: int, rounds: int) -> list[Claim]:
    documents = release.documents(warm + rounds)
    taken: list[int] = []
    parts: dict[str, list[float]] = {"read": [], "features": [], "policy": []}

    def watch(decided: object) -> None:
        for name, spent in decided.trail.timings_us.items():  # type: ignore[attr-defined]
            parts[name].append(spent)

    submit = process.journal.submit
    inside = 0

    def timed_submit(*arguments: object, **named: object) -> object:
        nonlocal inside
        started = perf_counter_ns()
        receipt = submit(*arguments, **named)  # type: ignore[arg-type]
        inside += perf_counter_ns() - started
        return receipt

    process.journal.submit = timed_submit  # type: ignore[method-assign,assignment]
    process.watch(watch)
    gc.collect()
    gc.freeze()
    for index, document in enumerate(documents):
        if index % 500 == 0:
            process.journal.drain()
        before = inside
        started = perf_counter_ns()
        process.decide(document, on_answer=_nobody)
        spent = perf_counter_ns() - started - (inside - before)
        if index >= warm:
            taken.append(spent)
    taken.sort()
    assert process.state.features is not None
    twin = "" if process.state.features.is_compiled else "; WITHOUT the compiled kernels: no compiler here"
    protocol = _PROTOCOL.format(warm=f"{warm:,}", twin=twin)
    claims = [
        claim("decision.p50", taken[len(taken) // 2] / 1000, "us", "<= 250", protocol=protocol),
        claim("decision.p99", taken[int(len(taken) * 0.99)] / 1000, "us", "<= 1000", protocol=protocol),
    ]
    for name, values in parts.items():
        kept = sorted(values[warm:])
        claims.append(claim(f"decision.{name}.p50", kept[len(kept) // 2], "us", protocol=f"of that: {name}"))
    return claims


def _nobody(_: object) -> None:
    """Nobody waits for the answer."""
