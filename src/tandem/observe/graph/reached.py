"""Who hangs together with a member at this moment: a walk that costs as much as it finds, and stops at a number.

The vector of an event tells how many they are; an experiment that assigns them together needs to know who.
"""

from __future__ import annotations

from collections.abc import Sequence

from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros
from tandem.observe.graph.definitions import GRAPH_LIMITS, GraphLimits, Link
from tandem.observe.graph.kernels import Kernel
from tandem.observe.graph.network import Named

__all__ = ["component_around"]


def component_around(
    network: Kernel,
    links: Sequence[Link],
    member: Pseudonym,
    named: Named,
    at: Micros,
    limits: GraphLimits = GRAPH_LIMITS,
) -> tuple[Pseudonym, ...]:
    """``member`` and whoever can be reached from it over links that live and join, the nearest first.

    Args:
        named: identifiers that the event at hand names, whether it was taken in already or not.
        limits: ``component`` others at most, over the ``links`` newest identifiers of each.
    """
    now = max(at, network.newest)
    reached: dict[Pseudonym, None] = {member: None}
    walked: set[tuple[int, Pseudonym]] = set()
    waiting = [member]
    for one in waiting:  # grows while it is walked
        own = network.links_of(one)[: limits.links]
        living = [(kind, other) for kind, other, last in own if now - last < links[kind].life]
        for place in [*named, *living] if one == member else living:
            if place in walked or not links[place[0]].joins:
                continue
            walked.add(place)
            life, hub = links[place[0]].life, links[place[0]].hub
            users = [user for user, last in network.members_of(*place) if now - last < life]
            if len(users) >= hub:
                continue
            for user in users:
                if user not in reached:
                    if len(reached) > limits.component:
                        return tuple(reached)
                    reached[user] = None
                    waiting.append(user)
    return tuple(reached)
