"""Words beside a figure that bound it (أكثر من, نحو) or tell of a change, and figures that belong together: a range
(بين 10 و12 ألف, 5-7 أيام), or what a dash ties that is none (2-1, 16/2018)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from assistant.values.measures import quantity_of
from assistant.values.numerals import Figure, Token
from index.text.arabic import stem

Bound = Literal["", "at least", "at most", "about"]
Course = Literal["", "by", "to", "from"]

_BEFORE_LISTED: dict[Bound, str] = {
    "at least": """اكثر من|ازيد من|اعلي من|ما فوق|فوق|لا يقل عن|لا تقل عن|لم يقل عن|لم تقل عن|ليس اقل من|يزيد علي|
        يزيد عن|تزيد علي|تزيد عن|زاد علي|زاد عن|زادت علي|زادت عن|يربو علي|يربو عن|تربو علي|يفوق|تفوق|فاق|فاقت|تجاوز|
        تجاوزت|يتجاوز|تتجاوز|يتعدي|تتعدي|تعدي|more than|greater than|at least|above|over|no fewer than|no less than|
        not less than|upwards of|exceeding|exceeds|exceeded""",
    "at most": """اقل من|ادني من|لا يتجاوز|لا تتجاوز|لم يتجاوز|لم تتجاوز|لن يتجاوز|لا يتعدي|لا تتعدي|لم يتعد|لا يفوق|
        لا تفوق|لا يزيد علي|لا يزيد عن|لا تزيد علي|لا تزيد عن|لم يزد عن|لم يزد علي|ليس اكثر من|لا اكثر من|يقل عن|تقل عن|
        ما يصل الي|بما يصل الي|لما يصل الي|less than|fewer than|under|up to|at most|no more than|not more than""",
    "about": """نحو|حوالي|زهاء|قرابه|قراب|ما يقارب|يقارب|تقارب|ما يناهز|يناهز|تناهز|تقريبا|about|around|approximately|
        nearly|roughly|almost|some|estimated""",
}
_BEFORE: dict[str, Bound] = {
    prefix + phrase.strip(): bound
    for bound, phrases in _BEFORE_LISTED.items()
    for phrase in phrases.split("|")
    for prefix in (("",) if phrase.strip().isascii() else ("", "و", "ف", "ب", "ل"))
}
_LAST_WORDS = frozenset(phrase.split()[-1] for phrase in _BEFORE)
_AFTER: dict[str, Bound] = {
    "علي الاقل": "at least",
    "علي اقل تقدير": "at least",
    "كحد ادني": "at least",
    "بحد ادني": "at least",
    "او اكثر": "at least",
    "فاكثر": "at least",
    "or more": "at least",
    "at least": "at least",
    "علي الاكثر": "at most",
    "كحد اقصي": "at most",
    "بحد اقصي": "at most",
    "at most": "at most",
    "or less": "at most",
    "or fewer": "at most",
    "تقريبا": "about",
}
_FIRST_WORDS = frozenset(phrase.split()[0] for phrase in _AFTER)
_GLUED = ("ب", "ل", "ال")  # بـ10, الـ15

_BETWEEN = frozenset(("بين", "وبين", "مابين", "between"))
_FROM = frozenset(("من", "ومن", "from"))
_CHANGES = frozenset(
    stem(word)
    for word in """
    ارتفع ارتفعت يرتفع ترتفع ارتفاع ارتفاعا انخفض انخفضت ينخفض تنخفض انخفاض انخفاضا زاد زادت يزيد تزيد زياده ازداد
    ازدادت تراجع تراجعت يتراجع تتراجع تراجعا هبط هبطت يهبط هبوط هبوطا صعد صعدت صعود صعودا قفز قفزت يقفز قفزه نما نمت نمو
    نموا رفع رفعت يرفع ترفع رفعه خفض خفضت يخفض تخفيض خفضه قلص قلصت تقليص تقلص تقلصت انتقل انتقلت تحول تحولت تغير تغيرت
    نزل نزلت نقل نقلت هوي هوت تضاعف تضاعفت تدهور تدهورت تحسن تحسنت انكمش انكمشت تقدم تقدمت عدل عدلت
    """.split()
) | frozenset(
    """rose rise rises rising fell fall falls falling increased increase increases increasing decreased decrease dropped
    drop grew grow grown climbed jumped declined decline cut raised raise slipped surged went moved shrank""".split()
)
_ROUGHLY = (
    r"(?:(?:نحو|حوالي|قرابه|زهاء|ما يقارب|اكثر من|اقل من|ما يزيد علي|ما يزيد عن|about|around|nearly|almost|more than|"
    r"less than|over|some)\s+)?(?:ال)?$"
)
_COURSES: dict[Course, re.Pattern[str]] = {
    "by": re.compile(
        r"\b(?:(?:بنسبه|بمقدار|بواقع|بحدود|بفارق|بمعدل|بقيمه|نسبته|نسبتها|قدره|قدرها|مقداره|مقدارها|"
        r"يصل الي|by)\s+|ب\s*)" + _ROUGHLY
    ),
    "from": re.compile(r"(?<!كثر )(?<!قل )\b(?:من|from)\s+(?:مستوي\s+)?" + _ROUGHLY),
    "to": re.compile(r"(?:\b(?:الي|حتي|to)|\b[ول]*[يت](?:بلغ|صل الي)|ليصبح|لتصبح)\s+(?:مستوي\s+)?" + _ROUGHLY),
}
"""What stands before the figure that a thing rises or falls by, to or from."""
_BEFORE_A_FIGURE = 40
"""Characters in which it stands."""
_CLAUSE = 20
"""Words back from a range in which its clause may tell of a change."""
_LIST_GAP = re.compile(r"\s*و\s*|\s+and\s+")
_TO_GAP = re.compile(r"\s+(?:الي|حتي|to)\s+(?:ال)?")
_DASH = "[-‐–—−]"
_DASH_GAP = re.compile(rf"\s*{_DASH}\s*")
_TIE = re.compile(r"[-‐–—−/]")
_DATE_GAP = re.compile(r"[-‐–—−/.]\d")
_YEARS, _HIJRI_YEARS = range(1900, 2101), range(1350, 1500)
_MOST_APART = 1000
"""Ends of a range further apart than this factor are two figures."""
_PLURALS_TO = 10
"""Up to it what is counted stands in the plural, without the ending of «ذهابا»."""
_LEAST_APART = 10
"""Below it two numbers with blanks around their dash are rather a score."""
_MATCH = frozenset(
    map(
        stem,
        """نتيجه بنتيجه النتيجه فوز فاز فازت ليفوز يفوز بفوز الفوز خسر خسرت خساره الخساره تعادل تعادلا التعادل بالتعادل
        هزم هزيمه تغلب تغلبت بتغلبه التغلب سحق تفوق مباراه المباراه الشوط شوط هدف اهداف won beat lost drew""".split(),
    )
)
"""Words near a score."""
_NEAR = 10
"""Words back in which they stand."""
_WHEN = frozenset("امس اليوم غدا مساء صباحا ذهابا ايابا yesterday today".split())


def bound_of(figure: Figure, tokens: Sequence[Token], folded: str) -> Bound:
    """How the words right before or after a figure bound it."""
    return _before(figure, tokens, folded) or _after(figure, tokens, folded)


def _before(figure: Figure, tokens: Sequence[Token], folded: str) -> Bound:
    last = _opener(figure, tokens) if figure.high is not None else None
    last = figure.first - 1 if last is None else last - 1
    if last >= 0 and tokens[last].text in _GLUED and tokens[last].end == tokens[last + 1].start:
        last -= 1
    if last < 0 or tokens[last].text not in _LAST_WORDS:
        return ""
    if folded[tokens[last].end : tokens[last + 1].start].strip():
        return ""
    if tokens[last].text == "over" and quantity_of(figure.measure) == "duration":
        return ""  # mostly "during"
    for length in (3, 2, 1):
        words = tokens[max(0, last - length + 1) : last + 1]
        if found := _BEFORE.get(" ".join(token.text for token in words)):
            return found
    return ""


def _after(figure: Figure, tokens: Sequence[Token], folded: str) -> Bound:
    following = tokens[figure.after : figure.after + 3]
    if not following or following[0].text not in _FIRST_WORDS:
        return ""
    if folded[figure.unit_end : following[0].start].strip():
        return ""
    phrases = (" ".join(token.text for token in following[:length]) for length in (3, 2, 1))
    return next((_AFTER[phrase] for phrase in phrases if phrase in _AFTER), "")


def course_of(figure: Figure, tokens: Sequence[Token], folded: str) -> Course:
    """Whether a thing rises or falls by a figure, to it or from it; nothing where no change is told, or not how."""
    if not _tells_of_change(figure, tokens, folded):
        return ""
    before = folded[max(0, figure.start - _BEFORE_A_FIGURE) : figure.start]
    told = next((course for course, pattern in _COURSES.items() if pattern.search(before)), None)
    if told is None and not folded[tokens[figure.first - 1].end : figure.start].strip():
        told = "by" if _is_change(tokens[figure.first - 1].text) else None
    return told or ""


def _is_change(word: str) -> bool:
    return (stem(word) if not word.isascii() else word) in _CHANGES


def _opener(figure: Figure, tokens: Sequence[Token]) -> int | None:
    """Index of the بين or من right before a figure, None where there is none."""
    at = figure.first - 1
    if at >= 0 and tokens[at].text in _GLUED and tokens[at].end == tokens[at + 1].start:
        at -= 1
    return at if at >= 0 and tokens[at].text in _BETWEEN | _FROM else None


def _tells_of_change(figure: Figure, tokens: Sequence[Token], folded: str) -> bool:
    """Whether the clause before tells of a rise or fall: «ارتفع من 5 إلى 7» states two figures."""
    for at in range(figure.first - 1, max(-1, figure.first - 1 - _CLAUSE), -1):
        if re.search(r"[.؟!؛;\n]", folded[tokens[at].end : tokens[at + 1].start]):
            return False
        if _is_change(tokens[at].text):
            return True
    return False


# ---------------------------------------------------------------- ranges and codes


def join(figures: Sequence[Figure], tokens: Sequence[Token], folded: str) -> list[Figure]:
    """The figures with each two that state a range made one, and what else a dash or slash ties made a code."""
    joined: list[Figure] = []
    at = 0
    while at < len(figures):
        whole = _range(figures[at], figures[at + 1], tokens, folded) if at + 1 < len(figures) else None
        after = at + 2 if whole else _tied(figures, at, folded)
        joined.append(whole or (_code(figures[at:after], folded) if after > at + 1 else figures[at]))
        at = after
    return joined


def _range(low: Figure, high: Figure, tokens: Sequence[Token], folded: str) -> Figure | None:
    if not {low.kind, high.kind} <= {"number", "percent"} or not _same_unit(low, high):
        return None
    gap = folded[low.unit_end : high.start]
    if not _says_range(low, high, gap, tokens, folded):
        return None
    low, dashed = _read_like(low, high), bool(_DASH_GAP.fullmatch(gap))
    ends = [low.value, high.value]
    if low.scale == 1.0 and high.scale > 1.0 and (dashed or ends[0] * high.scale < ends[1]):
        ends[0] *= high.scale  # «بين 10 و12 ألف» are both thousands
    if dashed:
        ends.sort()  # typed from right to left: 12-10 ألف
    if not ends[0] < ends[1] or ends[1] > _MOST_APART * max(abs(ends[0]), 1.0):
        return None
    others = (*(low.other or ends[:1]), *(high.other or ends[1:])) if low.other or high.other else ()
    unit, measure = high.unit or low.unit, high.measure or low.measure
    whole = replace(high, first=low.first, start=low.start, unit=unit, measure=measure, other=others)
    return replace(whole, value=ends[0], high=ends[1])


def _read_like(low: Figure, high: Figure) -> Figure:
    """The lower end, its point read as that of the upper, whose noun tells: «بين 5.000 و7.500 لفة»."""
    if not low.other or not high.other or (low.value < low.other[0]) is (high.value < high.other[0]):
        return low
    return replace(low, value=low.other[0], other=(low.value,))


def _same_unit(low: Figure, high: Figure) -> bool:
    if low.unit == "" or low.unit == high.unit:
        return True
    if "%" in (low.unit, high.unit):
        return False
    if low.measure or high.measure:
        return low.measure == high.measure or not high.unit
    return not high.unit or stem(low.unit) == stem(high.unit)


def _says_range(low: Figure, high: Figure, gap: str, tokens: Sequence[Token], folded: str) -> bool:
    opener = _opener(low, tokens)
    opening = tokens[opener].text if opener is not None else ""
    if _LIST_GAP.fullmatch(gap):
        return opening in _BETWEEN
    if _TO_GAP.fullmatch(gap):
        return bool(opening in _FROM or high.unit) and not _tells_of_change(low, tokens, folded)
    if not _DASH_GAP.fullmatch(gap) or not _is_dashed_range(low, high, gap, tokens):
        return False
    return not _DATE_GAP.match(folded, high.end) and folded[low.start - 1 : low.start] not in tuple("-–/.")


def _is_dashed_range(low: Figure, high: Figure, gap: str, tokens: Sequence[Token]) -> bool:
    """Whether the word after a dashed pair makes it a range; «2015-2016 نتيجة», «0-1 أمس» are none."""
    if high.measure or high.scale > 1.0 or high.unit == "%":
        return True
    if not high.unit or high.unit.startswith("ال") or high.unit in _WHEN or _are_years(low, high):
        return False
    if not 0 < low.value < high.value or (gap.strip() != gap and low.value < _LEAST_APART):
        return False
    if high.value <= _PLURALS_TO and high.unit.endswith("ا"):
        return False
    return _MATCH.isdisjoint(stem(token.text) for token in tokens[max(0, low.first - _NEAR) : low.first])


def _are_years(*figures: Figure) -> bool:
    return any(all(figure.value in years for figure in figures) for years in (_YEARS, _HIJRI_YEARS))


def _tied(figures: Sequence[Figure], at: int, folded: str) -> int:
    """Index after the figures that dashes or slashes tie to the one at `at`: a score, a date, the number of a law."""
    after = at + 1
    while after < len(figures) and _is_tied(figures[after - 1], figures[after], folded):
        after += 1
    return at + 1 if after == at + 2 and _are_years(*figures[at:after]) else after


def _is_tied(one: Figure, other: Figure, folded: str) -> bool:
    if one.unit_end > one.end or not {one.kind, other.kind} <= {"number", "code"}:
        return False
    in_digits = folded[one.end - 1].isdecimal() and folded[other.start].isdecimal()
    return in_digits and bool(_TIE.fullmatch(folded, one.end, other.start))


def _code(figures: Sequence[Figure], folded: str) -> Figure:
    first, last = figures[0], figures[-1]
    text = _TIE.sub("-", folded[first.start : last.end])
    return Figure(first.first, last.after, 0.0, first.start, last.end, last.end, text, kind="code")
