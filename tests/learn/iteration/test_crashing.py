"""A crash at any step resumes: the day ends as it would have, and nothing is done twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from iterated_house import day_of, go_live, iterations_of, opened_process, payments, plan_of, setting_of

from tandem.learn.iteration import STEPS, Run, read_runs

DAY_OF_CANARY = 44
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house whose challenger has finished its shadow: the next day releases a canary."""
    home = tmp_path_factory.mktemp("begun")
    process, table = opened_process(home), payments(shift=14)
    go_live(process, table)
    with iterations_of(setting_of(process, table, home)) as iterations:
        for number in range(DAY_OF_CANARY - 2, DAY_OF_CANARY):
            iterations.run("daily_fraud", day_of(number))
    process.close()
    return home


def run_to_the_end(home: Path, **jobs: str) -> tuple[Run, list[str], list[str]]:
    """The day, run or gone on with; the releases that are live by then; the digests of all runs."""
    process = opened_process(home)
    setting = setting_of(process, payments(shift=14), home)
    with iterations_of(setting, **jobs) as iterations:
        run = iterations.run(plan_of().name, day_of(DAY_OF_CANARY))
    released = [one.release for one in process.state.register.went_live]
    process.close()
    return run, released, [one.digest for one in read_runs(setting.store, plan_of().name)]


@pytest.fixture(scope="module")
def undisturbed(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[str], list[str]]:
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    shutil.copytree(begun, home)
    return run_to_the_end(home)


SHORT = {("take", "done"), ("train", "done"), ("release", "done")}
EVERY = [*((step, "done") for step in (*STEPS, "close")), ("take", "begins"), ("release", "begins")]
MOMENTS = [pytest.param(*one, id="-".join(one), marks=[] if one in SHORT else [pytest.mark.prove]) for one in EVERY]


def test_the_day_that_is_killed_does_something_worth_doing_once(undisturbed: tuple[Run, list[str], list[str]]) -> None:
    run, released, digests = undisturbed
    assert run.step("decide").facts["move"] == "canary"
    assert len(released) == 2
    assert len(digests) == 3


@pytest.mark.parametrize(("step", "moment"), MOMENTS)
def test_killed_at_any_moment_the_day_ends_the_same(
    begun: Path, undisturbed: tuple[Run, list[str], list[str]], tmp_path: Path, step: str, moment: str
) -> None:
    home = tmp_path / "home"
    shutil.copytree(begun, home)
    die(home, step, moment)
    assert run_to_the_end(home) == undisturbed


@pytest.mark.parametrize(("step", "moment"), [("train", "done"), ("release", "done")])
def test_killed_with_its_jobs_in_postgresql_the_day_ends_the_same(
    begun: Path,
    undisturbed: tuple[Run, list[str], list[str]],
    tmp_path: Path,
    job_store: dict[str, str],
    step: str,
    moment: str,
) -> None:
    home = tmp_path / "home"
    shutil.copytree(begun, home)
    die(home, step, moment, job_store["url"], job_store["schema"])
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(job_store["dsn"]) as connection:
        query = f"SELECT function_name, serialization FROM {job_store['schema']}.operation_outputs ORDER BY function_id"
        kept = connection.execute(query).fetchall()
    assert [name for name, _ in kept] == list(STEPS[: STEPS.index(step)]), "kept before the next began, and no more"
    assert {how for _, how in kept} == {"portable_json"}
    assert run_to_the_end(home, url=job_store["url"], schema=job_store["schema"]) == undisturbed


@pytest.fixture
def job_store(postgres_dsn: str) -> Iterator[dict[str, str]]:
    """A job store of its own in a real PostgreSQL; dropped afterwards."""
    psycopg = pytest.importorskip("psycopg")
    schema = f"{postgres_dsn.rpartition('%3D')[2]}_jobs"
    url = postgres_dsn.replace("postgresql://", "postgresql+psycopg://", 1)
    yield {"dsn": postgres_dsn, "url": url, "schema": schema}
    with psycopg.connect(postgres_dsn, autocommit=True) as connection:
        connection.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')


def die(home: Path, *words: str) -> None:
    """Run the day in a process that dies as told."""
    path = os.pathsep.join([str(SHARED), *sys.path])
    killed = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killed_day.py")), str(home), day_of(DAY_OF_CANARY), *words],
        env={**os.environ, "PYTHONPATH": path},
        check=False,
        capture_output=True,
    )
    assert killed.returncode == -9, killed.stderr.decode()
