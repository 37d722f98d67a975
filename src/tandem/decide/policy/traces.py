"""What a trace says: every stage, and every condition with its values, thresholds and verdict."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from tandem.decide.policy.results import PolicyResult

__all__ = ["VERDICTS", "ConditionTrace", "StageTrace", "Trace"]

Verdict = Literal["fired", "not_fired", "unknown", "not_tried"]
VERDICTS: Final[dict[bool | None, Verdict]] = {True: "fired", False: "not_fired", None: "unknown"}


class ConditionTrace(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rule, check, case, row or bin, and why it did or did not fire.

    Attributes:
        name: of the rule or row.
        verdict: ``unknown``: no answer, because a fact is missing; ``not_tried``: an earlier one was taken.
        text: the condition as written.
        steps: what the expression language says of it: every comparison with value and threshold.
        cells: for rows: column, value, test and whether it holds (None: no answer).
        then: the outcome it puts on the scales when it fires.
        reason: and the reason code.
        value: points of a bin.
    """

    name: str
    verdict: Verdict
    text: str = ""
    steps: Any = None
    cells: tuple[dict[str, Any], ...] = ()
    then: str | None = None
    reason: str | None = None
    value: int | float | None = None


class StageTrace(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One stage gone through.

    Attributes:
        stage: its name; ``kind``: what it is; ``at``: path in the document.
        taken: branch, arm or row taken.
        conditions: what was compared.
        values: variables it set, or scores.
        contributions: what raised a model's score, largest first.
    """

    stage: str
    kind: str
    at: str
    taken: str | None = None
    conditions: tuple[ConditionTrace, ...] = ()
    values: dict[str, Any] = {}
    contributions: tuple[dict[str, Any], ...] = ()


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """A run told in full; it can be encoded as JSON."""

    policy: str
    result: PolicyResult
    stages: tuple[StageTrace, ...]
