"""Who may ask a server, by which names and how much, as the options of a command say it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.web.passwords import Password
from index.addresses import is_loopback
from index.errors import InputError

A_MINUTE = 60
"""Questions a minute from one address: more than a reader asks, fewer than a machine could."""
MOST_BODY = 2**20
"""Bytes of a request: a long conversation."""
MOST_UPLOAD = 32 * 2**20
"""Bytes of a request that brings files."""
_NAME = re.compile(r"[\w.-]+|\[?[0-9a-f:.]+\]?")
_PATH = re.compile(r"(/[\w.~-]+)+")


@dataclass(frozen=True, slots=True)
class Rules:
    """May be pickled, for servers of several processes."""

    names: frozenset[str] = frozenset()
    """Under which the server may be asked beside this machine's own."""
    password: Password | None = None
    root_path: str = ""
    """Below which a reverse proxy shows the server; with a slash before it, none behind."""
    a_minute: int = A_MINUTE


def rules_of(
    auth: str | None = None, names: Iterable[str] = (), root_path: str = "", a_minute: int = A_MINUTE
) -> Rules:
    """The rules as a user writes them. Raises InputError naming the option that is wrong."""
    names = [name.lower().strip("[]") for name in names]  # as a request names an address of IPv6
    for name in names:
        if not _NAME.fullmatch(name):
            raise InputError(f"--allow-host {name!r} is no host's name. Give it without scheme, port and path.")
    path = root_path.rstrip("/")
    if path and not _PATH.fullmatch(path):
        raise InputError(f"--root-path {root_path!r} is no path. Give one as /isnad.")
    return Rules(frozenset(names), Password.read(auth) if auth else None, path, a_minute)


def exposure(host: str, rules: Rules) -> str | None:
    """What to tell whoever lets others in without a password; None where that is not so."""
    if rules.password or (is_loopback(host) and not rules.names):
        return None
    who = "a proxy passes on" if is_loopback(host) else f"reaches {host}"
    return (
        f"No password: whoever {who} may read the whole library and ask as much as the limits allow. "
        "Ask for one with --auth USER:FILE, FILE holding the password."
    )
