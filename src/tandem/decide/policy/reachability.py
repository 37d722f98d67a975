"""What can never happen: rules behind an unconditional one, repeated conditions, outcomes nothing leads to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tandem.decide.policy.analysis import unreachable_rows
from tandem.decide.policy.boxes import Box, box_of, is_empty
from tandem.decide.policy.cells import parse_cell
from tandem.decide.policy.limits import MAX_COLUMNS
from tandem.decide.policy.plan import (
    BoundEffect,
    BoundRules,
    BoundSplit,
    BoundStage,
    BoundSwitch,
    BoundTable,
    Plan,
)
from tandem.decide.policy.types import Missing, Outcome
from tandem.kernel.values import SqlType

if TYPE_CHECKING:
    from tandem.decide.policy.scope import Workbench

__all__ = ["check_constant_rules", "check_outcomes", "effects_of"]


def check_constant_rules(stage: BoundRules, bench: Workbench) -> None:
    """Rules that can never fire because of the ones before them, and conditions without a column."""
    seen: dict[str, str] = {}
    closed: str | None = None
    check_boxes(stage, bench)
    for rule in stage.rules:
        if closed is not None:
            bench.error(
                "unreachable_rule", rule.at, f"{rule.name!r} comes after {closed!r}, which always holds.", "move it up"
            )
            continue
        if rule.condition is None:
            if stage.hit == "first" or rule.effect.stop:
                closed = rule.name
            continue
        text = " ".join(rule.condition.text.split())
        simple = box_of(rule.condition) is not None  # those are compared by what they cover
        repeats = text in seen and ((stage.hit == "first" and not simple) or seen[text] in _stopping(stage))
        if repeats:
            bench.error(
                "unreachable_rule",
                rule.at,
                f"{rule.name!r} repeats the condition of {seen[text]!r}, which is tried first.",
                "delete one of them",
            )
        seen.setdefault(text, rule.name)
        if not rule.condition.columns and not rule.condition.lists:
            bench.warning(
                "constant_condition", rule.at, f"{rule.condition.text!r} does not look at any fact.", "delete the rule"
            )


def check_boxes(stage: BoundRules, bench: Workbench) -> None:
    """Conditions that no application can meet, and rules under ``first`` that earlier ones leave nothing to."""
    boxes = [None if rule.condition is None else box_of(rule.condition) for rule in stage.rules]
    for rule, box in zip(stage.rules, boxes, strict=True):
        if rule.condition is not None and box is not None and is_empty(box):
            bench.error(
                "never_true",
                rule.at,
                f"{rule.condition.text!r} can never be true.",
                "one of its parts excludes another",
            )
    if stage.hit == "first":
        _check_covered(stage, boxes, bench)


def _check_covered(stage: BoundRules, boxes: Sequence[Box | None], bench: Workbench) -> None:
    places = [(rule, box) for rule, box in zip(stage.rules, boxes, strict=True) if box and not is_empty(box)]
    columns = {name: column for _, box in places for name, (column, _) in box.items()}
    if len(places) < 2 or len(columns) > MAX_COLUMNS:
        return
    anything = parse_cell("-", SqlType.TEXT, "")
    rows = [[box[name][1] if name in box else anything for name in columns] for _, box in places]
    kinds = [column.type for column in columns.values()]
    nullable = [column.nullable for column in columns.values()]
    for index, place in unreachable_rows(list(columns), kinds, nullable, rows):
        rule = places[index][0]
        bench.error(
            "unreachable_rule",
            rule.at,
            f"{rule.name!r} can never be the first that holds: the rules before it cover all of it.",
            "move it up, or delete it",
            place.example,
        )


def _stopping(stage: BoundRules) -> set[str]:
    return {rule.name for rule in stage.rules if rule.effect.stop}


def check_outcomes(plan: Plan, bench: Workbench) -> None:
    """Warn of an outcome that no effect leads to."""
    found: set[str | None] = set()
    for effect, missing in effects_of(plan.flow):
        found.add(effect.then)
        if missing is not None:
            found.add(missing.then)
    for outcome in Outcome:
        if outcome.value not in found:
            bench.warning(
                "outcome_unreachable", "flow", f"Nothing in this policy leads to {outcome.value}.", "is that meant?"
            )


def effects_of(flow: tuple[BoundStage, ...]) -> Iterator[tuple[BoundEffect, Missing | None]]:
    """Every effect of a flow and of the flows within, with the missing branch beside it."""
    for stage in flow:
        if isinstance(stage, BoundRules):
            for rule in stage.rules:
                yield rule.effect, rule.missing
        elif isinstance(stage, BoundTable):
            for row in (*stage.rows, *([stage.default] if stage.default else [])):
                yield row.effect, stage.missing
        elif isinstance(stage, BoundSwitch):
            for case in stage.cases:
                yield BoundEffect(), case.missing
                yield from effects_of(case.flow)
        elif isinstance(stage, BoundSplit):
            for flow_of_arm in stage.flows:
                yield from effects_of(flow_of_arm)
