"""What a training leaves behind, and under which names."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

import msgspec

from tandem.learn.training_runs.comparing import LiveComparison
from tandem.learn.training_runs.segments import SegmentGroup

__all__ = ["DOCUMENT", "LANGUAGES", "PAGE", "STEPS", "ReportLanguage", "TrainingReport"]

STEPS: Final = "steps.json"
ReportLanguage: TypeAlias = Literal["en", "zh-CN"]
LANGUAGES: Final[tuple[ReportLanguage, ...]] = ("en", "zh-CN")
PAGE: Final = "report.{language}.html"
DOCUMENT: Final = "model-{family}.json"


class TrainingReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a training came to.

    Attributes:
        champion: the family that won.
        figures: as ``learn.training`` tells them, without values of columns that name a person.
        segments: the champion on parts of the test, by column.
        live: the champion beside live models, on the same test rows.
    """

    champion: str
    figures: dict[str, Any]
    segments: tuple[SegmentGroup, ...]
    live: tuple[LiveComparison, ...]
