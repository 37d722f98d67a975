"""How live models do, and what is live."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from tandem.faces.cli.access import header_of, settings
from tandem.faces.cli.commands.datasets import opened_lake
from tandem.faces.cli.options import AsJson, Folder
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.time import DAY, SystemClock, format_instant, parse_instant

if TYPE_CHECKING:
    from tandem.learn.monitoring import Figure, Watch

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Hang the commands on ``app``."""
    app.command(rich_help_panel="Learn")(monitor)
    app.command(rich_help_panel="Learn")(inventory)


def monitor(
    model: Annotated[str, typer.Argument(help="Name of a live model.", show_default=False)],
    by: Annotated[
        str | None, typer.Option(help="month, release, or a field of the event that names a segment.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="Decisions on events from this time on, RFC 3339.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Decisions on events before this time, RFC 3339.")] = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Show how a model does on its decisions: the newer two thirds against the oldest third. Ends with 1 on an alert.

    Every figure has its rows and its interval, and a limit that knows how many rows there were. Only mature labels count;
    before they are there, the AUC to expect is estimated where the probabilities have proved right.

    Examples:
        tandem monitor credit_risk

        tandem monitor credit_risk --by month --json
    """
    from tandem.learn.monitoring import ModelAsked, look_at_model

    asked = ModelAsked(
        model=model,
        by=by,
        since=None if since is None else parse_instant(since),
        until=None if until is None else parse_instant(until),
    )
    with opened_lake(folder) as (beside, lake):
        report = look_at_model(beside, lake, asked)
    found = report.watch
    if as_json:
        told = {name: getattr(report, name) for name in ("event", "label", "simulated", "seq", "hidden")}
        print_json({**msgspec.to_builtins(found), **told})
    else:
        _show(found, simulated=report.simulated)
        if report.hidden:
            say("not compared, since they name somebody: " + ", ".join(report.hidden))
    if found.alerts:
        raise typer.Exit(1)


def inventory(
    review_days: Annotated[int, typer.Option(help="Days after going live until the next review.", min=1)] = 365,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """List every live model and policy: who made and approved it, what it is for, since when, and when review is due.

    Examples:
        tandem inventory

        tandem inventory --review-days 180 --json
    """
    from tandem.decide.decisions import open_beside
    from tandem.learn.monitoring import take_model_inventory

    with open_beside(settings(), header_of(folder).name) as beside:
        found = take_model_inventory(beside.register(), now=SystemClock().now(), review_every=review_days * DAY)
    if as_json:
        print_json({"inventory": msgspec.to_builtins(found)})
        return
    rows = [
        (
            f"{one.kind}/{one.name}",
            one.digest[:12],
            one.decides,
            one.owner,
            one.approver or "nobody",
            one.tier or "not said",
            format_instant(one.live_since)[:10],
            format_instant(one.next_review)[:10] + (" OVERDUE" if one.overdue else ""),
            one.purpose[:60],
        )
        for one in found
    ]
    table("", ["", "version", "of", "owner", "approved by", "tier", "live since", "next review", "purpose"], rows)


def _show(found: Watch, *, simulated: bool) -> None:
    for group in found.groups:
        name = "all" if group.by == "all" else f"{group.by} {group.value}"
        title = f"{found.model}, {name}: {group.rows:,} decisions, {group.outcomes:,} with a mature label"
        columns = ["figure", "value", "95 %", "limit", "rows", ""]
        table(title + (" (reference)" if group.reference else ""), columns, [_line(one) for one in group.figures])
    for alert in found.alerts:
        say(f"alert for {alert.owner}: {alert.en}")
    say(f"compared with the {found.reference_rows:,} oldest decisions")
    if simulated:
        say("The outcomes are SIMULATED")


def _line(one: Figure) -> tuple[str, ...]:
    interval = "" if one.low is None or one.high is None else f"{one.low:.4g} to {one.high:.4g}"
    limit = "" if one.limit is None else f"{one.limit:.4g}"
    return one.name, f"{one.value:.4g}", interval, limit, f"{one.n:,}", "BEYOND" if one.beyond else ""
