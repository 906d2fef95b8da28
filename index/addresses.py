"""Which addresses are this machine's own, which are everybody's, and what of an address may be shown."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit, urlunsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def is_address(named: str) -> bool:
    """Whether what a user named is an address, not a path."""
    return _SCHEME.match(named) is not None


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


_TRANSLATED = ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for the IPv4 ones in their last 32 bits (NAT64)."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet.

    This machine's, a private network's, link-local ones (a cloud's metadata are there), multicast and reserved ones are
    not; nor is an IPv6 address that carries such an IPv4 one.
    """
    ip = ip_address(address)
    carried = _carried(ip) if isinstance(ip, IPv6Address) else None
    if carried is not None:
        return is_public(str(carried))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _carried(ip: IPv6Address) -> IPv4Address | None:
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def without_password(url: str) -> str:
    """The URL without a user's name and password. Raises ValueError of what is no address."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
