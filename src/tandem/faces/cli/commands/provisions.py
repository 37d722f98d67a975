"""Provisions: expected loss by stage, and a run over all accounts."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated, Any

import typer

from tandem.faces.cli.access import opened_api
from tandem.faces.cli.options import AsJson, By, Folder, ServerUrl, person
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import InvalidInput

__all__ = ["group"]

_PARTS = ("opening", "moved_in", "moved_out", "new", "remeasured", "derecognised", "closing")


def group() -> typer.Typer:
    """The commands under ``tandem provisions``."""
    app = typer.Typer(help="Provisions: stages and expected loss by IFRS 9.", no_args_is_help=True)
    for command in (show, run):
        app.command()(command)
    return app


def show(folder: Folder = Path(), server: ServerUrl = None, as_json: AsJson = False) -> None:
    """Show expected loss by stage at the last run, and what moved since the run before.

    Examples:
        tandem provisions show
    """
    with opened_api(folder, server) as api:
        _print(api.get("/v1/provisions"), as_json=as_json)


def run(
    on: Annotated[str | None, typer.Option("--on", help="At the end of this day.", show_default="today, UTC")] = None,
    probabilities: Annotated[
        Path | None, typer.Option(help="CSV with account and probability: of default within twelve months.")
    ] = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Stage all accounts and post the change of their expected loss. Run again, it posts what has changed since.

    Examples:
        tandem provisions run --on 2026-11-30
    """
    body: dict[str, Any] = {"by": person(by)}
    if on is not None:
        body["on"] = on
    if probabilities is not None:
        body["probabilities"] = _probabilities(probabilities)
    with opened_api(folder, server) as api:
        _print(api.post("/v1/provisions", body), as_json=as_json)


def _print(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    if found["on"] is None:
        say("Nothing was measured yet: tandem provisions run")
        return
    say(f"{found['rules']}, at the end of {found['on']}, run by {found['run_by']}")
    for book in found["books"]:
        rows = [
            (one["stage"], one["accounts"], one["gross_minor"], *(one[f"{part}_minor"] for part in _PARTS))
            for one in book["stages"]
        ]
        heads = ["stage", "accounts", "gross", *(part.replace("_", " ") for part in _PARTS)]
        table(f"{book['currency']}, minor units", heads, rows, right=heads)
        for one in book["scenarios"]:
            say(f"  in scenario {one['scenario']} alone: {one['loss_minor']}")


def _probabilities(path: Path) -> dict[str, float]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["account"]: float(row["probability"]) for row in csv.DictReader(file)}
    except (OSError, KeyError, ValueError, UnicodeDecodeError) as error:
        raise InvalidInput(
            f"The probabilities cannot be read: {error}.", code="unreadable", field="probabilities", value=str(path),
            hint="CSV with the columns account and probability",
        ) from None  # fmt: skip
