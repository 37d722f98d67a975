"""What a policy comes to: the outcome, why, on what terms, and the way it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from tandem.decide.policy.types import Outcome
from tandem.kernel.values import Value

__all__ = ["Contribution", "GivenReason", "PolicyResult", "Score", "ScoringModel"]


class Score(Protocol):
    """What a policy reads of a score; ``decide.models.Score`` is one."""

    @property
    def probability(self) -> float: ...
    @property
    def margin(self) -> float: ...
    @property
    def points(self) -> float | None: ...


class Contribution(Protocol):
    """What a policy reads of a model's reason; ``decide.models.Contribution`` is one."""

    @property
    def input(self) -> str: ...
    @property
    def contribution(self) -> float: ...
    @property
    def reason_code(self) -> str | None: ...


class ScoringModel(Protocol):
    """What a policy asks of a model: ``decide.models.Model``, or the fixed scores of an example.

    Values stand in the order of the model's inputs.
    """

    def score(self, row: Sequence[Value], /) -> Score: ...
    def reasons(self, row: Sequence[Value], top: int, /) -> Sequence[Contribution]: ...


class GivenReason(msgspec.Struct, frozen=True, kw_only=True):
    """One reason of the outcome.

    Attributes:
        code: in the reason catalogue, where its words are.
        stage, rule: what gave it.
        source: a rule (or row, check, case), a missing fact, a model's contribution or a scorecard's lost points.
        feature: the input behind a model's or scorecard's reason.
        weight: log-odds added, or points lost.
    """

    code: str
    stage: str
    rule: str
    source: Literal["rule", "missing", "model", "scorecard"] = "rule"
    feature: str | None = None
    weight: float | None = None


class PolicyResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy comes to for one application.

    Attributes:
        outcome: the strongest on the scales.
        reasons: at most four that led to it, weightiest first: rules by severity, then models and scorecards.
        limit_minor: minor units, after caps; None where none was set, or declined.
        price: part to value, such as ``rate_bps``; empty when declined.
        actions: what to do next, in order, each once.
        path: stages gone through, with the branch or arm taken (``segment:thin_file``).
        fired: ``stage.rule`` of everything that fired, in order.
        scores: model stage to score, for models that were needed.
        variables: every variable of the policy; None where it was not set.
        missing: facts (or expressions) whose absence left a condition without an answer.
        splits: split to arm.
    """

    outcome: Outcome
    reasons: tuple[GivenReason, ...]
    limit_minor: int | None
    price: dict[str, Value]
    actions: tuple[str, ...]
    path: tuple[str, ...]
    fired: tuple[str, ...]
    scores: Mapping[str, Score]
    variables: dict[str, Value]
    missing: tuple[str, ...]
    splits: dict[str, str]
