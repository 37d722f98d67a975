"""What is known of an event as of it: its features, what surrounds its member in each graph, what each network makes of it.

One plan, one vector, one snapshot for all of it, so that whoever folds the journal need not know how many kinds of state
there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import TypeAlias

import msgspec
import pyarrow as pa

from tandem.decide.graphs import NeighbourEffect, NetworkPlan, OnlineNetwork, compute_network
from tandem.decide.sequences import OnlineSequence, SequencePlan, compute_sequence
from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import IntegrityError
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest, EntityKind, Pseudonym
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import Micros
from tandem.kernel.values import Value
from tandem.observe.events import Event, EventType
from tandem.observe.features import FeaturePlan, OnlineFeatures, compile_plan, compute_batch
from tandem.observe.graph import CirclePlan, GraphPlan, OnlineCircles, OnlineGraph, compute_circles, compute_graph

__all__ = ["KnownPlan", "OnlineKnown", "StatefulPlan"]

StatefulPlan: TypeAlias = NetworkPlan | SequencePlan
"""Of a network that needs what happened before: neighbours, or a history."""


class KnownPlan:
    """What is computed of every event, and what it is called.

    Attributes:
        features, graphs, networks, circles: the plans it is made of.
        names: of the vector, features first, then graph by graph, then circles by circles, then network by network.
        columns: type of each name.

    Args:
        networks: compiled over the columns of what comes before them; a network does not read another.
    """

    def __init__(
        self,
        features: FeaturePlan,
        graphs: Sequence[GraphPlan] = (),
        networks: Sequence[StatefulPlan] = (),
        circles: Sequence[CirclePlan] = (),
    ) -> None:
        self.features = features
        self.graphs = tuple(graphs)
        self.networks = tuple(networks)
        self.circles = tuple(circles)
        self._beside: list[GraphPlan | CirclePlan | StatefulPlan] = [*self.graphs, *self.circles, *self.networks]
        self.names: tuple[str, ...] = (*features.names, *(name for one in self._beside for name in one.names))
        self.columns: dict[str, Column] = {name: features.columns[name] for name in features.names}
        for one in self._beside:
            self.columns.update(one.columns)

    @cached_property
    def digest(self) -> Digest:
        """SHA-256 over all that can change a number; that of the features where there is nothing else."""
        if not self._beside:
            return self.features.digest
        return _digest(self.features.digest, self.graphs, self.networks, self.circles)

    def names_for(self, event_type: EventType) -> list[str]:
        """What can be known of an event of that type: it names everybody whom the feature is about."""
        kinds = {field.entity for field in event_type.fields if field.entity is not None}
        names = [name for name in self.features.names if kinds.issuperset(self.features.entity(name))]
        names += [name for graph in self.graphs if event_type.name in graph.reads for name in graph.names]
        names += [name for one in self.circles if event_type.name in one.reads for name in one.names]
        scored = [network for network in self.networks if event_type.name == network.event]
        return names + [name for network in scored for name in network.names]

    def digest_of(self, names: Iterable[str]) -> Digest:
        """The digest of the definitions behind ``names`` alone: what a model that reads them was trained on.

        Features that it does not read may come and go without making it a stranger; a graph is one definition, and so is a
        network with everything that it reads itself.
        """
        return self.part(names).digest

    def part(self, names: Iterable[str]) -> KnownPlan:
        """What it takes to compute ``names``, and nothing else: whole graphs, circles and networks, the features they read."""
        wanted = set(names)
        networks = [network for network in self.networks if not wanted.isdisjoint(network.names)]
        wanted.update(name for network in networks for name in network.document.inputs)
        sets = []
        for one in self.features.feature_sets:
            features = tuple(feature for feature in one.features if feature.name in wanted)
            if features:
                sets.append(msgspec.structs.replace(one, features=features))
        graphs = [graph for graph in self.graphs if not wanted.isdisjoint(graph.names)]
        circles = [one for one in self.circles if not wanted.isdisjoint(one.names)]
        return KnownPlan(compile_plan(sets, self.features.event_types), graphs, networks, circles)

    def of_table(self, events: pa.Table) -> pa.Table:
        """``events`` with every column beside each, as of that event: what a training set is made of.

        Args:
            events: as ``learn.datasets.known_events`` gives them; see ``compute_batch``, ``compute_graph`` and
                ``compute_network``.
        """
        events = _beside(
            events,
            compute_batch(self.features, events),
            *(compute_graph(one, events) for one in self.graphs),
            *(compute_circles(one, events) for one in self.circles),
        )
        return _beside(events, *(_computed(one, events) for one in self.networks))

    def describe(self, name: str, language: str = "en") -> str:
        """What ``name`` means, in one sentence.

        Raises:
            NotFound: there is no such name.
        """
        for words in (one.words for one in self._beside):
            if name in words:
                return words[name][language.startswith("zh")]
        return self.features.describe(name, language)

    def entity(self, name: str) -> tuple[str, ...]:
        """Whose it is."""
        for graph in self.graphs:
            if name in graph.words:
                return (graph.graph.member,)
        for circle in self.circles:
            if name in circle.words:
                return (circle.kind,)
        for network in self.networks:
            if name in network.words:
                return (network.document.member,)
        return self.features.entity(name)


def _digest(
    features: Digest, graphs: Sequence[GraphPlan], networks: Sequence[StatefulPlan], circles: Sequence[CirclePlan]
) -> Digest:
    told: dict[str, object] = {"features": features, "graphs": [graph.digest for graph in graphs]}
    if networks:
        told["networks"] = [network.digest for network in networks]
    if circles:
        told["circles"] = [one.digest for one in circles]
    return digest_of(told)


def _beside(events: pa.Table, *computed: pa.Table) -> pa.Table:
    for table in computed:
        for name in table.column_names[1:]:  # the first is ``seq``, which they have
            events = events.append_column(name, table.column(name))
    return events


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    features: bytes
    graphs: list[bytes]
    networks: list[bytes] = []
    circles: list[bytes] = []


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
        self.circles = [OnlineCircles(one) for one in plan.circles]
        self.networks = [_host_of(network, compiled=compiled) for network in plan.networks]

    def observe(self, event: Event, seq: Number) -> list[Value]:
        """Take in ``event``; everything as of it, in the order of ``plan.names``."""
        vector = self.features.observe(event, seq)
        for graph in self.graphs:
            vector.extend(graph.observe(event, seq))
        for circles in self.circles:
            vector.extend(circles.observe(event, seq))
        for network in self.networks:
            vector.extend(network.observe(event, seq, vector))
        return vector

    def peek_entity(self, kind: EntityKind, one: Pseudonym, at: Micros) -> dict[str, Value]:
        """Every feature that is about this entity alone, and what surrounds it in the graphs of its kind; nothing is counted."""
        features = self.features.peek_entity({kind: one}, at)
        known = {name: value for name, value in features.items() if kind in self.plan.features.entity(name)}
        for graph in self.graphs:
            if graph.plan.graph.member == kind:
                known |= graph.peek(one, at)
        for circles in self.circles:
            if circles.plan.kind == kind:
                known |= circles.peek(one, at)
        return known

    def peek(self, event: Event) -> list[Value]:
        """Everything as of right before ``event``, in the order of ``plan.names``; nothing moves.

        Counts over this type of event that see the event itself are one more than what was there: they are told as they
        will be. Of other aggregates the event's own part is missing.
        """
        vector = self.features.foresee(event)
        for graph in self.graphs:
            vector.extend(graph.foresee(event))
        for circles in self.circles:
            vector.extend(circles.foresee(event))
        for network in self.networks:
            vector.extend(network.foresee(event, vector))
        return vector

    def neighbour_effects(self, event: Event) -> dict[str, tuple[NeighbourEffect, ...]]:
        """By graph network that would score ``event``: what each neighbour and each link would do to its margin; nothing moves."""
        vector = self.peek(event)
        return {
            one.plan.document.metadata.name: one.effects(event, vector)
            for one in self.networks
            if isinstance(one, OnlineNetwork) and one.plan.event == event.event_type
        }

    def snapshot(self) -> bytes:
        """Everything needed to go on."""
        return self.taken()()

    def taken(self) -> Callable[[], bytes]:
        """The snapshot of now; calling it, once and from any thread, does what need not be done at once."""
        graphs, networks = ([one.taken() for one in hosts] for hosts in (self.graphs, self.networks))
        circles = [one.taken() for one in self.circles]
        return partial(_encoded, self.features.snapshot(), graphs, networks, circles)

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
        here = [len(one) for one in (plan.graphs, plan.networks, plan.circles)]
        if [len(kept.graphs), len(kept.networks), len(kept.circles)] != here:
            raise IntegrityError(
                "The snapshot is damaged.", code="snapshot_damaged", hint="rebuild the state by replay"
            )
        known.graphs = [
            OnlineGraph.restore(graph, one, compiled=compiled)
            for graph, one in zip(plan.graphs, kept.graphs, strict=True)
        ]
        known.circles = [
            OnlineCircles.restore(one, state) for one, state in zip(plan.circles, kept.circles, strict=True)
        ]
        known.networks = [
            _restored(network, one, compiled=compiled)
            for network, one in zip(plan.networks, kept.networks, strict=True)
        ]
        return known


def _computed(plan: StatefulPlan, events: pa.Table) -> pa.Table:
    return compute_sequence(plan, events) if isinstance(plan, SequencePlan) else compute_network(plan, events)


def _host_of(plan: StatefulPlan, *, compiled: bool | None) -> OnlineNetwork | OnlineSequence:
    return OnlineSequence(plan) if isinstance(plan, SequencePlan) else OnlineNetwork(plan, compiled=compiled)


def _restored(plan: StatefulPlan, data: bytes, *, compiled: bool | None) -> OnlineNetwork | OnlineSequence:
    if isinstance(plan, SequencePlan):
        return OnlineSequence.restore(plan, data)
    return OnlineNetwork.restore(plan, data, compiled=compiled)


def _encoded(features: bytes, *beside: list[Callable[[], bytes]]) -> bytes:
    """``beside``: of graphs, networks and circles."""
    return _ENCODER.encode(_Kept(features, *([one() for one in hosts] for hosts in beside)))
