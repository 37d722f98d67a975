"""A real journal with decisions, an outbox, and a receiver that keeps what it is sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from small_workspace import EVERYTHING, START, application, go_live

from tandem.act.webhooks import Answer, Outbox, Wanted, Webhooks
from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.outward import NotSentError
from tandem.kernel.settings import Settings
from tandem.kernel.time import FixedClock, Micros

KEY = b"k" * 32
DECISIONS = Wanted(kinds=("decision.made",))


@dataclass
class Receiver:
    """Stands in for the network: takes what is posted, or fails as told."""

    status: int = 200
    retry_after_s: int | None = None
    failure: str | None = None
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        self.got.append((url, headers, body))
        await asyncio.sleep(0)
        if self.failure is not None:
            raise NotSentError(self.failure)
        return Answer(self.status, self.retry_after_s)

    async def close(self) -> None:
        pass

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for _, headers, _ in self.got]

    @property
    def events(self) -> list[str]:
        """Event ids of the decisions told, in the order they came."""
        return [json.loads(body)["data"].get("event_id", "-") for _, _, body in self.got]


class Desk:
    """Everything of one workspace, driven step by step under a clock that stands still."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FixedClock(Micros(START + 60_000_000))
        self.receiver = Receiver()
        self._settings = Settings(home=folder)
        self._open()
        go_live(self.process, *EVERYTHING)

    def decide(self, *numbers: int, **values: Any) -> None:
        for number in numbers:
            self.process.decide_now(application(number, at=0, **values))

    def deliver(self, rounds: int = 10) -> None:
        """Let the courier do all it would do by now."""

        async def run() -> None:
            for _ in range(rounds):
                while await self.webhooks.courier.round():
                    pass
                await self.webhooks.courier.settle()

        asyncio.run(run())

    def restart(self, *, keep_process: bool = False) -> None:
        """End without a farewell, and begin again from what is on disk."""
        self.outbox.close()
        if not keep_process:
            self.process.close()
            self._open_process()
        self._open_webhooks()

    def close(self) -> None:
        self.outbox.close()
        self.process.close()

    def _open(self) -> None:
        self._open_process()
        self._open_webhooks()

    def _open_process(self) -> None:
        self.process: DecisionProcess = open_process(self._settings, "shop", clock=self.clock)

    def _open_webhooks(self) -> None:
        self.outbox = Outbox(self.folder / "webhooks.db")
        self.webhooks = Webhooks(
            self.process.journal,
            self.outbox,
            KEY,
            clock=self.clock,
            entropy=SeededEntropy(7),
            sender=self.receiver,  # type: ignore[arg-type]
        )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path)
    yield one
    one.close()
