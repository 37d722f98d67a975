"""Documents to definitions: reads a feature set as loaded from YAML, expands shorthand, and says what is wrong where.

Shorthand: ``windows: [1h, 7d]`` with ``{window}`` in the name makes one feature per window; an operand of a ratio may
be the name of another feature of the set; ``share`` and ``trend`` name their base by ``of``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.identity import EventTypeName
from tandem.observe.features import checks
from tandem.observe.features.definitions import (
    Aggregate,
    Base,
    BaseKind,
    Feature,
    FeatureSet,
)
from tandem.observe.features.templates import expand_use

__all__ = ["parse_feature_set"]

_SET_KEYS = frozenset({"name", "entity", "events", "keys", "lateness", "features", "description"})
_FEATURE_KEYS = frozenset({
    "name", "aggregate", "field", "window", "windows", "where", "events", "mode", "hop", "include_self", "cap",
    "of", "to", "recent", "among", "latitude", "longitude", "but_not", "description", "reason",
})  # fmt: skip
_BASE_KEYS = frozenset({"aggregate", "field", "window", "where", "events", "mode", "hop", "include_self", "cap"})
_FIELDLESS = frozenset({BaseKind.COUNT, BaseKind.TIME_SINCE})
_WITHOUT_SELF = frozenset({BaseKind.TIME_SINCE, BaseKind.REPEATS})
"""Aggregates that do not see the event itself unless they are told to."""
_RATES = frozenset({BaseKind.COUNT, BaseKind.SUM})

Document = Mapping[str, Any]


def parse_feature_set(document: Document) -> FeatureSet:
    """The feature set that ``document`` (YAML already loaded) declares; ``use: library/NAME`` takes a ready one.

    Raises:
        DefinitionError: names the field by path, the value, and what would be right.
    """
    document = expand_use(document)
    checks.known_keys(document, _SET_KEYS, "$")
    name = checks.name(document.get("name"), "name")
    events = tuple(EventTypeName(one) for one in checks.names(document.get("events"), "events"))
    header = _Header(events)
    documents = document.get("features")
    if not isinstance(documents, Sequence) or isinstance(documents, str) or not documents:
        raise DefinitionError("A feature set needs at least one feature.", field="features", hint="list them")
    features: list[Feature] = []
    for index, one in enumerate(documents):
        features += header.features(one, f"features[{index}]", features)
    checks.unique(features)
    return FeatureSet(
        name=name,
        entity=checks.entity(document.get("entity")),
        events=events,
        keys=checks.keys(document.get("keys", {})),
        lateness=checks.lateness(document.get("lateness")),
        features=tuple(features),
        description=checks.texts(document.get("description"), "description"),
    )


class _Header(msgspec.Struct, frozen=True):
    """What every feature of the set inherits."""

    events: tuple[EventTypeName, ...]

    def features(self, document: object, path: str, earlier: Sequence[Feature]) -> list[Feature]:
        """The feature at ``path``, or one per window variant."""
        if not isinstance(document, Mapping):
            raise DefinitionError("A feature is a mapping.", field=path, value=document)
        checks.known_keys(document, _FEATURE_KEYS, path)
        windows = document.get("windows")
        if windows is None:
            return [self.feature(document, path, earlier)]
        if "window" in document:
            raise DefinitionError("Give window or windows, not both.", field=f"{path}.windows")
        if "{window}" not in str(document.get("name")):
            raise DefinitionError(
                "With several windows the name must say which.",
                field=f"{path}.name",
                value=document.get("name"),
                hint="put {window} into the name",
            )
        made: list[Feature] = []
        for window in checks.names(windows, f"{path}.windows", words=False):
            variant = {key: value for key, value in document.items() if key != "windows"} | {"window": window}
            made.append(self.feature(variant, path, [*earlier, *made]))
        return made

    def feature(self, document: Document, path: str, earlier: Sequence[Feature]) -> Feature:
        """One feature with one window."""
        window = str(document.get("window", ""))
        template = str(document.get("name", ""))
        name = checks.name(template.replace("{window}", window), f"{path}.name")
        aggregate = checks.choice(Aggregate, document.get("aggregate"), f"{path}.aggregate")
        operands, factor = self._operands(aggregate, document, path, earlier)
        if aggregate is Aggregate.TIME_SINCE and not name.endswith("_seconds"):
            raise DefinitionError(
                "The unit belongs into the name.",
                field=f"{path}.name",
                value=name,
                hint=f"time since is in whole seconds: call it {name}_seconds",
            )
        return Feature(
            name=name,
            aggregate=aggregate,
            operands=operands,
            factor=factor,
            template=template,
            description=checks.texts(document.get("description"), f"{path}.description", window),
            reason=checks.texts(document.get("reason"), f"{path}.reason", window),
        )

    def _operands(
        self, aggregate: Aggregate, document: Document, path: str, earlier: Sequence[Feature]
    ) -> tuple[tuple[Base, ...], float]:
        if aggregate is Aggregate.RATIO:
            checks.only(document, {"of", "to", "window"}, aggregate, path)
            part = self._operand(document.get("of"), f"{path}.of", document, earlier)
            whole = self._operand(document.get("to"), f"{path}.to", document, earlier)
            return (part, whole), 1.0
        if aggregate is Aggregate.SHARE:
            return self._share(document, path)
        if aggregate is Aggregate.TREND:
            return self._trend(document, path)
        if aggregate is Aggregate.ZSCORE:
            plain = checks.pick(document, _BASE_KEYS - {"include_self"}) | {"include_self": False}
            average = self.base({**plain, "aggregate": "mean"}, path)
            current = Base(kind=BaseKind.CURRENT, events=average.events, field=average.field, where=average.where)
            return (current, average, self.base({**plain, "aggregate": "std"}, path)), 1.0
        if aggregate is Aggregate.NOVELTY:
            return self._novelty(document, path)
        if aggregate is Aggregate.PROFILE_DISTANCE:
            return self._profile_distance(document, path)
        if aggregate in {Aggregate.DISTANCE, Aggregate.SPEED}:
            return self._between_places(aggregate, document, path)
        if aggregate is Aggregate.WITHOUT:
            return self._without(document, path)
        checks.only(document, _BASE_KEYS, aggregate, path)
        return (self.base(checks.pick(document, _BASE_KEYS), path),), 1.0

    def _share(self, document: Document, path: str) -> tuple[tuple[Base, ...], float]:
        checks.only(document, {"of", "where", "among", *_BASE_KEYS} - {"field"}, Aggregate.SHARE, path)
        if not document.get("where"):
            raise DefinitionError("A share needs the condition it is the share of.", field=f"{path}.where")
        shared = checks.pick(document, {"window", "mode", "hop", "include_self", "events"})
        of = document.get("of", {"aggregate": "count"})
        whole_where = document.get("among")
        part_where = f"({whole_where}) AND ({document['where']})" if whole_where else document["where"]
        base = checks.mapping(of, f"{path}.of")
        whole = self.base({**shared, **base, "where": whole_where}, f"{path}.of")
        checks.one_of(whole.kind, _RATES, f"{path}.of.aggregate")
        return (self.base({**shared, **base, "where": part_where}, path), whole), 1.0

    def _trend(self, document: Document, path: str) -> tuple[tuple[Base, ...], float]:
        checks.only(document, {"of", "recent", "where", *_BASE_KEYS} - {"field"}, Aggregate.TREND, path)
        shared = checks.pick(document, {"window", "mode", "hop", "include_self", "events", "where"})
        base = checks.mapping(document.get("of"), f"{path}.of")
        recent = self.base({**shared, **base, "window": document.get("recent")}, f"{path}.recent")
        baseline = self.base({**shared, **base}, path)
        checks.one_of(recent.kind, _RATES | {BaseKind.MEAN}, f"{path}.of.aggregate")
        if recent.window is None or baseline.window is None or recent.window >= baseline.window:
            raise DefinitionError(
                "A trend compares a shorter recent window with a longer one that contains it.",
                field=f"{path}.recent",
                value=document.get("recent"),
                hint="for example recent: 7d, window: 28d",
            )
        factor = baseline.window / recent.window if recent.kind in _RATES else 1.0
        return (recent, baseline), factor

    def _novelty(self, document: Document, path: str) -> tuple[tuple[Base, ...], float]:
        checks.only(document, {"field", "window", "where", "events", "cap"}, Aggregate.NOVELTY, path)
        plain = {**checks.pick(document, _BASE_KEYS), "aggregate": "distinct"}
        after = self.base({**plain, "include_self": True}, path)
        return (after, self.base({**plain, "include_self": False}, path)), float(after.cap)

    def _profile_distance(self, document: Document, path: str) -> tuple[tuple[Base, ...], float]:
        checks.only(document, {"field", "window", "where", "events"}, Aggregate.PROFILE_DISTANCE, path)
        field = checks.name(document.get("field"), f"{path}.field")
        shared = {**checks.pick(document, {"window", "events"}), "include_self": False}
        shared["where"] = _and(document.get("where"), f"{field} IS NOT NULL")
        same = self.base({**shared, "aggregate": "repeats", "field": field}, path)
        return (same, self.base({**shared, "aggregate": "count"}, path)), 1.0

    def _between_places(self, aggregate: Aggregate, document: Document, path: str) -> tuple[tuple[Base, ...], float]:
        checks.only(document, {"latitude", "longitude", "window", "where", "events"}, aggregate, path)
        shared = {**checks.pick(document, {"window", "events"}), "include_self": False}
        fields = [checks.name(document.get(one), f"{path}.{one}") for one in ("latitude", "longitude")]
        shared["where"] = _and(document.get("where"), *(f"{one} IS NOT NULL" for one in fields))
        operands = []
        for field in fields:
            before = self.base({**shared, "aggregate": "last", "field": field}, path)
            operands += [Base(kind=BaseKind.CURRENT, events=before.events, field=field, where=before.where), before]
        if aggregate is Aggregate.SPEED:
            since = self.base({**shared, "aggregate": "time_since"}, path)
            operands.append(msgspec.structs.replace(since, kind=BaseKind.ELAPSED))
        return tuple(operands), 1.0

    def _without(self, document: Document, path: str) -> tuple[tuple[Base, ...], float]:
        checks.only(document, {"of", "but_not", "window"}, Aggregate.WITHOUT, path)
        shared = {**checks.pick(document, {"window"}), "include_self": True}
        found = []
        for key in ("of", "but_not"):
            part = document.get(key)
            if not isinstance(part, Mapping):
                raise DefinitionError(
                    "It says which events.", field=f"{path}.{key}", value=part, hint="{events: [login], where: failed}"
                )
            checks.known_keys(part, frozenset({"events", "where"}), f"{path}.{key}")
            found.append(self.base({**shared, **part, "aggregate": "count"}, f"{path}.{key}"))
        since = [msgspec.structs.replace(one, kind=BaseKind.ELAPSED) for one in found]
        return (*since, found[0]), 1.0

    def _operand(self, value: object, path: str, outer: Document, earlier: Sequence[Feature]) -> Base:
        if isinstance(value, str):
            value = value.replace("{window}", str(outer.get("window", "")))
            for feature in earlier:
                if feature.name == value and len(feature.operands) == 1:
                    return feature.operands[0]
            known = [feature.name for feature in earlier if len(feature.operands) == 1]
            raise DefinitionError(
                "No earlier feature of this set has that name and is a plain aggregate.",
                field=path,
                value=value,
                hint=near_match(value, known) or "write the aggregate itself: {aggregate: count, window: 30d}",
            )
        inner = checks.mapping(value, path)
        shared = checks.pick(outer, {"window"})
        return self.base({**shared, **inner}, path)

    def base(self, document: Document, path: str) -> Base:
        """One plain aggregate."""
        checks.known_keys(document, _BASE_KEYS, path)
        kind = checks.choice(BaseKind, document.get("aggregate"), f"{path}.aggregate")
        if kind in {BaseKind.CURRENT, BaseKind.ELAPSED}:
            raise DefinitionError(f"'{kind}' is not an aggregate.", field=f"{path}.aggregate", value=kind.value)
        field = document.get("field")
        if (field is None) != (kind in _FIELDLESS):
            detail = f"{kind} needs no field." if field is not None else f"{kind} needs the field it aggregates."
            raise DefinitionError(detail, field=f"{path}.field", value=field)
        window = checks.window(document.get("window"), f"{path}.window")
        if kind is BaseKind.REPEATS and window is None:
            raise DefinitionError(
                "Repeats look at events one by one, which are not kept for a lifetime.",
                field=f"{path}.window",
                value="lifetime",
                hint="1m to 365d; for whether a value was ever there, use novelty",
            )
        return Base(
            kind=kind,
            events=self._events(document.get("events"), f"{path}.events"),
            field=None if field is None else checks.name(field, f"{path}.field"),
            where=checks.where(document.get("where"), f"{path}.where"),
            window=window,
            hop=checks.hop(document, kind, window, path),
            include_self=checks.flag(document.get("include_self"), f"{path}.include_self", kind not in _WITHOUT_SELF),
            cap=checks.cap(document, kind, path),
        )

    def _events(self, value: object, path: str) -> tuple[EventTypeName, ...]:
        if value is None:
            return self.events
        chosen = {EventTypeName(one) for one in checks.names(value, path)}
        for one in sorted(chosen):
            if one not in self.events:
                raise DefinitionError(
                    "Not one of the set's events.", field=path, value=one, hint=near_match(one, self.events)
                )
        return tuple(one for one in self.events if one in chosen)


def _and(where: object, *conditions: str) -> object:
    """``where`` and the conditions; what is no text is left for the check of filters to refuse."""
    if where is None:
        return " AND ".join(conditions)
    return " AND ".join([f"({where})", *conditions]) if isinstance(where, str) and where.strip() else where
