"""The child process of a look: ``python -m tandem.learn.monitoring.worker FOLDER``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from tandem.decide.decisions import open_beside
from tandem.kernel.settings import load_settings
from tandem.kernel.time import SystemClock
from tandem.learn.monitoring.desk import LookWork
from tandem.learn.monitoring.looking import ModelAsked, look_at_label, look_at_model
from tandem.learn.runs import Progress, run_child
from tandem.observe.lake import Lake

__all__ = ["look"]

_NICE: Final = 10
"""Somebody may wait for it, but no decision for them."""


def look(asked: bytes, folder: Path, progress: Progress) -> bytes:  # noqa: ARG001 - every worker is given its folder
    """Look at what was asked; what was seen."""
    work = msgspec.json.decode(asked, type=LookWork)
    home = Path(work.home)
    # How the journal is reached is in the environment, as it is for the server: its password is written nowhere.
    settings = msgspec.structs.replace(load_settings(os.environ), home=home)
    with open_beside(settings, work.workspace) as beside:
        lake = Lake(home / "lake", clock=SystemClock())
        progress(0, 1)
        if isinstance(work.asked, ModelAsked):
            return msgspec.json.encode(look_at_model(beside, lake, work.asked))
        return msgspec.json.encode(look_at_label(beside, lake, work.asked))


if __name__ == "__main__":
    run_child(look, nice=_NICE)
