"""The console over HTTP: what a browser may keep, in which encoding, under which policy, and which address is whose."""

from __future__ import annotations

import re

import pytest
from http_face import HOST, Caller, starter_process

from tandem.faces.api import create_app, page
from tandem.faces.console import NONCE, ConsoleFile

INDEX = b'<!doctype html><script nonce="' + NONCE + b'" src="/assets/index-abc.js"></script>'
SCRIPT = ConsoleFile(
    content=b"console.log(1)",
    encoded={"br": b"(brotli)", "gzip": b"(gzip)"},
    content_type="text/javascript; charset=utf-8",
    etag='"abc"',
    immutable=True,
)
MARK = ConsoleFile(content=b"<svg/>", encoded={}, content_type="image/svg+xml", etag='"def"', immutable=False)


@pytest.fixture
def call(monkeypatch, tmp_path):
    monkeypatch.setattr(page, "console_files", lambda: {"/assets/index-abc.js": SCRIPT, "/mark.svg": MARK})
    monkeypatch.setattr(page, "index_of", lambda: INDEX)
    process = starter_process(tmp_path)
    caller = Caller(create_app(process))
    yield caller
    caller.close()
    process.close()


def asking(accept=b"text/html,application/xhtml+xml", **headers):
    extra = [(name.replace("_", "-").encode(), value) for name, value in headers.items()]
    return [HOST, (b"accept", accept), *extra]


def test_the_page_is_asked_for_each_time_and_holds_a_nonce_of_its_own(call):
    first, second = call("GET", "/", headers=[HOST]), call("GET", "/", headers=[HOST])
    assert first.headers["content-type"] == "text/html; charset=utf-8"
    assert first.headers["cache-control"] == "no-cache"
    nonces = [re.search(rb'nonce="([0-9a-f]{32})"', reply.body).group(1).decode() for reply in (first, second)]
    assert nonces[0] != nonces[1]
    assert f"'nonce-{nonces[0]}'" in first.headers["content-security-policy"]


def test_nothing_is_loaded_from_another_host_and_no_script_is_inline(call):
    policy = call("GET", "/", headers=[HOST]).headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; script-src 'self';")
    assert "http" not in policy
    assert "unsafe" not in policy


def test_a_file_named_by_its_content_is_kept_for_ever(call):
    reply = call("GET", "/assets/index-abc.js", headers=[HOST])
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.body == SCRIPT.content
    assert call("GET", "/mark.svg", headers=[HOST]).headers["cache-control"] == "no-cache"


def test_who_has_a_file_is_not_sent_it_again(call):
    reply = call("GET", "/mark.svg", headers=[HOST, (b"if-none-match", b'"def"')])
    assert (reply.status, reply.body) == (304, b"")


@pytest.mark.parametrize(
    ("accepted", "encoding", "body"),
    [
        (b"gzip, deflate, br", "br", b"(brotli)"),
        (b"gzip", "gzip", b"(gzip)"),
        (b"br;q=0, gzip;q=0.5", "gzip", b"(gzip)"),
        (b"*", "br", b"(brotli)"),
        (b"identity", None, SCRIPT.content),
        (b"", None, SCRIPT.content),
        (b"gzip;q=0.000", None, SCRIPT.content),
    ],
)
def test_the_best_encoding_that_both_know_is_sent(call, accepted, encoding, body):
    reply = call("GET", "/assets/index-abc.js", headers=[HOST, (b"accept-encoding", accepted)])
    assert reply.headers.get("content-encoding") == encoding
    assert reply.body == body
    assert reply.headers["content-length"] == str(len(body))
    assert reply.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("path", ["/decisions", "/decisions/dec_1", "/studio/loan", "/portrait/person/a.b"])
def test_an_address_that_a_person_opens_is_the_pages_own_business(call, path):
    reply = call("GET", path, headers=asking())
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1", "/health/nothing", "/assets/gone.js"])
def test_an_address_of_the_api_is_never_a_page(call, path):
    reply = call("GET", path, headers=asking())
    assert (reply.status, reply.code) == (404, "no_such_route")


def test_a_program_is_told_that_there_is_nothing(call):
    assert call("GET", "/decisions", headers=asking(b"application/json")).code == "no_such_route"
    assert call("POST", "/decisions", headers=asking()).status in {404, 405}


def test_only_the_head_is_sent_to_who_asks_for_the_head(call):
    reply = call("HEAD", "/assets/index-abc.js", headers=[HOST])
    assert (reply.status, reply.body, reply.headers["content-length"]) == (200, b"", str(len(SCRIPT.content)))


def test_where_the_console_was_not_built_the_page_says_how_to_build_it(monkeypatch, tmp_path):
    monkeypatch.setattr(page, "console_files", dict)
    monkeypatch.setattr(page, "index_of", lambda: None)
    process = starter_process(tmp_path)
    caller = Caller(create_app(process))
    reply = caller("GET", "/decisions", headers=asking())
    assert reply.status == 200
    assert "python build_console.py" in reply.body.decode()
    assert "构建" in reply.body.decode()
    caller.close()
    process.close()
