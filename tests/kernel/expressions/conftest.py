"""A schema with every type, rows with every extreme, and an author who writes random expressions over it."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from tandem.kernel.expressions import Column
from tandem.kernel.time import DAY
from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN, Row, SqlType

SCHEMA = {
    "flag": Column(SqlType.BOOLEAN),
    "active": Column(SqlType.BOOLEAN, nullable=False),
    "count": Column(SqlType.INTEGER),
    "amount_minor": Column(SqlType.INTEGER),
    "age": Column(SqlType.INTEGER, nullable=False),
    "score": Column(SqlType.DOUBLE),
    "ratio": Column(SqlType.DOUBLE),
    "rate": Column(SqlType.DOUBLE, nullable=False),
    "price": Column(SqlType.DECIMAL, scale=2),
    "fine": Column(SqlType.DECIMAL, scale=6),
    "fee": Column(SqlType.DECIMAL, nullable=False, scale=2),
    "name": Column(SqlType.TEXT),
    "code": Column(SqlType.TEXT),
    "country": Column(SqlType.TEXT, nullable=False),
    "seen_at": Column(SqlType.TIMESTAMP),
    "opened_at": Column(SqlType.TIMESTAMP, nullable=False),
    "due": Column(SqlType.DATE),
    "born": Column(SqlType.DATE, nullable=False),
}
LISTS = {"blocked": {"abc", "DE", "日本"}, "empty_one": set()}

_MANY_9 = Decimal("9999999999999999.99")
EXTREMES: dict[SqlType, list] = {
    SqlType.BOOLEAN: [True, False],
    SqlType.INTEGER: [0, 1, -1, 2, 7, -7, 100, 65, 2**31, 2**53 + 1, -(2**53) - 1, INTEGER_MAX, INTEGER_MIN, 10**9],
    SqlType.DOUBLE: [
        0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 1 / 3, 0.49999999999999994, 4503599627370495.5, 1e-300, 5e-324, 1e300,
        -1e300, 1.7e308, -1.7e308, 1e18, 9.223372036854775e18, 123.456, -77.25, 1e15, 700.0, 1e-8,
    ],
    SqlType.DECIMAL: [Decimal("0.00"), Decimal("0.01"), Decimal("-0.05"), Decimal("2.50"), Decimal("2.35")],
    SqlType.TEXT: [
        "", " ", " abc ", "abc", "ABC", "DE", "de", "é", "É", "日本", "🏼x", "a%b_c", "it's", "12", "-7", "+007", "1.5e3",
        ".5", "5.", "9223372036854775808", "-9223372036854775808", "true", "FALSE", "2024-02-29", "2023-02-29",
        "2024-01-31 10:00:00", "2024-01-31T23:59:59.5", "0000-01-01", "0001-01-01", "{0}", "#1", "\\", "a\nb", "12\n",
        "inf", "nan", "aaaa", "1e99", "123456789012345678", "0.0000005", "ß", "\u00a0x",
    ],
    SqlType.DATE: [-719_162, 2_932_896, 0, 19_782, 19_753, -1, 20_000, 11_016],
    SqlType.TIMESTAMP: [-719_162 * DAY, 2_932_897 * DAY - 1, 0, -1, 19_782 * DAY + 1, 1_732_430_280_123_456, 20_000 * DAY],
}  # fmt: skip


def make_rows(rng: random.Random, count: int) -> list[Row]:
    """Rows over SCHEMA, a fifth of the nullable values unknown."""
    return [{name: _value(rng, column) for name, column in SCHEMA.items()} for _ in range(count)]


def _value(rng: random.Random, column: Column):
    if column.nullable and rng.random() < 0.2:
        return None
    if column.type is SqlType.DECIMAL:
        if rng.random() < 0.5:
            return (
                rng.choice([*EXTREMES[column.type], Decimal(10**18 - 1), -Decimal(10**18 - 1)][:5])
                if (column.scale == 2)
                else Decimal(rng.randrange(-(10**18) + 1, 10**18)).scaleb(-column.scale)
            )
        return rng.choice(
            [_MANY_9, -_MANY_9]
            if column.scale == 2 and rng.random() < 0.2
            else [Decimal(rng.randrange(-(10**6), 10**6)).scaleb(-column.scale)]
        )
    if rng.random() < 0.6:
        return rng.choice(EXTREMES[column.type])
    match column.type:
        case SqlType.BOOLEAN:
            return rng.random() < 0.5
        case SqlType.INTEGER:
            return rng.randrange(-100, 100)
        case SqlType.DOUBLE:
            return rng.uniform(-100, 100) * 10.0 ** rng.randrange(-6, 7)
        case SqlType.TEXT:
            return "".join(rng.choice("abAB 日%_'1.") for _ in range(rng.randrange(6)))
        case SqlType.DATE:
            return rng.randrange(-3_000, 30_000)
        case _:
            return rng.randrange(-(10**14), 2 * 10**15)


class Author:
    """Writes random well-typed expressions; ``inexact`` ones hold a transcendental function."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.inexact = False

    def expression(self, depth: int) -> tuple[str, bool]:
        """A text, and whether doubles in it may differ in the last bits."""
        self.inexact = False
        if self.rng.random() < 0.08:
            return self.transcendental(depth), True
        kind = self.rng.choice([*SqlType, SqlType.BOOLEAN, SqlType.BOOLEAN])
        return self.of(kind, depth), False

    def transcendental(self, depth: int) -> str:
        x, y = self.of(SqlType.DOUBLE, depth - 1), self.of(SqlType.DOUBLE, depth - 2)
        return self.pick(
            lambda: f"LN({x})", lambda: f"LOG10({x})", lambda: f"EXP({x})", lambda: f"POWER({x}, {y})",
            lambda: f"LN({x}) * {y}", lambda: f"EXP({x}) / 3.0", lambda: f"COALESCE(POWER({y}, 2), {x})",
            lambda: f"CASE WHEN {self.of(SqlType.BOOLEAN, depth - 2)} THEN LN({x}) ELSE {y} END",
        )  # fmt: skip

    def pick(self, *options: Callable[[], str]) -> str:
        return self.rng.choice(options)()

    def column(self, kind: SqlType) -> str:
        return self.rng.choice([name for name, column in SCHEMA.items() if column.type is kind])

    def of(self, kind: SqlType, depth: int) -> str:
        """An expression of a type."""
        if depth <= 0:
            return self.column(kind) if self.rng.random() < 0.75 else self.literal(kind)
        if self.rng.random() < 0.15:
            return self.conditional(kind, depth - 1)
        return getattr(self, f"_{kind.value}")(depth - 1)

    def literal(self, kind: SqlType) -> str:
        rng = self.rng
        match kind:
            case SqlType.BOOLEAN:
                return rng.choice(["TRUE", "FALSE", "CAST(NULL AS BOOLEAN)"])
            case SqlType.INTEGER:
                value = rng.choice([0, 1, 2, -1, 3, 10, 65, 2**31, INTEGER_MAX, rng.randrange(-99, 99)])
                return f"({value})" if value < 0 else str(value)
            case SqlType.DOUBLE:
                return rng.choice(
                    ["0.5", "1e3", "2.5", "0.0", "-0.1", "1e300", "1e-300", f"{rng.uniform(-50, 50):.4f}"]
                )
            case SqlType.DECIMAL:
                return rng.choice(
                    ["CAST(1.25 AS DECIMAL(18, 2))", "CAST('0.005' AS DECIMAL(18, 3))", "CAST(7 AS DECIMAL(10, 0))"]
                )
            case SqlType.TEXT:
                return "'" + rng.choice(EXTREMES[kind]).replace("'", "''") + "'"
            case SqlType.DATE:
                return rng.choice(["DATE '2024-02-29'", "DATE '1970-01-01'", "DATE '0001-01-01'", "DATE '9999-12-31'"])
            case _:
                return rng.choice(["TIMESTAMP '2024-01-31 10:00:00.5'", "TIMESTAMP '9999-12-31 23:59:59'"])

    def conditional(self, kind: SqlType, depth: int) -> str:
        b, x, y, z = self.of(SqlType.BOOLEAN, depth), *(self.of(kind, depth) for _ in range(3))
        options = [
            lambda: f"CASE WHEN {b} THEN {x} ELSE {y} END",
            lambda: f"CASE WHEN {b} THEN {x} WHEN {self.of(SqlType.BOOLEAN, depth)} THEN {y} END",
            lambda: f"CASE {x} WHEN {y} THEN {z} ELSE {x} END",
            lambda: f"COALESCE({x}, {y}, {z})",
            lambda: f"NULLIF({x}, {y})",
        ]
        if kind is not SqlType.BOOLEAN:
            options += [lambda: f"LEAST({x}, {y})", lambda: f"GREATEST({x}, {y}, {z})"]
        return self.pick(*options)

    def number(self, depth: int) -> str:
        return self.of(self.rng.choice([SqlType.INTEGER, SqlType.DOUBLE, SqlType.DECIMAL]), depth)

    def _boolean(self, depth: int) -> str:
        rng = self.rng
        sign = rng.choice(["=", "<>", "<", "<=", ">", ">="])
        kind = rng.choice([kind for kind in SqlType if kind is not SqlType.BOOLEAN])
        x, y, z = (self.of(kind, depth) for _ in range(3))
        p, q = self.of(SqlType.BOOLEAN, depth), self.of(SqlType.BOOLEAN, depth)
        text = self.of(SqlType.TEXT, depth)
        no = rng.choice(["", "NOT "])
        return "(" + self.pick(
            lambda: f"{p} AND {q}", lambda: f"{p} OR {q}", lambda: f"NOT {p}", lambda: f"{p} AND {q} OR {self.column(SqlType.BOOLEAN)}",
            lambda: f"{x} {sign} {y}", lambda: f"{self.number(depth)} {sign} {self.number(depth)}",
            lambda: f"{x} {no}BETWEEN {y} AND {z}",
            lambda: f"{x} {no}IN ({', '.join(self.literal(kind) for _ in range(3))})" if kind is not SqlType.DECIMAL
            else f"{x} {no}IN (1, 2.5, 0.01)",
            lambda: f"{x} {no}IN ({y}, {z})", lambda: f"{text} {no}LIKE {self.pattern()}",
            lambda: f"{x} IS {no}NULL", lambda: f"{p} IS {no}NULL", lambda: f"{p} IS {no}TRUE", lambda: f"{p} IS {no}FALSE",
            lambda: f"{x} IS {no}DISTINCT FROM {y}", lambda: f"{p} IS {no}DISTINCT FROM {q}", lambda: f"{p} = {q}",
            lambda: f"in_list({self.column(SqlType.TEXT)}, '{rng.choice(list(LISTS))}')",
            lambda: f"STARTS_WITH({text}, {self.of(SqlType.TEXT, depth)})",
            lambda: f"CAST({self.rng.choice([x, text]) if kind in (SqlType.INTEGER, SqlType.DOUBLE, SqlType.DECIMAL) else text} AS BOOLEAN)",
            lambda: f"{self.of(SqlType.INTEGER, depth)} {sign} {rng.choice(['0.5', '1.0', '2.75', '1e3'])}",
            lambda: f"{self.of(SqlType.DECIMAL, depth)} {sign} {rng.choice(['0.5', '0.01', '2.349', '1'])}",
            lambda: f"{self.of(SqlType.TIMESTAMP, depth)} - {self.of(SqlType.TIMESTAMP, depth)} {sign} INTERVAL '36 hours'",
            lambda: f"{self.of(SqlType.DATE, depth)} {sign} {self.of(SqlType.TIMESTAMP, depth)}",
        ) + ")"  # fmt: skip

    def pattern(self) -> str:
        return self.rng.choice([
            "'a%'", "'%c'", "'%b%'", "'abc'", "''", "'%'", "'_'", "'__%'", "'%a_c%'", "'a%b%c'", "'%a%b%'", "'%日_'",
            "'%!%%' ESCAPE '!'", "'a!_%' ESCAPE '!'", "'%\\%'", "'it''s'", "'%_a%_%'",
        ])  # fmt: skip

    def _integer(self, depth: int) -> str:
        x, y = self.of(SqlType.INTEGER, depth), self.of(SqlType.INTEGER, depth)
        number, text = self.number(depth), self.of(SqlType.TEXT, depth)
        at, day = self.of(SqlType.TIMESTAMP, depth), self.of(SqlType.DATE, depth)
        return "(" + self.pick(
            lambda: f"{x} + {y}", lambda: f"{x} - {y}", lambda: f"{x} * {y}", lambda: f"{x} % {y}", lambda: f"- {x}",
            lambda: f"ABS({x})", lambda: f"SIGN({number})", lambda: f"LENGTH({text})",
            lambda: f"POSITION({self.of(SqlType.TEXT, depth)} IN {text})", lambda: f"STRPOS({text}, 'b')",
            lambda: f"EXTRACT({self.rng.choice(['year', 'quarter', 'month', 'day', 'hour', 'minute', 'second', 'dow', 'isodow', 'doy'])} FROM {at})",
            lambda: f"EXTRACT({self.rng.choice(['year', 'quarter', 'month', 'day', 'dow', 'isodow', 'doy'])} FROM {day})",
            lambda: f"{day} - {self.of(SqlType.DATE, depth)}", lambda: f"CAST({number} AS INTEGER)",
            lambda: f"CAST({text} AS INTEGER)", lambda: f"CAST({self.of(SqlType.BOOLEAN, depth)} AS INTEGER)",
            lambda: f"ROUND({x})",
        ) + ")"  # fmt: skip

    def _double(self, depth: int) -> str:
        x, y, number = self.of(SqlType.DOUBLE, depth), self.of(SqlType.DOUBLE, depth), self.number(depth)
        return "(" + self.pick(
            lambda: f"{x} + {y}", lambda: f"{x} - {y}", lambda: f"{x} * {y}", lambda: f"{x} / {y}",
            lambda: f"{number} / {self.number(depth)}", lambda: f"{x} * {number}", lambda: f"{number} + {x}",
            lambda: f"- {x}", lambda: f"ABS({x})", lambda: f"FLOOR({x})", lambda: f"CEIL({x})", lambda: f"TRUNC({x})",
            lambda: f"ROUND({x})", lambda: f"ROUND({x}, {self.rng.randrange(6)})", lambda: f"SQRT({number})",
            lambda: f"{self.of(SqlType.TIMESTAMP, depth)} - {self.of(SqlType.TIMESTAMP, depth)}",
            lambda: f"EXTRACT(epoch FROM {self.of(SqlType.TIMESTAMP, depth)})",
            lambda: f"EXTRACT(epoch FROM {self.of(SqlType.DATE, depth)})",
            lambda: f"CAST({number} AS DOUBLE)", lambda: f"CAST({self.of(SqlType.TEXT, depth)} AS DOUBLE)",
            lambda: f"CAST({self.of(SqlType.BOOLEAN, depth)} AS DOUBLE)",
        ) + ")"  # fmt: skip

    def _decimal(self, depth: int) -> str:
        x, y = self.of(SqlType.DECIMAL, depth), self.of(SqlType.DECIMAL, depth)
        size = self.rng.choice(["18, 2", "18, 6", "9, 4", "18, 0", "5, 5"])
        return "(" + self.pick(
            lambda: f"{x} + {y}", lambda: f"{x} - {y}", lambda: f"{x} * {y}", lambda: f"- {x}", lambda: f"ABS({x})",
            lambda: f"{x} * 0.5", lambda: f"{x} + {self.of(SqlType.INTEGER, depth)}", lambda: f"{x} * {self.of(SqlType.INTEGER, depth)}",
            lambda: f"FLOOR({x})", lambda: f"CEIL({x})", lambda: f"TRUNC({x})", lambda: f"ROUND({x}, 1)", lambda: f"ROUND({x})",
            lambda: f"CAST({self.number(depth)} AS DECIMAL({size}))", lambda: f"CAST({self.of(SqlType.TEXT, depth)} AS DECIMAL({size}))",
            lambda: f"CAST({self.of(SqlType.BOOLEAN, depth)} AS DECIMAL(18, 2))",
        ) + ")"  # fmt: skip

    def _text(self, depth: int) -> str:
        x, y = self.of(SqlType.TEXT, depth), self.of(SqlType.TEXT, depth)
        n = self.rng.randrange(1, 4)
        return "(" + self.pick(
            lambda: f"LOWER({x})", lambda: f"UPPER({x})", lambda: f"TRIM({x})", lambda: f"LTRIM({x})", lambda: f"RTRIM({x})",
            lambda: f"SUBSTRING({x}, {n})", lambda: f"SUBSTRING({x}, {n}, {n - 1})", lambda: f"LEFT({x}, {n})", lambda: f"RIGHT({x}, {n})",
            lambda: f"{x} || {y}", lambda: f"CONCAT({x}, {y}, 'z')", lambda: f"REPLACE({x}, 'a', 'bb')", lambda: f"REPLACE({x}, 'aa', '{{0}}')",
            lambda: f"CAST({self.of(SqlType.INTEGER, depth)} AS TEXT)", lambda: f"CAST({self.of(SqlType.DECIMAL, depth)} AS TEXT)",
            lambda: f"CAST({self.of(SqlType.BOOLEAN, depth)} AS TEXT)", lambda: f"CAST({self.of(SqlType.DATE, depth)} AS TEXT)",
            lambda: f"CAST({self.of(SqlType.TIMESTAMP, depth)} AS TEXT)",
        ) + ")"  # fmt: skip

    def interval(self, units: str) -> str:
        sign, size = self.rng.choice(["", "-"]), self.rng.choice([0, 1, 3, 13, 400, 100_000])
        return f"INTERVAL '{sign}{size} {self.rng.choice(units.split())}'"

    def _date(self, depth: int) -> str:
        x = self.of(SqlType.DATE, depth)
        return "(" + self.pick(
            lambda: f"{x} {self.rng.choice('+-')} {self.interval('day week month quarter')}",
            lambda: f"{x} + {self.of(SqlType.INTEGER, depth)}", lambda: f"{x} - {self.of(SqlType.INTEGER, depth)}",
            lambda: f"DATE_TRUNC('{self.rng.choice(['year', 'quarter', 'month', 'week', 'day'])}', {x})",
            lambda: f"CAST({self.of(SqlType.TIMESTAMP, depth)} AS DATE)", lambda: f"CAST({self.of(SqlType.TEXT, depth)} AS DATE)",
        ) + ")"  # fmt: skip

    def _timestamp(self, depth: int) -> str:
        x = self.of(SqlType.TIMESTAMP, depth)
        return "(" + self.pick(
            lambda: f"{x} {self.rng.choice('+-')} {self.interval('second minute hour day week month year')}",
            lambda: f"{self.of(SqlType.DATE, depth)} + {self.interval('hour second')}",
            lambda: f"DATE_TRUNC('{self.rng.choice(['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'])}', {x})",
            lambda: f"CAST({self.of(SqlType.DATE, depth)} AS TIMESTAMP)", lambda: f"CAST({self.of(SqlType.TEXT, depth)} AS TIMESTAMP)",
        ) + ")"  # fmt: skip


@pytest.fixture(scope="session")
def schema() -> dict[str, Column]:
    return SCHEMA


@pytest.fixture(scope="session")
def lists() -> dict[str, set[str]]:
    return LISTS


@pytest.fixture(scope="session")
def rows() -> list[Row]:
    return make_rows(random.Random(20261124), 200)


@pytest.fixture(scope="session")
def author() -> Callable[[int], Author]:
    return Author
