"""Products: begin one from a template, see whether it holds together within the law, and what it costs a customer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from tandem.faces.cli.access import header_of
from tandem.faces.cli.commands.product_launching import assess, waive
from tandem.faces.cli.options import AsJson, Folder
from tandem.faces.cli.showing import print_json, say, table

if TYPE_CHECKING:
    from tandem.act.products import OnShelf, Quote

__all__ = ["group"]

Name = Annotated[str, typer.Argument(help="Name of the product: a file in products/.", show_default=False)]


def group() -> typer.Typer:
    """The commands under ``tandem product``."""
    app = typer.Typer(help="Products: what is lent, how it is repaid, what it costs.", no_args_is_help=True)
    for command in (new, check, quote, assess, waive):
        app.command()(command)
    return app


def new(
    name: Name,
    template: Annotated[
        str, typer.Option("--template", "-t", help="till_instalments, cash_loan or merchant_line.")
    ] = "till_instalments",
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Begin a product: write its file, and the rate cap it names where the workspace has none.

    Examples:
        tandem product new phones_in_12 --template till_instalments
    """
    from tandem.act.products import start_product

    written = start_product(folder, name, template, currency=header_of(folder).currency)
    if as_json:
        print_json({"written": [str(path) for path in written]})
        return
    for path in written:
        say(f"Wrote {path}")
    say(f"Change what you want, then: tandem product check; tandem push product/{name}")


def check(
    on: Annotated[
        str | None, typer.Option("--on", help="As of this day: caps are dated.", show_default="today")
    ] = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Check every product of the workspace as a release would: its policies are there, its price is within the cap.

    Examples:
        tandem product check

        tandem product check --on 2027-12-31
    """
    found = _shelf(folder, _day(on))
    if as_json:
        print_json({"products": {name: _told(one) for name, one in found.items()}})
        return
    rows = [
        (
            name,
            one.product.kind,
            one.product.currency,
            ", ".join(map(str, one.product.terms)),
            "" if one.dearest_bps is None else f"{one.dearest_bps / 100:.2f} %",
            one.product.cap or "",
        )
        for name, one in sorted(found.items())
    ]
    table("Products", ["product", "kind", "currency", "terms", "dearest a year", "cap"], rows, right=["dearest a year"])


def quote(
    name: Name,
    amount_minor: Annotated[int, typer.Option("--amount-minor", help="In minor units.")],
    term: Annotated[int, typer.Option("--term", help="Number of instalments.")],
    rate_bps: Annotated[
        int | None, typer.Option("--rate-bps", help="A year, in basis points.", show_default="the product's own")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", help="Day of the draw, as 2026-11-29.", show_default="today")
    ] = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Print what a customer would sign: every instalment and all it costs, from the product as the file has it.

    Examples:
        tandem product quote cash_loan --amount-minor 1200000 --term 12
    """
    from tandem.act.products import quote as quoted
    from tandem.kernel.errors import NotFound, near_match

    day = _day(on)
    shelf = _shelf(folder, day)
    if name not in shelf:
        raise NotFound(
            "There is no such product.",
            code="unknown_product",
            field="name",
            value=name,
            hint=near_match(name, shelf) or "tandem product new makes one",
        )
    found = quoted(shelf[name].product, amount_minor=amount_minor, term=term, on=day, rate_bps=rate_bps)
    if as_json:
        print_json(_shown(found))
    else:
        _print(found, shelf[name].product.currency)


def _day(on: str | None) -> int:
    from tandem.kernel.time import DAY, SystemClock, parse_date

    return SystemClock().now() // DAY if on is None else parse_date(on)


def _shelf(folder: Path, day: int) -> dict[str, OnShelf]:
    """The products of the files, if all of them hold together on that day."""
    from tandem.act.products import shelf_of
    from tandem.decide.decisions import ARTEFACT_FOLDERS
    from tandem.kernel.artefacts import Artefact, load_workspace

    by_kind: dict[str, list[Artefact]] = {}
    for artefact in load_workspace(folder, ARTEFACT_FOLDERS).artefacts.values():
        by_kind.setdefault(artefact.kind, []).append(artefact)
    policies = {one.name: str(one.body.get("event", "")) for one in by_kind.get("policy", [])}
    return shelf_of(by_kind, policies, day)


def _told(one: OnShelf) -> dict[str, object]:
    return {"digest": one.digest, "kind": one.product.kind, "dearest_bps": one.dearest_bps, "cap": one.product.cap}


def _shown(found: Quote) -> dict[str, object]:
    from tandem.kernel.time import days_to_date

    return {
        "product": found.product,
        "amount_minor": found.amount_minor,
        "term": found.term,
        "rate_bps": found.rate_bps,
        "on": days_to_date(found.on).isoformat(),
        "costs": msgspec.to_builtins(found.costs),
        "instalments": [
            {
                "number": one.number,
                "due": days_to_date(one.due).isoformat(),
                "principal_minor": one.principal_minor,
                "interest_minor": one.interest_minor,
                "fee_minor": one.fee_minor,
                "amount_minor": one.amount_minor,
            }
            for one in found.instalments
        ],
    }


def _print(found: Quote, currency: str) -> None:
    from tandem.kernel.money import Money
    from tandem.kernel.time import days_to_date

    def money(minor: int) -> str:
        return f"{Money(minor, currency).major():,}"

    rows = [
        (
            one.number,
            days_to_date(one.due).isoformat(),
            money(one.principal_minor),
            money(one.interest_minor),
            money(one.fee_minor),
            money(one.amount_minor),
        )
        for one in found.instalments
    ]
    columns = ["number", "due", "principal", "interest", "fee", "to pay"]
    table(f"{found.product}, {currency}", columns, rows, right=[one for one in columns if one != "due"])
    costs = found.costs
    print(
        f"Principal {money(costs.principal_minor)}, interest {money(costs.interest_minor)}, fees"
        f" {money(costs.fees_minor)}, everything {money(costs.total_minor)} {currency}"
    )
    print(f"A year: {costs.effective_bps / 100:.2f} % (twelve times the monthly rate: {costs.nominal_bps / 100:.2f} %)")
