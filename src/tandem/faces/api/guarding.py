"""Guard rails at work: every decision is held against the limits of the live release; a breach puts the one before back.

A guard acts once for a release that a person put in force. What it brought back is not guarded again until a person
releases: two releases that both break a limit would else take turns for ever. Nor does what it brought back try a challenger again:
its experiments are withdrawn first.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from tandem.decide.decisions import Changed, Decided, DecisionProcess
from tandem.decide.guards import Breach, Watched
from tandem.kernel.artefacts import ArtefactKey, ArtefactRegister
from tandem.kernel.errors import TandemError
from tandem.kernel.identity import Digest
from tandem.kernel.time import Clock
from tandem.learn.experiments import SYSTEM

__all__ = ["GUARD", "GuardWatch"]

GUARD: Final = "guard rail"
"""Who rolled back, in the record."""
_EVERY: Final = 20
"""Decisions between two judgements of one policy: sorting a window's times costs more than a decision."""
_LOG = logging.getLogger(__name__)


class GuardWatch:
    """Watches a process.

    Args:
        process: whose decisions are watched, and who rolls back.
        failures: how many decisions the server has failed to take so far.
    """

    def __init__(self, process: DecisionProcess, clock: Clock, failures: Callable[[], int]) -> None:
        self._process = process
        self._clock = clock
        self._failures = failures
        self._lock = threading.Lock()
        self._watched: dict[str, list[Watched]] = {}
        self._failed = failures()
        self._count = 0
        self._arm()

    def changed(self, change: Changed) -> None:
        """Begin anew where a release went live."""
        if change.kind == "release":
            self._arm()

    def decided(self, decided: Decided) -> None:
        """Take in one durable decision; from the journal's thread, so nothing waits here."""
        if not self._watched:
            return
        now = self._clock.now()
        with self._lock:
            failed = self._failures()
            for rails in self._watched.values():
                for rail in rails:
                    for _ in range(min(failed - self._failed, rail.rail.minimum)):
                        rail.failed(now)
            self._failed = failed
            took = sum(decided.trail.timings_us.values())
            for rail in self._watched.get(decided.trail.policy, ()):
                rail.decided(now, approved=decided.trail.outcome == "approve", took_us=took)
            self._count += 1
            if self._count % _EVERY:
                return
            breach = next(
                (found for rails in self._watched.values() for one in rails if (found := one.breach(now))), None
            )
            if breach is None:
                return
            self._watched = {}
        # The roll-back waits for the journal, whose own thread this is.
        threading.Thread(target=self._roll_back, args=(breach,), name="guard rail", daemon=True).start()

    def _arm(self) -> None:
        with self._lock:
            self._watched = {}
            self._failed = self._failures()
            live = self._process.state.live
            activations = self._process.state.register.activations
            if live is None or not activations or activations[-1][2] in {GUARD, SYSTEM}:
                return
            for rail in live.guards:
                self._watched.setdefault(rail.policy, []).append(Watched(rail))

    def _roll_back(self, breach: Breach) -> None:
        register = self._process.state.register
        try:
            if experiments := _running_in(register, register.back_to):
                self._process.withdraw(experiments, by=GUARD, reason=breach.reason)
            self._process.roll_back(by=GUARD, note=breach.reason)
        except TandemError as error:
            _LOG.warning("A guard rail was broken and there is no way back: %s (%s)", breach.reason, error)
        else:
            _LOG.warning("Rolled back by a guard rail: %s", breach.reason)


def _running_in(register: ArtefactRegister, release: Digest | None) -> list[Digest]:
    """Experiments that would run again with a release."""
    manifest = {} if release is None else register.release_of(release).manifest
    found = [digest for key, digest in manifest.items() if ArtefactKey.of(key).kind == "experiment"]
    return [digest for digest in found if digest not in register.withdrawn]
