"""Killed in the middle of sending, again and again: no contact reaches anybody twice, none is lost, and all are on record."""

from __future__ import annotations

import email
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from arrears_house import House

HERE = Path(__file__).parent
CUSTOMERS = 24


class Gateway(BaseHTTPRequestHandler):
    """Does each contact once, however often it is asked."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        told = json.loads(self.rfile.read(int(self.headers["content-length"])))
        with self.server.lock:
            self.server.asked[told["contact"]] += 1
            self.server.arrived.release()
        self.send_response(202)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def gateway():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    server.daemon_threads, server.asked, server.lock = True, Counter(), threading.Lock()
    server.arrived = threading.Semaphore(0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def prepared(folder):
    """Customers who are late: of the even ones the e-mail is known, of the others the telephone."""
    house = House(folder)
    for number in range(CUSTOMERS):
        account = house.customer(number)
        even = number % 2 == 0
        house.reachable(
            account, email=f"p{number}@example.com" if even else "", phone="" if even else f"138001380{number:02d}"
        )
    house.close()


def life(folder, port, url, arrivals):
    """Run the program and kill it once so many contacts arrived; whether it was done before."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parents[1] / "shared"), *sys.path])}
    command = [sys.executable, str(HERE / "sending_until_killed.py"), str(folder), str(port), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as child:
        assert child.stdout.readline().strip() == "ready"
        if arrivals is not None:
            arrivals()
            child.kill()
        return child.stdout.readline().strip() == "done"


def test_killed_while_it_sends_nobody_hears_anything_twice_and_everything_is_on_record(tmp_path, mailbox, gateway):
    box, port = mailbox
    url = f"http://127.0.0.1:{gateway.server_port}/sms"
    folder = tmp_path / "home"
    prepared(folder)

    def mails(count):
        def wait():
            with box.arrived:
                assert box.arrived.wait_for(lambda: len(box.got) >= count, timeout=60)

        return wait

    def messages(count):
        return lambda: [gateway.arrived.acquire(timeout=60) for _ in range(count)]

    for arrivals in (mails(3), mails(7), messages(2), messages(3)):
        life(folder, port, url, arrivals)
    assert life(folder, port, url, None)
    ids = Counter(email.message_from_bytes(one.content)["Message-ID"].partition("@")[0][1:] for one in box.got)
    assert set(ids.values()) == {1}, "no e-mail arrives twice"
    house = House(folder, fresh=False)
    contacts = house.desk.look(lambda files: dict(files.contacts))
    house.close()
    assert len(contacts) == CUSTOMERS, "each customer has one contact"
    assert {one.state for one in contacts.values()} <= {"delivered", "unclear"}
    by_mail = {name: one for name, one in contacts.items() if one.channel == "email"}
    assert {name for name, one in by_mail.items() if one.state == "delivered"} <= set(ids) <= set(by_mail)
    unclear = [one for one in contacts.values() if one.state == "unclear"]
    assert len(unclear) <= 4, "at most the one that was in hand at each death"
    assert all(one.channel == "email" for one in unclear), "a gateway is asked again: it does a contact once"
    assert set(gateway.asked) == {name for name, one in contacts.items() if one.channel == "sms"}
