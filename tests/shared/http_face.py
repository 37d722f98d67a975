"""The whole HTTP application over a real workspace, asked without sockets; and its contract, held against each answer."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema_rs

from tandem.decide.decisions import ARTEFACT_FOLDERS, DecisionProcess, open_process
from tandem.faces.api import Application
from tandem.faces.cli.starting import write_starter
from tandem.kernel.artefacts import Artefact, load_workspace
from tandem.kernel.settings import Settings
from tandem.kernel.time import Clock

HOST = (b"host", b"127.0.0.1:8321")
JSON = (b"content-type", b"application/json")


def starter_process(folder: Path) -> DecisionProcess:
    """The process of a fresh starter workspace, released and ready to decide."""
    return released_process(folder, starter_artefacts(folder))


def starter_artefacts(folder: Path) -> list[Artefact]:
    """The artefacts of a fresh starter workspace, written below ``folder``."""
    write_starter(folder / "lender", "lender")
    return list(load_workspace(folder / "lender", ARTEFACT_FOLDERS).artefacts.values())


def released_process(folder: Path, artefacts: list[Artefact], clock: Clock | None = None) -> DecisionProcess:
    """A process at home below ``folder`` with ``artefacts`` live."""
    process = open_process(Settings(home=folder / "home"), "lender", clock=clock)
    process.push(artefacts, author="ann")
    process.review([one.digest for one in artefacts], approver="bob")
    process.release({one.key: one.digest for one in artefacts}, by="bob")
    return process


def application(event_id: str, **values: Any) -> dict[str, Any]:
    """An application that the starter's policy approves."""
    given = {"person": f"p-{event_id}", "device": f"d-{event_id}", "amount_minor": 120_000, "term_months": 12,
             "income_minor": 900_000, "age": 34, **values}  # fmt: skip
    return {
        "event_id": event_id,
        "event_type": "application",
        "occurred_at": "2026-11-20T08:00:00Z",
        "values": {name: value for name, value in given.items() if value is not ...},
    }


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str | None:
        """The problem's code; None for a good answer."""
        return self.json["code"] if self.headers["content-type"].startswith("application/problem+json") else None


class Caller:
    """Calls an ASGI application directly: no client library stands between a hostile byte and the application."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self._runner = asyncio.Runner()

    def __call__(
        self,
        method: str,
        path: str,
        body: bytes | dict[str, Any] | list[bytes] = b"",
        *,
        query: bytes = b"",
        headers: list[tuple[bytes, bytes]] | None = None,
    ) -> Reply:
        return self._runner.run(self.ask(method, path, body, query=query, headers=headers))

    async def ask(
        self,
        method: str,
        path: str,
        body: bytes | dict[str, Any] | list[bytes] = b"",
        *,
        query: bytes = b"",
        headers: list[tuple[bytes, bytes]] | None = None,
    ) -> Reply:
        chunks = [json.dumps(body).encode()] if isinstance(body, dict) else body if isinstance(body, list) else [body]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode("utf-8", "surrogateescape"),
            "root_path": "",
            "query_string": query,
            "headers": [HOST, JSON] if headers is None else headers,
            "client": ("127.0.0.1", 40_000),
            "server": ("127.0.0.1", 8321),
        }
        messages = [
            {"type": "http.request", "body": chunk, "more_body": index < len(chunks) - 1}
            for index, chunk in enumerate(chunks)
        ]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return messages.pop(0) if messages else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        start = sent[0]
        return Reply(
            start["status"],
            {name.decode(): value.decode("latin-1") for name, value in start["headers"]},
            b"".join(message.get("body", b"") for message in sent[1:]),
        )

    def run(self, coroutine: Any) -> Any:
        """Run ``coroutine`` on the application's loop."""
        return self._runner.run(coroutine)

    def close(self) -> None:
        self._runner.close()


class Contract:
    """The OpenAPI document, as a judge. ``seen`` counts (method, template, status, code).

    It is read more strictly than it must be: a key that no shape declares is a fault, and the scores in a trace, declared
    there as an object, are held against the shape they have on their own.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = {**document, "components": {"schemas": _closed(document["components"]["schemas"])}}
        self.seen: Counter[tuple[str, str, int, str | None]] = Counter()
        self._routes = [
            (re.compile(self._pattern(path)), path) for path in sorted(document["paths"], key=_literal_first)
        ]
        self._validators: dict[tuple[str, str, str], Any] = {}

    def judge(self, method: str, path: str, reply: Reply) -> None:
        """Raise AssertionError unless ``reply`` is declared and its body is of the declared shape."""
        template = next((known for pattern, known in self._routes if pattern.fullmatch(path)), None)
        code = reply.code
        self.seen[method, template or "(none)", reply.status, code] += 1
        where = f"{method} {template or path!r} -> {reply.status} {code}: {reply.body[:300]!r}"
        assert reply.status < 500 or (reply.status == 503 and reply.headers.get("retry-after")), where
        if template is None and reply.status in {200, 304} and reply.headers["content-type"].startswith("text/"):
            return  # the page and its parts
        operation = self.document["paths"].get(template, {}).get(method.lower())
        if operation is None:
            expected = {(404, "no_such_route")} if template is None else {(405, "method_not_allowed")}
            assert (reply.status, code) in expected | {(403, "wrong_host"), (403, "cross_site")}, where
            return
        declared = operation["responses"].get(str(reply.status))
        assert declared is not None, f"undeclared status: {where}"
        media = reply.headers["content-type"].partition(";")[0]
        assert media in declared["content"], f"undeclared media type {media}: {where}"
        if media in {"application/json", "application/problem+json"}:
            told = reply.json
            self._hold(told, (template, method, str(reply.status)), declared["content"][media]["schema"], where)
            for shape, part in _within(template, told) if reply.status == 200 else ():
                self._hold(part, ("", "", shape), {"$ref": f"#/components/schemas/{shape}"}, where)

    def _hold(self, told: Any, key: tuple[str, str, str], schema: dict[str, Any], where: str) -> None:
        if key not in self._validators:
            whole = {**schema, "components": self.document["components"]}
            self._validators[key] = jsonschema_rs.Draft202012Validator(whole)
        for error in self._validators[key].iter_errors(told):
            raise AssertionError(f"{error.message}: {where}")

    @staticmethod
    def _pattern(path: str) -> str:
        return "".join("[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[^}]*\})", path))


def _closed(schemas: dict[str, Any]) -> dict[str, Any]:
    """``schemas``, those of structs without room for what they do not name."""
    return {
        name: {**schema, "additionalProperties": False} if "properties" in schema else schema
        for name, schema in schemas.items()
    }


def _within(template: str, told: Any) -> Iterator[tuple[str, Any]]:
    """Documents inside of ``told`` with a shape of their own: its name, and the document."""
    if template.endswith("/explanation"):
        for score in told.get("trace", {}).get("result", {}).get("scores", {}).values():
            yield "ModelScore", score


def _literal_first(path: str) -> tuple[int, str]:
    return path.count("{"), path
