"""SQL scalar expressions: parsed, typed against a schema, and run the same in Python, DuckDB and PostgreSQL."""

from tandem.kernel.expressions.compiling import (
    Conditions,
    Hits,
    ListMembers,
    RowFunction,
    compile_conditions,
    compile_row,
)
from tandem.kernel.expressions.nodes import Call, Column, ColumnRef, Expression, Literal, Node, Schema
from tandem.kernel.expressions.parsing import parse
from tandem.kernel.expressions.python_code import PythonScope
from tandem.kernel.expressions.sql_code import Dialect, to_sql

__all__ = [
    "Call",
    "Column",
    "ColumnRef",
    "Conditions",
    "Dialect",
    "Expression",
    "Hits",
    "ListMembers",
    "Literal",
    "Node",
    "PythonScope",
    "RowFunction",
    "Schema",
    "compile_conditions",
    "compile_row",
    "parse",
    "to_sql",
]
