"""The daily cycle of a workspace: its plans, its journal by way of the lake, and its runs, put together in one place."""

from __future__ import annotations

import contextlib
import logging
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from tandem.decide.decisions import DecisionProcess, LiveRelease, open_beside
from tandem.kernel.errors import TandemError
from tandem.kernel.settings import Settings
from tandem.kernel.time import Clock, SystemClock
from tandem.observe.lake import Lake

if TYPE_CHECKING:
    from tandem.learn.iteration import Iterations, RunStore, Setting, Told

__all__ = ["Scheduled", "check_plans", "kept_runs", "open_iterations"]

_SEARCH_PATH: Final = re.compile(r"search_path=([a-z0-9_]+)")
_NAME_MOST: Final = 63
"""Bytes of a name in PostgreSQL."""
_LOG = logging.getLogger(__name__)


def kept_runs(settings: Settings) -> RunStore:
    """The runs of every plan of a workspace."""
    from tandem.learn.iteration import RunStore

    return RunStore(settings.home / "iterations")


@contextlib.contextmanager
def open_iterations(
    process: DecisionProcess,
    settings: Settings,
    workspace: str,
    *,
    clock: Clock | None = None,
    told: Told | None = None,
) -> Iterator[Iterations]:
    """The days of the plans that are live in ``process``, ready to be run by this process."""
    from tandem.learn.iteration import Iterations, LakeFeed, LakeTrials, ReleaseDesk, Setting, plans_of

    now = clock or SystemClock()
    store = kept_runs(settings)
    with open_beside(settings, workspace, clock=clock) as beside:
        lake = settings.home / "lake"
        feed, trials = LakeFeed(beside, Lake(lake, clock=now), now), LakeTrials(beside, lake, now)

        def plans() -> dict[str, Setting]:
            live = process.live
            found = {} if live is None else plans_of(live)
            return {
                name: Setting(plan, feed, ReleaseDesk(process, plan), store, trials) for name, plan in found.items()
            }

        url, schema = _jobs(settings, workspace, store.folder)
        with Iterations(plans, store, url=url, schema=schema, told=told) as iterations:
            yield iterations


def check_plans(live: LiveRelease) -> None:
    """Refuse a release whose plans do not hold together with it; where there are none, nothing is loaded for it.

    Raises:
        DefinitionError: with every fault.
    """
    if _has_plans(live):
        from tandem.learn.iteration import check_iterations

        check_iterations(live)


class Scheduled:
    """Runs every live plan by its schedule in a thread of its own, and follows plans as they are released."""

    def __init__(self, process: DecisionProcess, settings: Settings, workspace: str) -> None:
        self._process = process
        self._settings = settings
        self._workspace = workspace
        self._changed = threading.Event()
        self._ending = False
        self._thread = threading.Thread(target=self._follow, name="iterations", daemon=True)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Run while the context lasts; a day underway is gone on with at the next start."""
        stop_watching = self._process.watch_changes(lambda _: self._changed.set())
        self._changed.set()
        self._thread.start()
        try:
            yield
        finally:
            stop_watching()
            self._ending = True
            self._changed.set()
            self._thread.join()

    def _follow(self) -> None:
        with contextlib.ExitStack() as stack:
            iterations: Iterations | None = None
            while True:
                self._changed.wait()
                self._changed.clear()
                if self._ending:
                    return
                try:
                    if iterations is None and _has_plans(self._process.live):
                        opened = open_iterations(self._process, self._settings, self._workspace)
                        iterations = stack.enter_context(opened)
                    if iterations is not None:
                        iterations.keep_schedules()
                except TandemError:
                    _LOG.exception("The plans of daily iterations cannot be followed.")


def _has_plans(live: LiveRelease | None) -> bool:
    return live is not None and any(one.kind == "iteration" for one in live.carried)


def _jobs(settings: Settings, workspace: str, folder: Path) -> tuple[str, str]:
    """Where durable jobs are kept, and in which schema: with the journal in PostgreSQL, else in a file beside the runs.

    A schema of their own for each journal: workspaces that share a database have plans of the same name.
    """
    schema = f"tandem_jobs_{workspace}"
    if settings.journal.startswith("postgresql://"):
        found = _SEARCH_PATH.search(unquote(settings.journal))
        schema = schema if found is None else f"{found[1]}_jobs"
        return settings.journal.replace("postgresql://", "postgresql+psycopg://", 1), schema[:_NAME_MOST]
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{(folder / 'jobs.sqlite').resolve()}", schema[:_NAME_MOST]
