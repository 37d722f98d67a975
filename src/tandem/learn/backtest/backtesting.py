"""A backtest: history goes by batch by batch, both sides decide, and what is kept of it is counted.

The clock is read to say how long each step took, and for nothing else: the same question over the same history has the
same answer, and the same digest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.canonical import digest_of
from tandem.kernel.time import Micros, format_instant
from tandem.learn.backtest.asked import RECORDED, BacktestAsked
from tandem.learn.backtest.attribution import Attributing
from tandem.learn.backtest.batches import HistoryBatch
from tandem.learn.backtest.counting import Counter
from tandem.learn.backtest.cutting import cutoffs_of
from tandem.learn.backtest.fairness import fairness_of
from tandem.learn.backtest.labelling import Labelling
from tandem.learn.backtest.ledger import Ledger, LedgerWriter
from tandem.learn.backtest.lens import Lens, Seen
from tandem.learn.backtest.preparing import Prepared, prepare
from tandem.learn.backtest.proving import Prover
from tandem.learn.backtest.report import BacktestReport
from tandem.learn.backtest.rule_hits import RuleHits
from tandem.learn.backtest.rule_values import overlap_of, rule_values
from tandem.learn.backtest.sources import Sources
from tandem.learn.backtest.swapping import swap_sets
from tandem.learn.backtest.telling import currency_of, honesty_of, side_shown

__all__ = ["Progress", "run_backtest"]

Progress: TypeAlias = Callable[[int, int], None]
"""Told as it goes: decisions done, of how many."""


def run_backtest(
    sources: Sources,
    asked: BacktestAsked,
    *,
    progress: Progress = lambda _done, _total: None,
    going: Callable[[], bool] = lambda: True,
    lens: Lens | None = None,
) -> BacktestReport:
    """The answer to ``asked``.

    Args:
        lens: looks on, and says what counts; rules and other numbers in them are counted without it.

    Raises:
        DefinitionError, InvalidInput, NotFound: what was asked does not hold together.
        Stopped: no longer ``going``.
    """
    laps = _Laps(sources)
    prepared = prepare(sources, asked, going=going)
    try:
        return _Backtest(prepared, progress, laps, lens).report()
    finally:
        prepared.connection.close()


class _Laps:
    """Seconds by step."""

    def __init__(self, sources: Sources) -> None:
        self._clock = sources.clock
        self._at = self._clock.monotonic_ns()
        self.seconds: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = self._clock.monotonic_ns()
        self.seconds[name] = self.seconds.get(name, 0.0) + (now - self._at) / 1e9
        self._at = now


class _Backtest:
    """One run."""

    def __init__(self, prepared: Prepared, progress: Progress, laps: _Laps, lens: Lens | None) -> None:
        self.prepared, self.asked, self._progress, self._laps = prepared, prepared.asked, progress, laps
        self._lens = lens
        candidate = prepared.candidate
        self.labelling = Labelling(prepared.sources, prepared.definition)
        self.hits = RuleHits(candidate.side, lambda side, table: candidate.decider.run(table, side=side))
        self.sweeps = prepared.sweeps()
        self.total = prepared.history.total
        share = min(1.0, self.asked.sample / max(self.total, 1))
        self.prover = Prover(candidate.side, seed=self.asked.seed, share=share)
        self.attributing = None
        if self.asked.attribute:
            self.attributing = Attributing(
                prepared.sources, candidate.side, connection=prepared.connection, going=prepared.going
            )
        self._laps.lap("preparing")

    def report(self) -> BacktestReport:
        """Run it."""
        asked, prepared = self.asked, self.prepared
        ledger, erased = self._gone_by()
        counter = Counter(ledger, with_amounts=prepared.amount is not None, price=asked.price)
        found = BacktestReport(
            event_type=asked.event_type,
            currency=currency_of(prepared),
            since=_instant(ledger, first=True),
            until=_instant(ledger, first=False),
            known_up_to=prepared.sources.last,
            source="journal" if prepared.sources.lake is None else "lake",
            price=asked.price,
            honesty=honesty_of(prepared, ledger, erased),
            against=side_shown(counter, prepared.against, ledger.before, asked.against.label or RECORDED),
            candidate=side_shown(counter, prepared.candidate, ledger.after, ""),
            changed=int((ledger.both & (ledger.before != ledger.after)).sum()),
            swap=swap_sets(counter),
            rules=rule_values(counter, self.hits.seen) if asked.rules else (),
            overlap=overlap_of(counter, self.hits.seen) if asked.rules else (),
            cutoffs=None if prepared.score is None else cutoffs_of(counter, prepared.score),
            sweep=tuple(one.point(counter) for one in self.sweeps),
            fairness=fairness_of(counter),
            attribution=None if self.attributing is None else self.attributing.attribution(),
            proof=self.prover.proof(),
        )
        self._laps.lap("counting")
        took = {name: round(seconds, 3) for name, seconds in self._laps.seconds.items()}
        return msgspec.structs.replace(found, took_s=took, digest=str(digest_of(msgspec.to_builtins(found))))

    def _gone_by(self) -> tuple[Ledger, int]:
        prepared = self.prepared
        writer = LedgerWriter(self.asked.segments)
        done = erased = 0
        also = self.labelling.reads | frozenset(() if self._lens is None else self._lens.reads)
        for batch in prepared.history.batches(prepared.columns(also), prepared.lists()):
            self._laps.lap("reading")
            self._take(batch, writer, done)
            erased += batch.erased
            done += len(batch)
            self._progress(done, self.total)
        return writer.ledger(), erased

    def _take(self, batch: HistoryBatch, writer: LedgerWriter, start: int) -> None:
        prepared, laps = self.prepared, self._laps
        after = prepared.candidate.decide(batch, whole=self.asked.rules)
        laps.lap("candidate")
        possible, before, outcome = after.possible, batch.decided, after.result.outcome
        other = None
        if prepared.against is not None:
            other = prepared.against.decide(batch, whole=False)
            possible, before = possible & other.possible, other.result.outcome
            laps.lap("against")
        bad, reason = self.labelling.of(batch)
        laps.lap("labels")
        nothing = np.full(len(batch), np.nan)
        inferred = nothing if prepared.inferred is None else after.probabilities(prepared.inferred)
        if self._lens is not None:
            result = None if other is None else other.result
            seen = Seen(after.table, after.result, result, before, outcome, possible, bad, inferred)
            before, outcome, possible = self._lens.look(seen)
            laps.lap("looking")
        writer.add(
            {
                "seq": batch.seqs,
                "occurred_at": batch.occurred_at,
                "decided": batch.decided,
                "before": before,
                "after": outcome,
                "both": possible,
                "bad": bad,
                "reason": reason,
                "amount": self._amounts(batch),
                "score": nothing if prepared.score is None else after.probabilities(prepared.score),
                "inferred": inferred,
            },
            {name: batch.table[name] for name in self.asked.segments},
        )
        self.prover.add(after)
        laps.lap("proving")
        if self.asked.rules:
            self.hits.add(after, start)
        for sweep in self.sweeps:
            sweep.add(after, prepared.candidate.decider)
        laps.lap("rules")
        if self.attributing is not None:
            self.attributing.add(batch)
            laps.lap("attributing")

    def _amounts(self, batch: HistoryBatch) -> Any:
        if self.prepared.amount is None:
            return np.zeros(len(batch))
        return pc.fill_null(batch.table[self.prepared.amount].cast(pa.float64()), 0.0).to_numpy()


def _instant(ledger: Ledger, *, first: bool) -> str | None:
    times = ledger.occurred_at
    if not len(times):
        return None
    return format_instant(Micros(int(times.min() if first else times.max())))
