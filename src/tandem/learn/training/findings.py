"""Something a person should know about their data or model before they trust it."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import msgspec

__all__ = ["Finding", "Findings", "Severity"]


class Severity(StrEnum):
    """How much a finding matters."""

    NOTE = "note"
    WARNING = "warning"
    SEVERE = "severe"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One observation, with the figure behind it.

    Attributes:
        code: stable, lower_snake.
        severity: how much it matters.
        column: the column concerned, if one is.
        en, zh: what was found and what to do.
        value: the figure.
        limit: what the figure was held against.
        tells: the other column that this one gives away, where it is about two.
    """

    code: str
    severity: Severity
    en: str
    zh: str
    column: str | None = None
    value: float | None = None
    limit: float | None = None
    tells: str | None = None


Findings: TypeAlias = tuple[Finding, ...]
