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
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import cache
from types import CodeType, FunctionType
from typing import Any, Final

from tandem.kernel.expressions.calendar import movable_dates
from tandem.kernel.expressions.limits import DECIMAL_DIGITS, TIMESTAMP_MAX, TIMESTAMP_MIN
from tandem.kernel.expressions.nodes import Call, ColumnRef, Expression, Literal, Node
from tandem.kernel.expressions.operators import OPERATORS, Operator, Settle
from tandem.kernel.expressions.patterns import pattern_matcher
from tandem.kernel.expressions.runtime import RUNTIME
from tandem.kernel.time import DAY
from tandem.kernel.values import SqlType, Value

__all__ = ["PythonScope", "integer_digits", "movable"]

_SIGNS: Final[dict[str, type[ast.cmpop]]] = {
    "=": ast.Eq,
    "<>": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
}
_OPPOSITE: Final = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_SETTLED: Final = {
    Settle.INTEGER: "INTEGER_MIN <= x <= INTEGER_MAX",
    Settle.SUM: "DOUBLE_MIN <= x <= DOUBLE_MAX",
    Settle.DATE: "DATE_MIN <= x <= DATE_MAX",
    Settle.TIMESTAMP: "TIMESTAMP_MIN <= x <= TIMESTAMP_MAX",
}

Known = set[str]


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _bind(name: str, value: ast.expr) -> ast.NamedExpr:
    return ast.NamedExpr(ast.Name(name, ast.Store()), value)


def _constant(value: Any) -> ast.Constant:
    return ast.Constant(value)


def _known(value: ast.expr) -> ast.Compare:
    return ast.Compare(value, [ast.IsNot()], [_constant(None)])


def _all(conditions: list[ast.expr]) -> ast.expr:
    return _joined(ast.And(), conditions, empty=True)


def _any(conditions: list[ast.expr]) -> ast.expr:
    return _joined(ast.Or(), conditions, empty=False)


def _joined(operator: ast.boolop, conditions: list[ast.expr], *, empty: bool) -> ast.expr:
    flat: list[ast.expr] = []
    for condition in conditions:
        if isinstance(condition, ast.BoolOp) and type(condition.op) is type(operator):
            flat.extend(condition.values)
        elif not (isinstance(condition, ast.Constant) and condition.value is empty):
            flat.append(condition)
    if not flat:
        return _constant(empty)
    return flat[0] if len(flat) == 1 else ast.BoolOp(operator, flat)


def _not(condition: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), condition)


def _call(function: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(_name(function), list(arguments), [])


@cache
def _template(source: str) -> ast.expr:
    """A row's Python form. ``source`` comes from the table of operators only."""
    return ast.parse(source, mode="eval").body


def _is_atom(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Constant)


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
        if node.id in self._rebind and not _is_atom(operand):
            bound = self._scope.temporary()
            self._operands[node.id] = _name(bound)
            return _bind(bound, operand)
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
            return _constant(value)
        self.namespace[name] = value
        return _name(name)

    def constant(self, value: object, key: object = None) -> ast.expr:
        """``value`` as an expression: written out where Python can, otherwise a global of the function."""
        if value is None or isinstance(value, bool | int | float | str):
            return _constant(value)
        name = self._constants.setdefault((type(value), value if key is None else key), f"k{len(self._constants)}")
        self.namespace.setdefault(name, value)
        return _name(name)

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
        return ast.IfExp(_all(conditions), value, _constant(None))

    def parts(self, node: Node, known: Known) -> tuple[list[ast.expr], ast.expr]:
        """Conditions under which a node is known, and its value once they hold. ``known`` grows by what they show."""
        if isinstance(node, Literal):
            return ([_constant(False)] if node.value is None else []), self.constant(node.value)
        if isinstance(node, ColumnRef):
            name = self.local(node.name)
            if not node.nullable or node.name in known:
                return [], _name(name)
            known.add(node.name)
            return [_known(_name(name))], _name(name)
        special = _VALUE_FORMS.get(node.operator)
        if special is not None:
            return special(self, node, known)
        return self._strict(node, known)

    def optional(self, value: ast.expr) -> tuple[list[ast.expr], ast.expr]:
        """A value that may be None, bound to a name and checked."""
        name = self.temporary()
        return [_known(_bind(name, value))], _name(name)

    def atom(self, value: ast.expr, conditions: list[ast.expr]) -> ast.expr:
        """``value`` as a name, bound by a link of the chain that always holds."""
        if _is_atom(value):
            return value
        name = self.temporary()
        conditions.append(ast.Tuple([_bind(name, value)], ast.Load()))
        return _name(name)

    def _strict(self, node: Call, known: Known) -> tuple[list[ast.expr], ast.expr]:
        conditions: list[ast.expr] = []
        operands: list[ast.expr] = []
        for arg in node.args:
            more, value = self.parts(arg, known)
            conditions += more
            operands.append(value)
        if node.operator in _PREDICATES:
            return conditions, _PREDICATES[node.operator](self, node, operands, True)
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
            filled |= {f"d{index}": _constant(detail) for index, detail in enumerate(node.details)}
        bounds = movable(node)
        if bounds is not None:
            filled["lo"], filled["hi"] = map(_constant, bounds)
        rebind = {name for name in "xy" if _uses(body, name) + (0 if needs is None else _uses(needs, name)) > 1}
        fill = _Fill(self, filled, rebind)
        condition = None if needs is None else fill.visit(needs)
        return condition, fill.visit(body)

    def _settled(
        self, row: Operator, node: Call, conditions: list[ast.expr], raw: ast.expr
    ) -> tuple[list[ast.expr], ast.expr]:
        if row.settle is Settle.NONE and not row.optional:
            return conditions, raw
        if row.optional or row.settle is Settle.OPTIONAL:
            more, raw = self.optional(raw)
            conditions += more
        if row.settle is Settle.OPTIONAL:
            return conditions, raw
        name = raw.id if isinstance(raw, ast.Name) and row.optional else self.temporary()
        bound = raw if isinstance(raw, ast.Name) and row.optional else _bind(name, raw)
        if row.settle is Settle.PRODUCT:
            # Ordinary positive results pass one comparison; the rest are looked at by the runtime.
            ordinary = ast.Compare(
                self.runtime("DOUBLE_TINY"), [ast.Lt(), ast.Lt()], [bound, self.runtime("DOUBLE_MAX")]
            )
            settled = _known(_bind(name, ast.Call(self.runtime("settle"), [_name(name)], [])))
            conditions.append(_any([ordinary, settled]))
        elif row.settle is Settle.DECIMAL:
            before = integer_digits(node)
            most = Decimal(10 ** (before + node.scale) - 1).scaleb(-node.scale)
            low, high = self.constant(-most), self.constant(most)
            conditions.append(ast.Compare(low, [ast.LtE(), ast.LtE()], [bound, high]))
        else:
            check = _Fill(self, {"x": bound}, ()).visit(_template(_SETTLED[row.settle]))
            conditions.append(check)
        return conditions, _name(name)

    def node_truth(self, node: Node, known: Known, *, want: bool) -> ast.expr:
        """A Python condition: the node is true (or false). ``known`` grows by what it shows when it holds."""
        if isinstance(node, Literal):
            return _constant(node.value is want)
        if isinstance(node, Call):
            form = _TRUTH_FORMS.get(node.operator)
            if form is not None:
                return form(self, node, known, want)
            if node.operator in _PREDICATES:
                conditions: list[ast.expr] = []
                operands: list[ast.expr] = []
                for arg in node.args:
                    more, value = self.parts(arg, known)
                    conditions += more
                    operands.append(value)
                return _all([*conditions, _PREDICATES[node.operator](self, node, operands, want)])
        conditions, value = self.parts(node, known)
        return _all([*conditions, value if want else _not(value)])

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
                _assign(local, ast.Subscript(_name("row"), _constant(column), ast.Load()))
                for column, local in self._locals.items()
            ]
            get = ast.Attribute(_name("row"), "get", ast.Load())
            patient: list[ast.stmt] = [
                _assign(local, ast.Call(get, [_constant(column)], [])) for column, local in self._locals.items()
            ]
            # Subscripts are twice as fast as calls of get, and a whole row is the rule.
            statements.append(ast.Try(direct, [ast.ExceptHandler(_name("KeyError"), None, patient)], [], []))
        statements += [
            _assign(local, ast.Subscript(_name("lists"), _constant(name), ast.Load()))
            for name, local in self._lists.items()
        ]
        return statements


def _assign(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def integer_digits(node: Call) -> int:
    """Digits before the point that a DECIMAL result may have: those of CAST(x AS DECIMAL(p, s)), or what 18 leave."""
    if node.operator.endswith("_to_decimal") and len(node.details) == 2:
        return int(str(node.details[1]))
    return DECIMAL_DIGITS - node.scale


def movable(node: Call) -> tuple[int, int] | None:
    """What the interval of a node may be added to: dates in days, instants in microseconds."""
    match node.operator, node.details:
        case "add_days", (int(days),):
            return movable_dates(0, days)
        case "add_months_date", (int(months),):
            return movable_dates(months, 0)
        case "add_months_timestamp", (int(months),):
            first, last = movable_dates(months, 0)
            return first * DAY, (last + 1) * DAY - 1
        case "add_micros", (int(micros), _):
            return max(TIMESTAMP_MIN, TIMESTAMP_MIN - micros), min(TIMESTAMP_MAX, TIMESTAMP_MAX - micros)
        case _:
            return None


# Predicates: strict, and with a false form as quick as the true one.


def _compare(scope: PythonScope, node: Call, operands: list[ast.expr], want: bool) -> ast.expr:  # noqa: FBT001
    sign = str(node.details[0])
    left, right = operands
    for arg, other in (node.args, node.args[::-1]):
        if arg.type is SqlType.INTEGER and isinstance(other, Literal) and isinstance(other.value, Decimal):
            plain = scope.constant(_quick(other.value))
            left, right = (left, plain) if other is node.args[1] else (plain, right)
    return ast.Compare(left, [_SIGNS[sign if want else _OPPOSITE[sign]]()], [right])


def _quick(value: Decimal) -> int | float | Decimal:
    """A number that compares with every integer as ``value`` does, and faster."""
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    return near if abs(near) < 2**52 and near != int(near) and int(near) == int(value) else value


def _among(scope: PythonScope, node: Call, operands: list[ast.expr], want: bool) -> ast.expr:  # noqa: FBT001
    members = frozenset(node.details)
    if len(members) == 1:
        sign: ast.cmpop = ast.Eq() if want else ast.NotEq()
        return ast.Compare(operands[0], [sign], [scope.constant(next(iter(members)))])
    return ast.Compare(operands[0], [ast.In() if want else ast.NotIn()], [scope.constant(members)])


def _in_list(scope: PythonScope, node: Call, operands: list[ast.expr], want: bool) -> ast.expr:  # noqa: FBT001
    members = _name(scope.list_local(str(node.details[0])))
    return ast.Compare(operands[0], [ast.In() if want else ast.NotIn()], [members])


_PREDICATES: Final[Mapping[str, Callable[[PythonScope, Call, list[ast.expr], bool], ast.expr]]] = {
    "compare": _compare,
    "in": _among,
    "in_list": _in_list,
}


# Truth forms of the operators that look at unknown themselves.


def _truth_of_junction(scope: PythonScope, node: Call, known: Known, want: bool) -> ast.expr:  # noqa: FBT001
    together = (node.operator == "and") is want
    if together:
        return _all([scope.node_truth(arg, known, want=want) for arg in node.args])
    return _any([scope.node_truth(arg, set(known), want=want) for arg in node.args])


def _truth_of_not(scope: PythonScope, node: Call, known: Known, want: bool) -> ast.expr:  # noqa: FBT001
    return scope.node_truth(node.args[0], known, want=not want)


def _truth_of_is_null(scope: PythonScope, node: Call, known: Known, want: bool) -> ast.expr:  # noqa: FBT001
    arg = node.args[0]
    if isinstance(arg, ColumnRef) and arg.nullable and arg.name not in known:
        if not want:
            known.add(arg.name)
        compare: ast.cmpop = ast.Is() if want else ast.IsNot()
        return ast.Compare(_name(scope.local(arg.name)), [compare], [_constant(None)])
    conditions, _ = scope.parts(arg, set(known))
    return _not(_all(conditions)) if want else _all(conditions)


def _truth_of_is_boolean(scope: PythonScope, node: Call, known: Known, want: bool) -> ast.expr:  # noqa: FBT001
    held = scope.node_truth(node.args[0], known if want else set(known), want=bool(node.details[0]))
    return held if want else _not(held)


def _truth_of_distinct(scope: PythonScope, node: Call, known: Known, want: bool) -> ast.expr:  # noqa: FBT001
    left, right = (scope.node_value(arg, known) for arg in node.args)
    return ast.Compare(left, [ast.NotEq() if want else ast.Eq()], [right])


def _truth_of_between(scope: PythonScope, node: Call, known: Known, want: bool) -> ast.expr:  # noqa: FBT001
    shown = known if want or not _open_ended(node) else set(known)
    conditions, value = scope.parts(node.args[0], shown)
    value = scope.atom(value, conditions)
    if want or not _open_ended(node):
        bounds = []
        for arg in node.args[1:]:
            more, bound = scope.parts(arg, shown)
            conditions += more
            bounds.append(bound)
        inside = ast.Compare(bounds[0], [ast.LtE(), ast.LtE()], [value, bounds[1]])
        return _all([*conditions, inside if want else _not(inside)])
    outside: list[ast.expr] = []
    for arg, sign in zip(node.args[1:], (ast.Lt(), ast.Gt()), strict=True):
        more, bound = scope.parts(arg, set(shown))
        outside.append(_all([*more, ast.Compare(value, [sign], [bound])]))
    return _all([*conditions, _any(outside)])


def _open_ended(node: Call) -> bool:
    return node.args[1].nullable or node.args[2].nullable


_TRUTH_FORMS: Final[Mapping[str, Callable[[PythonScope, Call, Known, bool], ast.expr]]] = {
    "and": _truth_of_junction,
    "or": _truth_of_junction,
    "not": _truth_of_not,
    "is_null": _truth_of_is_null,
    "is_boolean": _truth_of_is_boolean,
    "distinct": _truth_of_distinct,
    "between": _truth_of_between,
}


# Value forms of the same, and of the conditional functions.

Parts = tuple[list[ast.expr], ast.expr]


def _value_of_junction(scope: PythonScope, node: Call, known: Known) -> Parts:
    if not node.nullable:
        return [], scope.node_truth(node, set(known), want=True)
    decisive = node.operator == "or"
    deciding: list[ast.expr] = []
    unknown: list[ast.expr] = []
    for arg in node.args:
        name = scope.temporary()
        bound = _bind(name, scope.node_value(arg, set(known)))
        deciding.append(ast.Compare(bound, [ast.Is()], [_constant(decisive)]))
        unknown.append(ast.Compare(_name(name), [ast.Is()], [_constant(None)]))
    undecided = ast.IfExp(_any(unknown), _constant(None), _constant(not decisive))
    return scope.optional(ast.IfExp(_any(deciding), _constant(decisive), undecided))


def _value_of_not(scope: PythonScope, node: Call, known: Known) -> Parts:
    conditions, value = scope.parts(node.args[0], known)
    return conditions, _not(value)


def _value_by_truth(scope: PythonScope, node: Call, known: Known) -> Parts:
    return [], scope.node_truth(node, set(known), want=True)


def _value_of_between(scope: PythonScope, node: Call, known: Known) -> Parts:
    if not _open_ended(node):
        conditions, value = scope.parts(node.args[0], known)
        (_, low), (_, high) = (scope.parts(arg, known) for arg in node.args[1:])
        return conditions, ast.Compare(low, [ast.LtE(), ast.LtE()], [value, high])
    names = [scope.temporary() for _ in node.args]
    x, low, high = (_bind(name, scope.node_value(arg, set(known))) for name, arg in zip(names, node.args, strict=True))
    name_x, name_low, name_high = names
    none = _constant(None)
    below = _all([_known(low), ast.Compare(_name(name_x), [ast.Lt()], [_name(name_low)])])
    above = _all([_known(high), ast.Compare(_name(name_x), [ast.Gt()], [_name(name_high)])])
    either_unknown = _any([ast.Compare(_name(name), [ast.Is()], [none]) for name in (name_low, name_high)])
    inside = ast.IfExp(either_unknown, none, _constant(True))
    checked = ast.IfExp(_any([below, above]), _constant(False), inside)
    return scope.optional(ast.IfExp(ast.Compare(x, [ast.Is()], [none]), none, checked))


def _value_of_case(scope: PythonScope, node: Call, known: Known) -> Parts:
    *branches, default = node.args
    result = scope.node_value(default, set(known))
    for index in range(len(branches) - 2, -1, -2):
        shown = set(known)
        condition = scope.node_truth(branches[index], shown, want=True)
        result = ast.IfExp(condition, scope.node_value(branches[index + 1], shown), result)
    return scope.optional(result) if node.nullable else ([], result)


def _value_of_coalesce(scope: PythonScope, node: Call, known: Known) -> Parts:
    *first, last = node.args
    result = scope.node_value(last, set(known))
    for arg in reversed(first):
        conditions, value = scope.parts(arg, set(known))
        result = ast.IfExp(_all(conditions), value, result)
    return scope.optional(result) if node.nullable else ([], result)


def _value_of_null_if(scope: PythonScope, node: Call, known: Known) -> Parts:
    conditions, value = scope.parts(node.args[0], known)
    scope.runtime("null_if")
    more, result = scope.optional(_call("null_if", value, scope.node_value(node.args[1], set(known))))
    return conditions + more, result


def _value_of_choice(scope: PythonScope, node: Call, known: Known) -> Parts:
    scope.runtime(node.operator)
    result = _call(node.operator, *(scope.node_value(arg, set(known)) for arg in node.args))
    return scope.optional(result) if node.nullable else ([], result)


_VALUE_FORMS: Final[Mapping[str, Callable[[PythonScope, Call, Known], Parts]]] = {
    "and": _value_of_junction,
    "or": _value_of_junction,
    "not": _value_of_not,
    "is_null": _value_by_truth,
    "is_boolean": _value_by_truth,
    "distinct": _value_by_truth,
    "between": _value_of_between,
    "case": _value_of_case,
    "coalesce": _value_of_coalesce,
    "null_if": _value_of_null_if,
    "least": _value_of_choice,
    "greatest": _value_of_choice,
    "concat": _value_of_choice,
}
