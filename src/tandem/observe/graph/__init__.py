"""The graph of who shares what with whom: neighbours, components and crowds, read as of each event."""

from tandem.observe.graph.definitions import GRAPH_LIMITS, WINDOWS, Graph, GraphLimits, Link, Mark
from tandem.observe.graph.network import Named, Network, NetworkState, Standing, Surroundings
from tandem.observe.graph.online import OnlineGraph
from tandem.observe.graph.plan import GraphPlan, compile_graph
from tandem.observe.graph.reading import parse_graph

__all__ = [
    "GRAPH_LIMITS",
    "WINDOWS",
    "Graph",
    "GraphLimits",
    "GraphPlan",
    "Link",
    "Mark",
    "Named",
    "Network",
    "NetworkState",
    "OnlineGraph",
    "Standing",
    "Surroundings",
    "compile_graph",
    "parse_graph",
]
