"""The end of every run, compiled or traced: what fired is weighed, and reasons are chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tandem.decide.policy.limits import PRINCIPAL_REASONS
from tandem.decide.policy.plan import (
    BoundCharacteristic,
    BoundEffect,
    BoundScorecard,
    BoundSplit,
    BoundStage,
    BoundSwitch,
    Plan,
)
from tandem.decide.policy.results import GivenReason, PolicyResult, Score, ScoringModel
from tandem.decide.policy.types import Missing, Outcome
from tandem.kernel.values import Row, Value

__all__ = ["UNRANKED", "Closing", "Hit", "hit_of", "missing_hit", "note_missing"]

UNRANKED = 99
"""Rank of a hit without an outcome."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that fired: a constant of the compiled function.

    ``rank`` is the outcome's place in the precedence, 0 the strongest; ``given`` its reason as it is given: made once,
    because a run has no time to.
    """

    rank: int
    given: tuple[GivenReason, ...]
    severity: int
    rule: str
    actions: tuple[str, ...]
    sources: tuple[str, ...]
    fired: str


def hit_of(plan: Plan, stage: str, rule: str, effect: BoundEffect) -> Hit:
    """The hit of an effect."""
    rank = UNRANKED if effect.then is None else plan.rank(effect.then)
    given = _given(effect.reason, stage, rule, "rule")
    return Hit(rank, given, effect.severity, rule, effect.actions, effect.sources, f"{stage}.{rule}")


def missing_hit(plan: Plan, stage: str, rule: str, missing: Missing) -> Hit:
    """The hit of a ``when_missing`` clause that is not ``skip``."""
    rank = plan.rank(Outcome(missing.then))
    given = _given(missing.reason, stage, rule, "missing")
    return Hit(rank, given, 0, rule, (), (), f"{stage}.{rule}?missing")


def _given(code: str | None, stage: str, rule: str, source: Literal["rule", "missing"]) -> tuple[GivenReason, ...]:
    return () if code is None else (GivenReason(code=code, stage=stage, rule=rule, source=source),)


def note_missing(missing: list[str], names: Sequence[str], values: Sequence[Value], text: str) -> None:
    """Note which facts were missing; where none was, the expression itself had no answer (a division by zero)."""
    absent = [name for name, value in zip(names, values, strict=True) if value is None]
    for name in absent or (text,):
        if name not in missing:
            missing.append(name)


class Closing:
    """Weighs what fired and makes the result; one per policy.

    Args:
        plan: the policy.
    """

    def __init__(self, plan: Plan) -> None:
        self._precedence = plan.policy.precedence
        self._decline, self._approve = plan.rank(Outcome.DECLINE), plan.rank(Outcome.APPROVE)
        self._models = {name: (model.stage.uses, model.inputs) for name, model in plan.models.items()}
        self._cards = dict(_scorecards(plan.flow))

    def best(self, hits: Sequence[Hit]) -> Outcome | None:
        """The strongest outcome so far."""
        rank = min((hit.rank for hit in hits), default=UNRANKED)
        return None if rank == UNRANKED else self._precedence[rank]

    def close(
        self,
        row: Row,
        models: Mapping[str, ScoringModel],
        hits: list[Hit],
        path: list[str],
        missing: list[str],
        limit: int | None,
        cap: int | None,
        price: dict[str, Value],
        scores: dict[str, Score],
        variables: dict[str, Value],
        splits: dict[str, str],
        points: dict[str, tuple[int | float, ...]],
    ) -> PolicyResult:
        """The result. ``points`` holds the points of each scorecard's characteristics."""
        rank = min([hit.rank for hit in hits])
        leading = [hit for hit in hits if hit.rank == rank]
        if rank == self._decline:
            limit, price = None, {}
        elif limit is not None:
            limit = max(0, limit if cap is None or limit <= cap else cap)
        return PolicyResult(
            outcome=self._precedence[rank],
            reasons=self._reasons(row, models, leading, scores, points, explain=rank != self._approve),
            limit_minor=limit,
            price=price,
            actions=_once([hit.actions for hit in hits if hit.actions]),
            path=tuple(path),
            fired=tuple([hit.fired for hit in hits]),
            scores=scores,
            variables=variables,
            missing=tuple(missing),
            splits=splits,
        )

    def _reasons(
        self,
        row: Row,
        models: Mapping[str, ScoringModel],
        leading: list[Hit],
        scores: Mapping[str, Score],
        points: Mapping[str, tuple[int | float, ...]],
        *,
        explain: bool,
    ) -> tuple[GivenReason, ...]:
        if len(leading) == 1 and (not leading[0].sources or not explain):
            return leading[0].given
        leading = sorted(leading, key=_severity)
        given: dict[str, GivenReason] = {}
        for hit in leading:
            for one in hit.given:
                given.setdefault(one.code, one)
        if explain and len(given) < PRINCIPAL_REASONS:
            seen: set[str] = set()
            for hit in leading:
                for source in hit.sources:
                    if source not in seen:
                        seen.add(source)
                        self._explain(source, hit, row, models, scores, points, given)
        return tuple(given.values())[:PRINCIPAL_REASONS]

    def _explain(
        self,
        source: str,
        hit: Hit,
        row: Row,
        models: Mapping[str, ScoringModel],
        scores: Mapping[str, Score],
        points: Mapping[str, tuple[int | float, ...]],
        given: dict[str, GivenReason],
    ) -> None:
        """Add the reasons of a scoring stage that led to ``hit``."""
        if source in scores:
            uses, inputs = self._models[source]
            values = list(map(row.get, inputs))
            for one in models[uses].reasons(values, PRINCIPAL_REASONS):
                if one.reason_code is not None and one.reason_code not in given:
                    given[one.reason_code] = GivenReason(
                        code=one.reason_code,
                        stage=source,
                        rule=hit.rule,
                        source="model",
                        feature=one.input,
                        weight=one.contribution,
                    )
        elif source in points:
            for card, lost in _lost(self._cards[source], points[source]):
                if card.reason is not None and card.reason not in given:
                    given[card.reason] = GivenReason(
                        code=card.reason,
                        stage=source,
                        rule=hit.rule,
                        source="scorecard",
                        feature=card.name,
                        weight=float(lost),
                    )


def _severity(hit: Hit) -> int:
    return -hit.severity


def _once(groups: list[tuple[str, ...]]) -> tuple[str, ...]:
    if not groups:
        return ()
    return groups[0] if len(groups) == 1 else tuple(dict.fromkeys([name for group in groups for name in group]))


def _lost(
    cards: Sequence[BoundCharacteristic], points: Sequence[int | float]
) -> list[tuple[BoundCharacteristic, int | float]]:
    """Characteristics that cost points, most first."""
    lost = [(card, card.best - got) for card, got in zip(cards, points, strict=True) if card.best > got]
    return sorted(lost, key=lambda one: -one[1])


def _scorecards(flow: tuple[BoundStage, ...]) -> list[tuple[str, tuple[BoundCharacteristic, ...]]]:
    found: list[tuple[str, tuple[BoundCharacteristic, ...]]] = []
    for stage in flow:
        if isinstance(stage, BoundScorecard):
            found.append((stage.name, stage.characteristics))
        elif isinstance(stage, BoundSwitch):
            for case in stage.cases:
                found += _scorecards(case.flow)
        elif isinstance(stage, BoundSplit):
            for arm in stage.flows:
                found += _scorecards(arm)
    return found
