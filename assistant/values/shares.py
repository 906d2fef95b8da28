"""Shares: a fraction of something definite, read as a percentage (ثلث السكان, نصفهم, ثلاثة أرباع المصانع)."""

from collections.abc import Sequence

from assistant.values.measures import UNIT_FORMS, measure_of
from assistant.values.numerals import FRACTIONS, ONES, PARTS, SCALES, Figure, Token, blank_between, may_begin

_FIFTHS = {"خمس": 0.2, "سدس": 1 / 6}
"""They are shares only right before what is definite: «خمس السكان», but «خمس نساء»."""
_WHOSE = ("هم", "ها", "هن")
_OF_THEM = {word + whose: FRACTIONS[word] for word in ("نصف", "ثلث", "ثلثا", "ثلثي") for whose in _WHOSE}
_NO_WHOLE = frozenset("قرن كره طريق ملعب مباراه دائره مصنعه حقيقه".split())
"""What stands behind a half that is no share: «نصف القرن», «المواد نصف المصنعة»."""


BEGIN = frozenset((*ONES, *FRACTIONS, *_FIFTHS, *_OF_THEM))
"""Words with which a share may begin."""


def read_share(tokens: Sequence[Token], at: int, folded: str) -> Figure | None:
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
