"""A real server with a few decisions, and a real browser, where there is one."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from http_face import application, starter_process

from tandem.faces.api import Server, create_app
from tandem.faces.console import index_of
from tandem.faces.launching import assessment_runs
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import SystemClock
from tandem.learn.attacks import AttackRuns
from tandem.learn.backtest import BacktestRuns
from tandem.learn.datasets import DatasetStore
from tandem.learn.monitoring import MonitoringDesk
from tandem.learn.training_runs import TrainingDesk
from tandem.observe.lake import Lake

TELEPHONE = {"width": 390, "height": 844}
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
              "--disable-component-update", "--disable-sync"]  # fmt: skip

with contextlib.suppress(ImportError):  # without playwright these tests skip
    from playwright.sync_api import expect

    # Patience, not a looser check: two browsers may share two cores with the tests beside them.
    expect.set_options(timeout=20_000)

NOTICE = {"en": "Every application here is made up for a test.", "zh": "这里的申请均为测试数据。"}


@dataclass(frozen=True)
class Running:
    """A server on a free port."""

    address: str
    process: Any


def _serve(process: Any, folder: Path, **desks: Any) -> Iterator[Running]:
    lake = Lake(folder / "lake", clock=SystemClock())
    attacks = AttackRuns(folder / "attacks", clock=SystemClock(), entropy=SystemEntropy())
    trainings = TrainingDesk(
        folder / "trainings", DatasetStore(folder / "home" / "datasets"), clock=SystemClock(), entropy=SystemEntropy()
    )
    home, name = folder / "home", process.journal.workspace
    backtests = BacktestRuns(home, name, clock=SystemClock(), entropy=SystemEntropy())
    monitoring = MonitoringDesk(home, name, clock=SystemClock(), entropy=SystemEntropy())
    assessments = assessment_runs(home, name)
    server = Server(
        create_app(
            process,
            lake=lake,
            notices=[NOTICE],
            attacks=attacks,
            backtests=backtests,
            assessments=assessments,
            trainings=trainings,
            monitoring=monitoring,
            **desks,
        ),
        host="127.0.0.1",
        port=0,
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Running(server.address, process)
    server.stop()
    attacks.close()
    backtests.close()
    assessments.close()
    monitoring.close()
    trainings.close()
    thread.join(timeout=20)
    assert not thread.is_alive(), "the server stops even while pages are open"
    process.close()


@pytest.fixture(scope="session")
def serve() -> Any:
    """Serves a process that lives in a folder: ``yield from serve(process, folder)``, with desks by name that stand already."""
    return _serve


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("site")
    process = starter_process(folder)
    for number in range(6):
        process.decide_now(application(f"first-{number}", age=16 if number == 2 else 34, device="d-1"))
    process.decide_now(application("no-income", income_minor=...))
    yield from _serve(process, folder)


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Running]:
    yield from _serve(starter_process(tmp_path), tmp_path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = os.environ.get("TANDEM_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        message = "no Chromium here"
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(f"{message}: required in CI")
        pytest.skip(message)
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    """The console as `make test` builds it; skipped with a message where npm could not be reached."""
    if index_of() is None:
        message = "the console was not built here: make console"
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(f"{message}: required in CI")
        pytest.skip(message)


@pytest.fixture
def another_browser(browser: Any) -> Iterator[Callable[[str], Any]]:
    """``another_browser(locale)``: a tab with cookies of its own, that notes errors and requests to other hosts."""
    with contextlib.ExitStack() as opened:

        def open_tab(locale: str) -> Any:
            context = browser.new_context(
                viewport={"width": 1360, "height": 900}, locale=locale, reduced_motion="reduce"
            )
            opened.callback(context.close)
            tab = context.new_page()
            errors: list[str] = []
            foreign: list[str] = []
            tab.on("pageerror", lambda error: errors.append(str(error)))
            tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
            tab.on("request", lambda request: None if "://127.0.0.1" in request.url else foreign.append(request.url))
            tab.errors, tab.foreign = errors, foreign
            return tab

        yield open_tab


@pytest.fixture
def page(request: pytest.FixtureRequest, another_browser: Callable[[str], Any]) -> Any:
    """The tab of a test that needs one. Parametrised indirectly: its locale."""
    return another_browser(getattr(request, "param", "en-GB"))


@pytest.fixture
def telephone(browser):
    """``telephone(language, dark=False)``: a page as wide as a hand, that notes errors and requests to other hosts."""
    with contextlib.ExitStack() as opened:

        def take(language, *, dark=False, width=None):
            context = browser.new_context(
                viewport={**TELEPHONE, "width": width or TELEPHONE["width"]}, locale=language, reduced_motion="reduce", has_touch=True,
                color_scheme="dark" if dark else "light", accept_downloads=True,
            )  # fmt: skip
            opened.callback(context.close)
            page = context.new_page()
            page.errors, page.foreign = [], []
            page.on("pageerror", lambda error: page.errors.append(str(error)))
            page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
            page.on("request", lambda sent: None if "://127.0.0.1" in sent.url else page.foreign.append(sent.url))
            return page

        yield take
