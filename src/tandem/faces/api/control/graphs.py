"""Graphs: what there are, what surrounds somebody, and how two hang together."""

from __future__ import annotations

import re
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.control.graph_documents import links_of, nodes_of, place_of, summaries
from tandem.faces.api.declaring import BUSY, Problems, answers
from tandem.faces.api.shapes.graphs import GraphAround, GraphPage, GraphPath
from tandem.kernel.errors import InvalidInput, NotFound, near_match
from tandem.kernel.identity import EntityKind, Pseudonym
from tandem.kernel.time import Clock, Micros, format_instant, parse_instant
from tandem.observe.graph import (
    MEMBER,
    NODES_MAX,
    STEPS_MAX,
    AroundWalk,
    Graph,
    OnlineGraph,
    PathWalk,
    Place,
    walk_around,
    walk_between,
)

__all__ = ["graph_router"]

_PSEUDONYM: Final = re.compile(r"[0-9a-f]{32}")
_NAMED: Problems = {
    404: ("unknown_entity_kind", "unknown_graph"),
    422: (
        "empty_identifier",
        "instant_without_offset",
        "invalid_entity",
        "invalid_identifier",
        "invalid_instant",
        "invalid_parameter",
    ),
    **BUSY,
}
Name = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")]
_ENTITY: Final = "KIND:VALUE, such as person:9f3c...; the value is the pseudonym, or the real identifier"
Since = Annotated[str | None, Query(max_length=40, description="RFC 3339; links used last at or after it")]
Until = Annotated[str | None, Query(max_length=40, description="RFC 3339; links used last before it")]


def graph_router(process: DecisionProcess, clock: Clock) -> APIRouter:
    """Graphs of the live release. A walk holds the writer for as long as it walks, a few milliseconds at most."""
    router = APIRouter(tags=["graphs"])

    @router.get("/v1/graphs", summary="Graphs of the live release", responses=answers(GraphPage, "Graphs, by name."))
    async def graphs(request: Request) -> Response:
        return json_response(request, GraphPage(graphs=await run_in_threadpool(summaries, process)))

    @router.get(
        "/v1/graphs/{name}/around",
        summary="Who shares what with a member, or uses an identifier",
        description="Breadth first, as of the newest event of the graph, from what was used last. An identifier that is a "
        "crowd's, or whose kind joins nobody, is there with its count and leads nowhere, unless it is asked about.",
        responses=answers(GraphAround, "The neighbourhood, by pseudonym.", problems=[_NAMED]),
    )
    async def around(
        request: Request,
        name: Name,
        entity: Annotated[str, Query(max_length=400, description=_ENTITY)],
        steps: Annotated[int, Query(ge=0, le=STEPS_MAX, description="links from it; two lead to who shares")] = 2,
        limit: Annotated[int, Query(ge=1, le=NODES_MAX, description="nodes at most")] = 500,
        since: Since = None,
        until: Until = None,
    ) -> Response:
        first, end = _instant(since), _instant(until)

        def walk() -> GraphAround:
            graph, start = _asked(process, name, entity, "entity")

            def look(online: OnlineGraph) -> tuple[AroundWalk, Micros]:
                network, at = online.network, online.network.newest
                walk = walk_around(network, graph.links, start, at=at, steps=steps, limit=limit, since=first, until=end)
                return walk, at

            walked, at = process.look_into_graph(name, look)
            found = walked.tell()
            return GraphAround(
                graph=name,
                as_of=format_instant(at),
                start=place_of(graph, start),
                nodes=nodes_of(process, graph, found.nodes, clock.now()),
                links=links_of(graph, found.links),
                left_out=found.left_out,
            )

        return json_response(request, await run_in_threadpool(walk))

    @router.get(
        "/v1/graphs/{name}/path",
        summary="How two hang together",
        description="The fewest links between them, over no crowd's identifier and over none whose kind joins nobody.",
        responses=answers(GraphPath, "The path, by pseudonym.", problems=[_NAMED]),
    )
    async def path(
        request: Request,
        name: Name,
        start: Annotated[str, Query(alias="from", max_length=400, description=_ENTITY)],
        goal: Annotated[str, Query(alias="to", max_length=400, description=_ENTITY)],
        since: Since = None,
        until: Until = None,
    ) -> Response:
        first, end = _instant(since), _instant(until)

        def walk() -> GraphPath:
            graph, here = _asked(process, name, start, "from")
            _, there = _asked(process, name, goal, "to")

            def look(online: OnlineGraph) -> tuple[PathWalk, Micros]:
                network, at = online.network, online.network.newest
                return walk_between(network, graph.links, here, there, at=at, since=first, until=end), at

            walked, at = process.look_into_graph(name, look)
            found = walked.tell()
            return GraphPath(
                graph=name,
                as_of=format_instant(at),
                start=place_of(graph, here),
                goal=place_of(graph, there),
                nodes=nodes_of(process, graph, found.nodes, clock.now()),
                links=links_of(graph, found.links),
                met=found.met,
                gave_up=found.gave_up,
            )

        return json_response(request, await run_in_threadpool(walk))

    return router


def _instant(text: str | None) -> Micros | None:
    return None if text is None else parse_instant(text)


def _asked(process: DecisionProcess, name: str, entity: str, field: str) -> tuple[Graph, Place]:
    """The graph, and the place in it that ``entity`` names."""
    graph = process.look_into_graph(name, lambda online: online.plan.graph)
    kind, colon, value = entity.partition(":")
    if not colon or not value:
        raise InvalidInput(
            "Not an entity.", code="invalid_entity", field=field, value=kind, hint="KIND:VALUE, such as person:9f3c..."
        )
    places = {graph.member: MEMBER, **{link.identifier: place for place, link in enumerate(graph.links)}}
    if kind not in places:
        raise NotFound(
            "The graph has no such kind of entity.",
            code="unknown_entity_kind",
            field=field,
            value=kind,
            hint=near_match(kind, places),
        )
    known = EntityKind(kind)
    is_pseudonym = _PSEUDONYM.fullmatch(value) is not None
    return graph, Place(places[known], Pseudonym(value) if is_pseudonym else process.pseudonyms_of(value)[known])
