"""The conduct rules over the twin's contacts: each is judged by ``act.collections``, with the debtor's file as contacts made it.

Customers live in the rule set's first time zone; a debtor has one telephone and one mailbox. What was made is kept, instant by instant, so that
somebody else can count it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from tandem.act.collections import (
    Allowed,
    Channel,
    ContactId,
    ContactState,
    DebtorFile,
    Past,
    Point,
    PointId,
    RuleSet,
    Step,
    Wanted,
    judge,
)
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import DAY, MINUTE, Micros
from tandem.learn.simulator.portfolio import CHANNELS, HOURS, STEPS, BoolArray, Contacts, Seen

__all__ = ["Conduct", "Made"]

_REMEMBERED: Final = 31 * DAY
"""Longer than any stretch a rule set counts over here; what is older is forgotten, so that files stay short."""
_TALKS: Final = frozenset({"ai_call", "call"})
_CHANNELS: Final[tuple[Channel, ...]] = ("email", "sms", "ai_call", "call")
_STEPS: Final[tuple[Step, ...]] = ("soft", "firm", "restructure")
assert _CHANNELS == CHANNELS
assert _STEPS == STEPS


@dataclass(frozen=True, slots=True)
class Made:
    """A contact that was made."""

    customer: int
    at: Micros
    channel: str
    step: str
    answered: bool
    hardship: bool


class Conduct:
    """A governor that asks the conduct rules.

    Args:
        rules: a rule set.
        start: local midnight of day 0, in UTC microseconds.
        keep: keep what was made in ``made``.
    """

    def __init__(self, rules: RuleSet, start: Micros, *, keep: bool = False) -> None:
        self._rules = rules
        self._start = start
        self._files: dict[int, DebtorFile] = {}
        self._keep = keep
        self.made: list[Made] = []
        self.judged = 0
        self.blocked: dict[str, int] = {}

    def permit(self, seen: Seen, wanted: Contacts) -> BoolArray:
        """Which of the contacts no rule stands against."""
        hardship = seen.columns["hardship"][wanted.row] > 0
        found = np.zeros(len(wanted), dtype=bool)
        for place, customer in enumerate(seen.customer[wanted.row].tolist()):
            now = self.instant(seen.day, HOURS[wanted.hour[place]] * 60 + customer % 60)
            channel, step = _CHANNELS[wanted.channel[place]], _STEPS[wanted.step[place]]
            found[place] = self.may(customer, channel, step, now, hardship=bool(hardship[place]))
        return found

    def heard(self, seen: Seen, made: Contacts, reached: BoolArray) -> None:
        """What was made goes on file."""
        for place, customer in enumerate(seen.customer[made.row].tolist()):
            now = self.instant(seen.day, HOURS[made.hour[place]] * 60 + customer % 60)
            channel, step = _CHANNELS[made.channel[place]], _STEPS[made.step[place]]
            self.note(customer, channel, step, now, reached=bool(reached[place]))

    def instant(self, day: int, minute: int) -> Micros:
        """A minute of a local day."""
        return Micros(self._start + day * DAY + minute * MINUTE)

    def may(self, customer: int, channel: Channel, step: Step, now: Micros, *, hardship: bool = False) -> bool:
        """Whether no rule stands against this contact now."""
        file = self._file(customer)
        file.marks = {"hardship": Micros(0)} if hardship else {}
        point = _point(customer, channel)
        wanted = Wanted(debtor=file.debtor, account=str(customer), channel=channel, point=point, step=step)
        self.judged += 1
        verdict = judge(wanted, file, [one for one in file.contacts if one.point == point], self._rules, now)
        if isinstance(verdict, Allowed):
            return True
        self.blocked[verdict.first.rule] = self.blocked.get(verdict.first.rule, 0) + 1
        return False

    def note(self, customer: int, channel: Channel, step: Step, now: Micros, *, reached: bool) -> None:
        """A contact that was made, and whether it reached."""
        file = self._file(customer)
        state: ContactState = ("answered" if reached else "unanswered") if channel in _TALKS else "delivered"
        file.contacts.append(
            Past(
                contact=ContactId(f"{customer}-{now}"), debtor=file.debtor, account=str(customer), at=now, channel=channel,
                point=_point(customer, channel), whose="debtor", purpose="collection", step=step, state=state,
            )
        )  # fmt: skip
        if file.contacts[0].at < now - _REMEMBERED:
            file.contacts = [one for one in file.contacts if one.at >= now - _REMEMBERED]
        if self._keep:
            self.made.append(Made(customer, now, channel, step, state == "answered", "hardship" in file.marks))

    def _file(self, customer: int) -> DebtorFile:
        file = self._files.get(customer)
        if file is None:
            phone, mailbox = _point(customer, "sms"), _point(customer, "email")
            points = {
                phone: Point(point=phone, kind="phone", whose="debtor"),
                mailbox: Point(point=mailbox, kind="email", whose="debtor"),
            }
            file = DebtorFile(debtor=Pseudonym(f"{customer:032x}"), zone=self._rules.zones[0], points=points)
            self._files[customer] = file
        return file


def _point(customer: int, channel: str) -> PointId:
    return PointId(f"{customer}@" if channel == "email" else f"{customer}#")
