"""One whole decision in process, journal excluded: read, 120 features, lists, 250 rules, 300 trees, reasons, record."""

from __future__ import annotations

import gc
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter_ns

from benchmarks import release
from benchmarks.claims import Claim, claim
from tandem.decide.decisions import Decided, DecisionProcess, open_process
from tandem.kernel.settings import Settings
from tandem.observe.journal import Entry, OnDurable, Receipt

_PROTOCOL = (
    "in process, one by one, on simulated card payments after {warm} of warm-up: read and type the document, update and"
    " read 120 features over 4 entities, 3 lists, 250 three-condition rules, 300 trees (<= 15 leaves, depth <= 6), up to"
    " four reasons from exact contributions, answer and record encoded; journal append and fsync excluded{twin}"
)


def run(quick: bool) -> list[Claim]:
    warm, rounds = (5_000, 5_000) if quick else (20_000, 30_000)
    with tempfile.TemporaryDirectory() as folder:
        process = open_process(Settings(home=Path(folder)), "bench")
        release.publish(process)
        # Not closed: what was decided here never reached the journal, and must not be taken for recorded.
        return _measure(process, warm, rounds)


def _measure(process: DecisionProcess, warm: int, rounds: int) -> list[Claim]:
    documents = release.documents(warm + rounds)
    taken: list[int] = []
    parts: dict[str, list[float]] = {"read": [], "features": [], "policy": []}

    def watch(decided: Decided) -> None:
        for name, spent in decided.trail.timings_us.items():
            parts[name].append(spent)

    process.watch(watch)
    process.journal.submit = _Unrecorded(process).submit  # type: ignore[method-assign,assignment]
    gc.collect()
    gc.freeze()
    for index, document in enumerate(documents):
        started = perf_counter_ns()
        process.decide(document, on_answer=_nobody)
        if index >= warm:
            taken.append(perf_counter_ns() - started)
    taken.sort()
    assert process.state.known is not None
    twin = "" if process.state.known.features.is_compiled else "; WITHOUT the compiled kernels: no compiler here"
    protocol = _PROTOCOL.format(warm=f"{warm:,}", twin=twin)
    claims = [
        claim("decision.p50", taken[len(taken) // 2] / 1000, "us", "<= 250", protocol=protocol),
        claim("decision.p99", taken[int(len(taken) * 0.99)] / 1000, "us", "<= 1000", protocol=protocol),
    ]
    for name, values in parts.items():
        kept = sorted(values[-rounds:])
        claims.append(claim(f"decision.{name}.p50", kept[len(kept) // 2], "us", protocol=f"of that: {name}"))
    return claims


class _Unrecorded:
    """Stands where the journal's ``submit`` stands, numbers the entries, and says at once that they are durable."""

    def __init__(self, process: DecisionProcess) -> None:
        self._journal = process.journal

    def submit(
        self, entries: Sequence[Entry], *, on_durable: OnDurable, wait: bool = False, more_follows: bool = False
    ) -> Receipt:
        del wait, more_follows
        receipt = Receipt(self._journal.next_seq, [], on_durable, threading.Lock())
        receipt.last_seq = receipt.first_seq + len(entries) - 1
        self._journal._next += len(entries)  # noqa: SLF001 - the stand-in numbers as the journal does
        receipt.settle(None)
        on_durable([receipt])
        return receipt


def _nobody(_: object) -> None:
    """Nobody waits for the answer."""
