"""One supervisor for all runs of a session: it imports everything once, and every worker is a fork of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from crash_harness.asking import Asked
from crash_harness.clients import Callers
from crash_harness.plan import WORKSPACE, Died, Killed, Listening, Over, Ready, Run, Told
from crash_harness.reconciling import Finding, reconcile
from crash_harness.worker import settings_of
from small_workspace import APPLICATION, BLOCKED, NETWORK, REASONS, VELOCITY, VERDICT, go_live
from small_workspace_network import network, scored

from tandem.decide.decisions import open_process

_DECODE = msgspec.json.Decoder(Told).decode
CLIENTS = 12


class Supervisor:
    """The program that forks, serves and kills; spoken to by lines."""

    def __init__(self, log: IO[bytes]) -> None:
        here = Path(__file__).parent
        paths = [str(here), str(here.parent / "shared"), os.environ.get("PYTHONPATH", "")]
        self._program = subprocess.Popen(
            [sys.executable, "-m", "crash_harness.supervisor"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )
        assert isinstance(self._hear(), Ready)

    def run(self, run: Run) -> Iterator[Told]:
        """Start ``run`` and tell what happens in it, up to ``Over``."""
        assert self._program.stdin is not None
        self._program.stdin.write(msgspec.json.encode(run) + b"\n")
        self._program.stdin.flush()
        while not isinstance(told := self._hear(), Over):
            yield told

    def enough(self) -> None:
        """Let the worker of a run ``until_told`` be killed."""
        assert self._program.stdin is not None
        self._program.stdin.write(b"enough\n")
        self._program.stdin.flush()

    def close(self) -> None:
        assert self._program.stdin is not None
        self._program.stdin.close()
        self._program.wait(30)
        assert self._program.stdout is not None
        self._program.stdout.close()

    def _hear(self) -> Told:
        assert self._program.stdout is not None
        line = self._program.stdout.readline()
        assert line, "the supervisor has ended"
        return _DECODE(line)


@dataclass
class Outcome:
    """What a run came to."""

    run: Run
    kills: Counter[str]
    starts_ms: list[float]
    asked: list[Asked]
    findings: list[Finding]

    @property
    def found(self) -> set[str]:
        """The kinds of promises broken."""
        return {finding.kind for finding in self.findings}

    def summary(self) -> str:
        """One line for people."""
        answered = [one for one in self.asked if one.status is not None]
        again = [one for one in answered if one.attempts > 1]
        starts = sorted(self.starts_ms) or [0.0]
        return (
            f"{'PostgreSQL' if self.run.journal else 'SQLite'}: {sum(self.kills.values())} kills "
            f"({self.kills['starting']} while starting), {len(answered)} answers acknowledged, "
            f"{len(again)} asked again ({sum(one.duplicate for one in again)} of them had been decided unheard), "
            f"{len(self.asked) - len(answered)} left open; start p50 {starts[len(starts) // 2]:.0f} ms, longest wait "
            f"of a client {max((one.took_s for one in answered), default=0):.2f} s; {len(self.findings)} findings"
        )


@pytest.fixture(scope="session")
def supervisor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervisor]:
    with (tmp_path_factory.mktemp("crash") / "workers.log").open("wb") as log:
        one = Supervisor(log)
        yield one
        one.close()


@pytest.fixture
def crashed(
    supervisor: Supervisor, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[..., Outcome]:
    """Kills workers under load as asked, and reconciles.

    The workspace goes live before the first kill; ``fresh``, after the last, on whatever folder these left.
    ``trouble`` is what to do to a single worker instead, until it returns; it gives the promises it saw broken.
    """

    def crash(
        *, fresh: bool = False, trouble: Callable[[Callers], list[Finding]] | None = None, **plan: object
    ) -> Outcome:
        run = Run(home=str(tmp_path_factory.mktemp("home")), **plan)
        if not fresh:
            _go_live(run)
        outcome = Outcome(run, Counter(), [], [], [])
        callers: Callers | None = None
        for told in supervisor.run(run):
            if isinstance(told, Listening):
                callers = Callers(told.port, CLIENTS, run.seed)
                callers.start()
                if trouble is not None:
                    outcome.findings += trouble(callers)
                    supervisor.enough()
            elif isinstance(told, Killed):
                outcome.kills[told.phase] += 1
                outcome.starts_ms += [] if told.start_ms is None else [told.start_ms]
            elif isinstance(told, Died):
                outcome.findings.append(Finding("died", told.reason))
        assert callers is not None
        callers.stop()
        outcome.asked = callers.asked()
        outcome.findings += [Finding("hang", fault) for fault in callers.faults]
        if fresh:
            _go_live(run)
        outcome.findings += reconcile(run, outcome.asked)
        if not fresh:
            request.node.user_properties.append(("crash", outcome.summary()))
        return outcome

    return crash


def _go_live(run: Run) -> None:
    process = open_process(settings_of(run), WORKSPACE)
    go_live(process, APPLICATION, VERDICT, VELOCITY, BLOCKED, REASONS, NETWORK, network(), scored())
    process.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was survived, in figures."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, [])]
    for report in reports:
        for name, text in getattr(report, "user_properties", ()):
            if name == "crash":
                terminalreporter.write_line(f"{report.nodeid.partition('::')[2]}: {text}")
