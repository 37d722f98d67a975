"""From the typed tree to Python's own syntax tree, with unknown handled where it can occur and nowhere else.

Two forms of a node, and the whole speed of the rules rests on them:

* its *truth*: a plain Python condition that says "this is true" (or "this is false"), so AND and OR short-circuit and
  three-valued logic costs nothing: what is unknown is neither;
* its *value*: a chain of conditions under which it is known, and an expression to use once they hold.

Conditions stand in the order of evaluation, each using names bound by those before it. A column known not to be None
from an earlier link of the chain is not asked again.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection
from decimal import Decimal
from functools import cache
from types import CodeType, FunctionType
from typing import Any, Final

from tandem.kernel.expressions import python_syntax as py
from tandem.kernel.expressions.bounds import integer_digits, movable
from tandem.kernel.expressions.nodes import Call, ColumnRef, Expression, Literal, Node
from tandem.kernel.expressions.operators import OPERATORS, Operator, Settle
from tandem.kernel.expressions.patterns import pattern_matcher
from tandem.kernel.expressions.python_forms import PREDICATES, TRUTH_FORMS, VALUE_FORMS, Known, Parts
from tandem.kernel.expressions.runtime import RUNTIME
from tandem.kernel.values import Value

__all__ = ["PythonScope", "to_python"]

_SETTLED: Final = {
    Settle.INTEGER: "INTEGER_MIN <= x <= INTEGER_MAX",
    Settle.SUM: "DOUBLE_MIN <= x <= DOUBLE_MAX",
    Settle.DATE: "DATE_MIN <= x <= DATE_MAX",
    Settle.TIMESTAMP: "TIMESTAMP_MIN <= x <= TIMESTAMP_MAX",
}


@cache
def _template(source: str) -> ast.expr:
    """A row's Python form. ``source`` comes from the table of operators only."""
    return ast.parse(source, mode="eval").body


def _uses(template: ast.expr, name: str) -> int:
    return sum(isinstance(node, ast.Name) and node.id == name for node in ast.walk(template))


class _Fill(ast.NodeTransformer):
    """A copy of a template with its placeholders filled; a second use of an operand reads what the first one bound."""

    def __init__(self, scope: PythonScope, operands: dict[str, ast.expr], rebind: Collection[str]) -> None:
        self._scope = scope
        self._operands = operands
        self._rebind = rebind

    def generic_visit(self, node: ast.AST) -> ast.AST:
        fields = {}
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.AST):
                fields[name] = self.visit(value)
            elif isinstance(value, list):
                fields[name] = [self.visit(item) if isinstance(item, ast.AST) else item for item in value]
            else:
                fields[name] = value
        return type(node)(**fields)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        operand = self._operands.get(node.id)
        if operand is None:
            return self._scope.runtime(node.id)
        if node.id in self._rebind and not py.is_atom(operand):
            bound = self._scope.temporary()
            self._operands[node.id] = py.name(bound)
            return py.bind(bound, operand)
        return operand


class PythonScope:
    """One generated function: its local names, its constants, and the forms of expressions within it.

    Columns are unpacked into locals once, whatever the number of expressions.

    A larger function is made by asking for ``truth`` and ``value`` of many expressions and handing ``build`` a body
    that uses them; ``build`` puts the unpacking in front.
    """

    def __init__(self) -> None:
        self.namespace: dict[str, object] = {"__builtins__": {}, "KeyError": KeyError}
        self._locals: dict[str, str] = {}
        self._lists: dict[str, str] = {}
        self._constants: dict[tuple[type, object], str] = {}
        self._counter = 0

    # names

    def local(self, column: str) -> str:
        """The local variable that holds ``column``."""
        return self._locals.setdefault(column, f"c{len(self._locals)}")

    def list_local(self, name: str) -> str:
        """The local variable that holds the members of the list ``name``."""
        return self._lists.setdefault(name, f"l{len(self._lists)}")

    def temporary(self) -> str:
        """A fresh local variable."""
        self._counter += 1
        return f"t{self._counter}"

    def runtime(self, name: str) -> ast.expr:
        """A name of the runtime, made visible to the function; a number is written out."""
        value = RUNTIME[name]
        if isinstance(value, int | float):
            return py.constant(value)
        self.namespace[name] = value
        return py.name(name)

    def constant(self, value: object, key: object = None) -> ast.expr:
        """``value`` as an expression: written out where Python can, otherwise a global of the function."""
        if value is None or isinstance(value, bool | int | float | str):
            return py.constant(value)
        name = self._constants.setdefault((type(value), value if key is None else key), f"k{len(self._constants)}")
        self.namespace.setdefault(name, value)
        return py.name(name)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns used so far."""
        return tuple(self._locals)

    @property
    def lists(self) -> tuple[str, ...]:
        """Lists used so far."""
        return tuple(self._lists)

    # forms

    def truth(self, expression: Expression, *, want: bool = True) -> ast.expr:
        """A Python condition: ``expression`` is true (or, with ``want=False``, false). Unknown is neither."""
        return self.node_truth(expression.tree, set(), want=want)

    def value(self, expression: Expression) -> ast.expr:
        """A Python expression: the value of ``expression``, or None where it is unknown."""
        return self.node_value(expression.tree, set())

    def node_value(self, node: Node, known: Known) -> ast.expr:
        """The value of a node, or None."""
        conditions, value = self.parts(node, set(known))
        if not conditions:
            return value
        if (
            len(conditions) == 1
            and isinstance(condition := conditions[0], ast.Compare)
            and isinstance(condition.ops[0], ast.IsNot)
        ):
            # "x if (x is not None) else None" is x.
            left = condition.left
            if isinstance(left, ast.Name) and isinstance(value, ast.Name) and left.id == value.id:
                return value
            if isinstance(left, ast.NamedExpr) and isinstance(value, ast.Name) and left.target.id == value.id:
                return left.value
        return ast.IfExp(py.all_of(conditions), value, py.constant(None))

    def parts(self, node: Node, known: Known) -> Parts:
        """Conditions under which a node is known, and its value once they hold. ``known`` grows by what they show."""
        if isinstance(node, Literal):
            return ([py.constant(False)] if node.value is None else []), self.constant(node.value)
        if isinstance(node, ColumnRef):
            name = self.local(node.name)
            if not node.nullable or node.name in known:
                return [], py.name(name)
            known.add(node.name)
            return [py.is_known(py.name(name))], py.name(name)
        special = VALUE_FORMS.get(node.operator)
        if special is not None:
            return special(self, node, known)
        return self._strict(node, known)

    def optional(self, value: ast.expr) -> Parts:
        """A value that may be None, bound to a name and checked."""
        name = self.temporary()
        return [py.is_known(py.bind(name, value))], py.name(name)

    def atom(self, value: ast.expr, conditions: list[ast.expr]) -> ast.expr:
        """``value`` as a name, bound by a link of the chain that always holds."""
        if py.is_atom(value):
            return value
        name = self.temporary()
        conditions.append(ast.Tuple([py.bind(name, value)], ast.Load()))
        return py.name(name)

    def _strict(self, node: Call, known: Known) -> Parts:
        conditions: list[ast.expr] = []
        operands: list[ast.expr] = []
        for arg in node.args:
            more, value = self.parts(arg, known)
            conditions += more
            operands.append(value)
        if node.operator in PREDICATES:
            return conditions, PREDICATES[node.operator](self, node, operands, True)
        row = OPERATORS[node.operator]
        needed, raw = self._fill(row, node, operands)
        if needed is not None:
            conditions.append(needed)
        return self._settled(row, node, conditions, raw)

    def _fill(self, row: Operator, node: Call, operands: list[ast.expr]) -> tuple[ast.expr | None, ast.expr]:
        needs = _template(row.needs) if row.needs else None
        body = _template(row.python)
        filled: dict[str, ast.expr] = dict(zip("xy", operands, strict=False))
        if node.operator == "like":
            pattern, escape = node.details
            filled["d0"] = self.constant(
                pattern_matcher(str(pattern), None if escape is None else str(escape)), object()
            )
        else:
            filled |= {f"d{index}": py.constant(detail) for index, detail in enumerate(node.details)}
        bounds = movable(node)
        if bounds is not None:
            filled["lo"], filled["hi"] = map(py.constant, bounds)
        rebind = {name for name in "xy" if _uses(body, name) + (0 if needs is None else _uses(needs, name)) > 1}
        fill = _Fill(self, filled, rebind)
        condition = None if needs is None else fill.visit(needs)
        return condition, fill.visit(body)

    def _settled(self, row: Operator, node: Call, conditions: list[ast.expr], raw: ast.expr) -> Parts:
        if row.settle is Settle.NONE and not row.optional:
            return conditions, raw
        if row.optional or row.settle is Settle.OPTIONAL:
            more, raw = self.optional(raw)
            conditions += more
        if row.settle is Settle.OPTIONAL:
            return conditions, raw
        name = raw.id if isinstance(raw, ast.Name) and row.optional else self.temporary()
        bound = raw if isinstance(raw, ast.Name) and row.optional else py.bind(name, raw)
        if row.settle is Settle.PRODUCT:
            # Ordinary positive results pass one comparison; the rest are looked at by the runtime.
            ordinary = ast.Compare(
                self.runtime("DOUBLE_TINY"), [ast.Lt(), ast.Lt()], [bound, self.runtime("DOUBLE_MAX")]
            )
            settled = py.is_known(py.bind(name, ast.Call(self.runtime("settle"), [py.name(name)], [])))
            conditions.append(py.any_of([ordinary, settled]))
        elif row.settle is Settle.DECIMAL:
            before = integer_digits(node)
            most = Decimal(10 ** (before + node.scale) - 1).scaleb(-node.scale)
            low, high = self.constant(-most), self.constant(most)
            conditions.append(ast.Compare(low, [ast.LtE(), ast.LtE()], [bound, high]))
        else:
            check = _Fill(self, {"x": bound}, ()).visit(_template(_SETTLED[row.settle]))
            conditions.append(check)
        return conditions, py.name(name)

    def node_truth(self, node: Node, known: Known, *, want: bool) -> ast.expr:
        """A Python condition: the node is true (or false). ``known`` grows by what it shows when it holds."""
        if isinstance(node, Literal):
            return py.constant(node.value is want)
        if isinstance(node, Call):
            form = TRUTH_FORMS.get(node.operator)
            if form is not None:
                return form(self, node, known, want)
            if node.operator in PREDICATES:
                conditions: list[ast.expr] = []
                operands: list[ast.expr] = []
                for arg in node.args:
                    more, value = self.parts(arg, known)
                    conditions += more
                    operands.append(value)
                return py.all_of([*conditions, PREDICATES[node.operator](self, node, operands, want)])
        conditions, value = self.parts(node, known)
        return py.all_of([*conditions, value if want else py.negated(value)])

    # functions

    def evaluate(self, node: Node) -> Value:
        """The value of a tree without columns."""
        result: Value = self.build("constant", [ast.Return(self.node_value(node, set()))])({}, {})
        return result

    def build(self, name: str, body: list[ast.stmt]) -> Callable[..., Any]:
        """The function ``name(row, lists)`` that unpacks what the scope uses and then runs ``body``."""
        arguments = ast.arguments(
            posonlyargs=[], args=[ast.arg("row"), ast.arg("lists")], kwonlyargs=[], kw_defaults=[], defaults=[]
        )
        function = ast.FunctionDef(name, arguments, [*self.prologue(), *body], [], None)
        module = ast.fix_missing_locations(ast.Module([function], []))
        code = compile(module, f"<tandem {name}>", "exec", dont_inherit=True, optimize=2)
        inner = next(constant for constant in code.co_consts if isinstance(constant, CodeType))
        return FunctionType(inner, self.namespace, name)

    def prologue(self) -> list[ast.stmt]:
        """Statements that unpack the columns from ``row`` and the lists from ``lists``; an absent column is unknown."""
        statements: list[ast.stmt] = []
        if self._locals:
            direct: list[ast.stmt] = [
                _assign(local, ast.Subscript(py.name("row"), py.constant(column), ast.Load()))
                for column, local in self._locals.items()
            ]
            get = ast.Attribute(py.name("row"), "get", ast.Load())
            patient: list[ast.stmt] = [
                _assign(local, ast.Call(get, [py.constant(column)], [])) for column, local in self._locals.items()
            ]
            # Subscripts are twice as fast as calls of get, and a whole row is the rule.
            statements.append(ast.Try(direct, [ast.ExceptHandler(py.name("KeyError"), None, patient)], [], []))
        statements += [
            _assign(local, ast.Subscript(py.name("lists"), py.constant(name), ast.Load()))
            for name, local in self._lists.items()
        ]
        return statements


def _assign(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def to_python(expression: Expression, scope: PythonScope) -> ast.expr:
    """The value of ``expression`` as Python within ``scope``, None where it is unknown; see ``PythonScope.truth``, too."""
    return scope.value(expression)
