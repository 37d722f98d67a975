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

__all__ = [
    "Call",
    "Column",
    "ColumnRef",
    "Conditions",
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
]
