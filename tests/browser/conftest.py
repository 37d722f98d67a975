"""A real server with a few decisions, and a real browser, where there is one."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from http_face import application, starter_process

from tandem.faces.api import Server, create_app

NOTICE = {"en": "Every application here is made up for a test.", "zh": "这里的申请均为测试数据。"}


@dataclass(frozen=True)
class Running:
    """A server on a free port."""

    address: str
    process: Any


def _serve(process: Any) -> Iterator[Running]:
    server = Server(create_app(process, notices=[NOTICE]), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Running(server.address, process)
    server.stop()
    thread.join(timeout=20)
    assert not thread.is_alive(), "the server stops even while pages are open"
    process.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    process = starter_process(tmp_path_factory.mktemp("site"))
    for number in range(6):
        process.decide_now(application(f"first-{number}", age=16 if number == 2 else 34, device="d-1"))
    process.decide_now(application("no-income", income_minor=...))
    yield from _serve(process)


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Running]:
    yield from _serve(starter_process(tmp_path))


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
        launched = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1360, "height": 900}, locale="en-GB")
    tab = context.new_page()
    errors: list[str] = []
    foreign: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    tab.on("request", lambda request: None if "://127.0.0.1" in request.url else foreign.append(request.url))
    tab.errors, tab.foreign = errors, foreign
    yield tab
    context.close()
