"""The example's customers in arrears: who is reached, and who pays.

Their arrears are real (see ``lines``). Their addresses are SIMULATED, and so is that they read what is sent: mail leaves by SMTP
for a server of the example's own, which keeps it in a folder and passes nothing on. Who pays after that is real again: those
whose account did not default in the month after; that they pay just what is due is ours.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import httpx

from tandem.faces.demo.playing import Server
from tandem.kernel.errors import Unavailable

__all__ = ["MAIL_FOLDER", "cure", "give_addresses", "mail_server", "reached"]

MAIL_FOLDER: Final = "mail"
"""Within the example's data: everything that was sent, a file each."""
_PATIENCE_S: Final = 60.0
_DESK_S: Final = 25.0
_QUIET_S: Final = 3
_PAGE: Final = 200


@contextlib.contextmanager
def mail_server(folder: Path) -> Iterator[dict[str, str]]:
    """A mail server on this machine that keeps what it gets in ``folder``; the settings by which mail leaves through it."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.handlers import Mailbox

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Mailbox(folder), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield {
            "TANDEM_MAIL_SERVER": f"127.0.0.1:{port}",
            "TANDEM_MAIL_SECURITY": "none",
            "TANDEM_MAIL_FROM": "lender@lender.example",
        }
    finally:
        controller.stop()


def late_accounts(server: Server, of: Collection[str]) -> list[dict[str, Any]]:
    """Those of the accounts ``of`` that are late now.

    Raises:
        Unavailable: the server does not tell.
    """
    found: list[dict[str, Any]] = []
    before: int | None = None
    while True:
        wanted: dict[str, str | int] = {
            "state": "late",
            "limit": _PAGE,
            **({} if before is None else {"before": before}),
        }
        answer = httpx.get(f"{server.address}/v1/accounts", params=wanted, headers=server.headers, timeout=_PATIENCE_S)
        page = _read(answer)
        found += [one for one in page["accounts"] if one["account_id"] in of]
        before = page["next"]
        if before is None:
            return found


def give_addresses(server: Server, lines: Collection[str]) -> int:
    """A simulated address for whoever of ``lines`` is late, and for some who are not, for programmes to tell; how many are late.

    Raises:
        Unavailable: the server does not take one.
    """
    late = late_accounts(server, lines)
    page: dict[str, str | int] = {"state": "open", "limit": _PAGE}
    answer = httpx.get(f"{server.address}/v1/accounts", params=page, headers=server.headers, timeout=_PATIENCE_S)
    known = {one["account_id"] for one in late}
    others = [one for one in _read(answer)["accounts"] if one["account_id"] in lines and one["account_id"] not in known]
    for one in (*late, *others):
        body = {"kind": "email", "value": f"customer-{one['number']:05d}@customers.example", "by": "demo"}
        _read(_post(server, f"/v1/collections/accounts/{one['account_id']}/points", body))
    return len(late)


def reached(server: Server) -> int:
    """How many contacts have gone out, once no more go out or the desk has had its time.

    Outside the hours of the conduct rules none does.
    """
    deadline, before, quiet = time.monotonic() + _DESK_S, 0, 0
    while quiet < _QUIET_S and time.monotonic() < deadline:
        time.sleep(1)  # the desk looks every few seconds
        report = httpx.get(f"{server.address}/v1/collections/report", headers=server.headers, timeout=_PATIENCE_S)
        contacts = int(_read(report)["contacts"])
        quiet = quiet + 1 if contacts and contacts == before else 0
        before = contacts
    return before


def cure(server: Server, lines: Mapping[str, bool], advance: Callable[[int], None]) -> int:
    """Pay what is due on each account of ``lines`` that is late and really did not default; how many that were.

    Args:
        lines: account to whether it defaulted in the month after.

    Raises:
        Unavailable: the server does not take a payment.
    """
    cured = 0
    for one in late_accounts(server, lines):
        advance(1)
        if lines[one["account_id"]]:
            continue
        path = f"/v1/accounts/{one['account_id']}"
        detail = _read(httpx.get(server.address + path, headers=server.headers, timeout=_PATIENCE_S))
        for plan in detail["plans"]:
            if plan["owed"]["due_minor"]:
                body = {
                    "payment_id": f"cure-{plan['plan']}-{one['number']}", "plan": plan["plan"],
                    "amount_minor": plan["owed"]["due_minor"], "by": "demo",
                }  # fmt: skip
                _read(_post(server, f"{path}/payments", body))
        cured += 1
    return cured


def _post(server: Server, path: str, body: dict[str, Any]) -> httpx.Response:
    return httpx.post(server.address + path, headers=server.headers, json=body, timeout=_PATIENCE_S)


def _read(answer: httpx.Response) -> dict[str, Any]:
    if not answer.is_success:
        raise Unavailable(f"The server refused: {answer.text}", code="demo_refused")
    found: dict[str, Any] = answer.json()
    return found
