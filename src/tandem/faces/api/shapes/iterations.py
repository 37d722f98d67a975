"""Daily iterations: plans, their runs by day, and one run with its page of the log book."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Instant, Line, Name, Who

__all__ = [
    "AcceptanceGiven",
    "AcceptanceRequest",
    "AcceptanceShown",
    "IterationPage",
    "IterationShown",
    "RunDetail",
    "RunPage",
    "RunShown",
    "RunStepShown",
]

DayText = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="a day where the plan is")]
_Verdict = Literal["passed", "noted", "refused", "skipped"]
_Move = Literal["stay", "shadow", "draft", "canary", "promote", "abort", "roll_back"]


class RunShown(msgspec.Struct, kw_only=True):
    """A day in a line.

    Attributes:
        run: digest of the run; ``previous`` of the one before it, empty for the first.
        gate: what the gate said of the day's rows.
        move, why: what was done, and why, in stable words.
        headline: in English and Chinese.
    """

    day: DayText
    run: DigestText
    previous: str
    gate: _Verdict
    move: _Move
    why: list[str]
    headline: dict[str, str]


class IterationShown(msgspec.Struct, kw_only=True):
    """A plan, as far as it is live, and its newest day; ``runs`` of it are kept."""

    name: Name
    live: bool
    runs: int
    model: str = ""
    policy: str = ""
    event: str = ""
    owner: str = ""
    cron: str = ""
    time_zone: str = ""
    newest: RunShown | None = None


class IterationPage(msgspec.Struct, kw_only=True):
    """Every plan."""

    iterations: list[IterationShown]


class RunPage(msgspec.Struct, kw_only=True):
    """Days of a plan, the newest first; the chain of all its runs was proved."""

    name: Name
    runs: list[RunShown]


class RunStepShown(msgspec.Struct, kw_only=True):
    """A step: what it found, from what, and what it made, by digest."""

    step: str
    verdict: _Verdict
    inputs: dict[str, str]
    outputs: dict[str, str]
    facts: dict[str, Any]


class AcceptanceRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What was refused is right after all.

    Attributes:
        what: the rows that the feed's gate refused, or the challenger that its own gates took for too good to be true.
        reason: what was checked; it stands in the log book.
        by: counts only from a caller trusted like this process.
    """

    reason: Line
    what: Literal["rows", "challenger"] = "rows"
    by: Who | None = None


class AcceptanceShown(msgspec.Struct, kw_only=True):
    """A person's word on what was refused.

    Attributes:
        of: rows decided or told on that day, or its challenger; ``model`` is the challenger's document, empty for rows.
    """

    of: Literal["decided", "told", "challenger"]
    by: str
    reason: str
    at: Instant
    model: str = ""


class AcceptanceGiven(msgspec.Struct, kw_only=True):
    """It is on record, and holds from the next run on."""

    name: Name
    day: DayText
    acceptances: list[AcceptanceShown]


class RunDetail(msgspec.Struct, kw_only=True):
    """One day: its steps, and its page of the log book as Markdown in both languages.

    Attributes:
        acceptances: what people accepted of it after all; may_accept: what was refused and is still to be accepted.
    """

    name: Name
    plan: DigestText
    shown: RunShown
    steps: list[RunStepShown]
    page: dict[str, str]
    acceptances: list[AcceptanceShown]
    may_accept: list[Literal["rows", "challenger"]]
