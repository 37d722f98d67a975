"""A case desk on a small workspace and a real journal."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from case_workspace import EVERYTHING
from small_workspace import START

from tandem.act.cases import CaseDesk
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import DAY, FixedClock, Micros


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(Micros(START + 20 * DAY))


@pytest.fixture
def everything() -> Sequence[Artefact]:
    return EVERYTHING


@pytest.fixture
def desk(process: DecisionProcess, clock: FixedClock) -> CaseDesk:
    return CaseDesk(process, clock=clock, entropy=SeededEntropy(7))
