"""Ordinals, which count nothing (الثالث, الخامسة والعشرون, 21st), and times of day, whose hours they tell."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.values.measures import UNIT_FORMS
from assistant.values.numerals import TEN, TENS, Figure, Token, blank_between, may_begin, read_numeral

_FIRST_TO_TENTH = "اول ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر".split()
_ELEVENTH = ("حادي", "حاديه")
_DIGITS_OF = {"حادي": 1, "حاديه": 1, "اولي": 1} | {
    stem + ending: n for n, stem in enumerate(_FIRST_TO_TENTH, start=1) for ending in ("", "ه")
}
_ARTICLES = ("ال", "وال", "فال", "بال", "كال", "لل", "ولل")
_BARE = {article + stem: stem for article in _ARTICLES for stem in _DIGITS_OF}
_JOINED_TENS = {f"وال{word}": tens for word, tens in TENS.items()}
_SUFFIXES = ("st", "nd", "rd", "th")
_PER_SECOND = ("في", "بالثانيه")


def read_ordinal(tokens: Sequence[Token], at: int, folded: str) -> Figure | None:
    """The ordinal that begins at token `at`: الثالث, الحادية عشرة, 21st."""
    if (read := _ordinal(tokens, at, folded)) is None:
        return None
    number, after = read
    end = tokens[after - 1].end
    return Figure(at, after, float(number), tokens[at].start, end, end, kind="ordinal")


def _ordinal(tokens: Sequence[Token], at: int, folded: str) -> tuple[int, int] | None:
    """The same as its number and the index after it; in Arabic it is always definite."""
    word, following = tokens[at].text, _next(tokens, at, folded)
    if word.isdecimal():
        glued = following in _SUFFIXES and tokens[at].end == tokens[at + 1].start
        return (int(word), at + 2) if glued else None
    stem = _BARE.get(word)
    if stem is None:
        return None
    digit = _DIGITS_OF[stem]
    if following in TEN and digit < 10:
        return 10 + digit, at + 2
    if following in _JOINED_TENS and digit < 10:
        return _JOINED_TENS[following] + digit, at + 2
    if stem in _ELEVENTH or (stem == "ثانيه" and _is_per_second(tokens, at)):
        return None
    return digit, at + 1


def _is_per_second(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text in _PER_SECOND or (at > 0 and tokens[at - 1].text in _PER_SECOND)


def _next(tokens: Sequence[Token], at: int, folded: str) -> str:
    return tokens[at + 1].text if at + 1 < len(tokens) and blank_between(tokens, at + 1, folded) else ""


# ---------------------------------------------------------------- times of day

_HOUR = frozenset(prefix + "الساعه" for prefix in ("", "و", "ف", "ب")) | {"للساعه"}
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_POINTED = re.compile(r"(\d{1,2})[.,،](\d{2})")
_PARTS = {"والنصف": 30, "والربع": 15, "والثلث": 20}
_LESS = {"ربعا": 15, "الربع": 15, "ربع": 15, "ثلثا": 20, "الثلث": 20}
_HALVES = {
    **dict.fromkeys("صباحا صباح الصباح فجرا فجر الفجر am".split(), "morning"),
    **dict.fromkeys("مساء المساء عصرا عصر العصر pm".split(), "evening"),
    **dict.fromkeys("ظهرا ظهر الظهر زوالا الزوال noon".split(), "noon"),
    **dict.fromkeys("ليلا ليل الليل".split(), "night"),
}
_LETTERS = {"ص": "morning", "م": "evening"}
"""Halves after hours and minutes only."""
_HALF_A_DAY, _DAY = 12 * 60, 24 * 60
_EARLY = 5
"""Up to this hour «ليلا» is after midnight, and «ظهرا» after noon."""


BEGIN = _HOUR | frozenset((*_BARE, "الواحده"))
"""Words with which either may begin, beside digits."""


class _Read(NamedTuple):
    hour: int
    minute: int
    after: int
    """Index of the token after it."""
    in_full: bool
    """Whether minutes are written, as nothing but a time has them."""


def read_time(tokens: Sequence[Token], at: int, folded: str) -> Figure | None:
    """The time of day that begins at token `at`, in minutes after midnight.

    Where no word tells its half of the day, it may be that of the other (10:30 is 22:30), unless it is past 12.
    """
    named = tokens[at].text in _HOUR
    first = at + named
    read = _numbered(tokens, first, folded, named) or _hour(tokens, first, folded)
    if read is None:
        return None
    read = _with_part(tokens, read, folded)
    half, after = _half(tokens, read, folded)
    if not half and not named and not read.in_full:
        return None
    minutes = (60 * read.hour + read.minute) % _DAY
    other: tuple[float, ...] = ()
    if 0 < read.hour <= 12:
        halves = sorted((minutes % _HALF_A_DAY, minutes % _HALF_A_DAY + _HALF_A_DAY))
        minutes = halves[_is_later(half, read.hour)] if half else minutes
        other = () if half else tuple(float(one) for one in halves if one != minutes)
    end = tokens[after - 1].end
    return Figure(first, after, float(minutes), tokens[first].start, end, end, other=other, kind="time")


def _numbered(tokens: Sequence[Token], at: int, folded: str, named: bool) -> _Read | None:
    text = tokens[at].text if at < len(tokens) else ""
    clock, pointed = _CLOCK.fullmatch(text), _POINTED.fullmatch(text)
    if clock or pointed:
        hour, minute = map(int, (clock or pointed).groups())  # type: ignore[union-attr]
        return _Read(hour, minute, at + 1, bool(clock)) if hour <= 24 and minute < 60 else None
    if not text.isdecimal() or len(text) > 2 or not (0 if named else 1) <= int(text) <= (24 if named else 12):
        return None
    return _Read(int(text), 0, at + 1, False)


def _hour(tokens: Sequence[Token], at: int, folded: str) -> _Read | None:
    if at >= len(tokens) or tokens[at].text.isdecimal():
        return None
    if tokens[at].text == "الواحده":
        return _Read(1, 0, at + 1, False)
    ordinal = _ordinal(tokens, at, folded) if tokens[at].text.endswith("ه") else None  # «الأولى» is no hour
    return _Read(ordinal[0], 0, ordinal[1], False) if ordinal and ordinal[0] <= 12 else None


def _with_part(tokens: Sequence[Token], read: _Read, folded: str) -> _Read:
    """With the part of the hour behind it: والنصف, إلا ربعا, و20 دقيقة."""
    at = read.after
    if read.in_full or at >= len(tokens):
        return read
    word = tokens[at].text
    part = _PARTS.get(f"و{word}" if tokens[at].joined else word)  # «والنصف», «و النصف»
    if part:
        return read._replace(minute=part, after=at + 1)
    if word == "الا" and at + 1 < len(tokens) and tokens[at + 1].text in _LESS:
        return read._replace(minute=-_LESS[tokens[at + 1].text], after=at + 2)
    numeral = read_numeral(tokens, at, folded) if tokens[at].joined and may_begin(word) else None
    if numeral and numeral.after < len(tokens) and UNIT_FORMS.get(tokens[numeral.after].text) == "minute":
        return read._replace(minute=int(numeral.value), after=numeral.after + 1)
    return read


def _half(tokens: Sequence[Token], read: _Read, folded: str) -> tuple[str, int]:
    """The half of the day that the words behind a time tell, with the index after them."""
    at = read.after
    if at < len(tokens) and UNIT_FORMS.get(tokens[at].text) == "minute":  # 8:40 دقيقة صباحا
        at += 1
    if at >= len(tokens) or not blank_between(tokens, at, folded):
        return "", read.after
    if tokens[at].text == "بعد" and at + 1 < len(tokens) and tokens[at + 1].text in ("الظهر", "الزوال"):
        return "evening", at + 2
    if tokens[at].text == "من" and at + 1 < len(tokens) and tokens[at + 1].text in _HALVES:
        at += 1
    half = _HALVES.get(tokens[at].text) or (_LETTERS.get(tokens[at].text) if read.in_full else None)
    return (half, at + 1) if half else ("", read.after)


def _is_later(half: str, hour: int) -> bool:
    """Whether a time of a twelve-hour clock is one after noon."""
    if half == "noon":
        return hour == 12 or hour <= _EARLY
    if half == "night":
        return _EARLY < hour < 12
    return half == "evening"
