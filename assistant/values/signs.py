"""Figures below zero: -5 درجات, −2.5%, ناقص 2 في المئة, 5 درجات تحت الصفر."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.values.measures import quantity_of
from assistant.values.numerals import Figure, Token

_MINUSES = ("-", "−", "–")
_MINUS_WORDS = ("ناقص", "سالب", "minus", "negative")
_BELOW_ZERO = re.compile(r"\s*(?:(?:تحت|دون) الصفر\b|below zero\b)")
_BEFORE_A_MINUS = re.compile(r"(?:^|[^\d\s]\s+|^\s+|[(«\[\"]|\n\s*)$|\sو$")
_LOOK_BACK = 8
"""Characters before a dash that tell what it is."""
_SIGNED_UNITS = ("درجه", "درجات", "نقطه", "نقاط", "degrees", "points")


def with_signs(figures: Sequence[Figure], tokens: Sequence[Token], folded: str) -> list[Figure]:
    """The figures of a text, those below zero as what they are."""
    signed: list[Figure] = []
    for figure in figures:
        signed.append(_with_sign(figure, tokens, signed[-1].after if signed else 0, folded))
    return signed


def _with_sign(figure: Figure, tokens: Sequence[Token], taken: int, folded: str) -> Figure:
    """Below zero where a minus or a word says so (-5, ناقص 2 في المئة, 5 درجات تحت الصفر), of what can be."""
    if figure.kind not in ("number", "percent"):
        return figure
    below = _BELOW_ZERO.match(folded, figure.unit_end)
    if below:
        return replace(figure, value=-figure.value, other=tuple(-value for value in figure.other))
    before = figure.first - 1
    if (
        before >= taken
        and tokens[before].text in _MINUS_WORDS
        and not folded[tokens[before].end : figure.start].strip()
    ):
        return replace(figure, first=before, start=tokens[before].start, value=-figure.value)
    if not _has_minus(figure, folded):
        return figure
    return replace(figure, start=figure.start - 1, value=-figure.value, other=tuple(-value for value in figure.other))


def _has_minus(figure: Figure, folded: str) -> bool:
    """Whether the dash right before a figure is a minus: none joins two figures, begins a list or is one of a pair."""
    at = figure.start - 1
    if folded[max(at, 0) : at + 1] not in _MINUSES or folded[figure.unit_end : figure.unit_end + 1] in _MINUSES:
        return False
    earlier = folded[max(0, at - _LOOK_BACK) : at]
    if not _BEFORE_A_MINUS.search(earlier):
        return False
    has_degree = (
        figure.kind == "percent" or figure.unit in _SIGNED_UNITS or quantity_of(figure.measure) == "temperature"
    )
    begins_a_line = not earlier.rpartition("\n")[2].strip() and (len(earlier) < _LOOK_BACK or "\n" in earlier)
    return has_degree or (not begins_a_line and (not figure.unit or quantity_of(figure.measure) == "money"))
