"""Progress bars, on stderr, and silent where nobody looks."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

__all__ = ["counting", "measured"]


@contextlib.contextmanager
def counting(words: str, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """A counter without a known end; the function it gives adds to it."""
    if quiet or not sys.stderr.isatty():
        yield lambda _count: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:,}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(words, total=None)
        yield lambda count: progress.advance(task, count)


@contextlib.contextmanager
def measured(words: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A bar with a known end; the function it gives takes (done, total)."""
    if quiet or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(words, total=1)
        yield lambda done, total: progress.update(task, completed=done, total=total)
