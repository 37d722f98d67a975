"""Documents to graphs: what is declared, checked for itself; whether it fits the event types is the plan's to say."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from tandem.kernel.errors import DefinitionError, InvalidInput, near_match
from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.time import DAY, HOUR, parse_duration
from tandem.observe.graph.definitions import Graph, Link, Mark

__all__ = ["HUB_MAX", "LIFE_MAX", "parse_graph"]

LIFE_MAX: Final = 730 * DAY
HUB_MAX: Final = 10_000
_LIFE: Final = "180d"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_KEYS: Final = frozenset({"name", "member", "events", "links", "marks", "description"})
_LINK_KEYS: Final = frozenset({"identifier", "expires_after", "joins", "hub"})
_MARK_KEYS: Final = frozenset({"event", "when"})


def parse_graph(document: Any) -> Graph:
    """The graph that ``document`` (YAML already loaded) declares.

    Raises:
        DefinitionError: names the field by path, the value, and what would be right.
    """
    document = _mapping(document, _KEYS, "")
    links = tuple(_link(one, f"links[{place}]") for place, one in enumerate(_list(document, "links")))
    kinds = [link.identifier for link in links]
    member = EntityKind(_name(document.get("member"), "member"))
    for place, kind in enumerate(kinds):
        if kind in kinds[:place] or kind == member:
            raise DefinitionError(
                "That kind of entity has its place in the graph already.",
                code="duplicate_link",
                field=f"links[{place}].identifier",
                value=kind,
            )
    marks = document.get("marks", [])
    if not isinstance(marks, list):
        raise DefinitionError("A list is expected here.", code="not_a_list", field="marks", value=marks)
    return Graph(
        name=_name(document.get("name"), "name"),
        member=member,
        events=tuple(
            EventTypeName(_name(one, f"events[{place}]")) for place, one in enumerate(_list(document, "events"))
        ),
        links=links,
        marks=tuple(_mark(one, f"marks[{place}]") for place, one in enumerate(marks)),
        description=_texts(document.get("description")),
    )


def _link(document: Any, path: str) -> Link:
    document = _mapping(document, _LINK_KEYS, path)
    life = document.get("expires_after", _LIFE)
    try:
        micros = parse_duration(life) if isinstance(life, str) else 0
    except InvalidInput as error:
        raise DefinitionError(
            error.detail, code=error.code, field=f"{path}.expires_after", value=life, hint=error.hint
        ) from None
    if not HOUR <= micros <= LIFE_MAX:
        raise DefinitionError(
            "A link lives between an hour and two years after its last use.",
            code="life_out_of_range",
            field=f"{path}.expires_after",
            value=life,
            hint="such as 30d",
        )
    joins, hub = document.get("joins", True), document.get("hub", 30)
    if not isinstance(joins, bool):
        raise DefinitionError("true or false is expected here.", code="wrong_type", field=f"{path}.joins", value=joins)
    if isinstance(hub, bool) or not isinstance(hub, int) or not 2 <= hub <= HUB_MAX:
        raise DefinitionError(
            f"A crowd begins between 2 and {HUB_MAX:,} members.",
            code="hub_out_of_range",
            field=f"{path}.hub",
            value=hub,
        )
    return Link(
        identifier=EntityKind(_name(document.get("identifier"), f"{path}.identifier")),
        life=micros,
        joins=joins,
        hub=hub,
    )


def _mark(document: Any, path: str) -> Mark:
    document = _mapping(document, _MARK_KEYS, path)
    when = document.get("when")
    if not isinstance(when, str) or not when.strip():
        raise DefinitionError(
            "A condition is needed.", code="missing_key", field=f"{path}.when", value=when, hint="such as is_fraud"
        )
    return Mark(event=EventTypeName(_name(document.get("event"), f"{path}.event")), when=when)


def _mapping(document: Any, keys: Collection[str], path: str) -> dict[str, Any]:
    if not isinstance(document, Mapping):
        raise DefinitionError("A mapping is expected here.", code="not_a_mapping", field=path or None, value=document)
    for key in document:
        if key not in keys:
            raise DefinitionError(
                "Unknown key.",
                code="unknown_key",
                field=f"{path}.{key}" if path else str(key),
                value=key,
                hint=near_match(str(key), keys) or "known: " + ", ".join(sorted(keys)),
            )
    return dict(document)


def _list(document: Mapping[str, Any], key: str) -> list[Any]:
    value = document.get(key)
    if not isinstance(value, list) or not value:
        raise DefinitionError("A list of at least one is needed.", code="missing_key", field=key, value=value)
    return value


def _name(value: Any, path: str) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise DefinitionError(
            "A name is lower_snake, at most 40 characters.", code="invalid_name", field=path, value=value
        )
    return value


def _texts(value: Any) -> dict[str, str]:
    if value is None:
        return {}
    if isinstance(value, str):
        return {"en": value}
    if not isinstance(value, Mapping) or not all(isinstance(one, str) for pair in value.items() for one in pair):
        raise DefinitionError(
            "Texts by language are expected here.", code="wrong_type", field="description", value=value
        )
    return dict(value)
