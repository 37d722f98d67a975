"""The proof of propagation where a process beside the server copies the journal: what it has read, and how far its tables are."""

from __future__ import annotations

import pytest
from http_face import Caller, Contract, starter_process

from tandem.faces.api import create_app
from tandem.faces.read_marks import marks_of_lake
from tandem.kernel.time import SystemClock
from tandem.observe.lake import Lake


@pytest.fixture
def ask(tmp_path):
    """Calls an application whose lake another process keeps, and judges every answer by the contract."""
    process = starter_process(tmp_path)
    lake = Lake(tmp_path / "home" / "lake", clock=SystemClock())
    caller = Caller(create_app(process, lake=lake, followed=True))
    contract = Contract(caller("GET", "/openapi.json").json)

    def asked(method, path, body=b""):
        reply = caller(method, path, body)
        contract.judge(method, path, reply)
        return reply

    asked.process, asked.lake, asked.marks = process, lake, marks_of_lake(lake.root)
    yield asked
    caller.close()
    process.close()


def block(ask):
    entry = {"identifier": "d1", "reason": "seen", "source": "test"}
    body = {"change_id": "c-1", "by": "ann", "add": [entry]}
    reply = ask("POST", "/v1/lists/blocked_devices/entries", body)
    assert reply.status == 200, reply.body
    return ask.process.journal.head.seq


def lake_of(told):
    (reach,) = [each for each in told["changes"][0]["processes"] if each["process"] == "lake"]
    (process,) = [each for each in told["processes"] if each["process"] == "lake"]
    return reach, process


def test_a_change_is_everywhere_when_the_process_beside_has_read_it_and_tables_are_told_apart(ask):
    seq = block(ask)
    told = ask("GET", "/v1/propagation").json
    reach, process = lake_of(told)
    assert (reach["after_ms"], reach["tables_after_ms"], told["changes"][0]["everywhere"]) == (None, None, False)
    assert (process["seq"], process["behind"], process["as_of"]) == (0, seq, None)

    ask.marks.write(seq, SystemClock().now(), changed=True)
    told = ask("GET", "/v1/propagation").json
    reach, process = lake_of(told)
    assert reach["after_ms"] >= 0
    assert (reach["tables_after_ms"], told["changes"][0]["everywhere"]) == (None, True)
    assert (process["seq"], process["behind"], process["tables_seq"], process["tables_behind"]) == (seq, 0, 0, seq)

    ask.lake.project(ask.process.journal, ask.process.live.reader)
    reach, process = lake_of(ask("GET", "/v1/propagation").json)
    assert reach["tables_after_ms"] >= 0
    assert (process["tables_seq"], process["tables_behind"]) == (seq, 0)
