"""People and keys from the command line: by whoever runs the server, without a password."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tandem.faces.cli.access import opened_api, segment
from tandem.faces.cli.options import AsJson, Folder, ServerUrl
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import InvalidInput

__all__ = ["group"]


def group() -> typer.Typer:
    """The commands as a group."""
    app = typer.Typer(help="Say who may: people, roles, one-time links, API keys.", no_args_is_help=True)
    app.command()(people)
    app.command()(add)
    app.command()(roles)
    app.command()(reset)
    app.command()(keys)
    return app


def people(folder: Folder = Path(), server: ServerUrl = None, as_json: AsJson = False) -> None:
    """List everybody who may sign in, with their roles.

    Examples:
        tandem access people
    """
    with opened_api(folder, server, with_people=True) as api:
        found = api.get("/v1/people")
    if as_json:
        print_json(found)
        return
    table(
        "People",
        ["name", "shown as", "roles", "state", "last sign-in"],
        [
            (one["name"], one["display_name"], ", ".join(one["roles"]), one["state"], one["last_sign_in_at"])
            for one in found["people"]
        ],
    )


def add(
    name: Annotated[str, typer.Argument(help="Such as li.wei; never given to anybody else.", show_default=False)],
    role: Annotated[
        list[str], typer.Option(help="viewer, analyst, strategist, approver, servicer, collector, admin; repeat.")
    ],
    display_name: Annotated[str, typer.Option(help="How others see it.", show_default="the name")] = "",
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Add somebody; prints the one-time link by which they choose a password.

    Examples:
        tandem access add li.wei --role strategist --display-name "Li Wei"

        tandem access add ann --role approver --role admin
    """
    body = {"name": name, "display_name": display_name, "roles": role}
    with opened_api(folder, server, with_people=True) as api:
        _show_link(api.post("/v1/people", body), api.address, as_json=as_json)


def roles(
    name: Annotated[str, typer.Argument(help="Whose.", show_default=False)],
    role: Annotated[list[str] | None, typer.Option(help="All roles from now on; repeat.")] = None,
    disable: Annotated[bool, typer.Option("--disable", help="No entry any more; sessions end.")] = False,
    enable: Annotated[bool, typer.Option("--enable", help="Entry again.")] = False,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Give somebody other roles, or take away or give back their entry.

    Examples:
        tandem access roles li.wei --role strategist --role analyst

        tandem access roles li.wei --disable
    """
    change: dict[str, Any] = {}
    if role:
        change["roles"] = role
    if disable or enable:
        change["disabled"] = disable
    if not change or (disable and enable):
        raise InvalidInput(
            "What is to change?", code="nothing_to_change", field="roles", hint="--role ROLE, --disable or --enable"
        )
    with opened_api(folder, server, with_people=True) as api:
        found = api.patch(f"/v1/people/{segment(name)}", change)
    if as_json:
        print_json(found)
    else:
        say(f"{found['name']}: {', '.join(found['roles'])} ({found['state']})")


def reset(
    name: Annotated[str, typer.Argument(help="Who cannot sign in.", show_default=False)],
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print a one-time link for somebody who cannot sign in; it also ends a pause after failed sign-ins.

    Examples:
        tandem access reset li.wei
    """
    with opened_api(folder, server, with_people=True) as api:
        _show_link(api.post(f"/v1/people/{segment(name)}/link", {}), api.address, as_json=as_json)


def keys(
    make: Annotated[str | None, typer.Option(help="Name of a new key; prints it once.")] = None,
    scope: Annotated[list[str] | None, typer.Option(help="With --make: a permission, such as decide; repeat.")] = None,
    expires: Annotated[str, typer.Option(help="With --make: how long it lives.")] = "365d",
    revoke: Annotated[str | None, typer.Option(help="Name of a key that shall open nothing any more.")] = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """List the API keys, make one, or revoke one.

    Examples:
        tandem access keys

        tandem access keys --make core-banking --scope decide --expires 90d

        tandem access keys --revoke core-banking
    """
    if make and revoke:
        raise InvalidInput("One at a time.", code="two_wishes", field="revoke", hint="--make NAME or --revoke NAME")
    with opened_api(folder, server, with_people=True) as api:
        if make:
            body = {"name": make, "scopes": scope or [], "expires_after": expires}
            made = api.post("/v1/keys", body)
            if as_json:
                print_json(made)
                return
            print(made["secret"])
            say("Kept nowhere else: put it where your program reads it.")
            return
        if revoke:
            found = api.delete(f"/v1/keys/{segment(revoke)}")
            if as_json:
                print_json(found)
            else:
                say(f"{revoke} opens nothing any more.")
            return
        found = api.get("/v1/keys")
    if as_json:
        print_json(found)
        return
    table(
        "API keys",
        ["name", "begins", "scopes", "state", "made by", "expires", "last used"],
        [
            (one["name"], one["shown"], ", ".join(one["scopes"]), one["state"], one["made_by"], one["expires_at"],
             one["last_used_at"])
            for one in found["keys"]
        ],
    )  # fmt: skip


def _show_link(found: dict[str, Any], address: str, *, as_json: bool) -> None:
    if as_json:
        print_json({**found, "link": address + found["path"]})
        return
    print(address + found["path"])
    say(f"This link works once. Give it to {found['person']['display_name']} by a way that only they read.")
