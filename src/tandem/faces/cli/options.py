"""Options that many commands share, so that they are called the same everywhere."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

__all__ = ["AsJson", "By", "Folder", "Note", "ServerUrl", "person"]

AsJson: TypeAlias = Annotated[
    bool, typer.Option("--json", help="Print one JSON document to stdout and nothing else; problems go to stderr.")
]
Folder: TypeAlias = Annotated[
    Path,
    typer.Option("--workspace", "-w", help="Folder with workspace.yaml.", show_default="this folder"),
]
ServerUrl: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--server",
        help="Ask a running server instead of opening the workspace.",
        show_default="the one that has the workspace open, if any",
    ),
]
By: TypeAlias = Annotated[
    str | None, typer.Option("--by", help="Your name, for the record.", show_default="your login name")
]
Note: TypeAlias = Annotated[str, typer.Option("--note", "-m", help="Why, for the record.")]


def person(by: str | None) -> str:
    """The name to put on record: the one given, or the login name."""
    return by or getpass.getuser()
