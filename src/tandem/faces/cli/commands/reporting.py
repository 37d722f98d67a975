"""The effect report: ``tandem report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tandem.faces.cli.access import opened_api
from tandem.faces.cli.options import AsJson, Folder, ServerUrl
from tandem.faces.cli.showing import print_json, say, table

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Hang the command on ``app``."""
    app.command(rich_help_panel="Data")(report)


def report(
    days: Annotated[int, typer.Option(help="Days on each side.")] = 28,
    around: Annotated[
        str | None, typer.Option(help="The first day after, such as 2026-11-01.", show_default="the last days")
    ] = None,
    then: Annotated[str | None, typer.Option(help="A release to compare from, instead of days.")] = None,
    now: Annotated[str | None, typer.Option(help="A release to compare to.")] = None,
    language: Annotated[str, typer.Option(help="en or zh-CN.")] = "en",
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show every metric before and after, with limits, and how long changes took to go live.

    Examples:
        tandem report --around 2026-11-01 --days 30

        tandem report --then 8404106afeb6 --now 692eb6ccf098 --json
    """
    moment = None if around is None else around if "T" in around else f"{around}T00:00:00Z"
    with opened_api(folder, server) as api:
        found = api.get("/v1/effect-report", days=days, around=moment, then_release=then, now_release=now)
    if as_json:
        print_json(found)
        return
    _show(found, "zh" if language == "zh-CN" else "en")


def _show(found: dict[str, Any], language: str) -> None:
    print(found["compared"][language])
    rows = [[one["title"][language], one["sentence"][language]] for one in found["metrics"] if one["missing"] is None]
    table("Before and after", ["metric", "what may be said"], rows)
    unmeasured = sum(one["missing"] is not None for one in found["metrics"])
    if unmeasured:
        say(f"{unmeasured} metrics have nothing to compare; --json says why.")
    for name, launches in (("before", found["launches_then"]), ("after", found["launches_now"])):
        if launches is not None and launches["artefacts"]:
            say(
                f"Launches {name}: {launches['artefacts']} new versions in {launches['releases']} releases, median"
                f" {launches['median_s']:,.0f} s from draft to live, {launches['rolled_back']} rolled back,"
                f" {launches['by_one']} approved by their own author alone."
            )
