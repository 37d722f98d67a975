"""Accounts: taken over from another system, row by row, or not at all."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import typer

from tandem.faces.cli.access import opened_process
from tandem.faces.cli.failing import BAD_ANSWER
from tandem.faces.cli.options import AsJson, By, Folder, person
from tandem.faces.cli.progress import measured
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import InvalidInput, NotFound, TandemError, near_match
from tandem.kernel.identity import EntityKind
from tandem.kernel.time import DAY, SystemClock

if TYPE_CHECKING:
    from tandem.act.lending import Control, Delivered, Delivery, DeliveryMapping
    from tandem.act.products import OnShelf
    from tandem.decide.decisions import DecisionProcess

__all__ = ["group"]

_AT_ONCE: Final = 100
"""Accounts in one commit."""
_SHOWN: Final = 20
_ACCOUNT: Final = EntityKind("account")


def group() -> typer.Typer:
    """The commands under ``tandem accounts``."""
    app = typer.Typer(help="Accounts: take them over from another system.", no_args_is_help=True)
    app.callback()(lambda: None)  # one command, and still a group
    app.command(name="take-over")(take_over)
    return app


def take_over(
    file: Annotated[Path, typer.Argument(help="CSV or Parquet, a movement a row.", show_default=False)],
    product: Annotated[str, typer.Option(help="The product, of the live release, that they are accounts of.")],
    columns: Annotated[Path, typer.Option(help="YAML: which column says what.")],
    control: Annotated[
        Path | None, typer.Option(help="YAML: rows, accounts, drawn, paid and refunded, by who delivered the file.")
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Say every fault and the totals; keep nothing.")] = False,
    faults: Annotated[
        Path | None, typer.Option(help="Where faults go, a row each.", show_default="FILE.faults.csv")
    ] = None,
    ids: Annotated[
        Path | None, typer.Option(help="Where the account ids go that accounts have here.", show_default="nowhere")
    ] = None,
    folder: Folder = Path(),
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Take over accounts of another system with their limits, draws and payments, each on its own day.

    All of the file or nothing: a file with a fault, or with other totals than its control total, is not taken over. Running it
    again is safe: accounts that are here are counted and left alone. Exit 1 if there was a fault.

    Examples:
        tandem accounts take-over cards.csv --product card_line --columns cards.yaml --dry-run

        tandem accounts take-over cards.csv --product card_line --columns cards.yaml --control cards.control.yaml
    """
    from tandem.act.lending import Control, DeliveryMapping, check_control

    mapping = _document(columns, DeliveryMapping, "columns")
    told = None if control is None else _document(control, Control, "control")
    if told is None and not dry:
        raise InvalidInput(
            "What should it come to?", code="no_control", field="control",
            hint="a YAML file with rows, accounts, drawn, paid and refunded, from whoever delivered the file",
        )  # fmt: skip
    with opened_process(folder) as process:
        on_shelf = _product(process, product)
        delivery = _read(process, file, mapping, on_shelf)
        differs = [] if told is None else check_control(told, mapping, delivery.totals, on_shelf.product.currency)
        bad = bool(delivery.faults or differs)
        taken = {"taken": 0, "again": 0}
        if not dry and not bad:
            taken = _take(process, delivery, on_shelf, person(by), quiet=as_json)
    if delivery.faults:
        _write_faults(faults or file.with_name(file.name + ".faults.csv"), delivery)
    if ids is not None and not bad:
        _write_ids(ids, delivery.accounts)
    _show(file, delivery, told, differs, taken, faults, dry=dry, as_json=as_json)
    if bad:
        raise typer.Exit(BAD_ANSWER)


def _read(process: DecisionProcess, file: Path, mapping: DeliveryMapping, on_shelf: OnShelf) -> Delivery:
    from tandem.act.lending import AccountId, read_delivery

    kind = EntityKind(mapping.owner_kind)
    known = process.pseudonyms_of("")
    if kind not in known:
        raise InvalidInput(
            "No event type of the live release knows this kind of entity.", code="unknown_kind", field="owner_kind",
            value=kind, hint=near_match(kind, known) or "one of " + ", ".join(known),
        )  # fmt: skip
    return read_delivery(
        _rows(file), mapping, on_shelf.product, on_shelf.digest, today=SystemClock().now() // DAY,
        account_of=lambda name: AccountId(f"acc_{process.vault.pseudonym(_ACCOUNT, name)}"),
        owner_of=lambda name: process.pseudonyms_of(name)[kind],
    )  # fmt: skip


def _take(process: DecisionProcess, delivery: Delivery, on_shelf: OnShelf, by: str, *, quiet: bool) -> dict[str, int]:
    """Write the accounts; how many were new, and how many were here.

    Raises:
        TandemError: one of them is here as another account. What stands before it in the file stays taken over.
    """
    from tandem.act.lending import AccountBook, request_of

    book, counted = AccountBook(process, SystemClock()), {"taken": 0, "again": 0}
    accounts = delivery.accounts
    with measured("Taking over accounts", quiet=quiet) as bar:
        for start in range(0, len(accounts), _AT_ONCE):
            some = accounts[start : start + _AT_ONCE]
            requests = [request_of(one.taken, on_shelf.product, on_shelf.digest, by=by) for one in some]
            for one, done in zip(some, book.write_all(requests), strict=True):
                if isinstance(done, TandemError):
                    done.at = f"row {one.first_row}"
                    raise done
                counted["again" if done.again else "taken"] += 1
            bar(min(start + _AT_ONCE, len(accounts)), len(accounts))
    book.keep()
    return counted


def _product(process: DecisionProcess, name: str) -> OnShelf:
    from tandem.act.products import Shelf

    shelf = Shelf(process, SystemClock()).products
    if name not in shelf:
        raise NotFound(
            "The live release has no such product.", code="unknown_product", field="product", value=name,
            hint=near_match(name, shelf) or "one of " + ", ".join(shelf),
        )  # fmt: skip
    return shelf[name]


def _rows(file: Path) -> Iterator[dict[str, str | None]]:
    """The rows of ``file``, every cell as text.

    Raises:
        NotFound: it is not there. InvalidInput: it cannot be read.
    """
    import duckdb

    if not file.is_file():
        raise NotFound("No such file.", code="no_file", field="file", value=str(file))
    source = (
        "read_parquet($file)" if file.suffix == ".parquet" else "read_csv($file, header = true, all_varchar = true)"
    )
    try:
        with duckdb.connect() as connection:
            connection.execute("SET preserve_insertion_order = true")
            reader = connection.execute(
                f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {source}", {"file": str(file)}  # noqa: S608 - one of two
            )  # fmt: skip
            for batch in reader.to_arrow_reader(10_000):
                yield from batch.to_pylist()
    except duckdb.Error as error:
        raise InvalidInput(
            f"The file cannot be read: {str(error).splitlines()[0]}", code="unreadable", field="file", value=str(file),
            hint="CSV with a heading, UTF-8; or Parquet",
        ) from None  # fmt: skip


def _document(path: Path, kind: type[Any], field: str) -> Any:
    from tandem.kernel.artefacts import parse_yaml

    try:
        return msgspec.convert(parse_yaml(path.read_text("utf-8"), str(path)), kind)
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(
            f"The file cannot be read: {error}.", code="unreadable", field=field, value=str(path)
        ) from None
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        raise InvalidInput(
            f"{words}.", code="wrong_shape", field=f"{field}{place.rstrip('`')}", value=str(path),
            hint="see docs/how-to/take-over-accounts.md",
        ) from None  # fmt: skip


def _write_faults(path: Path, delivery: Delivery) -> None:
    with path.open("w", encoding="utf-8", newline="") as written:
        out = csv.writer(written)
        out.writerow(["row", "field", "value", "code", "detail", "remedy"])
        out.writerows(
            [one.row, one.field, one.value or "", one.code, one.detail, one.hint or ""] for one in delivery.faults
        )


def _write_ids(path: Path, accounts: list[Delivered]) -> None:
    with path.open("w", encoding="utf-8", newline="") as written:
        out = csv.writer(written)
        out.writerow(["account", "account_id"])
        out.writerows([one.name, one.taken.account] for one in accounts)


def _show(
    file: Path,
    delivery: Delivery,
    told: Control | None,
    differs: list[str],
    taken: dict[str, int],
    faults: Path | None,
    *,
    dry: bool,
    as_json: bool,
) -> None:
    totals = delivery.totals
    if as_json:
        print_json(
            {
                "totals": totals, "faults": delivery.faults, "control": None if told is None else not differs,
                "differs": differs, "dry_run": dry, **taken,
            }
        )  # fmt: skip
        return
    rows = [(name.removesuffix("_minor").replace("_", " "), f"{value:,}") for name, value in
            msgspec.structs.asdict(totals).items()]  # fmt: skip
    table(f"{file.name}: amounts in minor units", ["", "in the file"], rows, right=["in the file"])
    for one in delivery.faults[:_SHOWN]:
        said = "" if one.value is None else f" {one.value!r}"
        say(f"row {one.row}, {one.field}{said}: {one.detail} {one.hint or ''}")
    if delivery.faults:
        say(f"{len(delivery.faults):,} faults, all in {faults or file.name + '.faults.csv'}; nothing was taken over.")
    for line in differs:
        say(f"differs: {line}")
    if told is not None and not differs:
        say("The file comes to its control total.")
    elif differs:
        say("The file does not come to its control total; nothing was taken over.")
    if not dry and not delivery.faults and not differs:
        say(f"{taken['taken']:,} accounts taken over, {taken['again']:,} were here.")
