"""By which names a server may be asked. A site in the reader's browser must not come to read the library."""

import socket
from collections.abc import Set
from ipaddress import ip_address
from urllib.parse import urlsplit

from index.addresses import is_loopback


def hostname(authority: str) -> str:
    """The name in `name:port`, in lower case; empty where there is none."""
    try:
        return (urlsplit(f"//{authority}").hostname or "").lower()
    except ValueError:
        return ""


def is_misdirected(name: str, listening: str, allowed: Set[str]) -> bool:
    """Whether a request to the address `listening` came by a name that is not the server's.

    Any site may point a name of its own at this machine (DNS rebinding), and then read what it serves as its own.
    An address cannot be pointed elsewhere; on a port that other machines reach, it and this machine's name are ours.
    """
    if is_loopback(name) or name in allowed:
        return False
    return is_loopback(listening) or not (name == listening or _is_address(name) or name == _own_name())


def is_foreign(origin: str, site: str, hosts: Set[str], allowed: Set[str]) -> bool:
    """Whether a page of another site sent a request (`Origin`, `Sec-Fetch-Site`), by the server's `hosts`."""
    if not origin or site == "same-origin":
        return False
    authority = origin.partition("://")[2].lower()  # of "null", which a hidden frame sends, none
    return not authority or not (authority in hosts or hostname(authority) in allowed)


def _own_name() -> str:
    return socket.gethostname().lower()


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name.strip("[]")))
    except ValueError:
        return False
