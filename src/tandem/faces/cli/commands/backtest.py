"""Any release, or a draft in it, over a stretch of history as it was known then."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tandem.faces.cli.access import opened_api, segment
from tandem.faces.cli.commands.attack import drafts_in
from tandem.faces.cli.commands.backtest_tables import show_backtest
from tandem.faces.cli.commands.effect import policy_in
from tandem.faces.cli.options import AsJson, Folder, ServerUrl
from tandem.faces.cli.running import finished
from tandem.faces.cli.showing import print_json
from tandem.kernel.errors import InvalidInput

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Hang the command on ``app``."""
    app.command(rich_help_panel="Decide")(backtest)


def backtest(
    policy: Annotated[
        Path | None, typer.Option(help="A policy as YAML or JSON, in the place of the release's.")
    ] = None,
    release: Annotated[str, typer.Option(help="Digest of a release, or `live`: what decides.")] = "live",
    drafts: Annotated[Path | None, typer.Option(help="A workspace folder: whatever in it is not live.")] = None,
    against: Annotated[str, typer.Option(help="`recorded`, `live`, or the digest of a release.")] = "recorded",
    event: Annotated[
        str | None, typer.Option(help="Type of the events decided on.", show_default="the policy's")
    ] = None,
    since: Annotated[str | None, typer.Option("--from", help="From this instant of event time on.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Up to this instant, without it.")] = None,
    margin: Annotated[
        float | None, typer.Option(help="An assumption: share of the amount that a good one earns.")
    ] = None,
    lgd: Annotated[float, typer.Option(help="An assumption: share of the amount lost on a bad one.")] = 1.0,
    score: Annotated[str | None, typer.Option(help="A model, for cut-offs.", show_default="the only one")] = None,
    inferred: Annotated[
        str | None, typer.Option(help="A model for outcomes that nobody knows.", show_default="the score")
    ] = None,
    segments: Annotated[
        list[str] | None, typer.Option("--segment", help="A field by which approval is compared; repeat.")
    ] = None,
    sweep: Annotated[
        str | None, typer.Option(help="RULE=V1,V2,...: other values of a number in a rule's condition.")
    ] = None,
    number: Annotated[int, typer.Option(help="Which number of that condition, from 0.")] = 0,
    attribute: Annotated[
        bool, typer.Option("--attribute", help="Say whether rule, model, list, feature or data made the difference.")
    ] = False,
    rules: Annotated[bool, typer.Option(help="What each rule is worth.")] = True,
    sample: Annotated[int, typer.Option(help="Decisions taken again one by one, to hold against.")] = 500,
    seed: Annotated[int, typer.Option(help="Draws the sample.")] = 7,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Take the decisions of a stretch of history again, as they were known then. Nothing is recorded.

    Examples:
        tandem backtest --policy policies/application.yaml --from 2026-01-01 --to 2026-07-01

        tandem backtest --event application --margin 0.06 --lgd 0.8 --attribute --json
    """
    draft = None if policy is None else policy_in(policy)
    event_type = event or (None if draft is None else str(draft.get("event", "")))
    if not event_type:
        raise InvalidInput(
            "Which decisions?", code="no_event_type", field="event", hint="--event, or --policy with a policy"
        )
    asked: dict[str, Any] = {
        "event_type": event_type,
        "candidate": {"release": release, "label": "" if policy is None else str(policy)},
        "against": {"release": against},
        "since": since,
        "until": until,
        "price": None if margin is None else {"margin": margin, "lgd": lgd},
        "score": score,
        "inferred": inferred,
        "segments": segments or [],
        "rules": rules,
        "sweep": None if sweep is None else _sweep(sweep, number),
        "attribute": attribute,
        "sample": sample,
        "seed": seed,
    }
    with opened_api(folder, server) as api:
        placed = [] if drafts is None else drafts_in(api, drafts)
        if draft is not None:
            body = {name: value for name, value in draft.items() if name != "policy"}
            placed.append({"kind": "policy", "name": draft["policy"], "body": body})
        asked["candidate"]["drafts"] = placed
        begun = api.post("/v1/backtests", {"asked": asked})
        path = f"/v1/backtests/{segment(begun['backtest_id'])}"
        found = finished(api, path, "Deciding again", quiet=as_json)
    if as_json:
        print_json(found)
    else:
        show_backtest(found["report"])


def _sweep(text: str, number: int) -> dict[str, Any]:
    rule, equals, values = text.partition("=")
    try:
        tried = [float(one) for one in values.split(",")]
    except ValueError:
        tried = []
    if not equals or not tried:
        raise InvalidInput("It is written STAGE.RULE=1,2,3.", code="wrong_shape", field="sweep", value=text)
    return {"rule": rule.strip(), "values": tried, "number": number}
