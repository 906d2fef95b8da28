"""Single figures read from tokens: a number with its unit, a unit that states its own number."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.values.measures import (
    ABBREVIATED,
    BEFORE_A_NUMBER,
    BY_ADJECTIVE,
    CURRENCIES,
    CURRENCY_CODES,
    DUALS,
    SINGULAR,
    UNIT_FORMS,
    currency,
    measure_of,
    quantity_of,
)
from assistant.values.numerals import FRACTIONS, SCALES, Figure, Numeral, Token, blank_between, may_begin, read_numeral
from index.text.stopwords import is_content

_PERCENT = re.compile(r"\s*(?:[%٪]|(?:ب|في )ال(?:مئه|مائه|ميه)\b|per\s?cent\b)")
_MILLIONS = re.compile(r"\s?م[ .]د\b")
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9}  # after an amount of money only: $5m


Reader = Callable[[Sequence[Token], int, str], Figure | None]
"""Reads the figure that begins at a token of a folded text."""


def read_figures(tokens: Sequence[Token], folded: str, first: Reader) -> list[Figure]:
    """All figures of a text in order; ranges are still two, and signs unread. `first` is asked before all else."""
    found: list[Figure] = []
    at = taken = 0
    while at < len(tokens):
        word = tokens[at].text
        figure = first(tokens, at, folded)
        if figure is None and may_begin(word):
            figure = _counted(tokens, at, taken, folded)
        if figure is None and (word in SINGULAR or word in DUALS or word in FRACTIONS):
            figure = _worded(tokens, at)
        if figure:
            found.append(figure)
            taken = figure.after
        at = figure.after if figure else at + 1
    return found


def _counted(tokens: Sequence[Token], at: int, taken: int, folded: str) -> Figure | None:
    """A number with its percent sign, currency or unit. `taken` tokens belong to other figures."""
    numeral = read_numeral(tokens, at, folded)
    if numeral is None:
        return _code(tokens, at) if tokens[at].text[0].isdecimal() else None
    end = tokens[numeral.after - 1].end
    other = () if numeral.other is None else (numeral.other,)
    figure = Figure(at, numeral.after, numeral.value, tokens[at].start, end, end, scale=numeral.scale, other=other)
    if percent := _PERCENT.match(folded, end):
        after = numeral.after
        while after < len(tokens) and tokens[after].start < percent.end():
            after += 1
        return replace(
            figure, after=after, end=percent.end(), unit_end=percent.end(), unit="%", kind="percent", other=()
        )
    if _MILLIONS.match(folded, end) and numeral.scale == 1.0:
        return _in_millions(figure, tokens)
    if at > taken and (signed := _signed(figure, tokens, taken, folded)):
        return signed
    return _with_unit(figure, numeral, tokens, folded)


def _in_millions(figure: Figure, tokens: Sequence[Token]) -> Figure:
    """Millions of dinars, as the Maghreb abbreviates them: 197 م د."""
    last = tokens[figure.after + 1]
    money = replace(
        figure, after=figure.after + 2, value=1e6 * figure.value, end=last.end, unit_end=last.end, scale=1e6
    )
    return replace(money, unit="دينار", measure="دينار", other=tuple(1e6 * value for value in figure.other))


def _with_unit(figure: Figure, numeral: Numeral, tokens: Sequence[Token], folded: str) -> Figure:
    """With the word right after the number; only blanks, or the hyphen of 32-year-old, may stand between."""
    at = numeral.after
    gap = folded[figure.end : tokens[at].start].strip() if at < len(tokens) else "."
    if gap not in ("", "-") or tokens[at].joined:
        return figure
    word, unit = tokens[at].text, read_unit(tokens, at, folded)
    if unit.measure:
        last = tokens[unit.after - 1].end
        figure = replace(figure, after=unit.after, unit=word, measure=unit.measure, unit_end=last)
        return _and_a_fraction(figure, tokens)
    if not gap and word[0].isalpha() and len(word) > 1 and (is_content(word) or word in UNIT_FORMS):
        counted = replace(figure, after=at + 1 if not may_begin(word) else at, unit=word, unit_end=tokens[at].end)
        return _of_whole_things(counted)
    return figure


def _of_whole_things(figure: Figure) -> Figure:
    """What is counted is rather counted in thousands: 12.500 شخص."""
    if not figure.other or figure.other[0] < figure.value:
        return figure
    return replace(figure, value=figure.other[0], other=(figure.value,))


def _code(tokens: Sequence[Token], at: int) -> Figure:
    """Digits that state no number, with the scale behind them, which states none alone: 1.2.3."""
    text, start, end, _ = tokens[at]
    scaled = at + 1 < len(tokens) and not tokens[at + 1].joined and tokens[at + 1].text in SCALES
    return Figure(at, at + 1 + scaled, 0.0, start, end, end, text.replace(":", "-"), kind="code")


def _signed(figure: Figure, tokens: Sequence[Token], taken: int, folded: str) -> Figure | None:
    """With the sign or code that stands before the number: $5 million, USD 20, %36; else None."""
    first, sign = figure.first - 1, tokens[figure.first - 1]
    gap = folded[sign.end : figure.start]
    if sign.text in "%٪" and not gap:
        return replace(figure, first=first, start=sign.start, unit="%", kind="percent", other=())
    if sign.text not in BEFORE_A_NUMBER or gap.strip() or (gap and not sign.text.isalpha()):
        return None
    if first > taken and tokens[first - 1].text == "us" and tokens[first - 1].end == sign.start:
        first -= 1
    value, end, after = figure.value, figure.end, figure.after
    glued = tokens[after].text if after < len(tokens) and tokens[after].start == end else ""
    if glued in _SHORT_SCALES:
        value, end, after = value * _SHORT_SCALES[glued], tokens[after].end, after + 1
    written = replace(figure, first=first, after=after, value=value, start=tokens[first].start, end=end, unit_end=end)
    return replace(written, unit=sign.text, measure=measure_of(sign.text))


def _worded(tokens: Sequence[Token], at: int) -> Figure | None:
    """A unit that states its own number: «يومين», «ساعة ونصف», «يوم واحد», «نصف ساعة»."""
    word, start, end, _ = tokens[at]
    if word in DUALS:
        if (two := dual(tokens, at)) is None:
            return None
        figure = Figure(at, at + 1, 2.0, start + two[1], end, end, word[two[1] :], two[0])
        return _and_a_fraction(figure, tokens)
    if at + 1 >= len(tokens):
        return None
    following = tokens[at + 1]
    if word in FRACTIONS:
        if following.text not in SINGULAR or following.joined:
            return None
        measure = measure_of(following.text)
        return Figure(at, at + 2, FRACTIONS[word], start, end, following.end, following.text, measure)
    one = Figure(at, at + 1, 1.0, start, end, end, word, measure_of(word))
    if following.text in ("واحد", "واحده") and not following.joined:
        return replace(one, after=at + 2, end=following.end, unit_end=following.end)
    more = _and_a_fraction(one, tokens)
    return more if more.after > one.after else None


def _and_a_fraction(figure: Figure, tokens: Sequence[Token]) -> Figure:
    """Adds the fraction joined to the unit: «3 ساعات ونصف», «ساعة ونصف الساعة»; «ونصف السكان» is another's."""
    at = figure.after
    if figure.scale != 1.0 or at >= len(tokens) or not tokens[at].joined or tokens[at].text not in FRACTIONS:
        return figure
    after = at + 1
    if after < len(tokens) and not tokens[after].joined:
        noun = tokens[after].text
        if measure_of(noun.removeprefix("ال")) == figure.measure:
            after += 1
        elif noun.startswith("ال") or may_begin(noun) or noun in SINGULAR:
            return figure
    end = tokens[after - 1].end
    return replace(figure, value=figure.value + FRACTIONS[tokens[at].text], after=after, end=end, unit_end=end)


# ---------------------------------------------------------------- units

_AFTER_DEFINITE_DUAL = frozenset(
    stem + ending
    for stem in "الماضي المقبل القادم الاخير المنصرم التالي السابق الاول".split()
    for ending in ("ين", "ان", "تين", "تان")
)
_NO_LENGTH = frozenset("مربع مربعا مربعه مكعب مكعبا مكعبه square cubic".split())  # «كيلومتر مربع» is an area


class Unit(NamedTuple):
    """A unit read from tokens."""

    measure: str
    """Its one name (kilometre, USD, دينار); empty where the words are no unit of measure known here."""
    after: int
    """Index of the token after its words."""


def dual(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """(measure, length of its proclitic) of the dual noun at `at`; None for the adjective («أمينين عامين»)."""
    name, prefix, definite = DUALS[tokens[at].text]
    before = tokens[at - 1].text if at and name == "year" else ""
    if len(before) > 4 and before.endswith(("ين", "ان")):
        return None
    if definite and (at + 1 >= len(tokens) or tokens[at + 1].text not in _AFTER_DEFINITE_DUAL):
        return None
    return (currency(name) if quantity_of(name) == "money" else name), prefix


def read_unit(tokens: Sequence[Token], at: int, folded: str) -> Unit:
    """The unit of measure whose words begin at token `at`: كيلومتر, «دينار تونسي», «درجة مئوية», °C, km."""
    word, following = tokens[at].text, _next(tokens, at, folded)
    if word in CURRENCIES:
        noun = CURRENCIES[word]
        known = (noun, following) in BY_ADJECTIVE
        return Unit(currency(noun, following), at + (2 if known else 1))
    if word in CURRENCY_CODES:
        return Unit(CURRENCY_CODES[word], at + 1)
    if code := _abbreviated(tokens, at, folded):
        return Unit(code, at + 2)
    if word in ("درجه", "درجات", "°", "degrees"):
        return _degrees(following, at)
    if word == "كيلو" and following in ("متر", "مترا", "متراً", "غرام", "جرام"):
        word, at, following = word + following, at + 1, _next(tokens, at + 1, folded)
    name = UNIT_FORMS.get(word, "")
    if name == "mile" and following in ("بحري", "بحريا", "بحريه"):
        return Unit("nautical mile", at + 2)
    return Unit("" if _is_area_or_speed(name, folded, tokens[at].end, following) else name, at + 1)


def _abbreviated(tokens: Sequence[Token], at: int, folded: str) -> str:
    """The currency of two letters with a full stop between them (د.ت), or nothing."""
    dotted = at + 1 < len(tokens) and folded[tokens[at].end : tokens[at + 1].start] == "."
    return ABBREVIATED.get(tokens[at].text + tokens[at + 1].text, "") if dotted else ""


def _next(tokens: Sequence[Token], at: int, folded: str) -> str:
    """The token after `at` where only blanks stand between."""
    near = at + 1 < len(tokens) and not tokens[at + 1].joined and blank_between(tokens, at + 1, folded)
    return tokens[at + 1].text if near else ""


def _degrees(following: str, at: int) -> Unit:
    """Degrees of a stated scale."""
    scale = {"مئويه": "celsius", "c": "celsius", "celsius": "celsius"}.get(following, "")
    scale = scale or {"فهرنهايت": "fahrenheit", "f": "fahrenheit", "fahrenheit": "fahrenheit"}.get(following, "")
    return Unit(scale, at + (2 if scale else 1))


def _is_area_or_speed(name: str, folded: str, end: int, following: str) -> bool:
    if quantity_of(name) != "distance":
        return False
    rest = folded[end : end + 12].lstrip(" ")
    return following in _NO_LENGTH or rest.startswith(("2", "3", "/", "في الساعه", "في الثانيه", "بالساعه", "per "))
