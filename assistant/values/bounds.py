"""Words beside a figure that bound it (أكثر من, لا يتجاوز, نحو) or make two of them a range (بين … و…, من … إلى …)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from assistant.values.measures import quantity_of
from assistant.values.numerals import Figure, Token
from index.text.arabic import stem

Bound = Literal["", "at least", "at most", "about"]

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

_LIST_GAP = re.compile(r"\s*و\s*|\s+and\s+")
_TO_GAP = re.compile(r"\s+(?:الي|حتي|to)\s+(?:ال)?")
_DASH_GAP = re.compile(r"\s*[-‐–—−]\s*")
_DATE_GAP = re.compile(r"[-‐–—−/.]\d")
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
_CLAUSE = 20
"""Words back from a range in which its clause may tell of a change."""
_LEAST_DASHED = 10
"""Below it two numbers with a dash before a noun are rather a score."""
_YEARS = range(1900, 2101)
_MOST_APART = 1000
"""Ends of a range further apart than this factor are two figures."""


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


def join_ranges(figures: Sequence[Figure], tokens: Sequence[Token], folded: str) -> list[Figure]:
    """The figures with each two that state a range made one: «بين 10 و12 ألف», «من 5 إلى 7 أيام», 50 to 70 metres."""
    joined: list[Figure] = []
    at = 0
    while at < len(figures):
        whole = _range(figures[at], figures[at + 1], tokens, folded) if at + 1 < len(figures) else None
        joined.append(whole or figures[at])
        at += 2 if whole else 1
    return joined


def _range(low: Figure, high: Figure, tokens: Sequence[Token], folded: str) -> Figure | None:
    if not _same_unit(low, high) or not _says_range(low, high, tokens, folded):
        return None
    value = low.value
    if low.scale == 1.0 and high.scale > 1.0 and value * high.scale < high.value:
        value *= high.scale  # «بين 10 و12 ألف» are both thousands
    if not value < high.value or high.value > _MOST_APART * max(value, 1.0):
        return None
    return replace(
        high,
        first=low.first,
        start=low.start,
        value=value,
        high=high.value,
        unit=high.unit or low.unit,
        measure=high.measure or low.measure,
    )


def _same_unit(low: Figure, high: Figure) -> bool:
    if low.unit == "" or low.unit == high.unit:
        return True
    if "%" in (low.unit, high.unit):
        return False
    if low.measure or high.measure:
        return low.measure == high.measure or not high.unit
    return not high.unit or stem(low.unit) == stem(high.unit)


def _says_range(low: Figure, high: Figure, tokens: Sequence[Token], folded: str) -> bool:
    gap, opener = folded[low.unit_end : high.start], _opener(low, tokens)
    opening = tokens[opener].text if opener is not None else ""
    if _LIST_GAP.fullmatch(gap):
        return opening in _BETWEEN
    if _TO_GAP.fullmatch(gap):
        return bool(opening in _FROM or high.unit) and not _tells_of_change(low, tokens, folded)
    if not _DASH_GAP.fullmatch(gap) or not _is_no_score(low, high):
        return False
    return not _DATE_GAP.match(folded, high.end) and folded[low.start - 1 : low.start] not in tuple("-–/.")


def _is_no_score(low: Figure, high: Figure) -> bool:
    """Whether the word after a dashed pair makes it a range; «2015-2016 نتيجة», «0-1 أمس» are none."""
    if high.measure or high.scale > 1.0 or high.unit == "%":
        return True
    return bool(high.unit) and low.value >= _LEAST_DASHED and not (low.value in _YEARS and high.value in _YEARS)


def _opener(figure: Figure, tokens: Sequence[Token]) -> int | None:
    """Index of the بين or من right before a figure."""
    at = figure.first - 1
    if at >= 0 and tokens[at].text in _GLUED and tokens[at].end == tokens[at + 1].start:
        at -= 1
    return at if at >= 0 and tokens[at].text in _BETWEEN | _FROM else None


def _tells_of_change(figure: Figure, tokens: Sequence[Token], folded: str) -> bool:
    """Whether the clause before tells of a rise or fall: «ارتفع من 5 إلى 7» states two figures."""
    for at in range(figure.first - 1, max(-1, figure.first - 1 - _CLAUSE), -1):
        if re.search(r"[.؟!؛;\n]", folded[tokens[at].end : tokens[at + 1].start]):
            return False
        word = tokens[at].text
        if (stem(word) if not word.isascii() else word) in _CHANGES:
            return True
    return False
