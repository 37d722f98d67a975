"""Components that are assigned as one: a household, a ring. Whoever joins one gets the arm that it has.

Two people who influence each other must not be in two arms, or the difference between the arms is partly their doing. So
a component is known by whoever of it was assigned first, and everybody who is ever seen in it is assigned with them. When
two components turn out to be one, the older assignment holds, and that is interference: some of them have been treated
otherwise before. It is recorded, so that a reading can say how much of it there was.
"""

from __future__ import annotations

from collections.abc import Sequence

from tandem.kernel.identity import Pseudonym

__all__ = ["ClusterUnits"]


class ClusterUnits:
    """Who was assigned with whom, by experiment: a fold over recorded decisions. One writer."""

    def __init__(self) -> None:
        self._unit_of: dict[str, dict[Pseudonym, Pseudonym]] = {}
        self._since: dict[str, dict[Pseudonym, int]] = {}

    def unit_of(self, experiment: str, component: Sequence[Pseudonym]) -> tuple[Pseudonym, tuple[Pseudonym, ...]]:
        """By whom ``component`` is assigned, and those it was assigned by too until now: there was a merge.

        Args:
            component: whoever hangs together, the one who is decided on first.
        """
        known, since = self._unit_of.get(experiment, {}), self._since.get(experiment, {})
        found = {known[one] for one in component if one in known}
        if not found:
            return component[0], ()
        oldest, *others = sorted(found, key=lambda unit: (since[unit], unit))
        return oldest, tuple(others)

    def take(self, experiment: str, member: Pseudonym, unit: Pseudonym, seq: int) -> None:
        """``member`` was assigned by ``unit`` in the decision on event ``seq``."""
        self._unit_of.setdefault(experiment, {})[member] = unit
        self._since.setdefault(experiment, {}).setdefault(unit, seq)
