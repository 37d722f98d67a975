"""Rings: people who apply together."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tandem.faces.cli.access import opened_api, segment
from tandem.faces.cli.options import AsJson, Folder, ServerUrl
from tandem.faces.cli.showing import print_json, say, table

__all__ = ["group"]


class _State(StrEnum):
    LIVING = "living"
    OPEN = "open"
    LISTED = "listed"
    DISMISSED = "dismissed"
    ENDED = "ended"
    ALL = "all"


def group() -> typer.Typer:
    """The commands under ``tandem rings``."""
    app = typer.Typer(help="Rings: people who apply together.", no_args_is_help=True)
    app.command("list")(list_rings)
    app.command()(show)
    app.command()(refresh)
    return app


def list_rings(
    finder: Annotated[str | None, typer.Option(help="Only by this definition.", show_default="all")] = None,
    state: Annotated[
        _State, typer.Option(help="Only in this state; living: neither over nor dismissed.")
    ] = _State.LIVING,
    smallest: Annotated[int, typer.Option(min=0, help="Members at least.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """List rings, those to be looked at first in front. The server looks for them; it has to run.

    Examples:
        tandem rings list --smallest 10
    """
    with opened_api(folder, server) as api:
        found = api.get("/v1/rings", finder=finder, state=state.value, smallest=smallest, limit=limit)
    if as_json:
        print_json(found)
        return
    table(
        "",
        ["rank", "ring", "state", "size", "known bad", "what"],
        [
            [one["rank"], one["ring_id"], one["state"], one["size"], one["known_bad"], one["words"]["en"]]
            for one in found["rings"]
        ],
        right=["rank", "size", "known bad"],
    )
    if found["next_after"] is not None:
        say(f"{found['total']:,} in all")


def show(
    ring_id: Annotated[str, typer.Argument(help="Id of a ring.", show_default=False)],
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show one ring: what it shares, who is in it, and what became of it.

    Examples:
        tandem rings show ring_019ab3f0c2d84a77b1c92d83c1a2b3c4
    """
    with opened_api(folder, server) as api:
        found = api.get(f"/v1/rings/{segment(ring_id)}")
    if as_json:
        print_json(found)
        return
    say(found["ring"]["words"]["en"])
    for one in found["caveats"]:
        say(one["en"])
    table(
        "What they share",
        ["kind", "pseudonym", "members", "users", "known bad", "known good", "on list"],
        [
            [
                one["kind"],
                one["identifier"],
                one["members"],
                f"{one['users']:,}{' (a crowd)' if one['crowd'] else ''}",
                one["known_bad"],
                one["known_good"],
                one["on_list"] or "",
            ]
            for one in found["identifiers"]
        ],
        right=["members", "users", "known bad", "known good"],
    )
    table(
        "Members",
        ["since", "pseudonym", "cell", "heat", "known", "outcome"],
        [
            [
                one["since"],
                one["member"],
                one["cell"],
                "" if one["heat"] is None else f"{one['heat']:.2f}",
                {True: "bad", False: "good", None: ""}[one["bad"]],
                one["outcome"] or "",
            ]
            for one in found["members"]
        ],
        right=["cell", "heat"],
    )
    table("What became of it", ["at", "by", "what"], [[one["at"], one["by"], one["en"]] for one in found["story"]])


def refresh(
    finder: Annotated[str | None, typer.Option(help="Only by this definition.", show_default="all")] = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Look for rings now, instead of when their definitions say.

    Examples:
        tandem rings refresh
    """
    with opened_api(folder, server) as api:
        found = api.post("/v1/rings/refresh", {} if finder is None else {"finder": finder})
    if as_json:
        print_json(found)
        return
    changes = ", ".join(f"{count:,} {what}" for what, count in sorted(found["changes"].items())) or "nothing changed"
    say(f"{found['rings']:,} rings among {found['members']:,} members in {found['took_ms'] / 1000:,.1f} s: {changes}")
