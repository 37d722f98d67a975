"""Experiments: challengers beside the champion, on live traffic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tandem.faces.cli.access import opened_api, segment
from tandem.faces.cli.options import AsJson, By, Folder, ServerUrl, person
from tandem.faces.cli.showing import print_json, say, table

__all__ = ["group"]

_Name = Annotated[str, typer.Argument(help="Name of an experiment.", show_default=False)]


def group() -> typer.Typer:
    """The commands under ``tandem experiment``."""
    app = typer.Typer(help="Experiments: challengers beside the champion.", no_args_is_help=True)
    app.command("list")(list_experiments)
    app.command()(show)
    app.command()(stop)
    return app


def list_experiments(folder: Folder = Path(), server: ServerUrl = None, as_json: AsJson = False) -> None:
    """List experiments, those that run first.

    Examples:
        tandem experiment list
    """
    with opened_api(folder, server) as api:
        found = api.get("/v1/experiments")
    if as_json:
        print_json(found)
        return
    table(
        "",
        ["experiment", "state", "mode", "measure", "decisions", "difference", "verdict"],
        [
            [
                one["name"],
                one["state"],
                one["mode"],
                one["measure"],
                "" if one["decisions"] is None else f"{one['decisions']:,}",
                _between(one),
                "" if one["verdict"] is None else one["verdict"]["word"],
            ]
            for one in found["experiments"]
        ],
        right=["decisions"],
    )


def show(name: _Name, folder: Folder = Path(), server: ServerUrl = None, as_json: AsJson = False) -> None:
    """Show one experiment: its arms, the difference, its guard rails, and what follows.

    Examples:
        tandem experiment show stricter_score
    """
    with opened_api(folder, server) as api:
        found = api.get(f"/v1/experiments/{segment(name)}")
    if as_json:
        print_json(found)
        return
    say(f"{found['name']} ({found['state']}), planned for {found['plan']['minimum']:,} decisions of the challenger")
    reading = found["reading"]
    if reading is None:
        say("It was not live yet.")
        return
    say(reading["verdict"]["en"])
    for one in reading["notes"]:
        say(f"Note: {one['en']}")
    table(
        "Arms",
        ["arm", "share", "decisions", "counted", reading["measure"]],
        [
            [one["arm"], f"{one['share']:g} %", f"{one['decisions']:,}", f"{one['counted']:,}", _number(one["value"])]
            for one in reading["arms"]
        ],
        right=["share", "decisions", "counted", reading["measure"]],
    )
    table(
        "Against the champion", ["arm", "difference"], [[one["arm"], _between(one)] for one in reading["differences"]]
    )
    table(
        "Guard rails",
        ["guard", "measure", "limit", "is", "decisions", "state"],
        [
            [one["guard"], one["measure"], _number(one["limit"]), _number(one["value"]), one["decisions"], one["state"]]
            for one in reading["guards"]
        ],
        right=["limit", "is", "decisions"],
    )


def stop(
    name: _Name,
    reason: Annotated[str, typer.Option("--reason", "-m", help="Why, for the record.", show_default=False)],
    by: By = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Stop an experiment at once: everybody gets the champion from the next decision on. For good.

    Examples:
        tandem experiment stop stricter_score --reason "complaints"
    """
    with opened_api(folder, server) as api:
        found = api.post(f"/v1/experiments/{segment(name)}/stop", {"reason": reason, "by": person(by)})
    if as_json:
        print_json(found)
        return
    say(f"{name} is stopped.")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.4g}"


def _between(one: dict[str, Any]) -> str:
    if one["value"] is None:
        return ""
    if one["low"] is None:
        return f"{one['value']:+.4g}"
    return f"{one['value']:+.4g} ({one['low']:+.4g} to {one['high']:+.4g})"
