"""The desk: what experiments there are, how they stand, and the two things that may be done to them without waiting."""

from __future__ import annotations

import threading
from typing import Any, Final

import msgspec

from tandem.decide.decisions import DecisionProcess, LiveRelease, document_of
from tandem.decide.experiments import Experiment, parse_experiment
from tandem.kernel.artefacts import Activation, Artefact, ArtefactKey, ArtefactVersion
from tandem.kernel.errors import Conflict, NotFound, near_match
from tandem.kernel.identity import Digest
from tandem.kernel.time import Clock
from tandem.learn.experiments.guarding import approved_minor, guard_readings
from tandem.learn.experiments.observing import Observations
from tandem.learn.experiments.promoting import promotion_of
from tandem.learn.experiments.reading import Standing, experiment_reading, sides_of
from tandem.learn.experiments.results import ExperimentReading, ExperimentState, GuardReading

__all__ = ["ExperimentDesk"]


_SAME_FOR: Final = 60_000_000
"""Microseconds in which silence makes no label riper, as far as anybody looks."""


class ExperimentDesk:
    """Experiments of one workspace. Safe to call from several threads.

    Args:
        process: whose decisions are read; stops and drafts go through it.
    """

    def __init__(self, process: DecisionProcess, *, clock: Clock) -> None:
        self._process = process
        self._clock = clock
        self._lock = threading.Lock()
        self._observed: dict[str, tuple[Any, Observations]] = {}
        self._readings: dict[str, tuple[Any, ExperimentReading]] = {}

    def names(self) -> tuple[str, ...]:
        """Every experiment that was ever pushed, sorted."""
        return tuple(key.name for key in self._process.state.register.keys("experiment"))

    def version(self, name: str) -> ArtefactVersion:
        """The version that stands in the live release, else the one that stood in one last, else the newest draft.

        Raises:
            NotFound: no experiment is called so.
        """
        register, key = self._process.state.register, ArtefactKey("experiment", name)
        if key not in register.keys("experiment"):
            raise NotFound(
                "There is no such experiment.",
                code="unknown_experiment",
                field="name",
                value=name,
                hint=near_match(name, self.names()) or "write experiments/NAME.yaml, push it and have it reviewed",
            )
        home = self._home(name)
        return register.latest(key) if home is None else register.version(home[1])

    def definition(self, name: str) -> Experiment:
        """What it says.

        Raises:
            NotFound: no experiment is called so.
        """
        return parse_experiment(document_of(self.version(name).artefact))

    def standing(self, name: str) -> Standing:
        """Whether it runs, since when, and who ended it why.

        Raises:
            NotFound: no experiment is called so.
        """
        register, version = self._process.state.register, self.version(name)
        went = self._activations(name, version.artefact)
        live = register.live
        digest = None if live is None else live.manifest.get(f"experiment/{name}")
        started = went[0].at if went else None
        if digest is not None and parse_experiment(document_of(register.version(digest).artefact)).ended:
            since = next(
                one
                for one in register.went_live
                if register.release_of(one.release).manifest.get(f"experiment/{name}") == digest
            )
            return Standing("ended", started=started, ended=since.at, by=since.by, reason=since.note or None)
        withdrawal = register.withdrawn.get(version.artefact.digest)
        if withdrawal is not None:
            return Standing("stopped", started=started, ended=withdrawal.at, by=withdrawal.by, reason=withdrawal.reason)
        state: ExperimentState = "draft" if not went else "running" if digest == version.artefact.digest else "retired"
        return Standing(state, started=started)

    def reading(self, name: str) -> ExperimentReading:
        """Everything there is to say of it now.

        Raises:
            NotFound: no experiment is called so.
            Conflict: it never stood in a release, so there is nothing to read.
        """
        seen, standing, now = self._read(name), self.standing(name), self._clock.now()
        head = int(self._process.journal.head.seq)
        key = (id(seen), seen.changes, seen.unread, standing.state, now // _SAME_FOR)
        known = self._readings.get(name)
        if known is None or known[0] != key:
            known = (key, experiment_reading(seen, standing, now=now, read_to=head))
            self._readings[name] = known
        return msgspec.structs.replace(known[1], read_to=head)

    def guards(self, name: str) -> tuple[tuple[GuardReading, ...], int | None]:
        """Its safety limits now, and what its challengers approved: as much of a reading as a watch needs."""
        sides = sides_of(self._read(name), self._clock.now())
        challengers = range(1, len(sides.experiment.arms))
        return guard_readings(sides), approved_minor(sides, challengers)

    def stop(self, name: str, *, by: str, reason: str) -> None:
        """End it at once: everybody gets the champion from the next decision on. It needs no review, and is for good.

        Raises:
            NotFound: no experiment is called so.
            Conflict: it does not run.
            InvalidInput: no reason.
        """
        self.version(name)
        live = self._process.live
        trial = None if live is None else live.arms.running.get(name)
        if trial is None:
            raise Conflict(
                "It does not run.", code="not_running", field="name", value=name, hint="see GET /v1/experiments"
            )
        self._process.withdraw([trial.digest], by=by, reason=reason)

    def before(self, name: str) -> Digest | None:
        """The release in force before the experiment, by whatever version, first was; None where there was none."""
        register, key = self._process.state.register, f"experiment/{name}"
        without = [one.release for one in register.went_live if key not in register.release_of(one.release).manifest]
        return without[-1] if without else None

    def promote(self, name: str, *, by: str, arm: str | None = None, note: str = "") -> tuple[Artefact, ...]:
        """Push the drafts that put a challenger in the champion's place; see ``promotion_of``. Somebody else reviews them.

        Raises:
            NotFound: no experiment is called so.
            Conflict: it does not stand in the live release.
            InvalidInput: there is no such challenger.
        """
        artefact = self.version(name).artefact
        live, register = self._process.live, self._process.state.register
        release = register.live
        if live is None or release is None or name not in live.arms.trials:
            raise Conflict("It does not stand in the live release.", code="not_running", field="name", value=name)
        drafts = promotion_of(register, release.manifest, artefact, live.arms.trials[name].policy, arm)
        self._process.push(drafts, author=by, note=note or f"Promotion of experiment {name}")
        return drafts

    # -- inside

    def _activations(self, name: str, artefact: Artefact) -> list[Activation]:
        """Every time a release with this run of the experiment went live, oldest first."""
        register = self._process.state.register
        run = parse_experiment(document_of(artefact)).run
        found = []
        for one in register.went_live:
            digest = register.release_of(one.release).manifest.get(f"experiment/{name}")
            if digest is not None:
                other = parse_experiment(document_of(register.version(digest).artefact))
                if not other.ended and other.run == run:
                    found.append(one)
        return found

    def _home(self, name: str) -> tuple[Digest, Digest] | None:
        """(release, version of the experiment): the live one, else the last in which it did not stand as ended."""
        register = self._process.state.register
        for one in reversed(register.went_live):
            digest = register.release_of(one.release).manifest.get(f"experiment/{name}")
            if digest is not None and not parse_experiment(document_of(register.version(digest).artefact)).ended:
                return one.release, digest
        return None

    def _read(self, name: str) -> Observations:
        home = self._home(name)
        if home is None:
            self.version(name)
            raise Conflict("It has not been live yet.", code="not_started", field="name", value=name)
        live = self._release(home[0])
        trial = live.arms.trials[name]
        key = (trial.digest, repr(live.context_for(trial.experiment.on)), live.digest)
        with self._lock:
            known = self._observed.get(name)
            if known is None or known[0] != key:
                known = (key, Observations(self._process, live, name, clock=self._clock))
                self._observed[name] = known
        known[1].extend()
        return known[1]

    def _release(self, digest: Digest) -> LiveRelease:
        live = self._process.live
        return live if live is not None and live.digest == digest else self._process.archive.release(digest)
