"""A policy as a drawing: stages and what leads from one to the next.

One node for each stage, the start, and the three outcomes; the flows inside a switch or split hang between its node and
what follows it. Where things lie on the screen is the reader's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from tandem.decide.policy.types import (
    Arm,
    AskStage,
    Branch,
    DecideStage,
    Effect,
    ListsStage,
    ModelStage,
    Outcome,
    Policy,
    RulesStage,
    ScorecardStage,
    SetStage,
    SplitStage,
    Stage,
    SwitchStage,
    TableStage,
)

__all__ = ["START", "FlowDrawing", "FlowEdge", "FlowNode", "draw"]

START: Final = "start"
EdgeKind = Literal["next", "case", "arm", "stop", "decides"]


class FlowNode(msgspec.Struct, frozen=True, kw_only=True):
    """A stage, the start, or an outcome.

    Attributes:
        id: the path of the stage in the document; ``start``; or ``outcome.decline``.
        kind: kind of the stage, ``start`` or ``outcome``.
        name: of the stage, the event type, or the outcome.
        depth: how many flows it stands in, from 0.
        parts: how many rules, rows, cases, arms, checks, characteristics or values it holds.
        uses: the model a model stage asks, or the connectors.
        outputs: variables it fills.
        note: the author's.
    """

    id: str
    kind: str
    name: str
    depth: int = 0
    parts: int = 0
    uses: str | None = None
    outputs: tuple[str, ...] = ()
    note: str = ""


class FlowEdge(msgspec.Struct, frozen=True, kw_only=True):
    """What leads from one node to another.

    Attributes:
        kind: ``next``: simply goes on; ``case`` and ``arm``: into a flow of a switch or split; ``stop``: the flow ends
            early there; ``decides``: the end of the flow.
        label: name of the case or arm, as the author calls it.
        condition: of the case, as written.
        share: of the arm, percent.
    """

    source: str
    target: str
    kind: EdgeKind
    label: str = ""
    condition: str | None = None
    share: float | None = None


class FlowDrawing(msgspec.Struct, frozen=True, kw_only=True):
    """Nodes in reading order, and the edges between them."""

    nodes: tuple[FlowNode, ...]
    edges: tuple[FlowEdge, ...]


class _Open(msgspec.Struct, frozen=True):
    """An end that still leads nowhere."""

    source: str
    kind: EdgeKind = "next"
    label: str = ""
    condition: str | None = None
    share: float | None = None


def draw(policy: Policy) -> FlowDrawing:
    """The drawing of ``policy``."""
    pen = _Pen()
    pen.nodes.append(FlowNode(id=START, kind="start", name=policy.event))
    pen.flow(policy.flow, "flow", 0, [_Open(START)])
    for outcome in policy.precedence:
        if any(edge.target == _outcome_id(outcome) for edge in pen.edges):
            pen.nodes.append(FlowNode(id=_outcome_id(outcome), kind="outcome", name=outcome.value))
    return FlowDrawing(nodes=tuple(pen.nodes), edges=tuple(pen.edges))


def _outcome_id(outcome: Outcome) -> str:
    return f"outcome.{outcome.value}"


class _Pen:
    def __init__(self) -> None:
        self.nodes: list[FlowNode] = []
        self.edges: list[FlowEdge] = []

    def flow(self, stages: tuple[Stage, ...], path: str, depth: int, entering: list[_Open]) -> list[_Open]:
        """Draw the stages; the ends that go on behind the last one."""
        ends = entering
        for index, stage in enumerate(stages):
            at = f"{path}[{index}]"
            self.nodes.append(_node(stage, at, depth))
            for end in ends:
                self.edge(end, at)
            ends = self.beyond(stage, at, depth)
        return ends

    def edge(self, end: _Open, target: str) -> None:
        self.edges.append(
            FlowEdge(
                source=end.source,
                target=target,
                kind=end.kind,
                label=end.label,
                condition=end.condition,
                share=end.share,
            )
        )

    def beyond(self, stage: Stage, at: str, depth: int) -> list[_Open]:
        if isinstance(stage, SwitchStage):
            ends = self.inner(stage.cases, at, "cases", depth)
            if all(case.when is not None for case in stage.cases):
                ends.append(_Open(at))  # no case held
            return ends
        if isinstance(stage, SplitStage):
            return self.inner(stage.arms, at, "arms", depth)
        for outcome in _stops(stage):
            self.edge(_Open(at, "stop"), _outcome_id(outcome))
        if isinstance(stage, DecideStage):
            for outcome in _distinct(case.effect.then for case in stage.cases):
                self.edge(_Open(at, "decides"), _outcome_id(outcome))
            return []
        return [_Open(at)]

    def inner(self, parts: tuple[Branch | Arm, ...], at: str, key: str, depth: int) -> list[_Open]:
        ends: list[_Open] = []
        for index, part in enumerate(parts):
            if isinstance(part, Arm):
                entry = _Open(at, "arm", part.arm, None, part.share)
            else:
                entry = _Open(at, "case", part.case, part.when)
            ends += self.flow(part.flow, f"{at}.{key}[{index}].flow", depth + 1, [entry])
        return ends


def _node(stage: Stage, at: str, depth: int) -> FlowNode:
    parts, outputs = _content(stage)
    return FlowNode(
        id=at,
        kind=str(stage.__struct_config__.tag),
        name=stage.name,
        depth=depth,
        parts=parts,
        uses=_used(stage),
        outputs=outputs,
        note=stage.note,
    )


def _used(stage: Stage) -> str | None:
    if isinstance(stage, AskStage):
        return ", ".join(stage.of)
    return stage.uses if isinstance(stage, ModelStage) else None


def _content(stage: Stage) -> tuple[int, tuple[str, ...]]:
    if isinstance(stage, ListsStage):
        return len(stage.checks), ()
    if isinstance(stage, RulesStage):
        return len(stage.rules), ()
    if isinstance(stage, TableStage):
        return len(stage.rows), stage.outputs
    if isinstance(stage, ScorecardStage):
        return len(stage.characteristics), (stage.output,)
    if isinstance(stage, AskStage):
        return len(stage.of), ()
    if isinstance(stage, ModelStage):
        return 0, tuple(filter(None, (stage.probability, stage.points, stage.margin)))
    if isinstance(stage, SetStage):
        return len(stage.values), tuple(name for name, _ in stage.values)
    if isinstance(stage, SplitStage):
        return len(stage.arms), (stage.name,)
    return len(stage.cases), ()


def _stops(stage: Stage) -> list[Outcome]:
    """The outcomes with which the flow may end at this stage."""
    effects: list[Effect] = []
    if isinstance(stage, RulesStage):
        effects = [rule.effect for rule in stage.rules]
    elif isinstance(stage, ListsStage):
        effects = [check.effect for check in stage.checks]
    stops = [effect.then for effect in effects if effect.stop]
    return _distinct([*getattr(stage, "stop_on", ()), *stops])


def _distinct(outcomes: Iterable[Outcome | None]) -> list[Outcome]:
    return list(dict.fromkeys(one for one in outcomes if one is not None))
