"""Labels: what says how a decision turned out, what is known by now, how late it comes, and who is wrong how often."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from tandem.faces.cli.commands.datasets import opened_lake
from tandem.faces.cli.options import AsJson, Folder
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import InvalidInput, Unavailable

if TYPE_CHECKING:
    import pyarrow as pa

    from tandem.decide.decisions import Beside, LiveRelease
    from tandem.learn.labels import Asked, LabelConditions
    from tandem.observe.lake import Lake

__all__ = ["group"]

Name = Annotated[str, typer.Argument(help="Name of the label: a file in outcomes/.", show_default=False)]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", help="As known at this place of the journal, or by this time.", show_default="the last place"
    ),
]


def group() -> typer.Typer:
    """The commands under ``tandem label``."""
    app = typer.Typer(
        help="Labels: what is known of how decisions turned out, how late it comes, who is wrong how often.",
        no_args_is_help=True,
    )
    app.command(name="list")(list_)
    for command in (show, arrival, investigators):
        app.command()(command)
    return app


def list_(folder: Folder = Path(), as_json: AsJson = False) -> None:
    """List the labels of the live release: what tells, what is bad, from when on it is trusted.

    Examples:
        tandem label list
    """
    from tandem.learn.labels import labels_of

    with opened_lake(folder) as (beside, _):
        found = labels_of(_live(beside))
    if as_json:
        print_json({"labels": [{**msgspec.to_builtins(one), "digest": one.digest} for one in found]})
        return
    rows = [
        (
            one.name,
            one.decided,
            f"{one.event}: {one.bad}",
            one.window or "any time",
            one.matures or "once told",
            "good" if one.good_when_silent else "unknown",
            "SIMULATED" if one.simulated else "",
        )
        for one in found
    ]
    table("", ["label", "of", "bad where", "window", "matures", "silence", ""], rows)


def show(name: Name, as_of: AsOf = None, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Show how many decisions are labelled as of a place of the journal, month by month, and what the rest waits for.

    Examples:
        tandem label show loan_application

        tandem label show loan_application --as-of 2026-10-01T00:00:00Z
    """
    from tandem.learn.labels import months_of_labels

    with opened_lake(folder) as (beside, lake):
        conditions, asked, labels = _read(beside, lake, name, as_of)
    found = months_of_labels(labels)
    names = ["mature", "bad", "provisional", "immature", "declined", "unknown", "excluded"]
    if as_json:
        print_json(
            {
                "label": name,
                "as_of": msgspec.to_builtins(asked),
                "months": {one.month: {state: getattr(one, state) for state in names} for one in found},
            }
        )
        return
    rows = [
        (
            one.month,
            *(f"{getattr(one, state):,}" for state in names),
            f"{one.bad / one.mature:.2%}" if one.mature else "",
        )
        for one in found
    ]
    table(f"{name}, as of place {asked.seq:,}", ["month", *names, "bad rate"], rows, right=[*names, "bad rate"])
    if conditions.definition.simulated:
        say("The outcomes are SIMULATED")


def arrival(
    name: Name,
    share: Annotated[
        float, typer.Option(help="Share of the eventual bads that has to be known.", min=0.5, max=0.999)
    ] = 0.95,
    by: Annotated[str, typer.Option(help="received: when we learned of it; happened: when it happened.")] = "received",
    as_of: AsOf = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Show how late the bad ones come: the share known after so many days, and from when on a label can be trusted.

    A book that was imported in one go was learned of in one go: ask --by happened.

    Examples:
        tandem label arrival card_payment

        tandem label arrival loan_application --share 0.9 --by happened
    """
    from tandem.learn.labels import arrival_of_labels

    if by not in {"received", "happened"}:
        raise InvalidInput("By which time?", code="unknown_option", field="by", value=by, hint="received or happened")
    with opened_lake(folder) as (beside, lake):
        conditions, asked, labels = _read(beside, lake, name, as_of)
    curve = arrival_of_labels(labels, conditions, asked, by="happened" if by == "happened" else "received", share=share)
    if as_json:
        print_json({"label": name, "by": by, **msgspec.to_builtins(curve)})
        return
    rows = [(f"{p.days:,}", f"{p.share:.1%}", f"{p.low:.1%} to {p.high:.1%}", f"{p.watched:,}") for p in curve.points]
    title = f"{curve.bads:,} bads of {curve.decisions:,} decisions, {curve.young:,} of them watched for less than {curve.days:,} days"
    table(title, ["days", "known", "95 %", "watched so long"], rows, right=["days", "known", "watched so long"])
    if curve.trust_after_days is None:
        say("No bads so far, so nothing can be said.")
        return
    surely = "" if curve.trust_after_days_high is None else f", surely after {curve.trust_after_days_high:,}"
    print(f"{share:.0%} of the eventual bads are known after {curve.trust_after_days:,} days{surely}")


def investigators(name: Name, as_of: AsOf = None, folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Show how often the findings of investigators are contradicted: by the mature label, and by each other.

    Examples:
        tandem label investigators card_payment
    """
    from tandem.learn.labels import ruling_noise, rulings_of

    with opened_lake(folder) as (beside, lake):
        conditions, asked, labels = _read(beside, lake, name, as_of)
        changes: list[tuple[int, str]] = []
        if "case_changes" in lake.tables():
            query = "SELECT seq, body FROM case_changes WHERE seq <= $seq ORDER BY seq"
            rows = lake.sql(query, {"seq": asked.seq}, rows_max=50_000_000, timeout_s=600.0)
            changes = list(zip(rows["seq"].to_pylist(), rows["body"].to_pylist(), strict=True))
    mature = zip(
        labels["event_id"].to_pylist(), labels["label_state"].to_pylist(), labels["bad"].to_pylist(), strict=True
    )
    outcomes = {event: bad for event, state, bad in mature if state == "mature"}
    found = ruling_noise(rulings_of(changes, conditions.decided.name), outcomes)
    if as_json:
        print_json({"label": name, "investigators": msgspec.to_builtins(found)})
        return
    rows_shown = [
        (
            one.investigator,
            f"{one.rulings:,}",
            f"{one.checked:,}",
            f"{one.contradicted:,}",
            f"{one.missed:,}",
            "" if one.rate is None else f"{one.rate:.1%} ({one.low:.1%} to {one.high:.1%})",
            f"{one.disagreed:,} of {one.seen_twice:,}",
            "noisy" if one.noisy else "",
        )
        for one in found
    ]
    columns = ["investigator", "rulings", "checked", "contradicted", "missed bads", "rate", "colleagues disagree", ""]
    table("", columns, rows_shown, right=columns[1:5])


def _read(beside: Beside, lake: Lake, name: str, text: str | None) -> tuple[LabelConditions, Asked, pa.Table]:
    from tandem.learn.datasets import as_of, caught_up, label_table
    from tandem.learn.labels import label_named

    conditions = label_named(_live(beside), name)
    asked = as_of(beside, text)
    caught_up(beside, lake)
    return conditions, asked, label_table(lake.moment(), conditions, asked)


def _live(beside: Beside) -> LiveRelease:
    live: Any = beside.live()
    if live is None:
        raise Unavailable(
            "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
        )
    found: LiveRelease = live
    return found
