"""From what happens to what it means for warnings: raised, worse, come true, or over. Pure.

Days are counted in the time of events: a warning counts from the event that it was decided on, so a history that is played
tells the same as it did when it happened. Only where no more events come does the house's own clock say that its time is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from tandem.act.warning.changes import SYSTEM, Escalated, Raised, Said, Settled, Worsened
from tandem.act.warning.folding import EarlyWarning, Warnings, louder
from tandem.act.warning.rules import SEVERITIES, WarningRule, WarningRules
from tandem.kernel.identity import EventId, Pseudonym
from tandem.kernel.time import DAY, Micros

__all__ = ["Condition", "Warned", "escalation", "lapse", "raising", "rule_for", "settling"]


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """What an event, or another record, says of how something is.

    Attributes:
        event_id: None where it is no event; ``event_seq`` is the record's place.
        entities: kind to pseudonym; whatever of them is watched is settled by it.
        rolled, over: TRUE, FALSE, or None where it does not say.
    """

    event_seq: int
    occurred_at: Micros
    entities: dict[str, Pseudonym]
    event_id: EventId | None = None
    rolled: bool | None = None
    over: bool | None = None


class Warned(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that a rule takes for a warning."""

    rule: WarningRule
    entity: Pseudonym
    subject: Pseudonym | None
    said: Said


def rule_for(
    rules: WarningRules, said: Said, actions: tuple[str, ...], kinds: dict[str, Pseudonym]
) -> WarningRule | None:
    """The first rule that takes the decision; None where none does, or where it is about nothing that may be warned of."""
    reasons = {one.code for one in said.signals}

    def fits(asked: tuple[str, ...], found: Iterable[str]) -> bool:
        return not asked or any(one in asked for one in found)

    for rule in rules.warnings:
        when = rule.when
        if (
            said.policy in when.policies
            and fits(when.outcomes, (said.outcome,))
            and fits(when.actions, actions)
            and fits(when.reasons, reasons)
            and fits(when.grades, said.grades)
            and fits(when.flags, said.flags)
            and rule.about in kinds
        ):
            return rule
    return None


def raising(warned: Warned, warnings: Warnings, now: Micros, new_id: Callable[[], str]) -> Raised | Worsened | None:
    """What the decision comes to: a warning, a worse one than there was, or nothing new.

    While a warning is watched there is one only. It is worse by its severity, or by a flag that was not said before. After it,
    its cool-down is in the time of events.
    """
    rule, said = warned.rule, warned.said
    severity, due_at = rule.severity_for(said.flags), Micros(now + rule.due_after)
    last = warnings.last_about(rule.about, warned.entity)
    if last is not None and last.outcome is None and said.occurred_at < last.ends_at:
        louder = SEVERITIES.index(severity) - SEVERITIES.index(last.severity)
        if louder < 0 or (louder == 0 and set(said.flags) <= set(last.flags)):
            return None
        return Worsened(
            warning=last.warning_id,
            by=SYSTEM,
            rule=rule.rule,
            severity=severity,
            owner=rule.owner,
            action=rule.action,
            due_at=due_at,
            said=said,
        )
    if last is not None and said.occurred_at < last.said.occurred_at + rule.cool_down:
        return None
    return Raised(
        warning=new_id(),
        by=SYSTEM,
        rule=rule.rule,
        entity_kind=rule.about,
        entity=warned.entity,
        subject=warned.subject,
        severity=severity,
        owner=rule.owner,
        action=rule.action,
        due_at=due_at,
        ends_at=Micros(said.occurred_at + rule.horizon),
        said=said,
    )


def settling(condition: Condition, warnings: Warnings) -> list[Settled]:
    """What the event settles: come true within its horizon, or over without. What came late corrects what was over."""
    found = []
    for kind, entity in condition.entities.items():
        warning = warnings.last_about(kind, entity)
        if warning is None or condition.occurred_at <= warning.said.occurred_at or warning.outcome == "came_true":
            continue
        within = condition.occurred_at <= warning.ends_at
        if within and condition.rolled:
            lead = (condition.occurred_at - warning.said.occurred_at) // DAY
            found.append(_settled(warning, condition, lead))
        elif warning.outcome is None and (condition.over or not within):
            found.append(_settled(warning, condition, None))
    return found


def lapse(warning: EarlyWarning, now: Micros) -> Settled | None:
    """That its time is over, where no event said so: by the house's clock, its whole horizon after it was raised."""
    horizon = warning.ends_at - warning.said.occurred_at
    if warning.outcome is not None or now <= max(warning.ends_at, warning.raised_at + horizon):
        return None
    return Settled(warning=warning.warning_id, by=SYSTEM, outcome="did_not")


def escalation(warning: EarlyWarning, rule: WarningRule | None, now: Micros) -> Escalated | None:
    """That nobody did anything by the deadline; once, and only where its rule names another desk."""
    if not warning.waits or warning.escalated or now <= warning.due_at:
        return None
    if rule is None or rule.escalates_to is None:
        return None
    return Escalated(
        warning=warning.warning_id,
        by=SYSTEM,
        severity=louder(warning.severity),
        owner=rule.escalates_to,
        due_at=Micros(now + rule.due_after),
    )


def _settled(warning: EarlyWarning, condition: Condition, lead_days: int | None) -> Settled:
    return Settled(
        warning=warning.warning_id,
        by=SYSTEM,
        outcome="did_not" if lead_days is None else "came_true",
        event_id=condition.event_id,
        event_seq=condition.event_seq,
        occurred_at=condition.occurred_at,
        lead_days=lead_days,
    )
