"""Ordinals, which count nothing: الثالث, الحادية عشرة, الخامس والعشرون, 21st."""

from collections.abc import Sequence

from assistant.values.numerals import TEN, TENS, Token, blank_between

_FIRST_TO_TENTH = "اول ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر".split()
_ELEVENTH = ("حادي", "حاديه")
_DIGITS_OF = {"حادي": 1, "حاديه": 1, "اولي": 1} | {
    stem + ending: n for n, stem in enumerate(_FIRST_TO_TENTH, start=1) for ending in ("", "ه")
}
_ARTICLES = ("ال", "وال", "فال", "بال", "كال", "لل", "ولل")
_BARE = {article + stem: stem for article in _ARTICLES for stem in _DIGITS_OF}
BEGIN_ORDINALS = frozenset(_BARE)
"""Words with which an ordinal may begin, beside digits."""
_JOINED_TENS = {f"وال{word}": tens for word, tens in TENS.items()}
_SUFFIXES = ("st", "nd", "rd", "th")
_PER_SECOND = ("في", "بالثانيه")


def read_ordinal(tokens: Sequence[Token], at: int, folded: str) -> tuple[int, int] | None:
    """The ordinal that begins at token `at`, always definite in Arabic, with the index after it; None for none."""
    word, following = tokens[at].text, _next(tokens, at, folded)
    if word.isdecimal():
        glued = following in _SUFFIXES and tokens[at].end == tokens[at + 1].start
        return (int(word), at + 2) if glued else None
    stem = _BARE.get(word)
    if stem is None:
        return None
    digit = _DIGITS_OF[stem]
    if following in TEN and digit < 10:
        return 10 + digit, at + 2
    if following in _JOINED_TENS and digit < 10:
        return _JOINED_TENS[following] + digit, at + 2
    if stem in _ELEVENTH or (stem == "ثانيه" and _is_per_second(tokens, at)):
        return None
    return digit, at + 1


def _is_per_second(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text in _PER_SECOND or (at > 0 and tokens[at - 1].text in _PER_SECOND)


def _next(tokens: Sequence[Token], at: int, folded: str) -> str:
    return tokens[at + 1].text if at + 1 < len(tokens) and blank_between(tokens, at + 1, folded) else ""
