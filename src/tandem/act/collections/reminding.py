"""A reminder that somebody else of the house asks for, such as an early warning, of an account that is soon due and not late.

It is a contact as every other: the governor judges it, it leaves by the outbox, and it counts. Nothing is said but what the
strategy's template says to everybody before a due date. Where it is not to be made by itself, why is told: people decide then.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tandem.act.collections import automatic
from tandem.act.collections.changes import SYSTEM
from tandem.act.collections.conduct import Blocked, judge, next_allowed
from tandem.act.collections.file import ContactId, Wanted
from tandem.act.collections.folding import Files
from tandem.act.collections.governor import Governor, Judged
from tandem.act.collections.picking import Picker
from tandem.act.collections.rules import RuleSet
from tandem.act.collections.situations import situation_of
from tandem.act.collections.types import AUTOMATIC, Action, Situation
from tandem.act.lending import Account
from tandem.kernel.time import DAY, Micros

__all__ = ["Reminded", "Wish", "make", "told", "wish"]

_STEP: Final = "reminder"


class Reminded(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking for a reminder.

    Attributes:
        contact: that is on its way.
        why: it is not made by itself; a code, or the conduct rule that stands against it.
        again_at: neither: it may be made then, so ask again.
    """

    contact: ContactId | None = None
    why: str | None = None
    again_at: Micros | None = None


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """A reminder that is to be wanted of the governor, who judges it anew."""

    wanted: Wanted
    subject: str | None
    template: str | None
    situation: Situation


def wish(
    files: Files,
    account: Account,
    picker: Picker | None,
    rules: RuleSet | None,
    now: Micros,
    named: automatic.Naming,
    leaves: automatic.Leaves,
) -> Wish | Reminded:
    """The reminder of ``account`` by the first channel that may be used now, or why there is none.

    Where rules stand against every channel, the first is wanted all the same: it goes on record as blocked, and by which rule.

    Args:
        files: under their lock.
    """
    work = files.work.get(account.account_id)
    if picker is None:
        return Reminded(why="no_strategy")
    if work is None or not work.is_in:
        return Reminded(why="not_in_collections")
    file = files.file(work.debtor)
    situation = situation_of(account, work, file, now // DAY)
    rests = _rests(situation)
    if rests is not None:
        return Reminded(why=rests)
    opens: list[Micros] = []
    blocked: Wish | None = None
    actions = [one for one in _actions(picker) if one.channel is not None and leaves(one.channel)]
    if not actions:
        return Reminded(why=automatic.NO_OUTLET)
    for action in actions:
        wanted = automatic.wanted_of(picker, work, account, situation, action, file, named)
        if isinstance(wanted, str):
            continue
        subject, _ = automatic.text_for(picker, account, situation, action, file, named)
        found = Wish(wanted=wanted, subject=subject, template=action.template, situation=situation)
        at_point = files.at_point.get(wanted.point, ())
        if not isinstance(judge(wanted, file, at_point, rules, now), Blocked):
            return found
        blocked = blocked or found
        at = next_allowed(wanted, file, at_point, rules, now)
        opens += [] if at is None or at - now >= DAY else [at]
    if opens:
        return Reminded(again_at=min(opens))
    return blocked or Reminded(why=automatic.NO_POINT)


def make(governor: Governor, found: Wish, *, key: str) -> Reminded:
    """Want it; under the same ``key`` it is one contact.

    Raises:
        Unavailable: it may not have been written; asking again finds out.
    """
    judged = governor.want(
        found.wanted, key=key, by=SYSTEM, subject=found.subject, template=found.template, situation=found.situation
    )
    return told(judged)


def told(judged: Judged) -> Reminded:
    """What the governor said."""
    if isinstance(judged.verdict, Blocked):
        return Reminded(why=judged.verdict.first.rule)
    return Reminded(contact=judged.contact)


def _actions(picker: Picker) -> list[Action]:
    channels = [one for one in picker.strategy.costs if one in AUTOMATIC]
    return [one for one in (picker.action(_STEP, each) for each in channels) if one.template is not None]


def _rests(situation: Situation) -> str | None:
    """Why nobody is reminded by itself: what is late is collected, and what was promised or disputed is waited for."""
    if situation.days_past_due:
        return "in_arrears"
    if situation.promise_open:
        return "promise_open"
    return "dispute" if situation.dispute else None
