"""Days, months and years told from the day of publication: «أمس», «الخميس الماضي», «يونيو المقبل», last year."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from assistant.values.calendars import WEEKDAYS, Stated, Word, bare, read_month

Side = Literal["past", "now", "future", ""]

_SIDES: dict[str, Side] = {
    **dict.fromkeys("الماضي الماضيه المنصرم المنصرمه الفائت الفائته".split(), "past"),
    **dict.fromkeys("المقبل المقبله القادم القادمه".split(), "future"),
    **dict.fromkeys("الجاري الجاريه الحالي الحاليه".split(), "now"),
}
_SIDES_BEFORE: dict[str, Side] = {
    "last": "past",
    "next": "future",
    "this": "now",
    **dict.fromkeys("هذا هذه وهذا وهذه بهذا لهذا".split(), "now"),
}
_DAYS = {"امس": -1, "الامس": -1, "البارحه": -1, "اليوم": 0, "غدا": 1, "yesterday": -1, "today": 0, "tomorrow": 1}
_DAY_PHRASES = {
    ("اول", "من", "امس"): -2,
    ("اول", "امس"): -2,
    ("امس", "الاول"): -2,
    ("البارحه", "الاولي"): -2,
    ("بعد", "غد"): 2,
    ("بعد", "الغد"): 2,
    ("يوم", "غد"): 1,
}
_PHRASES_BEGIN = frozenset(phrase[0] for phrase in _DAY_PHRASES)
# «اليوم» is also any day («في اليوم التالي», «اليوم العالمي») and part of newspapers' names
_NOT_TODAY_AFTER = frozenset("ذلك نفس ذات في طوال طيله المصري روسيا اخبار عين".split())
_NOT_TODAY_BEFORE = frozenset(
    """
    الاول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الحادي الاخير التالي الموالي السابق الذي نفسه
    ذاته الواحد الوطني العالمي الدولي الختامي الافتتاحي الدراسي الماضي المقبل
    """.split()
)
_NO_WEEKDAY_AFTER = frozenset("صلاه خطبه خطباء مسجد خطيب كلا كلتا هذين بين".split())  # «بين الاثنين»: the two
_PERIODS = {"العام": "year", "السنه": "year", "الشهر": "month", "عام": "year", "شهر": "month", "سنه": "year"}
_PERIODS |= {"year": "year", "month": "month"}
BEGIN_RELATIVE = frozenset((*_DAYS, *_PHRASES_BEGIN, *_PERIODS))
"""First words of days, months and years told from now, without proclitics."""


def relative_day(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """(days from publication, index after the words) of «أمس», «أول أمس», «اليوم», «غدًا» at word `at`."""
    word = bare(words[at].text, _DAYS)
    before = words[at - 1].text if at else ""
    following = words[at + 1].text if at + 1 < len(words) else ""
    if word in _PHRASES_BEGIN:
        for length in (3, 2):
            phrase = (word, *(w.text for w in words[at + 1 : at + length]))
            if phrase in _DAY_PHRASES:
                return _DAY_PHRASES[phrase], at + len(phrase)
    if word not in _DAYS:
        return None
    today = word == "اليوم" and (before in _NOT_TODAY_AFTER or following in _NOT_TODAY_BEFORE)
    dire_need = word == "امس" and following.startswith("الحاج")  # «في أمس الحاجة»
    became = word == "غدا" and "ً" not in words[at].written and bare(following, WEEKDAYS) not in WEEKDAYS
    return None if today or dire_need or became else (_DAYS[word], at + 1)


def weekday_at(words: Sequence[Word], at: int) -> int | None:
    """The weekday (Monday is 0) named at word `at`."""
    if at >= len(words):
        return None
    word = bare(words[at].text, WEEKDAYS)
    before = words[at - 1].text if at else ""
    if word not in WEEKDAYS or before in _NO_WEEKDAY_AFTER or (at + 1 < len(words) and words[at + 1].text == "معا"):
        return None
    return WEEKDAYS[word]


def side_of(words: Sequence[Word], first: int, after: int) -> tuple[Side, int]:
    """Which side of now the words around [first, after) put them on, and the index after them."""
    following = words[after].text if after < len(words) else ""
    if following in _SIDES:
        return _SIDES[following], after + 1
    return (_SIDES_BEFORE.get(words[first - 1].text, "") if first else ""), after


def weekday_resolved(weekday: int, side: Side, published: date) -> date:
    """The last such day up to publication; before it with «الماضي», after it with «المقبل»."""
    if side == "future":
        return published + timedelta(((weekday - published.weekday() - 1) % 7) + 1)
    newest = published - timedelta(1) if side == "past" else published
    return newest - timedelta((newest.weekday() - weekday) % 7)


def day_resolved(offset: int, weekday: int | None, published: date) -> date:
    """The day `offset` days from publication; where a weekday is named with it that decides («أمس الخميس»)."""
    day = published + timedelta(offset)
    if weekday is None or day.weekday() == weekday:
        return day
    return weekday_resolved(weekday, "future" if offset > 0 else "", published)


def relative_month(words: Sequence[Word], at: int, folded: str, published: date | None) -> Stated | None:
    """«يونيو الماضي», «أكتوبر المقبل», last June: the month, with its year where the publication is known."""
    month = read_month(words, at, folded)
    if month is None or month.is_also_a_person:
        return None
    stated = Stated(month.after, None, month.number, hijri=month.hijri)
    resolved = with_year(stated, words, at, published)
    return None if resolved is stated else resolved


def with_year(stated: Stated, words: Sequence[Word], first: int, published: date | None) -> Stated:
    """The month or day of a month that begins at `first`, on its side of now; the same where no word tells the side."""
    if stated.year is not None or stated.month is None:
        return stated
    side, after = side_of(words, first, stated.after)
    if not side or (after == stated.after and words[first - 1].text not in ("last", "next")):
        return stated
    if published is None or stated.hijri:
        return replace(stated, after=after)
    earlier = side == "past" and stated.month >= published.month
    later = side == "future" and stated.month <= published.month
    return replace(stated, after=after, year=published.year - earlier + later)


def relative_period(words: Sequence[Word], at: int, folded: str, published: date | None) -> Stated | None:
    """«الشهر الماضي», «العام الجاري», «هذا العام», last year; empty fields where the publication is not known."""
    word = bare(words[at].text, _PERIODS)
    side, after = side_of(words, at, at + 1)
    if word not in _PERIODS or not side:
        return None
    if after > at + 1 and (not word.startswith("ال") or _is_adjective(words, at, folded)):
        return None
    if published is None:
        return Stated(after)
    step = {"past": -1, "future": 1}.get(side, 0)
    if _PERIODS[word] == "year":
        return Stated(after, published.year + step)
    months = published.year * 12 + published.month - 1 + step
    return Stated(after, months // 12, months % 12 + 1)


def _is_adjective(words: Sequence[Word], at: int, folded: str) -> bool:
    """Whether العام follows its noun: «الأمين العام الحالي»."""
    before = words[at - 1] if at else None
    if before is None or folded[before.end : words[at].start].strip():
        return False
    return before.text.startswith("ال") and before.text != "الي"
