"""Which addresses are this machine's own, and what of an address may be shown."""

from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def without_password(url: str) -> str:
    """The URL without a user's name and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
