"""The worlds of ``ring_worlds.yaml``: which cell, which seed, and the applications with the truth beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow as pa
import yaml

from tandem.learn.simulator import ApplicationWorld, GroupLoanFraud, LoneFraud, simulate_applications

GRID: Final = Path(__file__).with_name("ring_worlds.yaml")


class RingWorld(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of the grid on one seed."""

    cell: str
    seed: int
    world: ApplicationWorld
    rings: GroupLoanFraud
    lone: LoneFraud
    from_day: int

    def applications(self) -> pa.Table:
        """Its applications, in order of time."""
        return simulate_applications(self.world, [self.rings, self.lone], from_day=self.from_day)


def ring_worlds(seeds: str = "reported", *, customers: int | None = None) -> list[RingWorld]:
    """Every cell on every seed of ``seeds`` (``reported`` or ``tuning``); fewer ``customers`` for a quick look."""
    grid: dict[str, Any] = yaml.safe_load(GRID.read_text(encoding="utf-8"))
    size = {} if customers is None else {"customers": customers}
    return [
        RingWorld(
            cell=cell["cell"],
            seed=seed,
            world=ApplicationWorld(
                **{**grid["world"], **size}, seed=seed, hubs=cell["hubs"], households=cell["households"]
            ),
            rings=GroupLoanFraud(**grid["rings"], camouflage=cell["camouflage"], tempo=cell["tempo"]),
            lone=LoneFraud(**grid["lone_fraud"]),
            from_day=grid["from_day"],
        )
        for cell in grid["cells"]
        for seed in grid["seeds"][seeds]
    ]
