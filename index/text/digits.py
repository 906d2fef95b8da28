"""Figures in digits as they are written: 12,000, ١٢،٥٠٠, 1’250 and 1.500.000 grouped, 3.5, ٣،٥ and 5ر3 decimal.

A chain of digits and marks is read as a whole or not at all: no part of it is a figure of its own.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_APOSTROPHES = "'’‘ʼ"
CHAIN = (
    r"\d+⁄(?:10|\d)"  # ½ folds to 1⁄2, so 3½ to 31⁄2
    r"|\d{1,3}(?: \d{3})+(?:[.,،]\d{1,2})?(?![.,،]?\d)"
    rf"|\d+(?:[.,،:ر{_APOSTROPHES}]\d+)*"
)
"""Matches digits with the marks between them, in folded text."""
_MARK = re.compile(r"\D")
_FIRST_GROUP = re.compile(r"[1-9]\d{0,2}")
_LISTING = ",،"
_LISTED_YEARS = 4
"""Digits on both sides of a comma from which two numbers are listed: 2015،2016."""


class Written(NamedTuple):
    """What a chain of digits states."""

    value: float
    other: float | None = None
    """What it states where the mark is read the other way: 12.500 is twelve and a half here, twelve thousand there."""


def read_digits(chain: str) -> Written | None:
    """The number that a chain states; None for a time, a version, a date, a list.

    One mark before three digits groups them if it is a comma or an apostrophe; the point leaves both readings open,
    and so does a comma to those who know what follows. The wire agencies write the decimals first: 5ر3 is 3.5.
    """
    if "⁄" in chain:
        over, _, under = chain.partition("⁄")
        return Written(float(over[:-1] or 0) + float(over[-1]) / (float(under) or 1.0))
    parts, marks = _MARK.split(chain), _MARK.findall(chain)
    if "ر" in marks:
        return _of_one_mark(parts[::-1], ".") if set(marks) == {"ر"} else None
    if not marks:
        return Written(float(chain))
    if ":" in marks:
        return None
    if len(set(marks)) == 1:
        return _of_one_mark(parts, marks[0])
    *grouping, last = marks
    if last in f".{_LISTING}" and len(set(grouping)) == 1 and last not in grouping and _groups(parts[:-1]):
        return Written(float(f"{''.join(parts[:-1])}.{parts[-1]}"))
    return None


def chains(text: str) -> Iterator[tuple[str, int]]:
    """What stands in a matched chain, with its offset: itself, or the numbers that its commas list (5،10،15)."""
    listing = next((mark for mark in "،," if mark in text), None)
    if listing is None or read_digits(text) is not None:
        yield text, 0
        return
    at = 0
    for part in text.split(listing):
        yield from ((chain, at + offset) for chain, offset in chains(part))
        at += len(part) + 1


def _of_one_mark(parts: list[str], mark: str) -> Written | None:
    if _groups(parts) or (mark == "," and _groups_of_lakhs(parts)):
        whole = float("".join(parts))
        if len(parts) > 2 or mark not in f".{_LISTING}":
            return Written(whole)
        decimal = float(".".join(parts))
        return Written(decimal, whole) if mark == "." else Written(whole, decimal)
    if len(parts) > 3 and mark == "." and _groups(parts[:-1]) and len(parts[-1]) < 3:  # 51.824.281.70
        return Written(float(f"{''.join(parts[:-1])}.{parts[-1]}"))
    if len(parts) > 2 or mark not in f".{_LISTING}":
        return None
    head, tail = map(len, parts)
    if mark in _LISTING and min(head, tail) >= _LISTED_YEARS:
        return None
    return None if mark == "،" and tail > 2 else Written(float(".".join(parts)))


def _groups(parts: list[str]) -> bool:
    """Whether the parts are the thousands of one number."""
    return bool(_FIRST_GROUP.fullmatch(parts[0])) and all(len(part) == 3 for part in parts[1:])


def _groups_of_lakhs(parts: list[str]) -> bool:
    """Whether they are grouped as India does: 12,34,567."""
    *lakhs, last = parts[1:]
    return bool(lakhs) and bool(_FIRST_GROUP.fullmatch(parts[0])) and len(last) == 3 and {*map(len, lakhs)} == {2}
