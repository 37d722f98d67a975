"""From settings to the channels that contacts leave by."""

from __future__ import annotations

from typing import Final

from tandem.act.collections.channels import EmailChannel, GatewayChannel, MailServer, Outlet
from tandem.act.collections.types import Channel
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.outward import networks_of
from tandem.kernel.settings import Settings
from tandem.kernel.time import Clock
from tandem.prove.privacy import load_master_key

__all__ = ["open_outlets"]

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def open_outlets(settings: Settings, workspace: str, clock: Clock) -> list[Outlet]:
    """The channels that ``settings`` name; contacts by any other wait.

    Gateways may be inside the networks that webhooks may reach, and check signatures with a secret derived from the
    workspace's key.

    Raises:
        InvalidInput: a setting that cannot be used.
    """
    found: list[Outlet] = []
    if settings.mail_server:
        found.append(EmailChannel(_mail_server(settings), clock))
    gateways: dict[Channel, str] = {"sms": settings.sms_gateway, "ai_call": settings.voice_gateway}
    named = {channel: url for channel, url in gateways.items() if url}
    if named:
        file = settings.master_key_file or settings.home / "keys" / "master.key"
        key = load_master_key(file, entropy=SystemEntropy()).derive("collections", workspace)
        inside = networks_of(settings.webhook_networks, "webhook_networks")
        found += [GatewayChannel(channel, url, key, clock, inside=inside) for channel, url in named.items()]
    return found


def _mail_server(settings: Settings) -> MailServer:
    host, _, port = settings.mail_server.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65_536:
        raise _wrong("Not a mail server.", "mail_server", settings.mail_server, "write host:port")
    if "@" not in settings.mail_from:
        raise _wrong("From which address?", "mail_from", settings.mail_from, "such as service@lender.example")
    if settings.mail_security == "none" and host not in _LOOPBACK:
        raise _wrong(
            "Only a server on this very machine is written to without encryption.",
            "mail_security",
            "none",
            "starttls or tls",
        )
    password = (
        "" if settings.mail_password_file is None else settings.mail_password_file.read_text(encoding="utf-8").strip()
    )
    return MailServer(
        host=host, port=int(port), sender=settings.mail_from, security=settings.mail_security, user=settings.mail_user,
        password=password,
    )  # fmt: skip


def _wrong(words: str, field: str, value: str, hint: str) -> InvalidInput:
    return InvalidInput(words, code="invalid_settings", field=field, value=value, hint=hint)
