"""The lake: kept up to date beside whatever writes the journal."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tandem.faces.cli.access import header_of, settings
from tandem.faces.cli.options import Folder
from tandem.faces.cli.showing import say
from tandem.kernel.errors import Conflict, Unavailable
from tandem.kernel.time import SystemClock

if TYPE_CHECKING:
    from tandem.faces.lake_reading import ReadAhead

__all__ = ["group"]

_NICE = 10
"""How far the follower steps back behind the process that decides."""
_COMPACT_EVERY = 100
"""After so many copies the small files they left are joined; else every question would open them all."""
_LOOK_S = 0.1
"""Seconds between two looks whether a list or a release has changed."""
_SWITCH_S = 0.001
"""After this the copying, which holds the interpreter, lets the reading have it."""


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
    from tandem.faces.lake_reading import ReadAhead, UpTo
    from tandem.faces.read_marks import marks_of_lake
    from tandem.observe.lake import Lake

    chosen = settings()
    name = header_of(folder).name
    lake = Lake(chosen.home / "lake", clock=SystemClock())
    ahead = ReadAhead(lambda: open_beside(chosen, name), marks_of_lake(lake.root), clock=SystemClock())
    with open_beside(chosen, name) as beside, ahead, contextlib.suppress(KeyboardInterrupt):
        _step_back()
        for copies in count(1):
            place = ahead.take()
            try:
                live = beside.live()
                if live is not None:
                    lake.project(UpTo(beside.journal, place), live.reader)
                    if copies % _COMPACT_EVERY == 0:
                        lake.compact()
            except (Conflict, Unavailable) as error:  # somebody else is projecting, or the database is away: next time
                if error.code != "lake_busy":
                    say(f"The lake waits: {error}")
            if _waited(ahead, every, with_parent=with_parent):
                return


def _step_back() -> None:
    """Copy behind everybody else, but never in the way of who reads ahead."""
    os.nice(_NICE)  # of this thread and what it starts; the one that reads was started before
    sys.setswitchinterval(_SWITCH_S)


def _waited(ahead: ReadAhead, seconds: float, *, with_parent: bool) -> bool:
    """Wait, but no longer than until a list or a release changes; whether the parent has gone."""
    until = time.monotonic() + seconds
    while not ahead.changed and (left := until - time.monotonic()) > 0:
        if _ended(min(left, _LOOK_S), with_parent=with_parent):
            return True
    return _ended(0, with_parent=with_parent)


def _ended(seconds: float, *, with_parent: bool) -> bool:
    """Wait; whether the parent has gone meanwhile."""
    if not with_parent:
        time.sleep(seconds)
        return False
    readable, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(readable) and not os.read(sys.stdin.fileno(), 1)
