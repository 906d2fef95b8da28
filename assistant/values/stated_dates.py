"""Dates that words state in full or in part: 2024-10-21, «21 أكتوبر 2024», October 21, «أكتوبر 2024», «عام 2024»."""

import re
from collections.abc import Sequence

from assistant.values.calendars import Month, Stated, Word, read_month
from index.text.stopwords import is_content

_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6(\d{4}))(?!\d|[-/.,]\d)"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HIJRI_YEARS = range(1300, 1600)
"""Years of a date in digits that are read as Hijri: nobody writes the dates of the Middle Ages so."""
_YEARS = range(1000, 2200)
_LIKELY_YEARS = range(1900, 2100)
_ORDINALS = {
    word: n
    for n, word in enumerate("الاول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split(), start=1)
}
_YEAR_WORDS = frozenset(
    prefix + word for word in ("عام", "سنه", "العام", "السنه") for prefix in ("", "و", "ب", "ل", "ف")
) | frozenset(("للعام", "للسنه", "year"))
_YEAR_LISTS = frozenset(("عامي", "العامين", "عامين", "الاعوام", "اعوام", "بعامي"))
BEGIN_STATED = frozenset(_ORDINALS) | _YEAR_WORDS | _YEAR_LISTS | {"the"}
"""First words of dates here other than digits and months."""
_BEFORE_A_YEAR = _YEAR_WORDS | _YEAR_LISTS | {"من"}
_HIJRI_WORDS = frozenset(("ه", "هجري", "هجريه", "للهجره", "ah"))
_ERA_WORDS = frozenset(("م", "ميلادي", "ميلاديه", "للميلاد"))
_IN = frozenset("في منذ خلال وفي ومنذ حتي in since during by".split())
_NEAR = frozenset("بدايه مطلع اوائل منتصف اواخر نهايه بحلول غره".split())
_AROUND = frozenset("من الي قبل بعد عن بين until before after of early mid late last next from to".split())
_MONTH_WORDS = frozenset("شهر شهري الشهر بشهر لشهر وشهر month".split())
_SUFFIXES = frozenset(("st", "nd", "rd", "th"))


def numeric_date(words: Sequence[Word], at: int, folded: str) -> Stated | None:
    """A date in digits that begins at word `at`: 2024-10-21, 21/10/2024, 21.10.2024, 10/21/2024, 21/4/1446."""
    match = _NUMERIC.match(folded, words[at].start)
    if match is None:
        return None
    parts = match.groups()
    year, month, day = (int(parts[n]) for n in ((0, 2, 3) if parts[0] else (7, 6, 4)))
    if month > 12 and not parts[0]:
        month, day = day, month
    after = at + 3
    hijri = year in _HIJRI_YEARS or (after < len(words) and words[after].text in _HIJRI_WORDS)
    return Stated(_after_era(words, after), year, month, day, hijri=hijri) if _is_day(day, month, hijri) else None


def calendar_date(words: Sequence[Word], at: int, folded: str) -> Stated | None:
    """A date that begins at word `at` and names its month or is in digits."""
    if words[at].text.isdecimal() or words[at].text in _ORDINALS or words[at].text == "the":
        return numeric_date(words, at, folded) or _day_first(words, at, folded)
    month = read_month(words, at, folded)
    if month is None:
        return None
    return (words[at].text.isascii() and _day_second(words, month, folded)) or _month(words, at, month, folded)


def _day_first(words: Sequence[Word], at: int, folded: str) -> Stated | None:
    """«21 أكتوبر 2024», «الأول من مايو», 21st of October."""
    at += words[at].text == "the"
    day, ordinal = _day(words, at, folded), at < len(words) and words[at].text in _ORDINALS
    if day is None:
        return None
    after = at + 1
    after += after < len(words) and words[after].text in _SUFFIXES
    linked = after < len(words) and words[after].text in ("من", "of")
    month = read_month(words, after + linked, folded)
    if month is None or (ordinal and not linked) or not _only(r"[\s-]*", words, at, after + linked, folded, linked):
        return None
    if not _is_day(day, month.number, month.hijri):
        return None
    year = _year(words, month.after, folded, month.hijri)
    if year is None and month.name == "صفر":  # «3 صفر» is a score
        return None
    if year:
        return Stated(year.after, year.year, month.number, day, hijri=month.hijri)
    return Stated(month.after, None, month.number, day, hijri=month.hijri)


def _day_second(words: Sequence[Word], month: Month, folded: str) -> Stated | None:
    """October 21, 2024."""
    at = month.after
    day = _day(words, at, folded) if at < len(words) else None
    if day is None or not _is_day(day, month.number, False) or _gap(words, at, folded) not in ("", "."):
        return None
    after = at + 1
    after += after < len(words) and words[after].text in _SUFFIXES
    year = _year(words, after, folded, False)
    return Stated(year.after if year else after, year.year if year else None, month.number, day)


def _month(words: Sequence[Word], at: int, month: Month, folded: str) -> Stated | None:
    """«أكتوبر 2024», «شهر أكتوبر», «في أكتوبر»; None where the name may be another word."""
    year = _year(words, month.after, folded, month.hijri)
    if year:
        return Stated(year.after, year.year, month.number, hijri=month.hijri)
    before = words[at - 1].text if at and not _gap(words, at, folded) else ""
    if (
        before in _MONTH_WORDS
        or (not month.is_also_a_person and before in _IN | _NEAR)
        or (month.plain and (before in _AROUND or (words[at].text != month.name and words[at].text[0] in "وبلف")))
    ):
        return Stated(month.after, None, month.number, hijri=month.hijri)
    return None


def stated_year(words: Sequence[Word], at: int, folded: str) -> Stated | None:
    """A year of its own that begins at `at`: «عام 2024», «سنة 1446 هـ», «1446 هـ», «في 2024», in 2024."""
    word = words[at].text
    if word in _YEAR_WORDS or word in _YEAR_LISTS:
        return _year(words, at, folded, False)
    year = _digits(words, at, folded, 4)
    if year is None:
        return None
    after = at + 1
    era = words[after].text if after < len(words) and not _gap(words, after, folded) else ""
    if era == "م" and after + 1 < len(words) and words[after + 1].text == "د":  # «1142 م د»: million dinars
        return None
    if era in _HIJRI_WORDS or (era in _ERA_WORDS and year in _YEARS):
        return Stated(after + 1, year, hijri=era in _HIJRI_WORDS)
    before = words[at - 1].text if at and not _gap(words, at, folded) else ""
    return Stated(after, year) if before in _IN and year in _LIKELY_YEARS and not (era and is_content(era)) else None


def listed_year(words: Sequence[Word], at: int, folded: str) -> Stated | None:
    """The second of «عامي 2010 و2012», whose و is at `at`."""
    listed = at > 1 and words[at].text == "و" and words[at - 2].text in _YEAR_LISTS
    year = _digits(words, at + 1, folded, 4) if listed and at + 1 < len(words) else None
    return Stated(at + 2, year) if year else None


def listed_day(words: Sequence[Word], at: int, folded: str) -> Stated | None:
    """The first of «14 و15 جانفي 2016» or «5 إلى 7 أكتوبر»: `after` is the index of the date it shares a month with."""
    day = _day(words, at, folded)
    if day is None or at + 1 >= len(words):
        return None
    linked = words[at + 1].text in ("و", "الي", "and", "to") and _gap(words, at + 1, folded) == ""
    after = at + 2 if linked else at + 1
    if (
        after >= len(words)
        or not words[after].text.isdecimal()
        or (not linked and _gap(words, after, folded) not in ("-", "–"))
    ):
        return None
    shared = _day_first(words, after, folded)
    if shared is None or not _is_day(day, shared.month or 1, shared.hijri):
        return None
    return Stated(after, shared.year, shared.month, day, hijri=shared.hijri)


def _year(words: Sequence[Word], at: int, folded: str, hijri: bool) -> Stated | None:
    """The year that stands at `at`, with the words before it (من, عام) and its era."""
    named = at
    while named < min(at + 2, len(words)) and words[named].text in _BEFORE_A_YEAR:
        named += 1
    if named >= len(words) or (named == at and _gap(words, at, folded) not in ("", "،", ",", ".", "-")):
        return None
    told = named > at and words[named - 1].text != "من"
    if named > at and _gap(words, named, folded):
        return None
    year = _digits(words, named, folded, 3 if told else 4)
    likely = _LIKELY_YEARS if named > at else _YEARS  # «أكتوبر من 1500 شخص»
    if year is None or (not hijri and not told and year not in likely):
        return None
    era = words[named + 1].text if named + 1 < len(words) else ""
    return Stated(_after_era(words, named + 1), year, hijri=hijri or era in _HIJRI_WORDS)


def _after_era(words: Sequence[Word], at: int) -> int:
    return at + (at < len(words) and words[at].text in _HIJRI_WORDS | _ERA_WORDS)


def _digits(words: Sequence[Word], at: int, folded: str, fewest: int) -> int | None:
    """The whole number of `fewest` to 4 digits at `at`; None for a part of a longer figure."""
    text = words[at].text
    if not text.isdecimal() or not fewest <= len(text) <= 4 or _is_part(words[at], folded):
        return None
    return int(text)


def _day(words: Sequence[Word], at: int, folded: str) -> int | None:
    if at >= len(words):
        return None
    text = words[at].text
    if text in _ORDINALS:
        return _ORDINALS[text]
    if not text.isdecimal() or len(text) > 2 or _is_part(words[at], folded):
        return None
    return int(text) if 1 <= int(text) <= 31 else None


def _is_part(word: Word, folded: str) -> bool:
    """Whether digits belong to a decimal, a time, a fraction or an amount: 2.5, 5ر2, 10:30, $20, 20%."""
    before, after = folded[max(0, word.start - 2) : word.start], folded[word.end : word.end + 2]
    return bool(re.search(r"\d[.,:/ر'’]$|[$€£]$", before) or re.match(r"[.,:/ر'’]\d|[%٪]", after))


def _is_day(day: int, month: int, hijri: bool) -> bool:
    return 1 <= month <= 12 and 1 <= day <= (30 if hijri else _DAYS[month - 1])


def _gap(words: Sequence[Word], at: int, folded: str) -> str:
    """What stands between word `at` and the one before it, without blanks."""
    return folded[words[at - 1].end if at else 0 : words[at].start].strip()


def _only(pattern: str, words: Sequence[Word], at: int, after: int, folded: str, linked: bool) -> bool:
    """Whether only the pattern stands between a day and its month."""
    between = folded[words[at].end : words[after].start]
    return bool(re.fullmatch(r"(?:st|nd|rd|th)?\s*(?:من|of)\s*" if linked else rf"(?:st|nd|rd|th)?{pattern}", between))
