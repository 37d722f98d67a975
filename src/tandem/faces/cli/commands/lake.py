"""The lake: kept up to date beside whatever writes the journal."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tandem.faces.cli.access import header_of, settings
from tandem.faces.cli.options import Folder
from tandem.faces.cli.showing import say
from tandem.kernel.errors import Conflict, Unavailable
from tandem.kernel.time import SystemClock

if TYPE_CHECKING:
    from tandem.decide.decisions import Beside

__all__ = ["group"]

_NICE = 10
"""How far the follower steps back behind the process that decides."""
_LOOK_S = 0.25
"""Seconds between two looks for a change of lists or releases: that reaches every process within a second."""


def group() -> typer.Typer:
    """The commands under ``tandem lake``."""
    app = typer.Typer(help="The lake: everything that happened, as tables.", no_args_is_help=True)
    app.command()(follow)
    app.callback()(lambda: None)  # one command, still named
    return app


def follow(
    every: Annotated[float, typer.Option(help="Seconds between two looks at the journal.", min=0.1)] = 2.0,
    with_parent: Annotated[bool, typer.Option("--with-parent", hidden=True, help="End when stdin ends.")] = False,
    folder: Folder = Path(),
) -> None:
    """Copy what happens into the lake, a few seconds behind, until stopped. `tandem serve` runs one of these.

    Examples:
        tandem lake follow --every 10
    """
    from tandem.decide.decisions import open_beside
    from tandem.observe.lake import Lake

    os.nice(_NICE)
    chosen = settings()
    lake = Lake(chosen.home / "lake", clock=SystemClock())
    with open_beside(chosen, header_of(folder).name) as beside, contextlib.suppress(KeyboardInterrupt):
        while True:
            known = 0
            try:
                known = _place(beside)
                live = beside.live()
                if live is not None:
                    lake.project(beside.journal, live.reader)
            except (Conflict, Unavailable) as error:  # somebody else is projecting, or the database is away: next time
                if error.code != "lake_busy":
                    say(f"The lake waits: {error}")
            if _waited(beside, known, every, with_parent=with_parent):
                return


def _place(beside: Beside) -> int:
    """Of the last record."""
    last = beside.store.last()
    return 0 if last is None else last[0]


def _waited(beside: Beside, known: int, seconds: float, *, with_parent: bool) -> bool:
    """Wait, but no longer than until a list or a release changes behind ``known``; whether the parent has gone."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if _ended(min(left, _LOOK_S), with_parent=with_parent):
            return True
        if _changed_since(beside, known):
            return False
    return False


def _changed_since(beside: Beside, seq: int) -> bool:
    try:
        return next(beside.journal.read(seq + 1, kinds=["list", "artefact"]), None) is not None
    except Unavailable:  # the database is away: the next projection will say so
        return False


def _ended(seconds: float, *, with_parent: bool) -> bool:
    """Wait; whether the parent has gone meanwhile."""
    if not with_parent:
        time.sleep(seconds)
        return False
    readable, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(readable) and not os.read(sys.stdin.fileno(), 1)
