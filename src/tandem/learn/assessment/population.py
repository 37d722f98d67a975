"""Whom of the past a product is for, and what each would have been lent: a lens on a backtest.

An application belongs to the product where its amount is one that the product lends and ``where`` holds of it. What the
policy approves is lent only as the product can: no more than the limit it set, in the product's steps, over the term that
is nearest to the one asked for, at a rate that the product has. An approval that cannot be signed is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.decide.policy.set_based import OUTCOMES, SetResult
from tandem.kernel.errors import DefinitionError, InvalidInput, near_match
from tandem.kernel.expressions import Column, Dialect, Expression, parse, to_sql
from tandem.kernel.values import SqlType
from tandem.learn.assessment.asked import AssessmentAsked, ProductTerms
from tandem.learn.backtest import Seen

__all__ = ["Lent", "Population", "Row"]

_APPROVE: Final = [str(one) for one in OUTCOMES].index("approve")
_DECLINE: Final = [str(one) for one in OUTCOMES].index("decline")
_VALUES_MAX: Final = 20
Row = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Lent:
    """What one product lends, row by row.

    Attributes:
        approved: whether somebody could sign.
        amount: minor units; term, rate_bps: as they would be signed. Where nothing is approved they say nothing.
    """

    approved: Row
    amount: Row
    term: Row
    rate_bps: Row


@dataclass
class _Kept:
    parts: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, **columns: Row) -> None:
        for name, column in columns.items():
            self.parts.setdefault(name, []).append(column)

    def whole(self, name: str) -> Row:
        found = self.parts.get(name, [])
        return np.concatenate(found) if found else np.empty(0)


class Population:
    """Sees every decision once and keeps those that are for the product.

    Args:
        columns: facts of an application, by name.

    Raises:
        InvalidInput, DefinitionError: a field or an expression that does not hold.
    """

    def __init__(self, asked: AssessmentAsked, columns: Mapping[str, Column]) -> None:
        self._asked = asked
        _whole(columns, "amount", asked.amount)
        if asked.term is not None:
            _whole(columns, "term", asked.term)
        self._where = _expression(asked.where, columns, "where") if asked.where.strip() else None
        if self._where is not None and self._where.type is not SqlType.BOOLEAN:
            raise InvalidInput("It is a condition.", code="not_a_condition", field="where", value=asked.where)
        self._groups = {text: _expression(text, columns, "groups") for text in asked.groups}
        self._connection = duckdb.connect(config={"threads": 1})
        self._kept = _Kept()
        self._labels: dict[str, dict[str, int]] = {text: {} for text in asked.groups}
        self.decisions = self.outside = self.moved_terms = self.rates_outside = self.amounts_outside = 0

    @property
    def reads(self) -> tuple[str, ...]:
        """Facts that it wants."""
        read = {self._asked.amount, *(() if self._asked.term is None else (self._asked.term,))}
        for one in (self._where, *self._groups.values()):
            read |= set() if one is None else set(one.columns)
        return tuple(sorted(read))

    def look(self, seen: Seen) -> tuple[Row, Row, Row]:
        """Both sides as the two products would have them, and who counts."""
        table, asked = seen.table, self._asked
        wanted = _numbers(table, asked.amount)
        terms = np.full(len(wanted), np.nan) if asked.term is None else _numbers(table, asked.term)
        meant = self._computed(table)
        mine = _within(asked.product, wanted) & meant.pop("", np.ones(len(wanted), dtype=bool))
        counted = seen.possible & mine
        lent = self._lent(asked.product, seen.result, seen.after, wanted, terms, counted)
        after = np.where(mine & ((seen.after != _APPROVE) | lent.approved), seen.after, _DECLINE).astype(np.int8)
        before = seen.before.astype(np.int8)
        other = None
        if asked.against is not None and seen.other is not None:
            theirs = _within(asked.against, wanted)
            other = _lent(asked.against, seen.other, before, wanted, terms)
            before = np.where((before == _APPROVE) & ~(theirs & other.approved), _DECLINE, before).astype(np.int8)
        self.decisions += len(wanted)
        self.outside += int((seen.possible & ~mine).sum())
        self._keep(seen, counted, lent, other, before, after, meant)
        return before, after, counted

    def side(self, which: str) -> Lent:
        """What ``product`` or ``against`` lends, of everybody who counts."""
        return Lent(
            approved=self._kept.whole(f"{which}_approved").astype(bool),
            amount=self._kept.whole(f"{which}_amount"),
            term=self._kept.whole(f"{which}_term").astype(np.int64),
            rate_bps=self._kept.whole(f"{which}_rate").astype(np.int64),
        )

    def column(self, name: str) -> Row:
        """``after``, ``bad`` or ``inferred`` of everybody who counts."""
        return self._kept.whole(name)

    def groups(self) -> dict[str, tuple[tuple[str, ...], Row]]:
        """Expression to its values, and which of them each row has."""
        return {
            text: (tuple(known), self._kept.whole(f"group:{text}").astype(np.int64))
            for text, known in self._labels.items()
        }

    # -- inside

    def _computed(self, table: pa.Table) -> dict[str, Any]:
        """What ``where`` (as the empty name) and the groups come to."""
        wanted = {"": self._where, **self._groups}
        written = {name: one for name, one in wanted.items() if one is not None}
        if not written:
            return {}
        names = sorted({column for one in written.values() for column in one.columns}) or [self._asked.amount]
        self._connection.register("seen", table.select(names))
        told = ", ".join(f'{to_sql(one, Dialect.DUCKDB)} AS "c{at}"' for at, one in enumerate(written.values()))
        found = self._connection.execute(f"SELECT {told} FROM seen").to_arrow_table()  # noqa: S608 - written by us
        self._connection.unregister("seen")
        result: dict[str, Any] = {}
        for at, name in enumerate(written):
            column = found[f"c{at}"]
            result[name] = pc.fill_null(column, False).to_numpy() if name == "" else column
        return result

    def _lent(
        self, product: ProductTerms, result: SetResult, outcome: Row, wanted: Row, terms: Row, counted: Row
    ) -> Lent:
        lent = _lent(product, result, outcome, wanted, terms)
        said = counted & (outcome == _APPROVE)
        rates = _rates(result)
        priced = ~np.isnan(rates)
        self.rates_outside += int((said & priced & ((rates < product.least_bps) | (rates > product.most_bps))).sum())
        self.amounts_outside += int((said & (lent.amount < product.least_minor)).sum())
        self.moved_terms += int((counted & ~np.isnan(terms) & (lent.term != terms)).sum())
        return lent

    def _keep(
        self, seen: Seen, counted: Row, lent: Lent, other: Lent | None, before: Row, after: Row, groups: dict[str, Any]
    ) -> None:
        kept = self._kept
        kept.add(before=before[counted], after=after[counted], bad=seen.bad[counted])
        kept.add(inferred=np.asarray(seen.inferred, dtype=np.float64)[counted])
        for which, one, outcome in (("product", lent, after), ("against", other, before)):
            if one is None:
                continue
            kept.add(**{
                f"{which}_approved": (one.approved & (outcome == _APPROVE))[counted],
                f"{which}_amount": one.amount[counted],
                f"{which}_term": one.term[counted],
                f"{which}_rate": one.rate_bps[counted],
            })  # fmt: skip
        for text, column in groups.items():
            known = self._labels[text]
            codes = [known.setdefault(_label(one), len(known)) for one in column.to_pylist()]
            if len(known) > _VALUES_MAX:
                raise InvalidInput(
                    f"It has more than {_VALUES_MAX} values.",
                    code="too_many_groups",
                    field="groups",
                    value=text,
                    hint="write a condition, such as age >= 60",
                )
            kept.add(**{f"group:{text}": np.array(codes, dtype=np.int64)[counted]})


def _lent(product: ProductTerms, result: SetResult, outcome: Row, wanted: Row, terms: Row) -> Lent:
    limits = np.array(result.limits.cast(pa.float64()).to_numpy(), dtype=np.float64)
    for row, one in result.single.items():
        limits[row] = np.nan if one.limit_minor is None else one.limit_minor
    amount = np.fmin(np.nan_to_num(wanted), np.where(np.isnan(limits), np.inf, limits))
    amount = np.floor(np.fmin(amount, product.most_minor) / product.step_minor) * product.step_minor
    rates = _rates(result)
    rates = np.where(np.isnan(rates), product.otherwise_bps, np.rint(rates))
    choices = np.array(product.terms, dtype=np.float64)
    middle = choices[(len(choices) - 1) // 2]
    asked = np.where(np.isnan(terms), middle, terms)
    term = choices[np.abs(asked[:, None] - choices[None, :]).argmin(axis=1)]
    lawful = (rates >= product.least_bps) & (rates <= product.most_bps)
    approved = (outcome == _APPROVE) & lawful & (amount >= product.least_minor) & (amount > 0)
    return Lent(approved, amount, term.astype(np.int64), rates.astype(np.int64))


def _rates(result: SetResult) -> Row:
    """The yearly rate that each decision set, in basis points; NaN where it set none."""
    found = np.full(result.columns.num_rows, np.nan)
    for name in result.columns.column_names:
        if name.startswith("price:rate_bps:"):
            values = result.columns[name].cast(pa.float64()).to_numpy()
            found = np.where(np.isnan(found), values, found)
    for row, one in result.single.items():
        rate = one.price.get("rate_bps")
        found[row] = float(rate) if isinstance(rate, int | float) else np.nan
    return found


def _within(product: ProductTerms, wanted: Row) -> Row:
    found: Row = (wanted >= product.least_minor) & (wanted <= product.most_minor)
    return found


def _numbers(table: pa.Table, name: str) -> Row:
    found: Row = table[name].cast(pa.float64()).to_numpy()
    return found


def _label(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _whole(columns: Mapping[str, Column], field_name: str, name: str) -> None:
    column = columns.get(name)
    if column is None or column.type is not SqlType.INTEGER:
        raise InvalidInput(
            "An application has no such whole number.",
            code="unknown_field",
            field=field_name,
            value=name,
            hint=near_match(name, [one for one, each in columns.items() if each.type is SqlType.INTEGER]),
        )


def _expression(text: str, columns: Mapping[str, Column], field_name: str) -> Expression:
    try:
        return parse(text, columns)
    except DefinitionError as error:
        error.field = field_name
        raise
