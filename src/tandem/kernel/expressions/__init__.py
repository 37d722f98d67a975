"""SQL scalar expressions: parsed, typed against a schema, and run the same in Python, DuckDB and PostgreSQL."""

from tandem.kernel.expressions.compiling import (
    Conditions,
    Hits,
    ListMembers,
    RowFunction,
    compile_conditions,
    compile_row,
)
from tandem.kernel.expressions.functions import FUNCTIONS, FunctionHelp
from tandem.kernel.expressions.nodes import Call, Column, ColumnRef, Expression, Literal, Node, Schema
from tandem.kernel.expressions.parsing import parse
from tandem.kernel.expressions.python_code import PythonScope, to_python
from tandem.kernel.expressions.sql_code import Dialect, to_sql
from tandem.kernel.expressions.tracing import ConditionTrace, TracedValue, trace
from tandem.kernel.expressions.wording import Language, in_words

__all__ = [
    "FUNCTIONS",
    "Call",
    "Column",
    "ColumnRef",
    "ConditionTrace",
    "Conditions",
    "Dialect",
    "Expression",
    "FunctionHelp",
    "Hits",
    "Language",
    "ListMembers",
    "Literal",
    "Node",
    "PythonScope",
    "RowFunction",
    "Schema",
    "TracedValue",
    "compile_conditions",
    "compile_row",
    "in_words",
    "parse",
    "to_python",
    "to_sql",
    "trace",
]
