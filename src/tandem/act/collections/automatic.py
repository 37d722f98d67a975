"""The day's work on one account: what is chosen, what is wanted at once, and what is put before a person.

It decides nothing about conduct: whatever it wants goes through the governor.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from tandem.act.collections.changes import SYSTEM
from tandem.act.collections.conduct import Blocked, judge, next_allowed
from tandem.act.collections.file import KIND_FOR, DebtorFile, PointId, Wanted
from tandem.act.collections.folding import Files, Work
from tandem.act.collections.governor import Governor
from tandem.act.collections.picking import NO_OUTLET, NO_POINT, Picker
from tandem.act.collections.rules import RuleSet, Whose
from tandem.act.collections.situations import owed_on, situation_of
from tandem.act.collections.types import AUTOMATIC, Action, Channel, Choice, Purpose, Situation
from tandem.act.collections.writing import said
from tandem.act.lending import NEVER, Account
from tandem.act.products import Day
from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import DAY, Micros

__all__ = ["NO_OUTLET", "NO_POINT", "Leaves", "Looked", "Naming", "look", "point_for", "text_for", "want", "wanted_of"]

Naming = Callable[[str, str], str]
"""How a product is called, by its name and a language."""

Leaves = Callable[[Channel], bool]
"""Whether a contact by that channel can leave this house at all."""


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What one account came to today.

    Attributes:
        choice: what is to be done now; ``first_blocked``: what would have been, and is to go on record as blocked.
        again_at: when to look again today; None: not before tomorrow.
    """

    situation: Situation
    choice: Choice
    first_blocked: Action | None = None
    again_at: Micros | None = None


def point_for(file: DebtorFile, channel: Channel, whose: Whose = "debtor") -> PointId | None:
    """The first number that ``channel`` reaches and that may be used."""
    for one in file.points.values():
        if one.kind == KIND_FOR[channel] and one.whose == whose and not (one.invalid or one.opted_out):
            return one.point
    return None


def text_for(
    picker: Picker, account: Account, situation: Situation, action: Action, file: DebtorFile, named: Naming
) -> tuple[str | None, str | None]:
    """Subject and text of a contact; the name is the debtor's only where a person says it, so none stands here.

    Raises:
        InvalidInput: the template names what is not known.
    """
    template = None if action.template is None else picker.strategy.template(action.template)
    if template is None:
        return None, None
    oldest = account.oldest_due()
    return said(
        picker.strategy, template, file.language, name="您" if file.language == "zh-CN" else "customer",
        product=named(account.product, file.language), currency=account.currency,
        due_minor=situation.due_minor or _next_minor(account, situation.day), balance_minor=situation.balance_minor,
        due_date=None if oldest >= NEVER else oldest, days_late=situation.days_past_due,
    )  # fmt: skip


def look(
    files: Files,
    work: Work,
    account: Account,
    picker: Picker,
    rules: RuleSet | None,
    now: Micros,
    named: Naming,
    leaves: Leaves,
) -> Looked:
    """What is to be done about ``account`` now."""
    file = files.file(work.debtor)
    situation = situation_of(account, work, file, now // DAY)
    waits: list[Micros] = []
    forbidden: list[Action] = []

    def forbids(action: Action) -> str | None:
        if action.channel is None:
            return None
        if not leaves(action.channel):
            return NO_OUTLET
        point = point_for(file, action.channel)
        if point is None:
            return NO_POINT
        wanted = _wanted(picker, work, account, situation, action, file, point, named)
        if isinstance(wanted, str):
            return wanted
        at_point = files.at_point.get(point, ())
        verdict = judge(wanted, file, at_point, rules, now)
        if not isinstance(verdict, Blocked):
            return None
        opens = next_allowed(wanted, file, at_point, rules, now)
        if opens is not None and opens - now < DAY:
            waits.append(opens)
        else:
            forbidden.append(action)
        return verdict.first.rule

    choice = picker.pick(situation, forbids)
    does_something = choice.action.step != "wait"
    return Looked(
        situation=situation, choice=choice,
        first_blocked=forbidden[0] if forbidden and not does_something else None,
        again_at=min(waits) if waits and not does_something else None,
    )  # fmt: skip


def want(
    governor: Governor,
    files: Files,
    work: Work,
    account: Account,
    picker: Picker,
    looked: Looked,
    action: Action,
    named: Naming,
) -> bool:
    """Ask the governor for an automatic contact; whether it is on its way."""
    file, day = files.file(work.debtor), looked.situation.day
    assert action.channel in AUTOMATIC, "people's contacts are theirs to want"
    point = point_for(file, action.channel)
    if point is None:
        return False
    wanted = _wanted(picker, work, account, looked.situation, action, file, point, named)
    if isinstance(wanted, str):
        return False
    subject, _ = text_for(picker, account, looked.situation, action, file, named)
    blocked_today = work.blocked_today if work.blocked_day == day else 0
    judged = governor.want(
        wanted, key=f"auto:{work.account}:{day}:{action.step}:{action.channel}:{blocked_today}", by=SYSTEM, subject=subject,
        template=action.template, choice=looked.choice, situation=looked.situation,
    )  # fmt: skip
    return not isinstance(judged.verdict, Blocked) and not judged.again


def _wanted(
    picker: Picker,
    work: Work,
    account: Account,
    situation: Situation,
    action: Action,
    file: DebtorFile,
    point: PointId,
    named: Naming,
) -> Wanted | str:
    """The contact, or the code of why it cannot be written."""
    assert action.channel is not None
    try:
        subject, text = text_for(picker, account, situation, action, file, named)
    except InvalidInput as error:
        return error.code
    # Before anything is late it is a service to be reminded; afterwards it is collecting.
    purpose: Purpose = "service" if situation.days_past_due == 0 else "collection"
    whole = None if text is None or action.channel not in AUTOMATIC else f"{subject or ''}\n{text}".strip()
    return Wanted(
        debtor=work.debtor, account=work.account, channel=action.channel, point=point, purpose=purpose, step=action.step,
        text=whole, language=file.language,
    )  # fmt: skip


def wanted_of(
    picker: Picker,
    work: Work,
    account: Account,
    situation: Situation,
    action: Action,
    file: DebtorFile,
    named: Naming,
) -> Wanted | str:
    """An automatic contact as it would be wanted, or the code of why there is none: no number, or a text that cannot be written."""
    assert action.channel is not None, "it is a contact"
    point = point_for(file, action.channel)
    return NO_POINT if point is None else _wanted(picker, work, account, situation, action, file, point, named)


def _next_minor(account: Account, day: Day) -> int:
    return sum(one.next_minor for one in owed_on(account, day))
