"""Bank files: orders for the bank, what the bank says, and what nobody could place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from tandem.faces.cli.access import opened_api, segment
from tandem.faces.cli.options import AsJson, By, Folder, ServerUrl, person
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import InvalidInput

__all__ = ["group"]


def group() -> typer.Typer:
    """The commands under ``tandem bank``."""
    app = typer.Typer(help="Bank files in ISO 20022: orders out, what the bank says in.", no_args_is_help=True)
    app.command(name="out")(out)
    app.command(name="in")(in_)
    for command in (agree, decline, items, assign):
        app.command()(command)
    return app


def out(
    orders: Annotated[Path, typer.Argument(help="JSON: order_id, kind, currency, on, sender, parties.")],
    to: Annotated[Path, typer.Option("--to", help="File to write; it must not be there yet.", show_default=False)],
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Make a file of payments for the bank: pay out what was drawn (payout), or collect what falls due (debit).

    It is proposed: another person agrees to it before there is a file (`tandem bank agree`). Asked again after that, it is written.

    Examples:
        tandem bank out payouts.json --to payouts.xml
    """
    try:
        body = msgspec.json.decode(orders.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise InvalidInput(
            f"The orders cannot be read: {error}.", code="unreadable", field="orders", value=str(orders)
        ) from None
    if not isinstance(body, dict):
        raise InvalidInput("Orders are an object.", code="unreadable", field="orders", value=str(orders))
    _check_free(to)
    with opened_api(folder, server) as api:
        found = api.post("/v1/bank/orders", {**body, "by": person(by)})
    xml = found.pop("xml")
    if xml is not None:
        to.write_text(xml, encoding="utf-8")
    if as_json:
        print_json({**found, "written": None if xml is None else str(to)})
        return
    told = f"{found['count']} of {found['total_minor']} minor units of {found['currency']}"
    if xml is not None:
        say(f"{told} in {to}, message {found['message_id']}")
    elif found["standing"] == "declined":
        say(f"{told}, message {found['message_id']}: declined; order it again under another order_id")
    else:
        say(f"{told} proposed; another person looks at it: tandem bank agree {found['message_id']} --to {to}")
    if found["left"]:
        table(
            "Left out",
            ["account", "plan", "why"],
            [(one["account_id"], one["plan"] or "", one["why"]) for one in found["left"]],
        )


def agree(
    message: Annotated[str, typer.Argument(help="Message id of the file, as `out` prints it.", show_default=False)],
    to: Annotated[Path, typer.Option("--to", help="File to write; it must not be there yet.", show_default=False)],
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Agree to a file of payments that another person made, after a look at who is paid, and write it.

    Examples:
        tandem bank agree TD5F0C... --to payouts.xml --by ben
    """
    _check_free(to)
    path = f"/v1/bank/orders/{segment(message)}"
    with opened_api(folder, server) as api:
        parties = api.get(f"{path}/parties")["parties"]
        found = api.post(f"{path}/agreement", {"by": person(by)})["file"]
        to.write_text(api.get(f"{path}/file")["xml"], encoding="utf-8")
    if as_json:
        print_json({**found, "parties": parties, "written": str(to)})
        return
    rows = [(one["account_id"], one["name"] or "", one["account"] or "", one["amount_minor"]) for one in parties]
    table("", ["account", "name", "bank account", "minor"], rows, right=["minor"])
    say(f"{found['count']} of {found['total_minor']} minor units of {found['currency']} in {to}")


def decline(
    message: Annotated[str, typer.Argument(help="Message id of the file, as `out` prints it.", show_default=False)],
    reason: Annotated[str, typer.Option(help="wrong_party, wrong_amount, not_due, suspicious or other.")] = "other",
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Decline a file of payments that another person made; its orders may be made in another one.

    Examples:
        tandem bank decline TD5F0C... --reason wrong_party --by ben
    """
    with opened_api(folder, server) as api:
        body = {"reason": reason, "by": person(by)}
        found = api.post(f"/v1/bank/orders/{segment(message)}/refusal", body)["file"]
    if as_json:
        print_json(found)
    else:
        say(f"{found['message_id']} is declined: {found['reason']}")


def in_(
    files: Annotated[list[Path], typer.Argument(help="camt.053, camt.054 or pain.002, as the bank gave them.")],
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Take in files of the bank. The same file again changes nothing.

    Examples:
        tandem bank in statement-2026-11-30.xml
    """
    shown = []
    with opened_api(folder, server) as api:
        for path in files:
            found = api.post("/v1/bank/files", {"xml": _text(path), "by": person(by)})
            shown.append({"name": str(path), **found})
    if as_json:
        print_json({"files": shown})
        return
    for one in shown:
        say(f"{one['name']}: {one['version']} {one['message_id']}" + (", taken before" if one["again"] else ""))
        rows = [
            (currency, outcome, told["count"], told["net_minor"])
            for currency, by_outcome in one["sums"].items()
            for outcome, told in by_outcome.items()
        ]
        if rows:
            table("", ["currency", "outcome", "count", "net minor"], rows, right=["count", "net minor"])
        for status, count in one["statuses"].items():
            say(f"  {count} orders are {status}")
        if one["left_out"]:
            say(f"  {one['left_out']} entries are not booked yet")


def items(
    limit: Annotated[int, typer.Option(min=1, max=500)] = 100,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show money at the bank that nobody could place, the oldest first.

    Examples:
        tandem bank items
    """
    with opened_api(folder, server) as api:
        found = api.get("/v1/bank/items", limit=limit)
    if as_json:
        print_json(found)
        return
    rows = [
        (one["item"], one["booked"], one["amount_minor"] if one["incoming"] else -one["amount_minor"], one["currency"], one["why"],
         one["account_id"] or "", one["party"] or "")
        for one in found["items"]
    ]  # fmt: skip
    table("", ["item", "booked", "minor", "currency", "why", "account", "party"], rows, right=["minor"])


def assign(
    item: Annotated[str, typer.Argument(help="Its id, as `items` prints it.", show_default=False)],
    to: Annotated[str, typer.Argument(help="payment, return, payout, charge or elsewhere.", show_default=False)],
    account: Annotated[str | None, typer.Option(help="Account of a payment or a return.")] = None,
    plan: Annotated[str | None, typer.Option(help="Its plan.")] = None,
    payment: Annotated[str | None, typer.Option(help="The payment that came back.")] = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Say what an item is; a payment is paid, a return takes its payment back.

    Examples:
        tandem bank assign 5f0c... payment --account acc_1 --plan loan
    """
    body = {"to": to, "account_id": account, "plan": plan, "payment_id": payment}
    with opened_api(folder, server) as api:
        given = {name: value for name, value in body.items() if value is not None}
        found = api.post(f"/v1/bank/items/{segment(item)}/assignment", {**given, "by": person(by)})
    if as_json:
        print_json(found)
    else:
        say(
            f"{found['item']} is {found['to']}"
            + (f" of {found['account_id']}, {found['plan']}" if found["account_id"] else "")
        )


def _check_free(to: Path) -> None:
    if to.exists():
        raise InvalidInput(
            "That file is there already.", code="file_exists", field="to", value=str(to), hint="name another one"
        )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(
            f"The file cannot be read: {error}.", code="unreadable", field="files", value=str(path), hint="UTF-8"
        ) from None
