"""Whether a figure of a claim counts what its evidence counts by it."""

from collections.abc import Callable, Sequence
from typing import Literal

from assistant.values.values import Value, bears_out, same_value
from assistant.verification.names import kind_of, same_name
from assistant.verification.statement import Statement
from assistant.verification.wordings import Shown, arabic_terms
from index.text.arabic import stem, words
from index.text.stopwords import is_content

_PEOPLE = frozenset(
    """جندي جنديا جنود عسكري عسكريا عسكريين مقاتل مقاتلا مقاتلين عنصر عنصرا عناصر فرد فردا افراد رجل رجلا شخص شخصا اشخاص
    مجند مجندا نازح نازحا نازحين لاجئ لاجئا لاجئين مشرد مشردا troops soldiers people men fighters""".split()
)
"""What counts people in restatements of one another; folded."""


def counts_another(own: Statement, shown: Statement) -> Literal["", "perhaps", "surely"]:
    """Whether a figure of the claim counts other things in the evidence.

    Surely where the evidence counts what the claim counts by another figure; perhaps where the two words for what is
    counted have nothing in common, for a restatement may name it otherwise (جندي, مجند).
    """
    found: Literal["", "perhaps", "surely"] = ""
    for value in own.values:
        told = [other for other in shown.values if same_value(value, other)]
        if not told or not value.unit or value.kind == "code" or value.measure or kind_of(value.unit):
            continue
        counted = _counted(value, own)
        if any(not other.unit or counted(other) for other in told):
            continue
        if any(other.unit and counted(other) for other in shown.values):
            return "surely"
        found = "perhaps"
    return found


def stands_beside_another(own: Statement, shown: Statement) -> bool:
    """Whether the word beside a figure of the claim stands beside another figure in the evidence: عمقه 40, عرضه 40."""
    for value in own.values:
        told = [other for other in shown.values if bears_out(other, value)]
        others = [other for other in shown.values if other not in told]
        if told and others and any(_moved(value, own, told, others, shown, side) for side in (0, 1)):
            return True
    return False


def _moved(
    value: Value, own: Statement, told: Sequence[Value], others: Sequence[Value], shown: Statement, side: int
) -> bool:
    mine = _neighbours(value, own)[side]
    if not mine or any(_alike(mine, _neighbours(other, shown)[side]) for other in told):
        return False
    return any(_alike(mine, _neighbours(other, shown)[side]) for other in others)


def _neighbours(value: Value, of: Statement) -> tuple[str, str]:
    """The content words right before a figure and right behind it and its unit, folded; empty where there is none."""
    before, after = words(of.text[: value.start])[-1:], words(of.text[max(value.end, value.unit_end) :])[:1]
    return "".join(filter(is_content, before)), "".join(filter(is_content, after))


def _alike(word: str, other: str) -> bool:
    return bool(other) and stem(word) == stem(other)


def _counted(value: Value, own: Statement) -> Callable[[Value], bool]:
    """Tells whether another figure counts what a figure of the claim counts."""
    terms = [term for term in own.terms if term.word == value.unit] or arabic_terms([value.unit])

    def same(other: Value) -> bool:
        people = value.unit in _PEOPLE and other.unit in _PEOPLE
        return people or same_name(other.unit, value.unit) or any(Shown([other.unit]).says(term) for term in terms)

    return same
