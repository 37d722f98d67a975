"""How commands reach a workspace: always through the HTTP API, so that there is one way to do each thing.

Where a server has the workspace open, its API is asked over the socket. Where none has, the process is opened here and
its API is asked in memory. A command cannot tell the difference, and neither can the journal.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import msgspec

from tandem.kernel.errors import (
    Conflict,
    DefinitionError,
    IntegrityError,
    InvalidInput,
    NotFound,
    NotSignedIn,
    Refused,
    TandemError,
    TooLarge,
    TooOften,
    Unavailable,
)
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.settings import Settings, load_settings
from tandem.kernel.time import SystemClock

if TYPE_CHECKING:
    import httpx

    from tandem.decide.decisions import DecisionProcess
    from tandem.faces.api import Application
    from tandem.kernel.artefacts import WorkspaceHeader
    from tandem.learn.attacks import AttackRuns
    from tandem.learn.backtest import BacktestRuns
    from tandem.prove.access import AccessControl, Mode

__all__ = ["Api", "header_of", "opened_api", "opened_people", "opened_process", "segment", "settings"]

_TIMEOUT_S = 600.0
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_KINDS: dict[int, type[TandemError]] = {
    401: NotSignedIn,
    403: Refused,
    404: NotFound,
    409: Conflict,
    413: TooLarge,
    422: InvalidInput,
    500: IntegrityError,
}


class Api:
    """Requests to the HTTP API; a problem document is raised as the error it was.

    ``address`` is where a browser reaches it: the server's, or the one it will have when it is started.
    """

    def __init__(self, client: httpx.AsyncClient, runner: asyncio.Runner, address: str) -> None:
        self.address = address
        self._client = client
        self._runner = runner

    def get(self, path: str, **parameters: Any) -> Any:
        """The document at ``path``."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return self._ask("GET", path, params=given)

    def post(self, path: str, body: Any, **parameters: Any) -> Any:
        """The answer to ``body``."""
        given = {name: value for name, value in parameters.items() if value is not None}
        content = msgspec.json.encode(body)
        return self._ask("POST", path, params=given, content=content, headers={"Content-Type": "application/json"})

    def patch(self, path: str, body: Any) -> Any:
        """The answer to ``body``."""
        content = msgspec.json.encode(body)
        return self._ask("PATCH", path, content=content, headers={"Content-Type": "application/json"})

    def delete(self, path: str) -> Any:
        """What was taken away."""
        return self._ask("DELETE", path)

    def _ask(self, method: str, path: str, **request: Any) -> Any:
        import httpx

        try:
            response = self._runner.run(self._client.request(method, path, **request))
        except httpx.HTTPError as error:
            raise Unavailable(
                f"The server at {self._client.base_url} does not answer: {str(error) or type(error).__name__}.",
                code="server_unreachable",
                hint="is it running? tandem serve",
            ) from None
        if response.status_code >= 400:
            raise _error_of(response.content, response.status_code)
        return msgspec.json.decode(response.content)


def settings() -> Settings:
    """The settings of this process, from the environment."""
    return load_settings(os.environ)


def segment(text: str) -> str:
    """``text`` as one segment of a path."""
    return quote(text, safe="")


def header_of(folder: Path) -> WorkspaceHeader:
    """What the workspace in ``folder`` says of itself.

    Raises:
        NotFound: no workspace there.
    """
    from tandem.kernel.artefacts import read_header

    return read_header(folder)


@contextlib.contextmanager
def opened_process(folder: Path, *, strict: bool = False) -> Iterator[DecisionProcess]:
    """The decision process of the workspace in ``folder``, for one command.

    Args:
        strict: nobody approves what they wrote, whatever the workspace says.

    Raises:
        NotFound: no workspace there.
        Refused: a server has it open.
    """
    from tandem.decide.decisions import open_process

    header = header_of(folder)
    process = open_process(settings(), header.name, four_eyes=header.four_eyes or strict)
    try:
        yield process
    finally:
        process.close()


@contextlib.contextmanager
def opened_api(folder: Path, server: str | None, *, with_people: bool = False) -> Iterator[Api]:
    """The API of ``server``, of the server that has the workspace open, or of the workspace itself.

    A server is shown the operator's key that it left in the home folder; whoever may read that is trusted.

    Args:
        with_people: the workspace itself is opened with the people and keys that it keeps, not with none.
    """
    import httpx

    from tandem.prove.access import read_operator

    with asyncio.Runner() as runner, contextlib.ExitStack() as stack:
        transport: httpx.AsyncBaseTransport | None = None
        app: Application | None = None
        here = settings()
        operator = read_operator(here.home)
        address = server
        if address is None:
            try:
                process = stack.enter_context(opened_process(folder))
            except Refused as error:
                if error.code != "journal_in_use":
                    raise
                address = f"http://{here.host}:{here.port}" if operator is None else operator.address
            else:
                from tandem.decide.connectors import open_connectors
                from tandem.faces.api import create_app
                from tandem.faces.launching import assessment_runs

                # A mistake of ours is told once, by the command, and not by a log in between.
                logging.getLogger("tandem.http").disabled = "--debug" not in sys.argv
                access = (
                    stack.enter_context(opened_people(process, sandbox=header_of(folder).kind == "sandbox"))
                    if with_people
                    else None
                )
                attacks = _attacks(here.home)
                stack.callback(attacks.close)
                backtests = _backtests(here.home, process.journal.workspace)
                stack.callback(backtests.close)
                assessments = assessment_runs(here.home, process.journal.workspace)
                stack.callback(assessments.close)
                desk = stack.enter_context(open_connectors(here, process.vault))
                app = create_app(
                    process,
                    access,
                    attacks=attacks,
                    backtests=backtests,
                    assessments=assessments,
                    iterations=here.home / "iterations",
                    connectors=desk,
                    connector_budget_ms=here.connector_budget_ms,
                )
                transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        headers = {}
        if operator is not None and transport is None and _same_place(address, operator.address):
            headers["Authorization"] = f"Bearer {operator.key}"
        client = httpx.AsyncClient(
            base_url=address or "http://localhost", transport=transport, timeout=_TIMEOUT_S, headers=headers
        )
        try:
            yield Api(client, runner, address or f"http://{here.host}:{here.port}")
        finally:
            runner.run(client.aclose())
            if app is not None:
                runner.run(app.close())


def _attacks(home: Path) -> AttackRuns:
    from tandem.learn.attacks import AttackRuns

    return AttackRuns(home / "attacks", clock=SystemClock(), entropy=SystemEntropy())


def _backtests(home: Path, workspace: str) -> BacktestRuns:
    from tandem.learn.backtest import BacktestRuns

    return BacktestRuns(home, workspace, clock=SystemClock(), entropy=SystemEntropy())


@contextlib.contextmanager
def opened_people(process: DecisionProcess, *, mode: Mode = "open", sandbox: bool = False) -> Iterator[AccessControl]:
    """The people and keys of the workspace that ``process`` decides for; their changes go on record in its journal."""
    from tandem.faces.api import journal_notes
    from tandem.prove.access import open_access

    access = open_access(
        settings().home,
        process.journal.workspace,
        clock=SystemClock(),
        entropy=SystemEntropy(),
        tell=journal_notes(process),
        mode=mode,
        sandbox=sandbox,
    )
    try:
        yield access
    finally:
        access.close()


def _same_place(asked: str | None, server: str) -> bool:
    """Whether both are the same port of this machine: the operator's key is shown to nobody else."""
    one, other = urlsplit(asked or ""), urlsplit(server)
    return one.hostname in _LOOPBACK and other.hostname in _LOOPBACK and one.port == other.port


def _error_of(content: bytes, status: int) -> TandemError:
    try:
        said = msgspec.json.decode(content)
        words = {key: said.get(key) for key in ("code", "field", "value", "hint", "at")}
        detail = str(said["detail"])
    except (msgspec.DecodeError, KeyError, AttributeError):
        return Unavailable(f"The server answered {status} without a problem document.", code="not_tandem")
    if status in {429, 503}:
        late = TooOften if status == 429 else Unavailable
        return late(detail, code=words["code"], hint=words["hint"])
    kind = DefinitionError if said.get("title") == DefinitionError.title else _KINDS.get(status, InvalidInput)
    return kind(detail, **words)
