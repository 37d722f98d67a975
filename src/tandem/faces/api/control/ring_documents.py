"""Rings as the documents that travel."""

from __future__ import annotations

from typing import Any

import numpy as np

from tandem.act.rings import (
    BAD,
    GOOD,
    OUTCOMES,
    Action,
    ListedEntry,
    Portrait,
    Radius,
    Ring,
    RingDesk,
    RingView,
    Said,
    Seen,
    Shown,
    Sight,
    Step,
    caveats,
    describe,
    tell,
    why_refused,
)
from tandem.faces.api.shapes.rings import (
    RingAction,
    RingCell,
    RingDetail,
    RingEntry,
    RingEvent,
    RingFraud,
    RingIdentifier,
    RingLink,
    RingMember,
    RingMoment,
    RingRadius,
    RingRefused,
    RingStep,
    RingSummary,
    RingWords,
)
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros, format_instant

__all__ = ["action_of", "detail_of", "radius_document", "summary_of"]

_GOOD_SHOWN = 20


def summary_of(shown: Shown, *, money: bool) -> RingSummary:
    """A ring in a line; the money in it only where ``money`` may be seen."""
    ring, figures = shown.ring, shown.figures
    size = len(ring.members)
    gone = Said(f"{size:,} members when it was last found", f"最近一次发现时共 {size:,} 人")
    return RingSummary(
        ring_id=ring.ring_id,
        finder=ring.finder,
        graph=shown.graph,
        member_kind=shown.member_kind,
        rank=shown.rank,
        score=0.0 if figures is None else figures.score,
        state=ring.state,
        size=size,
        cells=1 if figures is None else figures.cells,
        hot=0 if figures is None else figures.hot,
        known_bad=0 if figures is None else figures.known_bad,
        known_good=0 if figures is None else figures.known_good,
        lift=None if figures is None else figures.lift,
        came_1d=0 if figures is None else figures.came_1d,
        came_7d=0 if figures is None else figures.came_7d,
        identifiers=0 if figures is None else figures.identifiers,
        at_stake_minor=figures.at_stake_minor if money and figures is not None else None,
        born_at=format_instant(ring.born_at),
        changed_at=format_instant(ring.changed_at),
        last_joined_at=format_instant(ring.changed_at if figures is None else Micros(figures.last_joined_at)),
        words=_words(gone if figures is None else describe(figures)),
        case_id=ring.case_id,
        merged_into=ring.merged_into,
    )


def detail_of(view: RingView, desk: RingDesk, *, money: bool) -> RingDetail:
    """A ring with all there is to look at."""
    shown, sight, portrait = view.shown, view.sight, view.portrait
    there = sight is not None and portrait is not None
    figures = shown.figures
    return RingDetail(
        ring=summary_of(shown, money=money),
        members=_members(sight, portrait, view, money=money) if there else [],  # type: ignore[arg-type]
        identifiers=_identifiers(sight, portrait, desk) if there else [],  # type: ignore[arg-type]
        links=_links(sight, portrait) if there else [],  # type: ignore[arg-type]
        cells=_cells(sight, view) if sight is not None and portrait is not None else [],
        timeline=_timeline(sight, portrait) if there else [],  # type: ignore[arg-type]
        nearest=_nearest(sight, portrait) if there else [],  # type: ignore[arg-type]
        caveats=[_words(one) for one in caveats(figures)] if figures is not None else [],
        story=_story(shown.ring),
        proposed=_proposed(sight, portrait, desk) if there else [],  # type: ignore[arg-type]
        actions=[action_of(shown.ring, one, desk) for one in shown.ring.actions.values()],
    )


def action_of(ring: Ring, action: Action, desk: RingDesk) -> RingAction:
    """What was put on lists, and how it stands now."""
    listed = action.listed
    return RingAction(
        action_id=listed.action,
        at=format_instant(action.at),
        by=listed.by,
        reason=listed.reason,
        automatic=listed.automatic,
        expires_at=format_instant(listed.expires_at),
        entries=[_entry(one, already=False, now=desk.standing(ring, action, one)) for one in listed.entries],
        undone_at=None if action.undone_at is None else format_instant(action.undone_at),
        undone_by=None if action.undone is None else action.undone.by,
    )


def radius_document(
    ring_id: str, sight_of: Sight, radius: Radius, seen: Digest, expires_at: Micros, days: int
) -> RingRadius:
    """Who would be hit."""
    people, changed = len(radius.members) + len(radius.others), sum(radius.changed.values())
    new = sum((one.list, one.entity) not in radius.already for one in radius.entries)
    return RingRadius(
        ring_id=ring_id,
        seen=seen,
        entries=[_entry(one, already=(one.list, one.entity) in radius.already, now=None) for one in radius.entries],
        refused=[
            RingRefused(
                kind=str(one.kind),
                entity=one.entity,
                code=one.code,
                users=one.users,
                known_good=one.known_good,
                words=_words(why_refused(one.code, str(one.kind), one.users, one.known_good)),
            )
            for one in radius.refused
        ],
        members=len(radius.members),
        others=len(radius.others),
        good_customers=len(radius.good),
        good_examples=list(sight_of.picture.sightings.members_at(radius.good[:_GOOD_SHOWN])),
        days=days,
        decisions=radius.decisions,
        changed=radius.changed,
        expires_at=format_instant(expires_at),
        words=RingWords(
            en=f"{new:,} entries would meet {people:,} people, {len(radius.others):,} of them outside the ring and "
            f"{len(radius.good):,} known to be good; {changed:,} of {radius.decisions:,} decisions of the last {days:,} "
            "days would have been others",
            zh=f"新增 {new:,} 项将影响 {people:,} 人，其中团伙外 {len(radius.others):,} 人、已确认的好客户 "
            f"{len(radius.good):,} 人；最近 {days:,} 天的 {radius.decisions:,} 个决策中有 {changed:,} 个会改变",
        ),
    )


def _members(sight: Sight, portrait: Portrait, view: RingView, *, money: bool) -> list[RingMember]:
    picture, sightings = sight.picture, sight.picture.sightings
    ascending = np.sort(portrait.ring)
    cells = view.cells[np.searchsorted(ascending, portrait.ring)]
    names = sightings.members_at(portrait.ring)
    found = []
    for place, number in enumerate(portrait.ring.tolist()):
        row = int(picture.last_row[number])
        known, heat = int(picture.known[number]), float(picture.heat[number])
        amount = int(sightings.amount[row]) if row >= 0 else -1
        found.append(
            RingMember(
                member=names[place],
                since=format_instant(Micros(int(portrait.since[place]))),
                last_at=format_instant(Micros(int(sightings.at[row]) if row >= 0 else int(portrait.since[place]))),
                heat=heat,
                bad={BAD: True, GOOD: False}.get(known),
                grown=not bool(sight.found.hot[number]),
                household=bool(portrait.household[place]),
                outcome=_outcome(sight, row),
                event_id=sightings.event_ids[row].as_py() if row >= 0 else "",
                amount_minor=amount if money and amount >= 0 else None,
                cell=int(cells[place]),
            )
        )
    return found


def _identifiers(sight: Sight, portrait: Portrait, desk: RingDesk) -> list[RingIdentifier]:
    picture, sightings = sight.picture, sight.picture.sightings
    found = []
    used, inside = np.unique(picture.identifier[picture.links_among(portrait.ring)], return_counts=True)
    order = np.lexsort((used, -inside))
    for thing, members in zip(used[order].tolist(), inside[order].tolist(), strict=True):
        if members < 2:
            break
        kind, identifier = sightings.kind_of(thing), sightings.identifier_named(thing)
        links = picture.links_with(thing)
        name = sight.finder.lists.identifiers.get(kind)
        found.append(
            RingIdentifier(
                kind=str(kind),
                identifier=identifier,
                members=members,
                users=int(picture.users[thing]),
                crowd=not bool(picture.joins[thing]),
                known_bad=int(picture.bad_users[thing]),
                known_good=int(picture.good_users[thing]),
                first_at=format_instant(Micros(int(picture.first[links].min()))),
                last_at=format_instant(Micros(int(picture.last[links].max()))),
                on_list=name if name is not None and desk.on_list(name, identifier) else None,
            )
        )
    return found


def _links(sight: Sight, portrait: Portrait) -> list[RingLink]:
    picture, sightings = sight.picture, sight.picture.sightings
    return [
        RingLink(
            member=sightings.member_named(picture.member[link]),
            kind=str(sightings.kind_of(picture.identifier[link])),
            identifier=sightings.identifier_named(picture.identifier[link]),
            first_at=format_instant(Micros(int(picture.first[link]))),
            last_at=format_instant(Micros(int(picture.last[link]))),
            tree=link in portrait.tree,
        )
        for link in portrait.links.tolist()
    ]


def _cells(sight: Sight, view: RingView) -> list[RingCell]:
    assert view.portrait is not None, "only what was found has cells"
    known = sight.picture.known[np.sort(view.portrait.ring)]
    return [
        RingCell(
            cell=cell, size=int((view.cells == cell).sum()), known_bad=int((known[view.cells == cell] == BAD).sum())
        )
        for cell in range(int(view.cells.max()) + 1 if len(view.cells) else 0)
    ]


def _timeline(sight: Sight, portrait: Portrait) -> list[RingMoment]:
    sightings = sight.picture.sightings
    names = sightings.members_at(portrait.ring)
    found = []
    for place, number in enumerate(portrait.ring.tolist()):
        row = int(sight.picture.last_row[number])
        found.append(
            RingMoment(
                at=format_instant(Micros(int(portrait.since[place]))),
                member=names[place],
                event_id=sightings.event_ids[row].as_py() if row >= 0 else "",
                outcome=_outcome(sight, row),
                size=place + 1,
            )
        )
    return found


def _nearest(sight: Sight, portrait: Portrait) -> list[RingFraud]:
    sightings = sight.picture.sightings
    return [
        RingFraud(member=sightings.member_named(one.member), path=[_step(step) for step in one.path])
        for one in portrait.nearest
    ]


def _proposed(sight: Sight, portrait: Portrait, desk: RingDesk) -> list[RingEntry]:
    if sight.finder.automatic != "propose":
        return []
    found = []
    for one in desk.proposed(sight, portrait.things):
        name = sight.finder.lists.identifiers[one.kind]
        entry = ListedEntry(list=name, kind=str(one.kind), entity=one.identifier)
        found.append(_entry(entry, already=desk.on_list(name, one.identifier), now=None))
    return [one for one in found if not one.already]


def _story(ring: Ring) -> list[RingEvent]:
    found = []
    for one in ring.story:
        said, change = tell(one), one.change
        what: Any = change.what if isinstance(change, Seen) else str(change.__struct_config__.tag)
        found.append(
            RingEvent(
                seq=one.seq,
                at=format_instant(one.at),
                by=change.by,
                what=what,
                joined=len(change.joined) if isinstance(change, Seen) else 0,
                left=len(change.left) if isinstance(change, Seen) else 0,
                size=one.size,
                rings=list(change.others) if isinstance(change, Seen) else [],
                en=said.en,
                zh=said.zh,
            )
        )
    return found


def _entry(entry: ListedEntry, *, already: bool, now: str | None) -> RingEntry:
    return RingEntry(
        list_name=entry.list,
        kind=entry.kind,
        entity=entry.entity,
        strength=entry.strength,
        path=[_step(step) for step in entry.path],
        already=already,
        now=now,  # type: ignore[arg-type]  # one of the four, as the lister says
    )


def _step(step: Step) -> RingStep:
    return RingStep(kind=step.kind, identifier=step.identifier, member=step.member)


def _words(said: Said) -> RingWords:
    return RingWords(en=said.en, zh=said.zh)


def _outcome(sight: Sight, row: int) -> str | None:
    outcome = int(sight.picture.sightings.outcome[row]) if row >= 0 else -1
    return None if outcome < 0 else OUTCOMES[outcome]
