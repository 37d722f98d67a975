"""What a gate says: findings that stop or warn, each with the figure, the limit and a sentence, and the report of them all."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

__all__ = ["GateFinding", "GateReport", "GateSeverity", "report_of"]


class GateSeverity(StrEnum):
    """``hard`` stops the day or the challenger; ``warn`` opens an incident and stops nothing."""

    HARD = "hard"
    WARN = "warn"


class GateFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a gate found.

    Attributes:
        gate: which gate: ``schema``, ``identity``, ``time``, ``volume``, ``values``, ``labels``, ``drift`` of a feed; ``leak``,
            ``drift``, ``calibration``, ``segments``, ``fairness``, ``stability``, ``monotone``, ``cost``, ``overfit``,
            ``stress``, ``reasons``, ``evidence`` of a challenger.
        code: stable, lower_snake; the reason for a refusal.
        severity: whether it stops.
        en, zh: what is wrong, in a sentence.
        column: the column or input concerned, if one is.
        segment: the segment or group concerned, such as ``region=north``.
        value: the figure.
        limit: what it was held against.
        n: rows behind the figure.
    """

    gate: str
    code: str
    severity: GateSeverity
    en: str
    zh: str
    column: str | None = None
    segment: str | None = None
    value: float | None = None
    limit: float | None = None
    n: int | None = None


class GateReport(msgspec.Struct, frozen=True, kw_only=True):
    """What the gates found, causes before consequences; made by ``report_of``.

    Attributes:
        findings: in the order of the gates.
        passed: no finding is hard.
    """

    findings: tuple[GateFinding, ...]
    passed: bool

    @property
    def hard(self) -> tuple[GateFinding, ...]:
        """The findings that stop; the first is the reason."""
        return tuple(one for one in self.findings if one.severity is GateSeverity.HARD)

    @property
    def warnings(self) -> tuple[GateFinding, ...]:
        """The findings that only warn."""
        return tuple(one for one in self.findings if one.severity is GateSeverity.WARN)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the findings that stop, in order, each once."""
        return tuple(dict.fromkeys(one.code for one in self.hard))


def report_of(findings: Iterable[GateFinding]) -> GateReport:
    """The report of ``findings``; passed when none is hard."""
    found = tuple(findings)
    return GateReport(findings=found, passed=all(one.severity is GateSeverity.WARN for one in found))
