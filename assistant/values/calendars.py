"""Months and weekdays as words state them, and the fields of a date."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.text.arabic import FoldedText
from index.text.months import GREGORIAN, GREGORIAN_PAIRS, HIJRI, HIJRI_PAIRS

_ALSO_WORDS = frozenset("مارس ماي اب اوت جوان نيسان may march mar jan jun dec sep oct nov feb apr aug jul sept".split())
"""Names that are also verbs, people, cars or abbreviations: alone they are months only after a word like «في»."""
_ALSO_PEOPLE = frozenset("رجب شعبان صفر محرم المحرم".split())
"""Hijri months that are people's names or plain words: alone they are months only after «شهر»."""
_CAPITALS = frozenset("may march mar".split())  # "he may march" is no date
WEEKDAYS = {  # Monday is 0, as in datetime
    **{name: n for n, name in enumerate("الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت الاحد".split())},
    "الاتنين": 0,
    "الثلثاء": 1,
    **{name: n for n, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())},
}
_PROCLITICS = "وفبلك"
BEGIN_MONTHS = frozenset((*GREGORIAN, *HIJRI, *(first for first, _ in (*GREGORIAN_PAIRS, *HIJRI_PAIRS))))
"""First words of the names of months, without proclitics."""
_AS_WRITTEN = _CAPITALS | {"اب"} | {prefix + "غدا" for prefix in ("", "و", "ف", "ل")}


class Word(NamedTuple):
    """A folded word or run of digits, with its offsets in the folded text."""

    text: str
    start: int
    end: int
    written: str = ""
    """As the original writes it, where capitals or vowels tell what it is («آب», «غدًا», May)."""


class Month(NamedTuple):
    """A month read from words."""

    number: int
    hijri: bool
    after: int
    """Index of the word after its name."""
    name: str
    """Its first word, bare of proclitics."""

    @property
    def plain(self) -> bool:
        """Whether its name is a month's and nothing else."""
        return self.name not in _ALSO_WORDS and not self.is_also_a_person

    @property
    def is_also_a_person(self) -> bool:
        """Whether its name is mostly no month."""
        return self.hijri and self.name in _ALSO_PEOPLE


@dataclass(frozen=True, slots=True)
class Stated:
    """The fields that words from one index to another (`after`) state."""

    after: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    hijri: bool = False


def bare(word: str, known: Container[str]) -> str:
    """The word without a proclitic where that makes it one of `known` (للخميس, وأكتوبر); else as it is."""
    if word and word not in known and word[0] in _PROCLITICS:
        if word[1:] in known:
            return word[1:]
        if word.startswith("لل") and "ا" + word[1:] in known:
            return "ا" + word[1:]
    return word


def read_month(words: Sequence[Word], at: int, folded: str) -> Month | None:
    """The month whose name begins at `at`, with another name of it after a slash («أكتوبر/تشرين الأول»)."""
    month = _name(words, at)
    if month is None or month.after >= len(words):
        return month
    gap = folded[words[month.after - 1].end : words[month.after].start]
    other = _name(words, month.after) if gap.strip() in ("/", "(", "-", "–") else None
    if other and (other.number, other.hijri) == (month.number, month.hijri):
        return month._replace(after=other.after, name="")
    return month


def _name(words: Sequence[Word], at: int) -> Month | None:
    if at >= len(words):
        return None
    first, second = words[at].text, words[at + 1].text if at + 1 < len(words) else ""
    for start in (first, first[1:]) if first[0] in _PROCLITICS else (first,):
        if number := GREGORIAN_PAIRS.get((start, second)):
            return Month(number, False, at + 2, start)
        if number := HIJRI_PAIRS.get((start, second)):
            return Month(number, True, at + 2, start)
    name = bare(bare(first, GREGORIAN), HIJRI)
    if name != first and name in _ALSO_WORDS | _ALSO_PEOPLE:
        return None  # «باب», «لمارس»
    if name in HIJRI:
        return Month(HIJRI[name], True, at + 1, name)
    if name not in GREGORIAN or not _is_written_as_a_month(name, words[at].written):
        return None
    return Month(GREGORIAN[name], False, at + 1, name)


def _is_written_as_a_month(name: str, written: str) -> bool:
    if name == "اب":  # «أب» is a father
        return "أ" not in written
    return name not in _CAPITALS or written[0].isupper()


_WORD = re.compile(r"[^\W\d_]+|\d+")


def words_of(text: str, original: FoldedText) -> list[Word]:
    """The words and runs of digits of a text, of which `original` is the folded form."""
    words = [Word(match.group(), *match.span()) for match in _WORD.finditer(original.text)]
    for at, (word, start, end, _) in enumerate(words):
        if word in _AS_WRITTEN:
            words[at] = Word(word, start, end, text[slice(*original.original_span(start, end))])
    return words
