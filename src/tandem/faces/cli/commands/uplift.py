"""Uplift: what was really drawn at random and recorded, learnt from; ``tandem uplift``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tandem.faces.cli.access import header_of, settings
from tandem.faces.cli.options import AsJson, Folder
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import InvalidInput, near_match
from tandem.kernel.time import DAY, SystemClock

if TYPE_CHECKING:
    from tandem.learn.uplift import Recorded, Response, Valued

__all__ = ["group"]

_SOURCES = ("offers", "contacts")


def group() -> typer.Typer:
    """The commands under ``tandem uplift``."""
    app = typer.Typer(
        help="What offers and contacts change, learnt from those that were drawn at random.", no_args_is_help=True
    )
    for command in (rows, learn):
        app.command()(command)
    return app


_Source = Annotated[
    str, typer.Argument(help="`offers` of programmes, or `contacts` of collections.", show_default=False)
]
_Programmes = Annotated[list[str] | None, typer.Option("--programme", help="Only these; repeat.")]
_Horizon = Annotated[int, typer.Option(help="Days in which a payment counts for a contact.", min=1)]


def rows(
    source: _Source,
    programme: _Programmes = None,
    horizon: _Horizon = 14,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Count what there is to learn from: rows by action, with how likely each was drawn and what came of it.

    Examples:
        tandem uplift rows offers --programme next_bill
    """
    from tandem.learn.uplift import NOTHING

    found = _recorded(source, programme, horizon, folder)
    tried = found.tried
    names = [(NOTHING, "nothing"), *((at, f"{one.step} by {one.channel}") for at, one in enumerate(found.offers))]
    lines: list[dict[str, Any]] = []
    for place, name in names:
        of = tried.action == place
        if of.any():
            lines.append(
                {
                    "action": name, "rows": int(of.sum()), "propensity": round(float(tried.propensity[of].mean()), 4),
                    "share": round(float(tried.outcome[of].mean()), 4),
                }
            )  # fmt: skip
    if as_json:
        print_json({"rows": lines, "certain": found.certain, "open": found.open})
        return
    table(
        f"What was drawn of {source}",
        ["action", "rows", "mean propensity", "mean share"],
        [[str(one) for one in each.values()] for each in lines],
    )
    say(f"Left out: {found.certain:,} in which nothing was left to chance, {found.open:,} that are not over.")


def learn(
    source: _Source,
    name: Annotated[str, typer.Option(help="Of the model, lower_snake.", show_default=False)],
    reason: Annotated[
        str, typer.Option(help="Reason code of the release's catalogue for its inputs.", show_default=False)
    ],
    programme: _Programmes = None,
    horizon: _Horizon = 14,
    seed: Annotated[int, typer.Option(help="Same rows, same seed, same model.")] = 7,
    out: Annotated[Path | None, typer.Option(help="File of the model.", show_default="models/NAME.json")] = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Learn a model of response from what was drawn, and tell what choosing by it would be worth beside telling nobody anything.

    The value is of people whom the model that chose had not learnt from, with an interval; the model that is written has learnt from all.

    Examples:
        tandem uplift learn offers --programme next_bill --name bill_response --reason LIKELY_OVERDUE
    """
    from tandem.decide.models import encode_document
    from tandem.learn.uplift import fit_response, response_document

    found = _recorded(source, programme, horizon, folder)
    valued = _value(found, seed)
    response: Response = fit_response(found.tried, found.offers, seed=seed)
    document = response_document(response, name, seed=seed, note=f"recorded {source}", reason=reason)
    place = folder / "models" / f"{name}.json" if out is None else out
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(encode_document(document))
    told = {"model": str(place), "rows": valued.rows, "value": valued.value, "low": valued.low, "high": valued.high}
    if as_json:
        print_json(told)
        return
    say(f"{place}: learnt from {len(found.tried):,} rows.")
    say(
        f"Choosing by it adds {valued.value:.4f} ({valued.low:.4f} to {valued.high:.4f}, 95 %) to the share that is paid, a row, on "
        f"{valued.rows:,} rows of people it had not learnt from."
    )


def _value(found: Recorded, seed: int) -> Valued:
    """What choosing the best action, where one adds anything, is worth in shares: learnt on half of the people, counted on the others."""
    import numpy as np

    from tandem.learn.uplift import NOTHING, fit_response, value_of

    tried = found.tried
    people = int(tried.unit.max()) + 1 if len(tried) else 0
    other = np.random.default_rng([seed, 21]).permutation(people)[tried.unit] % 2 == 0
    response = fit_response(tried.only(~other), found.offers, seed=seed)
    rest = replace(tried.only(other), stake=np.ones(int(other.sum())))
    gains = response.gains(rest.columns)
    chosen = np.where(gains.max(axis=1) > 0, gains.argmax(axis=1), NOTHING)
    return value_of(rest, chosen, response, seed=seed)


def _recorded(source: str, programmes: list[str] | None, horizon: int, folder: Path) -> Recorded:
    from tandem.decide.decisions import open_beside
    from tandem.learn.uplift import contacts_tried, offers_tried

    if source not in _SOURCES:
        raise InvalidInput(
            "There is nothing like this to learn from.", code="unknown_source", field="source", value=source,
            hint=near_match(source, _SOURCES) or "offers, or contacts",
        )  # fmt: skip
    with open_beside(settings(), header_of(folder).name) as beside:
        if source == "offers":
            return offers_tried((one.clear for one in beside.journal.read(kinds=["offer"])), programmes=programmes)
        return contacts_tried(
            (one.clear for one in beside.journal.read(kinds=["contact"])),
            (one.clear for one in beside.journal.read(kinds=["account"])),
            today=SystemClock().now() // DAY,
            horizon_days=horizon,
        )
