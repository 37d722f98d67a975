"""Before and after: the same attack, dial by dial and seed by seed, against two versions, with what changed in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from tandem.decide.releases import Sentence
from tandem.kernel.errors import Conflict
from tandem.kernel.money import CURRENCY_EXPONENTS, Money
from tandem.learn.attacks.definitions import AttackReport, AttackRole

__all__ = ["AttackChange", "AttackComparison", "compare_attacks"]

_SAME: Final = ("kind", "intensity", "disguise", "seed", "days", "warm_up_days", "customers")


class AttackChange(msgspec.Struct, frozen=True, kw_only=True):
    """One figure before and after.

    Attributes:
        figure: ``attempts_approved``, ``attempts_reviewed``, ``attempts_declined``, ``lost_minor``, ``honest_reviewed``,
            ``honest_declined``, ``honest_people_hurt``, ``reviews`` or ``first_alarm_seconds``.
        before, after: None where there is nothing, such as an alarm that never came.
        better: whether it moved in the defender's favour; None where it did not move.
    """

    figure: str
    before: int | None
    after: int | None
    better: bool | None


class AttackComparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two reports of the same attack.

    Attributes:
        roles: role to honest events stopped (reviewed or declined), before and after.
        stoppers: what stopped attempts, before and after.
        words: what changed, most important first; one sentence where nothing did.
        exact: whether the attempts were the same; an adaptive attacker reacts, and so tries other things.
    """

    simulated: bool = True
    figures: tuple[AttackChange, ...]
    roles: dict[str, tuple[int, int]]
    stoppers: dict[str, tuple[int, int]]
    words: tuple[Sentence, ...]
    exact: bool


def compare_attacks(before: AttackReport, after: AttackReport) -> AttackComparison:
    """What changed between two reports.

    Raises:
        Conflict: they are not of the same attack; says which dial differs.
    """
    for name in _SAME:
        one, other = getattr(before.asked, name), getattr(after.asked, name)
        if one != other:
            raise Conflict(
                f"These are two different attacks: {name} is {one} in one and {other} in the other.",
                code="other_attack",
                field=name,
                value=other,
                hint="run it again with the same dials and the same seed",
            )
    figures = tuple(_figures(before, after))
    words = tuple(_words(before, after))
    return AttackComparison(
        figures=figures,
        roles=_roles(before, after),
        stoppers=_stoppers(before, after),
        words=words or (Sentence("Nothing changes for this attack.", "对此攻击而言没有变化。"),),
        exact=not before.levers,
    )


def _figures(before: AttackReport, after: AttackReport) -> Iterable[AttackChange]:
    pairs = (
        ("attempts_approved", before.attempts.approved, after.attempts.approved, -1),
        ("attempts_reviewed", before.attempts.reviewed, after.attempts.reviewed, 0),
        ("attempts_declined", before.attempts.declined, after.attempts.declined, 1),
        ("lost_minor", before.lost_minor, after.lost_minor, -1),
        ("honest_reviewed", before.honest.reviewed, after.honest.reviewed, -1),
        ("honest_declined", before.honest.declined, after.honest.declined, -1),
        ("honest_people_hurt", before.honest_people_hurt, after.honest_people_hurt, -1),
        ("reviews", before.reviews, after.reviews, -1),
    )
    for figure, one, other, good in pairs:
        better = None if one == other or good == 0 else (other - one) * good > 0
        yield AttackChange(figure=figure, before=one, after=other, better=better)
    first, then = before.seen.first_alarm_seconds, after.seen.first_alarm_seconds
    sooner = None if first == then else first is None or (then is not None and then < first)
    yield AttackChange(figure="first_alarm_seconds", before=first, after=then, better=sooner)


def _words(before: AttackReport, after: AttackReport) -> Iterable[Sentence]:
    yield from _through(before, after)
    yield from _alarm(before, after)
    yield from _hurt(before, after)
    yield from _by_rule(before, after)


def _through(before: AttackReport, after: AttackReport) -> Iterable[Sentence]:
    one, other = before.attempts, after.attempts
    if one.approved != other.approved or one.count != other.count:
        yield Sentence(
            f"Of {other.count:,} attempts {other.approved:,} get through; before, {one.approved:,} of {one.count:,} did.",
            f"{other.count:,} 次尝试中有 {other.approved:,} 次得手；此前为 {one.count:,} 次中的 {one.approved:,} 次。",
        )
    if before.lost_minor != after.lost_minor:
        lost, was = _money(after.lost_minor, after.currency), _money(before.lost_minor, before.currency)
        falls = after.lost_minor < before.lost_minor
        yield Sentence(
            f"The loss {'falls' if falls else 'rises'} from {was} to {lost}.",
            f"损失由 {was} {'降至' if falls else '升至'} {lost}。",
        )


def _alarm(before: AttackReport, after: AttackReport) -> Iterable[Sentence]:
    first, then = before.seen.first_alarm_seconds, after.seen.first_alarm_seconds
    if first == then:
        return
    if first is None or then is None:
        yield (
            Sentence("It is seen, which it was not before.", "此前未被发现，现在被发现。")
            if first is None
            else Sentence("It is not seen any more.", "现在不再被发现。")
        )
        return
    by = _span(abs(then - first))
    sooner = then < first
    yield Sentence(
        f"The first alarm comes {by[0]} {'sooner' if sooner else 'later'}.",
        f"首次告警{'提前' if sooner else '推迟'} {by[1]}。",
    )


def _hurt(before: AttackReport, after: AttackReport) -> Iterable[Sentence]:
    one = before.honest.reviewed + before.honest.declined
    other = after.honest.reviewed + after.honest.declined
    if one != other:
        more = other > one
        yield Sentence(
            f"{abs(other - one):,} {'more' if more else 'fewer'} honest events are reviewed or declined: {other:,} of "
            f"{after.honest.count:,}, before {one:,}.",
            f"被复核或拒绝的正常事件{'增加' if more else '减少'} {abs(other - one):,} 笔：现为 {after.honest.count:,} 笔中的 "
            f"{other:,} 笔，此前 {one:,} 笔。",
        )
    if before.reviews != after.reviews:
        yield Sentence(
            f"{after.reviews:,} cases have to be looked at, before {before.reviews:,}.",
            f"需人工复核 {after.reviews:,} 笔，此前 {before.reviews:,} 笔。",
        )


def _by_rule(before: AttackReport, after: AttackReport) -> Iterable[Sentence]:
    for name, (one, other) in _stoppers(before, after).items():
        if one == other:
            continue
        if one == 0:
            yield Sentence(
                f"{name} stops {_attempts(other)}; before, none.", f"{name} 拦截 {other:,} 次尝试；此前没有。"
            )
        else:
            yield Sentence(
                f"{name} stops {_attempts(other)}, before {one:,}.", f"{name} 拦截 {other:,} 次尝试，此前 {one:,} 次。"
            )


def _stoppers(before: AttackReport, after: AttackReport) -> dict[str, tuple[int, int]]:
    was = {one.name: one.attack for one in before.stoppers}
    now = {one.name: one.attack for one in after.stoppers}
    names = sorted(was | now, key=lambda name: (-abs(now.get(name, 0) - was.get(name, 0)), name))
    return {name: (was.get(name, 0), now.get(name, 0)) for name in names}


def _roles(before: AttackReport, after: AttackReport) -> dict[str, tuple[int, int]]:
    was = {one.role: _stopped(one) for one in before.roles}
    now = {one.role: _stopped(one) for one in after.roles}
    return {role: (was.get(role, 0), now.get(role, 0)) for role in sorted(was | now)}


def _stopped(role: AttackRole) -> int:
    return role.tally.reviewed + role.tally.declined


def _attempts(count: int) -> str:
    return "1 attempt" if count == 1 else f"{count:,} attempts"


def _money(minor: int, currency: str) -> str:
    return str(Money(minor, currency)) if currency in CURRENCY_EXPONENTS else f"{minor:,}"


def _span(seconds: int) -> tuple[str, str]:
    """A stretch of time in words, in its largest unit."""
    for size, en, zh in ((86_400, "days", "天"), (3_600, "hours", "小时"), (60, "minutes", "分钟")):
        if seconds >= size:
            return f"{seconds / size:.1f} {en}", f"{seconds / size:.1f} {zh}"
    return f"{seconds} seconds", f"{seconds} 秒"
