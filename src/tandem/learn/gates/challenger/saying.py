"""One way to write a finding on a challenger."""

from __future__ import annotations

from tandem.learn.gates.reports import GateFinding, GateSeverity

__all__ = ["found"]


def found(
    gate: str,
    code: str,
    en: str,
    zh: str,
    *,
    value: float | None = None,
    limit: float | None = None,
    n: int | None = None,
    column: str | None = None,
    segment: str | None = None,
    hard: bool = True,
) -> GateFinding:
    """A finding of ``gate``; it stops unless ``hard`` is False."""
    return GateFinding(
        gate=gate,
        code=code,
        severity=GateSeverity.HARD if hard else GateSeverity.WARN,
        column=column,
        segment=segment,
        en=en,
        zh=zh,
        value=None if value is None else float(value),
        limit=None if limit is None else float(limit),
        n=n,
    )
