"""A desk of rings on a small workspace, a real journal and a real lake."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from ring_workspace import EVERYTHING
from small_workspace import START

from tandem.act.rings import RingDesk
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import DAY, FixedClock, Micros
from tandem.observe.lake import Lake


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(Micros(START + 20 * DAY))


@pytest.fixture
def everything() -> Sequence[Artefact]:
    return EVERYTHING


@pytest.fixture
def lake(tmp_path: Path, clock: FixedClock) -> Lake:
    return Lake(tmp_path / "lake", clock=clock)


@pytest.fixture
def desk(process: DecisionProcess, lake: Lake, clock: FixedClock) -> RingDesk:
    return RingDesk(process, lake, clock=clock, entropy=SeededEntropy(7))
