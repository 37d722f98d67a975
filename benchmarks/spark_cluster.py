"""A real Spark of one's own: local, or a standalone master with worker processes, on free ports, gone at the end."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

__all__ = ["lacking", "session", "standalone"]

SOURCES = Path(__file__).parents[1] / "src"
PATIENCE_S = 300
"""A JVM that shares two cores with others takes its time."""


def lacking() -> str | None:
    """What is missing to run Spark here; None where nothing is."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "no pyspark (pip install 'tandem-risk[spark]')"
    return None if shutil.which("java") else "no Java on the path (17 is needed)"


@contextmanager
def standalone(folder: Path, workers: int = 2, memory: str = "2g") -> Iterator[str]:
    """A master and ``workers`` worker processes of one core each; its address."""
    port, page = free_port(), free_port()
    with ExitStack() as stack:
        at = f"spark://127.0.0.1:{port}"
        master = ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port)]
        stack.enter_context(process([*master, "--webui-port", str(page)], folder / "master.log"))
        wait_until(lambda: registered(page) >= 0, "the master")
        for number in range(workers):
            command = ["org.apache.spark.deploy.worker.Worker", at, "--host", "127.0.0.1", "--cores", "1"]
            command += ["--memory", memory, "--webui-port", "0", "--work-dir", str(folder / f"work-{number}")]
            stack.enter_context(process(command, folder / f"worker-{number}.log"))
        wait_until(lambda: registered(page) == workers, "the workers")
        yield at


@contextmanager
def session(master: str, **settings: str) -> Iterator[Any]:
    """A session on ``master`` (``local[2]`` or what ``standalone`` gave), whose executors find Tandem."""
    from pyspark.sql import SparkSession

    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    path = os.pathsep.join([str(SOURCES), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    os.environ["PYTHONPATH"] = path  # local mode starts its Python workers with this process's environment
    given = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executorEnv.PYTHONPATH": path,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "50000",
        "spark.driver.memory": "3g",
        "spark.executor.memory": "1500m",
        "spark.network.timeout": f"{PATIENCE_S}s",
        **settings,
    }
    builder = SparkSession.builder.master(master).appName("tandem")
    for name, value in given.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    try:
        yield made
    finally:
        made.stop()


@contextmanager
def process(arguments: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """One JVM in a group of its own, ended with everything it started."""
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1"}
    with log.open("wb") as out:
        started = subprocess.Popen(
            [str(home / "bin" / "spark-class"), *arguments],
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - one system call, no lock is taken
        )
        try:
            yield started
        finally:
            end(started)


def end_with_parent() -> None:
    """Let Linux end the process when the one that started it is killed and can clean up no more."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def end(started: subprocess.Popen[bytes]) -> None:
    """Ask the process group to end, and insist after ten seconds."""
    os.killpg(started.pid, signal.SIGTERM)
    try:
        started.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def registered(page: int) -> int:
    """How many workers the master has; -1 while it does not answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{page}/json/", timeout=5) as answer:
            return sum(one["state"] == "ALIVE" for one in json.load(answer)["workers"])
    except OSError:
        return -1


def wait_until(holds: Any, what: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError(f"{what} did not come up in {PATIENCE_S} s")
        time.sleep(0.2)
