"""Channels: how a contact leaves. Each takes a permit, which only the governor gives, and hands on what it says."""

from tandem.act.collections.channels.email import EmailChannel, MailServer
from tandem.act.collections.channels.gateway import GatewayChannel
from tandem.act.collections.channels.types import Handed, Line, NotOpenError, Outlet

__all__ = ["EmailChannel", "GatewayChannel", "Handed", "Line", "MailServer", "NotOpenError", "Outlet"]
