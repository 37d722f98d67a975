"""One mailbox, one key: what a provider itself ignores in an address is left out, and nothing else.

A rule stands here only for providers that document it: that a dot in a Gmail name means nothing is no reason to drop the
dots of another's. At a domain that is not in the table, ``a.b@x.com``, ``ab@x.com`` and ``a.b+shop@x.com`` are three people.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from unicodedata import normalize

from tandem.observe.events.limits import IDENTIFIER_LENGTH

__all__ = ["email_domain", "email_key"]


class _Provider(NamedTuple):
    """What a provider ignores: everything after a plus sign; ``dots`` as well; and under which name it is one."""

    domain: str
    dots: bool = False


_PROVIDERS: Final = {
    "gmail.com": _Provider("gmail.com", dots=True),
    "googlemail.com": _Provider("gmail.com", dots=True),
    **{
        domain: _Provider(domain)
        for domain in (
            "fastmail.com", "hotmail.com", "icloud.com", "live.com", "mac.com", "me.com", "msn.com", "outlook.com",
            "pm.me", "proton.me", "protonmail.com",
        )
    },
}  # fmt: skip
_LOCAL = re.compile(r'[^\s"(),:;<>@\[\\\]\x00-\x1f\x7f]+')
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])")


def email_key(text: str) -> str | None:
    """The mailbox that ``text`` is an address of, in one spelling; None for what is no e-mail address."""
    parts = _parts(text)
    if parts is None:
        return None
    local, domain = parts
    provider = _PROVIDERS.get(domain)
    if provider is not None:
        domain, local = provider.domain, local.partition("+")[0]
        if provider.dots:
            local = local.replace(".", "")
    return f"{local}@{domain}" if local else None


def email_domain(text: str) -> str | None:
    """The domain of an e-mail address, in lower case and ASCII (``xn--``); None for what is no e-mail address."""
    parts = _parts(text)
    return None if parts is None else parts[1]


def _parts(text: str) -> tuple[str, str] | None:
    if len(text) > IDENTIFIER_LENGTH:
        return None
    local, _, domain = _spelled(text).rpartition("@")
    domain = domain.removesuffix(".")
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return None
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        return None
    return local, domain


def _spelled(text: str) -> str:
    """Width and case aside; accents and apostrophes tell mailboxes apart and stay."""
    text = text.strip()
    return text.lower() if text.isascii() else normalize("NFKC", normalize("NFKC", text).lower())
