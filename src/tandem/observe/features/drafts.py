"""Tracks being put together, and which value of which event type goes to which of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions import Expression
from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.values import SqlType
from tandem.observe.events import EventField, EventType
from tandem.observe.features.plan import Track
from tandem.observe.features.program import Cell, ColumnKind, Lane, Op, TrackProgram, TypeOnTrack, TypeProgram

__all__ = ["Draft", "TrackKey", "Wiring", "column_of", "index_of", "track_of", "track_program"]

MAX_COLUMNS = 63


@dataclass(frozen=True, slots=True)
class TrackKey:
    """What two feature sets must share to share rows."""

    entity: tuple[EntityKind, ...]
    events: tuple[EventTypeName, ...]
    lateness: int
    fold: int
    keys: tuple[tuple[EventTypeName, tuple[str, ...]], ...]


@dataclass(slots=True)
class Draft:
    """A track being put together."""

    key: TrackKey
    sources: list[EventField] = field(default_factory=list)
    bits: list[tuple[tuple[EventTypeName, ...], str | None]] = field(default_factory=list)
    lanes: list[tuple[int, int]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)


class Wiring:
    """Which value of which event type goes to which track."""

    def __init__(
        self,
        event_types: Mapping[EventTypeName, EventType],
        drafts: Sequence[Draft],
        expressions: Mapping[tuple[EventTypeName, str], Expression],
    ) -> None:
        self.event_types = event_types
        self.drafts = drafts
        self.expressions = expressions
        self.needs: dict[EventTypeName, list[str]] = {}
        self._conditions: dict[EventTypeName, list[str]] = {}
        for draft in drafts:
            for event, fields in draft.key.keys:
                needed = self.needs.setdefault(event, [])
                for name in fields:
                    index_of(needed, name)
                if event in draft.key.events:
                    for fed in self._fed(event, draft):
                        if fed is not None:
                            index_of(needed, fed)
        for event, where in expressions:
            index_of(self._conditions.setdefault(event, []), where)

    def filters(self, event: EventTypeName) -> list[Expression]:
        """The conditions of ``event``, in the program's order."""
        return [self.expressions[event, where] for where in self._conditions.get(event, [])]

    def positions(self, event: EventTypeName, chosen: Callable[[EventField], bool]) -> tuple[int, ...]:
        """Where in the handed values the fields stand that ``chosen`` picks."""
        fields = {one.name: one for one in self.event_types[event].fields}
        return tuple(index for index, name in enumerate(self.needs[event]) if chosen(fields[name]))

    def decimals(self, event: EventTypeName) -> tuple[tuple[int, int], ...]:
        """(position, scale) of the decimals."""
        fields = {one.name: one for one in self.event_types[event].fields}
        return tuple(
            (index, fields[self.needs[event][index]].scale)
            for index in self.positions(event, lambda one: one.type is SqlType.DECIMAL)
        )

    def type_program(self, event: EventTypeName) -> TypeProgram:
        """How ``event`` meets every track."""
        return TypeProgram(tuple(self._on_track(event, draft) for draft in self.drafts))

    def _on_track(self, event: EventTypeName, draft: Draft) -> TypeOnTrack:
        needed = self.needs[event]
        keys = dict(draft.key.keys).get(event, ())
        if event not in draft.key.events:
            return TypeOnTrack(tuple(needed.index(name) for name in keys), False, 0, (), (-1,) * len(draft.sources))
        conditions = self._conditions.get(event, [])
        mask, filters = 0, []
        for bit, (events, where) in enumerate(draft.bits):
            if event in events:
                if where is None:
                    mask |= 1 << bit
                else:
                    filters.append((conditions.index(where), bit))
        return TypeOnTrack(
            keys=tuple(needed.index(name) for name in keys),
            counts=True,
            mask=mask,
            filters=tuple(filters),
            values=tuple(-1 if name is None else needed.index(name) for name in self._fed(event, draft)),
        )

    def _fed(self, event: EventTypeName, draft: Draft) -> list[str | None]:
        """Per column of the track, the field of ``event`` that feeds it: same name, same type."""
        fields = {(one.name, one.type, one.scale) for one in self.event_types[event].fields}
        return [one.name if (one.name, one.type, one.scale) in fields else None for one in draft.sources]


def track_of(draft: Draft) -> Track:
    """The track as the plan shows it."""
    key = draft.key
    return Track(
        key.entity,
        key.events,
        key.lateness,
        key.fold,
        key.keys,
        tuple(one.name for one in draft.sources),
        tuple(draft.bits),
    )


def track_program(draft: Draft) -> TrackProgram:
    """The track as the kernel runs it."""
    if len(draft.sources) > MAX_COLUMNS:
        raise DefinitionError(
            f"Over {MAX_COLUMNS} fields on one kind of key.", field="features", value=len(draft.sources)
        )
    return TrackProgram(
        arity=len(draft.key.entity),
        lateness=draft.key.lateness,
        fold=draft.key.fold,
        reach=max((cell.window for cell in draft.cells), default=0),
        columns=tuple(_kind(source.type) for source in draft.sources),
        lanes=tuple(_lane(draft, index) for index in range(len(draft.lanes))),
        cells=tuple(draft.cells),
    )


def _lane(draft: Draft, index: int) -> Lane:
    bit, column = draft.lanes[index]
    cells = [cell for cell in draft.cells if cell.lane == index]
    ops = {cell.op for cell in cells}
    return Lane(
        bit=bit,
        column=column,
        sums=bool(ops & {Op.SUM, Op.MEAN, Op.STD}),
        squares=Op.STD in ops,
        minimum=Op.MIN in ops,
        maximum=Op.MAX in ops,
        ends=bool(ops & {Op.FIRST, Op.LAST, Op.TIME_SINCE, Op.ELAPSED}),
        cap=max((cell.cap for cell in cells), default=0),
    )


def _kind(sql_type: SqlType) -> ColumnKind:
    if sql_type is SqlType.DOUBLE:
        return ColumnKind.DOUBLE
    return ColumnKind.IDENTITY if sql_type is SqlType.TEXT else ColumnKind.INTEGER


def index_of(items: list, item: object) -> int:  # type: ignore[type-arg]
    """Where ``item`` stands; added at the end if it is new."""
    try:
        return items.index(item)
    except ValueError:
        items.append(item)
        return len(items) - 1


def column_of(draft: Draft, source: EventField) -> int:
    """The track's column for a field; fields of one name and different types are different columns."""
    for index, one in enumerate(draft.sources):
        if (one.name, one.type, one.scale) == (source.name, source.type, source.scale):
            return index
    draft.sources.append(source)
    return len(draft.sources) - 1
