"""Scrolling through 100,000 decisions in the console: what a frame takes, in Debian's Chromium without a graphics card.

The rows are made up and handed to the page where it asks the API for them; page, table and server are the real
ones. Frames are counted by the browser itself while the table moves three rows with each.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks.claims import Claim, claim
from tandem.decide.decisions import open_process
from tandem.faces.api import Server, create_app
from tandem.faces.console import index_of
from tandem.kernel.settings import Settings
from tandem.kernel.time import SystemClock
from tandem.observe.lake import Lake

_STEP_PX = 114
_SLOW_MS = 18
_ROUNDS = 3
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_MOVE = """([step, frames]) => new Promise((done) => {
  const grid = document.querySelector("[role=grid]");
  const gaps = [];
  let before, at = 0;
  const frame = (now) => {
    if (before !== undefined) gaps.push(now - before);
    before = now;
    grid.scrollTop = at += step;
    if (gaps.length < frames) requestAnimationFrame(frame); else done(gaps);
  };
  requestAnimationFrame(frame);
})"""


def run(quick: bool) -> list[Claim]:
    rows, frames = (20_000, 180) if quick else (100_000, 600)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None or index_of() is None:
        return [claim("scrolling.rate", None, "frames/s", protocol="no Chromium, or the console was not built here")]
    with served() as address:
        gaps = sorted(_gaps(chromium, address, rows, frames))
    protocol = (
        f"{rows:,} decisions in the browser; {frames} frames of three rows each, best of {_ROUNDS} rounds by the sum;"
        f" 1440 x 900, no graphics card; load of the machine {os.getloadavg()[0]:.1f}"
    )
    slow = sum(gap > _SLOW_MS for gap in gaps) / len(gaps)
    return [
        claim("scrolling.rate", 1000 * len(gaps) / sum(gaps), "frames/s", ">= 55", protocol=protocol),
        claim("scrolling.frame_p50", gaps[len(gaps) // 2], "ms", protocol=protocol),
        claim("scrolling.frame_p95", gaps[int(len(gaps) * 0.95)], "ms", protocol=protocol),
        claim("scrolling.slow_frames", 100 * slow, "%", protocol=f"frames over {_SLOW_MS} ms; {protocol}"),
    ]


@contextmanager
def served() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        process = open_process(Settings(home=Path(folder)), "bench")
        app = create_app(process, lake=Lake(Path(folder) / "lake", clock=SystemClock()))
        server = Server(app, host="127.0.0.1", port=0)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.address
        finally:
            server.stop()
            thread.join(timeout=20)
            process.close()


def _gaps(chromium: str, address: str, rows: int, frames: int) -> list[float]:
    """Milliseconds from frame to frame, of the round that took least."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
        page.route("**/v1/decisions?*", lambda route: route.fulfill(json=_page(route.request.url, rows)))
        page.goto(f"{address}/decisions")
        page.get_by_role("button", name="Load up to").click()
        page.locator(f"[role=grid][aria-rowcount='{rows + 1}']").wait_for(timeout=180_000)
        page.wait_for_timeout(1_000)
        rounds: list[list[float]] = [page.evaluate(_MOVE, [_STEP_PX, frames]) for _ in range(_ROUNDS)]
        browser.close()
    return min(rounds, key=sum)


def _page(url: str, rows: int) -> dict[str, Any]:
    """What ``GET /v1/decisions?form=short`` would answer, were there ``rows`` decisions."""
    asked = parse_qs(urlsplit(url).query)
    first = rows - int(asked.get("before", [str(rows)])[0])
    end = min(rows, first + int(asked["limit"][0]))
    reasons = [{"code": f"R{number}", "en": f"Reason number {number}", "zh": ""} for number in range(9)]
    shown = [_row(number, rows - number) for number in range(first, end)]
    return {"decisions": [], "rows": shown, "reasons": reasons, "next_before": rows - end or None}


def _row(number: int, seq: int) -> dict[str, Any]:
    outcome = ("approve", "review", "decline")[number % 7 % 3]
    return {
        "seq": seq,
        "recorded_at": f"2026-11-{1 + number % 27:02d}T{number % 24:02d}:{number % 60:02d}:{number * 7 % 60:02d}Z",
        "decision_id": f"dec_{number:032x}",
        "event_id": f"payment-{number:06d}",
        "event_type": "card_payment",
        "outcome": outcome,
        "policy": "card_payment",
        "release": "0" * 64,
        "reasons": [] if outcome == "approve" else [f"R{number % 9}"],
        "score": number * 37 % 10_007 / 10_007,
        "took_us": 140.0 + number % 90,
        "missing": 0,
        "entities": {},
    }
