"""E-mail by SMTP. The server is asked for everything that can fail before the permit is used; then the message goes once.

A message carries the contact's id as its ``Message-ID``, so that a bounce, and a reader of a log, know which it was.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

import msgspec

from tandem.act.collections.channels.types import Handed, Line, NotOpenError
from tandem.act.collections.governor import Permit
from tandem.act.collections.types import Channel
from tandem.kernel.time import SECOND, Clock

__all__ = ["EmailChannel", "MailServer"]

_NOBODY: Final = frozenset({550, 551, 553})
"""Replies that say the mailbox is not there, RFC 5321 section 4.2.3."""


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """The server that takes our mail.

    Attributes:
        security: ``tls`` from the first byte, ``starttls`` after the greeting, ``none`` for one on this very machine.
        sender: address that is written from.
    """

    host: str
    port: int
    sender: str
    sender_name: str = ""
    security: str = "starttls"
    user: str = ""
    password: str = ""
    timeout_s: float = 20.0


class EmailChannel:
    """Sends. A second handing over would be a second message: after a crash in the middle it is told as unclear."""

    channel: Channel = "email"
    repeatable = False

    def __init__(self, server: MailServer, clock: Clock, *, trust: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._clock = clock
        self._trust = trust

    @contextlib.contextmanager
    def open(self) -> Iterator[Line]:
        """Connected, greeted and signed in."""
        try:
            smtp = self._connected()
        except smtplib.SMTPAuthenticationError:
            raise NotOpenError("login") from None
        except TimeoutError:
            raise NotOpenError("timeout") from None
        except (OSError, smtplib.SMTPException):
            raise NotOpenError("connection") from None
        try:
            yield _Line(smtp, self._server, self._clock)
        finally:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                smtp.quit()

    def _connected(self) -> smtplib.SMTP:
        server, trust = self._server, self._trust or ssl.create_default_context()
        smtp: smtplib.SMTP
        if server.security == "tls":
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_s, context=trust)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)
            if server.security == "starttls":
                smtp.starttls(context=trust)
        if server.user:
            smtp.login(server.user, server.password)
        return smtp


class _Line:
    def __init__(self, smtp: smtplib.SMTP, server: MailServer, clock: Clock) -> None:
        self._smtp = smtp
        self._server = server
        self._clock = clock

    def hand(self, permit: Permit) -> Handed:
        now = self._clock.now()
        try:
            message = self._message(permit)
        except (ValueError, IndexError):  # such as a line break in an address
            return Handed(state="failed", why="address", invalid=True)
        permit.take("email", now)
        try:
            self._smtp.send_message(message, from_addr=self._server.sender, to_addrs=[permit.address])
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            return Handed(state="failed", why=f"smtp_{code}", invalid=code in _NOBODY)
        except smtplib.SMTPResponseException as error:
            return Handed(state="failed", why=f"smtp_{error.smtp_code}")
        except smtplib.SMTPServerDisconnected:
            return Handed(state="unclear", why="disconnected")
        except (OSError, smtplib.SMTPException):
            return Handed(state="unclear", why="connection")
        return Handed(state="delivered", why="smtp_250")

    def _message(self, permit: Permit) -> EmailMessage:
        message = EmailMessage()
        message["From"] = Address(self._server.sender_name, addr_spec=self._server.sender)
        message["To"] = Address(addr_spec=permit.address)
        message["Subject"] = permit.subject or ""
        message["Date"] = format_datetime(datetime.fromtimestamp(self._clock.now() // SECOND, UTC))
        message["Message-ID"] = f"<{permit.contact}@{self._server.sender.rpartition('@')[2]}>"
        message["Content-Language"] = permit.language
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(permit.text or "")
        return message
