"""Numbers in Arabic and English text as typed values: ١٢ ألف = 12,000 = اثنا عشر ألفًا."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.arabic import FoldedText
from index.matching import is_content

Kind = Literal["number", "percent"]


@dataclass(frozen=True, slots=True)
class Value:
    """A number as a text states it: `text[start:end]` are its words."""

    kind: Kind
    value: float
    unit: str
    """The word counted, folded (جندي); "%" for a percentage; empty where none follows."""
    start: int
    end: int


# Folded spellings. Those of one to ten serve both genders; the compounds of hundreds are written as one word.
_ONES = {
    **dict.fromkeys(("واحد", "واحده"), 1),
    **dict.fromkeys(("اثنان", "اثنين", "اثنتان", "اثنتين", "اثنا", "اثني", "اثنتا", "اثنتي"), 2),
    **dict.fromkeys(("ثلاث", "ثلاثه"), 3),
    **dict.fromkeys(("اربع", "اربعه"), 4),
    **dict.fromkeys(("خمس", "خمسه"), 5),
    **dict.fromkeys(("ست", "سته"), 6),
    **dict.fromkeys(("سبع", "سبعه"), 7),
    **dict.fromkeys(("ثمان", "ثماني", "ثمانيه"), 8),
    **dict.fromkeys(("تسع", "تسعه"), 9),
    **dict.fromkeys(("عشر", "عشره"), 10),
}
_TEN = ("عشر", "عشره")
_ELEVEN = ("احد", "احدي")
_TENS = {
    stem + ending: 10 * n
    for n, stem in enumerate(("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=2)
    for ending in ("ون", "ين")
}
_HUNDREDS = {
    **dict.fromkeys(("مئه", "مائه", "ميه"), 100),
    **dict.fromkeys(("مئتان", "مئتين", "مائتان", "مائتين", "مئتا", "مئتي", "مائتي"), 200),
    **{
        unit + hundred: 100 * n
        for n, unit in enumerate(("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=3)
        for hundred in ("مئه", "مائه")
    },
}
_SMALL = _ONES | _TENS | _HUNDREDS
_SCALES = {
    **dict.fromkeys(("الف", "الفا", "الاف", "thousand"), 1e3),
    **dict.fromkeys(("مليون", "مليونا", "ملايين", "million"), 1e6),
    **dict.fromkeys(("مليار", "مليارا", "مليارات", "بليون", "billion"), 1e9),
    **dict.fromkeys(("تريليون", "تريليونا", "trillion"), 1e12),
}
_PLURALS = ("الاف", "ملايين", "مليارات")
_DUALS = {  # «ألفا جندي», «مليونا دولار»; after a number the same letters are its scale («اثنا عشر ألفًا»)
    **dict.fromkeys(("الفان", "الفين", "الفا", "الفي"), 2e3),
    **dict.fromkeys(("مليونان", "مليونين", "مليوني", "مليونا"), 2e6),
    **dict.fromkeys(("ملياران", "مليارين", "ملياري", "مليارا"), 2e9),
}
_FRACTIONS = {"نصف": 0.5, "ربع": 0.25, "ثلث": 1 / 3, "ثلثا": 2 / 3, "ثلثي": 2 / 3}
_NUMBER_WORDS = frozenset((*_SMALL, *_SCALES, *_DUALS, *_FRACTIONS))
_TOKEN = re.compile(r"\d+⁄\d+|\d+(?:[.,]\d+)*|[^\W\d_]+|[%٪]")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PERCENT = re.compile(r"\s*(?:[%٪]|(?:ب|في )ال(?:مئه|مائه|ميه)\b|per\s?cent\b)")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    joined: bool
    """Whether a و stood before it (ألفان وخمسمئة)."""


def find_values(text: str) -> list[Value]:
    """The numbers of a text in order. Those glued to Latin letters (F16) or inside a longer code are still numbers."""
    folded = FoldedText.of(text)
    tokens = list(_tokens(folded.text))
    values, at = [], 0
    while at < len(tokens):
        parsed = _parse(tokens, at, folded.text)
        if parsed is None:
            at += 1
            continue
        number, after = parsed
        end = tokens[after - 1].end
        percent = _PERCENT.match(folded.text, end)
        unit = "%" if percent else _unit(tokens, after, folded.text)
        span = folded.original_span(tokens[at].start, percent.end() if percent else end)
        values.append(Value("percent" if percent else "number", number, unit, *span))
        at = after
    return values


def _tokens(folded: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(folded):
        word, start = match.group(), match.start()
        if word[0] == "و" and len(word) > 2 and word[1:] in _NUMBER_WORDS:
            yield _Token(word[1:], start + 1, match.end(), joined=True)
        elif word == "و":
            continue
        elif word[0] in "بل" and word[1:] in _NUMBER_WORDS:
            yield _Token(word[1:], start + 1, match.end(), joined=False)
        else:
            yield _Token(word, start, match.end(), joined=folded[start - 1 : start] == "و")


def _parse(tokens: list[_Token], at: int, folded: str) -> tuple[float, int] | None:
    """(number, index after it) of the number that begins at token `at`, or None."""
    first = tokens[at].text
    if first[0].isdigit():
        return _scaled(tokens, at + 1, _digits(first), folded)
    if first in _DUALS:
        return _rest(tokens, at + 1, _DUALS[first])
    if first in _FRACTIONS:  # «نصف مليون»; a half of anything else is no figure
        scale = _SCALES.get(tokens[at + 1].text) if at + 1 < len(tokens) and not tokens[at + 1].joined else None
        return None if scale is None else _rest(tokens, at + 2, _FRACTIONS[first] * scale, scale)
    if first in _SCALES:  # «ألف جندي» is a thousand, «آلاف الجنود» is nobody's figure
        return None if first.isascii() or first in _PLURALS else _rest(tokens, at + 1, _SCALES[first])
    small = _small(tokens, at)
    return _scaled(tokens, small[1], small[0], folded) if small else None


def _digits(text: str) -> float:
    over, slash, under = text.partition("⁄")  # ½ folds to 1⁄2
    if slash:
        return float(over) / (float(under) or 1.0)
    return float(text.replace(",", "") if _GROUPED.fullmatch(text) else _one_point(text.replace(",", ".")))


def _one_point(text: str) -> str:
    """A dotted date or version (1.2.2024) is no decimal: its first two parts are."""
    return ".".join(text.split(".")[:2])


def _small(tokens: list[_Token], at: int) -> tuple[float, int] | None:
    """A number below a thousand in words: خمسمئة وثلاثة وعشرون, اثنا عشر."""
    first = tokens[at].text
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if following in _TEN and (first in _ELEVEN or _ONES.get(first, 10) < 10):
        return 10.0 + _ONES.get(first, 1), at + 2
    if first not in _SMALL:
        return None
    total, at = float(_SMALL[first]), at + 1
    if following in ("مئه", "مائه") and 3 <= total <= 9:  # ثلاث مئة, written apart
        total, at = total * 100, at + 1
    while at < len(tokens) and tokens[at].joined and tokens[at].text in _SMALL:
        part = _small(tokens, at)
        if part is None or part[0] >= 100:
            break
        total, at = total + part[0], part[1]
    return total, at


def _scaled(tokens: list[_Token], at: int, number: float, folded: str) -> tuple[float, int]:
    """`number` times the scale that follows it (12 ألف), plus what is joined to that by و."""
    if at < len(tokens) and tokens[at].text in _SCALES and not tokens[at].joined:
        between = folded[tokens[at - 1].end : tokens[at].start]
        if not between.strip():
            return _rest(tokens, at + 1, number * _SCALES[tokens[at].text])
    return number, at


def _rest(tokens: list[_Token], at: int, total: float, scale: float | None = None) -> tuple[float, int]:
    """Adds the smaller parts joined by و: مليون ونصف, ألفان وخمسمئة, 3 ملايين و200 ألف."""
    scale = scale or next((s for s in (1e12, 1e9, 1e6, 1e3) if total >= s), 1.0)
    while at < len(tokens) and tokens[at].joined:
        token = tokens[at].text
        if token in _FRACTIONS:  # «مليون ونصف», also «مليون ونصف المليون»
            again = at + 1 < len(tokens) and tokens[at + 1].text.removeprefix("ال") in _SCALES
            return total + _FRACTIONS[token] * scale, at + (2 if again else 1)
        if token in _DUALS and token not in _SCALES and _DUALS[token] < scale:
            part: tuple[float, int] | None = (_DUALS[token], at + 1)
        elif token in _SCALES and _SCALES[token] < scale:
            part = (_SCALES[token], at + 1)
        else:
            part = (_digits(token), at + 1) if token[0].isdigit() else _small(tokens, at)
            if part and part[1] < len(tokens) and tokens[part[1]].text in _SCALES and not tokens[part[1]].joined:
                part = (part[0] * _SCALES[tokens[part[1]].text], part[1] + 1)
        if part is None or part[0] >= scale:
            break
        total, at = total + part[0], part[1]
    return total, at


def _unit(tokens: list[_Token], at: int, folded: str) -> str:
    """The word right after the number, where only blanks stand between."""
    if at >= len(tokens) or folded[tokens[at - 1].end : tokens[at].start].strip():
        return ""
    word = tokens[at].text
    return word if word[0].isalpha() and len(word) > 1 and is_content(word) else ""
