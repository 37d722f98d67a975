"""The nouns of case rules: which decisions need a person, which queue takes them, how a case may end."""

from __future__ import annotations

from typing import Final

import msgspec

from tandem.kernel.time import DAY, HOUR, SECOND

__all__ = ["DEFAULT_RULES", "UNDO_FOR", "CaseRules", "Disposition", "LabelRule", "OpenOn", "Queue", "Takes", "Words"]

UNDO_FOR: Final = 10 * SECOND
"""How long a person may take back what they just did, in microseconds. A label is recorded only after it."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    en: str
    zh: str = msgspec.field(name="zh-CN")


class OpenOn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision needs a person when its outcome is one of ``outcomes`` or it asks for one of ``actions``."""

    outcomes: tuple[str, ...] = ("review",)
    actions: tuple[str, ...] = ("open_case",)


class Takes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which decisions a queue takes: those that match every list that is given. None given: all."""

    policies: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """One line of work.

    Attributes:
        queue: lower_snake name.
        due_after: microseconds from opening until it must be resolved.
        takes: the decisions that come here; the first queue that takes one gets it.
        score: the model whose probability counts; None: the highest of all.
        amount: field of the event with the money at stake, in minor units.
        assumed_amount_minor: counted where an event has no such field.
        assumed_probability: counted where nothing was scored.
        escalates_to: the queue a case moves to when it is escalated; None: it cannot be.
    """

    queue: str
    title: Words
    due_after: int
    takes: Takes = Takes()
    score: str | None = None
    amount: str = "amount_minor"
    assumed_amount_minor: int = 100_000
    assumed_probability: float = 0.5
    escalates_to: str | None = None


class Disposition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way a case may end.

    Attributes:
        adverse: what it says of what happened: True bad, False good, None nothing; only the first two make labels.
        second_approval: another person has to agree before it counts.
        key: the key that chooses it in the console.
    """

    disposition: str
    title: Words
    adverse: bool | None = None
    second_approval: bool = False
    key: str | None = None


class LabelRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a disposition is recorded as an event, so that models and metrics learn of it.

    Fields that the decided event and the label have in common, by name and type, are copied: its person, its card.

    Attributes:
        event_type: of the label.
        of: type of the decided event; None: any.
        fields: field of the label to what it takes: ``event_id``, ``decision_id``, ``case_id``, ``queue``,
            ``disposition`` or ``adverse``.
    """

    event_type: str
    fields: dict[str, str]
    of: str | None = None


class CaseRules(msgspec.Struct, frozen=True, kw_only=True):
    """How a workspace works its cases.

    Attributes:
        group_by: kinds of entity that a case may be about, the first that an event has; empty: its subject, or else its
            first entity.
        queues: in order; the last one takes what no other does.
    """

    queues: tuple[Queue, ...]
    dispositions: tuple[Disposition, ...]
    open_on: OpenOn = OpenOn()
    group_by: tuple[str, ...] = ()
    labels: tuple[LabelRule, ...] = ()

    def queue(self, name: str) -> Queue:
        """The queue of that name; the last one where a release has dropped it."""
        return next((one for one in self.queues if one.queue == name), self.queues[-1])

    def disposition(self, name: str) -> Disposition | None:
        """The disposition of that name, if there is one."""
        return next((one for one in self.dispositions if one.disposition == name), None)

    def label_for(self, event_type: str) -> LabelRule | None:
        """The rule that labels decisions on events of that type."""
        return next((one for one in self.labels if one.of in {None, event_type}), None)


DEFAULT_RULES: Final = CaseRules(
    queues=(
        Queue(
            queue="senior", title=Words("Senior review", "高级复核"), due_after=DAY, takes=Takes(actions=("escalate",))
        ),
        Queue(queue="review", title=Words("Review", "人工审核"), due_after=4 * HOUR, escalates_to="senior"),
    ),
    dispositions=(
        Disposition(disposition="approve", title=Words("Approve", "通过"), key="a"),
        Disposition(disposition="decline", title=Words("Decline", "拒绝"), key="d"),
        Disposition(disposition="fraud", title=Words("Confirmed fraud", "确认欺诈"), adverse=True, key="f"),
        Disposition(disposition="not_fraud", title=Words("Not fraud", "排除欺诈"), adverse=False, key="h"),
    ),
)
"""What holds for a workspace without case rules. It has no event type for labels, so it records none."""
