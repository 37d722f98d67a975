"""From a YAML document to a ``Metric`` that is an aggregate and nothing else.

The expression may use the operators below only. None of them gives back single values of a row (no ``first``, no
``list``, no ``string_agg``): a metric over personal values lets no value of a person through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

import msgspec
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from tandem.kernel.errors import DefinitionError, near_match
from tandem.observe.metrics.types import Metric, Words

__all__ = ["columns_of", "parse_aggregate", "parse_condition", "parse_metric"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_TEXT_LIMIT = 4_000
_AGGREGATES: Final = (
    exp.Count, exp.CountIf, exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance,
    exp.VariancePop, exp.Median, exp.Quantile, exp.PercentileCont,
    exp.PercentileDisc, exp.ApproxDistinct,
)  # fmt: skip
_SCALARS: Final = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Star, exp.Paren, exp.Tuple, exp.Neg, exp.Add,
    exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.And, exp.Or,
    exp.Not, exp.In, exp.Between, exp.Like, exp.Is, exp.Case, exp.If, exp.Coalesce, exp.Nullif, exp.Round, exp.Abs,
    exp.Least, exp.Greatest, exp.Cast, exp.DataType, exp.ArrayContains, exp.JSONExtract, exp.JSONExtractScalar,
    exp.JSONPath, exp.JSONPathRoot, exp.JSONPathKey,
)  # fmt: skip
_CLAUSES: Final = (exp.Filter, exp.Where, exp.Distinct)


def parse_metric(document: Any, *, path: str = "") -> Metric:
    """The metric that ``document`` (YAML or JSON, decoded) declares.

    ``title`` and ``description`` are texts, or mappings of ``en`` and ``zh``.

    Raises:
        DefinitionError: names the key, the value, and the near match where there is one.
    """
    if not isinstance(document, Mapping):
        raise DefinitionError("A metric is a mapping.", field=path or None, value=document)
    for key in document:
        if key not in Metric.__struct_fields__:
            hint = near_match(str(key), Metric.__struct_fields__)
            raise DefinitionError("Unknown key.", code="unknown_key", field=_at(path, str(key)), value=key, hint=hint)
    metric = _convert(dict(document), path)
    for key, names in (
        ("name", (metric.name,)),
        ("table", (metric.table,)),
        ("time", (metric.time,)),
        ("dimensions", metric.dimensions),
    ):
        for name in names:
            if not _NAME.fullmatch(name):
                raise DefinitionError("A name is lower_snake.", code="invalid_name", field=_at(path, key), value=name)
    _check_showing(metric, path)
    parse_aggregate(metric.expression, _at(path, "expression"))
    if metric.filter is not None:
        parse_condition(metric.filter, _at(path, "filter"))
    return metric


def parse_aggregate(text: str, path: str) -> exp.Expr:
    """The expression, with divisions by zero made unknown.

    Raises:
        DefinitionError: not SQL, not an aggregate, or an operator that metrics do not have.
    """
    tree = _parse(text, path, (*_AGGREGATES, *_SCALARS, *_CLAUSES))
    if not any(True for _ in tree.find_all(*_AGGREGATES)):
        raise DefinitionError(
            "A metric is an aggregate.", code="not_aggregate", field=path, value=text, hint="count(*), sum(x), avg(x)"
        )
    loose = next(
        (each for each in tree.find_all(exp.Column) if each.find_ancestor(*_AGGREGATES, exp.Filter) is None), None
    )
    if loose is not None:
        raise DefinitionError(
            f"Column {loose.name!r} stands outside an aggregate.",
            code="loose_column",
            field=path,
            value=loose.name,
            hint=f"sum({loose.name}), or make it a dimension",
        )
    return tree.transform(_divide_safely)


def parse_condition(text: str, path: str) -> exp.Expr:
    """A condition on rows.

    Raises:
        DefinitionError: not SQL, or an operator that conditions do not have.
    """
    return _parse(text, path, _SCALARS).transform(_divide_safely)


def columns_of(tree: exp.Expr) -> list[str]:
    """Names of the columns it reads, in order of first use."""
    return list(dict.fromkeys(column.name for column in tree.find_all(exp.Column)))


def _parse(text: str, path: str, allowed: tuple[type[exp.Expr], ...]) -> exp.Expr:
    if len(text) > _TEXT_LIMIT:
        raise DefinitionError(f"Longer than {_TEXT_LIMIT} characters.", code="too_long", field=path)
    try:
        trees = sqlglot.parse(text, dialect="duckdb")
    except (SqlglotError, RecursionError) as error:
        first = getattr(error, "errors", None) or [{}]
        place = f"line {first[0]['line']}, column {first[0]['col']}" if first[0].get("line") else None
        words = first[0].get("description") or "too deeply nested"
        raise DefinitionError(f"Not SQL: {words}.", code="invalid_sql", field=path, value=text, at=place) from None
    if len(trees) != 1 or trees[0] is None:
        raise DefinitionError("One expression is needed.", code="invalid_sql", field=path, value=text)
    tree = trees[0]
    for node in tree.walk():
        if not isinstance(node, allowed):
            name = node.name if isinstance(node, exp.Anonymous) else node.key
            raise DefinitionError(
                f"Metrics do not have {name!r}.",
                code="operator_not_allowed",
                field=path,
                value=text,
                hint="aggregates: count, count_if, sum, avg, min, max, stddev, variance, median, quantile_cont",
            )
        if isinstance(node, exp.Column) and node.table:
            raise DefinitionError("Columns are named without a table.", code="invalid_sql", field=path, value=text)
    for column in tree.find_all(exp.Column):
        column.set(
            "this", exp.to_identifier(column.name, quoted=True)
        )  # so that a column may have the name of a keyword
    return tree


def _divide_safely(node: exp.Expr) -> exp.Expr:
    """``a / b`` is unknown where b is zero: DuckDB would say infinity, which no page can show and no one can add up."""
    if isinstance(node, exp.Div | exp.IntDiv | exp.Mod) and not isinstance(node.expression, exp.Nullif):
        node.set("expression", exp.Nullif(this=node.expression, expression=exp.Literal.number(0)))
    return node


def _convert(given: dict[str, Any], path: str) -> Metric:
    for key in ("title", "description"):
        if isinstance(given.get(key), str):
            given[key] = Words(en=given[key])
    try:
        return msgspec.convert(given, Metric)
    except msgspec.ValidationError as error:
        words, _, where = str(error).partition(" - at `$")
        raise DefinitionError(f"{words}.", field=_at(path, where.strip("`.")) or None) from None


def _check_showing(metric: Metric, path: str) -> None:
    """What says how a metric is shown holds together."""
    if not 0 <= metric.overview <= 99:
        raise DefinitionError(
            "A place on the overview is 1 to 99; 0 keeps a metric off.",
            code="out_of_range",
            field=_at(path, "overview"),
            value=metric.overview,
        )
    target = metric.target
    if target is None:
        return
    ends = [end for end in (target.low, target.high) if end is not None]
    if not ends or not all(isfinite(end) for end in ends) or ends != sorted(ends):
        raise DefinitionError(
            "A target has a low end, a high end, or both in this order.",
            code="invalid_target",
            field=_at(path, "target"),
            value=str(metric.target),
        )


def _at(path: str, key: str) -> str:
    return f"{path}.{key}" if path and key else path or key
