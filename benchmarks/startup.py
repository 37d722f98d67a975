"""Starting with a million journalled events: from the snapshot, and, beside it, by folding the whole journal."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks import release
from benchmarks.claims import Claim, claim
from tandem.decide.decisions import open_process
from tandem.kernel.settings import Settings
from tandem.kernel.time import SystemClock

_START = """
import sys
from pathlib import Path
from tandem.decide.decisions import open_process
from tandem.kernel.settings import Settings
process = open_process(Settings(home=Path(sys.argv[1])), "bench")
assert process.health()["ok"] and process.state.seq == process.journal.head.seq
print("ready", process.journal.count, flush=True)
import os
os._exit(0)  # what a clean stop costs is another question
"""
_CHUNK = 5_000


def run(quick: bool) -> list[Claim]:
    events = 60_000 if quick else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _fill(home, events)
        from_snapshot = min(_start(home) for _ in range(3))
        for snapshot in (home / "snapshots").iterdir():
            snapshot.unlink()
        folding = _start(home)
    protocol = (
        f"{events:,} journalled card payments (simulated), 120 features, 250 rules, 300 trees; a new interpreter from"
        " exec to ready to decide, imports included; SQLite; best of three"
    )
    return [
        claim(
            "startup.snapshot",
            from_snapshot,
            "s",
            "<= 5",
            peer="fold the whole journal, no snapshot",
            peer_value=folding,
            protocol=protocol,
        )
    ]


def _fill(home: Path, events: int) -> None:
    process = open_process(Settings(home=home, snapshot_every=10**9), "bench")
    release.publish(process)
    assert process.live is not None
    read, clock = process.live.reader.read, SystemClock()
    for start in range(0, events, _CHUNK):
        now = clock.now()
        documents = release.documents(min(_CHUNK, events - start), start=start)
        process.record_events([read(one, received_at=now) for one in documents])
    process.close()


def _start(home: Path) -> float:
    started = perf_counter()
    with subprocess.Popen([sys.executable, "-c", _START, str(home)], stdout=subprocess.PIPE, text=True) as starting:
        assert starting.stdout is not None
        line = starting.stdout.readline()
        taken = perf_counter() - started
    assert line.startswith("ready"), line
    return taken
