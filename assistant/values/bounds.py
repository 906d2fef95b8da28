"""Words beside a figure that bound it (أكثر من, لا يتجاوز, نحو), open a range (بين, من) or tell of a change (ارتفع)."""

import re
from collections.abc import Sequence
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

BETWEEN = frozenset(("بين", "وبين", "مابين", "between"))
FROM = frozenset(("من", "ومن", "from"))
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


def bound_of(figure: Figure, tokens: Sequence[Token], folded: str) -> Bound:
    """How the words right before or after a figure bound it."""
    return _before(figure, tokens, folded) or _after(figure, tokens, folded)


def _before(figure: Figure, tokens: Sequence[Token], folded: str) -> Bound:
    last = opener_of(figure, tokens) if figure.high is not None else None
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
    if not tells_of_change(figure, tokens, folded):
        return ""
    before = folded[max(0, figure.start - _BEFORE_A_FIGURE) : figure.start]
    told = next((course for course, pattern in _COURSES.items() if pattern.search(before)), None)
    if told is None and not folded[tokens[figure.first - 1].end : figure.start].strip():
        told = "by" if _is_change(tokens[figure.first - 1].text) else None
    return told or ""


def _is_change(word: str) -> bool:
    return (stem(word) if not word.isascii() else word) in _CHANGES


def opener_of(figure: Figure, tokens: Sequence[Token]) -> int | None:
    """Index of the بين or من right before a figure, None where there is none."""
    at = figure.first - 1
    if at >= 0 and tokens[at].text in _GLUED and tokens[at].end == tokens[at + 1].start:
        at -= 1
    return at if at >= 0 and tokens[at].text in BETWEEN | FROM else None


def tells_of_change(figure: Figure, tokens: Sequence[Token], folded: str) -> bool:
    """Whether the clause before tells of a rise or fall: «ارتفع من 5 إلى 7» states two figures."""
    for at in range(figure.first - 1, max(-1, figure.first - 1 - _CLAUSE), -1):
        if re.search(r"[.؟!؛;\n]", folded[tokens[at].end : tokens[at + 1].start]):
            return False
        if _is_change(tokens[at].text):
            return True
    return False
