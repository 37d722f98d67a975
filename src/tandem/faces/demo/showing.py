"""What the person who started the demo sees: steps with their progress, and the table at the end."""

from __future__ import annotations

import contextlib
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from tandem.faces.demo.people import Invited
from tandem.faces.demo.playing import Server
from tandem.faces.demo.telling import Ring, Told

__all__ = ["Screen"]

_PLAIN_WIDTH = 120
_REAL = """[bold]The example lender[/bold], on real public data and, where none may be had, on a labelled simulation:
  real       4,454 loan applications (modeldata credit_data), 15,167 of 30,000 card accounts over six months (Taiwan 2005)
  synthetic  arrival times of the applications; the calendar of the accounts, whose six months end yesterday
  simulated  card payments, instalments at the till, and the fraud in both (tandem.learn.simulator); that who is approved signs;
             what borrowers do with their loans, and its misuse
"""


def _tandem() -> str:
    """The command as this person's shell finds it."""
    return "tandem" if shutil.which("tandem") else str(Path(sys.executable).with_name("tandem"))


class _Bars:
    """The ``Progress`` that preparing and playing report to, on a terminal."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def step(self, name: str, total: int) -> None:
        self._task = self._bars.add_task(name, total=total)

    def advance(self, parts: int) -> None:
        if self._task is not None:
            self._bars.advance(self._task, parts)


class _Lines:
    """The same where nobody watches: a line a step, with its seconds."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._name = ""
        self._started = time.perf_counter()

    def step(self, name: str, total: int) -> None:
        self.done()
        self._name, self._started = f"{name} ({total:,})", time.perf_counter()

    def advance(self, parts: int) -> None:
        """A line a step is enough."""

    def done(self) -> None:
        if self._name:
            self._console.print(f"{time.perf_counter() - self._started:5.1f} s  {self._name}", highlight=False)
            self._name = ""


class Screen:
    """Standard error for progress, standard output for the table; ``quiet`` shows neither bars nor words."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._err = Console(stderr=True, quiet=quiet)
        self._out = Console(quiet=quiet, width=None if sys.stdout.isatty() else _PLAIN_WIDTH)

    def say_what_is_real(self) -> None:
        """Before anything else."""
        self._err.print(_REAL, highlight=False)

    @contextlib.contextmanager
    def progress(self) -> Iterator[_Bars | _Lines]:
        """Bars for the steps that follow; lines where there is no terminal."""
        if not self._err.is_terminal:
            lines = _Lines(self._err)
            yield lines
            lines.done()
            return
        columns = (
            TextColumn("{task.description:<74}"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self._err) as bars:
            yield _Bars(bars)

    def table(self, told: Told) -> None:
        """The figures, each with what it was measured on."""
        table = Table("figure", "value", "measured on", title="What came of it", title_justify="left")
        for one in told.figures:
            table.add_row(one.name, one.shown, one.basis)
        self._out.print(table)
        self._out.print(f"{told.seconds:.0f} s in all.")

    def where_to_go(
        self,
        server: Server,
        folder: Path,
        ring: Ring | None,
        flagged: str | None,
        people: Sequence[Invited],
        *,
        at_home: bool,
    ) -> None:
        """What to look at next.

        Args:
            flagged: page of an account that monitoring flagged.
            people: whose links wait.
            at_home: whether commands in ``folder`` find its data by themselves; else ``TANDEM_HOME`` has to say where.
        """
        address = server.address
        self._out.print(f"\nThe page:  [bold]{address}[/bold]\nThe API:   {address}/openapi.json", highlight=False)
        if server.welcome is not None:
            self._out.print(
                f"Sign in:   [bold]{server.welcome}[/bold]\n           (works once, for the first who comes in)",
                highlight=False,
                soft_wrap=True,
            )
        if ring is not None:
            self._out.print(
                f"A ring:    [bold]{address}{ring.page}[/bold]\n           (SIMULATED) {ring.words}\n"
                f"           in the explorer: {address}{ring.explorer}",
                highlight=False,
                soft_wrap=True,
            )
        self._out.print(f"Accounts:  {address}/accounts", highlight=False)
        if flagged is not None:
            self._out.print(
                f"           (SIMULATED movements) flagged for misuse of funds: [bold]{address}{flagged}[/bold]",
                highlight=False,
                soft_wrap=True,
            )
        for one in people:
            self._out.print(
                f"As {one.name + ':':<7} [bold]{one.link}[/bold]\n           (works once) {one.does}; begin at {address}{one.page}",
                highlight=False,
                soft_wrap=True,
            )
        command = ("" if at_home else "TANDEM_HOME=.tandem ") + _tandem()
        self._out.print(
            f"A shop:    cd {folder} && {command} shop --product till_instalments\n"
            f"           in another window: a till where customers apply, read the price, sign, and get money back\n"
            f"By hand:   cd {folder} && {command} explain app-000001   ({command} --help for the rest)",
            highlight=False,
            soft_wrap=True,
        )

    def stay(self, address: str) -> None:
        """Wait until the person has had enough."""
        self._err.print("\nStaying up; Ctrl-C stops.")
        enough = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: enough.set())
        enough.wait()
        self._err.print(f"Stopping {address}.")
