"""How often investigators are wrong: what they ruled on a decided event against what it turned out to be, and against each other.

A ruling is a case that somebody resolved with a finding (bad or good), or proposed with one that another person agreed to. It
stands for every decision the case was about. Contradicted by the outcome: the label is mature and says the other. Contradicted by a
colleague: the last ruling on the same event by somebody else says the other. A rate without its interval would compare somebody
with three cases to somebody with three hundred, so it always has one (Wilson 1927).

The journal is read as JSON with paths: who wrote it is a room that this one does not know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

__all__ = ["InvestigatorNoise", "Ruling", "ruling_noise", "rulings_of"]

_NOISY_LOW: Final = 0.05


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody found that a decided event was bad, or was not."""

    seq: int
    investigator: str
    event_id: str
    bad: bool


class InvestigatorNoise(msgspec.Struct, frozen=True, kw_only=True):
    """One investigator.

    Attributes:
        rulings: on decided events, all of them.
        checked, contradicted: those whose outcome is mature, and of these those it contradicts; the rate with its 95 %
            interval, null where nothing was checked. ``missed`` were ruled good and turned out bad.
        seen_twice, disagreed: those on which a colleague ruled too, and of these those where the last colleague says the
            other.
        noisy: even the lower bound of the rate is above five in a hundred.
    """

    investigator: str
    rulings: int
    checked: int
    contradicted: int
    missed: int
    rate: float | None
    low: float | None
    high: float | None
    seen_twice: int
    disagreed: int
    noisy: bool


class _Evidence(msgspec.Struct):
    event_id: str = ""
    event_type: str = ""


class _Change(msgspec.Struct):
    change: str
    case: str
    by: str
    adverse: bool | None = None
    evidence: _Evidence | None = None


_DECODER: Final = msgspec.json.Decoder(_Change)


def rulings_of(changes: Iterable[tuple[int, str]], event_type: str) -> list[Ruling]:
    """The rulings on events of that type that stand: what was taken back is none.

    Args:
        changes: (place in the journal, readable body as JSON) of every record of kind ``case``, in order.
    """
    about: dict[str, list[str]] = defaultdict(list)
    proposed: dict[str, tuple[str, bool | None]] = {}
    last: dict[str, tuple[str, list[Ruling]]] = {}
    found: dict[Ruling, None] = {}
    for seq, body in changes:
        one = _DECODER.decode(body)
        ruled: list[Ruling] = []
        if one.evidence is not None and one.evidence.event_type == event_type:
            about[one.case].append(one.evidence.event_id)
        if one.change == "proposed":
            proposed[one.case] = (one.by, one.adverse)
        if one.change == "resolved":
            ruled = _ruled(seq, one.by, one.adverse, about[one.case])
        elif one.change == "seconded":
            by, adverse = proposed.get(one.case, (one.by, None))
            ruled = [r for who in dict.fromkeys((by, one.by)) for r in _ruled(seq, who, adverse, about[one.case])]
        elif one.change == "undone" and last.get(one.case, ("", []))[0] == one.by:
            for taken_back in last[one.case][1]:
                found.pop(taken_back, None)
        found.update(dict.fromkeys(ruled))
        last[one.case] = (one.by, ruled)
    return list(found)


def _ruled(seq: int, by: str, adverse: bool | None, events: Iterable[str]) -> list[Ruling]:  # noqa: FBT001 - as it stands in the record
    if adverse is None:
        return []
    return [Ruling(seq=seq, investigator=by, event_id=event, bad=adverse) for event in events]


def ruling_noise(rulings: Iterable[Ruling], outcomes: Mapping[str, bool]) -> list[InvestigatorNoise]:
    """How each investigator did, the surest to be noisy first.

    Args:
        outcomes: decided event to whether it is bad, of mature labels only; not made from rulings themselves.
    """
    given = sorted(rulings, key=lambda one: one.seq)
    by_event: dict[str, list[Ruling]] = defaultdict(list)
    by_person: dict[str, list[Ruling]] = defaultdict(list)
    for one in given:
        by_event[one.event_id].append(one)
        by_person[one.investigator].append(one)
    found = [_noise(name, mine, by_event, outcomes) for name, mine in by_person.items()]
    return sorted(found, key=lambda one: (-(one.low or 0.0), -one.contradicted, one.investigator))


def _noise(
    name: str, mine: list[Ruling], by_event: Mapping[str, list[Ruling]], outcomes: Mapping[str, bool]
) -> InvestigatorNoise:
    from scipy.stats import binomtest  # half a second of every start of the server, which seldom weighs rulings

    last = {one.event_id: one for one in mine}  # of several on one event, the last is what was meant
    checked = [one for one in last.values() if one.event_id in outcomes]
    wrong = [one for one in checked if outcomes[one.event_id] is not one.bad]
    others: dict[str, Any] = {}
    for event in last:
        others[event] = next((one for one in reversed(by_event[event]) if one.investigator != name), None)
    twice = [event for event, other in others.items() if other is not None]
    interval = binomtest(len(wrong), len(checked)).proportion_ci(method="wilson") if checked else None
    return InvestigatorNoise(
        investigator=name,
        rulings=len(last),
        checked=len(checked),
        contradicted=len(wrong),
        missed=sum(not one.bad for one in wrong),
        rate=len(wrong) / len(checked) if checked else None,
        low=None if interval is None else float(interval.low),
        high=None if interval is None else float(interval.high),
        seen_twice=len(twice),
        disagreed=sum(others[event].bad is not last[event].bad for event in twice),
        noisy=interval is not None and float(interval.low) > _NOISY_LOW,
    )
