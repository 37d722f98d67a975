"""Graphs as the documents that travel: what was walked to, and what is known of it besides."""

from __future__ import annotations

from collections.abc import Container, Sequence

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.shapes.graphs import (
    GraphDecision,
    GraphIdentifier,
    GraphLink,
    GraphNode,
    GraphNodeList,
    GraphPlace,
    GraphSummary,
    GraphWords,
)
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import SECOND, Micros, format_instant
from tandem.observe.graph import MEMBER, Graph, Place, WalkedLink, WalkedNode

__all__ = ["links_of", "nodes_of", "place_of", "summaries"]


def summaries(process: DecisionProcess) -> list[GraphSummary]:
    """The graphs of the live release, by name; none where no release is live."""
    live = process.live
    names = [] if live is None else sorted(plan.graph.name for plan in live.known.graphs)
    found = []
    for name in names:
        graph, members, newest = process.look_into_graph(
            name, lambda online: (online.plan.graph, len(online.network), online.network.newest)
        )
        found.append(
            GraphSummary(
                name=name,
                description=GraphWords(en=graph.description.get("en", ""), zh=graph.description.get("zh", "")),
                member_kind=graph.member,
                events=list(graph.events),
                identifiers=[
                    GraphIdentifier(kind=one.identifier, life_s=one.life // SECOND, joins=one.joins, hub=one.hub)
                    for one in graph.links
                ],
                marks=[mark.event for mark in graph.marks],
                members=members,
                newest_at=format_instant(newest) if newest else None,
            )
        )
    return found


def place_of(graph: Graph, place: Place) -> GraphPlace:
    """A place by the kind of its entity."""
    return GraphPlace(kind=_kind(graph, place), key=place.key)


def nodes_of(process: DecisionProcess, graph: Graph, nodes: Sequence[WalkedNode], now: Micros) -> list[GraphNode]:
    """What was walked to, with the lists it is on and the newest decision about it."""
    decisions = _decisions(process, [one.place.key for one in nodes if one.place.kind == MEMBER])
    lists = _lists(process, now)
    return [
        GraphNode(
            kind=_kind(graph, one.place),
            key=one.place.key,
            member=one.place.kind == MEMBER,
            step=one.step,
            degree=one.degree,
            since=_instant(one.since),
            last_at=_instant(one.last_at),
            bad_since=_instant(one.bad_since),
            crowd=one.crowd,
            joins=one.joins,
            lists=[shown for shown, members in lists if one.place.key in members],
            decision=decisions.get(one.place.key),
        )
        for one in nodes
    ]


def links_of(graph: Graph, links: Sequence[WalkedLink]) -> list[GraphLink]:
    """Who used what."""
    return [
        GraphLink(
            member=one.member,
            kind=_kind(graph, one.identifier),
            identifier=one.identifier.key,
            last_at=format_instant(one.last_at),
        )
        for one in links
    ]


def _kind(graph: Graph, place: Place) -> str:
    return graph.member if place.kind == MEMBER else graph.links[place.kind].identifier


def _decisions(process: DecisionProcess, members: Sequence[Pseudonym]) -> dict[Pseudonym, GraphDecision]:
    found = {}
    for member, (trail, at) in process.archive.newest_naming(members).items():
        model = max(trail.scores, key=lambda name: trail.scores[name].probability, default=None)
        found[member] = GraphDecision(
            decision_id=trail.decision_id,
            event_id=trail.event_id,
            at=format_instant(at),
            outcome=trail.outcome,  # type: ignore[arg-type]  # one of the three
            policy=trail.policy,
            model=model,
            probability=None if model is None else trail.scores[model].probability,
        )
    return found


def _lists(process: DecisionProcess, now: Micros) -> list[tuple[GraphNodeList, Container[str]]]:
    live = process.live
    known = {} if live is None else live.lists
    view = process.state.lists.view(now)
    return [
        (GraphNodeList(name=name, kind=known[name].kind if name in known else ""), view[name]) for name in sorted(view)
    ]


def _instant(at: Micros | None) -> str | None:
    return None if at is None else format_instant(at)
