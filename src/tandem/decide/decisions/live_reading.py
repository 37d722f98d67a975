"""What a room reads from the live release: refused where it does not hold together, read once, and nothing where it cannot be read."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.process import DecisionProcess
from tandem.kernel.errors import TandemError

__all__ = ["LiveReading"]

_LOG = logging.getLogger(__name__)
T = TypeVar("T")


class LiveReading(Generic[T]):
    """Safe to read from several threads.

    Args:
        process: whose releases are read; one that ``read`` refuses does not go live.
        read: what is in force under a release; raises TandemError where it does not hold together.
        nothing: what there is where no release is live, or where one went live under another version of this program, or on
            an earlier day, that did not refuse it.
        otherwise: for the log: what follows from that.
    """

    def __init__(
        self, process: DecisionProcess, read: Callable[[LiveRelease], T], *, nothing: T, otherwise: str
    ) -> None:
        self._process = process
        self._read = read
        self._nothing = nothing
        self._otherwise = otherwise
        self._known: tuple[LiveRelease | None, T] = (None, nothing)
        process.check_releases(self._check)

    @property
    def now(self) -> T:
        """Of the live release."""
        live = self._process.live
        known, found = self._known
        if live is not known:
            found = self._nothing if live is None else self._or_nothing(live)
            self._known = (live, found)  # one assignment: other threads read it too
        return found

    def _check(self, live: LiveRelease) -> None:
        self._read(live)

    def _or_nothing(self, live: LiveRelease) -> T:
        try:
            return self._read(live)
        except TandemError as error:
            _LOG.warning("%s: %s", self._otherwise, error)
            return self._nothing
