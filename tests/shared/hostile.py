"""Hostile requests: a fixed corpus of bodies known to break frameworks, and an endless seeded stream of others."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from http_face import HOST, JSON, application

from tandem.kernel.artefacts import Artefact

DEEP = 100_000
GOOD = json.dumps(application("corpus")).encode()

CORPUS: dict[str, bytes] = {
    "empty": b"",
    "white space": b" \r\n\t ",
    "one NUL": b"\x00",
    "only a brace": b"{",
    "only a quote": b'"',
    "a string": b'"text"',
    "a number": b"12",
    "null": b"null",
    "true": b"true",
    "an array": b"[]",
    "an empty object": b"{}",
    "two documents": b"{}{}",
    "trailing bytes": GOOD + b"x",
    "trailing NUL": GOOD + b"\x00",
    "byte order mark": b"\xef\xbb\xbf" + GOOD,
    "UTF-16": GOOD.decode().encode("utf-16"),
    "UTF-32": GOOD.decode().encode("utf-32"),
    "invalid UTF-8 in a value": GOOD.replace(b"p-corpus", b"\xff\xfe"),
    "invalid UTF-8 in a key": GOOD.replace(b'"person"', b'"pers\xffon"'),
    "overlong UTF-8": GOOD.replace(b"p-corpus", b"\xc0\x80"),
    "cut UTF-8": GOOD.replace(b"p-corpus", b"\xe4\xb8"),
    "beyond Unicode": GOOD.replace(b"p-corpus", b"\xf4\x90\x80\x80"),
    "surrogates in UTF-8": GOOD.replace(b"p-corpus", b"\xed\xa0\x80"),
    "lone high surrogate": GOOD.replace(b"p-corpus", b"\\ud800"),
    "lone low surrogate": GOOD.replace(b"p-corpus", b"\\udfff"),
    "reversed surrogates": GOOD.replace(b"p-corpus", b"\\ude00\\ud83d"),
    "lone surrogate in a key": GOOD.replace(b'"person"', b'"\\ud800"'),
    "lone surrogate in event_id": GOOD.replace(b'"corpus"', b'"\\udc00"'),
    "escaped NUL": GOOD.replace(b"p-corpus", b"\\u0000"),
    "raw NUL": GOOD.replace(b"p-corpus", b"\x00"),
    "raw control characters": GOOD.replace(b"p-corpus", b"\x01\x1f"),
    "raw line break": GOOD.replace(b"p-corpus", b"a\nb"),
    "unknown escape": GOOD.replace(b"p-corpus", b"\\x41"),
    "cut escape": b'{"event_id":"\\u12',
    "cut in a key": GOOD[:12],
    "cut in a value": GOOD[:-20],
    "cut before the end": GOOD[:-1],
    "100,000 open arrays": b"[" * DEEP,
    "100,000 open objects": b'{"a":' * 40_000,
    "deep and closed": b'{"a":' * 200 + b"1" + b"}" * 200,
    "deep in values": GOOD.replace(b'"p-corpus"', b"[" * 100 + b"]" * 100),
    "33 levels": b'{"a":' * 33 + b"1" + b"}" * 33,
    "20 MB": b'{"a":"' + b"x" * 20_000_000 + b'"}',
    "just over 256 KiB": b'{"a":"' + b"x" * (256 * 1024) + b'"}',
    "NaN": GOOD.replace(b"120000", b"NaN"),
    "Infinity": GOOD.replace(b"120000", b"Infinity"),
    "-Infinity": GOOD.replace(b"120000", b"-Infinity"),
    "1e999999": GOOD.replace(b"120000", b"1e999999"),
    "-1e400": GOOD.replace(b"120000", b"-1e400"),
    "integer of 5,000 digits": GOOD.replace(b"120000", b"9" * 5_000),
    "2^63": GOOD.replace(b"120000", b"9223372036854775808"),
    "-2^63-1": GOOD.replace(b"120000", b"-9223372036854775809"),
    "2^64": GOOD.replace(b"120000", b"18446744073709551616"),
    "leading zero": GOOD.replace(b"120000", b"0120000"),
    "plus sign": GOOD.replace(b"120000", b"+120000"),
    "hexadecimal": GOOD.replace(b"120000", b"0x1F"),
    "bare point": GOOD.replace(b"120000", b"1."),
    "a float for an integer": GOOD.replace(b"120000", b"120000.5"),
    "a huge float for an integer": GOOD.replace(b"120000", b"1e300"),
    "text for an integer": GOOD.replace(b"120000", b'"120000"'),
    "a boolean for an integer": GOOD.replace(b"120000", b"true"),
    "an object for an integer": GOOD.replace(b"120000", b'{"$gt":0}'),
    "duplicate key": GOOD.replace(b'"age": 34', b'"age": 34, "age": 17'),
    "duplicate key, escaped": GOOD.replace(b'"age": 34', b'"age": 34, "\\u0061ge": 17'),
    "duplicate event_id": GOOD.replace(b'{"event_id"', b'{"event_id": "x", "event_id"'),
    "single quotes": GOOD.replace(b'"', b"'"),
    "comments": b"/* hello */" + GOOD,
    "trailing comma": GOOD[:-1] + b",}",
    "a form": b"event_id=1&event_type=application",
    "XML": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    "a pickle": b"\x80\x04\x95\x15\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.",
    "gzip": b"\x1f\x8b\x08\x00" + b"\x00" * 20,
    "unknown event type": GOOD.replace(b'"event_type": "application"', b'"event_type": "aplication"'),
    "an event type that is a list": GOOD.replace(b'"event_type": "application"', b'"event_type": ["application"]'),
    "an event type of 100,000 letters": GOOD.replace(b'"event_type": "application"', b'"event_type": "' + b"a" * 100_000 + b'"'),
    "unknown top-level key": GOOD.replace(b'{"event_id"', b'{"__proto__": {}, "event_id"'),
    "no values": b'{"event_id":"a","event_type":"application","occurred_at":"2026-11-20T08:00:00Z"}',
    "values is an array": b'{"event_id":"a","event_type":"application","occurred_at":"2026-11-20T08:00:00Z","values":[]}',
    "event_id of 10,000 letters": GOOD.replace(b'"corpus"', b'"' + b"a" * 10_000 + b'"'),
    "empty event_id": GOOD.replace(b'"event_id": "corpus"', b'"event_id": ""'),
    "event_id is a number": GOOD.replace(b'"event_id": "corpus"', b'"event_id": 7'),
    "no offset": GOOD.replace(b"08:00:00Z", b"08:00:00"),
    "the year 9999": GOOD.replace(b"2026-11-20", b"9999-12-31"),
    "the year 1": GOOD.replace(b"2026-11-20", b"0001-01-01"),
    "30 February": GOOD.replace(b"2026-11-20", b"2026-02-30"),
    "offset of 99 hours": GOOD.replace(b"08:00:00Z", b"08:00:00+99:00"),
    "not a time": GOOD.replace(b"2026-11-20T08:00:00Z", b"yesterday"),
    "occurred_at is a number": GOOD.replace(b'"2026-11-20T08:00:00Z"', b"1e18"),
    "a batch of nothing": b'{"events":[]}',
    "a batch of wrong things": b'{"events":[1,null,"x",[],{}]}',
    "a batch of one wrong thing": b'{"events":[{}]}',
    "a batch of 10,000": b'{"events":[' + b",".join([b"{}"] * 10_000) + b"]}",
    "a batch within a batch": b'{"events":[{"events":[]}]}',
    "20,000 unknown keys": b"{" + b",".join(b'"k%d":1' % i for i in range(20_000)) + b"}",
    "20,000 unknown values": GOOD[:-2] + b"," + b",".join(b'"k%d":1' % i for i in range(15_000)) + b"}}",
    "right-to-left override": GOOD.replace(b"p-corpus", "\u202egnp.exe".encode()),
    "an SQL injection": GOOD.replace(b"p-corpus", b"'; DROP TABLE record; --"),
    "a template injection": GOOD.replace(b"p-corpus", b"{{7*7}}${jndi:ldap://x}"),
    "a script": GOOD.replace(b"p-corpus", b"<script>alert(1)</script>"),
}  # fmt: skip

HEADERS: dict[str, list[tuple[bytes, bytes]]] = {
    "no content type": [HOST],
    "a wrong content type": [HOST, (b"content-type", b"text/plain")],
    "a charset that is not UTF-8": [HOST, (b"content-type", b"application/json; charset=utf-7")],
    "a content type of bytes": [HOST, (b"content-type", b"\xff\xfe\x00")],
    "a length that is no number": [HOST, JSON, (b"content-length", b"ten")],
    "a negative length": [HOST, JSON, (b"content-length", b"-1")],
    "a length of 10^30": [HOST, JSON, (b"content-length", b"1" + b"0" * 30)],
    "a short length": [HOST, JSON, (b"content-length", b"1")],
    "a long length": [HOST, JSON, (b"content-length", b"99999")],
    "no host": [JSON],
    "another host": [(b"host", b"evil.example"), JSON],
    "a host of bytes": [(b"host", b"\xff\x00"), JSON],
    "another site": [HOST, JSON, (b"sec-fetch-site", b"cross-site")],
    "a request id of bytes": [HOST, JSON, (b"x-request-id", b"\xff\r\nx: y")],
}

POSTS = ["/v1/decisions", "/v1/events", "/v1/decisions/batch", "/v1/events/batch", "/v1/artefacts", "/v1/reviews",
         "/v1/releases", "/v1/releases/rollback", "/v1/decisions/nobody/replay", "/v1/lists/blocked_devices/entries"]  # fmt: skip
GETS = ["/v1/decisions", "/v1/decisions/{}", "/v1/decisions/{}/explanation", "/v1/lists", "/v1/lists/{}/entries",
        "/v1/entities/{}/{}/features", "/v1/artefacts", "/v1/artefacts/{}", "/v1/releases", "/v1/releases/live",
        "/health/live", "/health/ready", "/v1/status", "/metrics", "/{}", "/v1/{}"]  # fmt: skip

TEXTS = ["", " ", "a", "é", "中文", "😀", "\u202e", "\ufeff", "'", '"', "\\", "%00", "../../etc/passwd", "null", "NaN", "0", "-1",
         "true", "a" * 255, "a" * 256, "a" * 5_000, "{}", "[]", "<b>", "\x7f", "\u0600", "İ", "ß", "\ufffd", "\U0010ffff"]  # fmt: skip
NUMBERS = [0, -0.0, 1, -1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63), 1e308, -1e308, 5e-324, 0.1, 1e15, 120, 59, 60, 61]
INSTANTS = ["2026-11-20T08:00:00Z", "2026-11-20", "2026-02-30T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z",
            "2026-11-20T08:00:00+14:00", "2026-11-20T08:00:00.123456789Z", "0001-01-01T00:00:00Z", "24:00", "now",
            "2026-11-20T23:59:60Z", "2026-W47-5T00:00:00Z", "20261120T080000Z"]  # fmt: skip
SPLINTERS = [b'"', b"\\", b"{", b"}", b"[", b"]", b":", b",", b"\x00", b"\xff", b"\xed\xa0\x80", b"\\ud800", b"\\u0000",
             b"1e999", b"NaN", b"-", b"9" * 40, b"null", b"true", b" ", b"\n", b'"a":1,', b"[[[[", b"\xf0\x9f\x98\x80"]  # fmt: skip


class Request(NamedTuple):
    """One request; ``sound`` when nothing about it is wrong and nobody else sends its event."""

    method: str
    path: str
    body: bytes = b""
    query: bytes = b""
    headers: list[tuple[bytes, bytes]] = [HOST, JSON]  # noqa: RUF012 - never changed
    sound: bool = False


def requests(seed: int, count: int, artefacts: Sequence[Artefact] = ()) -> Iterator[Request]:
    """``count`` requests: three in five of the right form with extreme values, the others broken on purpose.

    Args:
        seed: of all chance.
        count: of requests.
        artefacts: what is live; it is asked for, and its models are pushed, reviewed and released with wrong values.
    """
    rng = random.Random(seed)
    digests = [artefact.digest for artefact in artefacts]
    models = [artefact for artefact in artefacts if artefact.kind == "model"]
    decided = ["nobody"]
    for number in range(count):
        own = f"h{seed}-{number}"
        pick = rng.random()
        if pick < 0.1:
            decided.append(own)
            yield _post(rng, _ordinary(rng, own), POSTS[0 if rng.random() < 0.7 else 2], sound=True)
        elif pick < 0.4:
            yield _post(rng, _extreme(rng, own if rng.random() < 0.9 else f"h{seed}-{rng.randrange(50)}"))
        elif pick < 0.5:
            yield _get(rng)
        elif pick < 0.58:
            yield _about(rng, rng.choice(decided) if rng.random() < 0.7 else f"h{seed}-{rng.randrange(number + 1)}")
        elif pick < 0.61 and models:
            yield _model_change(rng, models, digests)
        elif pick < 0.95:
            yield _post(rng, _mutated(rng, _extreme(rng, own)))
        else:
            method = rng.choice(["POST", "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "X"])
            yield Request(method, rng.choice(POSTS), GOOD, headers=rng.choice(list(HEADERS.values())))


def _post(rng: random.Random, body: bytes, path: str = "", *, sound: bool = False) -> Request:
    path = path or (POSTS[0] if rng.random() < 0.5 else rng.choice(POSTS))
    if path.endswith("batch") and (sound or rng.random() < 0.8):
        body = b'{"events":[' + b",".join([body] * rng.randrange(1, 4)) + b"]}"
    query = b"" if sound or rng.random() < 0.9 else b"policy=" + rng.choice(TEXTS).encode().replace(b"&", b"")
    return Request("POST", path, body, query, sound=sound)


def _get(rng: random.Random) -> Request:
    path = rng.choice(GETS)
    while "{}" in path:
        known = ["application", "blocked_devices", "device", "person", "d-1", "a" * 64, "f" * 32]
        path = path.replace("{}", rng.choice([*TEXTS, *known]).replace("/", ""), 1)
    query = b"&".join(
        rng.choice([b"limit", b"before", b"outcome", b"after", b"at", b"kind", b"name", b"x"]) + b"="
        + rng.choice([b"1", b"0", b"-1", b"200", b"201", b"9" * 30, b"approve", b"%ff", b"%00", b"2026-11-20T08:00:00Z", b"\xff"])
        for _ in range(rng.randrange(3))
    )  # fmt: skip
    return Request("GET", path, query=query)


def _about(rng: random.Random, event_id: str) -> Request:
    """A question about an event that was sent, decided or not."""
    kind = rng.randrange(4)
    if kind == 0:
        body = b"{}" if rng.random() < 0.8 else _mutated(rng, b"{}")
        return Request("POST", f"/v1/decisions/{event_id}/replay", body)
    if kind == 1:
        return Request("GET", f"/v1/entities/person/p-{event_id}/features")
    return Request("GET", f"/v1/decisions/{event_id}" + ("" if kind == 2 else "/explanation"))


def _model_change(rng: random.Random, models: Sequence[Artefact], digests: list[str]) -> Request:
    """Read, push, review or release a version; what is pushed is a live model calibrated anew or with wrong values.

    Nothing is ever taken out of the release, so that what comes after is still scored.
    """
    kind = rng.randrange(8)
    if kind < 1:
        return Request("GET", f"/v1/artefacts/{rng.choice(digests)}")
    if kind < 3:
        model = rng.choice(models)
        body = json.loads(json.dumps(model.body))
        if rng.random() < 0.5:
            body["calibration"] = {"kind": "platt", "slope": rng.uniform(0.5, 1.5), "intercept": rng.uniform(-1, 1)}
        else:
            _distort(rng, body)
        digests.append(Artefact.of(model.kind, model.name, body).digest)
        pushed = [{"kind": model.kind, "name": model.name, "body": body}]
        return Request("POST", "/v1/artefacts", json.dumps({"author": "mallory", "artefacts": pushed}).encode())
    newest = digests[-8:]
    if kind < 5:
        approved = {"approver": "bob", "digests": rng.sample(newest, 3)}
        return Request("POST", "/v1/reviews", json.dumps(approved).encode())
    if kind < 7:
        return Request("POST", "/v1/releases", json.dumps({"by": "bob", "digests": [rng.choice(newest)]}).encode())
    return Request("POST", "/v1/releases/rollback", b'{"by":"bob"}')


def _distort(rng: random.Random, document: Any) -> None:
    """Change one value somewhere in ``document``, a little or altogether."""
    while True:
        at = rng.choice(list(document) if isinstance(document, dict) else range(len(document)))
        inner = document[at]
        if not inner or not isinstance(inner, dict | list) or rng.random() < 0.05:
            break
        document = inner
    if isinstance(inner, float) and rng.random() < 0.7:
        document[at] = inner * rng.choice([0.5, 1.01, -1.0])
    else:
        document[at] = rng.choice([*TEXTS, *NUMBERS, None, True, [], {}, [1], {"a": 1}])


def _ordinary(rng: random.Random, event_id: str) -> bytes:
    """An application like many."""
    values = {"amount_minor": rng.randrange(10_000, 500_000), "term_months": rng.choice([6, 12, 24, 36, 48, 60]),
              "income_minor": rng.randrange(8_000, 60_000), "age": rng.randrange(18, 80)}  # fmt: skip
    return json.dumps(application(event_id, **values)).encode()


def _extreme(rng: random.Random, event_id: str) -> bytes:
    document: Any = json.loads(_ordinary(rng, event_id))
    values = document["values"]
    for _ in range(rng.randrange(3)):
        pool: list[Any] = [*TEXTS, *NUMBERS, None, True, [], {}, [1], {"a": 1}]
        place = rng.randrange(4)
        if place == 0:
            document["occurred_at"] = rng.choice(INSTANTS)
        elif place == 1:
            document[rng.choice(["event_id", "event_type", "supersedes", "extra", "values"])] = rng.choice(pool)
        elif isinstance(document["values"], dict):
            values[rng.choice([*values, "colour", ""])] = rng.choice(pool)
    return json.dumps(document, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")


def _mutated(rng: random.Random, body: bytes) -> bytes:
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(body) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            body = body[:at] + rng.choice(SPLINTERS) + body[at:]
        elif kind == 1:
            body = body[:at] + body[at + rng.randrange(1, 20) :]
        elif kind == 2:
            body = body[:at]
        else:
            body = body[:at] + rng.randbytes(rng.randrange(1, 4)) + body[at:]
    return body
