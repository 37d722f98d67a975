"""What is known of an event as of it: its features, and what surrounds its member in each graph.

One plan, one vector, one snapshot for all of it, so that whoever folds the journal need not know how many kinds of state
there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial

import msgspec

from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import IntegrityError
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.values import Value
from tandem.observe.events import Event
from tandem.observe.features import FeaturePlan, OnlineFeatures
from tandem.observe.graph import GraphPlan, OnlineGraph

__all__ = ["KnownPlan", "OnlineKnown"]


class KnownPlan:
    """What is computed of every event, and what it is called.

    Attributes:
        features, graphs: the plans it is made of.
        names: of the vector, features first, then graph by graph.
        columns: type of each name.
    """

    def __init__(self, features: FeaturePlan, graphs: Sequence[GraphPlan] = ()) -> None:
        self.features = features
        self.graphs = tuple(graphs)
        self.names: tuple[str, ...] = (*features.names, *(name for graph in self.graphs for name in graph.names))
        self.columns: dict[str, Column] = dict(features.columns)
        for graph in self.graphs:
            self.columns.update(graph.columns)

    @cached_property
    def digest(self) -> Digest:
        """SHA-256 over all that can change a number; that of the features where there is no graph."""
        if not self.graphs:
            return self.features.digest
        return digest_of({"features": self.features.digest, "graphs": [graph.digest for graph in self.graphs]})

    def describe(self, name: str, language: str = "en") -> str:
        """What ``name`` means, in one sentence.

        Raises:
            NotFound: there is no such name.
        """
        for graph in self.graphs:
            if name in graph.words:
                return graph.words[name][language.startswith("zh")]
        return self.features.describe(name, language)

    def entity(self, name: str) -> tuple[str, ...]:
        """Whose it is."""
        for graph in self.graphs:
            if name in graph.words:
                return (graph.graph.member,)
        return self.features.entity(name)


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    features: bytes
    graphs: list[bytes]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Kept)


class OnlineKnown:
    """The state behind it, moved by one event at a time. One writer: calls are not to overlap.

    Args:
        plan: what to compute.
        compiled: use the compiled kernels: True, False, or None for where built.
    """

    def __init__(self, plan: KnownPlan, *, compiled: bool | None = None) -> None:
        self.plan = plan
        self.features = OnlineFeatures(plan.features, compiled=compiled)
        self.graphs = [OnlineGraph(graph, compiled=compiled) for graph in plan.graphs]

    def observe(self, event: Event, seq: Number) -> list[Value]:
        """Take in ``event``; everything as of it, in the order of ``plan.names``."""
        vector = self.features.observe(event, seq)
        for graph in self.graphs:
            vector.extend(graph.observe(event, seq))
        return vector

    def snapshot(self) -> bytes:
        """Everything needed to go on."""
        return self.taken()()

    def taken(self) -> Callable[[], bytes]:
        """The snapshot of now; calling it, once and from any thread, does what need not be done at once."""
        return partial(_encoded, self.features.snapshot(), [graph.taken() for graph in self.graphs])

    @classmethod
    def restore(cls, plan: KnownPlan, data: bytes, *, compiled: bool | None = None) -> OnlineKnown:
        """The state that ``snapshot`` was taken of.

        Raises:
            Conflict: it belongs to another plan.
            IntegrityError: it is damaged.
        """
        try:
            kept = _DECODER.decode(data)
        except msgspec.DecodeError as error:
            raise IntegrityError(
                "The snapshot is damaged.", code="snapshot_damaged", hint="rebuild the state by replay"
            ) from error
        known = cls.__new__(cls)
        known.plan = plan
        known.features = OnlineFeatures.restore(plan.features, kept.features, compiled=compiled)
        if len(kept.graphs) != len(plan.graphs):
            raise IntegrityError(
                "The snapshot is damaged.", code="snapshot_damaged", hint="rebuild the state by replay"
            )
        known.graphs = [
            OnlineGraph.restore(graph, one, compiled=compiled)
            for graph, one in zip(plan.graphs, kept.graphs, strict=True)
        ]
        return known


def _encoded(features: bytes, graphs: list[Callable[[], bytes]]) -> bytes:
    return _ENCODER.encode(_Kept(features, [graph() for graph in graphs]))
