"""Words of which one denies the other (وافق, رفض): a table written for the project, matched by lexeme."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

from index.arabic import lexeme, words

Lexemes = tuple[str, ...]
Side = tuple[Lexemes, ...]
Sides = tuple[Side, Side]

_SHORTEST = 3  # letters of a lone lexeme; a shorter one is anything
_ACCUSATIVE = 4  # letters in front of an ending ا that is no letter of the word (انخفاضًا)


@cache
def opposite_sides() -> tuple[Sides, ...]:
    """Both sides of each line of the table, once in either order."""
    lines = resources.files("assistant").joinpath("opposites.txt").read_text(encoding="utf-8").splitlines()
    sides = [(_side(left), _side(right)) for left, _, right in (line.partition("<>") for line in lines)]
    return tuple(both for left, right in sides for both in ((left, right), (right, left)))


@cache
def _by_first() -> dict[str, list[tuple[Lexemes, int]]]:
    """The first lexeme of each wording → the wording and the number of its side; the opposite of side n is n ^ 1."""
    found: dict[str, list[tuple[Lexemes, int]]] = {}
    for number, (own, _) in enumerate(opposite_sides()):
        for wording in own:
            found.setdefault(wording[0], []).append((wording, number))
    return found


def sides_in(text: Lexemes) -> frozenset[int]:
    """The numbers of the sides that a text holds a wording of; the opposite of side n is n ^ 1."""
    table = _by_first()
    return frozenset(
        number
        for at, first in enumerate(text)
        for wording, number in table.get(first, ())
        if text[at : at + len(wording)] == wording
    )


def lexemes_of(text: Sequence[str]) -> Lexemes:
    """The lexemes of folded words, without the ending of an accusative."""
    return tuple(lexeme(word[:-1] if word.endswith("ا") and len(word) > _ACCUSATIVE else word) for word in text)


def stands(side: Side, text: Lexemes) -> bool:
    """Whether a text holds a wording of one side."""
    return any(text[i : i + len(wording)] == wording for wording in side for i in range(len(text) - len(wording) + 1))


def _side(text: str) -> Side:
    wordings = (lexemes_of(words(wording)) for wording in text.split("|"))
    return tuple(sorted({w for w in wordings if len(w) > 1 or len(w[0]) >= _SHORTEST}, key=len, reverse=True))
