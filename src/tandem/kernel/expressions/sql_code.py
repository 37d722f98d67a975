"""From the typed tree to SQL with exactly the same meaning, for DuckDB and for PostgreSQL.

Where a form needs an operand twice, the operand is bound to a name instead of being written twice, or nested
expressions would double at every level: a lambda in DuckDB, a one-row subquery in PostgreSQL (with OFFSET 0, which
keeps the planner from writing it out again).

Columns: TIMESTAMP (without zone, UTC), DATE, BIGINT, DOUBLE, DECIMAL(18, s), TEXT, BOOLEAN. A list ``blocked`` is a
table ``list_blocked`` with a column ``member`` that is never NULL.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

from tandem.kernel.expressions.bounds import integer_digits, movable
from tandem.kernel.expressions.nodes import Call, ColumnRef, Expression, Literal, Node
from tandem.kernel.expressions.operators import OPERATORS, Settle
from tandem.kernel.time import days_to_date, format_instant
from tandem.kernel.values import SqlType, Value

__all__ = ["Dialect", "to_sql"]


class Dialect(StrEnum):
    """A database that expressions are written for."""

    DUCKDB = "duckdb"
    POSTGRES = "postgres"


_TYPES: Final = {
    Dialect.DUCKDB: {
        SqlType.BOOLEAN: "BOOLEAN",
        SqlType.INTEGER: "BIGINT",
        SqlType.DOUBLE: "DOUBLE",
        SqlType.TEXT: "VARCHAR",
        SqlType.DATE: "DATE",
        SqlType.TIMESTAMP: "TIMESTAMP",
    },
    Dialect.POSTGRES: {
        SqlType.BOOLEAN: "BOOLEAN",
        SqlType.INTEGER: "BIGINT",
        SqlType.DOUBLE: "DOUBLE PRECISION",
        SqlType.TEXT: "TEXT",
        SqlType.DATE: "DATE",
        SqlType.TIMESTAMP: "TIMESTAMP",
    },
}
_TOKEN: Final = re.compile(
    r"#(?P<number>-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]*)?)(?:\{(?P<power>d0|s)\})?|\{(?P<name>[01]|s|lo|hi|[dwns][01])\}"
)
_ATOM: Final = re.compile(
    r"""\"(?:[^"]|"")+\"|b[0-9]+\.[xy]|TRUE|FALSE|'[^']*'|CAST\((?:'[^']*'|NULL) AS [A-Z0-9(), ]+\)"""
)
_NOTHING: Final[Mapping[str, str]] = {}
_SUM: Final = "CASE WHEN abs({0}) <= #1e300 THEN {0} END"
_PRODUCT: Final = "CASE WHEN abs({0}) <= #1e300 THEN CASE WHEN abs({0}) < #1e-300 THEN #0 ELSE {0} END END"
_DATES: Final = "CASE WHEN {0} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN {0} END"
_INSTANTS: Final = (
    "CASE WHEN {0} BETWEEN TIMESTAMP '0001-01-01 00:00:00' AND TIMESTAMP '9999-12-31 23:59:59.999999' THEN {0} END"
)


def to_sql(expression: Expression, dialect: Dialect) -> str:
    """``expression`` as one SQL scalar expression over columns of the same names, quoted."""
    return SqlWriter(dialect).write(expression.tree)


class SqlWriter:
    """Writes one expression."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._duckdb = dialect is Dialect.DUCKDB
        self._bound = 0

    def write(self, node: Node) -> str:
        """``node`` in brackets wherever it could be torn apart."""
        if isinstance(node, Literal):
            return self.constant(node.value, node.type, node.scale)
        if isinstance(node, ColumnRef):
            return '"' + node.name.replace('"', '""') + '"'
        special = _SPECIAL.get(node.operator)
        if special is not None:
            return special(self, node)
        return self._strict(node)

    def constant(self, value: Value, kind: SqlType | None, scale: int = 0) -> str:
        """A typed constant."""
        assert kind is not None, "a checked tree has types"
        name = self.type_name(kind, scale)
        if value is None:
            return f"CAST(NULL AS {name})"
        if kind is SqlType.BOOLEAN:
            return "TRUE" if value else "FALSE"
        if kind is SqlType.TIMESTAMP:
            text = format_instant(value).removesuffix("Z").replace("T", " ")  # type: ignore[arg-type]
        elif kind is SqlType.DATE:
            text = days_to_date(int(value)).isoformat()
        elif kind is SqlType.DECIMAL:
            text = f"{Decimal(value):f}"
        elif kind is SqlType.TEXT:
            return quoted(str(value))
        else:
            text = repr(value)
        return f"CAST('{text}' AS {name})"

    def type_name(self, kind: SqlType, scale: int = 0) -> str:
        """A type as the database calls it; constants and casts of DECIMAL are wide, results are checked."""
        if kind is SqlType.DECIMAL:
            return f"DECIMAL(38,{scale})" if self._duckdb else f"NUMERIC(38,{scale})"
        return _TYPES[self._dialect][kind]

    def fill(self, template: str, operands: list[str], details: Mapping[str, str] = _NOTHING) -> str:
        """``template`` with operands and details; an operand that occurs twice and is more than a name is bound first."""
        uses = Counter(match["name"] for match in _TOKEN.finditer(template))
        if not any(uses[str(index)] > 1 and not _ATOM.fullmatch(text) for index, text in enumerate(operands)):
            return f"({self._filled(template, operands, details)})"
        self._bound += 1
        name = f"b{self._bound}"
        body = self._filled(template, [f"{name}.x", f"{name}.y"], details)
        if self._duckdb:
            struct = ", ".join(f"'{field}': {text}" for field, text in zip("xy", operands, strict=False))
            return f"list_transform([{{{struct}}}], lambda {name}: {body})[1]"
        columns = ", ".join(f"{text} AS {field}" for field, text in zip("xy", operands, strict=False))
        return f"(SELECT {body} FROM (SELECT {columns} OFFSET 0) {name})"  # noqa: S608 - made of checked parts

    def _filled(self, template: str, operands: list[str], details: Mapping[str, str]) -> str:
        def replacement(match: re.Match[str]) -> str:
            if match["number"] is not None:
                return self.constant(float(match["number"] + details.get(match["power"] or "", "")), SqlType.DOUBLE)
            name = match["name"]
            return operands[int(name)] if name in {"0", "1"} else details[name]

        return _TOKEN.sub(replacement, template)

    def _strict(self, node: Call) -> str:
        row = OPERATORS[node.operator]
        template = row.duckdb if self._duckdb else row.postgres
        operands = [self.write(arg) for arg in node.args]
        return self._settled(node, row.settle, self.fill(template, operands, _details(node)))

    def _settled(self, node: Call, settle: Settle, raw: str) -> str:
        match settle:
            case Settle.INTEGER:
                return self._narrowed(raw, "BIGINT", "{0} BETWEEN -9223372036854775808 AND 9223372036854775807")
            case Settle.SUM:
                return self.fill(_SUM, [raw])
            case Settle.PRODUCT:
                return self.fill(_PRODUCT, [raw])
            case Settle.DECIMAL:
                digits = integer_digits(node)
                kind = f"{'DECIMAL' if self._duckdb else 'NUMERIC'}({digits + node.scale},{node.scale})"
                return self._narrowed(raw, kind, f"abs({{0}}) < CAST('1e{digits}' AS DECIMAL(38,{node.scale}))")
            case Settle.DATE:
                return self.fill(_DATES, [raw])
            case Settle.TIMESTAMP:
                return self.fill(_INSTANTS, [raw])
            case _:
                return raw

    def _narrowed(self, raw: str, kind: str, within: str) -> str:
        """A wide result as ``kind``, or NULL."""
        # Not TRY_CAST: DuckDB moves that to the other side of a comparison, where overflow is no longer unknown. And TRY
        # does not take a list's query.
        if self._duckdb and "(SELECT " not in raw:
            return f"TRY(CAST({raw} AS {kind}))"
        return self.fill(f"CASE WHEN {within} THEN CAST({{0}} AS {kind}) END", [raw])

    def alike(self, nodes: tuple[Node, ...]) -> list[str]:
        """Operands of a comparison, made the same type where DuckDB would choose one that is too narrow."""
        written = [self.write(node) for node in nodes]
        kinds = {node.type for node in nodes}
        if SqlType.DECIMAL in kinds and self._duckdb:
            scale = max(node.scale for node in nodes)
            return [f"CAST({text} AS DECIMAL(38,{scale}))" for text in written]
        if kinds == {SqlType.TEXT} and not self._duckdb:
            return [f'({text} COLLATE "C")' for text in written]
        return written


def quoted(text: str) -> str:
    """A text constant."""
    return "'" + text.replace("'", "''") + "'"


def _details(node: Call) -> dict[str, str]:
    """What a template may say of its node: details quoted (d) and bare (w), their lengths (n), scales and bounds."""
    details = {"s": str(node.scale)}
    for index, detail in enumerate(node.details):
        bare = "" if detail is None else str(detail)
        details[f"d{index}"] = quoted(bare) if detail is None or isinstance(detail, str) else bare
        details[f"w{index}"] = bare
        details[f"n{index}"] = str(len(bare))
    for index, arg in enumerate(node.args):
        details[f"s{index}"] = str(arg.scale)
    bounds = movable(node)
    if bounds is not None:
        writer = SqlWriter(Dialect.DUCKDB)
        details["lo"], details["hi"] = (writer.constant(bound, node.type) for bound in bounds)
    return details


def _compare(writer: SqlWriter, node: Call) -> str:
    left, right = writer.alike(node.args)
    return f"({left} {node.details[0]} {right})"


def _among(writer: SqlWriter, node: Call) -> str:
    (arg,) = node.args
    assert arg.type is not None
    kind = SqlType.DECIMAL if any(isinstance(value, Decimal) for value in node.details) else arg.type
    members = []
    for value in node.details:
        scale = max(-int(value.as_tuple().exponent), 0) if isinstance(value, Decimal) else 0
        members.append(Literal(value, kind if isinstance(value, Decimal) else _kind_of(value, arg.type), scale))
    first, *rest = writer.alike((arg, *members))
    return f"({first} IN ({', '.join(rest)}))"


def _kind_of(value: Value, kind: SqlType) -> SqlType:
    """A DECIMAL column may be compared with whole numbers."""
    return SqlType.INTEGER if kind is SqlType.DECIMAL and isinstance(value, int) else kind


def _in_list(writer: SqlWriter, node: Call) -> str:
    member = writer.write(node.args[0])
    table = '"list_' + str(node.details[0]).replace('"', '""') + '"'
    # NULL IN (an empty list) is FALSE in SQL; whether an unknown is in a list is always unknown here.
    return f"CASE WHEN {member} IS NOT NULL THEN {member} IN (SELECT member FROM {table}) END"  # noqa: S608 - made of checked parts


def _joined(word: str) -> Callable[[SqlWriter, Call], str]:
    def write(writer: SqlWriter, node: Call) -> str:
        return "(" + f" {word} ".join(writer.write(arg) for arg in node.args) + ")"

    return write


def _function(name: str) -> Callable[[SqlWriter, Call], str]:
    def write(writer: SqlWriter, node: Call) -> str:
        return f"{name}({', '.join(writer.write(arg) for arg in node.args)})"

    return write


def _choice(name: str) -> Callable[[SqlWriter, Call], str]:
    def write(writer: SqlWriter, node: Call) -> str:
        return f"{name}({', '.join(writer.alike(node.args))})"

    return write


def _is_boolean(writer: SqlWriter, node: Call) -> str:
    return f"({writer.write(node.args[0])} IS {'TRUE' if node.details[0] else 'FALSE'})"


def _distinct(writer: SqlWriter, node: Call) -> str:
    left, right = writer.alike(node.args)
    return f"({left} IS DISTINCT FROM {right})"


def _between(writer: SqlWriter, node: Call) -> str:
    value, low, high = writer.alike(node.args)
    return f"({value} BETWEEN {low} AND {high})"


def _case(writer: SqlWriter, node: Call) -> str:
    *branches, default = node.args
    parts = [
        f"WHEN {writer.write(branches[index])} THEN {writer.write(branches[index + 1])}"
        for index in range(0, len(branches), 2)
    ]
    return f"CASE {' '.join(parts)} ELSE {writer.write(default)} END"


def _null_if(writer: SqlWriter, node: Call) -> str:
    left, right = writer.alike(node.args)
    assert node.type is SqlType.DECIMAL or node.args[0].type is node.type
    result = f"NULLIF({left}, {right})"
    return f"CAST({result} AS {writer.type_name(node.type, node.scale)})" if node.type is SqlType.DECIMAL else result


_SPECIAL: Final[Mapping[str, Callable[[SqlWriter, Call], str]]] = {
    "compare": _compare,
    "in": _among,
    "in_list": _in_list,
    "and": _joined("AND"),
    "or": _joined("OR"),
    "not": lambda writer, node: f"(NOT {writer.write(node.args[0])})",
    "is_null": lambda writer, node: f"({writer.write(node.args[0])} IS NULL)",
    "is_boolean": _is_boolean,
    "distinct": _distinct,
    "between": _between,
    "case": _case,
    "coalesce": _function("COALESCE"),
    "null_if": _null_if,
    "least": _choice("LEAST"),
    "greatest": _choice("GREATEST"),
    "concat": _function("CONCAT"),
}
