"""What is known of an event as of it: its features, and what surrounds its member in each graph.

One plan, one vector, one snapshot for all of it, so that whoever folds the journal need not know how many kinds of state
there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial

import msgspec
import pyarrow as pa

from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import IntegrityError
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest, EntityKind, Pseudonym
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import Micros
from tandem.kernel.values import Value
from tandem.observe.events import Event, EventType
from tandem.observe.features import FeaturePlan, OnlineFeatures, compile_plan, compute_batch
from tandem.observe.graph import GraphPlan, OnlineGraph, compute_graph

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

    def names_for(self, event_type: EventType) -> list[str]:
        """What can be known of an event of that type: it names everybody whom the feature is about."""
        kinds = {field.entity for field in event_type.fields if field.entity is not None}
        names = [name for name in self.features.names if kinds.issuperset(self.features.entity(name))]
        return names + [name for graph in self.graphs if event_type.name in graph.reads for name in graph.names]

    def digest_of(self, names: Iterable[str]) -> Digest:
        """The digest of the definitions behind ``names`` alone: what a model that reads them was trained on.

        Features that it does not read may come and go without making it a stranger; a graph is one definition.
        """
        wanted = set(names)
        sets = []
        for one in self.features.feature_sets:
            features = tuple(feature for feature in one.features if feature.name in wanted)
            if features:
                sets.append(msgspec.structs.replace(one, features=features))
        digest = compile_plan(sets, self.features.event_types).digest
        graphs = [graph.digest for graph in self.graphs if not wanted.isdisjoint(graph.names)]
        return digest_of({"features": digest, "graphs": graphs}) if graphs else digest

    def of_table(self, events: pa.Table) -> pa.Table:
        """``events`` with every column beside each, as of that event: what a training set is made of.

        Args:
            events: as ``learn.datasets.known_events`` gives them; see ``compute_batch`` and ``compute_graph``.
        """
        for computed in (compute_batch(self.features, events), *(compute_graph(one, events) for one in self.graphs)):
            for name in computed.column_names[1:]:  # the first is ``seq``, which they have
                events = events.append_column(name, computed.column(name))
        return events

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

    def peek_entity(self, kind: EntityKind, one: Pseudonym, at: Micros) -> dict[str, Value]:
        """Every feature that is about this entity alone, and what surrounds it in the graphs of its kind; nothing is counted."""
        features = self.features.peek_entity({kind: one}, at)
        known = {name: value for name, value in features.items() if kind in self.plan.features.entity(name)}
        for graph in self.graphs:
            if graph.plan.graph.member == kind:
                known |= graph.peek(one, at)
        return known

    def peek(self, event: Event) -> list[Value]:
        """Everything as of right before ``event``, in the order of ``plan.names``; nothing moves.

        Counts over this type of event that see the event itself are one more than what was there: they are told as they
        will be. Of other aggregates the event's own part is missing.
        """
        vector = self.features.foresee(event)
        for graph in self.graphs:
            vector.extend(graph.foresee(event))
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
