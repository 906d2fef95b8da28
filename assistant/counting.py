"""Whether a number counts the noun that a question asks for."""

from collections.abc import Sequence

from assistant.values import Value
from index.arabic import stem
from index.matching import consonants, dice

SAME_NOUN = 0.5
"""Likeness from which two nouns are taken for one."""


def same_noun(a: str, b: str) -> float:
    """How far two folded nouns are forms of one, in [0, 1].

    1 for equal stems, and for equal consonants: broken plurals differ in their long vowels (جنود, جندي; صواريخ, صاروخ).
    Else how alike the stems are written.
    """
    if a in _YEARS and b in _YEARS:
        return 1.0
    a, b = stem(a), stem(b)
    bones = consonants(a)
    return 1.0 if a == b or (len(bones) > 1 and bones == consonants(b)) else dice(a, b)


_YEARS = frozenset("سنه سنوات سنين عام عاما اعوام years year".split())
_ANYONE = frozenset("شخص شخصا اشخاص الاشخاص فرد فردا افراد نسمه people persons".split())


def counts(noun: str, value: Value, sentence_words: Sequence[str]) -> float:
    """How far a value counts a noun, in [0, 1]: by its unit, or by a unit that may be anyone beside the noun's root."""
    if value.unit in _ANYONE:
        root = consonants(stem(noun))
        if len(root) > 2 and any(root in consonants(stem(word)) for word in sentence_words):
            return 1.0
    return same_noun(noun, value.unit) if value.unit else 0.0
