"""robots.txt (RFC 9309): which paths of a site a program may fetch."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

NAME = "isnad"
"""By which a robots.txt may address us."""
_LINE = re.compile(r"\s*(user-agent|allow|disallow)\s*:\s*([^#]*)", re.IGNORECASE)
_PRODUCT = re.compile(r"[a-z_-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for us, in the order of the file: whether a path that fits the pattern may be fetched."""

    patterns: tuple[tuple[bool, str], ...] = ()

    def allow(self, path: str) -> bool:
        """Whether a path (with its query) may be fetched: by the longest pattern that fits, by `allow` of two as long.

        Without any that fits it may.
        """
        path = _decoded(path)
        fitting = [(len(_decoded(pattern)), allowed) for allowed, pattern in self.patterns if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


def parse(text: str) -> Rules:
    """The rules for us of a robots.txt: of the groups that name us, else of those for everybody."""
    for_us: list[tuple[bool, str]] = []
    for_all: list[tuple[bool, str]] = []
    named = False
    for agents, rules in _groups(text):
        if NAME in agents:
            named = True
            for_us += rules
        elif "*" in agents:
            for_all += rules
    return Rules(tuple(for_us if named else for_all))


def _groups(text: str) -> Iterator[tuple[list[str], list[tuple[bool, str]]]]:
    """The names that follow one another, and the rules up to the next name."""
    agents: list[str] = []
    rules: list[tuple[bool, str]] = []
    ended = False
    for line in re.split(r"[\r\n]+", text):
        if (found := _LINE.match(line)) is None:
            continue
        field, value = found[1].lower(), found[2].strip()
        if field == "user-agent":
            if ended:
                yield agents, rules
                agents, rules, ended = [], [], False
            agents.append("*" if value == "*" else _PRODUCT.match(value)[0].lower())  # type: ignore[index]
        else:
            ended = True
            if value:
                rules.append((field == "allow", value))
    yield agents, rules


def _decoded(path: str) -> str:
    """%41 and A are the same path; a character for each byte, so that no sequence of bytes is too odd."""
    return unquote_to_bytes(path).decode("latin-1")


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as the pattern says; * stands for anything, $ at the end for the path's end.

    Looks for the pieces between the stars one after the other, each as early as it stands: a pattern of many stars
    costs no more than it is long.
    """
    to_the_end = pattern.endswith("$")
    first, *rest = map(_decoded, pattern.removesuffix("$").split("*"))  # %2A is a star, and stands for nothing else
    if not path.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if rest else None
    for piece in rest:
        if (found := path.find(piece, at)) < 0:
            return False
        at = found + len(piece)
    if last is None:
        return not to_the_end or at == len(path)
    return path.endswith(last) and len(path) - len(last) >= at if to_the_end else path.find(last, at) >= 0
