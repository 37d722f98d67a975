"""Starting things: the server, the example lender, a workspace of one's own."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tandem.faces.cli.access import header_of, opened_people, opened_process, settings
from tandem.faces.cli.options import AsJson, Folder
from tandem.faces.cli.showing import print_json, say
from tandem.kernel.time import SystemClock

if TYPE_CHECKING:
    from tandem.faces.api import WorkspaceSummary
    from tandem.kernel.artefacts import WorkspaceHeader

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Hang the commands on ``app``."""
    app.command(rich_help_panel="Start")(demo)
    app.command(rich_help_panel="Start")(init)
    app.command(rich_help_panel="Start")(serve)


def serve(
    folder: Folder = Path(),
    port: Annotated[int | None, typer.Option("--port", "-p", min=0, max=65_535, help="0 takes a free one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Serve the HTTP API and the page of a workspace, on this machine only.

    People sign in; the first start prints a one-time link for the first admin. Commands on the same machine are let in
    by a key file that only the account running the server can read.

    Ctrl-C lets the requests at work finish, commits what waits, and leaves a snapshot.

    Examples:
        tandem serve

        tandem serve --workspace my-lender --port 8400

        curl -s localhost:8321/health/ready
    """
    from tandem.act.channel import SimulatedProvider
    from tandem.act.collections import open_outlets
    from tandem.act.webhooks import open_webhooks
    from tandem.decide.connectors import open_connectors
    from tandem.faces.acting import acting_on
    from tandem.faces.api import Server, create_app
    from tandem.faces.iterating import Scheduled
    from tandem.faces.lake_follower import LakeFollower
    from tandem.faces.launching import assessment_runs
    from tandem.kernel.identity import SystemEntropy
    from tandem.learn.attacks import AttackRuns
    from tandem.learn.backtest import BacktestRuns
    from tandem.learn.datasets import DatasetStore
    from tandem.learn.experiments import ExperimentDesk, ExperimentWatch
    from tandem.learn.monitoring import DailyWatch, MonitoringDesk
    from tandem.learn.training_runs import TrainingDesk
    from tandem.observe.lake import Lake
    from tandem.prove.access import OperatorFiles

    chosen = settings()
    header = header_of(folder)
    operator = OperatorFiles(chosen.home)

    def ready(address: str) -> None:
        operator.write_address(address)
        token = access.first_link() if access.mode == "people" else None
        welcome = None if token is None else f"{address}/welcome#token={token}"
        if as_json:
            print_json({"address": address, **({} if welcome is None else {"welcome": welcome})})
            return
        say(f"Serving {folder.resolve().name} at {address}   (API: {address}/openapi.json; Ctrl-C stops)")
        if access.mode == "open":
            say("Nobody is asked who they are (TANDEM_ACCESS=open).")
        if welcome is not None:
            say(f"Nobody can sign in yet. This link works once, within a day, for the first admin:\n  {welcome}")

    with (
        opened_process(folder, strict=chosen.access == "people") as process,
        opened_people(process, mode=chosen.access, sandbox=header.kind == "sandbox") as access,
        open_webhooks(chosen, process.journal) as webhooks,
        open_connectors(chosen, process.vault) as connectors,
        operator.kept(access.operator_key()),
        contextlib.closing(
            AttackRuns(chosen.home / "attacks", clock=SystemClock(), entropy=SystemEntropy())
        ) as attacks,
        contextlib.closing(
            BacktestRuns(chosen.home, process.journal.workspace, clock=SystemClock(), entropy=SystemEntropy())
        ) as backtests,
        contextlib.closing(assessment_runs(chosen.home, process.journal.workspace)) as assessments,
        contextlib.closing(
            MonitoringDesk(chosen.home, process.journal.workspace, clock=SystemClock(), entropy=SystemEntropy())
        ) as monitoring,
        contextlib.closing(
            TrainingDesk(
                chosen.home / "trainings",
                DatasetStore(chosen.home / "datasets"),
                clock=SystemClock(),
                entropy=SystemEntropy(),
            )
        ) as trainings,
    ):
        process.archive.prepare()
        process.keep_earlier_plans_ready()
        lake = Lake(chosen.home / "lake", clock=SystemClock())
        about, notices = _about(header)
        outlets = open_outlets(chosen, process.journal.workspace, SystemClock())
        acting = acting_on(process, clock=SystemClock(), lake=lake, followed=True, outlets=outlets)
        experiments = ExperimentDesk(process, clock=SystemClock())
        watch = ExperimentWatch(process, experiments, clock=SystemClock())
        app = create_app(
            process,
            access,
            in_flight_max=chosen.in_flight_max,
            key_rate=chosen.key_rate,
            lake=lake,
            followed=True,
            notices=notices,
            workspace=about,
            **acting._asdict(),
            provider=None if header.kind == "live" else SimulatedProvider(),
            webhooks=webhooks,
            attacks=attacks,
            backtests=backtests,
            assessments=assessments,
            experiments=experiments,
            iterations=chosen.home / "iterations",
            trainings=trainings,
            monitoring=monitoring,
            connectors=connectors,
            connector_budget_ms=chosen.connector_budget_ms,
        )
        server = Server(app, host=chosen.host, port=chosen.port if port is None else port, on_ready=ready)
        days = Scheduled(process, chosen, header.name)
        daily = DailyWatch(process, monitoring, clock=SystemClock())
        with (
            LakeFollower(folder),
            acting.running(),
            watch.running(),
            days.running(),
            daily.running(),
        ):
            server.serve_forever()
    if not as_json:
        say("Stopped; everything answered is on disk.")


def _about(header: WorkspaceHeader) -> tuple[WorkspaceSummary, list[dict[str, str]]]:
    """What pages say of where they are, and what people must know of it."""
    from tandem.faces.api import WorkspaceSummary

    said = header.description
    notices = [{"en": said, "zh": header.description_zh or said}] if said else []
    return WorkspaceSummary(name=header.name, description=said, kind=header.kind, currency=header.currency), notices


def demo(
    port: Annotated[int | None, typer.Option("--port", "-p", min=0, max=65_535, help="0 takes a free one.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Print the table and stop, instead of staying up.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run the example lender: real applications and accounts, trained, published, played live.

    Trains on what was known, plays the rest through the HTTP API, prints what came of it and stays up with the page.
    Says what is real and what is simulated.

    Examples:
        tandem demo

        tandem demo --once --json
    """
    from tandem.faces.demo import run_demo

    run_demo(port=port, once=once, as_json=as_json)


def init(
    folder: Annotated[Path, typer.Argument(help="A new folder.", show_default=False)],
    name: Annotated[str | None, typer.Option(help="Name of the workspace.", show_default="the folder's")] = None,
    table: Annotated[
        Path | None, typer.Option("--from", help="A table of past applications: train on it and start from it.")
    ] = None,
    target: Annotated[str | None, typer.Option(help="With --from: column that says what happened.")] = None,
    positive: Annotated[str | None, typer.Option(help="With --from: the target's bad value.")] = None,
    id: Annotated[  # noqa: A002 - the option's name
        list[str] | None, typer.Option(help="With --from: columns that name a row or person; repeat.")
    ] = None,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Make one for partners to try things in; see docs/sandbox.md in it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a workspace: a small lender that decides from the first minute, to be changed into yours.

    With --from it is made from your own table: an event type, a mapping, a trained model, a policy with cut-offs from
    the test rows, and the riskiest of them as an event to try.

    Examples:
        tandem init my-lender

        cd my-lender && tandem push && tandem review --all && tandem release && tandem decide data/application.json

        tandem init shop --from loans.csv --target status --positive bad --id customer

        tandem init partners --sandbox
    """
    from tandem.faces.cli.starting import write_from_table, write_starter
    from tandem.kernel.errors import InvalidInput

    called = name or folder.resolve().name
    if sandbox and table is not None:
        raise InvalidInput(
            "A sandbox is made from the starter, not from a table.",
            code="sandbox_from_table",
            field="sandbox",
            hint="make a workspace from the table, then write kind: sandbox into its workspace.yaml",
        )
    if table is None:
        written, event = write_starter(folder, called, sandbox=sandbox), "app-0001"
    elif target is None:
        raise InvalidInput("Which column says what happened?", code="no_target", field="target", hint="--target COLUMN")
    else:
        if not as_json:
            say(f"Training on {table} ...")
        written, result = write_from_table(folder, called, table, target=target, positive=positive, ids=id or [])
        event = "first-application"
        figures = result.test[result.champion]
        if not as_json:
            say(
                f"Champion: {result.champion}, AUC {figures.auc.value:.3f} on {figures.rows:,} test rows; see docs/training.html"
            )
    if as_json:
        print_json({"folder": str(folder), "files": [str(path.relative_to(folder)) for path in written]})
        return
    for path in written:
        print(path)
    say(f"\nNext:\n  cd {folder}\n  tandem push && tandem review --all && tandem release\n"
        f"  tandem decide data/application.json\n  tandem explain {event}")  # fmt: skip
