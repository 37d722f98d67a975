"""Schemathesis reads the OpenAPI document like a stranger would and looks for answers that break it."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from http_face import starter_process
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from tandem.act.webhooks import open_webhooks
from tandem.faces.api import LOCAL_HOSTS, create_app
from tandem.faces.launching import assessment_runs
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import SystemClock
from tandem.learn.attacks import AttackRuns
from tandem.learn.backtest import BacktestRuns
from tandem.learn.datasets import DatasetStore
from tandem.learn.training_runs import TrainingDesk
from tandem.observe.lake import Lake

pytestmark = pytest.mark.filterwarnings("ignore")  # of the tool and its test client, not of ours

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis import GenerationMode, checks

    schemathesis.checks.load_all_checks()

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
]
ENDLESS = "/v1/stream"


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("schemathesis")
    process = starter_process(folder)
    lake = Lake(folder / "lake", clock=SystemClock())
    attacks = AttackRuns(folder / "attacks", clock=SystemClock(), entropy=SystemEntropy())
    backtests = BacktestRuns(folder / "home", process.journal.workspace, clock=SystemClock(), entropy=SystemEntropy())
    trainings = TrainingDesk(
        folder / "trainings", DatasetStore(folder / "home" / "datasets"), clock=SystemClock(), entropy=SystemEntropy()
    )
    assessments = assessment_runs(folder / "home", process.journal.workspace)
    with (
        contextlib.closing(attacks),
        contextlib.closing(assessments),
        contextlib.closing(backtests),
        contextlib.closing(trainings),
        open_webhooks(Settings(home=folder / "home"), process.journal) as webhooks,
    ):
        app = create_app(
            process,
            lake=lake,
            webhooks=webhooks,
            attacks=attacks,
            backtests=backtests,
            assessments=assessments,
            trainings=trainings,
            iterations=folder / "iterations",
            hosts=(*LOCAL_HOSTS, "testserver"),
        )
        yield schemathesis.openapi.from_asgi("/openapi.json", app)
    process.close()


def explore(schema: Any, examples: int) -> int:
    """Ask every operation ``examples`` times in the declared way and as often in a wrong one; the number of calls."""
    chosen = checks.CHECKS.get_by_names(CHECKS)
    calls = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path == ENDLESS:
            continue
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @settings(
                max_examples=examples,
                deadline=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: Any) -> None:
                nonlocal calls
                calls += 1
                case.call_and_validate(checks=chosen)

            # Where an operation takes nothing, there is no wrong way to ask.
            with contextlib.suppress(Unsatisfiable):
                ask()
    return calls


def test_a_stranger_finds_no_answer_that_breaks_the_document(schema):
    assert explore(schema, 6) > 100


@pytest.mark.prove
@pytest.mark.timeout(1_800)
def test_a_stranger_with_patience_finds_none_either(schema):
    assert explore(schema, 400) > 5_000
