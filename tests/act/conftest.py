"""A process for the desks of this wing; each room says by ``clock`` and ``everything`` when it is and what is live there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from restarting import restarting
from small_workspace import go_live

from tandem.decide.decisions import DecisionProcess
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import FixedClock


@pytest.fixture
def opened(tmp_path: Path, clock: FixedClock) -> Iterator[Callable[[], DecisionProcess]]:
    """Opens the process of this test's workspace; closing and opening again is a restart."""
    with restarting(tmp_path / "home", clock) as open_it:
        yield open_it


@pytest.fixture
def process(opened: Callable[[], DecisionProcess], everything: Sequence[Artefact]) -> DecisionProcess:
    """The process with everything live."""
    one = opened()
    go_live(one, *everything)
    return one
