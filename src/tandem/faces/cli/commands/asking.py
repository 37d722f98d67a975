"""Questions to the lake and the metric centre."""

from __future__ import annotations

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Hang the commands on ``app``."""
