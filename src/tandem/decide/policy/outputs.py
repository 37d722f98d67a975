"""The output columns of a decision table.

``outcome``, ``reason``, ``actions``, ``limit``, ``cap`` and ``price.<part>`` act on the decision; every other name is a
variable for later stages. A cell is a value; text that opens with ``=`` is an expression, as in a spreadsheet.
"""

from __future__ import annotations

from typing import Final

from tandem.decide.policy.plan import BoundEffect
from tandem.decide.policy.scope import Scope, Workbench
from tandem.decide.policy.types import Outcome, TableStage
from tandem.kernel.errors import near_match
from tandem.kernel.expressions import Column, Expression
from tandem.kernel.values import SqlType, Value

__all__ = ["ACTING", "bind_outputs", "bind_values", "is_acting"]

ACTING: Final = frozenset({"outcome", "reason", "actions", "limit", "cap"})
_AGGREGATED: Final = (SqlType.INTEGER, SqlType.DOUBLE)


def is_acting(name: str) -> bool:
    """Whether an output acts on the decision instead of setting a variable."""
    return name in ACTING or name.startswith("price.")


def bind_outputs(stage: TableStage, at: str, scope: Scope, bench: Workbench) -> dict[str, Column] | None:
    """Variable name to its type, unified over all rows; None with findings where cells disagree."""
    found: dict[str, Column] = {}
    good = True
    if stage.hit == "priority" and "outcome" not in stage.outputs:
        bench.error("no_priority", f"{at}.outputs", "hit: priority orders rows by outcome.", "add an output 'outcome'")
        good = False
    for index, name in enumerate(stage.outputs):
        place = f"{at}.outputs[{index}]"
        if is_acting(name):
            continue
        if not name.isidentifier() or name != name.lower():
            bench.error("invalid_name", place, f"{name!r} is no variable name.", "write lower_snake")
            good = False
            continue
        cells = [row.then[index] for row in stage.rows]
        if stage.default is not None:
            cells.append(stage.default[index])
        column = _unified(name, cells, place, scope, bench, set(stage.outputs))
        if column is None:
            good = False
            continue
        if stage.hit == "collect":
            if stage.aggregate == "list" or column.type not in _AGGREGATED:
                bench.error(
                    "collect_variable",
                    place,
                    f"Collected values of {name!r} must become one number.",
                    "add aggregate: sum, min or max; lists are for reason and actions",
                )
                good = False
                continue
            column = Column(column.type, nullable=column.nullable or stage.default is None)
        found[name] = column
    return found if good else None


def _unified(
    name: str, cells: list[Value], at: str, scope: Scope, bench: Workbench, outputs: set[str]
) -> Column | None:
    types: set[SqlType] = set()
    nullable = False
    scale = 0
    for cell in cells:
        if cell is None:
            nullable = True
            continue
        text = _formula(cell)
        if text is None:
            types.add(_type_of(cell))
            continue
        expression = bench.expression(text, at, scope)
        if expression is None:
            return None
        own = sorted(set(expression.columns) & outputs)
        if own:
            bench.error(
                "reads_own_output", at, f"{text!r} reads {own[0]!r}, which this table sets.", "name it otherwise"
            )
            return None
        types.add(expression.type)
        nullable |= expression.nullable
        scale = max(scale, expression.scale)
    if types == {SqlType.INTEGER, SqlType.DOUBLE} and all(_formula(cell) is None for cell in cells):
        types = {SqlType.DOUBLE}
    if len(types) != 1:
        shown = ", ".join(sorted(kind.value for kind in types)) or "nothing but null"
        bench.error("mixed_output", at, f"The cells of {name!r} are of type {shown}.", "make them one type")
        return None
    return Column(types.pop(), nullable, scale)


def _formula(cell: Value) -> str | None:
    return cell[1:].strip() if isinstance(cell, str) and cell.startswith("=") else None


def _type_of(cell: Value) -> SqlType:
    if isinstance(cell, bool):
        return SqlType.BOOLEAN
    if isinstance(cell, int):
        return SqlType.INTEGER
    return SqlType.DOUBLE if isinstance(cell, float) else SqlType.TEXT


def bind_values(
    stage: TableStage, cells: tuple[Value, ...], at: str, scope: Scope, bench: Workbench, kinds: dict[str, Column]
) -> tuple[BoundEffect, tuple[Value | Expression, ...]] | None:
    """The effect and the variables' values of one row's output cells; None with findings."""
    acting: dict[str, Value] = {}
    values: list[Value | Expression] = []
    good = True
    for index, (name, cell) in enumerate(zip(stage.outputs, cells, strict=True)):
        place = f"{at}[{index}]"
        if is_acting(name):
            acting[name] = cell
            continue
        text = _formula(cell)
        if text is not None:
            expression = bench.expression(text, place, scope)
            good &= expression is not None
            values.append(expression)
        else:
            values.append(float(cell) if cell is not None and kinds[name].type is SqlType.DOUBLE else cell)
    effect = _effect(acting, at, scope, bench)
    return (effect, tuple(values)) if good and effect is not None else None


def _effect(acting: dict[str, Value], at: str, scope: Scope, bench: Workbench) -> BoundEffect | None:
    outcome = acting.get("outcome")
    if outcome is not None and outcome not in tuple(Outcome):
        bench.error("unknown_word", at, f"{outcome!r} is no outcome.", near_match(str(outcome), tuple(Outcome)))
        return None
    reason = acting.get("reason")
    bench.reason(None if reason is None else str(reason), at)
    price = []
    for name, cell in acting.items():
        part = _amount(cell, at, scope, bench, "number") if name.startswith("price.") else None
        if part is not None:
            price.append((name.removeprefix("price."), part))
    actions = acting.get("actions")
    return BoundEffect(
        then=None if outcome is None else Outcome(str(outcome)),
        reason=None if reason is None else str(reason),
        actions=tuple(word.strip() for word in str(actions).split(",")) if actions else (),
        limit=_amount(acting.get("limit"), at, scope, bench, "integer"),
        cap=_amount(acting.get("cap"), at, scope, bench, "integer"),
        price=tuple(sorted(price, key=lambda one: one[0])),
    )


def _amount(cell: Value, at: str, scope: Scope, bench: Workbench, want: str) -> Expression | None:
    if cell is None:
        return None
    text = _formula(cell)
    return bench.expression(str(cell) if text is None else text, at, scope, want)
