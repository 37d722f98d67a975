"""Attack your own policy: a simulated attack, and what it came to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from tandem.faces.cli.access import Api, opened_api, segment
from tandem.faces.cli.options import AsJson, Folder, ServerUrl
from tandem.faces.cli.running import finished
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import InvalidInput, NotFound

__all__ = ["drafts_in", "register"]

_NOTES: Final = {
    "outcomes_undefined": "nobody said which event tells how {names} turned out, so the policy learns nothing from what "
    "got through: add outcomes/<event type>.yaml",
    "fields_left_empty": "left empty, because nothing simulated fills them: {names}",
    "lists_begin_empty": "lists name real people, so they begin empty: {names}",
    "no_label_in_time": "an outcome is known after {count} days, which this attack does not last",
}


def register(app: typer.Typer) -> None:
    """Hang the command on ``app``."""
    app.command(rich_help_panel="Decide")(attack)


def attack(
    kind: Annotated[str | None, typer.Argument(help="A kind of attack; without one, all are listed.")] = None,
    intensity: Annotated[
        float | None, typer.Option(help="Attempts, as a share of what honest people do.", show_default="the kind's")
    ] = None,
    disguise: Annotated[
        float | None, typer.Option(help="0 shares all that can be shared, 1 nothing.", show_default="the kind's")
    ] = None,
    seed: Annotated[int, typer.Option(help="Everything follows from it.")] = 7,
    days: Annotated[int, typer.Option(help="Length of the attack.")] = 14,
    customers: Annotated[int, typer.Option(help="People in the simulated town.")] = 4_000,
    against: Annotated[str, typer.Option(help="`live`, or a workspace folder with drafts.")] = "live",
    before: Annotated[str | None, typer.Option(help="An earlier attack to compare with, by its id.")] = None,
    field: Annotated[
        list[str] | None, typer.Option(help="FIELD=SIMULATED, where yours is called otherwise; repeat.")
    ] = None,
    event_type: Annotated[str | None, typer.Option(help="What you call the simulated event.")] = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Attack what is live, or a draft, with a SIMULATED attacker: what gets through, what it costs, who is hurt.

    Nothing is recorded; it runs in a process of its own beside the decisions.

    Examples:
        tandem attack

        tandem attack group_loan --disguise 0.5 --seed 11

        tandem attack group_loan --disguise 0.5 --seed 11 --against drafts --before atk_0123
    """
    with opened_api(folder, server) as api:
        if kind is None:
            _list(api.get("/v1/attacks/kinds"), as_json=as_json)
            return
        body: dict[str, Any] = {
            "kind": kind,
            "intensity": intensity,
            "disguise": disguise,
            "seed": seed,
            "days": days,
            "customers": customers,
            "event_type": event_type,
            "fields": _fields(field or []),
            "artefacts": [] if against == "live" else drafts_in(api, Path(against)),
            "label": "" if against == "live" else against[-200:],
        }
        begun = api.post("/v1/attacks", body)
        path = f"/v1/attacks/{segment(begun['attack_id'])}"
        found = finished(api, path, "SIMULATED attack", quiet=as_json)
        compared = None if before is None else api.get(f"{path}/comparison", before=before)
    if as_json:
        print_json({**found, "comparison": compared})
        return
    _show(found, compared)


def _fields(given: list[str]) -> dict[str, str]:
    found = {}
    for one in given:
        name, equals, source = one.partition("=")
        if not equals or not name or not source:
            raise InvalidInput("It is written FIELD=SIMULATED.", code="wrong_shape", field="field", value=one)
        found[name.strip()] = source.strip()
    return found


def drafts_in(api: Api, folder: Path) -> list[dict[str, Any]]:
    """What in ``folder`` is not as it is live."""
    from tandem.decide.decisions import ARTEFACT_FOLDERS
    from tandem.kernel.artefacts import load_workspace

    if not folder.is_dir():
        raise NotFound(
            "No such folder.",
            code="no_folder",
            field="against",
            value=str(folder),
            hint="`live`, or a workspace folder",
        )
    live = set(api.get("/v1/releases/live")["manifest"].values())
    return [
        {"kind": one.kind, "name": one.name, "body": one.body}
        for one in load_workspace(folder, ARTEFACT_FOLDERS).artefacts.values()
        if one.digest not in live
    ]


def _list(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    rows = [
        (one["kind"], one["title_en"], one["policy"] or f"- ({one['fault']['code']})", one["words_en"])
        for one in found["kinds"]
    ]
    table("Kinds of attack (SIMULATED)", ["kind", "", "decided by", ""], rows)


def _show(found: dict[str, Any], compared: dict[str, Any] | None) -> None:
    report, run = found["report"], found["run"]
    asked, against, attempts, honest = report["asked"], report["against"], report["attempts"], report["honest"]
    currency = report["currency"]
    drafts = ", ".join(against["drafts"])
    say(
        f"SIMULATED: {asked['kind']}, intensity {asked['intensity']:g}, disguise {asked['disguise']:g}, seed "
        f"{asked['seed']}, against {against['policy']} {'with ' + drafts if drafts else 'as it is live'} "
        f"({run['attack_id']})"
    )
    rows = [
        (words, f"{one['count']:,}", f"{one['approved']:,}", f"{one['reviewed']:,}", f"{one['declined']:,}",
         _money(one["amount_minor"], currency))
        for words, one in (("attempts", attempts), ("honest events", honest))
    ]  # fmt: skip
    table("", ["", "all", "through", "reviewed", "declined", "asked for"], rows, right=["all", "through"])
    lost, stake = _money(report["lost_minor"], currency), _money(report["at_stake_minor"], currency)
    say(f"lost: {lost} of {stake}; to look at: {report['reviews']:,} cases, {report['reviews_wasted']:,} for nothing")
    seen = report["seen"]
    if seen["first_alarm_seconds"] is None:
        say(f"never seen: {seen['groups']:,} groups")
    else:
        say(
            f"first seen after {seen['first_alarm_seconds'] / 3600:.1f} hours and {seen['attempts_before']:,} attempts "
            f"that got through; {seen['seen']:,} of {seen['groups']:,} groups seen, in the median at attempt "
            f"{seen['member_median']:g}"
        )
    stoppers = [
        (one["name"], f"{one['attack']:,}", f"{one['alone']:,}", f"{one['honest']:,}") for one in report["stoppers"]
    ]
    table("what stopped what", ["", "attempts", "alone", "honest events"], stoppers, right=["attempts"])
    roles = [
        (one["role"], f"{one['people']:,}", f"{one['tally']['count']:,}",
         f"{one['tally']['reviewed']:,}", f"{one['tally']['declined']:,}")
        for one in report["roles"]
    ]  # fmt: skip
    table("honest people", ["", "people", "events", "reviewed", "declined"], roles, right=["people", "events"])
    for lever in report["levers"]:
        stopped = "nothing was stopped" if lever["stopped"] is None else f"{lever['stopped']:,.0f} is stopped"
        say(f"it learned: {lever['lever']}: {lever['passes']:,.0f} passes, {stopped}")
    for note in report["notes"]:
        words = _NOTES.get(note["code"], note["code"])
        say("note: " + words.format(names=", ".join(note["names"]), count=note["count"]))
    if compared is not None:
        say("")
        say("compared with the earlier one:")
        for sentence in compared["words"]:
            say(f"- {sentence['en']}")


def _money(minor: int, currency: str) -> str:
    from tandem.kernel.money import CURRENCY_EXPONENTS, Money

    return str(Money(minor, currency)) if currency in CURRENCY_EXPONENTS else f"{minor:,} (minor units)"
