"""The checks of a feature document: each returns the typed value or says what is wrong, where, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tandem.kernel.errors import DefinitionError, InvalidInput, near_match
from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.time import DAY, parse_duration
from tandem.observe.features.definitions import (
    DEFAULT_CAP,
    DEFAULT_LATENESS,
    MAX_WINDOW,
    MIN_WINDOW,
    Aggregate,
    BaseKind,
    Feature,
    Texts,
)

__all__ = [
    "cap",
    "choice",
    "entity",
    "flag",
    "hop",
    "keys",
    "known_keys",
    "lateness",
    "mapping",
    "name",
    "names",
    "one_of",
    "only",
    "pick",
    "texts",
    "unique",
    "where",
    "window",
]

MAX_CAP = 1_000_000
MAX_LATENESS = 90 * DAY
MAX_TILES = 1000

_NAME = re.compile(r"^[a-z][a-z0-9_]{0,99}$")
_UNTILED = frozenset({
    BaseKind.DISTINCT, BaseKind.TIME_SINCE, BaseKind.CURRENT, BaseKind.ELAPSED, BaseKind.REPEATS,
})  # fmt: skip

Document = Mapping[str, Any]


def known_keys(document: object, known: frozenset[str], path: str) -> None:
    """Refuse anything that is no mapping, or has a key not in ``known``."""
    if not isinstance(document, Mapping):
        raise DefinitionError("A mapping is expected here.", field=path, value=document)
    for key in document:
        if key not in known:
            raise DefinitionError(
                "Unknown key.", code="unknown_key", field=f"{path}.{key}", value=key, hint=near_match(str(key), known)
            )


def only(document: Document, allowed: set[str] | frozenset[str], aggregate: Aggregate, path: str) -> None:
    """Refuse keys the aggregate does not take."""
    for key in document:
        if key not in allowed and key not in {"name", "aggregate", "description", "reason"}:
            raise DefinitionError(
                f"{aggregate} does not take {key!r}.",
                field=f"{path}.{key}",
                value=document[key],
                hint="it takes: " + ", ".join(sorted(allowed)),
            )


def pick(document: Document, keys: set[str] | frozenset[str]) -> dict[str, Any]:
    """The part of ``document`` under ``keys``."""
    return {key: document[key] for key in document if key in keys}


def mapping(value: object, path: str) -> Document:
    """An inner aggregate; a bare word is its kind."""
    if isinstance(value, str):
        value = {"aggregate": value}
    if not isinstance(value, Mapping):
        raise DefinitionError(
            "An aggregate is expected here.", field=path, value=value, hint="{aggregate: sum, field: amount_minor}"
        )
    return value


def one_of(kind: BaseKind, allowed: frozenset[BaseKind], path: str) -> None:
    """Refuse a kind that is not allowed here."""
    if kind not in allowed:
        raise DefinitionError(
            "Not an aggregate this can be made of.",
            field=path,
            value=kind.value,
            hint="one of " + ", ".join(sorted(allowed)),
        )


def choice(choices: type[Any], value: object, path: str) -> Any:
    """A member of an enumeration."""
    try:
        return choices(value)
    except ValueError:
        known = [one.value for one in choices if one.value not in {"current", "elapsed"}]
        hint = near_match(str(value), known) or "one of " + ", ".join(known)
        raise DefinitionError("Unknown aggregate.", field=path, value=value, hint=hint) from None


def name(value: object, path: str) -> str:
    """A lower_snake name."""
    if not isinstance(value, str) or _NAME.match(value) is None:
        raise DefinitionError(
            "A name is lower_snake, at most 100 characters.",
            field=path,
            value=value,
            hint="for example device_applications_1h",
        )
    return value


def names(value: object, path: str, *, words: bool = True, repeats: bool = False) -> list[str]:
    """One or more names (or ``words=False`` texts), each once."""
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, Sequence) or not listed:
        raise DefinitionError("At least one is needed here.", field=path, value=value)
    names = [name(one, f"{path}[{index}]") if words else str(one) for index, one in enumerate(listed)]
    if len(set(names)) != len(names) and not repeats:
        raise DefinitionError("The same twice.", field=path, value=value)
    return names


def entity(value: object) -> tuple[EntityKind, ...]:
    """One entity kind or a pair."""
    kinds = names(value, "entity", repeats=True)  # a payer and a payee are two persons
    if len(kinds) > 2:
        raise DefinitionError("One entity or a pair.", field="entity", value=value)
    return tuple(EntityKind(kind) for kind in kinds)


def keys(value: object) -> dict[EventTypeName, tuple[str, ...]]:
    """Event type to key fields."""
    if not isinstance(value, Mapping):
        raise DefinitionError("A mapping from event type to fields.", field="keys", value=value)
    return {EventTypeName(str(event)): tuple(names(fields, f"keys.{event}")) for event, fields in sorted(value.items())}


def lateness(value: object) -> int:
    """How late an event may be, in microseconds."""
    lateness = DEFAULT_LATENESS if value is None else duration(value, "lateness")
    if lateness > MAX_LATENESS:
        raise DefinitionError("Over 90 days.", field="lateness", value=value, hint="at most 90d")
    return lateness


def window(value: object, path: str) -> int | None:
    """A window in microseconds; None is lifetime."""
    if value is None:
        raise DefinitionError("A window is needed.", field=path, hint="1m to 365d, or lifetime")
    if value == "lifetime":
        return None
    window = duration(value, path)
    if not MIN_WINDOW <= window <= MAX_WINDOW:
        raise DefinitionError("A window is 1m to 365d, or lifetime.", field=path, value=value)
    return window


def duration(value: object, path: str) -> int:
    try:
        return parse_duration(str(value))
    except InvalidInput as error:
        raise DefinitionError(error.detail, field=path, value=value, hint=error.hint) from None


def hop(document: Document, kind: BaseKind, window: int | None, path: str) -> int | None:
    """The hop of a tiled window; None is exact."""
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
    hop = duration(document.get("hop"), f"{path}.hop")
    if not 0 < hop <= window or window > hop * MAX_TILES:
        raise DefinitionError(
            "A hop is at most the window, and the window at most 1000 hops.",
            field=f"{path}.hop",
            value=document.get("hop"),
        )
    return hop


def cap(document: Document, kind: BaseKind, path: str) -> int:
    """The cap of a distinct count."""
    cap = document.get("cap", DEFAULT_CAP)
    if "cap" in document and kind is not BaseKind.DISTINCT:
        raise DefinitionError("Only distinct has a cap.", field=f"{path}.cap", value=cap)
    if not isinstance(cap, int) or isinstance(cap, bool) or not 1 <= cap <= MAX_CAP:
        raise DefinitionError("A cap is a whole number from 1 to 1000000.", field=f"{path}.cap", value=cap)
    return cap


def flag(value: object, path: str, default: bool) -> bool:  # noqa: FBT001 - a value, not a switch
    """True or false."""
    if value is None:
        return default
    if not isinstance(value, bool):
        raise DefinitionError("true or false.", field=path, value=value)
    return value


def where(value: object, path: str) -> str | None:
    """A filter's text."""
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise DefinitionError(
            "A filter is an SQL expression.", field=path, value=value, hint="where: \"channel = 'web'\""
        )
    return value.strip()


def texts(value: object, path: str, window: str = "") -> Texts:
    """Text by language."""
    if value is None:
        return {}
    if isinstance(value, str):
        value = {"en": value}
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        raise DefinitionError("Text by language.", field=path, value=value, hint="{en: ..., zh: ...}")
    return {str(language): text.replace("{window}", window) for language, text in sorted(value.items())}


def unique(features: Sequence[Feature]) -> None:
    """Refuse two features of one name."""
    seen: set[str] = set()
    for feature in features:
        if feature.name in seen:
            raise DefinitionError("Two features with one name.", field="features", value=feature.name)
        seen.add(feature.name)
