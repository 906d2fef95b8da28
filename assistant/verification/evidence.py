"""A sentence of a passage as evidence: whether it shows what a statement needs."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from assistant.types import Extent
from assistant.values.dates import Date, find_dates
from assistant.values.values import Value, bears_out, same_value, surely_bears_out
from assistant.verification.names import Country
from assistant.verification.roles import leans
from assistant.verification.statement import Need, Statement
from assistant.verification.wordings import Shown, Term, alike
from index.text.arabic import words
from index.types import Passage

MOST_SENTENCES = 4
"""A statement that needs more sentences than this together is an essay, not a citation."""
SAID_AGAIN = 0.75
"""Share of the words of a statement that a further sentence has that says it again."""


class EvidenceSentence:
    """A sentence of a passage, with its bounds in the article and, once it is asked, what it states."""

    def __init__(self, n: int, passage: Passage, start: int, end: int) -> None:
        """`n` is the passage's index; `start` and `end` are offsets into its text."""
        self.passage, self._of = n, passage
        self.start, self.end = passage.start + start, passage.start + end
        self.text = passage.text[start:end]
        self._met: dict[Need, bool] = {}

    @cached_property
    def statement(self) -> Statement:
        """What it states."""
        return Statement(self.text, self._of.article.published)

    @cached_property
    def shown(self) -> Shown:
        """Its words."""
        arabic_of_english = () if self.statement.arabic else self.statement.folded
        return Shown((*words(self.text), *arabic_of_english))

    def meets(self, need: Need) -> bool:
        """Whether it shows what a statement needs; remembered, because it is asked alone and in groups."""
        if need not in self._met:
            self._met[need] = self._meets(need)
        return self._met[need]

    def is_sure_of(self, value: Value) -> bool:
        """Whether it shows a figure in whichever way the two are read."""
        return self._dated(value) or any(surely_bears_out(shown, value) for shown in self.statement.values)

    def share(self, terms: Sequence[Term]) -> float:
        """The share in [0, 1] of the terms that it shows; 0 of none."""
        return sum(map(self.meets, terms)) / len(terms) if terms else 0.0

    def has_another(self, value: Value, stated: Sequence[Value]) -> bool:
        """Whether it holds a figure of the kind of one, neither that one nor any other that is stated."""
        others = (other for other in self.statement.values if _of_one_kind(other, value))
        return not self.meets(value) and any(not any(same_value(other, own) for own in stated) for other in others)

    def _meets(self, need: Need) -> bool:
        match need:
            case Term():
                return self.shown.says(need)
            case Country():
                return need in self.statement.countries
            case Value():
                return any(bears_out(value, need) for value in self.statement.values) or self._dated(need)
            case Date():
                published = self._of.article.published
                known = find_dates(published) if published else []  # the reader sees it beside the quote
                return any(_tells(date, need, published) for date in (*self.statement.dates, *known))
            case _:
                return need in f" {' '.join(words(self.text))} "

    def _dated(self, value: Value) -> bool:
        """Whether a figure is the year of a date here."""
        return value.is_amount and not value.measure and any(date.year == value.value for date in self.statement.dates)


def adjacent(sentences: Sequence[EvidenceSentence], a: int, b: int) -> bool:
    """Whether the second of two sentences, by their numbers, follows the first in its passage."""
    return b == a + 1 and sentences[a].passage == sentences[b].passage


def told_wholly(
    sentences: Sequence[EvidenceSentence], group: Sequence[int], pool: Sequence[int], terms: Sequence[Term]
) -> tuple[int, ...]:
    """A group with the sentence that says the same (a heading is said in full), and with those that say who speaks."""
    rest = [n for n in pool if n not in group]
    again = max(rest, key=lambda n: sentences[n].share(terms), default=None)
    if again is not None and sentences[again].share(terms) >= SAID_AGAIN and len(group) < MOST_SENTENCES:
        group = sorted([*group, again])
    found = set(group)
    for n in group:
        while n and leans(sentences[n].text) and adjacent(sentences, n - 1, n):
            n -= 1
            found.add(n)
    return tuple(sorted(found)) if len(found) <= MOST_SENTENCES else tuple(group)


def extents_of(sentences: Sequence[EvidenceSentence], group: Sequence[int]) -> Iterator[Extent]:
    """The pieces of articles that a group of them is; those that follow one another are one."""
    at = 0
    while at < len(group):
        last = at
        while last + 1 < len(group) and adjacent(sentences, group[last], group[last + 1]):
            last += 1
        first = sentences[group[at]]
        yield first.passage, first.start, sentences[group[last]].end
        at = last + 1


def unsure_of_a_figure(needs: Sequence[Need], sentences: Sequence[EvidenceSentence]) -> bool:
    """Whether a figure that is needed stands there only in one of two readings: 12500 where they write 12.500."""
    needed = [need for need in needs if isinstance(need, Value)]
    shown = (value for value in needed if any(sentence.meets(value) for sentence in sentences))
    return any(not any(sentence.is_sure_of(value) for sentence in sentences) for value in shown)


def _tells(shown: Date, stated: Date, published: str | None) -> bool:
    """Whether a date of the evidence holds all that a stated one tells; its year may be that of publication."""
    if shown.hijri != stated.hijri:
        return False
    year = shown.year or (int(published[:4]) if published and not shown.hijri else None)
    own = (year, shown.month, shown.day, shown.weekday)
    wanted = (stated.year, stated.month, stated.day, stated.weekday)
    return all(w is None or w == o for w, o in zip(wanted, own, strict=True))


def _of_one_kind(a: Value, b: Value) -> bool:
    """Whether two figures are of one measure, or count things of one name; codes are of none."""
    if "code" in (a.kind, b.kind):
        return False
    if a.kind != b.kind or a.measure or b.measure:
        return a.kind == b.kind and a.measure == b.measure
    return bool(a.unit and b.unit) and alike(a.unit, b.unit)
