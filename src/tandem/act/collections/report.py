"""The supervisor's figures: contacts, what the rules kept back, promises, recovery per contact, people and agencies. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from tandem.act.collections.changes import SYSTEM
from tandem.act.collections.file import Past
from tandem.act.collections.folding import Files, Placement
from tandem.act.collections.types import Channel
from tandem.act.products import Day
from tandem.kernel.time import DAY

__all__ = ["AgencyLine", "ChannelLine", "PersonLine", "Promises", "Report", "report"]

_REACHED: Final = frozenset({"answered", "refused"})


class ChannelLine(msgspec.Struct, frozen=True, kw_only=True):
    """Contacts by one channel: made, in which somebody talked, that failed, and what came of it is not known."""

    channel: Channel
    made: int
    reached: int
    failed: int
    unclear: int


class PersonLine(msgspec.Struct, frozen=True, kw_only=True):
    """What a collector did; ``kept``, ``over``: promises they took that were kept, and that are over."""

    person: str
    contacts: int
    reached: int
    minutes: float
    promises: int
    kept: int
    over: int


class AgencyLine(msgspec.Struct, frozen=True, kw_only=True):
    """What an agency was given and what was paid meanwhile, in minor units of ``currency``; of its contacts, how many were blocked."""

    agency: str
    currency: str
    accounts: int
    placed_minor: int
    paid_minor: int
    contacts: int
    blocked: int


class Promises(msgspec.Struct, frozen=True, kw_only=True):
    """How many promises stand so."""

    open: int
    kept: int
    partly: int
    broken: int
    withdrawn: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, for the days asked about.

    Attributes:
        accounts: in collections now; left_paid: left because nothing was late any more.
        recovered_minor: by currency, what accounts paid in the days while they were in.
        per_contact_minor: by currency, that for each contact made about its accounts.
        blocked: by rule, most often first.
    """

    accounts: int
    left_paid: int
    contacts: int
    channels: tuple[ChannelLine, ...]
    blocked: tuple[tuple[str, int], ...]
    promises: Promises
    recovered_minor: dict[str, int]
    per_contact_minor: dict[str, int]
    people: tuple[PersonLine, ...]
    agencies: tuple[AgencyLine, ...]


def report(files: Files, first: Day, last: Day, paid: Callable[[str, Day, Day], int]) -> Report:
    """What happened from ``first`` to ``last``, both days in (UTC).

    Args:
        paid: what an account paid between two days, both in.
    """
    made = [
        one
        for one in files.contacts.values()
        if one.state not in {"wanted", "withdrawn"} and first <= one.at // DAY <= last
    ]
    recovered: Counter[str] = Counter()
    contacts: Counter[str] = Counter()
    for work in files.work.values():
        start, end = max(work.entered, first), min(last, last if work.left is None else work.left)
        if start <= end:
            recovered[work.currency] += paid(work.account, start, end)
    for one in made:
        contacts[files.work[one.account].currency] += 1
    promises = Counter(one.outcome or "open" for one in files.promises.values() if first <= one.made <= last)
    blocked = Counter(one.change.rule for one in files.blocked if first <= one.at // DAY <= last)
    return Report(
        accounts=sum(one.is_in for one in files.work.values()),
        left_paid=sum(one.why_left == "paid" and first <= (one.left or 0) <= last for one in files.work.values()),
        contacts=len(made),
        channels=tuple(_channels(made)),
        blocked=tuple(blocked.most_common()),
        promises=Promises(
            open=promises["open"], kept=promises["kept"], partly=promises["partly"], broken=promises["broken"],
            withdrawn=promises["withdrawn"],
        ),
        recovered_minor=dict(recovered),
        per_contact_minor={name: round(recovered[name] / count) for name, count in contacts.items() if count},
        people=tuple(_people(files, made, first, last)),
        agencies=tuple(_agencies(files, first, last, paid)),
    )  # fmt: skip


def _channels(made: Iterable[Past]) -> Iterable[ChannelLine]:
    by: dict[Channel, Counter[str]] = {}
    for one in made:
        by.setdefault(one.channel, Counter())[one.state] += 1
    for channel, states in sorted(by.items()):
        yield ChannelLine(
            channel=channel, made=states.total(), reached=sum(states[one] for one in _REACHED), failed=states["failed"],
            unclear=states["unclear"],
        )  # fmt: skip


def _people(files: Files, made: Iterable[Past], first: Day, last: Day) -> Iterable[PersonLine]:
    contacts: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    minutes: dict[str, float] = {}
    for one in made:
        person = files.made_by[one.contact].by
        contacts[person] += 1
        reached[person] += one.state in _REACHED
        minutes[person] = minutes.get(person, 0.0) + files.minutes.get(one.contact, 0.0)
    taken = [one for one in files.promises.values() if first <= one.made <= last]
    for person in sorted({*contacts, *(one.by for one in taken)} - {SYSTEM}):
        own = [one for one in taken if one.by == person]
        yield PersonLine(
            person=person, contacts=contacts[person], reached=reached[person], minutes=minutes.get(person, 0.0),
            promises=len(own), kept=sum(one.outcome == "kept" for one in own),
            over=sum(one.outcome is not None for one in own),
        )  # fmt: skip


def _agencies(files: Files, first: Day, last: Day, paid: Callable[[str, Day, Day], int]) -> Iterable[AgencyLine]:
    by: dict[tuple[str, str], list[Placement]] = {}
    for one in files.placements:
        if one.day <= last and (one.recalled is None or one.recalled >= first):
            by.setdefault((one.agency, files.work[one.account].currency), []).append(one)
    for (agency, currency), placed in sorted(by.items()):
        yield AgencyLine(
            agency=agency, currency=currency, accounts=len(placed), placed_minor=sum(one.owed_minor for one in placed),
            paid_minor=sum(paid(one.account, one.day, one.recalled or last) for one in placed),
            contacts=sum(one.about.agency == agency for one in files.made_by.values()),
            blocked=sum(one.change.about.agency == agency for one in files.blocked),
        )  # fmt: skip
