"""The generated function while it is written: its names, and a few forms of Python's syntax tree.

Nothing in it is made from text: statements are nodes, constants are objects in the function's own namespace, and the
only names are those we choose.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from operator import itemgetter
from types import CodeType, FunctionType
from typing import Any

from tandem.decide.policy.plan import Plan
from tandem.kernel.expressions import Expression, PythonScope

__all__ = ["Writer", "append", "assign", "call", "constant", "method", "name", "never_none"]


def name(identifier: str) -> ast.Name:
    """A name that is read."""
    return ast.Name(identifier, ast.Load())


def constant(value: object) -> ast.Constant:
    """A literal."""
    return ast.Constant(value)  # type: ignore[arg-type]


def assign(target: str, value: ast.expr) -> ast.stmt:
    """``target = value``."""
    return ast.Assign([ast.Name(target, ast.Store())], value)


def call(function: ast.expr, *arguments: ast.expr) -> ast.Call:
    """``function(arguments)``."""
    return ast.Call(function, list(arguments), [])


def method(owner: ast.expr, attribute: str, *arguments: ast.expr) -> ast.Call:
    """``owner.attribute(arguments)``."""
    return ast.Call(ast.Attribute(owner, attribute, ast.Load()), list(arguments), [])


def append(target: str, value: ast.expr) -> ast.stmt:
    """``target.append(value)``."""
    return ast.Expr(method(name(target), "append", value))


def never_none(values: Sequence[ast.expr]) -> ast.expr:
    """A condition: one of ``values`` is None."""
    tests: list[ast.expr] = [ast.Compare(value, [ast.Is()], [constant(None)]) for value in values]
    return tests[0] if len(tests) == 1 else ast.BoolOp(ast.Or(), tests)


class Writer:
    """Names and constants of one generated function.

    Args:
        plan: the policy it is made from.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.scope = PythonScope()
        self._constants = 0

    def keep(self, value: object) -> ast.Name:
        """``value`` as a global of the function."""
        self._constants += 1
        identifier = f"p{self._constants}"
        self.scope.namespace[identifier] = value
        return name(identifier)

    def fresh(self) -> str:
        """A new local."""
        return self.scope.temporary()

    def column(self, column: str) -> ast.Name:
        """The local of a fact or variable."""
        return name(self.scope.local(column))

    def variable(self, variable: str) -> str:
        """The local a variable is assigned to."""
        return self.scope.local(variable)

    def truth(self, expression: Expression) -> ast.expr:
        """A condition: the expression is true."""
        return self.scope.truth(expression)

    def falsity(self, expression: Expression) -> ast.expr:
        """A condition: the expression is false."""
        return self.scope.truth(expression, want=False)

    def value(self, expression: Expression) -> ast.expr:
        """The expression's value, or None."""
        return self.scope.value(expression)

    def build(self, identifier: str, body: list[ast.stmt]) -> Callable[..., Any]:
        """The function ``identifier(row, lists, models)``: facts and lists unpacked, variables unset, then ``body``."""
        facts = [column for column in self.scope.columns if column not in self.plan.variables]
        prologue: list[ast.stmt] = []
        if facts:
            row = name("row")
            targets: list[ast.expr] = [ast.Name(self.scope.local(fact), ast.Store()) for fact in facts]
            # Two or more names, so that the getter gives a tuple; it is twice as fast as a subscript per fact.
            getter = self.keep(itemgetter(*facts, facts[0]))
            spare: ast.expr = ast.Name(self.fresh(), ast.Store())
            direct: list[ast.stmt] = [
                ast.Assign([ast.Tuple([*targets, spare], ast.Store())], call(getter, row)),
            ]
            patient = [assign(self.scope.local(fact), method(row, "get", constant(fact))) for fact in facts]
            handler = ast.ExceptHandler(name("KeyError"), None, patient)
            prologue.append(ast.Try(direct, [handler], [], []))
        prologue += [
            assign(self.scope.list_local(one), ast.Subscript(name("lists"), constant(one), ast.Load()))
            for one in self.scope.lists
        ]
        prologue += [assign(self.scope.local(variable), constant(None)) for variable in self.plan.variables]
        self.scope.namespace["KeyError"] = KeyError
        arguments = ast.arguments(
            posonlyargs=[],
            args=[ast.arg("row"), ast.arg("lists"), ast.arg("models")],
            kwonlyargs=[],
            kw_defaults=[],
            defaults=[],
        )
        function = ast.FunctionDef(identifier, arguments, [*prologue, *body], [], None)
        module = ast.fix_missing_locations(ast.Module([function], []))
        code = compile(module, f"<tandem policy {self.plan.policy.policy}>", "exec", dont_inherit=True, optimize=2)
        inner = next(item for item in code.co_consts if isinstance(item, CodeType))
        return FunctionType(inner, self.scope.namespace, identifier)
