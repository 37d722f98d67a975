"""The way of a change: push, review, release, roll back; and pull and diff between folder and store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tandem.faces.cli.access import Api, opened_api
from tandem.faces.cli.options import AsJson, By, Folder, Note, ServerUrl, person
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.artefacts import Artefact, ArtefactKey, Workspace, diff_artefacts, load_workspace, write_artefact
from tandem.kernel.errors import InvalidInput

__all__ = ["register"]

_PANEL = "Change"


def register(app: typer.Typer) -> None:
    """Hang the commands on ``app``."""
    for command in (push, pull, diff, review, release, rollback, releases):
        app.command(rich_help_panel=_PANEL)(command)


def push(
    folder: Folder = Path(), server: ServerUrl = None, by: By = None, note: Note = "", as_json: AsJson = False
) -> None:
    """Send the folder's definitions to the store as drafts; what is there already is left alone.

    Nothing goes live by a push. Next: tandem review, tandem release.

    Examples:
        tandem push -m "Lower the age limit to 21"

        tandem push --workspace my-lender --json
    """
    workspace = _loaded(folder)
    artefacts = [{"kind": one.kind, "name": one.name, "body": one.body} for one in workspace.artefacts.values()]
    if not artefacts:
        raise InvalidInput("The workspace has no definitions.", code="empty_workspace", hint="tandem init NEW-FOLDER")
    with opened_api(folder, server) as api:
        found = api.post("/v1/artefacts", {"author": person(by), "artefacts": artefacts, "note": note})
    _show_versions(found, as_json=as_json, empty="Nothing is new: the store has these very definitions.")


def review(
    digests: Annotated[list[str] | None, typer.Argument(help="Digests, or kind/name for the newest version.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every draft that is the newest version.")] = False,
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    note: Note = "",
    as_json: AsJson = False,
) -> None:
    """Approve versions. With four_eyes in workspace.yaml nobody approves their own.

    Examples:
        tandem review policy/instalment_loan -m "Checked against the March memo"

        tandem review --all --by li.wei
    """
    with opened_api(folder, server) as api:
        chosen = _chosen(api, digests or [], state="draft" if everything else None)
        if not chosen:
            _show_versions({"artefacts": []}, as_json=as_json, empty="No draft is waiting.")
            return
        found = api.post("/v1/reviews", {"approver": person(by), "digests": chosen, "note": note})
    _show_versions(found, as_json=as_json, empty="")


def release(
    digests: Annotated[
        list[str] | None, typer.Argument(help="Digests or kind/name.", show_default="all reviewed")
    ] = None,
    remove: Annotated[list[str] | None, typer.Option(help="kind/name to take out of force.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Only these, instead of on top of what is live.")] = False,
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    note: Note = "",
    as_json: AsJson = False,
) -> None:
    """Put reviewed versions in force, all at once; what does not hold together changes nothing.

    Examples:
        tandem release -m "November rules"

        tandem release policy/instalment_loan

        tandem release --remove list/old_watch
    """
    with opened_api(folder, server) as api:
        wanted = digests or []
        chosen = _chosen(api, wanted, state=None if wanted or remove else "reviewed")
        body = {"by": person(by), "digests": chosen, "remove": remove or [], "replace_all": replace, "note": note}
        found = api.post("/v1/releases", body)
    _show_release(found, as_json=as_json)


def rollback(
    to: Annotated[str | None, typer.Option(help="Digest of a release.", show_default="the one before")] = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    note: Note = "",
    as_json: AsJson = False,
) -> None:
    """Put an earlier release in force again.

    Examples:
        tandem rollback -m "Approvals fell by half"

        tandem rollback --to 3f9a...
    """
    with opened_api(folder, server) as api:
        found = api.post("/v1/releases/rollback", {"by": person(by), "to": to, "note": note})
    _show_release(found, as_json=as_json)


def releases(folder: Folder = Path(), server: ServerUrl = None, as_json: AsJson = False) -> None:
    """List what went live, when, by whom.

    Examples:
        tandem releases
    """
    with opened_api(folder, server) as api:
        found = api.get("/v1/releases")
    if as_json:
        print_json(found)
        return
    table(
        "Releases, newest first",
        ["release", "live", "since", "by", "note"],
        [
            (one["release"][:12], "live" if one["live"] else "", one["activated_at"], one["activated_by"], one["note"])
            for one in found["releases"]
        ],
    )


def pull(folder: Folder = Path(), server: ServerUrl = None, as_json: AsJson = False) -> None:
    """Write the live definitions into the folder, over what stands there. Use a version control of your own.

    Examples:
        tandem pull --workspace my-lender
    """
    from tandem.decide.decisions import ARTEFACT_FOLDERS

    with opened_api(folder, server) as api:
        live = _live(api)
    written = [write_artefact(folder, ARTEFACT_FOLDERS[key.kind], one) for key, one in sorted(live.items())]
    if as_json:
        print_json({"files": [str(path) for path in written]})
        return
    for path in written:
        print(path)


def diff(folder: Folder = Path(), server: ServerUrl = None, as_json: AsJson = False) -> None:
    """Show what the folder would change in what is live.

    Examples:
        tandem diff
    """
    workspace = _loaded(folder)
    with opened_api(folder, server) as api:
        differences = diff_artefacts(_live(api), workspace.artefacts)
    if as_json:
        print_json(
            {"differences": [{"artefact": str(one.key), "kind": one.kind, "fields": one.fields} for one in differences]}
        )
        return
    if not differences:
        say("The folder is what is live.")
        return
    rows: list[tuple[object, ...]] = []
    for one in differences:
        rows.append((str(one.key), one.kind, "", "", ""))
        rows += [("", field.kind, field.path, field.old, field.new) for field in one.fields]
    table("From what is live to this folder", ["artefact", "change", "where", "live", "folder"], rows)


def _loaded(folder: Path) -> Workspace:
    from tandem.decide.decisions import ARTEFACT_FOLDERS

    return load_workspace(folder, ARTEFACT_FOLDERS)


def _live(api: Api) -> dict[ArtefactKey, Artefact]:
    activations = api.get("/v1/releases")["releases"]
    found = {}
    for text, digest in (activations[0]["manifest"] if activations else {}).items():
        body = api.get(f"/v1/artefacts/{digest}")["body"]
        key = ArtefactKey.of(text)
        found[key] = Artefact.of(key.kind, key.name, body)
    return found


def _chosen(api: Api, wanted: list[str], *, state: str | None) -> list[str]:
    """Digests for what was asked: digests (or their beginnings), ``kind/name``, or all newest ones in ``state``."""
    newest = api.get("/v1/artefacts")["artefacts"]
    if state is not None:
        return [one["digest"] for one in newest if one["state"] == state]
    digests = []
    for text in wanted:
        fits = [
            one["digest"]
            for one in newest
            if text == f"{one['kind']}/{one['name']}" or (len(text) >= 6 and one["digest"].startswith(text))
        ]
        digests.append(fits[0] if len(fits) == 1 else text)
    bad = [text for text in digests if len(text) != 64]
    if bad:
        raise InvalidInput(
            "Neither a digest nor the name of an artefact.",
            code="unknown_artefact",
            field="digests",
            value=bad[0],
            hint="write kind/name, such as policy/instalment_loan; tandem push lists them",
        )
    return digests


def _show_versions(found: dict[str, Any], *, as_json: bool, empty: str) -> None:
    if as_json:
        print_json(found)
    elif not found["artefacts"]:
        say(empty)
    else:
        table(
            "",
            ["artefact", "digest", "state", "author", "approved by"],
            [
                (f"{one['kind']}/{one['name']}", one["digest"][:12], one["state"], one["author"], ", ".join(one["approvers"]))
                for one in found["artefacts"]
            ],
        )  # fmt: skip


def _show_release(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
    else:
        print(found["release"])
        say("In force from the next event on. Back again: tandem rollback")
