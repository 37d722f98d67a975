"""Features: the catalogue, one in full, their values of one entity, and what the library has ready for one's own event types."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tandem.faces.cli.access import opened_api, segment
from tandem.faces.cli.options import AsJson, By, Folder, ServerUrl, person
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import Conflict, NotFound, near_match

__all__ = ["group"]

Entity = Annotated[str | None, typer.Option(help="Only of this kind of entity.")]
EventType = Annotated[str | None, typer.Option(help="Only those that count events of this type.")]


def group() -> typer.Typer:
    """The commands under ``tandem features``."""
    app = typer.Typer(
        help="Features: what they mean, who reads them, how they do; and what is ready to be added.",
        no_args_is_help=True,
    )
    app.command(name="list")(list_)
    for command in (show, of, ready, draft):
        app.command()(command)
    return app


def list_(
    search: Annotated[str | None, typer.Argument(help="Words of name, set or meaning.", show_default="all")] = None,
    entity: Entity = None,
    event_type: EventType = None,
    read_by: Annotated[str | None, typer.Option(help="Only what this policy, model or view reads.")] = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """List the live features, with who reads them and how many decisions had a value.

    Examples:
        tandem features list

        tandem features list payments --entity card
    """
    with opened_api(folder, server) as api:
        found = api.get("/v1/features", search=search, entity=entity, event_type=event_type, read_by=read_by)
    if as_json:
        print_json(found)
        return
    rows = [
        (
            one["name"],
            " + ".join(one["entity"]),
            one["words"]["en"],
            ", ".join([*one["policies"], *one["models"], *one["views"]]),
            _share(one["coverage"]),
            _drift(one),
        )
        for one in found["features"]
    ]
    table("", ["feature", "of", "meaning", "read by", "coverage", "PSI"], rows, right=["coverage", "PSI"])
    say(
        f"{len(rows)} of {found['total']} live features; figures of the newest {found['looked_at']:,} decisions. "
        f"The library has {found['library']} ready: tandem features ready"
    )


def show(
    name: Annotated[str, typer.Argument(help="Name of the feature.", show_default=False)],
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show everything about one feature: meaning, lineage, figures, drift, importance, cost.

    Examples:
        tandem features show card_payments_1h
    """
    with opened_api(folder, server) as api:
        found = api.get(f"/v1/features/{segment(name)}")
    if as_json:
        print_json(found)
        return
    cost = found["cost"]
    rows: list[tuple[str, object]] = [
        ("means", found["words"]["en"]),
        ("", found["words"]["zh"]),
        ("of", " + ".join(found["entity"])),
        ("type", found["type"]),
        ("set", f"{found['set']} {found['set_digest'][:12]}, by {found['owner']}"),
        ("defined", found["defined_at"]),
        *(("reads", f"{one['event_type']}: {', '.join(one['fields'])}") for one in found["reads"]),
        ("policies", ", ".join(found["policies"]) or "none"),
        ("models", ", ".join(found["models"]) or "none"),
        ("views", ", ".join(found["views"]) or "none"),
        ("recorded", f"{found['recorded']:,} of the newest decisions, {_share(found['coverage'])} with a value"),
        ("spread", _spread(found)),
        ("drift", _drift_in_full(found)),
        *(("moves", _weight(one)) for one in found["weights"]),
        (
            "cost",
            (
                f"{cost['work']} work to read; {cost['keeps']} kept {cost['kept_for_seconds'] / 86_400:.3g} days, "
                f"{cost['bytes_per_event']} bytes an event, shared by {cost['shared_by']} features"
            ),
        ),
    ]
    table(name, ["", ""], rows)


def of(
    kind: Annotated[str, typer.Argument(help="Kind of entity: person, device ...", show_default=False)],
    identifier: Annotated[str, typer.Argument(help="The real one, or the pseudonym.", show_default=False)],
    at: Annotated[str | None, typer.Option(help="RFC 3339.", show_default="now")] = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show what is known of one entity as of a moment.

    Examples:
        tandem features of person 510101199001011234

        tandem features of device d-77 --at 2026-11-01T00:00:00Z --json
    """
    with opened_api(folder, server) as api:
        found = api.get(f"/v1/entities/{segment(kind)}/{segment(identifier)}/features", at=at)
    if as_json:
        print_json(found)
        return
    rows = [(name, "(nothing known)" if value is None else value) for name, value in found["features"].items()]
    table(f"{kind} as of {found['at']}", ["feature", "value"], rows, right=["value"])


def ready(
    event_type: EventType = None,
    entity: Entity = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """List what the library has ready for the workspace's own event types.

    Examples:
        tandem features ready

        tandem features ready --event-type card_payment
    """
    with opened_api(folder, server) as api:
        found = api.get("/v1/ready-features", event_type=event_type, entity=entity)
    if as_json:
        print_json(found)
        return
    rows = [
        (
            one["name"],
            one["description"]["en"],
            ", ".join(one["events"]),
            len(one["features"]),
            len(one["taken"]),
            ", ".join(sorted({what for lacking in one["missing"].values() for what in lacking})),
        )
        for one in found["sets"]
    ]
    table("", ["set", "of", "events", "new", "there", "nothing found for"], rows, right=["new", "there"])
    say(f"{found['features']} features are ready. Take a set: tandem features draft NAME")


def draft(
    name: Annotated[str, typer.Argument(help="Name of a ready set.", show_default=False)],
    push: Annotated[bool, typer.Option(help="Push it as a draft, too.")] = False,
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Write a ready set into the workspace as features/NAME.yaml.

    Examples:
        tandem features draft payment_card

        tandem features draft application_ip --push
    """
    from tandem.decide.decisions import ARTEFACT_FOLDERS
    from tandem.kernel.artefacts import Artefact, write_artefact

    with opened_api(folder, server) as api:
        sets = {one["name"]: one for one in api.get("/v1/ready-features")["sets"]}
        if name not in sets:
            raise NotFound(
                "No ready set has this name.",
                code="unknown_set",
                field="name",
                value=name,
                hint=near_match(name, sets) or "tandem features ready",
            )
        artefact = Artefact.of("feature_set", name, sets[name]["body"])
        place = ARTEFACT_FOLDERS["feature_set"]
        if (folder / place / f"{name}.yaml").exists():
            raise Conflict(
                "The file is there already.",
                code="file_exists",
                field="name",
                value=f"{place}/{name}.yaml",
                hint="push it, or move it away: tandem push",
            )
        path = write_artefact(folder, place, artefact)
        if push:
            body = {"kind": artefact.kind, "name": artefact.name, "body": artefact.body}
            api.post(
                "/v1/artefacts", {"author": person(by), "artefacts": [body], "note": f"tandem features draft {name}"}
            )
    if as_json:
        print_json({"file": str(path), "digest": artefact.digest, "pushed": push})
        return
    print(path)
    say(
        f"{len(sets[name]['features'])} features. Next: "
        + (f"tandem review feature_set/{name}" if push else "tandem push")
    )


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def _drift(one: dict[str, Any]) -> str:
    return "" if one["psi"] is None else f"{one['psi']:.3f}{' !' if one['drifted'] else ''}"


def _spread(one: dict[str, Any]) -> str:
    if one["mean"] is not None:
        return f"{one['minimum']:g} to {one['maximum']:g}, median {one['median']:g}, mean {one['mean']:.4g}"
    return ", ".join(f"{band['text']} ({band['count']})" for band in one["bands"][:5]) or "no values"


def _drift_in_full(one: dict[str, Any]) -> str:
    if one["psi"] is None:
        return f"not told of fewer than 100 values on either side ({one['before']} and {one['after']})"
    verdict = "drifted" if one["drifted"] else "no drift beyond chance or 0.10"
    return (
        f"PSI {one['psi']:.4f} between the older {one['before']:,} and the newer {one['after']:,}; "
        f"by chance below {one['critical']:.4f} 99 times in 100: {verdict}"
    )


def _weight(one: dict[str, Any]) -> str:
    return (
        f"{one['model']}: {one['weight']:.4f} log-odds on average over {one['explained']} decisions, "
        f"{one['share']:.1%} of all, place {one['place']}"
    )
