"""Feature sets to one plan: checked against the event types, grouped by key, with one digest.

The digest covers everything that can change a number (aggregates, windows, filters, keys, field types, the kernel's
version) and nothing that cannot (descriptions, reasons). It goes into every snapshot, training set, model and decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import DefinitionError, NotFound, near_match
from tandem.kernel.expressions import Column, Expression
from tandem.kernel.identity import Digest, EntityKind, EventTypeName
from tandem.kernel.values import SqlType
from tandem.observe.events import EventField, EventType
from tandem.observe.features.definitions import Aggregate, Base, BaseKind, Feature, FeatureSet, Texts
from tandem.observe.features.filters import TypeFilters, parse_filter
from tandem.observe.features.keys import event_field, key_fields
from tandem.observe.features.program import (
    KERNEL_VERSION,
    Cell,
    ColumnKind,
    Lane,
    Op,
    Output,
    OutputOp,
    Program,
    TrackProgram,
    TypeOnTrack,
    TypeProgram,
)
from tandem.observe.features.words import in_words

__all__ = ["MAX_FEATURES", "FeaturePlan", "Track", "compile_plan"]

MAX_FEATURES = 2000
MAX_BITS = 63
MAX_COLUMNS = 63

_NUMERIC = frozenset({SqlType.INTEGER, SqlType.DECIMAL, SqlType.DOUBLE})
_ORDERED = _NUMERIC | {SqlType.TIMESTAMP, SqlType.DATE}
_TAKES = {
    BaseKind.SUM: _NUMERIC,
    BaseKind.MEAN: _NUMERIC,
    BaseKind.STD: _NUMERIC,
    BaseKind.CURRENT: _NUMERIC,
    BaseKind.MIN: _ORDERED,
    BaseKind.MAX: _ORDERED,
    BaseKind.DISTINCT: frozenset(SqlType) - {SqlType.DOUBLE},
    BaseKind.FIRST: frozenset(SqlType),
    BaseKind.LAST: frozenset(SqlType),
}
_INTEGRAL = frozenset({BaseKind.COUNT, BaseKind.DISTINCT, BaseKind.TIME_SINCE})
_KEEPS_TYPE = frozenset({BaseKind.SUM, BaseKind.MIN, BaseKind.MAX, BaseKind.FIRST, BaseKind.LAST, BaseKind.CURRENT})


@dataclass(frozen=True, slots=True)
class Track:
    """One kind of key, the events counted under it, and how its rows are kept; see ``program``."""

    entity: tuple[EntityKind, ...]
    events: tuple[EventTypeName, ...]
    lateness: int
    fold: int
    keys: tuple[tuple[EventTypeName, tuple[str, ...]], ...]
    """Every event type that names the key, with the fields that do."""
    columns: tuple[str, ...]
    filters: tuple[tuple[tuple[EventTypeName, ...], str | None], ...]
    """(event types, condition), one per flag bit."""


@dataclass(frozen=True)
class FeaturePlan:
    """What the kernel runs and what its numbers mean.

    Attributes:
        names: the features, in the order of every vector.
        columns: type of each feature, for expressions; every feature may be None.
        tracks: what is kept, in the program's order.
        program: for the kernel.
        needs: per event type, the fields whose values the kernel is handed, in order.
        text_needs: per event type, positions in ``needs`` that are text but not an entity's pseudonym.
        decimal_needs: per event type, (position in ``needs``, scale) of decimals.
        filters: per event type, its conditions in the program's order.
        homes: per feature, the tracks its cells live in.
    """

    feature_sets: tuple[FeatureSet, ...]
    event_types: Mapping[EventTypeName, EventType]
    names: tuple[str, ...]
    columns: Mapping[str, Column]
    tracks: tuple[Track, ...]
    program: Program
    types: tuple[EventTypeName, ...]
    needs: Mapping[EventTypeName, tuple[str, ...]]
    text_needs: Mapping[EventTypeName, tuple[int, ...]]
    decimal_needs: Mapping[EventTypeName, tuple[tuple[int, int], ...]]
    filters: Mapping[EventTypeName, TypeFilters]
    homes: tuple[tuple[int, ...], ...]
    identity_fields: Mapping[str, bool]
    """Feature whose value is text: whether it is a pseudonym (else free text)."""

    @cached_property
    def digest(self) -> Digest:
        """SHA-256 over all that can change a number."""
        kinds = [[int(kind) for kind in track.columns] for track in self.program.tracks]
        return digest_of(
            {
                "kernel": KERNEL_VERSION,
                "names": self.names,
                "features": [
                    [feature.name, feature.operands, feature.factor, column.type, column.scale]
                    for feature, column in zip(self._features.values(), self.columns.values(), strict=True)
                ],
                "tracks": [
                    [track.entity, track.events, track.lateness, track.fold, track.columns, columns, counted(track)]
                    for track, columns in zip(self.tracks, kinds, strict=True)
                ],
            }
        )

    @cached_property
    def _features(self) -> dict[str, Feature]:
        return {feature.name: feature for one in self.feature_sets for feature in one.features}

    @cached_property
    def _sets(self) -> dict[str, FeatureSet]:
        return {feature.name: one for one in self.feature_sets for feature in one.features}

    def feature(self, name: str) -> Feature:
        """The definition of ``name``.

        Raises:
            NotFound: with the near match.
        """
        try:
            return self._features[name]
        except KeyError:
            raise NotFound("No such feature.", field="feature", value=name, hint=near_match(name, self.names)) from None

    def describe(self, name: str, language: str = "en") -> str:
        """What ``name`` means, in one sentence; the author's own words where there are any."""
        feature = self.feature(name)
        return feature.description.get(language) or in_words(feature, self._sets[name], language)

    def reason(self, name: str) -> Texts:
        """The texts to give a customer when ``name`` speaks against them."""
        return dict(self.feature(name).reason)

    def entity(self, name: str) -> tuple[EntityKind, ...]:
        """Whose feature it is."""
        self.feature(name)
        return self._sets[name].entity


def counted(track: Track) -> list[tuple[str, tuple[str, ...]]]:
    """The key fields of the counted event types; those that only read cannot change a number."""
    return [(event, fields) for event, fields in track.keys if event in track.events]


def compile_plan(feature_sets: Iterable[FeatureSet], event_types: Mapping[EventTypeName, EventType]) -> FeaturePlan:
    """The plan of ``feature_sets``; a pure function of what they declare.

    Raises:
        DefinitionError: unknown event type or field, an aggregate that does not suit a type, a name used twice, a
            filter that does not hold, or over a limit.
    """
    sets = tuple(sorted(feature_sets, key=lambda one: one.name))
    _unique_names(sets)
    builder = _Builder(event_types)
    for one in sets:
        builder.add(one)
    return builder.plan(sets)


def _unique_names(sets: Sequence[FeatureSet]) -> None:
    seen: dict[str, str] = {}
    for one in sets:
        for feature in one.features:
            if feature.name in seen:
                raise DefinitionError(
                    "Two features with one name.",
                    field=f"{one.name}.features",
                    value=feature.name,
                    hint=f"it is also in {seen[feature.name]}",
                )
            seen[feature.name] = one.name
    if len(seen) > MAX_FEATURES:
        raise DefinitionError(f"Over {MAX_FEATURES} features.", field="features", value=len(seen))


@dataclass(frozen=True, slots=True)
class _TrackKey:
    """What two feature sets must share to share rows."""

    entity: tuple[EntityKind, ...]
    events: tuple[EventTypeName, ...]
    lateness: int
    fold: int
    keys: tuple[tuple[EventTypeName, tuple[str, ...]], ...]


@dataclass(slots=True)
class _Draft:
    """A track being put together."""

    key: _TrackKey
    sources: list[EventField] = field(default_factory=list)
    bits: list[tuple[tuple[EventTypeName, ...], str | None]] = field(default_factory=list)
    lanes: list[tuple[int, int]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)


class _Builder:
    """Collects tracks, lanes and cells; each exists once however many features use it."""

    def __init__(self, event_types: Mapping[EventTypeName, EventType]) -> None:
        self.event_types = event_types
        self.drafts: dict[_TrackKey, _Draft] = {}
        self.outputs: list[tuple[OutputOp, list[tuple[_Draft, int]], float]] = []
        self.columns: dict[str, Column] = {}
        self.pseudonyms: dict[str, bool] = {}
        self.expressions: dict[tuple[EventTypeName, str], Expression] = {}

    def add(self, one: FeatureSet) -> None:
        """Take in one feature set."""
        keys = key_fields(one, self.event_types)
        for feature in one.features:
            path = f"{one.name}.{feature.name}"
            used = [self._cell(one, keys, base, feature, path) for base in feature.operands]
            op = {
                Aggregate.RATIO: OutputOp.RATIO,
                Aggregate.SHARE: OutputOp.RATIO,
                Aggregate.TREND: OutputOp.RATIO,
                Aggregate.ZSCORE: OutputOp.ZSCORE,
            }.get(feature.aggregate, OutputOp.VALUE)
            factor = feature.factor
            if op is OutputOp.RATIO:
                factor *= self._scale_factor(feature)
            self.outputs.append((op, used, factor))
            self.columns[feature.name] = self._column(feature)

    def _cell(
        self,
        one: FeatureSet,
        keys: tuple[tuple[EventTypeName, tuple[str, ...]], ...],
        base: Base,
        feature: Feature,
        path: str,
    ) -> tuple[_Draft, int]:
        source = self._source(base, path)
        # the current value of a z-score is read beside the history it is compared with
        home = feature.operands[1] if base.kind is BaseKind.CURRENT else base
        fold = 0 if home.window is None else -1 if home.hop is None else home.hop
        key = _TrackKey(one.entity, one.events, one.lateness, fold, keys)
        draft = self.drafts.setdefault(key, _Draft(key))
        bit = self._bit(draft, base, path)
        column = -1
        if base.field is not None and source is not None:
            column = _column_of(draft, source)
        lane = _index(draft.lanes, (bit, column))
        scale = source.scale if source is not None and source.type is SqlType.DECIMAL else 0
        cell = Cell(
            op=Op[base.kind.name],
            lane=lane,
            window=base.window or 0,
            hop=base.hop or 0,
            include_self=base.include_self,
            cap=base.cap if base.kind is BaseKind.DISTINCT else 0,
            divisor=float(10**scale),
        )
        return draft, _index(draft.cells, cell)

    def _source(self, base: Base, path: str) -> EventField | None:
        """The field a base aggregates, the same in all of its event types."""
        if base.field is None:
            return None
        found: EventField | None = None
        for event in base.events:
            one = event_field(self.event_types[event], base.field, path)
            if found is not None and (one.type, one.scale) != (found.type, found.scale):
                raise DefinitionError(
                    "The field has different types in the feature's events.",
                    field=path,
                    value=base.field,
                    hint=f"{found.type} and {one.type}: name the events it is for with events: [...]",
                )
            found = one
        if found is not None and found.type not in _TAKES[base.kind]:
            raise DefinitionError(
                f"{base.kind} cannot be taken of a {found.type}.",
                field=path,
                value=base.field,
                hint="it takes: " + ", ".join(sorted(_TAKES[base.kind])),
            )
        return found

    def _bit(self, draft: _Draft, base: Base, path: str) -> int:
        if base.where is None and base.events == draft.key.events:
            return -1
        if base.where is not None:
            for event in base.events:
                if (event, base.where) not in self.expressions:
                    parsed = parse_filter(base.where, self.event_types[event], path)
                    self.expressions[event, base.where] = parsed
        bit = _index(draft.bits, (base.events, base.where))
        if bit >= MAX_BITS:
            raise DefinitionError(
                f"Over {MAX_BITS} different filters on one kind of key.",
                field=path,
                value=base.where,
                hint="give some features a set of their own with another list of events or lateness",
            )
        return bit

    def _scale_factor(self, feature: Feature) -> float:
        """Whole numbers of units of a decimal are divided as such; this puts the points back."""
        part, whole = (self._value_scale(base) for base in feature.operands)
        return float(10**whole) / float(10**part)

    def _value_scale(self, base: Base) -> int:
        if base.kind not in _KEEPS_TYPE:
            return 0
        source = self._source(base, "")
        return source.scale if source is not None and source.type is SqlType.DECIMAL else 0

    def _column(self, feature: Feature) -> Column:
        base = feature.operands[0]
        if len(feature.operands) > 1:
            self._numeric_operands(feature)
            return Column(type=SqlType.DOUBLE, nullable=True, scale=0)
        if base.kind in _INTEGRAL:
            return Column(type=SqlType.INTEGER, nullable=True, scale=0)
        source = self._source(base, feature.name)
        if base.kind not in _KEEPS_TYPE or source is None:
            return Column(type=SqlType.DOUBLE, nullable=True, scale=0)
        if source.type is SqlType.TEXT:
            self.pseudonyms[feature.name] = source.entity is not None
        return Column(type=source.type, nullable=True, scale=source.scale)

    def _numeric_operands(self, feature: Feature) -> None:
        for base in feature.operands:
            source = self._source(base, feature.name)
            if base.kind in _KEEPS_TYPE and source is not None and source.type not in _NUMERIC:
                raise DefinitionError(
                    f"A {feature.aggregate} is made of numbers.",
                    field=feature.name,
                    value=base.field,
                    hint=f"it is a {source.type}",
                )

    def plan(self, sets: tuple[FeatureSet, ...]) -> FeaturePlan:
        """All that was taken in, as one plan."""
        drafts = list(self.drafts.values())
        first = dict(zip((id(one) for one in drafts), _starts([len(one.cells) for one in drafts]), strict=True))
        order = {id(one): index for index, one in enumerate(drafts)}
        outputs, homes = [], []
        for op, used, factor in self.outputs:
            cells = [first[id(draft)] + index for draft, index in used]
            padded = (*cells, -1, -1)[:3]
            outputs.append(Output(op, padded[0], padded[1], padded[2], factor))
            homes.append(tuple(dict.fromkeys(order[id(draft)] for draft, _ in used)))
        wiring = _Wiring(self.event_types, drafts, self.expressions)
        types = tuple(sorted(wiring.needs))
        return FeaturePlan(
            feature_sets=sets,
            event_types=MappingProxyType(dict(self.event_types)),
            names=tuple(self.columns),
            columns=MappingProxyType(self.columns),
            tracks=tuple(_track(one) for one in drafts),
            program=Program(
                tracks=tuple(_track_program(one) for one in drafts),
                types=tuple(wiring.type_program(one) for one in types),
                outputs=tuple(outputs),
            ),
            types=types,
            needs={one: tuple(wiring.needs[one]) for one in types},
            text_needs={
                one: wiring.positions(one, lambda f: f.type is SqlType.TEXT and f.entity is None) for one in types
            },
            decimal_needs={one: wiring.decimals(one) for one in types},
            filters={one: TypeFilters(one, wiring.filters(one)) for one in types},
            homes=tuple(homes),
            identity_fields=MappingProxyType(self.pseudonyms),
        )


class _Wiring:
    """Which value of which event type goes to which track."""

    def __init__(
        self,
        event_types: Mapping[EventTypeName, EventType],
        drafts: Sequence[_Draft],
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
                    _index(needed, name)
                if event in draft.key.events:
                    for fed in self._fed(event, draft):
                        if fed is not None:
                            _index(needed, fed)
        for event, where in expressions:
            _index(self._conditions.setdefault(event, []), where)

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

    def _on_track(self, event: EventTypeName, draft: _Draft) -> TypeOnTrack:
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

    def _fed(self, event: EventTypeName, draft: _Draft) -> list[str | None]:
        """Per column of the track, the field of ``event`` that feeds it: same name, same type."""
        fields = {(one.name, one.type, one.scale) for one in self.event_types[event].fields}
        return [one.name if (one.name, one.type, one.scale) in fields else None for one in draft.sources]


def _track(draft: _Draft) -> Track:
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


def _track_program(draft: _Draft) -> TrackProgram:
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


def _lane(draft: _Draft, index: int) -> Lane:
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
        ends=bool(ops & {Op.FIRST, Op.LAST, Op.TIME_SINCE}),
        cap=max((cell.cap for cell in cells), default=0),
    )


def _kind(sql_type: SqlType) -> ColumnKind:
    if sql_type is SqlType.DOUBLE:
        return ColumnKind.DOUBLE
    return ColumnKind.IDENTITY if sql_type is SqlType.TEXT else ColumnKind.INTEGER


def _index(items: list, item: object) -> int:  # type: ignore[type-arg]
    """Where ``item`` stands; added at the end if it is new."""
    try:
        return items.index(item)
    except ValueError:
        items.append(item)
        return len(items) - 1


def _column_of(draft: _Draft, source: EventField) -> int:
    """The track's column for a field; fields of one name and different types are different columns."""
    for index, one in enumerate(draft.sources):
        if (one.name, one.type, one.scale) == (source.name, source.type, source.scale):
            return index
    draft.sources.append(source)
    return len(draft.sources) - 1


def _starts(lengths: Sequence[int]) -> list[int]:
    starts, total = [], 0
    for length in lengths:
        starts.append(total)
        total += length
    return starts
