"""Whether a figure of a claim counts what its evidence counts by it."""

from collections.abc import Callable
from typing import Literal

from assistant.acting import kind_of, same_name
from assistant.stating import Statement
from assistant.values import Value, same_value
from assistant.wordings import Shown, arabic_terms

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
        if not told or not value.unit or value.measure or kind_of(value.unit):
            continue
        counted = _counted(value, own)
        if any(not other.unit or counted(other) for other in told):
            continue
        if any(other.unit and counted(other) for other in shown.values):
            return "surely"
        found = "perhaps"
    return found


def _counted(value: Value, own: Statement) -> Callable[[Value], bool]:
    """Tells whether another figure counts what a figure of the claim counts."""
    terms = [term for term in own.terms if term.word == value.unit] or arabic_terms([value.unit])

    def same(other: Value) -> bool:
        people = value.unit in _PEOPLE and other.unit in _PEOPLE
        return people or same_name(other.unit, value.unit) or any(Shown([other.unit]).says(term) for term in terms)

    return same
