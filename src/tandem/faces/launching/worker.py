"""The child process of an assessment: ``python -m tandem.faces.launching.worker FOLDER``."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from tandem.act.products import parse_product
from tandem.decide.decisions import open_beside
from tandem.faces.launching.quoting import quoted_by
from tandem.kernel.settings import load_settings
from tandem.kernel.time import DAY, SystemClock
from tandem.learn.assessment import AssessmentWork, assess
from tandem.learn.backtest import Sources, lake_for
from tandem.learn.runs import Progress, run_child

__all__ = ["assessment"]


def assessment(asked: bytes, folder: Path, progress: Progress) -> bytes:  # noqa: ARG001 - every worker is given its folder
    """Answer the question that was asked; its report."""
    work = msgspec.json.decode(asked, type=AssessmentWork)
    home, clock = Path(work.home), SystemClock()
    quoted = quoted_by({name: parse_product(one) for name, one in work.products.items()}, clock.now() // DAY)
    # How the journal is reached is in the environment, as it is for the server: its password is written nowhere.
    settings = msgspec.structs.replace(load_settings(os.environ), home=home)
    with open_beside(settings, work.workspace) as beside:
        last = beside.store.last()
        lake = lake_for(home / "lake", 0 if last is None else int(last[0]), clock=clock)
        sources = Sources.beside(beside, lake, clock=clock)
        return msgspec.json.encode(assess(sources, work.asked, quoted, progress=progress))


if __name__ == "__main__":
    run_child(assessment)
