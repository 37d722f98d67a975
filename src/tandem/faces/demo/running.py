"""The example lender from empty folder to live page: record, serve, learn, play, tell."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
import msgspec

from tandem.faces.demo.arrears import MAIL_FOLDER, cure, give_addresses, mail_server, reached
from tandem.faces.demo.monitoring import Watched, moves_of, watched
from tandem.faces.demo.people import invite
from tandem.faces.demo.playing import Played, Server, decide_in_order, play_decisions, send_batches, sign_offers
from tandem.faces.demo.preparing import (
    HOME,
    History,
    Progress,
    ToPlay,
    begin_learning,
    publish_learned,
    record_history,
    to_play,
)
from tandem.faces.demo.providing import provide
from tandem.faces.demo.showing import Screen
from tandem.faces.demo.sources import Movements
from tandem.faces.demo.telling import Arrears, Told, first_ring, tell
from tandem.kernel.errors import NotFound, Unavailable
from tandem.kernel.time import SystemClock
from tandem.prove.access import read_operator

if TYPE_CHECKING:
    from tandem.faces.demo.learning import Learned

__all__ = ["run_demo"]

_THREADS = 3
"""One gathers what the others learn from; boosters grow outside the interpreter, two at once."""
_PATIENCE_S = 60.0
_ONE_BY_ONE = 2_000
_TERMS = frozenset(range(6, 73, 6))
"""Instalments that the example's loan has; who asked for another number does not sign."""


class _Live(NamedTuple):
    """What was played live: decisions by what they were about; who holds which loan, what they did with it, and what was answered to that."""

    decided: dict[str, Played]
    loans: dict[str, str]
    moved: Movements
    answers: dict[str, dict[str, Any]]


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
    # Ended while it plays, it takes its server with it; once it stays up it waits for the signal itself.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    folder = Path(os.environ.get("TANDEM_HOME", ".tandem")) / "demo"
    screen = Screen(quiet=as_json)
    screen.say_what_is_real()
    started = time.perf_counter()
    with contextlib.ExitStack() as running:
        with screen.progress() as progress:
            with contextlib.ExitStack() as meanwhile:
                history = record_history(
                    folder, root / "examples" / "lender", root / "examples" / "data", progress, meanwhile
                )
                pool = running.enter_context(ThreadPoolExecutor(_THREADS))
                learning = pool.submit(begin_learning, history, pool)
                coming = pool.submit(to_play, history)
                progress.step("start the server", 1)
                mail = running.enter_context(mail_server(folder / HOME / MAIL_FOLDER))
                server = running.enter_context(_served(folder, port, mail))
                late = give_addresses(server, history.lines)
            played = coming.result()
            models = _learned(server, history, learning, played, progress)
            live = _play(server, played, progress)
            contacted = reached(server)
            progress.step("pay what is due on late lines that really did not default in the month after", late)
            cured = cure(server, history.lines, progress.advance)
            progress.step("stage all accounts and post what is expected to be lost", 1)
            provided = provide(server)
            progress.advance(1)
            monitored = watched(server, live.moved, live.answers, live.loans)
        outcomes = history.outcomes_known + len(played.outcomes)
        arrears = Arrears(late=late, contacted=contacted, cured=cured)
        told = tell(server, models, live.decided, arrears, outcomes=outcomes, started=started)
        told = Told([*told.figures, *monitored.figures, *provided], told.seconds)
        _show(screen, told, monitored, server, folder, as_json=as_json)
        if not once:
            screen.stay(server.address)


def _learned(
    server: Server, history: History, learning: Future[dict[str, Future[Learned]]], played: ToPlay, progress: Progress
) -> dict[str, Learned]:
    """Publish what is learned from the history; the first live events come in while models grow."""
    progress.advance(1)
    progress.step("play live: the last month's repayments, in batches, while models grow", len(played.repayments))
    send_batches(server, "/v1/events/batch", played.repayments, progress.advance)
    progress.step("learn credit risk, account risk, fraud by card and at the till (simulated)", 4)
    trained = learning.result()
    for _ in as_completed(trained.values()):
        progress.advance(1)
    models = {name: one.result() for name, one in trained.items()}
    progress.step("publish models and policies", 1)
    publish_learned(server, history, list(models.values()))
    progress.advance(1)
    return models


def _play(server: Server, coming: ToPlay, progress: Progress) -> _Live:
    progress.step("play live: instalment-loan applications", len(coming.applications))
    applications = play_decisions(server, coming.applications, progress.advance)
    progress.step("sign what was approved (that everybody signs is simulated)", len(applications.answers))
    loans = sign_offers(server, coming.applications, applications, _TERMS, progress.advance)
    moved = moves_of(loans, now=SystemClock().now())
    progress.step("play live: what borrowers do with their loans (simulated)", len(moved.documents))
    # In order: grades and circles of money rest on what came before, of others too.
    answers = decide_in_order(server, moved.documents, progress.advance)
    progress.step("play live: the last month's statements", len(coming.statements))
    # The first ones come one by one, so that latency can be told; a real statement run comes in batches.
    statements = play_decisions(server, coming.statements[:_ONE_BY_ONE], progress.advance)
    send_batches(server, "/v1/decisions/batch", coming.statements[_ONE_BY_ONE:], progress.advance)
    progress.step("play live: card payments (simulated)", len(coming.payments))
    payments = play_decisions(server, coming.payments, progress.advance)
    progress.step("play live: instalments at the till, while a ring forms (simulated)", len(coming.checkouts))
    checkouts = play_decisions(server, coming.checkouts, progress.advance)
    progress.step("learn what became of them", len(coming.outcomes))
    send_batches(server, "/v1/events/batch", coming.outcomes, progress.advance)
    decided = {"application": applications, "statement": statements, "payment": payments, "checkout": checkouts}
    return _Live(decided, loans, moved, answers)


def _show(screen: Screen, told: Told, monitored: Watched, server: Server, folder: Path, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n")
    else:
        screen.table(told)
        at_home = "TANDEM_HOME" not in os.environ
        screen.where_to_go(server, folder, first_ring(server), monitored.page, invite(server), at_home=at_home)


@contextlib.contextmanager
def _served(folder: Path, port: int | None, mail: dict[str, str]) -> Iterator[Server]:
    """The workspace's server as a process of its own, as in production; ``mail``: the settings by which its mail leaves."""
    environment = {**os.environ, **mail, "TANDEM_HOME": HOME}
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
