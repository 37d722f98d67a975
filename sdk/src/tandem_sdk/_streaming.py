"""Reading server-sent events: lines in, events out. No I/O here."""

from __future__ import annotations

from typing import Any

import msgspec

__all__ = ["EventLines", "StreamEvent"]


class StreamEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the live stream.

    Attributes:
        event: ``decisions`` (the newest, and how many were left out) or ``changed``.
        id: give it back to go on from there; None where the stream gives none.
    """

    event: str
    data: dict[str, Any]
    id: str | None = None


class EventLines:
    """Puts lines together to events. ``last_id`` and ``retry_s`` are what a reader needs to connect anew."""

    def __init__(self, last_id: str | None = None) -> None:
        self.last_id = last_id
        self.retry_s = 1.0
        self._event = ""
        self._data: list[str] = []

    def feed(self, line: str) -> StreamEvent | None:
        """Take one line without its end; the event it completes, if it does."""
        if not line:
            return self._complete()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            self._event = value
        elif name == "data":
            self._data.append(value)
        elif name == "id" and "\0" not in value:
            self.last_id = value
        elif name == "retry" and value.isdigit():
            self.retry_s = int(value) / 1000
        return None  # a comment, or a field of a later version

    def cut(self) -> None:
        """The connection ended: what is half there is dropped."""
        self._event, self._data = "", []

    def _complete(self) -> StreamEvent | None:
        event, data = self._event or "message", "\n".join(self._data)
        self.cut()
        if not data:
            return None
        told = msgspec.json.decode(data)
        return StreamEvent(event=event, data=told if isinstance(told, dict) else {"value": told}, id=self.last_id)
