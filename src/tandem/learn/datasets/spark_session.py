"""A session of Spark for one command, and what is said where there can be none."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tandem.kernel.errors import Unavailable

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["check_spark", "spark_session", "words_of"]


def check_spark() -> None:
    """Find pyspark and Java before anything else is done.

    Raises:
        Unavailable: one of them is not there, with what brings it.
    """
    try:
        import pyspark  # noqa: F401
    except ImportError:
        raise Unavailable(
            "pyspark is not installed.", code="no_pyspark",
            hint="pip install 'tandem-risk[spark]', or leave --engine out",
        ) from None  # fmt: skip
    home = os.environ.get("JAVA_HOME")
    there = shutil.which("java") if not home else shutil.which("java", path=str(Path(home) / "bin"))
    if there is None:
        where = "on the path" if not home else f"in JAVA_HOME ({home})"
        raise Unavailable(
            f"Spark runs on Java, and there is none {where}.", code="no_java",
            hint="install Java 17 or point JAVA_HOME to it, or leave --engine out",
        )  # fmt: skip


@contextmanager
def spark_session(master: str | None) -> Iterator[SparkSession]:
    """A session on ``master``, stopped at the end; everything else is as Spark is configured (``SPARK_CONF_DIR``).

    Args:
        master: ``local[4]``, ``spark://host:7077``, ``yarn`` and what else Spark knows; None: what is configured, or all
            cores of this machine.

    Raises:
        Unavailable: no pyspark, no Java, or Spark does not start.
    """
    check_spark()
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else Spark takes whatever python3 is first on the path
    builder = SparkSession.builder.appName("tandem dataset").config("spark.log.level", "ERROR")
    builder = builder.config("spark.ui.enabled", "false")  # a page that asks nobody who they are
    try:
        session = (builder if master is None else builder.master(master)).getOrCreate()
    except (PySparkException, Py4JError, OSError, RuntimeError) as error:
        raise Unavailable(
            f"Spark does not start: {words_of(error)}", code="spark_failed",
            hint="Java 17, and a master that answers: local[4], spark://host:7077",
        ) from error  # fmt: skip
    try:
        yield session
    finally:
        session.stop()


def words_of(error: Exception) -> str:
    """The one line that says what happened, among all that Spark and Java say: what an executor of ours raised, else the cause."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    for begin in ("tandem.kernel.errors.", ": "):
        for line in lines:
            if line.startswith(begin):
                return line.removeprefix(begin)
    return lines[0]
