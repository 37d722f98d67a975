"""The graph of who shares what with whom: neighbours, components and crowds, read as of each event."""

from tandem.observe.graph.batch import compute_graph, filtered_fields
from tandem.observe.graph.circle_hosts import OnlineCircles, compute_circles
from tandem.observe.graph.circle_plan import (
    CircleDefinition,
    CirclePlan,
    TransferFields,
    compile_circles,
    parse_circles,
)
from tandem.observe.graph.circles import CIRCLE_KEPT, Circles, Closed, Transfer
from tandem.observe.graph.components import living_components
from tandem.observe.graph.definitions import GRAPH_LIMITS, WINDOWS, Graph, GraphLimits, Link, Mark
from tandem.observe.graph.kernels import COMPILED, Kernel, kernel_of, restored_kernel, state_of
from tandem.observe.graph.network import Named, Network, Standing
from tandem.observe.graph.online import OnlineGraph
from tandem.observe.graph.plan import GraphPlan, compile_graph, compile_marks, member_field
from tandem.observe.graph.reading import parse_graph
from tandem.observe.graph.sealing import damaged, open_state, seal_state
from tandem.observe.graph.table import EventTable
from tandem.observe.graph.walking import (
    MEMBER,
    NODES_MAX,
    STEPS_MAX,
    AroundWalk,
    Neighbourhood,
    Path,
    PathWalk,
    Place,
    WalkedLink,
    WalkedNode,
    neighbourhood,
    shortest_path,
    walk_around,
    walk_between,
)

__all__ = [
    "CIRCLE_KEPT",
    "COMPILED",
    "GRAPH_LIMITS",
    "MEMBER",
    "NODES_MAX",
    "STEPS_MAX",
    "WINDOWS",
    "AroundWalk",
    "CircleDefinition",
    "CirclePlan",
    "Circles",
    "Closed",
    "EventTable",
    "Graph",
    "GraphLimits",
    "GraphPlan",
    "Kernel",
    "Link",
    "Mark",
    "Named",
    "Neighbourhood",
    "Network",
    "OnlineCircles",
    "OnlineGraph",
    "Path",
    "PathWalk",
    "Place",
    "Standing",
    "Transfer",
    "TransferFields",
    "WalkedLink",
    "WalkedNode",
    "compile_circles",
    "compile_graph",
    "compile_marks",
    "compute_circles",
    "compute_graph",
    "damaged",
    "filtered_fields",
    "kernel_of",
    "living_components",
    "member_field",
    "neighbourhood",
    "open_state",
    "parse_circles",
    "parse_graph",
    "restored_kernel",
    "seal_state",
    "shortest_path",
    "state_of",
    "walk_around",
    "walk_between",
]
