"""Whether a text states something: wordings by folded words, numbers and dates by value."""

from functools import lru_cache
from itertools import islice
from math import isclose

from assistant.values.dates import Date, find_dates
from assistant.values.values import Value, find_values
from eval.types import Nugget
from index.text.arabic import passage_words

LONGEST_EVIDENCE = 60
"""Words of a quote that counts as evidence. The longest sentences of news have about as many; more than that is no
longer a place in the article that a reader can check at a glance."""
_PROCLITICS = "وفبلك"


def says(text: str, wording: str) -> bool:
    """Whether a text holds the folded words of a wording in a row; the first may carry و ف ب ل ك (وكيربي, لكيربي)."""
    held, wanted = passage_words(text), passage_words(wording)
    rows = range(len(held) - len(wanted) + 1)
    return bool(wanted) and any(
        _same(held[at], wanted[0]) and tuple(islice(held, at + 1, at + len(wanted))) == wanted[1:] for at in rows
    )


def states(nugget: Nugget, text: str) -> bool:
    """Whether a text states a nugget: a number by an equal value of the same kind, a date by an equal date or an alias,
    anything else by an alias.

    Units other than % are not compared: جندي, عسكري and troops count the same thing.
    """
    if nugget.type == "number":
        return states_number(float(nugget.value or 0), nugget.unit, text)
    told = any(says(text, alias) for alias in nugget.aliases)
    return told or (nugget.type == "date" and any(equals(date, nugget) for date in dates_in(text)))


def states_number(wanted: float, unit: str | None, text: str) -> bool:
    """Whether a text states a number, alone or as an end of a range; a percentage only as a percentage."""
    kind = "percent" if unit == "%" else "number"
    return any(v.kind == kind and any(isclose(end, wanted) for end in v.ends) for v in values_in(text))


def equals(date: Date, nugget: Nugget) -> bool:
    """Whether a date states the whole value of a date nugget; only a year that is understood may be left out."""
    if not nugget.value or date.hijri:
        return False
    year, *rest = (int(part) for part in str(nugget.value).split("-"))
    stated = (date.month, date.day)[: len(rest)] == tuple(rest)
    return stated and (date.year == year or (date.year is None and len(rest) > 1))


@lru_cache(maxsize=1 << 14)
def values_in(text: str) -> tuple[Value, ...]:
    """The figures of a text, remembered: every nugget asks for those of every sentence."""
    return tuple(find_values(text))


@lru_cache(maxsize=1 << 14)
def dates_in(text: str) -> tuple[Date, ...]:
    """The dates of a text, remembered for the same reason."""
    return tuple(find_dates(text))


def _same(word: str, wanted: str) -> bool:
    if word == wanted or (word[0] in _PROCLITICS and word[1:] == wanted):
        return True
    return word.startswith("لل") and wanted.startswith("ال") and word[2:] == wanted[2:]
