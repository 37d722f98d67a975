"""Two thousand nodes in the graph explorer: what a walk to them takes, and a frame while they are moved and zoomed.

The walk is over a network in memory, in processor time of its own thread, for that is how long the writer waits. Frames are
counted by the browser itself, Debian's Chromium without a graphics card, while the drawing moves with each. Nodes and links
are made up and handed to the page where it asks the API for them; page and server are the real ones.
"""

from __future__ import annotations

import gc
import os
import random
import shutil
import time
from typing import Any

from benchmarks.claims import Claim, claim
from benchmarks.scrolling import served
from tandem.faces.console import index_of
from tandem.kernel.time import DAY, Micros
from tandem.observe.graph import MEMBER, NODES_MAX, Link, Place, kernel_of, walk_around, walk_between

_SLOW_MS = 18
_ROUNDS = 3
_SEED = 7
_EACH = 22
"""People of a made-up ring."""
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_KINDS = ("device", "phone", "address")
_MOVE = """(frames) => new Promise((done) => {
  const place = document.querySelector("[data-graph] [role=application]"), canvas = place.querySelector("canvas");
  const keys = ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"], box = canvas.getBoundingClientRect();
  const gaps = [];
  let before;
  const frame = (now) => {
    if (before !== undefined) gaps.push(now - before);
    before = now;
    const turn = gaps.length;
    place.dispatchEvent(new KeyboardEvent("keydown", {key: keys[Math.floor(turn / 8) % 4], bubbles: true}));
    const at = {clientX: box.left + box.width / 2, clientY: box.top + box.height / 2};
    canvas.dispatchEvent(new WheelEvent("wheel", {deltaY: turn % 60 < 30 ? -40 : 40, bubbles: true, cancelable: true, ...at}));
    if (gaps.length < frames) requestAnimationFrame(frame); else done(gaps);
  };
  requestAnimationFrame(frame);
})"""


def run(quick: bool) -> list[Claim]:
    walks = _walks(50 if quick else 400)
    return [*walks, *_frames(180 if quick else 600)]


# -- the walk --------------------------------------------------------------------------------------------------------


def _walks(rounds: int) -> list[Claim]:
    links = tuple(Link(identifier=kind, life=180 * DAY) for kind in _KINDS)
    network, chance = kernel_of(links), random.Random(_SEED)
    people = 100_000
    for number in range(people):
        ring = number // _EACH
        used = [(kind, _name(kind, ring * 4 + chance.randrange(4))) for kind in range(len(links))]
        if chance.random() < 0.2:
            used.append((0, _name(0, chance.randrange(people // _EACH) * 4)))
        network.link(_name(9, number), used, Micros(number * 1_000_000))
    gc.collect()
    gc.freeze()  # as the server does before it serves
    around: list[float] = []
    ways: list[float] = []
    for _ in range(rounds):
        start, goal = (Place(MEMBER, _name(9, chance.randrange(people))) for _ in range(2))
        before = time.thread_time_ns()
        walk = walk_around(network, links, start, at=network.newest, steps=8, limit=NODES_MAX)
        between = time.thread_time_ns()
        walk_between(network, links, start, goal, at=network.newest)
        after = time.thread_time_ns()
        if len(walk.tell().nodes) == NODES_MAX:
            around.append((between - before) / 1e6)
        ways.append((after - between) / 1e6)
    gc.unfreeze()
    around.sort()
    ways.sort()
    protocol = f"{len(around)} walks to {NODES_MAX:,} nodes among {people:,} members, processor time of the thread that has the lock"
    return [
        claim("explorer.walk_p50", around[len(around) // 2], "ms", "<= 10", protocol=protocol),
        claim("explorer.walk_p99", around[int(len(around) * 0.99)], "ms", protocol=protocol),
        claim("explorer.path_p50", ways[len(ways) // 2], "ms", protocol=f"{rounds} pairs; {protocol}"),
        claim("explorer.path_p99", ways[int(len(ways) * 0.99)], "ms", protocol=f"{rounds} pairs; {protocol}"),
    ]


def _name(kind: int, number: int) -> Any:
    return f"{kind:x}{number:031x}"


# -- frames ----------------------------------------------------------------------------------------------------------


def _frames(frames: int) -> list[Claim]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None or index_of() is None:
        return [claim("explorer.rate", None, "frames/s", protocol="no Chromium, or the console was not built here")]
    with served() as address:
        gaps, drawn_s, settled_s = _gaps(chromium, address, frames)
    gaps.sort()
    protocol = (
        f"{NODES_MAX:,} nodes; {frames} frames, each of which moves and zooms, best of {_ROUNDS} rounds by the sum;"
        f" 1440 x 900, no graphics card; load of the machine {os.getloadavg()[0]:.1f}"
    )
    slow = sum(gap > _SLOW_MS for gap in gaps) / len(gaps)
    return [
        claim("explorer.rate", 1000 * len(gaps) / sum(gaps), "frames/s", ">= 55", protocol=protocol),
        claim("explorer.frame_p50", gaps[len(gaps) // 2], "ms", protocol=protocol),
        claim("explorer.frame_p95", gaps[int(len(gaps) * 0.95)], "ms", protocol=protocol),
        claim("explorer.slow_frames", 100 * slow, "%", protocol=f"frames over {_SLOW_MS} ms; {protocol}"),
        claim("explorer.drawn", drawn_s, "s", protocol=f"from the address to the first drawing; {protocol}"),
        claim("explorer.at_rest", settled_s, "s", protocol=f"until the layout, in a worker, is done; {protocol}"),
    ]


def _gaps(chromium: str, address: str, frames: int) -> tuple[list[float], float, float]:
    """Milliseconds from frame to frame, of the round that took least; seconds until it was drawn, and until at rest."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
        answer = _around()
        page.route("**/v1/graphs", lambda route: route.fulfill(json=_graphs()))
        page.route("**/v1/graphs/people/around?*", lambda route: route.fulfill(json=answer))
        started = time.monotonic()
        page.goto(f"{address}/graph?at=person:{_name(9, 0)}")
        page.locator(f"[data-graph][data-nodes='{NODES_MAX}']").wait_for(timeout=180_000)
        drawn = time.monotonic() - started
        page.locator("[data-graph][data-settled]").wait_for(timeout=180_000)
        settled = time.monotonic() - started
        page.wait_for_timeout(1_000)
        rounds: list[list[float]] = [page.evaluate(_MOVE, frames) for _ in range(_ROUNDS)]
        browser.close()
    return min(rounds, key=sum), drawn, settled


def _graphs() -> dict[str, Any]:
    identifiers = [{"kind": kind, "life_s": 15_552_000, "joins": True, "hub": 30} for kind in _KINDS]
    return {
        "graphs": [
            {
                "name": "people", "description": {"en": "Made up", "zh": "虚构"}, "member_kind": "person", "events": [],
                "identifiers": identifiers, "marks": [], "members": NODES_MAX, "newest_at": "2026-11-01T00:00:00Z",
            }
        ]
    }  # fmt: skip


def _around() -> dict[str, Any]:
    """What the API would answer: rings of people around things they share, some of them joined."""
    chance = random.Random(_SEED)
    members = NODES_MAX * 2 // 3
    things = NODES_MAX - members
    links = {}
    for number in range(members):
        ring = number // _EACH
        for kind in range(len(_KINDS)):
            thing = (ring * 11 + chance.randrange(11)) % things
            links[number, thing] = kind
        if chance.random() < 0.15:
            links[number, chance.randrange(things)] = 0
    nodes = [_node("person", _name(9, number), number) for number in range(members)]
    nodes += [_node(_KINDS[number % 3], _name(number % 3, number), number) for number in range(things)]
    return {
        "graph": "people",
        "as_of": "2026-11-01T00:00:00Z",
        "start": {"kind": "person", "key": _name(9, 0)},
        "nodes": nodes,
        "links": [
            {"member": _name(9, number), "kind": _KINDS[thing % 3], "identifier": _name(thing % 3, thing),
             "last_at": f"2026-10-{1 + (number + thing) % 28:02d}T00:00:00Z"}
            for number, thing in links
        ],
        "left_out": 0,
    }  # fmt: skip


def _node(kind: str, key: str, number: int) -> dict[str, Any]:
    member = kind == "person"
    at = "2026-10-01T00:00:00Z"
    decision = {
        "decision_id": f"dec_{number:032x}", "event_id": f"a-{number}", "at": at, "policy": "people",
        "outcome": ("approve", "review", "decline")[number % 3], "model": None, "probability": None,
    }  # fmt: skip
    return {
        "kind": kind, "key": key, "member": member, "step": 1, "degree": 3, "since": at if member else None, "last_at": at,
        "bad_since": at if member and number % 9 == 0 else None, "crowd": False, "joins": True, "lists": [],
        "decision": decision if member else None,
    }  # fmt: skip
