"""Callers who do what ours must: note the key before the first attempt, ask again with the same bytes, believe only
a whole answer."""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass

import msgspec
from crash_harness.asking import Asked, Question, questions

__all__ = ["Callers"]

_PATIENCE_S = 60.0
_HEADERS = {"content-type": "application/json"}


@dataclass(frozen=True)
class _Reply:
    status: int
    body: bytes
    duplicate: bool


class Callers:
    """Several clients, each with a thread, a connection and a journal of its own.

    Args:
        port: of the server on this machine.
        count: how many.
        seed: of what they ask.
    """

    def __init__(self, port: int, count: int, seed: int) -> None:
        self.journals: list[list[Asked]] = [[] for _ in range(count)]
        self.faults: list[str] = []
        self._port = port
        self._seed = seed
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(one,), daemon=True) for one in range(count)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Nobody answers any more: let each give up what it is waiting for."""
        self._over.set()
        for thread in self._threads:
            thread.join(_PATIENCE_S)
        if any(thread.is_alive() for thread in self._threads):
            self.faults.append("a client still waits for an answer")

    def goes_on(self, patience_s: float) -> bool:
        """Whether every client gets one more answer within ``patience_s``."""
        before = [len(journal) for journal in self.journals]
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            # A new line is begun only after the last one was answered; the first of them may be older than we are.
            if all(len(journal) > count + 1 for journal, count in zip(self.journals, before, strict=True)):
                return True
            time.sleep(0.01)
        return False

    def asked(self) -> list[Asked]:
        """All lines of all journals."""
        return [line for journal in self.journals for line in journal]

    def _ask(self, client: int) -> None:
        journal = self.journals[client]
        line = _Line(self._port)
        try:
            for question in questions(client, self._seed, journal, self.journals):
                asked = Asked(question)
                journal.append(asked)
                self._until_answered(asked, line)
                if self._over.is_set():
                    return
        except Exception as error:  # noqa: BLE001 - a client that falls silent would look like one that is content
            self.faults.append(f"client {client} failed: {error!r}")
        finally:
            line.drop()

    def _until_answered(self, asked: Asked, line: _Line) -> None:
        started = time.monotonic()
        while True:
            asked.attempts += 1
            try:
                reply = line.send(asked.question)
            except TimeoutError:
                line.drop()
                asked.faults.append(f"no answer within {_PATIENCE_S:.0f} s")
            except (OSError, http.client.HTTPException):
                line.drop()
                time.sleep(0.002)
            else:
                if _is_final(asked.question, reply):
                    asked.status, asked.answer, asked.duplicate = reply.status, reply.body, reply.duplicate
                    asked.took_s = time.monotonic() - started
                    return
                time.sleep(0.01)
            if self._over.is_set():
                return


def _is_final(question: Question, reply: _Reply) -> bool:
    """Whether the answer settles the question: the server did not ask to come back, for all or for a part."""
    if reply.status == 503:
        return False
    if question.kind != "batch" or reply.status != 200:
        return True
    return all(item["status"] != 503 for item in msgspec.json.decode(reply.body)["items"])


class _Line:
    """One keep-alive connection, made when there is none."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: http.client.HTTPConnection | None = None

    def send(self, question: Question) -> _Reply:
        """Send, and read an answer to its announced end; anything less is an error."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE_S)
        self._connection.request("POST", question.path, question.body, _HEADERS)
        response = self._connection.getresponse()
        announced = response.getheader("content-length")
        body = response.read()
        if announced is None or int(announced) != len(body):
            raise http.client.IncompleteRead(body)
        return _Reply(response.status, body, response.getheader("tandem-duplicate") == "true")

    def drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
