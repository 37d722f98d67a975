"""What puts a training set together: this machine, or a cluster."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import SystemClock

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from tandem.decide.decisions import Beside
    from tandem.learn.datasets import DatasetFault, DatasetManifest, DatasetSpec, DatasetStore
    from tandem.observe.lake import Lake

__all__ = ["Engine", "OfEngine", "OfMaster", "built_by", "faults_by", "session_of"]


class Engine(StrEnum):
    """What puts a set together; the set is the same."""

    DUCKDB = "duckdb"
    SPARK = "spark"


OfEngine = Annotated[
    Engine, typer.Option(help="What puts it together: this machine, or a cluster. The set is the same.")
]
OfMaster = Annotated[
    str | None,
    typer.Option(help="Spark's master, as spark://host:7077 or local[4].", show_default="as Spark is configured"),
]


@contextlib.contextmanager
def session_of(engine: Engine, master: str | None) -> Iterator[SparkSession | None]:
    """A session of Spark where that is to do it; None where this machine is.

    Raises:
        InvalidInput: a master is named of an engine that has none.
        Unavailable: pyspark or Java is not there, or Spark does not start.
    """
    if engine is Engine.DUCKDB:
        if master is not None:
            raise InvalidInput(
                "Only Spark has a master.", code="no_master", field="master", value=master,
                hint="add --engine spark, or leave --master out",
            )  # fmt: skip
        yield None
        return
    from tandem.learn.datasets.spark_session import spark_session

    with spark_session(master) as session:
        yield session


def built_by(
    session: SparkSession | None, beside: Beside, lake: Lake, store: DatasetStore, spec: DatasetSpec, name: str | None
) -> tuple[DatasetManifest, Path]:
    """The set, kept, and where it lies."""
    if session is None:
        from tandem.learn.datasets import build

        built = build(beside, lake, spec, clock=SystemClock())
        return built.manifest, store.put(built.manifest, built.rows, built.declined, name)
    from tandem.learn.datasets.spark import build_spark

    with store.draft() as draft:
        manifest = build_spark(beside, lake, spec, draft, session, clock=SystemClock())
        return manifest, store.keep(manifest, draft, name)


def faults_by(
    session: SparkSession | None, beside: Beside, lake: Lake, store: DatasetStore, kept: DatasetManifest
) -> list[DatasetFault]:
    """What is wrong with a kept set, held against one that is built again."""
    if session is None:
        from tandem.learn.datasets import verify

        return verify(beside, lake, store, kept, clock=SystemClock())
    from tandem.learn.datasets.spark import verify_spark

    return verify_spark(beside, lake, store, kept, session, clock=SystemClock())
