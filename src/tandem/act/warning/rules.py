"""The nouns of warning rules: what is followed, which decisions warn, how loudly, who looks, and until when it may come true."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias, get_args

import msgspec

from tandem.kernel.expressions import Expression

__all__ = [
    "ACTIONS",
    "LABEL_SOURCES",
    "NO_RULES",
    "SEVERITIES",
    "Action",
    "Followed",
    "LabelRule",
    "Severity",
    "WarningRule",
    "WarningRules",
    "When",
    "Words",
]

Severity: TypeAlias = Literal["low", "medium", "high"]
Action: TypeAlias = Literal["case", "contact", "limit_freeze", "watch"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
"""From the quietest to the loudest."""
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)
LABEL_SOURCES: Final = (
    "came_true", "decision_id", "dismissed", "event_id", "lead_days", "outcome", "rule", "severity", "warning_id",
)  # fmt: skip
"""What a field of a label may take."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    en: str
    zh: str = msgspec.field(name="zh-CN")


class When(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which decisions: each that is given has to fit; of several in one, any.

    Attributes:
        grades, flags: that a decision of a policy that monitors says.
    """

    policies: tuple[str, ...]
    outcomes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


class WarningRule(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of warning.

    Attributes:
        about: kind of entity it is about, such as ``account`` or ``enterprise``.
        severity: where the decision says no flag that ``by_flag`` knows; else the loudest of its flags'.
        owner: the desk that looks at it; ``escalates_to``: the one that has it when nobody did by its deadline.
        due_after: microseconds from raising to its deadline.
        action: what is done about it: a case, a contact, a proposal to freeze the limit, or a look.
        horizon: microseconds, in the time of events, within which it may come true.
        cool_down: microseconds after a warning in which no other is raised about the same entity.
    """

    rule: str
    title: Words
    when: When
    about: str
    severity: Severity
    owner: str
    due_after: int
    action: Action
    horizon: int
    cool_down: int
    escalates_to: str | None = None
    by_flag: dict[str, Severity] = {}

    def severity_for(self, flags: Iterable[str]) -> Severity:
        """Of a decision that says ``flags``."""
        known = [self.by_flag[one] for one in flags if one in self.by_flag]
        return max(known, key=SEVERITIES.index, default=self.severity)


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """An event type that tells how something is.

    Attributes:
        performing: TRUE where there is something to be warned of still; None where it does not say.
        rolled: TRUE where what was warned of has happened; None where it does not say.
        over: TRUE where it cannot come true any more: paid off, closed, a good end; None where it does not say.
    """

    event: str
    performing: Expression | None = None
    rolled: Expression | None = None
    over: Expression | None = None


class LabelRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A settled warning is recorded as an event of this type; ``fields``: its fields to what they take.

    Other fields take the decided event's value of the same name and type.
    """

    event_type: str
    fields: dict[str, str] = {}


class WarningRules(msgspec.Struct, frozen=True, kw_only=True):
    """All rules of a workspace; the first that fits a decision is the one that warns."""

    warnings: tuple[WarningRule, ...] = ()
    follow: tuple[Followed, ...] = ()
    label: LabelRule | None = None

    def named(self, rule: str) -> WarningRule | None:
        """The rule with that name."""
        return next((one for one in self.warnings if one.rule == rule), None)


NO_RULES: Final = WarningRules()
"""What holds for a workspace without rules: nobody is warned."""
