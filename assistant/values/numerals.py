"""Numbers in digits and in Arabic or English words: ١٢ ألف, 12,000, اثنا عشر ألفًا, مليون ونصف, twelve thousand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from index.text.digits import CHAIN, chains, read_digits

# ---------------------------------------------------------------- number words

# Folded spellings. Those of one to ten serve both genders; the compounds of hundreds are written as one word.
ONES = {
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
TEN = ("عشر", "عشره")
DEFINITE = frozenset(f"ال{word}" for word, number in ONES.items() if 1 < number < 10)
ELEVEN = ("احد", "احدي")
HUNDRED = ("مئه", "مائه", "ميه")
TENS = {
    stem + ending: 10 * n
    for n, stem in enumerate(("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=2)
    for ending in ("ون", "ين")
}
HUNDREDS = {
    **dict.fromkeys(HUNDRED, 100),
    **dict.fromkeys(("مئتان", "مئتين", "مائتان", "مائتين", "مئتا", "مائتا", "مئتي", "مائتي"), 200),
    **{
        unit + hundred: 100 * n
        for n, unit in enumerate(("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=3)
        for hundred in ("مئه", "مائه", "ميه")
    },
}
SMALL = ONES | TENS | HUNDREDS
SCALES = {
    **dict.fromkeys(("الف", "الفا", "الاف", "thousand"), 1e3),
    **dict.fromkeys(("مليون", "مليونا", "ملايين", "million", "mln"), 1e6),
    **dict.fromkeys(("مليار", "مليارا", "مليارات", "بليون", "billion", "bn"), 1e9),
    **dict.fromkeys(("تريليون", "تريليونا", "تريليونات", "trillion", "tn"), 1e12),
}
PLURALS = ("الاف", "ملايين", "مليارات", "تريليونات")
DUALS = {  # «ألفا جندي», «مليونا دولار»; after a number the same letters are its scale («اثنا عشر ألفًا»)
    **dict.fromkeys(("الفان", "الفين", "الفا", "الفي"), 2e3),
    **dict.fromkeys(("مليونان", "مليونين", "مليوني", "مليونا"), 2e6),
    **dict.fromkeys(("ملياران", "مليارين", "ملياري", "مليارا"), 2e9),
    **dict.fromkeys(("تريليونان", "تريليونين", "تريليوني"), 2e12),
}
FRACTIONS = {"نصف": 0.5, "ربع": 0.25, "ثلث": 1 / 3, "ثلثا": 2 / 3, "ثلثي": 2 / 3}
PARTS = {word: n for n, word in enumerate("اثلاث ارباع اخماس اسداس اسباع اثمان اتساع اعشار".split(), start=3)}
"""What is counted in «ثلاثة أرباع», «أربعة أخماس»: into how many parts the whole falls."""
_ENGLISH_SMALL = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
ENGLISH = {  # «one» is mostly a pronoun: it counts only before hundred, a scale, or after tens
    **{word: float(n) for n, word in enumerate(_ENGLISH_SMALL, start=2)},
    **{
        word: 10.0 * n
        for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
    },
}
NUMBER_WORDS = frozenset((*SMALL, *SCALES, *DUALS, *FRACTIONS, "احدي"))
FIRST_WORDS = NUMBER_WORDS | frozenset(ELEVEN) | frozenset((*ENGLISH, "a", "one", "half"))

# ---------------------------------------------------------------- tokens and numbers

_TOKEN = re.compile(rf"[^\W\d_]+|{CHAIN}|[%٪$€£¥₩₽₺₪₹°]")


Kind = Literal["number", "percent", "ordinal", "time", "code"]


class Token(NamedTuple):
    """A folded word, number or sign of a text; `start` and `end` are offsets into the folded text."""

    text: str
    start: int
    end: int
    joined: bool
    """Whether a و stood before it (ألفان وخمسمئة)."""


class Numeral(NamedTuple):
    """A number read from tokens."""

    value: float
    after: int
    """Index of the token after its words."""
    scale: float = 1.0
    """What a scale word made of it (12 ألف: 1000); 0 where that word stood alone (ألف, ألفان)."""
    other: float | None = None
    """The same where its digits are read the other way, as in Written."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit in a folded text: `start`, `end` and `unit_end` are offsets in it."""

    first: int
    after: int
    """Indexes of its first token and of the one after it and its unit."""
    value: float
    start: int
    end: int
    unit_end: int
    unit: str = ""
    measure: str = ""
    scale: float = 1.0
    """As in Numeral."""
    high: float | None = None
    other: tuple[float, ...] = ()
    """The ends where the digits are read the other way; empty where they are read in one way."""
    kind: Kind = "number"


def tokenise(folded: str) -> list[Token]:
    """The tokens of a folded text in order. و ب ل before a number word are cut off; a lone و only joins."""
    tokens: list[Token] = []
    joined = False
    for match in _TOKEN.finditer(folded):
        word, (start, end) = match.group(), match.span()
        if word == "و":
            joined = True
            continue
        if word[0].isdecimal():
            for chain, offset in chains(word):
                tokens.append(Token(chain, start + offset, start + offset + len(chain), joined))
                joined = False
            continue
        if word in TEN and not joined and tokens and tokens[-1].text == "واحد":  # وأحد عشر, folded
            tokens[-1] = Token("احد", tokens[-1].start + 1, tokens[-1].end, True)
        elif word in TEN and not joined and tokens and tokens[-1].text in DEFINITE:  # الأربعة عشر
            tokens[-1] = Token(tokens[-1].text[2:], tokens[-1].start + 2, tokens[-1].end, tokens[-1].joined)
        cut = _proclitic(word)
        tokens.append(Token(word[1:], start + 1, end, cut == "و" or joined) if cut else Token(word, start, end, joined))
        joined = False
    return tokens


@lru_cache(maxsize=1 << 16)
def _proclitic(word: str) -> str:
    """The و, ب or ل that stands before a number word, or nothing."""
    return word[0] if word[0] in "وبل" and len(word) > 2 and word[1:] in NUMBER_WORDS else ""


def may_begin(word: str) -> bool:
    """Whether a numeral may begin with this token."""
    return word in FIRST_WORDS or word[0].isdecimal()


def blank_between(tokens: Sequence[Token], at: int, folded: str) -> bool:
    """Whether nothing but blanks stands between token `at` and the one before it."""
    return not folded[tokens[at - 1].end : tokens[at].start].strip()


def read_numeral(tokens: Sequence[Token], at: int, folded: str) -> Numeral | None:
    """The number that begins at token `at`, or None."""
    first = tokens[at].text
    if first[0].isdecimal():
        return _of_digits(tokens, at, folded)
    if first.isascii():
        return _english(tokens, at, folded)
    if first in DUALS:
        return Numeral(*_rest(tokens, at + 1, DUALS[first]), 0.0)
    if first in FRACTIONS:  # «نصف مليون»; a half of anything else is no figure
        scale = SCALES.get(tokens[at + 1].text) if at + 1 < len(tokens) and not tokens[at + 1].joined else None
        return None if scale is None else Numeral(*_rest(tokens, at + 2, FRACTIONS[first] * scale, scale), 0.0)
    if first in SCALES:  # «ألف جندي» is a thousand, «آلاف الجنود» is nobody's figure
        return None if first in PLURALS else Numeral(*_rest(tokens, at + 1, SCALES[first]), 0.0)
    small = _small(tokens, at)
    return _scaled(tokens, small[1], small[0], folded) if small else None


def _of_digits(tokens: Sequence[Token], at: int, folded: str) -> Numeral | None:
    """The number that begins with digits. A scale decides for the point (6.935 مليون) and leaves the comma open."""
    written = read_digits(tokens[at].text)
    if written is None:
        return None
    read = _scaled(tokens, at + 1, written.value, folded)
    if written.other is None or (read.scale > 1.0) is (written.value < written.other):
        return read
    return read._replace(other=_scaled(tokens, at + 1, written.other, folded).value)


def _word(tokens: Sequence[Token], at: int) -> str:
    """The token's text; nothing past the end, or where a و joins it."""
    return tokens[at].text if at < len(tokens) and not tokens[at].joined else ""


def _joined(tokens: Sequence[Token], at: int) -> str:
    """The text of a token that a و joins; nothing for another."""
    return tokens[at].text if at < len(tokens) and tokens[at].joined else ""


def _small(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """A number below a thousand in words: خمسمئة وثلاثة وعشرون, اثنا عشر."""
    first, following = tokens[at].text, _word(tokens, at + 1)
    if following in TEN and (first in ELEVEN or ONES.get(first, 10) < 10):
        return 10.0 + ONES.get(first, 1), at + 2
    total = float(SMALL.get(first, 1 if first in ELEVEN else 0))
    then = _joined(tokens, at + 1)
    if total < 10 and then in TENS and total:  # إحدى وعشرون; «خمسة وسبعة» are two numbers
        return total + TENS[then], at + 2
    if first not in SMALL:
        return None
    at += 1
    if following in HUNDRED and 3 <= total <= 9:  # ثلاث مئة, written apart
        total, at = total * 100, at + 1
    if total >= 100 and _joined(tokens, at):
        part = _small(tokens, at)
        if part and part[0] < 100:
            return total + part[0], part[1]
    return total, at


def _scaled(tokens: Sequence[Token], at: int, number: float, folded: str) -> Numeral:
    """`number` with its fraction (ثلاثة ونصف), times the scale that follows it, plus what is joined to that by و."""
    if number < 1000 and _joined(tokens, at) in FRACTIONS and not _word(tokens, at + 1).startswith("ال"):
        number, at = number + FRACTIONS[tokens[at].text], at + 1
    scale = SCALES.get(_word(tokens, at))
    if scale and blank_between(tokens, at, folded):
        return Numeral(*_rest(tokens, at + 1, number * scale), scale)
    return Numeral(number, at)


def _rest(tokens: Sequence[Token], at: int, total: float, scale: float | None = None) -> tuple[float, int]:
    """Adds the smaller parts joined by و: مليون ونصف, ألفان وخمسمئة, 3 ملايين و200 ألف."""
    scale = scale or next((s for s in (1e12, 1e9, 1e6, 1e3) if total >= s), 1.0)
    while token := _joined(tokens, at):
        if token in FRACTIONS:  # «مليون ونصف», also «مليون ونصف المليون»
            again = _word(tokens, at + 1).removeprefix("ال") in SCALES
            return total + FRACTIONS[token] * scale, at + (2 if again else 1)
        part = _part(tokens, at, scale)
        if part is None or part[0] >= scale:
            break
        total, at = total + part[0], part[1]
    return total, at


def _part(tokens: Sequence[Token], at: int, below: float) -> tuple[float, int] | None:
    """One joined part of a larger number, with its own scale: وخمسمئة, و200 ألف, وألفان."""
    token = tokens[at].text
    if token in DUALS and token not in SCALES and DUALS[token] < below:
        return DUALS[token], at + 1
    if token in SCALES and SCALES[token] < below:
        return SCALES[token], at + 1
    written = read_digits(token) if token[0].isdecimal() else None
    part = (max(written.value, written.other or 0.0), at + 1) if written else _small(tokens, at)
    scale = SCALES.get(_word(tokens, part[1])) if part else None
    return (part[0] * scale, part[1] + 1) if part and scale else part


def _english(tokens: Sequence[Token], at: int, folded: str) -> Numeral | None:
    """Twelve, twenty-five, two hundred and fifty thousand, a million, half a million, two and a half."""
    first, following = tokens[at].text, _word(tokens, at + 1)
    if first == "half":
        scale = SCALES.get(_word(tokens, at + 2)) if following == "a" else None
        return Numeral(scale / 2, at + 3, 0.0) if scale else None
    if first in ("a", "one"):
        if following != "hundred" and not (following.isascii() and following in SCALES):
            return None
        total, at = 1.0, at + 1
    elif first in ENGLISH:
        total, at = _english_tens(tokens, at)
    else:
        return None
    if _word(tokens, at) == "hundred":
        total, at = total * 100, at + 1
        more = at + 1 if _word(tokens, at) == "and" else at
        if _word(tokens, more) in ENGLISH:
            rest, at = _english_tens(tokens, more)
            total += rest
    if [_word(tokens, at + n) for n in range(3)] == ["and", "a", "half"]:
        total, at = total + 0.5, at + 3
    return _scaled(tokens, at, total, folded)


def _english_tens(tokens: Sequence[Token], at: int) -> tuple[float, int]:
    """A number below a hundred: twelve, twenty, twenty-five."""
    total, following = ENGLISH[tokens[at].text], _word(tokens, at + 1)
    last = 1.0 if following == "one" else ENGLISH.get(following, 10.0)
    return (total + last, at + 2) if total >= 20 and last < 10 else (total, at + 1)
