"""What is known at a point of the flow: facts, variables set so far, and what they came from.

The scope is flow-sensitive: a variable set in one branch only may be missing after the branches meet, and a condition
that reads it then needs its missing branch like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from tandem.decide.policy.context import Finding, PolicyContext
from tandem.decide.policy.types import Missing, Policy
from tandem.kernel.errors import DefinitionError, TandemError, near_match, shown
from tandem.kernel.expressions import Column, Expression, parse
from tandem.kernel.values import SqlType, Value

__all__ = ["Scope", "Workbench", "merged"]

_NUMERIC = (SqlType.INTEGER, SqlType.DOUBLE, SqlType.DECIMAL)


@dataclass
class Scope:
    """Names usable at a point of the flow.

    Attributes:
        columns: facts and variables with their types.
        variables: which of them are variables.
        sources: variable to the model and scorecard stages its value came from.
        outputs: variable to the model stages that fill it.
        ended: no application gets past this point.
        broken: variables whose definition is in error; complaints about them would be noise.
    """

    columns: dict[str, Column]
    variables: set[str] = field(default_factory=set)
    sources: dict[str, frozenset[str]] = field(default_factory=dict)
    outputs: dict[str, frozenset[str]] = field(default_factory=dict)
    ended: bool = False
    broken: set[str] = field(default_factory=set)

    def copy(self) -> Scope:
        """A scope that may go its own way."""
        return Scope(
            dict(self.columns),
            set(self.variables),
            dict(self.sources),
            dict(self.outputs),
            self.ended,
            set(self.broken),
        )

    def sources_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The scoring stages behind these names, sorted."""
        found: set[str] = set()
        for name in names:
            found |= self.sources.get(name, frozenset())
        return tuple(sorted(found))


def merged(before: Scope, ends: list[Scope]) -> Scope:
    """The scope after branches meet; a branch in which the flow ended does not arrive."""
    arriving = [scope for scope in ends if not scope.ended]
    if not arriving:
        result = before.copy()
        result.ended = True
        return result
    result = arriving[0].copy()
    for other in arriving:
        for name in other.columns.keys() - result.columns.keys():
            result.columns[name] = other.columns[name]
        result.variables |= other.variables
        result.broken |= other.broken
        for name, found in other.sources.items():
            result.sources[name] = result.sources.get(name, frozenset()) | found
        for name, found in other.outputs.items():
            result.outputs[name] = result.outputs.get(name, frozenset()) | found
    for name in result.variables:
        unsure = any(name not in scope.variables or scope.columns[name].nullable for scope in arriving)
        result.columns[name] = replace(result.columns[name], nullable=unsure)
    return result


class Workbench:
    """Collects findings and uses while a policy is bound.

    Args:
        policy: the policy being bound.
        context: the names it may use.
    """

    def __init__(self, policy: Policy, context: PolicyContext) -> None:
        self.policy = policy
        self.context = context
        self.findings: list[Finding] = []
        self.used_columns: set[str] = set()
        self.read_columns: set[str] = set()
        self.used_lists: set[str] = set()
        self.variables: dict[str, Column] = {}
        self.roots: dict[str, dict[str, None]] = {}
        self.answers = context.answers()

    def error(
        self, code: str, at: str, message: str, hint: str | None = None, example: dict[str, Value] | None = None
    ) -> None:
        self._find("error", code, at, message, hint, example)

    def warning(
        self, code: str, at: str, message: str, hint: str | None = None, example: dict[str, Value] | None = None
    ) -> None:
        self._find("warning", code, at, message, hint, example)

    def _find(
        self,
        severity: Literal["error", "warning"],
        code: str,
        at: str,
        message: str,
        hint: str | None,
        example: dict[str, Value] | None,
    ) -> None:
        shown = None
        if example is not None:
            shown = {
                k: v if isinstance(v, bool | int | float | str) or v is None else str(v) for k, v in example.items()
            }
        self.findings.append(Finding(severity=severity, code=code, where=at, message=message, hint=hint, example=shown))

    def expression(self, text: str, at: str, scope: Scope, want: str = "") -> Expression | None:
        """The typed expression, or None with a finding. ``want`` is ``boolean``, ``number``, ``integer`` or nothing."""
        try:
            found = parse(text, scope.columns, lists=self.context.lists)
        except DefinitionError as error:
            if error.code == "unknown_column" and str(error.value) in self.answers:
                self.not_asked(str(error.value), at)
            elif error.value not in scope.broken:
                self.error(error.code, at, _said(error), error.hint)
            return None
        except TandemError as error:
            self.error(error.code, at, _said(error), error.hint)
            return None
        wrong = _mismatch(found.type, want)
        if wrong:
            self.error("wrong_type", at, f"{text!r} is of type {found.type.value}; {wrong}")
            return None
        read = {name for name in found.columns if name not in scope.variables}
        self.used_columns |= read
        self.read_columns |= read
        self.used_lists.update(found.lists)
        return found

    def not_asked(self, name: str, at: str) -> None:
        """Find that a fact is read where nobody was asked for it yet."""
        connector = self.answers[name]
        self.error(
            "not_asked",
            at,
            f"{name!r} is what {connector} answers, and {connector} is not asked before here.",
            f"put '- ask: {connector}' before it",
        )

    def fact(self, name: str, at: str, scope: Scope) -> Column | None:
        """The column of a fact that is named directly, or None with a finding."""
        if name in scope.columns and name not in scope.variables:
            self.used_columns.add(name)
            return scope.columns[name]
        if name in self.answers:
            self.not_asked(name, at)
            return None
        self.error("unknown_column", at, f"There is no fact {name!r}.", near_match(name, self.context.columns))
        return None

    def assign(
        self,
        name: str,
        column: Column,
        at: str,
        scope: Scope,
        *,
        sure: bool,
        sources: Iterable[str] = (),
        read: Iterable[str] = (),
    ) -> None:
        """Note that a variable is set here.

        Args:
            name: of the variable.
            column: its type.
            at: path in the document.
            scope: changed by it.
            sure: every application that comes past sets it.
            sources: the scoring stages behind its value.
            read: the names its value is made from.
        """
        if name in self.context.columns:
            self.error("shadows_fact", at, f"{name!r} is already the name of a fact.", "choose another name")
            return
        if name in scope.outputs:
            self.error("reassigned_score", at, f"{name!r} is filled by a model.", "choose another name")
            return
        known = self.variables.get(name)
        if known is not None and (known.type, known.scale) != (column.type, column.scale):
            self.error(
                "type_change",
                at,
                f"{name!r} is {known.type.value} elsewhere and {column.type.value} here.",
                "CAST one of them, or choose another name",
            )
            return
        before = scope.columns.get(name) if name in scope.variables else None
        nullable = column.nullable if sure else column.nullable or before is None or before.nullable
        scope.columns[name] = replace(column, nullable=nullable)
        scope.variables.add(name)
        origin = frozenset(sources)
        scope.sources[name] = origin if sure else scope.sources.get(name, frozenset()) | origin
        self.variables.setdefault(name, replace(column, nullable=True))
        roots = self.roots.setdefault(name, {})
        for one in read:
            roots.update({one: None} if one not in scope.variables else self.roots.get(one, {}))

    def reason(self, code: str | None, at: str) -> None:
        """Check a reason code against the catalogue."""
        if code is not None and code not in self.context.reasons:
            self.error(
                "unknown_reason",
                at,
                f"The reason catalogue has no code {code!r}.",
                near_match(code, self.context.reasons) or "add it to the catalogue in both languages",
            )

    def branch_for_missing(
        self, condition: Expression | None, near: tuple[Missing | None, ...], at: str
    ) -> Missing | None:
        """The nearest ``when_missing`` clause where ``condition`` can be without an answer; a finding if there is none."""
        if condition is None or not condition.nullable:
            return None
        for clause in (*near, self.policy.missing):
            if clause is not None:
                return self.resolved(clause, at)
        facts = ", ".join(condition.columns) or condition.text
        self.error(
            "missing_branch",
            at,
            f"{condition.text!r} may have no answer ({facts} may be missing), and nothing says what happens then.",
            "add 'when_missing: review' (or decline, or skip) here, at the stage or for the policy; "
            "or test IS NULL, or use COALESCE",
        )
        return None

    def resolved(self, clause: Missing, at: str) -> Missing:
        """``clause`` with its reason filled in and checked."""
        if clause.then in ("skip", "approve") and clause.reason is None:
            return clause
        resolved = Missing(then=clause.then, reason=clause.reason or self.policy.missing_reason)
        self.reason(resolved.reason, f"{at}.when_missing")
        return resolved


def _said(error: TandemError) -> str:
    said = error.detail.rstrip(".")
    if error.value is not None and str(error.value) not in said:
        said += f" ({shown(error.value)})"
    return f"{said}, {error.at}." if error.at is not None else f"{said}."


def _mismatch(kind: SqlType, want: str) -> str | None:
    if want == "boolean" and kind is not SqlType.BOOLEAN:
        return "a condition must be true or false"
    if want == "number" and kind not in _NUMERIC:
        return "a number is needed"
    if want == "integer" and kind is not SqlType.INTEGER:
        return "whole minor units are needed: use CAST(ROUND(...) AS BIGINT)"
    return None
