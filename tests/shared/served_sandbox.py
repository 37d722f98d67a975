"""A sandbox for partners, or a live workspace, served on a free port, with access control and webhooks, as `tandem serve` puts it together."""

from __future__ import annotations

import threading

from tandem.act.webhooks import open_webhooks
from tandem.decide.decisions import ARTEFACT_FOLDERS, open_process
from tandem.faces.api import Server, WorkspaceSummary, create_app, journal_notes
from tandem.faces.cli.starting import write_starter
from tandem.faces.launching import assessment_runs
from tandem.kernel.artefacts import load_workspace
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import SystemClock
from tandem.learn.attacks import AttackRuns
from tandem.learn.backtest import BacktestRuns
from tandem.learn.datasets import DatasetStore
from tandem.learn.experiments import ExperimentDesk, ExperimentWatch
from tandem.learn.monitoring import MonitoringDesk
from tandem.learn.training_runs import TrainingDesk
from tandem.observe.lake import Lake
from tandem.prove.access import LOCAL, open_access


class Sandbox:
    """A served sandbox and who may enter it; with ``sandbox`` false a live workspace, with ``more`` definitions in it."""

    def __init__(self, folder, *, key_rate, sandbox=True, more=()):
        write_starter(folder / "files", "partners" if sandbox else "lender", sandbox=sandbox)
        loaded = load_workspace(folder / "files", ARTEFACT_FOLDERS)
        self.header = loaded.header
        settings = Settings(home=folder / "home", webhook_networks="127.0.0.0/8")
        self.process = open_process(settings, loaded.header.name, four_eyes=True)
        artefacts = [*loaded.artefacts.values(), *more]
        self.process.push(artefacts, author="ann")
        self.process.review([one.digest for one in artefacts], approver="bob")
        self.process.release({one.key: one.digest for one in artefacts}, by="bob")
        self.access = open_access(
            folder / "home",
            loaded.header.name,
            clock=SystemClock(),
            entropy=SystemEntropy(),
            tell=journal_notes(self.process),
            sandbox=sandbox,
        )
        self._webhooks = open_webhooks(settings, self.process.journal)
        about = WorkspaceSummary(
            name=self.header.name,
            description=self.header.description,
            kind=self.header.kind,
            currency=self.header.currency,
        )
        self.attacks = AttackRuns(folder / "attacks", clock=SystemClock(), entropy=SystemEntropy())
        self.backtests = BacktestRuns(folder / "home", loaded.header.name, clock=SystemClock(), entropy=SystemEntropy())
        self.assessments = assessment_runs(folder / "home", loaded.header.name)
        desk = ExperimentDesk(self.process, clock=SystemClock())
        self._watch = ExperimentWatch(self.process, desk, clock=SystemClock())
        self.trainings = TrainingDesk(
            folder / "trainings",
            DatasetStore(folder / "home" / "datasets"),
            clock=SystemClock(),
            entropy=SystemEntropy(),
        )
        self.monitoring = MonitoringDesk(
            folder / "home", loaded.header.name, clock=SystemClock(), entropy=SystemEntropy()
        )
        app = create_app(
            self.process,
            self.access,
            lake=Lake(folder / "lake", clock=SystemClock()),
            key_rate=key_rate,
            workspace=about,
            webhooks=self._webhooks.__enter__(),
            attacks=self.attacks,
            backtests=self.backtests,
            assessments=self.assessments,
            experiments=desk,
            trainings=self.trainings,
            monitoring=self.monitoring,
            iterations=folder / "iterations",
        )
        self._server = Server(app, host="127.0.0.1", port=0)
        self.address = self._server.address
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self._watch.start()

    def key(self, name, *scopes):
        return self.access.make_key(name, scopes, by=LOCAL)[1]

    def close(self):
        self._server.stop()
        self._watch.close()
        self.attacks.close()
        self.backtests.close()
        self.assessments.close()
        self.trainings.close()
        self.monitoring.close()
        self._thread.join(timeout=20)
        self._webhooks.__exit__(None, None, None)
        self.access.close()
        self.process.close()
