"""Figures that belong together: a range (بين 10 و12 ألف, 5-7 أيام), or what a dash ties that is none (2-1, 16/2018)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.values.bounds import BETWEEN, FROM, opener_of, tells_of_change
from assistant.values.numerals import Figure, Token
from index.text.arabic import stem

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


# ---------------------------------------------------------------- ranges


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
    opener = opener_of(low, tokens)
    opening = tokens[opener].text if opener is not None else ""
    if _LIST_GAP.fullmatch(gap):
        return opening in BETWEEN
    if _TO_GAP.fullmatch(gap):
        return bool(opening in FROM or high.unit) and not tells_of_change(low, tokens, folded)
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


# ---------------------------------------------------------------- codes


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
