"""A process killed again and again leaves no gap and no disorder in what a receiver hears."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from small_workspace import EVERYTHING, go_live

from tandem.act.webhooks import Wanted, open_webhooks
from tandem.decide.decisions import open_process
from tandem.kernel.settings import Settings

HERE = Path(__file__).parent
PER_LIFE = 60


class Keeping(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    got: ClassVar[list[tuple[str, int, str]]] = []
    arrived = threading.Condition()

    def do_POST(self):
        told = json.loads(self.rfile.read(int(self.headers["content-length"])))["data"]
        with self.arrived:
            self.got.append((self.headers["webhook-id"], told["seq"], told["event_id"]))
            self.arrived.notify_all()
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Keeping)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hooks"
    server.shutdown()
    thread.join()
    server.server_close()


def live_until_killed(home: Path, first: int) -> list[str]:
    """Run the program until it has told of ``PER_LIFE`` decisions, then kill it; the event ids it told."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parents[1] / "shared"), *sys.path])}
    command = [sys.executable, str(HERE / "deciding_until_killed.py"), str(home), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as child:
        told = [child.stdout.readline().strip() for _ in range(PER_LIFE)]
        child.kill()
        told += [line.strip() for line in child.stdout if line.endswith("\n")]
    assert all(told), "the program ended by itself"
    return told


def test_no_gap_and_no_disorder_through_kills(tmp_path, receiver):
    settings = Settings(home=tmp_path, webhook_networks="127.0.0.0/8")
    process = open_process(settings, "shop")
    go_live(process, *EVERYTHING)
    with open_webhooks(settings, process.journal) as webhooks:
        webhooks.create(receiver, Wanted(kinds=("decision.made",)), owner="ann")
    process.close()

    acknowledged: list[str] = []
    for life in range(4):
        acknowledged += live_until_killed(tmp_path, 1 + life * 100_000)

    process = open_process(settings, "shop")
    decided = [record.seq for record in process.journal.read(kinds=["decision"])]
    with open_webhooks(settings, process.journal), Keeping.arrived:
        assert Keeping.arrived.wait_for(lambda: Keeping.got and Keeping.got[-1][1] == decided[-1], timeout=60)
    process.close()

    first_heard = list(dict.fromkeys(seq for _, seq, _ in Keeping.got))
    assert first_heard == decided, "every durable decision, once each but for repetitions, in order"
    assert set(acknowledged) <= {event for _, _, event in Keeping.got}
    assert len({identifier for identifier, _, _ in Keeping.got}) == len(decided), "a repetition has the same id"
