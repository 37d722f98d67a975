"""The same expression means the same in Python, in DuckDB and in PostgreSQL, for any row.

An author writes random well-typed expressions over a schema with every type; each is evaluated for fifty rows with
extremes and unknowns. Python is asked on its fast path, on its careful path, by its trace and as a condition. Whole
numbers, decimals, texts, dates and conditions must be equal, and doubles equal to the last bit, except those of a
transcendental function (1e-12 relative). Mutants of the semantics show that the comparison can fail.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions import (
    Dialect,
    Expression,
    compile_conditions,
    compile_row,
    parse,
    python_code,
    python_forms,
    runtime,
    to_sql,
    trace,
)
from tandem.kernel.expressions.operators import OPERATORS
from tandem.kernel.expressions.wording import shown_value
from tandem.kernel.values import SqlType

ROWS_PER_EXPRESSION = 50
SHARDS = 4
EXPRESSIONS_PER_SHARD = 520
"""4 * 520 * 50 = 104,000 pairs in every ``make test``; ``make prove`` asks ten times as many, deeper."""
MAY_NOT_HOLD_TOGETHER = {"scale_too_large", "invalid_constant", "invalid_interval", "number_too_long"}

_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - a database's TIMESTAMP has no zone either
_TYPES = {
    SqlType.BOOLEAN: "BOOLEAN",
    SqlType.INTEGER: "BIGINT",
    SqlType.DOUBLE: "DOUBLE PRECISION",
    SqlType.TEXT: "TEXT",
    SqlType.TIMESTAMP: "TIMESTAMP",
    SqlType.DATE: "DATE",
}


def as_database(value, kind):
    """A value of a row in the form a database driver gives and takes."""
    if value is None or kind not in {SqlType.TIMESTAMP, SqlType.DATE}:
        return value
    if kind is SqlType.TIMESTAMP:
        return _EPOCH + dt.timedelta(microseconds=value)
    return (_EPOCH + dt.timedelta(days=value)).date()


def same(left, right, *, inexact: bool) -> bool:
    """Equal, of the same type; doubles of a transcendental function to 1e-12."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return False
    return left == right or (
        inexact and isinstance(left, float) and abs(left - right) <= 1e-12 * max(abs(left), abs(right))
    )


@dataclass
class Engines:
    """Databases that hold the same rows and lists."""

    databases: dict[Dialect, object]
    rows: list[dict]
    lists: dict
    schema: dict
    pairs: int = 0
    unknown: int = 0
    kinds: set[SqlType] = field(default_factory=set)

    def load(self, dialect: Dialect) -> None:
        database = self.databases[dialect]
        columns = ", ".join(
            f'"{name}" ' + (f"DECIMAL(18, {c.scale})" if c.type is SqlType.DECIMAL else _TYPES[c.type])
            for name, c in self.schema.items()
        )
        database.execute(f"CREATE TABLE facts (id INTEGER, {columns})")
        mark = "?" if dialect is Dialect.DUCKDB else "%s"
        marks = ", ".join([mark] * (len(self.schema) + 1))
        database.execute("BEGIN")
        (database if dialect is Dialect.DUCKDB else database.cursor()).executemany(
            f"INSERT INTO facts VALUES ({marks})",
            [
                [index, *(as_database(row[name], column.type) for name, column in self.schema.items())]
                for index, row in enumerate(self.rows)
            ],
        )
        for name, members in self.lists.items():
            database.execute(f"CREATE TABLE list_{name} (member TEXT NOT NULL)")
            for member in members:
                database.execute(f"INSERT INTO list_{name} VALUES ({mark})", [member])
        database.execute("COMMIT")

    def disagreements(self, expression: Expression, first: int, *, inexact: bool) -> list[str]:
        """What differs between the engines on the rows from ``first`` on."""
        rows = self.rows[first : first + ROWS_PER_EXPRESSION]
        answers = {
            name: [as_database(ask(row), expression.type) for row in rows] for name, ask in self._pythons(expression)
        }
        expected = answers["careful"]
        for dialect, database in self.databases.items():
            query = (
                f"SELECT {to_sql(expression, dialect)} FROM facts"
                f" WHERE id >= {first} AND id < {first + ROWS_PER_EXPRESSION} ORDER BY id"
            )
            answers[dialect] = [answer for (answer,) in database.execute(query).fetchall()]
        found = [
            f"{expression.text}\n  {engine} says {given!r}, careful Python {wanted!r}"
            f" for { {name: row[name] for name in expression.columns} }"
            for engine, given_all in answers.items()
            for row, given, wanted in zip(rows, given_all, expected, strict=True)
            if not same(given, wanted, inexact=inexact)
        ]
        if expression.type is SqlType.BOOLEAN:
            found += self._selections(expression, first, expected)
        self.pairs += len(rows)
        self.unknown += sum(value is None for value in expected)
        self.kinds.add(expression.type)
        return found + self._verdicts(expression, rows, expected)

    def _selections(self, expression: Expression, first: int, expected: list) -> list[str]:
        """The same condition in WHERE, where optimisers rewrite most."""
        wanted = [first + index for index, value in enumerate(expected) if value is True]
        found = []
        for dialect, database in self.databases.items():
            query = (
                f"SELECT id FROM facts WHERE {to_sql(expression, dialect)}"
                f" AND id >= {first} AND id < {first + ROWS_PER_EXPRESSION} ORDER BY id"
            )
            given = [row for (row,) in database.execute(query).fetchall()]
            if given != wanted:
                found.append(f"{expression.text}\n  {dialect} selects {given}, not {wanted}")
        return found

    def _pythons(self, expression: Expression) -> Iterator[tuple[str, Callable]]:
        fast, careful = compile_row([expression]), compile_row([expression], fast_path=False)
        yield "fast", lambda row: fast(row, self.lists)[0]
        yield "careful", lambda row: careful(row, self.lists)[0]

    def _verdicts(self, expression: Expression, rows: list[dict], expected: list) -> list[str]:
        """The trace and the compiled condition against the value."""
        found = []
        fired = compile_conditions([expression]) if expression.type is SqlType.BOOLEAN else None
        for row, wanted in zip(rows, expected, strict=True):
            if fired is not None and bool(fired(row, self.lists)) is not (wanted is True):
                found.append(f"{expression.text}\n  as a condition is not {wanted} for {row}")
        ask = compile_row([expression])
        for row in rows:
            traced = trace(expression, row, self.lists)
            given = traced.verdict if fired is not None else traced.operands[0].value
            wanted = shown_value(ask(row, self.lists)[0], expression.type)
            if given != wanted:
                found.append(f"{expression.text}\n  trace says {given!r}, not {wanted!r}")
        return found


def compare(engines: Engines, author, expressions: int, depth: int) -> list[str]:
    """Disagreements on so many expressions of ``author``."""
    found: list[str] = []
    written = refused = 0
    while written < expressions:
        text, inexact = author.expression(depth)
        try:
            expression = parse(text, engines.schema, lists=engines.lists)
        except DefinitionError as error:
            if error.code not in MAY_NOT_HOLD_TOGETHER:
                raise
            refused += 1
            continue
        first = written * ROWS_PER_EXPRESSION % len(engines.rows)
        found += engines.disagreements(expression, first, inexact=inexact)[:1]
        written += 1
    assert refused < written / 4
    return found


@pytest.fixture
def duckdb_engine(rows, lists, schema) -> Iterator[Engines]:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        engines = Engines({Dialect.DUCKDB: connection}, rows, lists, schema)
        engines.load(Dialect.DUCKDB)
        yield engines


@pytest.fixture
def both_engines(duckdb_engine, postgres_dsn) -> Iterator[Engines]:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres_dsn, autocommit=True) as connection:
        connection.execute("SET jit = off")
        duckdb_engine.databases[Dialect.POSTGRES] = connection
        duckdb_engine.load(Dialect.POSTGRES)
        yield duckdb_engine


@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.services
def test_python_duckdb_and_postgresql_agree(both_engines, author, shard):
    depth = (2, 3, 3, 4)[shard % 4]
    assert compare(both_engines, author(1_000 + shard), EXPRESSIONS_PER_SHARD, depth) == []
    assert both_engines.pairs == EXPRESSIONS_PER_SHARD * ROWS_PER_EXPRESSION
    assert both_engines.kinds == set(SqlType)
    assert 0.1 < both_engines.unknown / both_engines.pairs < 0.6


def test_python_and_duckdb_agree_where_no_server_is(duckdb_engine, author):
    assert compare(duckdb_engine, author(7), 150, 3) == []


@pytest.mark.prove
@pytest.mark.services
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("shard", range(20))
def test_a_million_pairs_agree(request, both_engines, author, shard):
    if "prove" not in request.config.getoption("markexpr"):
        pytest.skip("the long form runs in make prove")
    assert compare(both_engines, author(50_000 + shard), 1_040, 3 + shard % 3) == []


# The checker can fail: each mutant of the semantics is caught on the same expressions.


def _null_is_false(monkeypatch):
    original = python_code.PythonScope.node_value

    def node_value(self, node, known):
        value = original(self, node, known)
        if node.type is not SqlType.BOOLEAN or not node.nullable:
            return value
        return ast.Compare(value, [ast.Is()], [ast.Constant(True)])

    monkeypatch.setattr(python_code.PythonScope, "node_value", node_value)


def _runtime(monkeypatch, name, mutant):
    monkeypatch.setitem(runtime.RUNTIME, name, mutant)


MUTANTS = {
    "unknown is false": _null_is_false,
    "rounding half to even": lambda patch: _runtime(patch, "round_double", lambda x, digits: float(round(x, digits))),
    "remainder with the sign of the divisor": lambda patch: _runtime(patch, "remainder", lambda x, y: x % y),
    "integers wrap around nowhere": lambda patch: _runtime(patch, "INTEGER_MAX", 2**70),
    "division of whole numbers cuts": lambda patch: patch.setitem(
        OPERATORS, "divide_double", replace(OPERATORS["divide_double"], python="x // y")
    ),
    "money is a float": lambda patch: _runtime(patch, "decimal_add", lambda x, y: Decimal(float(x) + float(y))),
    "floor cuts towards zero": lambda patch: _runtime(patch, "floor_double", lambda x: float(int(x))),
    "LEAST is unknown if any is": lambda patch: _runtime(
        patch, "least", lambda *values: None if None in values else min(values)
    ),
    "CONCAT is unknown if any is": lambda patch: _runtime(
        patch, "concat", lambda *values: None if None in values else "".join(values)
    ),
    "letters beyond ASCII have case": lambda patch: _runtime(patch, "lower", str.lower),
    "a cast cuts": lambda patch: _runtime(patch, "double_to_integer", lambda x: int(x) if abs(x) < 2.0**63 else None),
    "text casts forgive blanks": lambda patch: _runtime(
        patch, "text_to_integer", lambda x: int(x) if x.strip().lstrip("+-").isdigit() else None
    ),
    "months overflow into the next": lambda patch: _runtime(
        patch, "add_months_date", lambda days, months: days + months * 30
    ),
    "< for <=": lambda patch: patch.setitem(python_forms._SIGNS, "<=", ast.Lt),
}


DIRECTED = (
    "LOWER(name || 'É')", "CONCAT(name, code)", "CAST(score AS INTEGER)", "ROUND(score)", "LEAST(count, amount_minor)",
    "count % age", "count + amount_minor", "FLOOR(score)", "CAST(name AS INTEGER)", "due + INTERVAL '1 month'",
    "count / age", "price + fee", "count <= amount_minor", "NOT (flag AND active)",
)  # fmt: skip
"""One plain use of what each mutant changes, so that none depends on the luck of the author."""


@pytest.fixture(scope="module")
def oracle(author, rows, lists, schema):
    """Expressions with what DuckDB says of them for the first rows: asked once, compared with every mutant."""
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        engines = Engines({Dialect.DUCKDB: connection}, rows[:ROWS_PER_EXPRESSION], lists, schema)
        engines.load(Dialect.DUCKDB)
        writer, answered = author(99), []
        plain = iter(DIRECTED)
        while len(answered) < 400:
            text, inexact = (directed, False) if (directed := next(plain, None)) else writer.expression(2)
            try:
                expression = parse(text, schema, lists=lists)
            except DefinitionError:
                continue
            if not inexact:
                query = f"SELECT {to_sql(expression, Dialect.DUCKDB)} FROM facts ORDER BY id"
                answered.append((expression, [answer for (answer,) in connection.execute(query).fetchall()]))
        yield answered


def first_disagreement(oracle, rows, lists) -> str | None:
    for expression, answers in oracle:
        ask = compile_row([expression], fast_path=False)
        for row, wanted in zip(rows[:ROWS_PER_EXPRESSION], answers, strict=True):
            try:
                given = as_database(ask(row, lists)[0], expression.type)
            except (TypeError, ValueError, OverflowError) as error:
                return f"{expression.text}: {error!r}"
            if not same(given, wanted, inexact=False):
                return f"{expression.text}: {given!r}, not {wanted!r}"
    return None


def test_the_true_semantics_keep_the_oracle_green(oracle, rows, lists):
    assert first_disagreement(oracle, rows, lists) is None


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_of_the_semantics_turns_it_red(oracle, rows, lists, monkeypatch, mutant):
    MUTANTS[mutant](monkeypatch)
    assert first_disagreement(oracle, rows, lists) is not None
