"""Where a request may go, so that nobody can make this server ask inside the network it stands in.

An address may be reached only if it is on the public internet, or in a network that the operator named. A URL is
checked when it is entered; the addresses its name stands for are checked each time, right before the connection, and the
connection goes to the address that was checked. A name that points elsewhere a moment later gains nothing by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from tandem.kernel.errors import InvalidInput

__all__ = ["Networks", "allowed_address", "check_url", "networks_of", "refused_among"]

Networks: TypeAlias = tuple[IPv4Network | IPv6Network, ...]

_URL_MAX = 2_000
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_LOOPBACK_NAMES = frozenset({"localhost"})


def networks_of(text: str, setting: str) -> Networks:
    """The networks in ``text``, separated by commas, such as ``127.0.0.0/8, 10.1.0.0/16``; ``setting`` is its name.

    Raises:
        InvalidInput: one of them is no network.
    """
    found = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        try:
            found.append(ip_network(part))
        except ValueError as error:
            raise InvalidInput(
                f"Not a network: {error}.",
                code="invalid_network",
                field=setting,
                value=part,
                hint="write 10.1.0.0/16",
            ) from None
    return tuple(found)


def check_url(url: str, inside: Networks) -> None:
    """Raise unless ``url`` may be asked.

    ``http`` is for a server on this very machine, where the operator allowed it; everything else is ``https``.

    Raises:
        InvalidInput: with the reason.
    """
    parts = _split(url)
    host = parts.hostname or ""
    literal = _literal(host)
    loopback = host in _LOOPBACK_NAMES or (literal is not None and literal.is_loopback)
    if literal is not None and not allowed_address(literal, inside):
        raise _refused("That address is inside a network that may not be reached.", "address_not_allowed", url)
    if host in _LOOPBACK_NAMES and not allowed_address(ip_address("127.0.0.1"), inside):
        raise _refused("This machine may not be reached.", "address_not_allowed", url)
    if parts.scheme == "http" and not loopback:
        raise _refused("A server is asked over https.", "insecure_url", url, "write https://")


def allowed_address(address: IPv4Address | IPv6Address, inside: Networks) -> bool:
    """Whether a connection may go to ``address``."""
    return all(_public(each) or _within(each, inside) for each in _meant(address))


def refused_among(addresses: Iterable[str], inside: Networks) -> Sequence[str]:
    """Those of ``addresses`` that no connection may go to; one of them is reason enough to make none."""
    return [each for each in addresses if not allowed_address(ip_address(each.partition("%")[0]), inside)]


def _meant(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address a packet would end up at: an IPv6 address may only be a coat around an IPv4 one."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address.sixtofour is not None:
        return [address, address.sixtofour]
    if address.teredo is not None:
        return [address, *address.teredo]
    if any(address in each for each in _NAT64):
        return [IPv4Address(int(address) & 0xFFFF_FFFF)]
    return [address]


def _public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_private or address.is_unspecified
    )


def _within(address: IPv4Address | IPv6Address, inside: Networks) -> bool:
    return any(address in each for each in inside if each.version == address.version)


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _split(url: str) -> SplitResult:
    if len(url) > _URL_MAX or not url.isascii() or any(each <= " " or each == "\x7f" for each in url):
        raise _refused(f"A URL is at most {_URL_MAX} ASCII characters without spaces.", "invalid_url", url)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused(f"Not a URL: {error}.", "invalid_url", url) from None
    if parts.scheme not in {"https", "http"} or not parts.hostname or port == 0 or "\\" in parts.netloc:
        raise _refused("Not the URL of a server.", "invalid_url", url, "write https://host/path")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise _refused("A URL that is asked holds no user, password or fragment.", "invalid_url", url)
    return parts


def _refused(detail: str, code: str, url: str, hint: str | None = None) -> InvalidInput:
    return InvalidInput(detail, code=code, field="url", value=url.partition("?")[0], hint=hint)
