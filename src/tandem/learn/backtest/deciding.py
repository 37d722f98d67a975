"""A batch of history decided by one side: exactly what its policy would have said to what was known then.

What a policy reads and a decision did not record is not guessed. A list is folded from its changes, a score is computed
from recorded inputs, a feature is computed anew as of then; where none of that can be, the decision counts as one that
cannot be known, with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.decide.decisions import LiveRelease
from tandem.decide.models import Model
from tandem.decide.policy.set_based import SetResult, list_column, score_column
from tandem.kernel.identity import Digest, EventTypeName
from tandem.learn.backtest.batches import Flags, HistoryBatch
from tandem.learn.backtest.feature_history import FeatureHistory
from tandem.learn.backtest.lists_then import ListsThen, with_members
from tandem.learn.backtest.sides import DecidingSide, definition_of
from tandem.learn.effect import ModelKey, Stopped, scored

__all__ = ["Decided", "Decider", "Why"]

Why = tuple[str, str]
"""Why a decision cannot be known: a code (``not_recorded``, ``other_definition``, ``not_scored``) and a name."""


@dataclass
class Decided:
    """What one side says of a batch.

    Attributes:
        table: what it read.
        possible: rows that it can decide.
        why: row count by why it cannot.
        scorable: model to the rows that have what it reads.
        computed: facts that were computed anew, by how many rows.
    """

    result: SetResult
    table: pa.Table
    possible: Flags
    why: Counter[Why]
    computed: Counter[str] = field(default_factory=Counter)
    scorable: dict[str, Flags] = field(default_factory=dict)

    def probabilities(self, name: str) -> np.ndarray[Any, Any]:
        """Of one model; NaN where it was not scored."""
        column = score_column(name, "probability")
        if column not in self.table.column_names:
            return np.full(len(self.table), np.nan)
        found: np.ndarray[Any, Any] = self.table[column].to_numpy()
        return found


@dataclass
class _Prepared:
    """The table of one side for one batch, and where its facts are there."""

    table: pa.Table
    there: dict[str, Flags]
    other: dict[str, Flags]
    computed: Counter[str]

    def having(self, names: tuple[str, ...]) -> Flags:
        flags = np.ones(len(self.table), dtype=bool)
        for name in names:
            if name in self.there:
                flags &= self.there[name]
        return flags


class Decider:
    """Decides batch after batch, in the order of the journal.

    Args:
        side: what decides.
        release: a release of then by its digest.
        lists: folded forward by this decider alone.
        features: computes what was not recorded; None where nothing is computed anew.
        always_scored: models whose score is wanted of every row, whether the policy asks for it there or not.
    """

    def __init__(
        self,
        side: DecidingSide,
        release: Callable[[Digest], LiveRelease],
        lists: ListsThen,
        features: FeatureHistory | None,
        *,
        connection: duckdb.DuckDBPyConnection,
        always_scored: tuple[str, ...] = (),
        going: Callable[[], bool] = lambda: True,
    ) -> None:
        self.side = side
        self._release = release
        self._lists = lists
        self._features = features
        self._connection = connection
        self._always = always_scored
        self._going = going
        self._then: dict[str, dict[str, Digest | None]] = {}
        fields = side.live.reader.event_types[EventTypeName(side.compiled.policy.event)].fields
        self._entities = tuple(one.name for one in fields if one.entity is not None)

    def decide(self, batch: HistoryBatch, *, whole: bool = False) -> Decided:
        """What the side says of every decision of ``batch``."""
        prepared = self._prepared(batch)
        having = prepared.having(self.side.own)
        why = self._unrecorded(prepared, having)
        scores = {name: self._recorded_scores(batch, prepared, key) for name, (_, key) in self.side.models.items()}
        for name, (model, _) in self.side.models.items():
            if name in self._always or np.isnan(scores[name][1]).all():
                self._score(prepared, name, model, np.isnan(scores[name][1]), scores)
        while True:
            table = self._with_scores(prepared.table, scores)
            result = self.run(table, whole=whole)
            if not self._score_lacking(prepared, result, having, scores):
                break
        possible = having & (result.outcome >= 0)
        for stage, mask in result.unscored.items():
            lacking = int((mask & having).sum())
            if lacking:
                why["not_scored", self.side.policy.models[stage]] += lacking
        scorable = {name: prepared.having(model.inputs) for name, (model, _) in self.side.models.items()}
        return Decided(result, table, possible, why, prepared.computed, scorable)

    def run(self, table: pa.Table, *, whole: bool = False, side: DecidingSide | None = None) -> SetResult:
        """The policy over ``table``; or a changed one of the same facts.

        Raises:
            Stopped: no longer ``going``.
        """
        if not self._going():
            raise Stopped
        try:
            return (side or self.side).policy.decide(table, connection=self._connection, whole=whole, going=self._going)
        except duckdb.InterruptException:
            raise Stopped from None

    # -- facts

    def _prepared(self, batch: HistoryBatch) -> _Prepared:
        table = self._listed(batch)
        there: dict[str, Flags] = {}
        other: dict[str, Flags] = {}
        computed: Counter[str] = Counter()
        anew: list[str] = []
        for name in self.side.reads:
            mine = self.side.definition(name)
            recorded = batch.rows_where([name in kind.names for kind in batch.recorded])
            same = batch.rows_where(
                [mine is None or self._definition_then(kind.release, name) == mine for kind in batch.recorded]
            )
            there[name] = recorded & same
            other[name] = recorded & ~same
            if mine is not None and not there[name].all():
                anew.append(name)
        if self._features is not None:
            self._features.prepare(anew)
            for name in anew:
                values, found = self._features.column(name, batch.event_seqs)
                put = ~there[name] & found
                if put.any():
                    table = _put(table, name, put, values)
                    there[name] = there[name] | put
                    computed[name] += int(put.sum())
        return _Prepared(table, there, other, computed)

    def _definition_then(self, release: str, name: str) -> Digest | None:
        then = self._release(Digest(release))
        return definition_of(then, self._then.setdefault(release, {}), name)

    def _listed(self, batch: HistoryBatch) -> pa.Table:
        wanted = {
            name: ~batch.rows_where([name in kind.lists for kind in batch.recorded])
            for name in self.side.policy.plan.lists
        }
        wanted = {name: flags for name, flags in wanted.items() if flags.any()}
        table = batch.table
        if wanted:
            entities = {name: table[name] for name in self._entities}
            found = self._lists.members(wanted, batch.event_seqs, batch.occurred_at, entities)
            for name, members in found.items():
                column = list_column(name)
                values = with_members(table[column].to_pylist(), members)
                table = table.set_column(table.column_names.index(column), column, values)
        return table

    def _unrecorded(self, prepared: _Prepared, having: Flags) -> Counter[Why]:
        """The first fact that a row lacks is why it cannot be known."""
        why: Counter[Why] = Counter()
        lost = ~having
        for name in self.side.own:
            if not lost.any():
                break
            here = lost & ~prepared.there[name]
            for code, mask in (
                ("other_definition", here & prepared.other[name]),
                ("not_recorded", here & ~prepared.other[name]),
            ):
                if mask.any():
                    why[code, name] += int(mask.sum())
            lost &= ~here
        return why

    # -- scores

    def _recorded_scores(self, batch: HistoryBatch, prepared: _Prepared, key: ModelKey) -> tuple[Any, Any, Any]:
        """Probability, margin and points as they were recorded; NaN where an input has another definition by now."""
        columns = batch.scores.get(key)
        if columns is None:
            return tuple(np.full(len(batch), np.nan) for _ in range(3))  # type: ignore[return-value]
        other = np.zeros(len(batch), dtype=bool)
        for name in self.side.models[key[0]][0].inputs:
            if name in prepared.other:
                other |= prepared.other[name]
        found = []
        for output in ("probability", "margin", "points"):
            values = columns[score_column(key[0], output)].to_numpy(zero_copy_only=False).astype(np.float64, copy=True)
            values[other] = np.nan
            found.append(values)
        return found[0], found[1], found[2]

    def _score(
        self, prepared: _Prepared, name: str, model: Model, wanted: Flags, scores: dict[str, tuple[Any, Any, Any]]
    ) -> bool:
        """Score the rows that are wanted and have what it takes; whether there were any."""
        rows = np.flatnonzero(wanted & prepared.having(model.inputs))
        if not len(rows):
            return False
        if not self._going():
            raise Stopped
        some = prepared.table.select(list(model.inputs)).take(pa.array(rows, pa.int64()))
        found = scored(model, name, some, self.side.policy.plan.facts)
        for values, output in zip(scores[name], ("probability", "margin", "points"), strict=True):
            values[rows] = found[score_column(name, output)].to_numpy(zero_copy_only=False)
        return True

    def _score_lacking(
        self, prepared: _Prepared, result: SetResult, having: Flags, scores: dict[str, tuple[Any, Any, Any]]
    ) -> bool:
        done = False
        for stage, mask in result.unscored.items():
            name = self.side.policy.models[stage]
            lacking = mask & having & np.isnan(scores[name][1])
            done |= self._score(prepared, name, self.side.models[name][0], lacking, scores)
        return done

    def _with_scores(self, table: pa.Table, scores: dict[str, tuple[Any, Any, Any]]) -> pa.Table:
        for name, values in scores.items():
            for output, column in zip(("probability", "margin", "points"), values, strict=True):
                table = table.append_column(score_column(name, output), pa.array(column, from_pandas=True))
        return table


def _put(table: pa.Table, name: str, rows: Flags, values: pa.Array) -> pa.Table:
    column = table[name].combine_chunks()
    mixed = pc.if_else(pa.array(rows), values.cast(column.type), column)
    return table.set_column(table.column_names.index(name), name, pa.chunked_array([mixed]))
