"""Every place of a policy that can fire, by the name under which it is recorded, and the scores behind what it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tandem.decide.policy.plan import (
    BoundEffect,
    BoundModel,
    BoundRules,
    BoundScorecard,
    BoundSet,
    BoundSplit,
    BoundStage,
    BoundSwitch,
    BoundTable,
    Plan,
)
from tandem.decide.policy.types import Missing, Outcome

__all__ = ["Place", "adverse_codes", "places_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """A rule, list check, case or table row.

    Attributes:
        kind: of its stage.
        outcome: it puts on the scales, if any; ``reason`` its code.
        sources: scoring stages behind its condition.
        sets_terms: whether it sets a limit, a cap or a price; ``term_sources``: the scoring stages behind them.
    """

    kind: Literal["lists", "rules", "decide", "table"]
    outcome: Outcome | None
    reason: str | None
    sources: tuple[str, ...]
    sets_terms: bool
    term_sources: tuple[str, ...]


def places_of(plan: Plan) -> dict[str, Place]:
    """``stage.rule``, as in ``PolicyResult.fired``, to its place."""
    origins: dict[str, frozenset[str]] = {}
    stages = list(_walk(plan.flow))
    for _ in stages:  # a variable may be made from one that a later stage of another branch sets
        if not _learn(stages, origins):
            break
    found: dict[str, Place] = {}
    for stage in stages:
        if isinstance(stage, BoundRules):
            for rule in stage.rules:
                found[f"{stage.name}.{rule.name}"] = _place(stage.kind, rule.effect, origins)
        elif isinstance(stage, BoundTable):
            for row in (*stage.rows, *(() if stage.default is None else (stage.default,))):
                found[f"{stage.name}.{row.name}"] = _place("table", row.effect, origins)
    return found


def adverse_codes(plan: Plan) -> tuple[str, ...]:
    """Every reason code by which the policy itself may speak against somebody, sorted; those of its models are not among them."""
    found: set[str | None] = {
        one.reason
        for one in places_of(plan).values()
        if one.sets_terms or one.outcome in {Outcome.DECLINE, Outcome.REVIEW}
    }
    for stage in _walk(plan.flow):
        if isinstance(stage, BoundRules):
            found.update(_lacking(rule.missing) for rule in stage.rules)
        elif isinstance(stage, BoundTable):
            found.add(_lacking(stage.missing))
        elif isinstance(stage, BoundSwitch):
            found.update(_lacking(case.missing) for case in stage.cases)
        elif isinstance(stage, BoundScorecard):
            found.update(one.reason for one in stage.characteristics)
    return tuple(sorted(code for code in found if code is not None))


def _lacking(missing: Missing | None) -> str | None:
    """The code that a missing fact speaks against somebody by, if it does."""
    return None if missing is None or missing.then in {"skip", "approve"} else missing.reason


def _place(
    kind: Literal["lists", "rules", "decide", "table"], effect: BoundEffect, origins: dict[str, frozenset[str]]
) -> Place:
    terms = [one for one in (effect.limit, effect.cap, *(value for _, value in effect.price)) if one is not None]
    behind = dict.fromkeys(effect.sources)
    for one in terms:
        behind.update(dict.fromkeys(sorted(_behind(one.columns, origins))))
    return Place(
        kind=kind,
        outcome=effect.then,
        reason=effect.reason,
        sources=effect.sources,
        sets_terms=bool(terms),
        term_sources=tuple(behind) if terms else (),
    )


def _walk(flow: Iterable[BoundStage]) -> Iterator[BoundStage]:
    for stage in flow:
        yield stage
        inner: Iterable[tuple[BoundStage, ...]] = ()
        if isinstance(stage, BoundSwitch):
            inner = [case.flow for case in stage.cases]
        elif isinstance(stage, BoundSplit):
            inner = stage.flows
        for one in inner:
            yield from _walk(one)


def _learn(stages: Iterable[BoundStage], origins: dict[str, frozenset[str]]) -> bool:
    """Take in which scoring stages each variable comes from; whether anything was new."""
    changed = False
    for stage in stages:
        for name, sources in _made(stage, origins):
            known = origins.get(name, frozenset())
            if not sources <= known:
                origins[name] = known | sources
                changed = True
    return changed


def _made(stage: BoundStage, origins: dict[str, frozenset[str]]) -> Iterator[tuple[str, frozenset[str]]]:
    if isinstance(stage, BoundModel):
        for name in (stage.stage.probability, stage.stage.points, stage.stage.margin):
            if name is not None:
                yield name, frozenset({stage.name})
    elif isinstance(stage, BoundScorecard):
        yield stage.output.name, frozenset({stage.name})
    elif isinstance(stage, BoundSet):
        for name, value in stage.values:
            yield name, _behind(value.columns, origins)
    if isinstance(stage, BoundTable):
        for output in stage.outputs:
            yield output.name, frozenset(stage.sources)
    if isinstance(stage, BoundRules | BoundTable):
        yield from _assigned(stage, origins)


def _assigned(
    stage: BoundRules | BoundTable, origins: dict[str, frozenset[str]]
) -> Iterator[tuple[str, frozenset[str]]]:
    for one in stage.rules if isinstance(stage, BoundRules) else stage.rows:
        for name, value in one.effect.assign:
            yield name, _behind(value.columns, origins) | frozenset(one.effect.sources)


def _behind(columns: Iterable[str], origins: dict[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(origins.get(name, frozenset()) for name in columns))
