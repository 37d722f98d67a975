"""All commands hung on one tree."""

from __future__ import annotations

from typing import Annotated

import typer

import tandem
from tandem.faces.cli.commands import (
    access,
    accounts,
    artefacts,
    asking,
    attack,
    backtest,
    bank,
    cases,
    checking,
    connectors,
    datasets,
    deciding,
    effect,
    experiments,
    features,
    ingesting,
    iterating,
    journal,
    labels,
    lake,
    lists,
    models,
    monitoring,
    products,
    provisions,
    reporting,
    rings,
    serving,
    shopping,
    twin,
    uplift,
)

__all__ = ["build"]

_HELP = """
Credit and fraud risk, decided in one loop: events in; explained, durable decisions out.

Start with [bold]tandem demo[/bold] (the example lender, on real data) or [bold]tandem init my-lender[/bold] (your own).

A workspace is a folder of definitions. The way of a change: [bold]push[/bold] (a draft), [bold]review[/bold]
(approved), [bold]release[/bold] (live), [bold]rollback[/bold].

Exit codes: 0 done, 1 done and the answer is bad, 2 not understood, 3 input or definition wrong, 4 unknown, 5 conflict,
6 refused, 7 not now, 8 stored data damaged, 70 a mistake of ours.
"""


def build() -> typer.Typer:
    """The command tree."""
    app = typer.Typer(
        name="tandem",
        help=_HELP,
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def root(
        version: Annotated[
            bool, typer.Option("--version", help="Print the version and stop.", callback=_version)
        ] = False,
        debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an unforeseen error.")] = False,
    ) -> None:
        pass

    for room in (
        serving,
        shopping,
        artefacts,
        deciding,
        effect,
        backtest,
        attack,
        ingesting,
        asking,
        reporting,
        monitoring,
        connectors,
        journal,
    ):
        room.register(app)
    app.add_typer(access.group(), name="access")
    app.add_typer(products.group(), name="product")
    app.add_typer(labels.group(), name="label")
    app.add_typer(datasets.group(), name="dataset")
    app.add_typer(iterating.group(), name="iterate")
    app.add_typer(models.group(), name="model")
    app.add_typer(features.group(), name="features")
    app.add_typer(lists.group(), name="lists")
    app.add_typer(cases.group(), name="cases")
    app.add_typer(accounts.group(), name="accounts")
    app.add_typer(bank.group(), name="bank")
    app.add_typer(provisions.group(), name="provisions")
    app.add_typer(rings.group(), name="rings")
    app.add_typer(twin.group(), name="twin")
    app.add_typer(uplift.group(), name="uplift")
    app.add_typer(experiments.group(), name="experiment")
    app.add_typer(journal.group(), name="journal")
    app.add_typer(lake.group(), name="lake")
    app.add_typer(checking.group(), name="check")
    return app


def _version(wanted: bool) -> None:
    if wanted:
        print(f"tandem {tandem.__version__}")
        raise typer.Exit
