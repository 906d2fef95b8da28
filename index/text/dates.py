"""The day that a field states (`published`, `pubDate`, «التاريخ»), in each of the forms that files have it; and the one
that a search is narrowed to, which has one form."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise

from index.errors import InputError
from index.text.arabic import fold
from index.text.months import GREGORIAN, GREGORIAN_PAIRS, HIJRI, HIJRI_PAIRS

_LONGEST = 120
"""Characters; what is longer is a sentence that may name any day."""
_YEARS = range(1800, 2200)
_HIJRI_YEARS = range(1300, 1600)
"""What the Hijri (and the Persian) calendar counts today: nobody dates an article of the Middle Ages."""
_IN_DIGITS = re.compile(
    r"(?<![\w/.-])(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6(\d{4}))"
    r"(?=t\d|z|[+-]\d\d:?\d\d|[مه]|[^\w/.-]|\.?\Z)"
)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d)(?:t?\d{4,6}z?)?")
_EPOCH = re.compile(r"(\d{10})(?:\.\d+|\d{3})?")  # seconds, or milliseconds
_HIJRI_MARK = re.compile(r"\d\s*ه(?:جري\w*)?(?!\w)|للهجره")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_PASSED_OVER = frozenset("st nd rd th من of عام سنه".split())


def day_of(written: str) -> str | None:
    """A date as filters have it, its digits of either set: ٢٠٢٤-١٠-٢١ is 2024-10-21; None of what is none."""
    day = fold(written).strip()
    try:
        return day if date.fromisoformat(day).isoformat() == day else None
    except ValueError:
        return None


def parse_date(value: object) -> str:
    """`YYYY-MM-DD` of a date in digits (year or day first), with its month's name, of RFC 822 or since the epoch (UTC).

    The day is the one written, whatever the time zone. 5/6/2024 is the fifth of June, as the Arab press writes dates;
    11/13/2024 can only be the thirteenth of November. Beside a Hijri date the Gregorian one counts. Raises InputError
    for what states no whole day, or states it by the Hijri calendar alone.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InputError("is not a string")
    text = " ".join(fold(str(value)).split())
    if len(text) <= _LONGEST:
        for year, month, day in _stated(text):
            if year in _YEARS:
                try:
                    return date(year, month, day).isoformat()
                except ValueError:
                    break
        if _is_hijri(text):
            raise InputError(f"{value!r} is a Hijri date; state the Gregorian day")
    raise InputError(f"{str(value)[:_LONGEST]!r} is no date (YYYY-MM-DD)")


def _stated(text: str) -> Iterator[tuple[int, int, int]]:
    """Year, month and day of each date of a folded text, those in digits first."""
    if epoch := _EPOCH.fullmatch(text):
        day = datetime.fromtimestamp(int(epoch.group(1)), UTC)
        yield day.year, day.month, day.day
    if together := _RUN_TOGETHER.fullmatch(text):
        year, month, day_of_month = map(int, together.groups())
        yield year, month, day_of_month
    for match in _IN_DIGITS.finditer(text):
        year_first = match.group(1) is not None
        year, month, day_of_month = (int(match.group(n)) for n in ((1, 3, 4) if year_first else (8, 7, 5)))
        if month > 12 and not year_first:
            month, day_of_month = day_of_month, month
        yield year, month, day_of_month
    yield from _in_words(text)


def _in_words(text: str) -> Iterator[tuple[int, int, int]]:
    """«13 نوفمبر 2024», «13 نوفمبر/تشرين الثاني 2024», «Nov 13th, 2024»."""
    words = [word for word in _WORD.findall(text) if word not in _PASSED_OVER]
    at = 0
    while at < len(words):
        month, after = _month(words, at)
        if month is None:
            at += 1
            continue
        before = words[at - 1] if at else ""
        other, further = _month(words, after)
        after = further if other == month else after  # its name in another part of the Arab world
        numbers = [word for word in words[after : after + 2] if word.isdecimal()]
        if _is_day(before) and numbers and len(numbers[0]) == 4:
            yield int(numbers[0]), month, int(before)
        elif len(numbers) == 2 and _is_day(numbers[0]) and len(numbers[1]) == 4:
            yield int(numbers[1]), month, int(numbers[0])
        at = after


def _month(words: list[str], at: int) -> tuple[int | None, int]:
    """The Gregorian month whose name begins at a word, and the index after it."""
    if pair := GREGORIAN_PAIRS.get((words[at], words[at + 1])) if at + 1 < len(words) else None:
        return pair, at + 2
    return (GREGORIAN.get(words[at]) if at < len(words) else None), at + 1


def _is_day(word: str) -> bool:
    return word.isdecimal() and len(word) <= 2


def _is_hijri(text: str) -> bool:
    words = _WORD.findall(text)
    return bool(
        _HIJRI_MARK.search(text)
        or any(year in _HIJRI_YEARS for year, _, _ in _stated(text))
        or any(word in HIJRI for word in words)
        or any(pair in HIJRI_PAIRS for pair in pairwise(words))
    )
