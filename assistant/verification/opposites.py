"""Words of which one denies the other (وافق, رفض), and classes of which a thing can be only one (north, south)."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from index.text.arabic import lexeme, words

Lexemes = tuple[str, ...]
Side = tuple[Lexemes, ...]
Sides = tuple[Side, Side]

_SHORTEST = 3  # letters of a lone lexeme; a shorter one is anything
_ACCUSATIVE = 4  # letters in front of an ending ا that is no letter of the word (انخفاضًا)


@cache
def opposite_sides() -> tuple[Sides, ...]:
    """Both sides of each line of the table, once in either order."""
    lines = resources.files("assistant.verification").joinpath("opposites.txt").read_text(encoding="utf-8").splitlines()
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


# ---------------------------------------------------------------- classes of which a thing can be only one

Facet = tuple[str, str]
"""(kind, which of it)."""

_SIDES = {
    ("side", "north"): "شمال شمالي الشمال الشماليه الشمالي الشماليين الشماليون شماليه شماليون شماليين north northern",
    ("side", "south"): "جنوب جنوبي الجنوب الجنوبيه الجنوبي الجنوبيين الجنوبيون جنوبيه جنوبيون جنوبيين south southern",
    ("side", "east"): "شرق شرقي الشرق الشرقيه الشرقي شرقيه الشرقيون الشرقيين east eastern",
    ("side", "west"): "غرب غربي الغرب الغربيه الغربي غربيه الغربيون الغربيين غربيون west western",
}
_CHANGES = {
    ("change", "up"): """ارتفع ارتفعت يرتفع ترتفع ارتفاع ارتفاعا زاد زادت زياده ازداد ازدادت صعد صعدت صعود
        rose increased""",
    ("change", "down"): """انخفض انخفضت ينخفض تنخفض انخفاض انخفاضا هبط هبطت هبوط تراجع تراجعت تراجعا
        fell decreased""",
}
_QUANTITIES = {
    ("quantity", "some"): "بعض بعضهم بعضها جزء جزءا قسم كثيرون كثيرين معظم معظمهم some part most",
    ("quantity", "all"): "كل كلها كلهم جميع جميعا جميعهم جميعها كافه all every entire",
}
_FACET = {
    word: facet
    for table in (_SIDES, _CHANGES, _QUANTITIES)
    for facet, listed in table.items()
    for word in listed.split()
}
_CLAIMED = frozenset({"quantity"})
_UNCLAIMED = frozenset({"some"})
"""Who says «all» says more than the evidence that does not say so; who says «some», no more than any evidence."""
_PROCLITICS = "وفبلك"


def facets(folded: Iterable[str]) -> frozenset[Facet]:
    """What the folded words of a text are of each class."""
    return frozenset(filter(None, map(_facet, folded)))


def _facet(word: str) -> Facet | None:
    return _FACET.get(word) or (_FACET.get(word[1:]) if word[0] in _PROCLITICS else None)


def clash(own: frozenset[Facet], shown: frozenset[Facet]) -> bool:
    """Whether the evidence shows another one of a kind, and not the one that is stated."""
    kinds = {kind for kind, _ in shown} | _CLAIMED
    return any(kind in kinds for kind, which in own if (kind, which) not in shown and which not in _UNCLAIMED)
