"""Third parties that policies ask: how they do, what they cost, what would be sent to them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tandem.faces.cli.access import opened_api, segment
from tandem.faces.cli.options import AsJson, Folder, ServerUrl
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.money import CURRENCY_EXPONENTS

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Hang the command on ``app``."""
    app.command(rich_help_panel="Decide")(connectors)


def connectors(
    name: Annotated[str | None, typer.Argument(help="A connector; all of them when left out.")] = None,
    event: Annotated[
        Path | None, typer.Option("--try", help="An event as JSON: show what would be sent for it. Sends nothing.")
    ] = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show whom policies ask: breaker, calls, latency, faults and money since the server started.

    Examples:
        tandem connectors

        tandem connectors bureau --json

        tandem connectors bureau --try data/application.json
    """
    with opened_api(folder, server) as api:
        if name is None:
            found = api.get("/v1/connectors")
        elif event is None:
            found = api.get(f"/v1/connectors/{segment(name)}")
        else:
            found = api.post(f"/v1/connectors/{segment(name)}/try", {"event": _event(event)})
    if as_json:
        print_json(found)
    elif name is None:
        _show_all(found["connectors"])
    elif event is None:
        _show_one(found)
    else:
        _show_try(found)


def _event(path: Path) -> Any:
    import msgspec

    from tandem.kernel.errors import InvalidInput

    try:
        return msgspec.json.decode(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InvalidInput(f"Not an event: {error}.", code="invalid_event", field="try", value=str(path)) from None


def _show_all(found: list[dict[str, Any]]) -> None:
    if not found:
        say("The live release has no connectors.")
        return
    rows = [
        [one["name"], _who(one["mode"]), one["breaker"], sum(one["asked"].values()), one["asked"].get("cache", 0),
         sum(one["faults"].values()), _ms(one["latency_ms_p99"]), _money(one["spent_minor"], one["currency"])]
        for one in found
    ]  # fmt: skip
    columns = ["connector", "answers here", "breaker", "asked", "from cache", "faults", "p99", "spent"]
    table("", columns, rows, right=columns[3:])


def _show_one(one: dict[str, Any]) -> None:
    table("", ["", ""], [
        ["asked at", one["url"]],
        ["for", one["purpose"]],
        ["answers here", _who(one["mode"])],
        ["asked by", ", ".join(one["policies"]) or "no policy"],
        ["budget", f"{one['budget_ms']:g} ms, {one['retries']} retries"],
        ["price", _money(one["price_minor"], one["currency"])],
        ["valid for", f"{one['valid_for_s']:g} s"],
        ["breaker", one["breaker"] + (f" until {one['open_until']}" if one["open_until"] else "")],
        ["asked", ", ".join(f"{source} {count}" for source, count in sorted(one["asked"].items())) or "never"],
        ["faults", ", ".join(f"{fault} {count}" for fault, count in sorted(one["faults"].items())) or "none"],
        ["latency", f"p50 {_ms(one['latency_ms_p50'])}, p99 {_ms(one['latency_ms_p99'])}"],
        ["spent", _money(one["spent_minor"], one["currency"])],
        ["perhaps billed", _money(one["unsure_minor"], one["currency"])],
        ["saved by cache", _money(one["saved_minor"], one["currency"])],
    ])  # fmt: skip
    table("leaves the house", ["name", "field", "class"], [
        [sent["name"], sent["field"] or "(constant)", sent["data_class"]] for sent in one["send"]
    ])  # fmt: skip
    table("comes back", ["fact", "type", "at"], [[fact["name"], fact["type"], fact["at"]] for fact in one["answer"]])


def _show_try(found: dict[str, Any]) -> None:
    if found["body"] is None:
        say(f"Nothing would be sent: the event lacks {', '.join(found['missing'])}.")
        return
    say(f"Would be sent to {found['url']} (nothing was sent; what is personal is masked):")
    print_json(found["body"])


def _who(mode: str) -> str:
    return "SIMULATED" if mode == "simulated" else mode


def _ms(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f} ms"


def _money(minor: int, currency: str) -> str:
    digits = CURRENCY_EXPONENTS[currency]
    return f"{minor / 10**digits:,.{digits}f} {currency}"
