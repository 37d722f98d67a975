"""Documents to definitions: reads a feature set as loaded from YAML, expands shorthand, and says what is wrong where.

Shorthand: ``windows: [1h, 7d]`` with ``{window}`` in the name makes one feature per window; an operand of a ratio may
be the name of another feature of the set; ``share`` and ``trend`` name their base by ``of``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from tandem.kernel.errors import DefinitionError, InvalidInput, near_match
from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.time import DAY, parse_duration
from tandem.observe.features.definitions import (
    DEFAULT_CAP,
    DEFAULT_LATENESS,
    MAX_WINDOW,
    MIN_WINDOW,
    Aggregate,
    Base,
    BaseKind,
    Feature,
    FeatureSet,
    Texts,
)
from tandem.observe.features.templates import expand_use

__all__ = ["MAX_CAP", "parse_feature_set"]

MAX_CAP = 1_000_000
MAX_LATENESS = 90 * DAY
MAX_TILES = 1000

_NAME = re.compile(r"^[a-z][a-z0-9_]{0,99}$")
_SET_KEYS = frozenset({"name", "entity", "events", "keys", "lateness", "features", "description"})
_FEATURE_KEYS = frozenset({
    "name", "aggregate", "field", "window", "windows", "where", "events", "mode", "hop", "include_self", "cap",
    "of", "to", "recent", "among", "description", "reason",
})  # fmt: skip
_BASE_KEYS = frozenset({"aggregate", "field", "window", "where", "events", "mode", "hop", "include_self", "cap"})
_FIELDLESS = frozenset({BaseKind.COUNT, BaseKind.TIME_SINCE})
_UNTILED = frozenset({BaseKind.DISTINCT, BaseKind.TIME_SINCE, BaseKind.CURRENT})
_RATES = frozenset({BaseKind.COUNT, BaseKind.SUM})

Document = Mapping[str, Any]


def parse_feature_set(document: Document) -> FeatureSet:
    """The feature set that ``document`` (YAML already loaded) declares; ``use: library/NAME`` takes a ready one.

    Raises:
        DefinitionError: names the field by path, the value, and what would be right.
    """
    document = expand_use(document)
    _known_keys(document, _SET_KEYS, "$")
    name = _name(document.get("name"), "name")
    events = tuple(EventTypeName(one) for one in _names(document.get("events"), "events"))
    header = _Header(events)
    documents = document.get("features")
    if not isinstance(documents, Sequence) or isinstance(documents, str) or not documents:
        raise DefinitionError("A feature set needs at least one feature.", field="features", hint="list them")
    features: list[Feature] = []
    for index, one in enumerate(documents):
        features += header.features(one, f"features[{index}]", features)
    _unique(features)
    return FeatureSet(
        name=name,
        entity=_entity(document.get("entity")),
        events=events,
        keys=_keys(document.get("keys", {})),
        lateness=_lateness(document.get("lateness")),
        features=tuple(features),
        description=_texts(document.get("description"), "description"),
    )


class _Header(msgspec.Struct, frozen=True):
    """What every feature of the set inherits."""

    events: tuple[EventTypeName, ...]

    def features(self, document: object, path: str, earlier: Sequence[Feature]) -> list[Feature]:
        """The feature at ``path``, or one per window variant."""
        if not isinstance(document, Mapping):
            raise DefinitionError("A feature is a mapping.", field=path, value=document)
        _known_keys(document, _FEATURE_KEYS, path)
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
        for window in _names(windows, f"{path}.windows", words=False):
            variant = {key: value for key, value in document.items() if key != "windows"} | {"window": window}
            made.append(self.feature(variant, path, [*earlier, *made]))
        return made

    def feature(self, document: Document, path: str, earlier: Sequence[Feature]) -> Feature:
        """One feature with one window."""
        window = str(document.get("window", ""))
        template = str(document.get("name", ""))
        name = _name(template.replace("{window}", window), f"{path}.name")
        aggregate = _choice(Aggregate, document.get("aggregate"), f"{path}.aggregate")
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
            description=_texts(document.get("description"), f"{path}.description", window),
            reason=_texts(document.get("reason"), f"{path}.reason", window),
        )

    def _operands(
        self, aggregate: Aggregate, document: Document, path: str, earlier: Sequence[Feature]
    ) -> tuple[tuple[Base, ...], float]:
        if aggregate is Aggregate.RATIO:
            _only(document, {"of", "to", "window"}, aggregate, path)
            part = self._operand(document.get("of"), f"{path}.of", document, earlier)
            whole = self._operand(document.get("to"), f"{path}.to", document, earlier)
            return (part, whole), 1.0
        if aggregate is Aggregate.SHARE:
            return self._share(document, path)
        if aggregate is Aggregate.TREND:
            return self._trend(document, path)
        if aggregate is Aggregate.ZSCORE:
            plain = _pick(document, _BASE_KEYS - {"include_self"}) | {"include_self": False}
            average = self.base({**plain, "aggregate": "mean"}, path)
            current = Base(kind=BaseKind.CURRENT, events=average.events, field=average.field, where=average.where)
            return (current, average, self.base({**plain, "aggregate": "std"}, path)), 1.0
        _only(document, _BASE_KEYS, aggregate, path)
        return (self.base(_pick(document, _BASE_KEYS), path),), 1.0

    def _share(self, document: Document, path: str) -> tuple[tuple[Base, ...], float]:
        _only(document, {"of", "where", "among", *_BASE_KEYS} - {"field"}, Aggregate.SHARE, path)
        if not document.get("where"):
            raise DefinitionError("A share needs the condition it is the share of.", field=f"{path}.where")
        shared = _pick(document, {"window", "mode", "hop", "include_self", "events"})
        of = document.get("of", {"aggregate": "count"})
        whole_where = document.get("among")
        part_where = f"({whole_where}) AND ({document['where']})" if whole_where else document["where"]
        base = _mapping(of, f"{path}.of")
        whole = self.base({**shared, **base, "where": whole_where}, f"{path}.of")
        _one_of(whole.kind, _RATES, f"{path}.of.aggregate")
        return (self.base({**shared, **base, "where": part_where}, path), whole), 1.0

    def _trend(self, document: Document, path: str) -> tuple[tuple[Base, ...], float]:
        _only(document, {"of", "recent", "where", *_BASE_KEYS} - {"field"}, Aggregate.TREND, path)
        shared = _pick(document, {"window", "mode", "hop", "include_self", "events", "where"})
        base = _mapping(document.get("of"), f"{path}.of")
        recent = self.base({**shared, **base, "window": document.get("recent")}, f"{path}.recent")
        baseline = self.base({**shared, **base}, path)
        _one_of(recent.kind, _RATES | {BaseKind.MEAN}, f"{path}.of.aggregate")
        if recent.window is None or baseline.window is None or recent.window >= baseline.window:
            raise DefinitionError(
                "A trend compares a shorter recent window with a longer one that contains it.",
                field=f"{path}.recent",
                value=document.get("recent"),
                hint="for example recent: 7d, window: 28d",
            )
        factor = baseline.window / recent.window if recent.kind in _RATES else 1.0
        return (recent, baseline), factor

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
        inner = _mapping(value, path)
        shared = _pick(outer, {"window"})
        return self.base({**shared, **inner}, path)

    def base(self, document: Document, path: str) -> Base:
        """One plain aggregate."""
        _known_keys(document, _BASE_KEYS, path)
        kind = _choice(BaseKind, document.get("aggregate"), f"{path}.aggregate")
        if kind is BaseKind.CURRENT:
            raise DefinitionError("'current' is not an aggregate.", field=f"{path}.aggregate", value="current")
        field = document.get("field")
        if (field is None) != (kind in _FIELDLESS):
            detail = f"{kind} needs no field." if field is not None else f"{kind} needs the field it aggregates."
            raise DefinitionError(detail, field=f"{path}.field", value=field)
        window = _window(document.get("window"), f"{path}.window")
        return Base(
            kind=kind,
            events=self._events(document.get("events"), f"{path}.events"),
            field=None if field is None else _name(field, f"{path}.field"),
            where=_where(document.get("where"), f"{path}.where"),
            window=window,
            hop=_hop(document, kind, window, path),
            include_self=_flag(document.get("include_self"), f"{path}.include_self", kind is not BaseKind.TIME_SINCE),
            cap=_cap(document, kind, path),
        )

    def _events(self, value: object, path: str) -> tuple[EventTypeName, ...]:
        if value is None:
            return self.events
        chosen = {EventTypeName(one) for one in _names(value, path)}
        for one in sorted(chosen):
            if one not in self.events:
                raise DefinitionError(
                    "Not one of the set's events.", field=path, value=one, hint=near_match(one, self.events)
                )
        return tuple(one for one in self.events if one in chosen)


def _known_keys(document: object, known: frozenset[str], path: str) -> None:
    if not isinstance(document, Mapping):
        raise DefinitionError("A mapping is expected here.", field=path, value=document)
    for key in document:
        if key not in known:
            raise DefinitionError(
                "Unknown key.", code="unknown_key", field=f"{path}.{key}", value=key, hint=near_match(str(key), known)
            )


def _only(document: Document, allowed: set[str] | frozenset[str], aggregate: Aggregate, path: str) -> None:
    for key in document:
        if key not in allowed and key not in {"name", "aggregate", "description", "reason"}:
            raise DefinitionError(
                f"{aggregate} does not take {key!r}.",
                field=f"{path}.{key}",
                value=document[key],
                hint="it takes: " + ", ".join(sorted(allowed)),
            )


def _pick(document: Document, keys: set[str] | frozenset[str]) -> dict[str, Any]:
    return {key: document[key] for key in document if key in keys}


def _mapping(value: object, path: str) -> Document:
    if isinstance(value, str):
        value = {"aggregate": value}
    if not isinstance(value, Mapping):
        raise DefinitionError(
            "An aggregate is expected here.", field=path, value=value, hint="{aggregate: sum, field: amount_minor}"
        )
    return value


def _one_of(kind: BaseKind, allowed: frozenset[BaseKind], path: str) -> None:
    if kind not in allowed:
        raise DefinitionError(
            "Not an aggregate this can be made of.",
            field=path,
            value=kind.value,
            hint="one of " + ", ".join(sorted(allowed)),
        )


def _choice(choices: type[Any], value: object, path: str) -> Any:
    try:
        return choices(value)
    except ValueError:
        known = [one.value for one in choices if one.value != "current"]
        hint = near_match(str(value), known) or "one of " + ", ".join(known)
        raise DefinitionError("Unknown aggregate.", field=path, value=value, hint=hint) from None


def _name(value: object, path: str) -> str:
    if not isinstance(value, str) or _NAME.match(value) is None:
        raise DefinitionError(
            "A name is lower_snake, at most 100 characters.",
            field=path,
            value=value,
            hint="for example device_applications_1h",
        )
    return value


def _names(value: object, path: str, *, words: bool = True, repeats: bool = False) -> list[str]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, Sequence) or not listed:
        raise DefinitionError("At least one is needed here.", field=path, value=value)
    names = [_name(one, f"{path}[{index}]") if words else str(one) for index, one in enumerate(listed)]
    if len(set(names)) != len(names) and not repeats:
        raise DefinitionError("The same twice.", field=path, value=value)
    return names


def _entity(value: object) -> tuple[EntityKind, ...]:
    kinds = _names(value, "entity", repeats=True)  # a payer and a payee are two persons
    if len(kinds) > 2:
        raise DefinitionError("One entity or a pair.", field="entity", value=value)
    return tuple(EntityKind(kind) for kind in kinds)


def _keys(value: object) -> dict[EventTypeName, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        raise DefinitionError("A mapping from event type to fields.", field="keys", value=value)
    return {
        EventTypeName(str(event)): tuple(_names(fields, f"keys.{event}")) for event, fields in sorted(value.items())
    }


def _lateness(value: object) -> int:
    lateness = DEFAULT_LATENESS if value is None else _duration(value, "lateness")
    if lateness > MAX_LATENESS:
        raise DefinitionError("Over 90 days.", field="lateness", value=value, hint="at most 90d")
    return lateness


def _window(value: object, path: str) -> int | None:
    if value is None:
        raise DefinitionError("A window is needed.", field=path, hint="1m to 365d, or lifetime")
    if value == "lifetime":
        return None
    window = _duration(value, path)
    if not MIN_WINDOW <= window <= MAX_WINDOW:
        raise DefinitionError("A window is 1m to 365d, or lifetime.", field=path, value=value)
    return window


def _duration(value: object, path: str) -> int:
    try:
        return parse_duration(str(value))
    except InvalidInput as error:
        raise DefinitionError(error.detail, field=path, value=value, hint=error.hint) from None


def _hop(document: Document, kind: BaseKind, window: int | None, path: str) -> int | None:
    mode = document.get("mode", "tiled" if "hop" in document else "exact")
    if mode not in {"exact", "tiled"}:
        raise DefinitionError("Unknown mode.", field=f"{path}.mode", value=mode, hint="exact or tiled")
    if mode == "exact":
        if "hop" in document:
            raise DefinitionError("An exact window has no hop.", field=f"{path}.hop", value=document["hop"])
        return None
    if window is None:
        raise DefinitionError(
            "Lifetime needs no tiles.", field=f"{path}.mode", value=mode, hint="leave mode and hop out"
        )
    if kind in _UNTILED:
        raise DefinitionError(
            f"{kind} is exact only.", field=f"{path}.mode", value=mode, hint="its state is bounded by cap"
        )
    hop = _duration(document.get("hop"), f"{path}.hop")
    if not 0 < hop <= window or window > hop * MAX_TILES:
        raise DefinitionError(
            "A hop is at most the window, and the window at most 1000 hops.",
            field=f"{path}.hop",
            value=document.get("hop"),
        )
    return hop


def _cap(document: Document, kind: BaseKind, path: str) -> int:
    cap = document.get("cap", DEFAULT_CAP)
    if "cap" in document and kind is not BaseKind.DISTINCT:
        raise DefinitionError("Only distinct has a cap.", field=f"{path}.cap", value=cap)
    if not isinstance(cap, int) or isinstance(cap, bool) or not 1 <= cap <= MAX_CAP:
        raise DefinitionError("A cap is a whole number from 1 to 1000000.", field=f"{path}.cap", value=cap)
    return cap


def _flag(value: object, path: str, default: bool) -> bool:  # noqa: FBT001 - a value, not a switch
    if value is None:
        return default
    if not isinstance(value, bool):
        raise DefinitionError("true or false.", field=path, value=value)
    return value


def _where(value: object, path: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise DefinitionError(
            "A filter is an SQL expression.", field=path, value=value, hint="where: \"channel = 'web'\""
        )
    return value.strip()


def _texts(value: object, path: str, window: str = "") -> Texts:
    if value is None:
        return {}
    if isinstance(value, str):
        value = {"en": value}
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        raise DefinitionError("Text by language.", field=path, value=value, hint="{en: ..., zh: ...}")
    return {str(language): text.replace("{window}", window) for language, text in sorted(value.items())}


def _unique(features: Sequence[Feature]) -> None:
    seen: set[str] = set()
    for feature in features:
        if feature.name in seen:
            raise DefinitionError("Two features with one name.", field="features", value=feature.name)
        seen.add(feature.name)
