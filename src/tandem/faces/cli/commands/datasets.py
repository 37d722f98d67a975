"""Training sets: what was known of every decided event, with its label, as of a place of the journal.

They are built beside whoever decides, from the journal and the lake: a set of a year takes minutes that a server has not.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from tandem.faces.cli.access import header_of, settings
from tandem.faces.cli.commands.dataset_engine import Engine, OfEngine, OfMaster, built_by, faults_by, session_of
from tandem.faces.cli.options import AsJson, Folder
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import InvalidInput, Unavailable
from tandem.kernel.time import Micros, SystemClock, format_instant, parse_instant

if TYPE_CHECKING:
    from tandem.decide.decisions import Beside
    from tandem.learn.datasets import DatasetManifest, DatasetStore
    from tandem.observe.lake import Lake

__all__ = ["group", "opened_lake", "opened_store"]

Wanted = Annotated[str, typer.Argument(help="Name of the set, or how its digest begins.", show_default=False)]


def group() -> typer.Typer:
    """The commands under ``tandem dataset``."""
    app = typer.Typer(
        help="Training sets that know what was known when, and no label before its time.", no_args_is_help=True
    )
    app.command()(build)
    app.command(name="list")(list_)
    for command in (show, verify, remove):
        app.command()(command)
    return app


def build(
    name: Annotated[
        str | None, typer.Argument(help="What to call it; also the label, unless --label says.", show_default=False)
    ] = None,
    label: Annotated[str | None, typer.Option(help="The label: a file in outcomes/.", show_default="NAME")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Only events from this time on (RFC 3339).")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Only events before this time.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", help="As known at this place of the journal, or by this time.", show_default="the last place"
        ),
    ] = None,
    features: Annotated[
        list[str] | None, typer.Option(help="Feature sets and graphs; repeat.", show_default="all")
    ] = None,
    explored: Annotated[
        str, typer.Option(help="STAGE:ARM of the split that lets some through by chance; its share is the chance.")
    ] = "",
    forbid: Annotated[list[str] | None, typer.Option(help="Columns no model may use; repeat.")] = None,
    engine: OfEngine = Engine.DUCKDB,
    master: OfMaster = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Build a training set: every decided event with what was known then, and its label as far as it is mature.

    The same question over the same journal gives the same digest. What is too young is left out and counted; what was
    declined lies beside the set.

    Examples:
        tandem dataset build loans --label loan_application --from 2026-01-01T00:00:00Z

        tandem dataset build card_payment --as-of 2026-10-01T00:00:00Z --features card_velocity

        tandem dataset build card_payment --engine spark --master spark://10.1.0.7:7077
    """
    from tandem.learn.datasets import DatasetSpec, check_name
    from tandem.learn.datasets import as_of as place_of
    from tandem.learn.labels import label_named

    chosen = label or name
    if chosen is None:
        raise InvalidInput(
            "A training set has a label.", code="no_label", field="label", hint="tandem dataset build --label NAME"
        )
    if name is not None:
        check_name(name)
    begin, end = instant_of(since, "from"), instant_of(until, "to")
    with session_of(engine, master) as session, _opened(folder) as (beside, lake, store):
        live = beside.live()
        if live is None:
            raise Unavailable(
                "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
            )
        asked = place_of(beside, as_of)
        spec = DatasetSpec(
            label=label_named(live, chosen).definition,
            seq=asked.seq,
            at=asked.at,
            since=begin,
            until=end,
            features=None if features is None else tuple(features),
            explored=explored,
            forbid=tuple(forbid or ()),
        )
        manifest, place = built_by(session, beside, lake, store, spec, name)
    if as_json:
        print_json(_told(manifest, () if name is None else (name,), place))
        return
    _show(manifest, place)


def list_(folder: Folder = Path(), as_json: AsJson = False) -> None:
    """List the training sets of this workspace, the newest first.

    Examples:
        tandem dataset list
    """
    store = opened_store(folder)
    found = store.manifests()
    if as_json:
        print_json({"datasets": [_told(one, names, store.place(one)) for one, names in found]})
        return
    rows = [
        (
            ", ".join(names),
            one.digest[:12],
            one.spec.label.name,
            f"{one.spec.seq:,}",
            f"{one.counts.mature:,}",
            f"{one.counts.bad:,}",
            f"{one.counts.immature + one.counts.provisional:,}",
            f"{one.counts.declined:,}",
            format_instant(one.built_at),
        )
        for one, names in found
    ]
    columns = ["name", "digest", "label", "as of", "rows", "bad", "too young", "declined", "built"]
    table("", columns, rows, right=["as of", "rows", "bad", "too young", "declined"])


def show(wanted: Wanted, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Show what a training set is made of: counts, columns and where their values come from.

    Examples:
        tandem dataset show loans
    """
    store = opened_store(folder)
    found = store.find(wanted)
    if as_json:
        print_json(_told(found, (), store.place(found)))
        return
    _show(found, store.place(found))
    left_out = {**dict.fromkeys(found.ids, "id"), **dict.fromkeys(found.forbid, "forbidden")}
    rows = [
        (
            one.name,
            one.type,
            left_out.get(one.name, one.kind),
            f"{one.recorded:,}" if one.kind != "field" else "",
            f"{one.computed:,}" if one.kind == "feature" else "",
            f"{one.differs:,}" if one.differs else "",
        )
        for one in found.columns
    ]
    columns = ["column", "type", "is", "recorded", "computed again", "differs"]
    table("", columns, rows, right=columns[3:])


def verify(
    wanted: Wanted,
    engine: OfEngine = Engine.DUCKDB,
    master: OfMaster = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Build a training set again and compare: the rows on disk, and the record of them. Exit code 1 where they differ.

    Which engine built it makes no difference.

    Examples:
        tandem dataset verify loans

        tandem dataset verify loans --engine spark --master local[8]
    """
    with session_of(engine, master) as session, _opened(folder) as (beside, lake, store):
        found = store.find(wanted)
        faults = faults_by(session, beside, lake, store, found)
    if as_json:
        print_json({"digest": found.digest, "same": not faults, "faults": msgspec.to_builtins(faults)})
    elif faults:
        for one in faults:
            say(f"{one.code}: {one.words}")
    else:
        print(f"{found.digest}\nbuilt again from the journal: the same")
    if faults:
        raise typer.Exit(1)


def remove(wanted: Wanted, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Take a training set away. The same question builds it again, without whoever was erased since.

    Examples:
        tandem dataset remove loans
    """
    store = opened_store(folder)
    found = store.find(wanted)
    store.remove(found)
    if as_json:
        print_json({"removed": found.digest})
    else:
        say(f"Removed {found.digest}")


def opened_store(folder: Path) -> DatasetStore:
    """The training sets of the workspace in ``folder``.

    Raises:
        NotFound: no workspace there.
    """
    from tandem.learn.datasets import DatasetStore

    header_of(folder)
    return DatasetStore(settings().home / "datasets")


def instant_of(text: str | None, field: str) -> Micros | None:
    """The instant that an option names; None where it was not given.

    Raises:
        InvalidInput: it is not one; the option is named.
    """
    try:
        return None if text is None else parse_instant(text)
    except InvalidInput as error:
        error.field = field
        raise


@contextlib.contextmanager
def opened_lake(folder: Path) -> Iterator[tuple[Beside, Lake]]:
    """The journal and the lake of the workspace in ``folder``, beside whoever decides.

    Raises:
        NotFound: no workspace, or no journal there.
    """
    from tandem.decide.decisions import open_beside
    from tandem.observe.lake import Lake

    chosen = settings()
    with open_beside(chosen, header_of(folder).name) as beside:
        yield beside, Lake(chosen.home / "lake", clock=SystemClock())


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[tuple[Beside, Lake, DatasetStore]]:
    with opened_lake(folder) as (beside, lake):
        yield beside, lake, opened_store(folder)


def _told(found: DatasetManifest, names: tuple[str, ...], place: Path) -> dict[str, Any]:
    return {**msgspec.to_builtins(found), "names": list(names), "inputs": list(found.inputs), "place": str(place)}


def _show(found: DatasetManifest, place: Path) -> None:
    counts, spec = found.counts, found.spec
    made_up = "; the outcomes are SIMULATED" if spec.label.simulated else ""
    print(f"{found.digest}")
    rows: list[tuple[str, str]] = [
        ("label", f"{spec.label.name}: {spec.label.event}, bad where {spec.label.bad}{made_up}"),
        ("as of", f"place {spec.seq:,} of the journal, {format_instant(spec.at)}"),
        ("events", f"{counts.events:,} of {spec.label.decided}{_period(spec.since, spec.until)}"),
        ("in the set", f"{counts.mature:,}, {counts.bad:,} of them bad{_share(counts.bad, counts.mature)}"),
        (
            "too young",
            f"{counts.immature:,}, and {counts.provisional:,} of which something was told; never counted as good",
        ),
        ("declined", f"{counts.declined:,}, kept beside the set"),
        ("unknown", f"{counts.unknown:,}, old enough and nothing was told"),
        *(("excluded", f"{count:,}: {reason}") for reason, count in counts.excluded.items()),
        *([("erased", f"{counts.erased:,}")] if counts.erased else []),
        ("columns", f"{len(found.inputs)} that a model may read"),
        ("lies in", str(place)),
    ]
    table("", ["", ""], rows)
    differs = sum(one.differs for one in found.columns)
    if differs:
        say(f"note: {differs:,} recorded values come out otherwise when computed again; the recorded ones stand")


def _period(since: Micros | None, until: Micros | None) -> str:
    begin = "" if since is None else f", from {format_instant(since)}"
    return begin + ("" if until is None else f", before {format_instant(until)}")


def _share(part: int, whole: int) -> str:
    return f" ({part / whole:.1%})" if whole else ""
