"""Learning every day: run a day by hand, catch up, and read the log book.

While a server has the workspace open it runs the days itself, by each plan's schedule; the log book can be read at any time.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from tandem.faces.cli.access import header_of, opened_api, opened_process, segment, settings
from tandem.faces.cli.options import AsJson, By, Folder, Note, ServerUrl, person
from tandem.faces.cli.showing import print_json, say, table

if TYPE_CHECKING:
    from tandem.learn.iteration import Run

__all__ = ["group"]

Plan = Annotated[str, typer.Argument(help="Name of the plan: a file in iterations/.", show_default=False)]
Chinese = Annotated[bool, typer.Option("--zh", help="The log book in Chinese.")]


def group() -> typer.Typer:
    """The commands under ``tandem iterate``."""
    app = typer.Typer(
        help="Learning every day: new outcomes, gates, a challenger, and why the champion stays or goes.",
        no_args_is_help=True,
    )
    for command in (run, log, show, accept):
        app.command()(command)
    return app


def run(
    plan: Plan,
    until: Annotated[
        str | None, typer.Option("--until", help="Last day to run, as 2025-11-29.", show_default="yesterday")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="First day, where none was ever run.", show_default="--until")
    ] = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Run every day that is missing, in order, and print its page. A day that stopped half-way is gone on with.

    Examples:
        tandem iterate run card_fraud_daily

        tandem iterate run card_fraud_daily --from 2025-11-01 --until 2025-11-29
    """
    from tandem.faces.iterating import open_iterations
    from tandem.kernel.time import SystemClock, parse_date
    from tandem.learn.iteration import render_page

    for given in (until, since):
        if given is not None:
            parse_date(given)
    with (
        opened_process(folder) as process,
        open_iterations(process, settings(), header_of(folder).name) as iterations,
    ):
        last = until or iterations.last_day(plan, SystemClock().now())
        runs = iterations.catch_up(plan, last, since)
    if as_json:
        print_json({"runs": [_told(one) for one in runs]})
        return
    for one in runs:
        print(render_page(one))
    if not runs:
        say(f"Nothing is missing up to {last}.")


def log(plan: Plan, folder: Folder = Path(), zh: Chinese = False, as_json: AsJson = False) -> None:
    """Print the log book of a plan, every page; the chain of its digests is proved first.

    Examples:
        tandem iterate log card_fraud_daily

        tandem iterate log card_fraud_daily --zh
    """
    from tandem.learn.iteration import read_runs, render_log

    header_of(folder)
    runs = read_runs(_runs(), plan)
    if as_json:
        print_json({"runs": [_told(one) for one in runs]})
    elif runs:
        print(render_log(runs, "zh-CN" if zh else "en"))
    else:
        say("No day of this plan was run yet: tandem iterate run " + plan)


def show(
    plan: Plan,
    day: Annotated[str, typer.Argument(help="The day, as 2025-11-29.", show_default=False)],
    folder: Folder = Path(),
    zh: Chinese = False,
    as_json: AsJson = False,
) -> None:
    """Print one day: its page, and every step with what it read and made, by digest.

    Examples:
        tandem iterate show card_fraud_daily 2025-11-29
    """
    from tandem.learn.iteration import read_run, render_page

    header_of(folder)
    store = _runs()
    found = read_run(store, store.run_of(plan, day))
    if as_json:
        print_json(_told(found))
        return
    print(render_page(found, "zh-CN" if zh else "en"))
    rows = [(one.step, one.verdict, _digests(one.inputs), _digests(one.outputs)) for one in found.steps]
    table("", ["step", "verdict", "read", "made"], rows)


def accept(
    plan: Plan,
    day: Annotated[str, typer.Argument(help="The day on which something was refused.", show_default=False)],
    challenger: Annotated[
        bool, typer.Option("--challenger", help="The challenger refused as too good to be true, not the rows.")
    ] = False,
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    note: Note = "",
    as_json: AsJson = False,
) -> None:
    """Accept what was refused on a day after all: the rows are right, or the challenger is as good as it looks.

    From the next run on such rows teach, and days like it pass; such a challenger sets out. Your name and reason stand in
    the journal and in the log book.

    Examples:
        tandem iterate accept card_fraud_daily 2025-11-20 -m "The new terminal fleet reports amounts gross; checked with acquiring"

        tandem iterate accept card_fraud_daily 2025-11-24 --challenger -m "The new input is known at the till; read its source"
    """
    body = {"reason": note, "what": "challenger" if challenger else "rows", "by": person(by)}
    with opened_api(folder, server) as api:
        found = api.post(f"/v1/iterations/{segment(plan)}/runs/{segment(day)}/acceptance", body)
    if as_json:
        print_json(found)
        return
    of = [one["of"] for one in found["acceptances"]]
    what = "its challenger" if challenger else f"what was {' and '.join(of)}"
    say(f"Accepted from the next run on: {what} on {day}.")


def _runs() -> Any:
    from tandem.faces.iterating import kept_runs

    return kept_runs(settings())


def _told(run: Run) -> dict[str, Any]:
    return {"digest": run.digest, **msgspec.to_builtins(run)}


def _digests(named: dict[str, str]) -> str:
    return "  ".join(f"{name} {digest[:8]}" for name, digest in named.items() if digest)
