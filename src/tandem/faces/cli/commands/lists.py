"""Block, watch and allow lists."""

from __future__ import annotations

import csv
import secrets
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from tandem.faces.cli.access import opened_api, segment
from tandem.faces.cli.options import AsJson, By, Folder, ServerUrl, person
from tandem.faces.cli.progress import measured
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.canonical import digest_of_bytes
from tandem.kernel.errors import InvalidInput, NotFound

__all__ = ["group"]

_CHUNK = 500  # entries of a file sent in one change: well inside the body limit
_COLUMNS = ("identifier", "member", "reason", "source", "expires_at", "expires_after")

ListName = Annotated[str, typer.Argument(help="Name of the list.", show_default=False)]


def group() -> typer.Typer:
    """The commands under ``tandem lists``."""
    app = typer.Typer(
        help="Block, watch and allow lists; a change counts from the next event on.", no_args_is_help=True
    )
    for command in (show, add, remove, load):
        app.command()(command)
    return app


def show(
    name: Annotated[str | None, typer.Argument(help="Name of a list.", show_default="all lists")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show all lists, or the entries of one; members by pseudonym.

    Examples:
        tandem lists show

        tandem lists show blocked_devices --limit 200
    """
    with opened_api(folder, server) as api:
        found = api.get("/v1/lists") if name is None else api.get(f"/v1/lists/{segment(name)}/entries", limit=limit)
    if as_json:
        print_json(found)
    elif name is None:
        rows = [(one["name"], one["kind"], one["entity"], one["entries"], one["description"]) for one in found["lists"]]
        table("", ["list", "kind", "of", "entries", "description"], rows, right=["entries"])
    else:
        keys = ("member", "reason", "source", "added_at", "added_by", "expires_at")
        table("", [*keys], [[one[key] for key in keys] for one in found["entries"]])


def add(
    name: ListName,
    identifier: Annotated[str, typer.Argument(help="The real identifier; only its pseudonym is kept.")],
    reason: Annotated[str, typer.Option(help="Why.", show_default=False)],
    source: Annotated[str, typer.Option(help="Where the knowledge comes from.")] = "command line",
    expires_after: Annotated[str | None, typer.Option(help="Such as 30d.", show_default="the list's own")] = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Put one entry on a list.

    Examples:
        tandem lists add blocked_devices d-77 --reason "Seen in the March ring" --expires-after 90d
    """
    entry = {"identifier": identifier, "reason": reason, "source": source, "expires_after": expires_after}
    kept = {key: value for key, value in entry.items() if value is not None}
    _change(name, {"add": [kept]}, folder, server, by, as_json=as_json)


def remove(
    name: ListName,
    identifier: Annotated[str, typer.Argument(help="The real identifier, or the pseudonym as `show` prints it.")],
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Take one entry off a list.

    Examples:
        tandem lists remove blocked_devices d-77
    """
    is_pseudonym = len(identifier) == 32 and all(digit in "0123456789abcdef" for digit in identifier)
    member = {"member" if is_pseudonym else "identifier": identifier}
    _change(name, {"remove": [member]}, folder, server, by, as_json=as_json)


def load(
    name: ListName,
    file: Annotated[Path, typer.Argument(help="CSV with identifier, and reason, source, expires_at if they differ.")],
    reason: Annotated[str | None, typer.Option(help="For rows without one.")] = None,
    source: Annotated[str | None, typer.Option(help="For rows without one.", show_default="the file's name")] = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Load entries from a CSV file. Loading the same file again changes nothing.

    Examples:
        tandem lists load blocked_devices devices.csv --reason "Chargebacks, November"
    """
    rows = _rows(file, {"reason": reason, "source": source or file.name})
    base = digest_of_bytes(repr((name, rows)).encode())[:32]
    totals = dict.fromkeys(("added", "renewed", "removed", "absent"), 0)
    with opened_api(folder, server) as api, measured(f"Loading {file.name}", quiet=as_json) as bar:
        for number, start in enumerate(range(0, len(rows), _CHUNK)):
            chunk = rows[start : start + _CHUNK]
            body = {"change_id": f"load-{base}-{number}", "by": person(by), "add": chunk}
            done = api.post(f"/v1/lists/{segment(name)}/entries", body)
            for key in totals:
                totals[key] += done[key]
            bar(start + len(chunk), len(rows))
    if as_json:
        print_json({"list": name, "rows": len(rows), **totals})
    else:
        say(f"{len(rows):,} rows: {totals['added']:,} added, {totals['renewed']:,} renewed")


def _rows(file: Path, defaults: dict[str, str | None]) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            names = reader.fieldnames or []
            unknown = [column for column in names if column not in _COLUMNS]
            if unknown or not ({"identifier", "member"} & set(names)):
                raise InvalidInput(
                    "The columns of the file are not those of a list.",
                    code="wrong_columns",
                    field="file",
                    value=", ".join(unknown or names),
                    hint="known: " + ", ".join(_COLUMNS),
                )
            rows = [_row(row, defaults, number) for number, row in enumerate(islice(reader, None), start=2)]
    except FileNotFoundError:
        raise NotFound("No such file.", code="no_file", field="file", value=str(file)) from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(
            f"The file cannot be read as CSV: {error}.", code="unreadable_file", field="file", value=str(file)
        ) from None
    return rows


def _row(row: dict[str, Any], defaults: dict[str, str | None], line: int) -> dict[str, str]:
    given = {key: value.strip() for key, value in row.items() if key in _COLUMNS and value and value.strip()}
    entry = {**{key: value for key, value in defaults.items() if value}, **given}
    if "reason" not in entry:
        raise InvalidInput(
            "A row has no reason.", code="missing_field", field="reason", hint='give --reason "..."', at=f"line {line}"
        )
    return entry


def _change(
    name: str, change: dict[str, Any], folder: Path, server: str | None, by: str | None, *, as_json: bool
) -> None:
    body = {"change_id": f"cli-{secrets.token_hex(12)}", "by": person(by), **change}
    with opened_api(folder, server) as api:
        done = api.post(f"/v1/lists/{segment(name)}/entries", body)
    if as_json:
        print_json(done)
    else:
        say(", ".join(f"{done[key]} {key}" for key in ("added", "renewed", "removed", "absent") if done[key]))
