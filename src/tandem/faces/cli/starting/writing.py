"""Writing the starter: files of this package, copied, with the workspace's name put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tandem.kernel.errors import Conflict, InvalidInput

__all__ = ["prepared_folder", "workspace_name", "write_starter"]


def write_starter(folder: Path, name: str, *, sandbox: bool = False) -> list[Path]:
    """Write a small working workspace called ``name`` into ``folder``; the files written.

    Args:
        sandbox: one for partners, in which a request can ask for its outcome.

    Raises:
        Conflict: the folder has something in it.
        InvalidInput: the name has no letter to begin with.
    """
    workspace = workspace_name(name)
    prepared_folder(folder)
    found = {place: source for source, place in _files(files(__package__).joinpath("files"), folder)}
    if sandbox:
        found |= {place: source for source, place in _files(files(__package__).joinpath("sandbox"), folder)}
    written = []
    for place, source in found.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text("utf-8")
        place.write_text(
            text.replace("name: NAME", f"name: {workspace}") if place.name == "workspace.yaml" else text, "utf-8"
        )
        written.append(place)
    return sorted(written)


def workspace_name(name: str) -> str:
    """``name`` as a workspace is called: lower_snake.

    Raises:
        InvalidInput: it has no letter to begin with.
    """
    workspace = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:63]
    if not re.match(r"[a-z]", workspace):
        raise InvalidInput(
            "A workspace's name begins with a letter.", code="invalid_name", field="name", value=name, hint="--name my_lender"
        )  # fmt: skip
    return workspace


def prepared_folder(folder: Path) -> None:
    """Make ``folder``.

    Raises:
        Conflict: it has something in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict(
            "The folder is not empty.",
            code="folder_not_empty",
            field="folder",
            value=str(folder),
            hint="name a new one",
        )
    folder.mkdir(parents=True, exist_ok=True)


def _files(source: Traversable, place: Path) -> Iterator[tuple[Traversable, Path]]:
    for each in source.iterdir():
        if each.is_dir():
            yield from _files(each, place / each.name)
        else:
            yield each, place / each.name
