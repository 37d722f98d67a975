"""A warning desk on card accounts and a real journal."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from small_workspace import START
from warned_workspace import EVERYTHING

from tandem.act.warning import WarningDesk
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import DAY, FixedClock, Micros


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(Micros(START + 200 * DAY))


@pytest.fixture
def everything() -> Sequence[Artefact]:
    return EVERYTHING


@pytest.fixture
def desk(process: DecisionProcess, clock: FixedClock) -> WarningDesk:
    return WarningDesk(process, clock=clock, entropy=SeededEntropy(7))
