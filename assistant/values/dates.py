"""Dates in Arabic and English text, as far as their words state them: 21/10/2024, «21 أكتوبر/تشرين الأول», «أمس»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.values.calendars import BEGIN_MONTHS, WEEKDAYS, Stated, Word, words_of
from assistant.values.relative_dates import (
    BEGIN_RELATIVE,
    day_resolved,
    relative_day,
    relative_month,
    relative_period,
    side_of,
    weekday_at,
    weekday_resolved,
    with_year,
)
from assistant.values.stated_dates import BEGIN_STATED, calendar_date, listed_day, listed_year, stated_year
from index.text.arabic import FoldedText

_BEFORE_A_DATE = frozenset(("الموافق", "الموافقه", "الموافقين", "on", "the"))
_FIRST_WORDS = BEGIN_MONTHS | BEGIN_RELATIVE | BEGIN_STATED | frozenset((*WEEKDAYS, "و"))
_BRIEF_GAP = re.compile(r"[\s،,(]*")


@dataclass(frozen=True, slots=True)
class Date:
    """A date as a text states it: `text[start:end]` are its words; what they leave open is None."""

    year: int | None
    month: int | None
    day: int | None
    weekday: int | None
    """Monday is 0, Sunday 6, as in `datetime`."""
    hijri: bool
    """Whether year, month and day are those of the Hijri calendar."""
    start: int
    end: int


def same_date(a: Date, b: Date) -> bool:
    """Whether two dates are equal in every field that both state; false where they state no field in common.

    Of a Hijri and a Gregorian date only the weekdays are compared.
    """
    names = ("weekday",) if a.hijri != b.hijri else ("year", "month", "day", "weekday")
    both = [(getattr(a, name), getattr(b, name)) for name in names]
    stated = [(x, y) for x, y in both if x is not None and y is not None]
    return bool(stated) and all(x == y for x, y in stated)


def find_dates(text: str, published: str | None = None) -> list[Date]:
    """The dates of a text in order.

    `published` (YYYY-MM-DD) is the day from which «أمس», «الخميس الماضي», «يونيو المقبل» are told. A weekday alone is
    the last one up to it. Without it such words keep what they state themselves, a weekday or a month. A day or
    month without a year gets one only where the text says which («أكتوبر الماضي», «24 أكتوبر الجاري»).
    """
    original = FoldedText.of(text)
    words = words_of(text, original)
    day = _day_of(published)
    found: list[Date] = []
    at = 0
    while at < len(words):
        read = _read(words, at, original.text, day) if _may_begin(words[at].text) else None
        if read is None:
            at += 1
            continue
        stated, first, last = read
        start, end = original.original_span(words[first].start, words[last].end)
        end += "(" in text[start:end] and ")" not in text[start:end] and text[end : end + 1] == ")"
        if not found or found[-1].end <= start:  # one character of the original (½) may hold two
            found.append(Date(stated.year, stated.month, stated.day, stated.weekday, stated.hijri, start, end))
        at = stated.after
    return found


@lru_cache(maxsize=1 << 16)
def _may_begin(word: str) -> bool:
    """Whether a date may begin with this word, which may have a proclitic."""
    bare = (word, word[1:], "ا" + word[1:]) if word[0] in "وفبلك" else (word,)
    return word.isdecimal() or any(form in _FIRST_WORDS for form in bare)


def _day_of(published: str | None) -> date | None:
    """The day of publication; None where it is no ISO date of our calendar's last thousand years or the next."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day if 1000 <= day.year < 3000 else None


def _read(words: Sequence[Word], at: int, folded: str, published: date | None) -> tuple[Stated, int, int] | None:
    """The date that begins at word `at`, with the indexes of its first and last word."""
    if words[at].text == "و":
        year = listed_year(words, at, folded)
        return (year, at + 1, at + 1) if year else None
    if words[at].text.isdecimal() and (day := listed_day(words, at, folded)):
        shared = _calendar_date(words, day.after, folded, published)
        return (replace(day, year=shared.year) if shared else day), at, at
    stated = (
        _named_day(words, at, folded, published)
        or relative_month(words, at, folded, published)
        or _calendar_date(words, at, folded, published)
        or relative_period(words, at, folded, published)
        or stated_year(words, at, folded)
    )
    return (stated, at, stated.after - 1) if stated else None


def _calendar_date(words: Sequence[Word], at: int, folded: str, published: date | None) -> Stated | None:
    stated = calendar_date(words, at, folded)
    return with_year(stated, words, at, published) if stated else None


def _named_day(words: Sequence[Word], at: int, folded: str, published: date | None) -> Stated | None:
    """«أمس», «اليوم الجمعة», «الخميس الماضي», «الخميس 24 أكتوبر»: a day by its name, with the date that follows it."""
    told = relative_day(words, at)
    after = told[1] if told else at
    weekday = weekday_at(words, after) if not told or _near(words, after, folded) else None
    if told is None and weekday is None:
        return None
    after += weekday is not None
    side, after = side_of(words, after - 1, after) if not told else ("", after)
    if dated := _date_following(words, after, folded, published):
        return replace(dated, weekday=weekday)
    if published is None:
        return Stated(after, weekday=weekday)
    day = day_resolved(told[0], weekday, published) if told else weekday_resolved(weekday or 0, side, published)
    return Stated(after, day.year, day.month, day.day, day.weekday())


def _date_following(words: Sequence[Word], at: int, folded: str, published: date | None) -> Stated | None:
    """The calendar day right after a weekday: «الخميس، 24 أكتوبر», «الجمعة الموافق 25 أكتوبر»."""
    if at < len(words) and words[at].text in _BEFORE_A_DATE:
        at += 1
    if not _near(words, at, folded):
        return None
    dated = _calendar_date(words, at, folded, published)
    return dated if dated and dated.day else None


def _near(words: Sequence[Word], at: int, folded: str) -> bool:
    return at < len(words) and bool(_BRIEF_GAP.fullmatch(folded, words[at - 1].end, words[at].start))
