"""No webhook makes this server ask inside the network it stands in, whatever the URL or the name says."""

from __future__ import annotations

import asyncio
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from tandem.act.webhooks import Sender
from tandem.kernel.errors import InvalidInput
from tandem.kernel.outward import NotSentError, check_url, networks_of, refused_among

LOOPBACK = networks_of("127.0.0.0/8, ::1/128", "webhook_networks")

INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_refused(address):
    assert refused_among([address], ()) == [address]
    assert refused_among(["93.184.216.34", address], ()) == [address], "one bad address is enough"


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_an_address_of_the_internet_is_allowed(address):
    assert refused_among([address], ()) == []


def test_the_operator_may_name_networks():
    inside = networks_of("10.1.0.0/16", "webhook_networks")
    assert refused_among(["10.1.2.3"], inside) == []
    assert refused_among(["10.2.2.3", "127.0.0.1"], inside) == ["10.2.2.3", "127.0.0.1"]
    with pytest.raises(InvalidInput, match="Not a network"):
        networks_of("10.1.0.0/16, here", "webhook_networks")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://partner.example/", "insecure_url"),
        ("https://127.0.0.1/", "address_not_allowed"),
        ("https://[::ffff:127.0.0.1]/", "address_not_allowed"),
        ("https://localhost:8443/", "address_not_allowed"),
        ("http://169.254.169.254/latest/meta-data", "address_not_allowed"),
        ("ftp://partner.example/", "invalid_url"),
        ("file:///etc/passwd", "invalid_url"),
        ("https:///path", "invalid_url"),
        ("https://user:pass@partner.example/", "invalid_url"),
        ("https://partner.example/#part", "invalid_url"),
        ("https://partner.example\\@127.0.0.1/", "invalid_url"),
        ("https://partner.example:0/", "invalid_url"),
        ("https://partner.example:99999/", "invalid_url"),
        ("https://partner.example/a b", "invalid_url"),
        ("https://partner.example/\r\nX: y", "invalid_url"),
        ("https://пример.example/", "invalid_url"),
        ("https://" + "a" * 2_000 + ".example/", "invalid_url"),
        ("https://[::1/", "invalid_url"),
        ("", "invalid_url"),
    ],
)
def test_a_url_that_is_no_receivers_is_refused_with_a_reason(url, code):
    with pytest.raises(InvalidInput) as error:
        check_url(url, ())
    assert (error.value.code, error.value.field) == (code, "url")


def test_plain_http_is_for_this_machine_where_the_operator_allowed_it():
    check_url("https://partner.example/hooks?x=1", ())
    check_url("http://127.0.0.1:9000/", LOOPBACK)
    check_url("http://localhost:9000/", LOOPBACK)
    with pytest.raises(InvalidInput, match="over https"):
        check_url("http://10.1.0.1/", networks_of("10.1.0.0/16", "webhook_networks"))


class Strange(BaseHTTPRequestHandler):
    """Answers in the ways receivers should not."""

    asked: ClassVar[list[str]] = []

    def do_POST(self):
        type(self).asked.append(self.path)
        self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/redirect":
            self.send_response(302)
            self.send_header("location", "/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65_536)
            except OSError:
                pass
        elif self.path == "/drip":
            self.send_response(200)
            self.send_header("content-length", "1000")
            self.end_headers()
            for _ in range(200):
                self.wfile.write(b"x")
                self.wfile.flush()
                if self.server.over.wait(0.05):
                    return
        elif self.path == "/garbage":
            self.wfile.write(b"this is no HTTP\r\n\r\n")
        elif self.path == "/busy":
            self.send_response(429)
            self.send_header("retry-after", "30")
            self.send_header("content-length", "0")
            self.end_headers()
        else:
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def strange():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Strange)
    server.over = threading.Event()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


def ask(url, *, inside=LOOPBACK, timeout_s=5.0, resolve=None):
    async def run():
        sender = Sender(inside, timeout_s=timeout_s, resolve=resolve)
        try:
            return await sender.post(url, {"content-type": "application/json"}, b"{}")
        finally:
            await sender.close()

    return asyncio.run(run())


def test_a_receiver_is_asked(strange):
    assert ask(f"http://127.0.0.1:{strange}/").status == 200
    busy = ask(f"http://127.0.0.1:{strange}/busy")
    assert (busy.status, busy.retry_after_s) == (429, 30)


def test_a_redirect_is_an_answer_and_not_a_way(strange):
    Strange.asked.clear()
    assert ask(f"http://127.0.0.1:{strange}/redirect").status == 302
    assert Strange.asked == ["/redirect"]


def test_an_answer_without_end_is_left(strange):
    assert ask(f"http://127.0.0.1:{strange}/endless").status == 200


@pytest.mark.parametrize(("path", "code"), [("drip", "timeout"), ("garbage", "answer")])
def test_a_slow_or_broken_answer_is_no_answer(strange, path, code):
    with pytest.raises(NotSentError, match=code):
        ask(f"http://127.0.0.1:{strange}/{path}", timeout_s=0.4)


def test_a_name_that_stands_for_an_address_inside_is_not_connected_to(strange):
    Strange.asked.clear()

    async def rebound(_host, _port):
        return ["93.184.216.34", "127.0.0.1"]

    with pytest.raises(NotSentError, match="address_not_allowed"):
        ask(f"http://partner.example:{strange}/", inside=(), resolve=rebound)
    assert Strange.asked == []


def test_the_name_is_asked_once_and_the_connection_goes_to_what_was_checked(strange):
    """A name server that answers with a good address first and a bad one a moment later gains nothing."""
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    asked = []

    async def rebinding(host, _port):
        asked.append(host)
        return answers[len(asked) - 1]

    assert ask(f"http://partner.example:{strange}/", resolve=rebinding).status == 200
    assert asked == ["partner.example"]


def test_a_name_nobody_knows_and_a_port_nobody_listens_on():
    async def nobody(_host, _port):
        return []

    with pytest.raises(NotSentError, match="name"):
        ask("https://partner.example/", resolve=nobody)
    with pytest.raises(NotSentError, match="connection"):
        ask("http://127.0.0.1:9/")


def test_plain_text_where_tls_is_expected(strange):
    with pytest.raises(NotSentError, match="tls"):
        ask(f"https://127.0.0.1:{strange}/")
