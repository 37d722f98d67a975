"""A mail server on this machine that really takes mail, and keeps what it got for a test to read."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest


class Mailbox:
    """What the server got; ``refuse`` holds a reply for whoever is written to."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.refuse: dict[str, str] = {}
        self.arrived = threading.Condition()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: ARG002, N802 - aiosmtpd's names
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: ARG002, N802
        with self.arrived:
            self.got.append(envelope)
            self.arrived.notify_all()
        return self.refuse.get("DATA", "250 OK")


@contextlib.contextmanager
def mail_server() -> Iterator[tuple[Mailbox, int]]:
    """A real SMTP server on this machine, and its port."""
    controller = pytest.importorskip("aiosmtpd.controller")
    box = Mailbox()
    with socket.socket() as free:  # the controller connects to its port to see itself start, so it has to be told one
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = controller.Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield box, port
    finally:
        server.stop()
