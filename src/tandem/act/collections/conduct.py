"""Whether a contact keeps to the conduct rules: a function of the contact, the file, the rules and the clock.

``judge`` looks at every rule that holds on the debtor's day and says which stand against the contact and until when.
What is on its way counts as if it had reached somebody: two contacts at once are never more than the rules let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

import msgspec

from tandem.act.collections.file import KIND_FOR, ContactState, DebtorFile, Past, Point, PointId, Wanted
from tandem.act.collections.local_time import begins, day_of, hours_hold, open_again
from tandem.act.collections.phrases import Speech, found_in
from tandem.act.collections.rules import (
    Agencies,
    Cap,
    Channels,
    Consent,
    Counts,
    OptOut,
    Phrases,
    QuietHours,
    RequiredWords,
    Rule,
    RuleSet,
    Standing,
    ThirdParty,
)
from tandem.act.collections.types import Channel, Words
from tandem.kernel.time import Micros

__all__ = [
    "ALLOWED",
    "BUILT_IN",
    "Allowed",
    "Block",
    "Blocked",
    "Verdict",
    "built_in",
    "judge",
    "judge_placing",
    "next_allowed",
]


class Allowed(msgspec.Struct, frozen=True, tag=True):
    """No rule stands against it."""


class Block(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule that stands against it.

    Attributes:
        source: where the rule is written.
        until: when it no longer does, if nothing else happens; None: time alone does not end it.
        because: what it saw: a count, a phrase.
    """

    rule: str
    title: Words
    source: Words
    until: Micros | None = None
    because: str = ""


class Blocked(msgspec.Struct, frozen=True, tag=True):
    """Rules stand against it, the first of the set first."""

    blocks: tuple[Block, ...]

    @property
    def first(self) -> Block:
        """The one that is told where one is."""
        return self.blocks[0]

    @property
    def until(self) -> Micros | None:
        """When the last of them no longer does; None if time alone does not end one."""
        found = Micros(0)
        for one in self.blocks:
            if one.until is None:
                return None
            found = max(found, one.until)
        return found


Verdict: TypeAlias = Allowed | Blocked
ALLOWED: Final = Allowed()

_HOUSE: Final = Words("Tandem itself, whatever a rule set says", "本系统固有规则，不因规则集而改变")
BUILT_IN: Final[dict[str, Words]] = {
    "no_rules": Words("No conduct rules are in force", "没有生效的催收行为规则"),
    "not_their_point": Words("It is no number of this debtor", "该联系方式不属于此债务人"),
    "invalid_point": Words("The number is invalid", "该联系方式已失效"),
    "wrong_channel": Words("This channel does not reach such a number", "该渠道不能使用这种联系方式"),
    "third_party_unruled": Words("No rule lets a third party be contacted", "没有规则允许联系第三人"),
    "stale_left": Words("The account is no longer in collections", "该账户已不在催收中"),
    "stale_promise": Words("The debtor has promised to pay since", "债务人此后已承诺还款"),
    "offer_to_nobody": Words("Nothing says that this customer may be offered anything", "没有依据向该客户推送"),
    "offer_no_consent": Words("The customer did not agree to offers", "客户未同意接收营销信息"),
    "offer_not_performing": Words("Something is late, frozen or over", "存在逾期、冻结或已结清的账户"),
    "offer_marked": Words("Something is so about the customer that forbids offers", "客户存在不宜推送的情形"),
    "stale_day": Words("It was wanted on another day", "该联系并非当天提出"),
}
"""What stands against a contact whatever the rule set says."""

_ON_ITS_WAY: Final[frozenset[ContactState]] = frozenset({"wanted", "sent", "unclear"})
_TALKED: Final[frozenset[ContactState]] = frozenset({"answered", "refused"})
_FAILED: Final[frozenset[ContactState]] = frozenset({"failed", "unanswered"})
_TALKING: Final[frozenset[Channel]] = frozenset({"ai_call", "call", "visit"})
"""Channels by which somebody can answer at once: until it is known that nobody did, they may have."""
_COUNTED: Final[dict[Counts, frozenset[ContactState]]] = {
    "attempts": _ON_ITS_WAY | _TALKED | _FAILED | {"delivered"},
    "effective": _ON_ITS_WAY | _TALKED,
    "unanswered": _ON_ITS_WAY | _FAILED | {"delivered"},
    "refused": frozenset({"refused"}),
}


class _Asked(msgspec.Struct):
    """All that a rule may look at."""

    wanted: Wanted
    file: DebtorFile
    point: Point
    at_point: Sequence[Past]
    rules: RuleSet
    now: Micros
    zone: str
    today: date

    def past(self, of: Iterable[Past]) -> Iterator[Past]:
        """Without the very contact that is asked about."""
        return (one for one in of if one.contact != self.wanted.contact)


def judge(wanted: Wanted, file: DebtorFile, at_point: Sequence[Past], rules: RuleSet | None, now: Micros) -> Verdict:
    """Whether ``wanted`` may be made at ``now``.

    Args:
        at_point: every contact to its number there was, with any debtor.
        rules: None where none are in force: then nothing may.
    """
    if rules is None:
        return built_in("no_rules")
    point = file.points.get(wanted.point)
    if point is None or wanted.debtor != file.debtor:
        return built_in("not_their_point")
    if point.kind != KIND_FOR[wanted.channel]:
        return built_in("wrong_channel")
    if point.invalid:
        return built_in("invalid_point")
    if (
        wanted.step == "offer" and file.marks
    ):  # hardship, a dispute, illness, death: whatever it is, it is no time for offers
        return built_in("offer_marked")
    zone = file.zone or rules.zones[0]
    asked = _Asked(wanted, file, point, at_point, rules, now, zone, day_of(now, zone))
    holding = rules.on(asked.today)
    if point.whose == "third_party" and not any(isinstance(one, ThirdParty) for one in holding):
        return built_in("third_party_unruled")
    blocks = [found for one in holding if (found := _against(one, asked)) is not None]
    return Blocked(tuple(blocks)) if blocks else ALLOWED


def next_allowed(
    wanted: Wanted, file: DebtorFile, at_point: Sequence[Past], rules: RuleSet | None, now: Micros
) -> Micros | None:
    """The first instant from ``now`` on at which ``wanted`` may be made if nothing else happens; None: no time will do."""
    for _ in range(32):  # each turn ends a quiet time or a counted stretch
        verdict = judge(wanted, file, at_point, rules, now)
        if isinstance(verdict, Allowed):
            return now
        until = verdict.until
        if until is None or until <= now:
            return None
        now = until
    return None


def judge_placing(agency: str, file: DebtorFile, rules: RuleSet | None, now: Micros) -> Verdict:
    """Whether an account of the debtor may be placed with ``agency``: by the approved list, and by what is so about them."""
    if rules is None:
        return built_in("no_rules")
    zone = file.zone or rules.zones[0]
    nowhere = PointId("")
    wanted = Wanted(debtor=file.debtor, account="", channel="call", point=nowhere, step="agency", agency=agency)
    point = Point(point=nowhere, kind="phone", whose="debtor")
    asked = _Asked(wanted, file, point, (), rules, now, zone, day_of(now, zone))
    holding = [one for one in rules.on(asked.today) if isinstance(one, Agencies | Standing)]
    blocks = [found for one in holding if (found := _against(one, asked)) is not None]
    return Blocked(tuple(blocks)) if blocks else ALLOWED


def _against(rule: Rule, asked: _Asked) -> Block | None:
    if asked.wanted.channel not in rule.channels or asked.wanted.purpose not in rule.purposes:
        return None
    return _CHECKS[type(rule)](rule, asked)


def _quiet_hours(rule: QuietHours, asked: _Asked) -> Block | None:
    agreed = asked.file.agreed_hours if rule.unless_agreed else None
    zones = asked.rules.zones if asked.file.zone is None else (asked.file.zone,)
    until = Micros(0)
    for zone in zones:
        if not hours_hold(asked.now, zone, rule.starts, rule.ends):
            continue
        if agreed is not None and hours_hold(asked.now, zone, agreed.starts, agreed.ends):
            continue
        until = max(until, open_again(asked.now, zone, rule.ends))
    return _block(rule, f"{rule.starts}-{rule.ends}", until) if until else None


def _cap(rule: Cap, asked: _Asked) -> Block | None:
    if rule.whose is not None and rule.whose != asked.point.whose:
        return None
    days = sorted(day_of(one.at, asked.zone) for one in _counted(rule, asked))
    days = [day for day in days if day > asked.today - timedelta(days=rule.days)]
    if len(days) < rule.most:
        return None
    if rule.most == 0:
        return _block(rule, "0")
    leaves = days[len(days) - rule.most] + timedelta(days=rule.days)
    return _block(rule, f"{len(days)}/{rule.most}", begins(leaves, asked.zone))


def _counted(rule: Cap, asked: _Asked) -> Iterator[Past]:
    channels = rule.channels if rule.counted is None else rule.counted
    states = _COUNTED[rule.counts]
    for one in asked.past(asked.at_point if rule.per == "point" else asked.file.contacts):
        may_talk = rule.counts == "effective" and one.state == "delivered" and one.channel in _TALKING
        if one.channel not in channels or one.purpose not in rule.purposes:
            continue
        if one.state not in states and not may_talk:
            continue
        if rule.per == "account" and one.account != asked.wanted.account:
            continue
        if rule.whose is None or one.whose == rule.whose:
            yield one


def _third_party(rule: ThirdParty, asked: _Asked) -> Block | None:
    if asked.point.whose != "third_party":
        return None
    if asked.point.refused:
        return _block(rule, "refused")
    if not _unreachable(rule, asked):
        return _block(rule, "reachable")
    if asked.wanted.text is not None:
        said = found_in(Speech(asked.wanted.text), rule.never_said)
        if said is not None:
            return _block(rule, said)
    days = sorted(day_of(one.at, asked.zone) for one in asked.past(asked.at_point) if one.state in _COUNTED["attempts"])
    days = [day for day in days if day > asked.today - timedelta(days=rule.days)]
    if len(days) < rule.most:
        return None
    leaves = None if rule.most == 0 else begins(days[len(days) - rule.most] + timedelta(days=rule.days), asked.zone)
    return _block(rule, f"{len(days)}/{rule.most}", leaves)


def _unreachable(rule: ThirdParty, asked: _Asked) -> bool:
    if any(mark in asked.file.marks for mark in rule.if_marks):
        return True
    own = [one for one in asked.file.points.values() if one.whose == "debtor"]
    if rule.if_invalid and own and all(one.invalid for one in own):
        return True
    tries = [one for one in asked.past(asked.file.contacts) if one.whose == "debtor" and one.state != "withdrawn"]
    last = tries[-rule.after_failures :]
    return len(last) == rule.after_failures and all(one.state in _FAILED for one in last)


def _standing(rule: Standing, asked: _Asked) -> Block | None:
    if rule.mark not in asked.file.marks or (rule.steps and asked.wanted.step not in rule.steps):
        return None
    if rule.whose is not None and rule.whose != asked.point.whose:
        return None
    return _block(rule, rule.mark)


def _opt_out(rule: OptOut, asked: _Asked) -> Block | None:
    if asked.point.opted_out or (asked.point.whose == "debtor" and asked.wanted.channel in asked.file.off):
        return _block(rule, asked.wanted.channel)
    return None


def _consent(rule: Consent, asked: _Asked) -> Block | None:
    return (
        None
        if asked.wanted.agreed or asked.wanted.purpose in asked.file.consents
        else _block(rule, asked.wanted.purpose)
    )


def _phrases(rule: Phrases, asked: _Asked) -> Block | None:
    said = None if asked.wanted.text is None else found_in(Speech(asked.wanted.text), rule.never)
    return None if said is None else _block(rule, said)


def _required_words(rule: RequiredWords, asked: _Asked) -> Block | None:
    if asked.wanted.text is None or found_in(Speech(asked.wanted.text), rule.one_of) is not None:
        return None
    return _block(rule, "")


def _channels(rule: Channels, asked: _Asked) -> Block | None:
    if rule.steps and asked.wanted.step not in rule.steps:
        return None
    return _block(rule, asked.wanted.channel)


def _agencies(rule: Agencies, asked: _Asked) -> Block | None:
    name = asked.wanted.agency
    if name is None:
        return None
    agency = asked.rules.agency(name)
    if agency is None or not agency.approved <= asked.today < agency.until:
        return _block(rule, name)
    rated = [one for one in agency.rated if one.on <= asked.today]
    last = max(rated, key=lambda one: one.on, default=None)
    if last is None or (asked.today - last.on).days > rule.rated_within_days or last.score < rule.least_score:
        return _block(rule, name)
    return None


_CHECKS: Final[dict[type, Callable[[Any, _Asked], Block | None]]] = {
    QuietHours: _quiet_hours,
    Cap: _cap,
    ThirdParty: _third_party,
    Standing: _standing,
    OptOut: _opt_out,
    Consent: _consent,
    Phrases: _phrases,
    RequiredWords: _required_words,
    Channels: _channels,
    Agencies: _agencies,
}


def _block(rule: Rule, because: str, until: Micros | None = None) -> Block:
    return Block(rule=rule.rule, title=rule.title, source=rule.source, until=until, because=because)


def built_in(name: str) -> Blocked:
    """What stands against a contact by ``BUILT_IN``."""
    return Blocked((Block(rule=name, title=BUILT_IN[name], source=_HOUSE),))
