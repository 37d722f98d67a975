"""What the HTTP face needs of the decision process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from tandem.kernel.errors import TandemError

__all__ = ["Answer", "OnAnswer", "Process"]


class Answer(Protocol):
    """A durable answer: the same bytes each time the same event is sent."""

    body: bytes
    status: int
    duplicate: bool


OnAnswer = Callable[["Answer | TandemError"], None]


class Process(Protocol):
    def decide(self, document: dict[str, Any], *, policy: str | None = None, on_answer: OnAnswer) -> None: ...
    def record(self, document: dict[str, Any], *, on_answer: OnAnswer) -> None: ...
    def explain(self, decision_id: str) -> dict[str, Any]: ...
    def replay(self, decision_id: str) -> dict[str, Any]: ...
    def health(self) -> dict[str, Any]: ...
    def subscribe(self, callback: Callable[[dict[str, Any]], None]) -> Callable[[], None]: ...
