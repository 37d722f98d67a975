"""Models of when: ``tandem model survival``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from tandem.faces.cli.options import AsJson
from tandem.faces.cli.showing import print_json, say, table

if TYPE_CHECKING:
    from tandem.learn.training.survival import SurvivalResult

__all__ = ["survival"]

_COLUMNS = ["by the end of", "watched", "bad", "expected", "observed", "95 %", "AUC"]


def survival(
    file: Annotated[
        Path, typer.Argument(help="CSV, Parquet, JSONL or Excel, one row per account.", show_default=False)
    ],
    event: Annotated[str, typer.Option(help="Column that says whether it went bad; two values.", show_default=False)],
    duration: Annotated[
        str, typer.Option(help="Column of whole periods it was observed, the last included.", show_default=False)
    ],
    positive: Annotated[
        str | None, typer.Option(help="The event's bad value.", show_default="guessed if plain")
    ] = None,
    horizon: Annotated[
        int | None, typer.Option(help="Periods to predict.", show_default="as long as enough were watched")
    ] = None,
    unit: Annotated[str, typer.Option(help="What a period is.")] = "month",
    time: Annotated[str | None, typer.Option(help="Column to order accounts by: the test is out of time.")] = None,
    id: Annotated[list[str] | None, typer.Option(help="Columns that name an account or person; repeat.")] = None,  # noqa: A002 - the option's name
    forbid: Annotated[list[str] | None, typer.Option(help="Columns that may not be used; repeat.")] = None,
    name: Annotated[str, typer.Option(help="Name of the model.")] = "term",
    seed: Annotated[int, typer.Option(help="Same data, same seed, same digest.")] = 20_261_124,
    out: Annotated[Path | None, typer.Option(help="File of the model.", show_default="NAME_hazard.json")] = None,
    as_json: AsJson = False,
) -> None:
    """Train a model of when: the probability of going bad within each period, accounts still being watched included.

    Examples:
        tandem model survival accounts.csv --event defaulted --duration months_on_book

        tandem model survival accounts.csv --event late --duration weeks --unit week --horizon 12 --time opened_on
    """
    from tandem.decide.models import encode_document
    from tandem.learn.training import read_table
    from tandem.learn.training.survival import SurvivalSpec, train_survival

    spec = msgspec.convert(
        {
            "event": event, "duration": duration, "positive": positive, "horizon": horizon, "unit": unit, "time": time,
            "id": id or [], "forbid": forbid or [], "name": name, "seed": seed,
        },
        SurvivalSpec,
    )  # fmt: skip
    result = train_survival(read_table(file), spec)
    place = out or Path(f"{name}_hazard.json")
    place.write_bytes(encode_document(result.document))
    if as_json:
        print_json({**result.figures(), "model": str(place)})
        return
    _show(result)
    print(place)


def _show(result: SurvivalResult) -> None:
    rows = [
        [
            f"{result.spec.unit} {one.period}",
            f"{one.at_risk:,}",
            f"{one.bads:,}",
            f"{one.expected:.2%}",
            f"{one.observed:.2%}",
            f"{one.low:.2%} to {one.high:.2%}",
            "" if one.auc is None else f"{one.auc:.4f}",
        ]
        for one in result.test.horizons
    ]
    table(
        f"Test: {result.split.replace('_', ' ')}, {result.test.accounts:,} accounts", _COLUMNS, rows, right=_COLUMNS[1:]
    )
    say(
        f"Brier score {result.test.brier:.4f}; {result.test.brier_without:.4f} if everybody had the book's own curve: "
        f"{result.test.gain:.1%} of its error is gone."
    )
