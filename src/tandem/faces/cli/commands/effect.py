"""What a draft policy would have done to the last real decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tandem.faces.cli.access import opened_api
from tandem.faces.cli.options import AsJson, Folder, ServerUrl
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import DefinitionError, NotFound

__all__ = ["money_text", "policy_in", "rate_text", "register"]

_NOTES = {
    "not_recorded": "{count:,} decisions cannot be taken again: not recorded with them: {names}",
    "not_scored": "{count:,} decisions need a score of {names} that nobody needed before; --score makes up for them",
    "not_scorable": "{count:,} decisions cannot be scored by {names}: its inputs were not recorded",
    "lists_as_now": "asked as they stand now, because the decisions did not ask them: {names}",
    "outcomes_undefined": "nobody said which event tells how a decision turned out: add outcomes/<event type>.yaml",
    "never_approved": "{count:,} of those let through were never approved, so nobody knows how they would turn out",
    "simulated": "the outcomes are simulated",
    "decided_otherwise": "{count:,} decisions came out otherwise under the release of then than under the live one",
    "by_row": "decided one by one: {text}",
}


def register(app: typer.Typer) -> None:
    """Hang the command on ``app``."""
    app.command(rich_help_panel="Decide")(effect)


def effect(
    file: Annotated[Path, typer.Argument(help="A policy as YAML or JSON.", show_default=False)],
    last: Annotated[int | None, typer.Option(help="Decisions to look at.", show_default="up to 100,000")] = None,
    score: Annotated[bool, typer.Option("--score", help="Score what was never scored, however many.")] = False,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show what a draft would have done to the last real decisions, beside the live policy. Nothing is recorded.

    Examples:
        tandem effect policies/application.yaml

        tandem effect policies/application.yaml --last 10000 --json
    """
    body: dict[str, Any] = {"policy": policy_in(file), "session": "cli", "score": score}
    with opened_api(folder, server) as api:
        found = api.post("/v1/effect", body if last is None else {**body, "last": last})
    if as_json:
        print_json(found)
    else:
        _show(found)


def policy_in(file: Path) -> dict[str, Any]:
    """The policy of a file, with its name in it."""
    from tandem.kernel.artefacts.workspace import parse_yaml

    try:
        document = parse_yaml(file.read_text("utf-8"), str(file))
    except FileNotFoundError:
        raise NotFound("No such file.", code="no_file", field="file", value=str(file)) from None
    if not isinstance(document, dict):
        raise DefinitionError("A policy is a mapping.", code="not_a_policy", field="file", value=str(file))
    named = {name: value for name, value in document.items() if name != "name"}
    return {"policy": document.get("name", file.stem), **named}


def _show(found: dict[str, Any]) -> None:
    currency = found["currency"]
    print(
        f"{found['changed']:,} of {found['redecided']:,} decisions change"
        f" ({found['terms_changed']:,} more on other terms)"
    )
    known = found["outcomes"]["defined"]
    moved = [("would be stopped", found["stopped"]), ("would be let through", found["let_through"])]
    table(
        "",
        ["", "all", "bad", "good", "unknown", "amount"],
        [
            (words, f"{one['count']:,}", f"{one['bad']:,}", f"{one['good']:,}", f"{one['unknown']:,}",
             money_text(one["amount_minor"], currency))
            for words, one in moved
        ],
        right=["all", "bad", "good", "unknown", "amount"],
    )  # fmt: skip
    sides = (("now", found["before"]), ("draft", found["after"]))
    rows = [(words, rate_text(one["approved"]), rate_text(one["bad"]) if known else "?", f"{one['reviewed']:,}",
             f"{one['declined']:,}", money_text(one["limit_minor"], currency)) for words, one in sides]  # fmt: skip
    table("", ["", "approved", "bad of approved", "reviewed", "declined", "limits"], rows)
    cells = [(one["before"], one["after"], f"{one['count']:,}") for one in found["matrix"]]
    table("", ["from", "to", "decisions"], cells, right=["decisions"])
    for segment in found["segments"]:
        groups = [
            (_label(one["label"]), f"{one['decisions']:,}", f"{one['changed']:,}", f"{one['bad_stopped']:,}",
             f"{one['good_hurt']:,}")
            for one in segment["groups"]
        ]  # fmt: skip
        table(f"by {segment['field']}", ["", "decisions", "change", "bad stopped", "good hurt"], groups)
    for note in found["notes"]:
        words = _NOTES.get(note["code"], note["code"])
        say("note: " + words.format(count=note.get("count", 0), names=", ".join(note.get("names", ())),
                                    text=note.get("text", "")))  # fmt: skip
    if found["erased"]:
        say(f"note: {found['erased']:,} decisions are left out because their person was erased")
    say(f"{found['took_ms']['total']:,.0f} ms")


def rate_text(rate: dict[str, Any]) -> str:
    """A share with its interval."""
    if rate["share"] is None:
        return "?"
    return f"{rate['share']:.1%} ({rate['low']:.1%} to {rate['high']:.1%})"


def money_text(minor: int | None, currency: str) -> str:
    """An amount in minor units, with its currency."""
    from tandem.kernel.money import CURRENCY_EXPONENTS, Money

    if minor is None:
        return ""
    return str(Money(minor, currency)) if currency in CURRENCY_EXPONENTS else f"{minor:,} (minor units)"


def _label(label: dict[str, Any]) -> str:
    if label["kind"] == "value":
        return str(label["value"])
    if label["kind"] != "range":
        return f"({label['kind']})"
    low, high = label.get("low"), label.get("high")
    if low is None:
        return f"below {high:g}"
    return f"{low:g} and more" if high is None else f"{low:g} to below {high:g}"
