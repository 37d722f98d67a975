"""The journal: verified, backed up, restored, exported; and people erased from it."""

from __future__ import annotations

import typer

__all__ = ["group"]


def group() -> typer.Typer:
    """The commands under ``tandem journal``."""
    return typer.Typer(help="The one book: verify, back up, restore, export.", no_args_is_help=True)
