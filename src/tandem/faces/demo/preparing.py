"""Before going live: the example lender records what it knows, learns from it, and publishes its first release."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Protocol

import msgspec
import pyarrow as pa

from tandem.decide.decisions import ARTEFACT_FOLDERS, DecisionProcess, open_process
from tandem.faces.demo.learning import Learned, learn_account_risk, learn_card_fraud, learn_credit_risk, with_features
from tandem.faces.demo.sources import (
    PANEL_MONTHS,
    Document,
    Payments,
    application_documents,
    outcome_documents,
    panel_documents,
    payment_documents,
    read_applications,
    read_panel,
)
from tandem.faces.lake_follower import LakeFollower
from tandem.kernel.artefacts import Artefact, load_workspace, read_header, write_artefact
from tandem.kernel.errors import Unavailable
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, SECOND, Micros, SystemClock
from tandem.learn.datasets import known_events
from tandem.learn.simulator import CardWorld
from tandem.observe.events import Event
from tandem.observe.lake import Lake

__all__ = ["HOME", "Prepared", "Progress", "prepare"]

HOME = ".tandem"
"""Where the example keeps its data, within its folder."""

SEED = 20261124
_TRAINING_SHARE = 0.6
_TAUGHT_BY = ("statement", "repayment", "card_payment", "payment_outcome")
"""Event types that the models of accounts and payments learn from."""
_LEARNERS = 2
_LAKE_PATIENCE_S = 60
_CHUNK = 2_000
_FIRST_DAYS = 38
"""Days of simulated payments that are history; the rest of the world is played live."""


class Progress(Protocol):
    """Where a person sees how far it is."""

    def step(self, name: str, total: int) -> None:
        """A new step with so many parts."""
        ...

    def advance(self, parts: int) -> None:
        """So many parts more are done."""
        ...


class Prepared(msgspec.Struct, frozen=True):
    """What is left to be played live, and the models that were trained.

    Attributes:
        applications, statements, payments: event documents that ask for a decision, in order of time.
        repayments: event documents that are recorded before the statements.
        outcomes: what became of them all; recorded afterwards.
        outcomes_in_all: with those that were known before.
        models: name to its figures on rows it had not seen.
    """

    applications: list[Document]
    repayments: list[Document]
    statements: list[Document]
    payments: list[Document]
    outcomes: list[Document]
    outcomes_in_all: int
    models: dict[str, Learned]


def prepare(folder: Path, example: Path, data: Path, progress: Progress) -> Prepared:
    """Make the workspace in ``folder`` from ``example``, fill it from ``data``, train, publish.

    Raises:
        NotFound: the bundled data is not there.
    """
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(example, folder)
    process = open_process(Settings(home=folder / HOME), read_header(folder).name)
    try:
        return _prepared(process, folder, data, progress)
    finally:
        process.close()


def _prepared(process: DecisionProcess, folder: Path, data: Path, progress: Progress) -> Prepared:
    definitions = load_workspace(folder, ARTEFACT_FOLDERS).artefacts.values()
    progress.step("release event types, features, lists", 1)
    _publish(process, [one for one in definitions if one.kind not in {"policy", "mapping"}], "foundations")
    progress.advance(1)

    applications = read_applications(data, seed=SEED)
    past = int(len(applications) * _TRAINING_SHARE)
    panel = read_panel(data)
    world = CardWorld(
        customers=250, merchants=500, days=45, takeovers_per_day=0.6, compromised_per_day=0.3, bursts_per_day=0.3
    )
    payments = payment_documents(world, until=Micros(world.start + _FIRST_DAYS * DAY))
    history = list(panel_documents(panel, PANEL_MONTHS[:5])) + payments.known
    progress.step("record what is known: accounts April to August, card payments (simulated)", len(history))
    # The lake takes in the history meanwhile; boosters grow outside the interpreter, two at once.
    with LakeFollower(folder, home=folder / HOME), ThreadPoolExecutor(_LEARNERS) as pool:
        _record(process, history, progress)
        learning = {"credit_risk": pool.submit(learn_credit_risk, applications.slice(0, past), folder)}
        learning |= _learn(process, folder, pool, progress)
        prepared = _still_to_come(applications.slice(past), panel, payments)  # while they grow
        for _ in as_completed(learning.values()):
            progress.advance(1)
    models = {name: one.result() for name, one in learning.items()}
    progress.step("publish models and policies", 1)
    trained = [artefact for one in models.values() for artefact in one.artefacts]
    for artefact in trained:
        write_artefact(folder, ARTEFACT_FOLDERS[artefact.kind], artefact)
    _publish(process, [*trained, *(one for one in definitions if one.kind == "policy")], "models and policies")
    progress.advance(1)

    known = sum(one["event_type"] == "payment_outcome" for one in history)
    return msgspec.structs.replace(prepared, models=models, outcomes_in_all=len(prepared.outcomes) + known)


def _still_to_come(applications: pa.Table, panel: pa.Table, payments: Payments) -> Prepared:
    september = list(panel_documents(panel, PANEL_MONTHS[5:]))
    outcomes = outcome_documents(applications, panel) + payments.live_outcomes
    start = Micros(SystemClock().now() - len(applications) * SECOND)
    return Prepared(
        applications=list(application_documents(applications, start=start, every=SECOND)),
        repayments=[one for one in september if one["event_type"] == "repayment"],
        statements=[one for one in september if one["event_type"] == "statement"],
        payments=payments.live,
        outcomes=outcomes,
        outcomes_in_all=len(outcomes),
        models={},
    )


def _learn(process: DecisionProcess, folder: Path, pool: Executor, progress: Progress) -> dict[str, Future[Learned]]:
    release = process.live
    assert release is not None, "the foundations are live"
    progress.step("compute features as they were known at each event", 1)
    lake = Lake(folder / HOME / "lake", clock=SystemClock())
    _wait_for(lake, process.journal.head.seq)
    types = [release.reader.event_types[name] for name in _TAUGHT_BY]
    known = with_features(known_events(lake, types), release.plan)
    progress.advance(1)
    progress.step("learn credit risk, account risk and card fraud (simulated) from what was known", 3)
    return {
        "account_risk": pool.submit(learn_account_risk, known, release, folder, since="2005-07-01"),
        "card_fraud": pool.submit(learn_card_fraud, known, release, folder),
    }


def _wait_for(lake: Lake, seq: int) -> None:
    deadline = time.monotonic() + _LAKE_PATIENCE_S
    while lake.projected_seq < seq:
        if time.monotonic() > deadline:
            raise Unavailable("The lake does not take in what was recorded.", code="demo_lake")
        time.sleep(0.05)  # the one who waits for another process has nothing better to do


def _publish(process: DecisionProcess, artefacts: Sequence[Artefact], note: str) -> None:
    process.push(artefacts, author="demo", note=note)
    process.review([one.digest for one in artefacts], approver="demo-reviewer", note=note)
    process.release({one.key: one.digest for one in artefacts}, by="demo-reviewer", note=note)


def _record(process: DecisionProcess, documents: Sequence[Document], progress: Progress) -> None:
    release = process.live
    assert release is not None, "the foundations are live"
    clock = SystemClock()

    def events() -> Iterator[Event]:
        for number, document in enumerate(documents, start=1):
            yield release.reader.read(document, received_at=clock.now())
            if number % _CHUNK == 0:
                progress.advance(_CHUNK)

    process.record_events(events())
    progress.advance(len(documents) % _CHUNK)
