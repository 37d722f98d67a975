"""Early warnings: what a decision said of something that still performs, who looks at it, and whether it came true."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import Instant, Name, Who

__all__ = [
    "WarningActRequest",
    "WarningDetail",
    "WarningDismissRequest",
    "WarningHappened",
    "WarningPage",
    "WarningReport",
    "WarningReportRow",
    "WarningShare",
    "WarningShown",
    "WarningSignal",
    "WarningTakeRequest",
    "WarningWeek",
]

SeverityText = Literal["low", "medium", "high"]
ActionText = Literal["case", "contact", "limit_freeze", "watch"]
StateText = Literal["open", "taken", "acted", "dismissed", "settled"]
_Text = Annotated[str, Meta(min_length=1, max_length=4_000)]


class WarningSignal(msgspec.Struct, kw_only=True):
    """Why, in the words in which the decision said it; the code alone where it has none."""

    code: str
    en: str
    zh: str


class WarningShown(msgspec.Struct, kw_only=True):
    """A warning in a listing.

    Attributes:
        title_en, title_zh: of its rule; the rule's name where it is not in force any more.
        entity: pseudonym of what it is about.
        warned_at: of the event it was raised on; ends_at: until then it may come true.
        probability: the highest that a model gave in the decision that says most.
        flags: of misuse, that decisions of a policy that monitors said; grades: that the last of them said.
        outcome: whether it came true; null while nobody knows.
        lead_days: from the warned event to the one that came true.
    """

    warning_id: str
    rule: Name
    title_en: str
    title_zh: str
    entity_kind: str
    entity: str
    severity: SeverityText
    owner: Name
    action: ActionText
    state: StateText
    assignee: str | None
    escalated: bool
    dismissed: bool
    due_at: Instant
    overdue: bool
    raised_at: Instant
    warned_at: Instant
    ends_at: Instant
    signals: list[WarningSignal]
    probability: float | None
    flags: list[str]
    grades: list[str]
    outcome: Literal["came_true", "did_not"] | None
    lead_days: int | None


class WarningPage(msgspec.Struct, kw_only=True):
    """A page, the most severe first, of those the one that is due first.

    Attributes:
        total: that fit; waiting: of all, those that somebody still has to do something about.
        rules: how many rules are in force; without any, nobody is warned.
    """

    warnings: list[WarningShown]
    total: int
    waiting: int
    next_after: int | None
    rules: int
    owners: list[str]


class WarningHappened(msgspec.Struct, kw_only=True):
    """What happened to it.

    Attributes:
        text: what somebody wrote; null where nobody did, or where it was erased.
        ref: of the case, the contact or the proposal that was begun; the event that settled or labelled it.
        why: of what was left to people, a code or the name of a conduct rule.
    """

    what: Literal[
        "raised",
        "worsened",
        "taken",
        "returned",
        "escalated",
        "pursued",
        "left",
        "acted",
        "dismissed",
        "settled",
        "labelled",
    ]
    at: Instant
    by: str
    severity: SeverityText | None
    to: str | None
    action: ActionText | None
    outcome: Literal["came_true", "did_not"] | None
    ref: str | None
    why: str | None
    text: str | None


class WarningDetail(msgspec.Struct, kw_only=True):
    """One warning.

    Attributes:
        decision_id: that raised it; latest_decision_id: that says most.
        pursued: what was begun for it, by what was asked for; left: why it was left to people.
    """

    warning: WarningShown
    decision_id: str
    latest_decision_id: str
    policy: str
    event_type: str
    event_id: str
    subject: str | None
    pursued: dict[str, str]
    left: dict[str, str]
    rolled_at: Instant | None
    history: list[WarningHappened]


class WarningTakeRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Take it, or give it back to its desk."""

    give_back: bool = False
    by: Who | None = None


class WarningActRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What was done about it."""

    action: ActionText
    text: _Text
    by: Who | None = None


class WarningDismissRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Why there is nothing to be warned of."""

    text: _Text
    by: Who | None = None


class WarningShare(msgspec.Struct, kw_only=True):
    """``hits`` of ``of`` with its 95 % interval; null where there is nothing to divide by."""

    hits: int
    of: int
    value: float | None
    low: float | None
    high: float | None


class WarningReportRow(msgspec.Struct, kw_only=True):
    """A group of warnings.

    Attributes:
        precision: that came true among those whose time is over.
        dismissed_came_true: dismissed by somebody, and true.
        lead_days: median days from warning to what it warned of.
    """

    name: str
    raised: int
    open: int
    acted: int
    dismissed: int
    precision: WarningShare
    dismissed_came_true: int
    lead_days: float | None
    recall: WarningShare | None = None


class WarningWeek(msgspec.Struct, kw_only=True):
    """Warnings that came true so many whole weeks before."""

    weeks: int
    warnings: int


class WarningReport(msgspec.Struct, kw_only=True):
    """What warnings were worth.

    Attributes:
        recall: of everything that rolled while it was performing, what a warning stood before; null without a lake.
        by_month: of the warned event; recall there is by the month of the roll.
        as_of: when the rolls were last known to be all there; null without a lake.
    """

    all: WarningReportRow
    by_month: list[WarningReportRow]
    by_severity: list[WarningReportRow]
    by_rule: list[WarningReportRow]
    lead: list[WarningWeek]
    recall: WarningShare | None
    as_of: Instant | None
