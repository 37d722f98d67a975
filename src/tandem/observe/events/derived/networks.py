"""The network range that an IP address lies in: whoever changes addresses within one provider's range stays in it."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address

__all__ = ["subnet_of"]


def subnet_of(ipv4_prefix: int, ipv6_prefix: int) -> Callable[[str], str | None]:
    """From an IP address to its range, as ``203.0.113.0/24`` or ``2001:db8:7::/48``; None for what is no IP address.

    An IPv4 address written as IPv6 (``::ffff:203.0.113.7``) is the IPv4 address; a zone (``%eth0``) is left out.
    """
    ipv4_mask = (1 << 32) - (1 << (32 - ipv4_prefix))
    ipv6_mask = (1 << 128) - (1 << (128 - ipv6_prefix))

    def subnet(text: str) -> str | None:
        try:
            address = ip_address(text.strip().partition("%")[0])
        except ValueError:
            return None
        if isinstance(address, IPv6Address):
            if address.ipv4_mapped is None:
                return f"{IPv6Address(int(address) & ipv6_mask)}/{ipv6_prefix}"
            address = address.ipv4_mapped
        return f"{IPv4Address(int(address) & ipv4_mask)}/{ipv4_prefix}"

    return subnet
