"""The words of a sentence that answer: the date or figure that a question asks for and does not say itself."""

from assistant.question.answer_type import Wanted, expected
from assistant.values.dates import find_dates, same_date
from assistant.values.measures import Quantity
from assistant.values.values import Value, find_values, same_value

_QUANTITIES: dict[Wanted, tuple[Quantity, ...]] = {"money": ("money",), "percent": ("percent",), "age": ("duration",)}
_FIRST_YEAR, _LAST_YEAR = 1900, 2100

Core = tuple[int, int]
"""Offsets into the sentence."""


def core_of(question: str, sentence: str) -> Core | None:
    """The first date for «متى …», the first figure of its kind for «ما قيمة …»; None where the words are no such thing.

    What a question counts («كم جنديًا») is told by `conflicts.figures`, which knows the noun.
    """
    wanted = expected(question).wanted
    if wanted == "date":
        asked = find_dates(question)
        dates = (d for d in find_dates(sentence) if not any(same_date(d, other) for other in asked))
        return next(((d.start, d.end) for d in dates), None)
    if wanted not in _QUANTITIES:
        return None
    stated = find_values(question)
    figures = (v for v in find_values(sentence) if v.quantity in _QUANTITIES[wanted] and not _is_year(v))
    new = (v for v in figures if not any(same_value(v, other) for other in stated))
    return next(((v.start, max(v.end, v.unit_end)) for v in new), None)


def _is_year(value: Value) -> bool:
    return not value.unit and _FIRST_YEAR <= value.value <= _LAST_YEAR
