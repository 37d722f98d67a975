"""From sqlglot's tree to ours: names bound to the schema, types worked out, everything else refused.

The whitelist is the dispatch table at the end: a kind of node that is not in it is refused, and so is any part of a
known node that its row does not name (``SUM(DISTINCT x)``, ``x IN (SELECT ...)``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from sqlglot import expressions as exp

from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.expressions import limits
from tandem.kernel.expressions.coercion import Coercion, Interval, Operand
from tandem.kernel.expressions.nodes import Column, ColumnRef, Literal, Node
from tandem.kernel.expressions.problems import Problems
from tandem.kernel.values import SqlType

__all__ = ["Binder", "Form"]


class Binder:
    """Binds one text. ``bind`` gives a node (or an interval) for a node of sqlglot."""

    def __init__(
        self, problems: Problems, schema: Mapping[str, Column], lists: Collection[str], forms: Mapping[type, Form]
    ) -> None:
        self.problems = problems
        self.coercion = Coercion(problems)
        self.lists = lists
        self._schema = schema
        self._forms = forms
        self._depth = 0
        self._sizes: dict[int, int] = {}
        self._kept: list[Node] = []

    def bind(self, source: exp.Expr) -> Operand:
        """The operand that ``source`` stands for."""
        form = self._forms.get(type(source))
        if form is None:
            raise self.refused(source)
        parts = {name for name, value in source.args.items() if value not in (None, False, [])}
        if not parts <= form.parts:
            raise self.refused(source, min(parts - form.parts))
        self._depth += 1
        if self._depth > limits.DEPTH_MAX:
            raise self.problems.error(
                f"The expression is nested more than {limits.DEPTH_MAX} levels deep.", "too_deep", source
            )
        result = form.bind(self, source)
        self._depth -= 1
        if not isinstance(result, Interval):
            self._measure(result, source)
        return result

    def node(self, source: exp.Expr) -> Node:
        """As ``bind``, but not an interval, and not an untyped NULL."""
        operand = self.operand(source)
        if isinstance(operand, Interval):
            raise self.problems.error(
                "An interval can only be added to or subtracted from a date or instant.", "misplaced_interval", source
            )
        return operand

    def operand(self, source: exp.Expr) -> Operand:
        """As ``bind``, but not an untyped NULL."""
        operand = self.bind(source)
        if not isinstance(operand, Interval) and operand.type is None:
            raise self.problems.error(
                "NULL is not a value here: nothing equals it, and everything with it is unknown.",
                "null_operand",
                source,
                hint="write x IS NULL, or CAST(NULL AS INTEGER)",
            )
        return operand

    def typed(self, source: exp.Expr, *types: SqlType) -> Node:
        """A node of one of ``types``."""
        node = self.node(source)
        if node.type not in types:
            names = " or ".join(kind.name for kind in types)
            raise self.problems.type_mismatch(f"{names} is needed here", source, node)
        return self.coercion.settled(node, source)

    def condition(self, source: exp.Expr) -> Node:
        """A BOOLEAN; NULL is an unknown one."""
        operand = self.bind(source)
        if isinstance(operand, Literal) and operand.type is None:
            return Literal(None, SqlType.BOOLEAN)
        if isinstance(operand, Interval) or operand.type is not SqlType.BOOLEAN:
            raise self._not_condition(source, operand)
        return operand

    def whole(self, source: exp.Expr, what: str, low: int, high: int) -> int:
        """A constant whole number between ``low`` and ``high``."""
        operand = self.bind(source)
        if isinstance(operand, Literal) and operand.type is SqlType.INTEGER and operand.value is not None:
            number = int(operand.value)
            if low <= number <= high:
                return number
        raise self.problems.error(
            f"{what} must be a constant whole number from {low} to {high}.", "constant_needed", source
        )

    def constant_text(self, source: exp.Expr, what: str) -> str:
        """A constant text."""
        operand = self.bind(source)
        if isinstance(operand, Literal) and isinstance(operand.value, str):
            return operand.value
        raise self.problems.error(f"{what} must be a constant text.", "constant_needed", source)

    def column(self, source: exp.Column) -> ColumnRef:
        """A column of the schema. A name is matched as written, then in lower case unless it is quoted."""
        parts = source.parts
        name = ".".join(part.name for part in parts)
        if name not in self._schema and not any(part.args.get("quoted") for part in parts):
            name = name if name.lower() not in self._schema else name.lower()
        column = self._schema.get(name)
        if column is None:
            raise self.problems.unknown_name("column", name, self._schema, source)
        return ColumnRef(name, column.type, column.scale if column.type is SqlType.DECIMAL else 0, column.nullable)

    def refused(self, source: exp.Expr, part: str | None = None) -> DefinitionError:
        """The error for what is not in the language."""
        name = (
            source.name
            if isinstance(source, exp.Anonymous)
            else source.sql_name()
            if isinstance(source, exp.Func)
            else type(source).__name__
        )
        if isinstance(source, exp.Anonymous | exp.Func):
            known = [form_name for form in self._forms.values() for form_name in form.names]
            return self.problems.error(
                f"There is no function {name.upper()} in this form."
                if part
                else f"There is no function {name.upper()}.",
                "unknown_function",
                source,
                value=name,
                hint=near_match(name.upper(), known) or "functions see one row: no aggregates, windows or host code",
            )
        what = f"{name} with {part}" if part else name
        return self.problems.error(
            f"{what} is not part of the language.",
            "not_in_language",
            source,
            value=what,
            hint="an expression sees one row: no queries, aggregates, windows, parameters or statements",
        )

    def _not_condition(self, source: exp.Expr, operand: Operand) -> DefinitionError:
        if isinstance(operand, Interval):
            return self.problems.error("A condition is needed here, not an interval.", "type_mismatch", source)
        return self.problems.type_mismatch(
            "A condition (BOOLEAN) is needed here", source, operand, hint="compare it with something"
        )

    def _measure(self, node: Node, source: exp.Expr) -> None:
        """Count what one evaluation may visit; a shared operand counts each time it is visited."""
        if self.size(node) > limits.NODES_MAX:
            raise self.problems.error(
                f"The expression has more than {limits.NODES_MAX} steps.",
                "too_many_steps",
                source,
                hint="split it into several conditions, or use a named list",
            )

    def size(self, node: Node) -> int:
        """Nodes of the tree below and with ``node``."""
        args = getattr(node, "args", ())
        if not args:
            return 1
        known = self._sizes.get(id(node))
        if known is None:
            known = 1 + sum(self.size(arg) for arg in args)
            self._sizes[id(node)] = known
            # An id is only good for as long as its node lives.
            self._kept.append(node)
        return known


class Form:
    """One kind of sqlglot node that the language knows: the parts it may have and how it is bound."""

    def __init__(self, bind: Callable[[Binder, exp.Expr], Operand], *parts: str, names: tuple[str, ...] = ()) -> None:
        self.bind = bind
        self.parts: Final = frozenset(parts)
        self.names: Final = names
