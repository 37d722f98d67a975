"""A lender with a challenger on part of its traffic, on a real journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_workspace import START, application, go_live
from tried_workspace import TRIED

from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros, format_instant
from tandem.learn.experiments import ExperimentDesk


class Lender:
    """Decides in bulk and tells how it went."""

    def __init__(self, process: DecisionProcess, clock: FixedClock) -> None:
        self.process = process
        self.clock = clock
        self.desk = ExperimentDesk(process, clock=clock)
        self.sent = 0

    def release(self, *artefacts) -> str:
        return go_live(self.process, *artefacts)

    def decide(self, count: int, **values) -> None:
        """So many applications of people who come for the first time, with a device each; every third is young."""
        for number in range(self.sent, self.sent + count):
            age = 20 if number % 3 == 0 else 40
            document = application(number, **{"age": age, "device": f"d{number}", **values})
            self.process.decide(document, on_answer=lambda _: None, more_follows=True)
        self.sent += count
        self.process.wake()
        self.process.journal.drain()

    def turn_out(self, bad: Callable[[int], bool], numbers=None) -> None:
        for number in range(self.sent) if numbers is None else numbers:
            self.process.record(
                {
                    "event_id": f"repaid-{number}",
                    "event_type": "repayment",
                    "occurred_at": format_instant(Micros(START + 10 * DAY)),
                    "values": {"person": f"p{number}", "application": f"app-{number}", "bad": bad(number)},
                },
                on_answer=lambda _: None,
                more_follows=True,
            )
        self.process.wake()
        self.process.journal.drain()


@pytest.fixture
def lender(tmp_path: Path) -> Iterator[Lender]:
    clock = FixedClock(Micros(START + 20 * DAY))
    process = open_process(Settings(home=tmp_path / "home"), "test", clock=clock, entropy=SeededEntropy(1))
    go_live(process, *TRIED)
    yield Lender(process, clock)
    process.close()
