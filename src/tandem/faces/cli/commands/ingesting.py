"""Files in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from tandem.faces.cli.access import opened_process
from tandem.faces.cli.failing import BAD_ANSWER
from tandem.faces.cli.options import AsJson, Folder
from tandem.faces.cli.progress import measured
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import DefinitionError, NotFound, Unavailable, near_match
from tandem.kernel.time import SystemClock

if TYPE_CHECKING:
    from tandem.decide.decisions import LiveRelease
    from tandem.observe.events.ingest import DryRun, ImportMapping, IngestReport

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Hang the command on ``app``."""
    app.command(rich_help_panel="Data")(ingest)


def ingest(
    file: Annotated[Path, typer.Argument(help="CSV, Parquet, JSONL or Excel.", show_default=False)],
    mapping: Annotated[str, typer.Option("--mapping", help="Name of a mapping of the workspace, or a YAML file.")],
    dry: Annotated[bool, typer.Option("--dry-run", help="Read the first rows and keep nothing.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted import stopped.")] = False,
    rejected: Annotated[
        Path | None, typer.Option(help="Where rejected rows go.", show_default="FILE.rejected.csv")
    ] = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Import a file as events through a mapping; every row is accounted for. Exit 1 if rows were rejected.

    Events are recorded, not decided. Running it again is safe: rows already recorded are counted as duplicates.

    Examples:
        tandem ingest history.csv --mapping applications --dry-run

        tandem ingest history.csv --mapping applications

        tandem ingest history.csv --mapping applications --resume
    """
    from tandem.observe.events.ingest import dry_run
    from tandem.observe.events.ingest import ingest as run

    with opened_process(folder) as process:
        live = process.live
        if live is None:
            raise Unavailable("No release is live yet.", code="no_release", hint="tandem push, review, release")
        how = _mapping(mapping, folder, live)
        if dry:
            tried = dry_run(file, how, live.reader, clock=SystemClock())
            _show_dry_run(tried, as_json=as_json)
            raise typer.Exit(BAD_ANSWER if tried.rejected else 0)
        with measured(f"Importing {file.name}", quiet=as_json) as bar:
            report = run(
                file,
                how,
                live.reader,
                process.record_events,
                clock=SystemClock(),
                rejected=rejected or file.with_name(file.name + ".rejected.csv"),
                checkpoint=file.with_name(file.name + ".checkpoint"),
                resume=resume,
                progress=lambda done: bar(done.bytes_read, done.bytes_total),
            )
    _show_report(report, as_json=as_json)
    if report.rejected or report.conflicts:
        raise typer.Exit(BAD_ANSWER)


def _mapping(name: str, folder: Path, live: LiveRelease) -> ImportMapping:
    from tandem.decide.decisions import ARTEFACT_FOLDERS
    from tandem.kernel.artefacts import ArtefactKey, load_workspace, parse_yaml
    from tandem.observe.events.ingest import parse_mapping

    if name.endswith((".yaml", ".yml", ".json")):
        path = Path(name)
        if not path.is_file():
            raise NotFound("No such file.", code="no_file", field="mapping", value=name)
        body: Any = parse_yaml(path.read_text("utf-8"), name)
        where = name
    else:
        workspace = load_workspace(folder, ARTEFACT_FOLDERS)
        artefact = workspace.artefacts.get(ArtefactKey("mapping", name))
        if artefact is None:
            known = [key.name for key in workspace.artefacts if key.kind == "mapping"]
            raise NotFound(
                "The workspace has no such mapping.",
                code="unknown_mapping",
                field="mapping",
                value=name,
                hint=near_match(name, known) or "write one in mappings/",
            )
        body, where = {"name": name, **artefact.body}, f"mapping/{name}"
    try:
        return parse_mapping(body, live.reader.event_types)
    except DefinitionError as error:
        error.at = error.at or where
        raise


def _show_dry_run(tried: DryRun, *, as_json: bool) -> None:
    if as_json:
        print_json(msgspec.to_builtins(tried, enc_hook=str))
        return
    table(
        f"First {tried.read:,} rows: {tried.accepted:,} would become events, {tried.rejected:,} would not",
        ["field", "type", "known", "distinct", "lowest", "highest"],
        [(one.name, one.type, one.known, one.distinct, one.lowest, one.highest) for one in tried.fields],
        right=["known", "distinct"],
    )
    if tried.unused_columns:
        say("Columns left out: " + ", ".join(tried.unused_columns))
    for rejection in tried.rejections[:10]:
        first = rejection.faults[0]
        say(f"row {rejection.row}: {first.detail} ({first.field}) {first.hint or ''}")


def _show_report(report: IngestReport, *, as_json: bool) -> None:
    if as_json:
        print_json({**msgspec.to_builtins(report), "reconciles": report.reconciles})
        return
    rows = [
        ("read", report.read),
        ("new events", report.accepted),
        ("duplicates", report.duplicates),
        ("conflicts", report.conflicts),
        ("rejected", report.rejected),
    ]
    table("", ["rows", "count"], [(name, f"{count:,}") for name, count in rows], right=["count"])
    say("The counts add up." if report.reconciles else "The counts do NOT add up; please report this.")
    if report.rejected_path:
        reasons = ", ".join(f"{code} {count:,}" for code, count in report.codes.items())
        say(f"Rejected rows, with reasons: {report.rejected_path} ({reasons})")
