"""Figures in Arabic and English text as typed values: ١٢ ألف = 12,000 = اثنا عشر ألفًا, with unit, range and bound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import isclose

from assistant.values.bounds import Bound, Course, bound_of, course_of, join
from assistant.values.figures import read_figures
from assistant.values.measures import Quantity, quantity_of, same_measure, size_of
from assistant.values.numerals import Figure, Kind, Token, tokenise
from assistant.values.ordinals import BEGIN as BEGIN_ORDINALS
from assistant.values.ordinals import read_ordinal, read_time
from assistant.values.shares import BEGIN as BEGIN_SHARES
from assistant.values.shares import read_share
from assistant.values.signs import with_signs
from index.text.arabic import FoldedText, fold

_BEGIN_NO_NUMBER = BEGIN_ORDINALS | BEGIN_SHARES
ABOUT = 0.05
"""Relative distance up to which «about» a figure is told by another."""
MORE_OR_LESS = 0.2
"""Relative distance up to which «more than» or «less than» a figure is fairly said of another (أكثر من 300: 340)."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as a text states it: `text[start:end]` are its words, for a range those of both ends."""

    kind: Kind
    """How it is written; what it is a figure of tells `quantity`. What digits write that is no number, or more
    than one, is a code: 1.2.3, the score 2-1, 16/2018."""
    value: float
    """The number stated, for a range its lower end; of a time the minutes after midnight; 0 for a code."""
    unit: str
    """The word counted, folded (جندي); "%" for a percentage; the code, with dashes; empty where none follows."""
    start: int
    end: int
    high: float | None = None
    """The upper end of a range."""
    bound: Bound = ""
    measure: str = ""
    """The unit by its one name (day, kilometre, USD, دينار) where it is one of measure; else empty."""
    unit_end: int = 0
    """Where the words of number and unit together end; 0 where nobody looked."""
    other: tuple[float, ...] = ()
    """Its ends where its digits are read the other way, which nobody can tell (12.500 شخص); mostly empty."""
    course: Course = ""
    """Whether what rises or falls does so by this figure, to it or from it."""

    @property
    def is_amount(self) -> bool:
        """Whether it tells how many or how much, as a number or a percentage does."""
        return self.kind in ("number", "percent")

    @property
    def quantity(self) -> Quantity:
        """What it is a figure of: percent, money, duration, distance, weight, temperature, else number."""
        return "percent" if self.kind == "percent" else quantity_of(self.measure)

    @property
    def ends(self) -> tuple[float, ...]:
        """The numbers stated: one, or both ends of a range."""
        return (self.value,) if self.high is None else (self.value, self.high)

    @property
    def base(self) -> tuple[float, ...]:
        """`ends` in seconds, metres or kilograms; as they are where the unit is none of these."""
        return tuple(number * size_of(self.measure) for number in self.ends)


def find_values(text: str) -> list[Value]:
    """The figures of a text in order. Those glued to Latin letters (F16) or inside a longer code are still numbers."""
    folded = fold(text)
    tokens = tokenise(folded)
    figures = read_figures(tokens, folded, _no_number)
    if not figures:
        return []
    original = FoldedText.of(text)
    values: list[Value] = []
    for figure in join(with_signs(figures, tokens, folded), tokens, folded):
        start, end = original.original_span(figure.start, figure.end)
        if values and start < values[-1].end:  # one character of the original (⒛) may hold two
            continue
        unit_end = end if figure.unit_end <= figure.end else original.original_span(figure.start, figure.unit_end)[1]
        stated = (figure.kind, figure.value, figure.unit, start, end, figure.high)
        bound, course = bound_of(figure, tokens, folded), course_of(figure, tokens, folded)
        values.append(Value(*stated, bound, figure.measure, unit_end, figure.other, course))
    return values


def _no_number(tokens: Sequence[Token], at: int, folded: str) -> Figure | None:
    """The time of day, ordinal or share that begins at a token."""
    word = tokens[at].text
    if word not in _BEGIN_NO_NUMBER and not word[0].isdecimal():
        return None
    return read_time(tokens, at, folded) or read_ordinal(tokens, at, folded) or read_share(tokens, at, folded)


def same_value(a: Value, b: Value, tolerance: float = 0.0) -> bool:
    """Whether two values state one figure, units of one quantity converted (90 دقيقة, ساعة ونصف).

    `tolerance` is relative. A range is the same only as a range with equal ends. A bound makes no difference, except
    that at least and at most are never the same. A number without a unit is the same under any unit, a percentage only
    as a percentage; the nouns counted (جندي, عسكري) are not compared. One that may be read in two ways is the same only
    as another that may be read in both. An ordinal is the same as a number without a unit.
    """
    if {a.kind, b.kind} == {"ordinal", "number"}:
        return _numbers_the_same(*sorted((a, b), key=lambda value: value.kind == "ordinal"))
    if a.kind != b.kind or {a.bound, b.bound} == {"at least", "at most"} or len(a.ends) != len(b.ends):
        return False
    if a.kind == "code":
        return a.unit == b.unit
    bare = not a.unit or not b.unit
    if not bare and not same_measure(a.measure, b.measure):
        return False
    if a.other or b.other:
        return {a.ends, a.other} == {b.ends, b.other} and (bare or a.measure == b.measure)
    pairs = zip(a.ends, b.ends, strict=True) if bare else zip(a.base, b.base, strict=True)
    return all(isclose(x, y, rel_tol=max(tolerance, 1e-9)) for x, y in pairs)


def _numbers_the_same(number: Value, ordinal: Value) -> bool:
    """Whether a number without a unit is an ordinal in digits: «الدورة 23», «الدورة الثالثة والعشرون»."""
    return not number.unit and number.ends == ordinal.ends and not number.other


def bears_out(shown: Value, stated: Value) -> bool:
    """Whether one figure proves another, which may be rounded; a unit that nobody could read is not compared.

    One that may be read in two ways does so by either. What a thing falls to is not what it falls by.
    """
    if surely_bears_out(shown, stated):
        return True
    readings = product(_readings(shown), _readings(stated))
    return bool(shown.other or stated.other) and any(surely_bears_out(*pair) for pair in readings)


def surely_bears_out(shown: Value, stated: Value) -> bool:
    """The same however the two are read."""
    if shown.course and stated.course and shown.course != stated.course:
        return False
    if same_value(stated, shown):
        return True
    if stated.kind != shown.kind or stated.kind == "code":
        return False
    if stated.other or shown.other or len(stated.ends) > 1 or len(shown.ends) > 1:
        return False
    unread = stated.unit.isascii() and not stated.measure  # of English only measures are read for sure
    if not unread and stated.measure != shown.measure:
        return False
    return {stated.bound, shown.bound} != {"at least", "at most"} and _rounded(shown.value, stated)


def _readings(value: Value) -> list[Value]:
    """It as it is read, and where it may be read otherwise, as that too."""
    sure = replace(value, other=())
    if not value.other:
        return [sure]
    return [sure, replace(sure, value=value.other[0], high=value.other[1] if value.high is not None else None)]


def _rounded(number: float, stated: Value) -> bool:
    if not stated.value:
        return False
    apart = number / stated.value - 1
    if stated.bound == "at least":
        return 0 <= apart <= MORE_OR_LESS
    if stated.bound == "at most":
        return -MORE_OR_LESS <= apart <= 0
    return abs(apart) <= ABOUT if stated.bound == "about" else isclose(number, stated.value)
