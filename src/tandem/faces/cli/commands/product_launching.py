"""Before a product is sold: assess it over history and put it before somebody who signs, or say why there is no assessment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tandem.faces.cli.access import Api, opened_api, segment
from tandem.faces.cli.commands.attack import drafts_in
from tandem.faces.cli.options import AsJson, By, Folder, Note, ServerUrl, person
from tandem.faces.cli.running import finished
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import NotFound

__all__ = ["assess", "waive"]

_Name = Annotated[str, typer.Argument(help="Name of the product: a file in products/.", show_default=False)]


def assess(
    name: _Name,
    where: Annotated[str, typer.Option(help="A condition: whom of the past it is meant for.")] = "",
    groups: Annotated[
        list[str] | None,
        typer.Option(
            "--group", help="A field or a condition by which it is compared; repeat.", show_default="fairness"
        ),
    ] = None,
    since: Annotated[str | None, typer.Option("--from", help="From this instant of event time on.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Up to this instant, without it.")] = None,
    funding_bps: Annotated[int, typer.Option(help="An assumption: what money costs a year.")] = 300,
    lgd: Annotated[float, typer.Option(help="An assumption: lost of what is outstanding on a bad loan.")] = 0.6,
    reviewers: Annotated[int, typer.Option(help="People who review.")] = 1,
    propose: Annotated[bool, typer.Option("--propose", help="Put it before somebody who signs.")] = False,
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    note: Note = "",
    as_json: AsJson = False,
) -> None:
    """Take the applications of the past again for a product of the folder, with its policies; what would have come of it.

    Examples:
        tandem product assess quick_loan --group "age >= 60"

        tandem product assess quick_loan --propose
    """
    assumptions = {"funding_bps": funding_bps, "lgd": lgd, "reviewers": reviewers}
    chosen: dict[str, Any] = {"where": where, "since": since, "until": until, "assumptions": assumptions}
    if groups:
        chosen["groups"] = groups
    with opened_api(folder, server) as api:
        begun = api.post("/v1/assessments", {**_draft(api, folder, name), "chosen": chosen})
        path = f"/v1/assessments/{segment(begun['assessment_id'])}"
        found = finished(api, path, "Deciding on the past", quiet=as_json)
        if propose:
            proposed = api.post(f"{path}/proposal", {"author": person(by), "note": note})
            found["proposed"] = proposed["artefacts"]
    if as_json:
        print_json(found)
        return
    _show(found["report"])
    _show_waiting(found["proposed"])


def waive(
    name: _Name,
    reason: Annotated[str, typer.Option("--reason", help="Why there is no assessment; somebody else signs it.")],
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Put a product before somebody who signs, without an assessment: where there is no history, or only policies change.

    Examples:
        tandem product waive quick_loan --reason "Nobody has applied yet."
    """
    with opened_api(folder, server) as api:
        body = {**_draft(api, folder, name), "reason": reason, "author": person(by)}
        found = api.post("/v1/products/waivers", body)
    if as_json:
        print_json(found)
    else:
        _show_waiting(found["artefacts"])


def _draft(api: Api, folder: Path, name: str) -> dict[str, Any]:
    """The product of the folder, with what of its policies, reasons and caps is not live."""
    from tandem.decide.decisions import ARTEFACT_FOLDERS
    from tandem.faces.launching import LAUNCHED_KINDS
    from tandem.kernel.artefacts import load_workspace

    products = {
        key.name: one
        for key, one in load_workspace(folder, ARTEFACT_FOLDERS).artefacts.items()
        if key.kind == "product"
    }
    if name not in products:
        raise NotFound(
            "There is no such product.", code="unknown_product", field="name", value=name, hint="tandem product new"
        )
    drafts = [one for one in drafts_in(api, folder) if one["kind"] in LAUNCHED_KINDS and one["kind"] != "product"]
    return {"name": name, "definition": products[name].body, "drafts": drafts}


def _show(report: dict[str, Any]) -> None:
    expected, approved = report["economics"]["expected"], report["backtest"]["candidate"]["approved"]

    def share(value: float | None) -> str:
        return "not known" if value is None else f"{value:.1%}"

    def money(minor: int) -> str:
        from tandem.kernel.money import Money

        return f"{Money(minor, report['currency']).major():,} {report['currency']}"

    rows = [("applications it is for", f"{report['counted']:,}"), ("approved", share(approved["share"]))]
    rows.append(("bad among known", share(report["economics"]["bad_rate"]["share"])))
    if expected is not None:
        rows += [("lent", money(expected["lent_minor"])), ("expected loss", money(expected["loss_minor"]))]
        low, high = expected["net_low_minor"], expected["net_high_minor"]
        interval = "" if low is None or high is None else f" ({money(low)} to {money(high)})"
        rows.append(("expected margin", money(expected["net_minor"]) + interval))
    rows.append(("reviews a day", f"{report['capacity']['reviews_a_day']:.1f}"))
    table(report["product"]["name"], ["figure", "value"], rows, right=["value"])
    for one in report["concerns"]:
        say(f"{'Against it' if one['weight'] == 'stop' else 'Look'}: {one['en']}")


def _show_waiting(artefacts: list[dict[str, Any]]) -> None:
    if not artefacts:
        say("Put it before somebody who signs: --propose")
        return
    names = " ".join(f"{one['kind']}/{one['name']}" for one in artefacts)
    say(f"Waits for somebody else: tandem review {names}; tandem release {names}")
