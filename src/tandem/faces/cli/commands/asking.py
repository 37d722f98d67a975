"""Questions to the lake and the metric centre."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tandem.faces.cli.access import header_of, settings
from tandem.faces.cli.options import AsJson, Folder
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import Conflict
from tandem.kernel.time import SystemClock, format_instant, parse_instant

if TYPE_CHECKING:
    from tandem.observe.lake import Lake

__all__ = ["register"]

_ROWS_SHOWN = 200


def register(app: typer.Typer) -> None:
    """Hang the commands on ``app``."""
    for command in (sql, metric):
        app.command(rich_help_panel="Data")(command)


def sql(
    query: Annotated[str | None, typer.Argument(help="A reading statement; the tables when left out.")] = None,
    personal: Annotated[bool, typer.Option("--personal", help="See personal values too.")] = False,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Ask the lake in SQL (DuckDB); the journal's newest records are brought in first.

    Examples:
        tandem sql

        tandem sql "SELECT outcome, count(*) FROM decisions GROUP BY outcome"

        tandem sql --personal "SELECT avg(amount_minor) FROM application_full" --json
    """
    lake = _lake(folder)
    if query is None:
        names = lake.tables(personal=personal)
        if as_json:
            print_json({"tables": names})
        else:
            print("\n".join(names) if names else "(no tables yet)")
        return
    found = lake.sql(query, personal=personal)
    rows = found.to_pylist()
    if as_json:
        import msgspec

        print_json({"columns": found.column_names, "rows": msgspec.to_builtins(rows, enc_hook=str)})
        return
    table("", found.column_names, [list(row.values()) for row in rows[:_ROWS_SHOWN]])
    if len(rows) > _ROWS_SHOWN:
        say(f"{len(rows) - _ROWS_SHOWN:,} more rows; --json prints all")


def metric(
    name: Annotated[str | None, typer.Argument(help="A metric; all of them when left out.")] = None,
    by: Annotated[list[str] | None, typer.Option(help="Dimension to break it down by; repeat.")] = None,
    grain: Annotated[str | None, typer.Option(help="hour, day, week, month, quarter or year.")] = None,
    since: Annotated[str | None, typer.Option(help="RFC 3339, included.")] = None,
    until: Annotated[str | None, typer.Option(help="RFC 3339, excluded.")] = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Show a number of the metric centre: one definition, the same everywhere.

    Examples:
        tandem metric

        tandem metric approval_rate --by policy --grain day
    """
    from tandem.decide.decisions import ARTEFACT_FOLDERS, document_of
    from tandem.kernel.artefacts import load_workspace
    from tandem.observe.metrics import MetricCentre, parse_metric

    artefacts = load_workspace(folder, ARTEFACT_FOLDERS).artefacts.values()
    metrics = [parse_metric(document_of(one)) for one in artefacts if one.kind == "metric"]
    centre = MetricCentre(_lake(folder), metrics)
    if name is None:
        rows = [(one.name, one.title.en, one.unit, one.owner) for one in metrics]
        if as_json:
            print_json({"metrics": metrics})
        else:
            table("", ["metric", "title", "unit", "owner"], rows)
        return
    between = (None if since is None else parse_instant(since), None if until is None else parse_instant(until))
    found = centre.value(name, by=by or (), between=between, grain=grain)  # type: ignore[arg-type]  # checked inside
    if as_json:
        print_json(found)
        return
    columns = [*(["from"] if grain else []), *(by or ()), found.unit or "value"]
    lines = [
        [*([format_instant(one.period)] if one.period is not None else []), *one.by.values(), one.value]
        for one in found.points
    ]
    table(centre.metric(name).title.en, columns, lines, right=columns[-1:])


def _lake(folder: Path) -> Lake:
    """The workspace's lake, brought up to date beside whatever writes the journal."""
    from tandem.decide.decisions import ARTEFACT_FOLDERS, document_of, open_beside
    from tandem.kernel.artefacts import load_workspace
    from tandem.observe.lake import Lake, parse_view

    artefacts = load_workspace(folder, ARTEFACT_FOLDERS).artefacts.values()
    chosen = settings()
    lake = Lake(chosen.home / "lake", clock=SystemClock())
    with open_beside(chosen, header_of(folder).name) as beside:
        live = beside.live()
        if live is not None:
            with contextlib.suppress(Conflict):  # a server's follower is at it; its copy is as good
                lake.project(beside.journal, live.reader)
    lake.define_views([parse_view(document_of(one)) for one in artefacts if one.kind == "view"])
    return lake
