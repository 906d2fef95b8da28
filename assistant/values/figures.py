"""Single figures read from tokens: a number with its sign and unit, a unit or a share that states its own number."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.values.clock import BEGIN_TIMES, read_time
from assistant.values.measures import (
    BEFORE_A_NUMBER,
    DUALS,
    SINGULAR,
    UNIT_FORMS,
    dual,
    measure_of,
    quantity_of,
    read_unit,
)
from assistant.values.numerals import (
    FRACTIONS,
    ONES,
    PARTS,
    SCALES,
    Figure,
    Numeral,
    Token,
    blank_between,
    may_begin,
    read_numeral,
)
from assistant.values.ordinals import BEGIN_ORDINALS, read_ordinal
from index.text.stopwords import is_content

_PERCENT = re.compile(r"\s*(?:[%٪]|(?:ب|في )ال(?:مئه|مائه|ميه)\b|per\s?cent\b)")
_MILLIONS = re.compile(r"\s?م[ .]د\b")
_MINUSES = ("-", "−", "–")
_MINUS_WORDS = ("ناقص", "سالب", "minus", "negative")
_BELOW_ZERO = re.compile(r"\s*(?:(?:تحت|دون) الصفر\b|below zero\b)")
_BEFORE_A_MINUS = re.compile(r"(?:^|[^\d\s]\s+|^\s+|[(«\[\"]|\n\s*)$|\sو$")
_LOOK_BACK = 8
"""Characters before a dash that tell what it is."""
_SIGNED_UNITS = ("درجه", "درجات", "نقطه", "نقاط", "degrees", "points")
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9}  # after an amount of money only: $5m


def read_figures(tokens: Sequence[Token], folded: str) -> list[Figure]:
    """All figures of a text in order; ranges are still two."""
    found: list[Figure] = []
    at = taken = 0
    while at < len(tokens):
        word = tokens[at].text
        figure = None
        if word in _BEGIN_OTHERS or word[0].isdecimal():
            figure = read_time(tokens, at, folded) or _ordinal(tokens, at, folded) or _share(tokens, at, folded)
        if figure is None and may_begin(word):
            figure = _counted(tokens, at, taken, folded)
        if figure is None and (word in SINGULAR or word in DUALS or word in FRACTIONS):
            figure = _worded(tokens, at)
        if figure:
            found.append(figure)
            taken = figure.after
        at = figure.after if figure else at + 1
    return found


def _ordinal(tokens: Sequence[Token], at: int, folded: str) -> Figure | None:
    if (read := read_ordinal(tokens, at, folded)) is None:
        return None
    number, after = read
    end = tokens[after - 1].end
    return Figure(at, after, float(number), tokens[at].start, end, end, kind="ordinal")


def _counted(tokens: Sequence[Token], at: int, taken: int, folded: str) -> Figure | None:
    """A number with its sign, percent sign, currency or unit. `taken` tokens belong to other figures."""
    figure = _measured(tokens, at, taken, folded)
    return figure and _with_sign(figure, tokens, taken, folded)


def _measured(tokens: Sequence[Token], at: int, taken: int, folded: str) -> Figure | None:
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


def _with_sign(figure: Figure, tokens: Sequence[Token], taken: int, folded: str) -> Figure:
    """Below zero where a minus or a word says so (-5, ناقص 2 في المئة, 5 درجات تحت الصفر), of what can be."""
    if figure.kind == "code":
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


# ---------------------------------------------------------------- shares

_FIFTHS = {"خمس": 0.2, "سدس": 1 / 6}
"""They are shares only right before what is definite: «خمس السكان», but «خمس نساء»."""
_WHOSE = ("هم", "ها", "هن")
_OF_THEM = {word + whose: FRACTIONS[word] for word in ("نصف", "ثلث", "ثلثا", "ثلثي") for whose in _WHOSE}
_NO_WHOLE = frozenset("قرن كره طريق ملعب مباراه دائره مصنعه حقيقه".split())
"""What stands behind a half that is no share: «نصف القرن», «المواد نصف المصنعة»."""


_BEGIN_OTHERS = BEGIN_TIMES | BEGIN_ORDINALS | frozenset((*ONES, *FRACTIONS, *_FIFTHS, *_OF_THEM))
"""Words with which a time of day, an ordinal or a share may begin."""


def _share(tokens: Sequence[Token], at: int, folded: str) -> Figure | None:
    """A fraction of something definite, as a percentage: «ثلث السكان», «نصفهم», «ثلاثة أرباع المصانع»."""
    word, start, end, _ = tokens[at]
    following, after = _following(tokens, at, folded), at + 1
    if word in ONES and following in PARTS and ONES[word] < PARTS[following]:
        after, end, share = at + 2, tokens[at + 1].end, ONES[word] / PARTS[following]
    elif word in _OF_THEM:
        share = _OF_THEM[word]
    elif (word in FRACTIONS or word in _FIFTHS) and _has_whole(tokens, at, folded):
        share = FRACTIONS.get(word) or _FIFTHS[word]
    else:
        return None
    noun = _following(tokens, after - 1, folded)
    if measure := measure_of(noun.removeprefix("ال")) if noun else "":  # «ثلاثة أرباع الساعة»
        return Figure(at, after + 1, share, start, end, tokens[after].end, noun, measure)
    return Figure(at, after, 100 * share, start, end, end, "%", kind="percent")


def _has_whole(tokens: Sequence[Token], at: int, folded: str) -> bool:
    """Whether the word behind a fraction is what it is taken of: السكان, عدد السكان."""
    noun, then = (_following(tokens, before, folded) for before in (at, at + 1))
    bare = noun.removeprefix("ال")
    if not noun or (noun == bare and (tokens[at].text in _FIFTHS or not then.startswith("ال"))):
        return False
    if bare in _NO_WHOLE or bare in SCALES or may_begin(bare) or bare.startswith(("نهائي", "سنوي")):
        return False
    if tokens[at].text in _FIFTHS and bare in UNIT_FORMS:  # «خمس السنوات القادمة»
        return False
    return not tokens[at].joined or not at or not tokens[at - 1].text.startswith(bare)  # «لترا ونصف اللتر»


def _following(tokens: Sequence[Token], at: int, folded: str) -> str:
    """The token behind `at` where only blanks stand between."""
    near = at + 1 < len(tokens) and not tokens[at + 1].joined and blank_between(tokens, at + 1, folded)
    return tokens[at + 1].text if near else ""
