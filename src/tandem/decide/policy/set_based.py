"""A policy over a whole table of recorded facts: one statement for all rows, the same results as row by row.

``compile_set_based`` writes the plan as one DuckDB query. What a database cannot do to the last bit is computed outside
it, over Arrow columns (the hash of a split, logarithms and powers); what has no set-based form at all is decided row by
row by the compiled function, and ``SetPolicy.by_row`` says why. Nothing is approximated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa

from tandem.decide.policy.closing import Closing, Hit
from tandem.decide.policy.compiled import CompiledPolicy
from tandem.decide.policy.plan import BoundSplit, BoundStage, BoundSwitch, Plan
from tandem.decide.policy.results import Contribution, PolicyResult, Score, ScoringModel
from tandem.decide.policy.set_based_layers import FALSE, NULL, Term, all_of, any_of, literal_list, when
from tandem.decide.policy.set_based_state import (
    ByRow,
    Note,
    Written,
    list_column,
    score_column,
    split_column,
)
from tandem.decide.policy.set_based_writing import write_plan
from tandem.decide.policy.splitting import Splitter
from tandem.decide.policy.types import Outcome
from tandem.kernel.expressions import Column, compile_row
from tandem.kernel.values import Row, SqlType, Value

__all__ = [
    "OUTCOMES",
    "KnownScore",
    "Memo",
    "SetPolicy",
    "SetResult",
    "arrow_type",
    "compile_set_based",
    "list_column",
    "rows_of",
    "score_column",
]

OUTCOMES: Final = (Outcome.DECLINE, Outcome.REVIEW, Outcome.APPROVE)
"""What the numbers in the column ``outcome`` of a result stand for; -1 is a row that could not be decided."""

Memo = MutableMapping[tuple[Any, ...], pa.ChunkedArray]
"""Columns computed outside the database, kept for as long as the same facts are asked again."""

_ARROW: Final = {
    SqlType.BOOLEAN: pa.bool_(),
    SqlType.INTEGER: pa.int64(),
    SqlType.DOUBLE: pa.float64(),
    SqlType.TEXT: pa.string(),
    SqlType.DATE: pa.date32(),
    SqlType.TIMESTAMP: pa.timestamp("us"),
}
_PRICE: Final = {SqlType.INTEGER: "integer", SqlType.DOUBLE: "double", SqlType.DECIMAL: "decimal"}


def arrow_type(column: Column) -> pa.DataType:
    """The Arrow type in which a table of facts holds ``column``."""
    return pa.decimal128(18, column.scale) if column.type is SqlType.DECIMAL else _ARROW[column.type]


@dataclass(frozen=True, slots=True)
class KnownScore:
    """A score that was recorded."""

    probability: float
    margin: float
    points: float | None


@dataclass
class SetResult:
    """What a policy comes to, row by row in columns.

    Attributes:
        columns: ``outcome`` (a place in ``OUTCOMES``, -1 where a score it needs is not there), ``limit_minor``,
            ``price:<part>:<type>``; with ``whole`` also ``fired``, ``path`` and ``missing`` as places in lists of texts.
        unscored: model to the rows that need its score and have none.
        by_row: how many rows were decided row by row.
    """

    columns: pa.Table
    unscored: dict[str, np.ndarray[Any, np.dtype[np.bool_]]]
    by_row: int
    _policy: SetPolicy
    _single: dict[int, PolicyResult] = field(default_factory=dict)
    _lists: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def outcome(self) -> np.ndarray[Any, np.dtype[np.int8]]:
        """Places in ``OUTCOMES``."""
        found: np.ndarray[Any, np.dtype[np.int8]] = self.columns["outcome"].to_numpy().astype(np.int8)
        return found

    @property
    def limits(self) -> pa.ChunkedArray:
        """Minor units; null where there is none."""
        return self.columns["limit_minor"]

    @property
    def possible_hits(self) -> Sequence[Hit]:
        """What the places in ``fired`` stand for; nothing where the policy is decided row by row."""
        return self._policy.hits

    @property
    def single(self) -> dict[int, PolicyResult]:
        """Rows that were decided one by one, with all that it tells."""
        return self._single

    def some(self, rows: Sequence[int]) -> SetResult:
        """The result of some rows alone, in that order: telling a few of many must not unpack them all."""
        places = pa.array(rows, pa.int64())
        single = {at: self._single[row] for at, row in enumerate(rows) if row in self._single}
        unscored = {name: mask[np.asarray(rows, dtype=np.int64)] for name, mask in self.unscored.items()}
        return SetResult(self.columns.take(places), unscored, len(single), self._policy, single)

    def price_of(self, row: int) -> dict[str, Value]:
        """The price of one row, part by part."""
        if row in self._single:
            return self._single[row].price
        found: dict[str, Value] = {}
        for name in self.columns.column_names:
            if name.startswith("price:"):
                value = self._list(name)[row]
                if value is not None:
                    found[name.split(":")[1]] = value
        return found

    def told(self, row: int) -> dict[str, Any]:
        """Everything about one row that ``whole`` asked for: outcome, limit, price, fired, path, missing, actions.

        ``reasons`` are there unless a model or scorecard adds to them, which only the compiled function does; then they
        are None.
        """
        if row in self._single:
            one = self._single[row]
            return {
                "outcome": one.outcome,
                "limit_minor": one.limit_minor,
                "price": one.price,
                "fired": one.fired,
                "path": one.path,
                "missing": one.missing,
                "actions": one.actions,
                "reasons": tuple(reason.code for reason in one.reasons),
            }
        at = self._list("outcome")[row]
        weighed = self._policy.weighed(tuple(self._list("fired")[row]))
        return {
            "outcome": None if at < 0 else OUTCOMES[at],
            "limit_minor": self._list("limit_minor")[row],
            "price": self.price_of(row),
            "fired": weighed.fired,
            "path": tuple(self._policy.path_texts[one] for one in self._list("path")[row]),
            "missing": tuple(dict.fromkeys(self._policy.missing_texts[one] for one in self._list("missing")[row])),
            "actions": weighed.actions,
            "reasons": None if weighed.open else weighed.reasons,
        }

    def _list(self, name: str) -> list[Any]:
        if name not in self._lists:
            self._lists[name] = self.columns[name].to_pylist()
        return self._lists[name]


@dataclass(frozen=True)
class Weighed:
    """What follows from what fired alone; ``open`` where a model or scorecard may add reasons."""

    fired: tuple[str, ...]
    actions: tuple[str, ...]
    reasons: tuple[str, ...]
    open: bool


class SetPolicy:
    """A policy for whole tables. Immutable but for what it remembers; one query at a time per connection.

    Attributes:
        policy: the same policy for one row.
        by_row: why it is decided row by row as a whole; None where it is one statement.
        outside: what is computed outside the database, in words.
    """

    def __init__(self, policy: CompiledPolicy) -> None:
        self.policy = policy
        self.plan: Plan = policy.plan
        self.by_row: str | None = None
        self.splits = tuple(_splits(self.plan.flow))
        self.path_texts: list[str] = []
        self.missing_texts: list[str] = []
        self._written: Written | None = None
        self._statements: dict[bool, str] = {}
        self._weighed: dict[tuple[int, ...], Weighed] = {}
        self._closing = Closing(self.plan)
        try:
            self._written = write_plan(self.plan)
        except ByRow as reason:
            self.by_row = str(reason)
        computed = {} if self._written is None else self._written.computed
        self.outside = (
            *(f"the arms of {one.name}" for one in self.splits),
            *(one.text for one in computed.values()),
        )

    @property
    def models(self) -> dict[str, str]:
        """Model stage to the model it uses."""
        return {name: model.stage.uses for name, model in self.plan.models.items()}

    def decide(
        self,
        facts: pa.Table,
        *,
        connection: duckdb.DuckDBPyConnection | None = None,
        whole: bool = False,
        memo: Memo | None = None,
        going: Callable[[], bool] = lambda: True,
    ) -> SetResult:
        """Decide every row of ``facts``.

        Args:
            facts: a column for each of ``policy.columns`` in the type of ``arrow_type``; ``list_column`` for each list
                (the members among the row's entities); ``score_column`` for each output of each model, null where there
                is no score. What is absent counts as missing.
            connection: its ``interrupt`` ends the query; by default a new one.
            whole: tell what fired, the path and what was missing too.
            memo: keeps what is computed outside the database.
            going: asked now and then where rows are decided one by one; False ends it.

        Raises:
            duckdb.InterruptException: interrupted, or no longer ``going``.
        """
        memo = {} if memo is None else memo
        if self._written is None:
            return self._all_by_row(facts, whole=whole, going=going)
        table = self._relation(facts, self._written, memo)
        own = connection is None
        connection = connection or duckdb.connect()
        try:
            connection.register("facts", table)
            columns = connection.execute(self.statement(whole=whole)).to_arrow_table()
            connection.unregister("facts")
        finally:
            if own:
                connection.close()
        columns = columns.select([name for name in columns.column_names if name != "nothing"])
        if columns.num_rows != facts.num_rows:
            raise AssertionError("the statement keeps every row")
        return self._finished(columns, facts, whole=whole, going=going)

    @property
    def hits(self) -> Sequence[Hit]:
        """Everything that can fire, in the order in which it would; nothing where it is decided row by row."""
        return () if self._written is None else self._written.hits

    def statement(self, *, whole: bool = False) -> str:
        """The statement over a relation called ``facts``.

        Raises:
            ValueError: the policy is decided row by row.
        """
        if self._written is None:
            raise ValueError(self.by_row)
        if whole not in self._statements:
            self._statements[whole] = self._stated(self._written, whole=whole)
        return self._statements[whole]

    def weighed(self, fired: tuple[int, ...]) -> Weighed:
        """What follows from these places of what can fire."""
        if fired not in self._weighed:
            assert self._written is not None, "only a statement tells places"
            hits = [self._written.hits[place] for place in fired]
            result = self._closing.close({}, {}, hits, [], [], None, None, {}, {}, {}, {}, {})
            rank = min(hit.rank for hit in hits)
            explains = result.outcome is not Outcome.APPROVE and any(hit.sources for hit in hits if hit.rank == rank)
            reasons = tuple(one.code for one in result.reasons)
            self._weighed[fired] = Weighed(result.fired, result.actions, reasons, explains)
        return self._weighed[fired]

    # -- the statement

    def _stated(self, written: Written, *, whole: bool) -> str:
        layers = written.layers
        codes = [str(OUTCOMES.index(one)) for one in self.plan.policy.precedence]
        outcome = Term(f"{literal_list(codes, 'TINYINT')}[{written.best} + 1]", written.best.reads)
        outputs: dict[str, Term] = {"careful": when(written.careful, Term("TRUE"), FALSE)}
        unscored = []
        for name, needed in written.needed.items():
            margin = layers.source(score_column(self.plan.models[name].stage.uses, "margin"))
            lacks = layers.keep(all_of(needed, Term(f"({margin} IS NULL)", margin.reads)))
            outputs[f"unscored:{name}"] = lacks
            unscored.append(lacks)
        outputs["outcome"] = when(any_of(unscored), Term("CAST(-1 AS TINYINT)"), outcome)
        limit = Term("CAST(NULL AS BIGINT)") if written.limit == NULL else written.limit
        outputs["limit_minor"] = Term(f"CAST({limit} AS BIGINT)", limit.reads)
        for part, terms in written.prices.items():
            for kind, term in terms:
                outputs[f"price:{part}:{_PRICE[kind]}"] = term
        if whole:
            outputs["fired"] = _list_of(written.fired)
            outputs["path"] = _list_of(self._path(written.path))
            outputs["missing"] = _list_of(self._missing(written.notes))
        if not any(term.reads for term in outputs.values()):
            outputs["nothing"] = layers.keep(Term("1"))
        return layers.statement(outputs)

    def _path(self, path: Iterable[tuple[Term, str]]) -> Iterator[Term]:
        for mask, text in path:
            self.path_texts.append(text)
            yield when(mask, Term(str(len(self.path_texts) - 1)))

    def _missing(self, notes: Iterable[Note]) -> Iterator[Term]:
        for note in notes:
            for name, value in zip(note.names, note.values, strict=True):
                self.missing_texts.append(name)
                absent = Term("TRUE") if value == NULL else Term(f"({value} IS NULL)", value.reads)
                yield when(all_of(note.mask, absent), Term(str(len(self.missing_texts) - 1)))
            self.missing_texts.append(note.text)
            known = (FALSE if value == NULL else Term(f"({value} IS NOT NULL)", value.reads) for value in note.values)
            yield when(all_of(note.mask, *known), Term(str(len(self.missing_texts) - 1)))

    # -- what it reads

    def _relation(self, facts: pa.Table, written: Written, memo: Memo) -> pa.Table:
        wanted: dict[str, pa.ChunkedArray] = {}
        for name in self.plan.columns:
            wanted[name] = _column(facts, name, arrow_type(self.plan.facts[name]))
        for name in self.plan.lists:
            wanted[list_column(name)] = _column(facts, list_column(name), pa.list_(pa.string()))
        for uses in self.models.values():
            for output in ("probability", "margin", "points"):
                column = score_column(uses, output)
                wanted[column] = _column(facts, column, pa.float64())
        for split in self.splits:
            key = ("split", repr(split.stage.by), split.stage.salt, split.stage.when_missing, _shares(split))
            if key not in memo:
                memo[key] = _arms(split, wanted[split.stage.by])
            wanted[split_column(split.name)] = memo[key]
        for name, expression in written.computed.items():
            kind = arrow_type(Column(expression.type, scale=expression.scale))
            if ("computed", name) not in memo:
                memo["computed", name] = _computed(expression, facts, self.plan.facts, kind)
            wanted[name] = memo["computed", name]
        if not wanted:
            wanted["nothing"] = pa.chunked_array([pa.nulls(facts.num_rows, pa.bool_())])
        return pa.table(wanted)

    # -- one by one

    def _finished(self, columns: pa.Table, facts: pa.Table, *, whole: bool, going: Callable[[], bool]) -> SetResult:
        careful = np.flatnonzero(columns["careful"].to_numpy(zero_copy_only=False)).tolist()
        unscored = {
            name: columns[f"unscored:{name}"].to_numpy(zero_copy_only=False).astype(bool)
            for name in self.plan.models
            if f"unscored:{name}" in columns.column_names
        }
        hidden = {"careful", *(f"unscored:{name}" for name in self.plan.models)}
        columns = columns.select([name for name in columns.column_names if name not in hidden])
        result = SetResult(columns, unscored, len(careful), self)
        if careful:
            self._replace(result, facts, careful, going=going)
        del whole
        return result

    def _all_by_row(self, facts: pa.Table, *, whole: bool, going: Callable[[], bool]) -> SetResult:
        del whole
        count = facts.num_rows
        columns = pa.table(
            {"outcome": pa.array(np.full(count, -1, dtype=np.int8)), "limit_minor": pa.nulls(count, pa.int64())}
        )
        unscored = {name: np.zeros(count, dtype=bool) for name in self.plan.models}
        result = SetResult(columns, unscored, count, self)
        self._replace(result, facts, range(count), going=going)
        return result

    def _replace(self, result: SetResult, facts: pa.Table, rows: Sequence[int], *, going: Callable[[], bool]) -> None:
        outcomes = result.columns["outcome"].to_numpy().astype(np.int8)
        limits = result.columns["limit_minor"].to_pylist()
        prices: dict[int, dict[str, Value]] = {}
        for row, one in zip(rows, self._rows(facts, rows), strict=True):
            if not row % 1_000 and not going():
                raise duckdb.InterruptException("no longer wanted")
            if isinstance(one, str):
                outcomes[row], limits[row] = -1, None
                for name, uses in self.models.items():
                    if uses == one:
                        result.unscored.setdefault(name, np.zeros(facts.num_rows, dtype=bool))[row] = True
                continue
            result._single[row] = one  # noqa: SLF001 - its own result
            outcomes[row] = OUTCOMES.index(one.outcome)
            limits[row] = one.limit_minor
            prices[row] = one.price
        columns = {name: result.columns[name] for name in result.columns.column_names}
        columns["outcome"] = pa.chunked_array([pa.array(outcomes)])
        columns["limit_minor"] = pa.chunked_array([pa.array(limits, pa.int64())])
        columns.update(_priced(columns, prices, facts.num_rows))
        result.columns = pa.table(columns)

    def one_by_one(self, facts: pa.Table, rows: Sequence[int]) -> Iterator[PolicyResult | None]:
        """Some rows by the compiled function, with all that it tells; None where a score is not there."""
        return (None if isinstance(one, str) else one for one in self._rows(facts, rows))

    def _rows(self, facts: pa.Table, rows: Sequence[int]) -> Iterator[PolicyResult | str]:
        """Results, or the model whose score is not there."""
        models = {uses: _Known(uses, self.policy.models[uses]) for uses in self.models.values()}
        for values, members, scores in rows_of(facts, self.policy, rows):
            for uses, model in models.items():
                model.known = scores.get(uses)
            try:
                yield self.policy.run(values, members, models)
            except _UnscoredError as lacking:
                yield lacking.model


def _priced(
    columns: Mapping[str, pa.ChunkedArray], prices: Mapping[int, Mapping[str, Value]], count: int
) -> dict[str, pa.ChunkedArray]:
    """The price columns with the rows that were decided one by one put in."""
    lists: dict[str, list[Any]] = {
        name: column.to_pylist() for name, column in columns.items() if name.startswith("price:")
    }
    for row, price in prices.items():
        for column in lists.values():
            column[row] = None
        for part, value in price.items():
            kind = "integer" if isinstance(value, int) else "double" if isinstance(value, float) else "decimal"
            lists.setdefault(f"price:{part}:{kind}", [None] * count)[row] = value
    return {name: pa.chunked_array([pa.array(values)]) for name, values in lists.items()}


class _UnscoredError(Exception):
    """A score is needed that was not recorded."""

    def __init__(self, model: str) -> None:
        super().__init__(model)
        self.model = model


class _Known:
    """A model that says what it said; its reasons are the model's own."""

    def __init__(self, name: str, model: ScoringModel) -> None:
        self.known: KnownScore | None = None
        self._name = name
        self._model = model

    def score(self, row: Sequence[Value], /) -> Score:
        del row
        if self.known is None:
            raise _UnscoredError(self._name)
        return self.known

    def reasons(self, row: Sequence[Value], top: int, /) -> Sequence[Contribution]:
        return self._model.reasons(row, top)


def compile_set_based(policy: CompiledPolicy) -> SetPolicy:
    """``policy`` for whole tables of facts."""
    return SetPolicy(policy)


def rows_of(
    facts: pa.Table, policy: CompiledPolicy, rows: Sequence[int] | None = None
) -> Iterator[tuple[Row, dict[str, frozenset[str]], dict[str, KnownScore]]]:
    """Rows as the compiled function takes them: facts, list members, recorded scores by model."""
    some = facts if rows is None or len(rows) == facts.num_rows else facts.take(pa.array(rows, pa.int64()))
    names = [name for name in policy.columns if name in some.column_names]
    values = [_plain(some[name], policy.plan.facts[name].type) for name in names]
    listed = {
        name: some[list_column(name)].to_pylist() for name in policy.lists if list_column(name) in some.column_names
    }
    scores = {
        uses: [some[score_column(uses, output)].to_pylist() for output in ("probability", "margin", "points")]
        for uses in {model.stage.uses for model in policy.plan.models.values()}
        if score_column(uses, "margin") in some.column_names
    }
    for at in range(some.num_rows):
        row: Row = dict(zip(names, [column[at] for column in values], strict=True))
        members = {name: frozenset(listed[name][at] or ()) if name in listed else frozenset() for name in policy.lists}
        known = {
            uses: KnownScore(probability[at], margin[at], points[at])
            for uses, (probability, margin, points) in scores.items()
            if margin[at] is not None
        }
        yield row, members, known


def _plain(column: pa.ChunkedArray, kind: SqlType) -> list[Any]:
    if kind is SqlType.TIMESTAMP:
        return list(column.cast(pa.int64()).to_pylist())
    if kind is SqlType.DATE:
        return list(column.cast(pa.int32()).to_pylist())
    return list(column.to_pylist())


def _column(facts: pa.Table, name: str, kind: pa.DataType) -> pa.ChunkedArray:
    if name in facts.column_names:
        return facts[name]
    return pa.chunked_array([pa.nulls(facts.num_rows, kind)])


def _computed(expression: Any, facts: pa.Table, known: Mapping[str, Column], kind: pa.DataType) -> pa.ChunkedArray:
    run = compile_row([expression])
    columns = [_plain(_column(facts, name, arrow_type(known[name])), known[name].type) for name in expression.columns]
    found = (
        [run(dict(zip(expression.columns, values, strict=True)), {})[0] for values in zip(*columns, strict=True)]
        if columns
        else [run({}, {})[0]] * facts.num_rows
    )
    return pa.chunked_array([pa.array(found, kind)])


def _arms(split: BoundSplit, entities: pa.ChunkedArray) -> pa.ChunkedArray:
    """The arm of each row; the hash is the one that decides live."""
    splitter = Splitter(split.stage)
    coded = entities.combine_chunks().dictionary_encode()
    arms = pa.array([splitter.arm_of(one) for one in coded.dictionary.to_pylist()] + [splitter.arm_of(None)])
    places = coded.indices.fill_null(len(arms) - 1)
    return pa.chunked_array([arms.take(places)])


def _shares(split: BoundSplit) -> tuple[tuple[str, float], ...]:
    return tuple((arm.arm, arm.share) for arm in split.stage.arms)


def _splits(flow: tuple[BoundStage, ...]) -> Iterator[BoundSplit]:
    for stage in flow:
        if isinstance(stage, BoundSplit):
            yield stage
            for arm in stage.flows:
                yield from _splits(arm)
        elif isinstance(stage, BoundSwitch):
            for case in stage.cases:
                yield from _splits(case.flow)


def _list_of(terms: Iterable[Term]) -> Term:
    """The places that are there, as a list."""
    found = [term for term in terms if term != NULL]
    if not found:
        return Term("CAST([] AS INTEGER[])")
    reads = frozenset().union(*(term.reads for term in found))
    return Term(
        f"list_filter(CAST([{', '.join(map(str, found))}] AS INTEGER[]), lambda place: place IS NOT NULL)", reads
    )
