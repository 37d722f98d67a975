"""Feature sets to one plan: checked against the event types, grouped by key, each lane and cell kept once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions import Column, Expression
from tandem.kernel.identity import EventTypeName
from tandem.kernel.values import SqlType
from tandem.observe.events import EventField, EventType
from tandem.observe.features.definitions import Aggregate, Base, BaseKind, Feature, FeatureSet
from tandem.observe.features.drafts import Draft, TrackKey, Wiring, column_of, index_of, track_of, track_program
from tandem.observe.features.filters import TypeFilters, parse_filter
from tandem.observe.features.keys import event_field, key_fields
from tandem.observe.features.plan import FeaturePlan
from tandem.observe.features.program import Cell, Op, Output, OutputOp, Program

__all__ = ["MAX_FEATURES", "compile_plan"]

MAX_FEATURES = 2000
MAX_BITS = 63

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
    BaseKind.REPEATS: frozenset(SqlType) - {SqlType.DOUBLE},
    BaseKind.FIRST: frozenset(SqlType),
    BaseKind.LAST: frozenset(SqlType),
}
_INTEGRAL = frozenset({BaseKind.COUNT, BaseKind.DISTINCT, BaseKind.TIME_SINCE, BaseKind.REPEATS})
_OUTPUTS = {
    Aggregate.RATIO: OutputOp.RATIO,
    Aggregate.SHARE: OutputOp.RATIO,
    Aggregate.TREND: OutputOp.RATIO,
    Aggregate.ZSCORE: OutputOp.ZSCORE,
    Aggregate.NOVELTY: OutputOp.NOVELTY,
    Aggregate.PROFILE_DISTANCE: OutputOp.SHORTFALL,
    Aggregate.DISTANCE: OutputOp.DISTANCE,
    Aggregate.SPEED: OutputOp.SPEED,
    Aggregate.WITHOUT: OutputOp.WITHOUT,
}
_WHOLE = frozenset({Aggregate.NOVELTY, Aggregate.DISTANCE, Aggregate.WITHOUT})
_OF_PLACES = frozenset({Aggregate.DISTANCE, Aggregate.SPEED})
_KEEPS_TYPE = frozenset({BaseKind.SUM, BaseKind.MIN, BaseKind.MAX, BaseKind.FIRST, BaseKind.LAST, BaseKind.CURRENT})


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


class _Builder:
    """Collects tracks, lanes and cells; each exists once however many features use it."""

    def __init__(self, event_types: Mapping[EventTypeName, EventType]) -> None:
        self.event_types = event_types
        self.drafts: dict[TrackKey, Draft] = {}
        self.outputs: list[tuple[OutputOp, list[tuple[Draft, int]], float]] = []
        self.columns: dict[str, Column] = {}
        self.pseudonyms: dict[str, bool] = {}
        self.expressions: dict[tuple[EventTypeName, str], Expression] = {}

    def add(self, one: FeatureSet) -> None:
        """Take in one feature set."""
        keys = key_fields(one, self.event_types)
        for feature in one.features:
            path = f"{one.name}.{feature.name}"
            used = [self._cell(one, keys, base, feature, path) for base in feature.operands]
            op = _OUTPUTS.get(feature.aggregate, OutputOp.VALUE)
            self._check_places(feature, path)
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
    ) -> tuple[Draft, int]:
        source = self._source(base, path)
        # the current value of a z-score is read beside the history it is compared with
        home = feature.operands[1] if base.kind is BaseKind.CURRENT else base
        fold = 0 if home.window is None else -1 if home.hop is None else home.hop
        key = TrackKey(one.entity, one.events, one.lateness, fold, keys)
        draft = self.drafts.setdefault(key, Draft(key))
        bit = self._bit(draft, base, path)
        column = -1
        if base.field is not None and source is not None:
            column = column_of(draft, source)
        lane = index_of(draft.lanes, (bit, column))
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
        return draft, index_of(draft.cells, cell)

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

    def _bit(self, draft: Draft, base: Base, path: str) -> int:
        if base.where is None and base.events == draft.key.events:
            return -1
        if base.where is not None:
            for event in base.events:
                if (event, base.where) not in self.expressions:
                    parsed = parse_filter(base.where, self.event_types[event], path)
                    self.expressions[event, base.where] = parsed
        bit = index_of(draft.bits, (base.events, base.where))
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
            whole = feature.aggregate in _WHOLE
            return Column(type=SqlType.INTEGER if whole else SqlType.DOUBLE, nullable=True, scale=0)
        if base.kind in _INTEGRAL:
            return Column(type=SqlType.INTEGER, nullable=True, scale=0)
        source = self._source(base, feature.name)
        if base.kind not in _KEEPS_TYPE or source is None:
            return Column(type=SqlType.DOUBLE, nullable=True, scale=0)
        if source.type is SqlType.TEXT:
            self.pseudonyms[feature.name] = source.entity is not None
        return Column(type=source.type, nullable=True, scale=source.scale)

    def _check_places(self, feature: Feature, path: str) -> None:
        """Places are whole numbers: a fraction of a degree in binary is not the same place everywhere."""
        if feature.aggregate not in _OF_PLACES:
            return
        for base in feature.operands:
            source = self._source(base, path)
            if source is not None and source.type is not SqlType.INTEGER:
                raise DefinitionError(
                    "Places are whole micro-degrees.",
                    field=path,
                    value=base.field,
                    hint=f"it is a {source.type}; send degrees times a million as an integer",
                )

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
            a, b, c, d, e = (*cells, -1, -1, -1, -1)[:5]
            outputs.append(Output(op, a, b, c, factor, d, e))
            homes.append(tuple(dict.fromkeys(order[id(draft)] for draft, _ in used)))
        wiring = Wiring(self.event_types, drafts, self.expressions)
        types = tuple(sorted(wiring.needs))
        return FeaturePlan(
            feature_sets=sets,
            event_types=MappingProxyType(dict(self.event_types)),
            names=tuple(self.columns),
            columns=MappingProxyType(self.columns),
            tracks=tuple(track_of(one) for one in drafts),
            program=Program(
                tracks=tuple(track_program(one) for one in drafts),
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


def _starts(lengths: Sequence[int]) -> list[int]:
    starts, total = [], 0
    for length in lengths:
        starts.append(total)
        total += length
    return starts
