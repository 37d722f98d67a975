"""The example lender from empty folder to live page: prepare, serve, play, tell."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec

from tandem.faces.demo.playing import Played, Server, play_decisions, send_batches
from tandem.faces.demo.preparing import HOME, Prepared, prepare
from tandem.faces.demo.showing import Screen
from tandem.faces.demo.telling import Told, tell
from tandem.kernel.errors import NotFound, Unavailable
from tandem.prove.access import read_operator

__all__ = ["run_demo"]

_PATIENCE_S = 60.0
_ONE_BY_ONE = 2_000


def run_demo(*, port: int | None = None, once: bool = False, as_json: bool = False) -> None:
    """Run the example lender; returns when the person stops it, or, with ``once``, when the table is printed.

    Args:
        port: where to serve; None for the default.
        once: do not stay up.
        as_json: print the table as JSON.

    Raises:
        NotFound: not run from a checkout, so there is no bundled data.
        Unavailable: the server does not come up.
    """
    root = _checkout()
    folder = Path(os.environ.get("TANDEM_HOME", ".tandem")) / "demo"
    screen = Screen(quiet=as_json)
    screen.say_what_is_real()
    started = time.perf_counter()
    with screen.progress() as progress:
        prepared = prepare(folder, root / "examples" / "lender", root / "examples" / "data", progress)
    with _served(folder, port) as server:
        with screen.progress() as progress:
            applications, statements, payments = _play(server, prepared, progress)
        told = tell(server, prepared, applications, statements, payments, started)
        _show(screen, told, server, folder, as_json=as_json)
        if not once:
            screen.stay(server.address)


def _play(server: Server, prepared: Prepared, progress: Any) -> tuple[Played, Played, Played]:
    progress.step("play live: instalment-loan applications", len(prepared.applications))
    applications = play_decisions(server, prepared.applications, progress.advance)
    progress.step("play live: September repayments, in batches", len(prepared.repayments))
    send_batches(server, "/v1/events/batch", prepared.repayments, progress.advance)
    progress.step("play live: September statements", len(prepared.statements))
    # The first ones come one by one, so that latency can be told; a real statement run comes in batches.
    statements = play_decisions(server, prepared.statements[:_ONE_BY_ONE], progress.advance)
    send_batches(server, "/v1/decisions/batch", prepared.statements[_ONE_BY_ONE:], progress.advance)
    progress.step("play live: card payments (simulated)", len(prepared.payments))
    payments = play_decisions(server, prepared.payments, progress.advance)
    progress.step("learn what became of them", len(prepared.outcomes))
    send_batches(server, "/v1/events/batch", prepared.outcomes, progress.advance)
    return applications, statements, payments


def _show(screen: Screen, told: Told, server: Server, folder: Path, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n")
    else:
        screen.table(told)
        screen.where_to_go(server, folder)


@contextlib.contextmanager
def _served(folder: Path, port: int | None) -> Iterator[Server]:
    """The workspace's server as a process of its own, as in production."""
    environment = {**os.environ, "TANDEM_HOME": HOME}
    command = [sys.executable, "-m", "tandem", "serve", "--json"]
    if port is not None:
        command += ["--port", str(port)]
    server = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        yield _started(server, folder)
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(_PATIENCE_S)


def _started(server: subprocess.Popen[str], folder: Path) -> Server:
    assert server.stdout is not None, "asked for as a pipe"
    line = server.stdout.readline()
    if not line:
        raise Unavailable("The server did not start; its words are above.", code="demo_server")
    said = msgspec.json.decode(line)
    address: str = said["address"]
    operator = read_operator(folder / HOME)
    if operator is None:
        raise Unavailable("The server left no key for the player.", code="demo_server")
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{address}/health/ready", timeout=5).is_success:
                return Server(address, operator.key, said.get("welcome"))
        time.sleep(0.1)  # the one who waits for another process has nothing better to do
    raise Unavailable("The server did not become ready.", code="demo_server")


def _checkout() -> Path:
    root = Path(__file__).parents[4]
    if not (root / "examples" / "lender" / "workspace.yaml").is_file():
        raise NotFound(
            "The example lender runs from a checkout of the repository: its data is not part of the package.",
            code="no_example_data",
            hint="clone the repository and run make run; or tandem init for a workspace of your own",
        )
    return root
