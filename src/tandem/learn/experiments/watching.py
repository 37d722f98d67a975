"""The watch: running experiments held against their safety limits, and ended without anybody being asked.

A thread looks while decisions come in, and again at least every few seconds, for labels come without decisions. A broken limit
withdraws the experiment: everybody has the champion from the next decision on, each decision being wholly the one or the other.
``roll_back`` puts the release from before the experiment back besides. Both are in the journal, by ``system``, with the figures.
That a challenger decides again always needs a review.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from typing import Final

from tandem.decide.decisions import Decided, DecisionProcess
from tandem.decide.experiments import Experiment
from tandem.kernel.errors import Conflict, TandemError
from tandem.kernel.time import Clock
from tandem.learn.experiments.desk import ExperimentDesk
from tandem.learn.experiments.results import GuardReading
from tandem.learn.experiments.wording import amount_of, measure_in_words

__all__ = ["SYSTEM", "ExperimentWatch"]

SYSTEM: Final = "system"
"""Who ends an experiment by itself, in the record."""
_REST_S: Final = 0.2
"""Between two looks while decisions come in."""
_REST_MOST_S: Final = 0.5
"""Longest between two looks while decisions come in: who is broken is ended within a second, however long a reading takes."""
_EVERY_S: Final = 5.0
"""Between two looks while none do."""
_COUNTED: Final = 1_000_000
_LOG = logging.getLogger(__name__)


class ExperimentWatch:
    """Watches the experiments of one process.

    Args:
        desk: where they are read.
        rest_s, every_s: seconds between two looks, while decisions come in and while none do.
    """

    def __init__(
        self,
        process: DecisionProcess,
        desk: ExperimentDesk,
        *,
        clock: Clock,
        rest_s: float = _REST_S,
        every_s: float = _EVERY_S,
    ) -> None:
        self._process = process
        self._desk = desk
        self._clock = clock
        self._rest_s = rest_s
        self._every_s = every_s
        self._news = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._unwatch: Callable[[], None] | None = None

    def start(self) -> None:
        """Watch in a thread of its own until ``close``."""
        self._unwatch = self._process.watch(self._decided)
        self._thread = threading.Thread(target=self._run, name="experiment-watch", daemon=True)
        self._thread.start()

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Watch while the block runs."""
        self.start()
        try:
            yield
        finally:
            self.close()

    def close(self) -> None:
        """Stop watching; a look that is under way is finished."""
        self._closing.set()
        self._news.set()
        if self._unwatch is not None:
            self._unwatch()
        if self._thread is not None:
            self._thread.join()

    def look(self) -> tuple[str, ...]:
        """Hold every running experiment against its limits; those that were ended."""
        live = self._process.live
        ended = []
        for name, trial in sorted({} if live is None else live.arms.running.items()):
            experiment = trial.experiment
            if not experiment.guards and experiment.exposure is None:
                continue
            found = self._broken(name, experiment)
            if found is not None:
                reason, action = found
                self._end(name, reason, roll_back=action == "roll_back")
                ended.append(name)
        return tuple(ended)

    def _broken(self, name: str, experiment: Experiment) -> tuple[str, str] | None:
        """(why, what follows) of the first limit that is broken."""
        guards, exposed = self._desk.guards(name)
        currency = "" if experiment.exposure is None else experiment.exposure.currency
        broken = next((one for one in guards if one.state == "broken"), None)
        if broken is not None:
            return reason_of(name, broken, currency), broken.action
        cap = experiment.exposure
        if cap is not None and experiment.mode != "shadow" and exposed is not None and exposed >= cap.amount_minor:
            told = [amount_of("exposure_minor", float(one), cap.currency, "en") for one in (exposed, cap.amount_minor)]
            return f"{name}: exposure is {told[0]}, and may be {told[1]}", "stop"
        return None

    def _end(self, name: str, reason: str, *, roll_back: bool) -> None:
        with contextlib.suppress(Conflict):  # somebody was faster
            self._desk.stop(name, by=SYSTEM, reason=reason)
        _LOG.warning("Experiment stopped: %s", reason)
        back = self._desk.before(name) if roll_back else None
        if back is None:
            return
        try:
            self._process.roll_back(by=SYSTEM, to=back, note=reason)
        except TandemError as error:
            _LOG.warning("There is no way back to the release before %s: %s", name, error)

    def _decided(self, _: Decided) -> None:
        live = self._process.live
        if live is not None and live.arms.running:
            self._news.set()

    def _run(self) -> None:
        while not self._closing.is_set():
            self._news.wait(self._every_s)
            self._news.clear()
            if self._closing.is_set():
                return
            started = self._clock.monotonic_ns()
            try:
                self.look()
            except Exception:  # noqa: BLE001 - a watch that dies of one bad reading watches nothing any more
                _LOG.exception("Experiments could not be looked at")
            took_s = (self._clock.monotonic_ns() - started) / 1e9
            # of a long reading little of the time, or watching would slow what it watches; but never a second late
            self._closing.wait(max(self._rest_s, min(9 * took_s, _REST_MOST_S)))


def reason_of(name: str, broken: GuardReading, currency: str) -> str:
    """Why, in one sentence with its figures, for the record."""
    words = measure_in_words(broken.measure)[0]
    difference = broken.against == "champion"
    value = amount_of(broken.measure, broken.value, currency, "en", difference=difference)
    limit = amount_of(broken.measure, broken.limit, currency, "en", difference=difference)
    against = " against the champion" if difference else ""
    sure = "" if broken.evidence is None else f", evidence {_counted(broken.evidence)} of {broken.needed:,.0f}"
    return (
        f"{name}, guard {broken.guard}: {words} of {broken.arm} is {value}{against} over {broken.decisions:,} decisions, "
        f"and the limit is {limit}{sure}"
    )


def _counted(evidence: float) -> str:
    """Nobody counts beyond a million."""
    return f"{evidence:,.0f}" if evidence <= _COUNTED else f"over {_COUNTED:,}"
