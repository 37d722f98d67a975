"""A portrait put together: where an entity was seen, what its events said of it, what was decided, what is known.

The index says which events; the events themselves, and the decisions right behind them, are read from the journal, so that
what is shown is what stands there. Personal values are opened only for those who may read them.
"""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from tandem.decide.decisions import DecisionBody, DecisionProcess, LiveRelease, decode_body
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, TooLarge, Unavailable, near_match
from tandem.kernel.identity import EntityKind, Pseudonym
from tandem.kernel.time import SECOND, Clock, Micros, format_instant
from tandem.kernel.values import SqlType, Value
from tandem.observe.events import Event, EventType
from tandem.observe.journal import Record
from tandem.observe.lake import Lake
from tandem.observe.portraits import EntityIndex, Seen, Sightings, features_as_of

__all__ = ["TIMELINE_MAX", "Portraits"]

TIMELINE_MAX: Final = 200
"""Events on one page of a timeline."""
FOLD_MAX: Final = 20_000
"""Events of one entity that are folded for a moment of the past."""
LINKS_MAX: Final = 100
RISK_MAX: Final = 200
"""Decisions whose scores are shown, the newest."""
_LOOK_BACK: Final = 12
"""Events of one type looked through for the last value of a field."""
_REFRESH: Final = SECOND
_PSEUDONYM = re.compile(r"[0-9a-f]{32}")
_CURSOR = re.compile(r"(-?\d{1,19})_(\d{1,19})")


class Portraits:
    """Portraits of the workspace's entities.

    Args:
        process: whose journal, release and lists.
        lake: where the index is filled from.
        clock: tells how old the index is.
        followed: whether another process keeps the lake up to date; else that is done when asked.
    """

    def __init__(self, process: DecisionProcess, lake: Lake, clock: Clock, *, followed: bool = False) -> None:
        self._process = process
        self._lake = lake
        self._clock = clock
        self._followed = followed
        self._index = EntityIndex(lake)
        self._lock = threading.Lock()
        self._caught_up_at: Micros | None = None
        if followed and process.live is not None:
            # The first look reads every event there is; nobody should wait for it.
            threading.Thread(target=self._warm, name="portraits", daemon=True).start()

    def portrait(self, kind: str, identifier: str, *, personal: bool) -> dict[str, Any]:
        """Everything known of one entity now, but for the timeline and the features.

        Args:
            kind: of entity.
            identifier: the real one, or the pseudonym.
            personal: whether personal values are shown.

        Raises:
            NotFound: no event type names that kind of entity.
            Unavailable: no release is live.
        """
        live, entity, member = self._named(kind, identifier)
        index = self._caught_up(live)
        seen = index.sightings(entity, member)
        links = index.links(entity, member)
        now = self._clock.now()
        facts, withheld, erased = self._facts(live, seen, personal=personal)
        risk, outcomes = self._risk(seen)
        times = seen.at
        return {
            "kind": kind,
            "member": member,
            "as_of": format_instant(now),
            "known_to": index.known_to,
            "release": live.digest,
            "events": len(seen),
            "first_at": format_instant(Micros(int(times.min()))) if len(seen) else None,
            "last_at": format_instant(Micros(int(times.max()))) if len(seen) else None,
            "event_types": _counted(seen),
            "personal": personal,
            "facts": facts,
            "facts_withheld": withheld,
            "erased": erased,
            "links": [
                {
                    "kind": one.kind,
                    "member": one.member,
                    "count": one.count,
                    "first_at": format_instant(one.first_at),
                    "last_at": format_instant(one.last_at),
                    "via": one.via,
                }
                for one in links[:LINKS_MAX]
            ],
            "links_left_out": max(0, len(links) - LINKS_MAX),
            "lists": self._lists(live, member, now),
            "outcomes": outcomes,
            "risk": risk,
            "feature_words": {
                name: {"en": live.plan.describe(name, "en"), "zh": live.plan.describe(name, "zh")}
                for name in live.plan.names
                if live.plan.entity(name) == (entity,)
            },
        }

    def timeline(
        self, kind: str, identifier: str, *, personal: bool, limit: int = 50, before: str | None = None
    ) -> dict[str, Any]:
        """The entity's events and the decisions on them, those that happened last first.

        Args:
            kind, identifier, personal: as for ``portrait``.
            limit: events on the page, at most ``TIMELINE_MAX``.
            before: ``next_before`` of the page before.

        Raises:
            NotFound: no event type names that kind of entity.
            InvalidInput: a cursor that is none.
            Unavailable: no release is live.
        """
        live, entity, member = self._named(kind, identifier)
        seen = self._caught_up(live).sightings(entity, member)
        order = np.lexsort((seen.seqs, seen.at))[::-1]
        if before is not None:
            found = _CURSOR.fullmatch(before)
            if found is None:
                raise InvalidInput("Not a cursor.", code="invalid_cursor", field="before", value=before)
            at, seq = int(found[1]), int(found[2])
            earlier = (seen.at[order] < at) | ((seen.at[order] == at) & (seen.seqs[order] < seq))
            order = order[earlier]
        page = order[:limit]
        items = [self._item(live, int(seen.seqs[one]), personal=personal) for one in page]
        last = page[-1] if len(page) else None
        more = last is not None and len(order) > limit
        return {
            "kind": kind,
            "member": member,
            "events": len(seen),
            "items": items,
            "next_before": f"{int(seen.at[last])}_{int(seen.seqs[last])}" if more and last is not None else None,
        }

    def features(self, kind: str, identifier: str, *, at: Micros, known_to: int | None) -> dict[str, Any]:
        """Features of the entity as of ``at``, folded from its own events; see ``features_as_of``.

        Raises:
            NotFound: no feature is about that kind of entity.
            TooLarge: it has more than ``FOLD_MAX`` events.
            Unavailable: no release is live.
        """
        live, entity, member = self._named(kind, identifier)
        index = self._caught_up(live)
        seen = index.sightings(entity, member)
        if len(seen) > FOLD_MAX:
            raise TooLarge(
                f"More than {FOLD_MAX} events would have to be folded.",
                code="too_many_events",
                field="at",
                value=str(len(seen)),
                hint="ask for now, which the online state answers",
            )
        events = list(self._events(live, index, seen))
        known = features_as_of(live.plan, entity, member, events, at, known_to=known_to)
        return {
            "kind": kind,
            "at": format_instant(at),
            "release": live.digest,
            "features": known,
            "replayed": True,
            "events": len(events),
            "known_to": index.known_to if known_to is None else min(known_to, index.known_to),
        }

    # -- finding

    def _named(self, kind: str, identifier: str) -> tuple[LiveRelease, EntityKind, Pseudonym]:
        live = self._process.live
        if live is None:
            raise Unavailable(
                "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
            )
        kinds = {field.entity for one in live.reader.event_types.values() for field in one.fields if field.entity}
        if kind not in kinds:
            raise NotFound(
                "No event names that kind of entity.",
                code="unknown_entity_kind",
                field="kind",
                value=kind,
                hint=near_match(kind, kinds),
            )
        entity = EntityKind(kind)
        if _PSEUDONYM.fullmatch(identifier):
            return live, entity, Pseudonym(identifier)
        return live, entity, self._process.pseudonyms_of(identifier)[entity]

    def _caught_up(self, live: LiveRelease) -> EntityIndex:
        with self._lock:
            now = self._clock.now()
            if self._caught_up_at is None or now - self._caught_up_at >= _REFRESH:
                if not self._followed:
                    with contextlib.suppress(Conflict):  # somebody else is projecting; their copy is as good
                        self._lake.project(self._process.journal, live.reader)
                self._index.catch_up(live.reader.event_types)
                self._caught_up_at = now
        return self._index

    def _warm(self) -> None:
        live = self._process.live
        if live is not None:
            with contextlib.suppress(Unavailable):
                self._caught_up(live)

    def _events(self, live: LiveRelease, index: EntityIndex, seen: Sightings) -> Iterator[Seen]:
        """The entity's events and those that correct them, in the order of the journal."""
        wanted = set(seen.seqs.tolist())
        waiting = sorted(wanted)
        found: list[Seen] = []
        while waiting:
            following: list[int] = []
            for seq in waiting:
                one = self._event(live, seq)
                if one is None:
                    continue
                found.append(one)
                by = index.corrected_by(one.event.event_id)
                if by is not None and by not in wanted:
                    wanted.add(by)
                    following.append(by)
            waiting = following
        yield from sorted(found, key=lambda each: each.seq)

    def _event(self, live: LiveRelease, seq: int) -> Seen | None:
        record = next(self._process.journal.read(seq, seq), None)
        if record is None or record.kind != "event" or not live.knows(record):
            return None
        return Seen(seq, self._rebuilt(live, record, personal=True))

    def _rebuilt(self, live: LiveRelease, record: Record, *, personal: bool) -> Event:
        secret = self._process.journal.open_secret(record) if personal else None
        opened = secret if isinstance(secret, bytes) else None
        assert record.digest is not None, "every event is recorded with its digest"
        return live.reader.rebuild(record.clear, opened, digest=record.digest)

    def _pair(self, seq: int) -> tuple[Record | None, Record | None]:
        """The event at ``seq``, and the decision on it, which always stands right behind it."""
        event = decision = None
        for record in self._process.journal.read(seq, seq + 1):
            if record.seq == seq:
                event = record
            elif record.kind == "decision":
                decision = record
        return event, decision

    # -- telling

    def _facts(self, live: LiveRelease, seen: Sightings, *, personal: bool) -> tuple[list[dict[str, Any]], int, bool]:
        """The last value of every field, with its source; how many personal ones were withheld; whether erased."""
        facts: list[dict[str, Any]] = []
        withheld = 0
        erased = False
        for number, name in enumerate(seen.names):
            event_type = live.reader.event_types.get(name)
            rows = np.flatnonzero(seen.types == number)
            if event_type is None or not len(rows):
                continue
            newest = rows[np.lexsort((seen.seqs[rows], seen.at[rows]))[::-1]][:_LOOK_BACK]
            open_fields = {field.name: field for field in event_type.fields if field.entity is None}
            if not personal:
                hidden = [each for each in open_fields if open_fields[each].data_class.is_personal]
                withheld += len(hidden)
                for each in hidden:
                    del open_fields[each]
            for seq in seen.seqs[newest].tolist():
                if not open_fields:
                    break
                record = next(self._process.journal.read(seq, seq), None)
                if record is None or record.kind != "event" or not live.knows(record):
                    continue
                event = self._rebuilt(live, record, personal=personal)
                erased |= personal and event.erased
                for each in [one for one in open_fields if event.values.get(one) is not None]:
                    facts.append(_fact(event_type, each, event, seq))
                    del open_fields[each]
        return sorted(facts, key=lambda one: (one["event_type"], one["field"])), withheld, erased

    def _risk(self, seen: Sightings) -> tuple[list[dict[str, Any]], dict[str, int]]:
        """Scores over time, oldest first, and how the decisions ended; of the newest events."""
        order = np.lexsort((seen.seqs, seen.at))[::-1][:RISK_MAX]
        told: list[dict[str, Any]] = []
        outcomes = {"approve": 0, "review": 0, "decline": 0}
        for seq in seen.seqs[order].tolist():
            _, decision = self._pair(seq)
            body = None if decision is None else decode_body(decision.clear)
            if body is None or body.trail.event_seq != seq:
                continue
            outcomes[body.trail.outcome] += 1
            for model, score in body.trail.scores.items():
                told.append(
                    {
                        "at": format_instant(body.trail.occurred_at),
                        "seq": seq,
                        "model": model,
                        "probability": score.probability,
                        "points": score.points,
                        "outcome": body.trail.outcome,
                        "decision_id": body.trail.decision_id,
                    }
                )
        return told[::-1], outcomes

    def _item(self, live: LiveRelease, seq: int, *, personal: bool) -> dict[str, Any]:
        record, decision = self._pair(seq)
        assert record is not None, "the index knows only what stands in the journal"
        body = None if decision is None else decode_body(decision.clear)
        if body is not None and body.trail.event_seq != seq:
            body = None
        event = self._rebuilt(live, record, personal=personal)
        event_type = live.reader.event_types[event.event_type]
        values = {
            field.name: _plain(field.type, event.values.get(field.name))
            for field in event_type.fields
            if field.entity is None and (personal or not field.data_class.is_personal)
        }
        return {
            "seq": seq,
            "at": format_instant(event.occurred_at),
            "recorded_at": format_instant(record.recorded_at),
            "event_id": event.event_id,
            "event_type": event.event_type,
            "supersedes": event.supersedes,
            "values": {name: value for name, value in values.items() if value is not None},
            "entities": [
                {"field": name, "kind": event.entity_kinds[name], "member": member}
                for name, member in sorted(event.entities.items())
            ],
            "decision": None if body is None else _decided(body),
            "erased": personal and event.erased,
        }

    def _lists(self, live: LiveRelease, member: Pseudonym, now: Micros) -> list[dict[str, Any]]:
        found = self._process.state.lists.memberships(member, now)
        return [
            {
                "name": name,
                "kind": live.lists[name].kind if name in live.lists else "",
                "reason": entry.reason,
                "source": entry.source,
                "added_at": format_instant(entry.added_at),
                "added_by": entry.added_by,
                "expires_at": None if entry.expires_at is None else format_instant(entry.expires_at),
            }
            for name, entry in sorted(found.items())
        ]


def _fact(event_type: EventType, name: str, event: Event, seq: int) -> dict[str, Any]:
    field = next(one for one in event_type.fields if one.name == name)
    return {
        "field": name,
        "value": _plain(field.type, event.values[name]),
        "type": str(field.type),
        "description": field.description,
        "data_class": str(field.data_class),
        "source": field.source,
        "purpose": field.purpose,
        "event_type": event_type.name,
        "event_id": event.event_id,
        "seq": seq,
        "at": format_instant(event.occurred_at),
    }


def _decided(body: DecisionBody) -> dict[str, Any]:
    trail = body.trail
    return {
        "decision_id": trail.decision_id,
        "outcome": trail.outcome,
        "policy": trail.policy,
        "reasons": trail.reasons,
        "scores": {name: score.probability for name, score in trail.scores.items()},
    }


def _counted(seen: Sightings) -> dict[str, int]:
    counts = np.bincount(seen.types, minlength=len(seen.names))
    return {str(name): int(count) for name, count in zip(seen.names, counts, strict=True) if count}


def _plain(kind: SqlType, value: Value) -> bool | int | float | str | None:
    """A value as JSON has it: instants and dates as text, decimals as text."""
    if value is None:
        return None
    if kind is SqlType.TIMESTAMP and isinstance(value, int):
        return format_instant(Micros(value))
    if kind is SqlType.DATE and isinstance(value, int):
        return (date(1970, 1, 1) + timedelta(days=value)).isoformat()
    return value if isinstance(value, bool | int | float | str) else str(value)
