"""A small workspace that decides while a clock moves, some of which turns out, in a journal that others may look at."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
from small_workspace import EVERYTHING, START, application, go_live

from tandem.decide.decisions import Beside, DecisionProcess, open_beside, open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, MINUTE, FixedClock, Micros, format_instant
from tandem.learn.datasets import Built, DatasetSpec, as_of, build
from tandem.learn.labels import label_named
from tandem.observe.lake import Lake

OUTCOME_TYPE = Artefact.of(
    "event_type",
    "loan_outcome",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "application", "type": "text", "required": True},
            {"name": "days_late", "type": "integer", "required": True, "data_class": "C2"},
        ],
    },
)
LABEL: dict[str, Any] = {
    "of": "application",
    "event": "loan_outcome",
    "refers": "application",
    "bad": "days_late >= 90",
    "window": "10d",
    "matures": "12d",
    "exclude": [{"when": "age > 60", "reason": "pensioner"}],
}

SOME_LET_THROUGH = Artefact.of(
    "policy",
    "application",
    {
        "event": "application",
        "when_missing": "review",
        "flow": [
            {
                "switch": "years",
                "cases": [
                    {
                        "case": "young",
                        "when": "age < 30",
                        "flow": [
                            {
                                "split": "try_some",
                                "by": "person",
                                "arms": [
                                    {
                                        "arm": "no",
                                        "share": 60,
                                        "flow": [
                                            {
                                                "rules": "youth",
                                                "all": [
                                                    {
                                                        "rule": "too_young",
                                                        "when": "age < 30",
                                                        "then": "decline",
                                                        "reason": "TOO_YOUNG",
                                                    }
                                                ],
                                            }
                                        ],
                                    },
                                    {"arm": "yes", "share": 40, "flow": []},
                                ],
                            }
                        ],
                    },
                    {"otherwise": "grown"},
                ],
            },
            {"decide": "end", "then": "approve", "limit": "amount_minor"},
        ],
    },
)
"""A policy that lets two in five of the young through by chance, whom it would decline."""


class Month:
    """A process that decides while a clock moves, and a lake beside it."""

    def __init__(self, home: Path, label: dict[str, Any]) -> None:
        self.home = home
        self.clock = FixedClock(Micros(START))
        self.settings = Settings(home=home)
        self.process: DecisionProcess = open_process(self.settings, "test", clock=self.clock, entropy=SeededEntropy(1))
        go_live(self.process, *EVERYTHING, OUTCOME_TYPE, Artefact.of("outcome", "late_90", label))
        self._stack = ExitStack()

    def decide(self, number: int, *, day: float, **values: Any) -> None:
        """Decide on an application of a person and a device of its own, when it happens."""
        self.process.decide_now(self._application(number, day, values))

    def record(self, number: int, *, day: float, **values: Any) -> None:
        """Take in an application without deciding on it."""
        self.process.record_now(self._application(number, day, values))

    def _application(self, number: int, day: float, values: dict[str, Any]) -> dict[str, Any]:
        self.clock.set(Micros(START + int(day * DAY)))
        given = {"device": f"d{number}", "amount_minor": 1_000 + number, **values}
        return application(number, at=int(day * DAY // MINUTE), **given)

    def tell(self, number: int, *, day: float, days_late: int, known: float | None = None, **more: Any) -> None:
        """Tell what became of an application: it happened on that day, and we learned of it on day ``known``."""
        self.clock.set(Micros(START + int((day if known is None else known) * DAY)))
        self.process.record_now(
            {
                "event_id": f"out-{number}-{day}-{days_late}",
                "event_type": "loan_outcome",
                "occurred_at": format_instant(Micros(START + int(day * DAY))),
                "values": {"person": f"p{number}", "application": f"app-{number}", "days_late": days_late},
                **more,
            }
        )

    @property
    def head(self) -> int:
        return int(self.process.journal.drain().seq)

    def beside(self) -> Beside:
        self.process.journal.drain()
        return self._stack.enter_context(open_beside(self.settings, "test", clock=self.clock))

    @property
    def lake(self) -> Lake:
        return Lake(self.home / "lake", clock=self.clock)

    def build(self, at: str | None = None, **changes: Any) -> Built:
        beside = self.beside()
        live = self.process.live
        assert live is not None
        asked = as_of(beside, at)
        spec = DatasetSpec(label=label_named(live, "late_90").definition, seq=asked.seq, at=asked.at)
        return build(beside, self.lake, msgspec.structs.replace(spec, **changes), clock=self.clock)

    def close(self) -> None:
        self._stack.close()
        self.process.close()
