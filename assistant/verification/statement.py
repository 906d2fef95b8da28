"""What a sentence states, in the parts that can be compared: words, names, countries, figures, dates, quotations.

Each is found by form alone, the same way in a claim and in the sentence that is to prove it, so that a sentence always
agrees with itself. An English claim is compared with Arabic evidence by the table that English questions are read by.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import takewhile

from assistant.values.dates import Date, find_dates
from assistant.values.values import Value, find_values
from assistant.verification.hedging import hedged
from assistant.verification.names import Country, Mention, countries_in, kind_of_name, names_in
from assistant.verification.negation import (
    DENIALS,
    NEGATIONS,
    Negation,
    english_negations,
    negations,
    without_answering_no,
)
from assistant.verification.opposites import Facet, facets
from assistant.verification.roles import SAYING, TELLING, WHAT_IS_SAID
from assistant.verification.wordings import Term, arabic_terms, english_as_terms
from index.text.arabic import is_arabic, word_spans, words
from index.text.stopwords import is_content

_CLAUSE_END = re.compile(r"[،,؛;:.!?؟…«»()\"“”\n]+")
_QUOTATION = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"\n]+)\"")
_ENGLISH_KOREAS = re.compile(r"\b(?:north|south)\s+korea\w*", re.IGNORECASE)
_NAME = 3  # words
_OMISSION = re.compile(r"…|\.{3}|\(\.\.\)")


Need = Term | Country | Value | Date | str
"""What of a statement the evidence has to show: a term, a country, a figure, a date, the words of a quotation."""


class Statement:
    """The comparable parts of one sentence; each is found when it is first asked for."""

    def __init__(self, text: str, published: str | None = None) -> None:
        """`published` is the day from which «أمس» in the text is told."""
        self.text, self._published = text, published
        self.arabic = is_arabic(text)

    @cached_property
    def dates(self) -> tuple[Date, ...]:
        """The dates in order."""
        return tuple(find_dates(self.text, self._published))

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The figures in order, without those of dates."""
        figures = find_values(self.text)
        if not figures:
            return ()
        inside = [(date.start, date.end) for date in self.dates]
        return tuple(v for v in figures if not any(start <= v.start < end for start, end in inside))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Distinct content words, without figures, dates, countries, reporting verbs and negations."""
        if not self.arabic:
            rest = (term for term in self._english if not _is_country(term))
            return tuple(dict.fromkeys(term for term in rest if _says_something(term.word)))
        return tuple(dict.fromkeys(self._every_term[at] for at in self._free if _says_something(self._words[at])))

    @cached_property
    def names(self) -> frozenset[str]:
        """Those terms that are names."""
        if not self.arabic:
            return frozenset(_english_names(self.text, self.terms))
        return names_in(self._words) | frozenset(_unknown_speakers(self._every_term))

    @cached_property
    def countries(self) -> frozenset[Country]:
        """The countries that it names."""
        if self.arabic:
            return frozenset(mention.country for mention in self._mentions)
        wordings = (term.wordings[0] for term in self._english if term.wordings)
        return frozenset(mention.country for wording in wordings for mention in countries_in(wording))

    @cached_property
    def quotations(self) -> tuple[str, ...]:
        """Quoted words of two or more, folded, each between blanks."""
        return tuple(_quotations(self.text))

    @cached_property
    def facets(self) -> frozenset[Facet]:
        """What it says of each class of which a thing can be only one; figures, dates and countries left out."""
        return facets(
            [self._words[at] for at in self._free]
            if self.arabic
            else words(_ENGLISH_KOREAS.sub(" ", self._without_figures))
        )

    @cached_property
    def negations(self) -> tuple[Negation, ...]:
        """What it negates."""
        return tuple(negations(words(without_answering_no(self.text))) if self.arabic else english_negations(self.text))

    @cached_property
    def clauses(self) -> tuple[tuple[str, ...], ...]:
        """Every word, folded, by the clause between two marks that it stands in; of English each term in Arabic."""
        if not self.arabic:
            return tuple(wording for term in self._english for wording in term.wordings[:1])
        clauses = (tuple(words(clause)) for clause in _CLAUSE_END.split(self.text))
        return tuple(clause for clause in clauses if clause)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Every word, folded."""
        return tuple(word for clause in self.clauses for word in clause)

    @cached_property
    def hedged(self) -> bool:
        """Whether it is said with a reserve: perhaps, expected, believed."""
        return hedged(words(self.text))

    # ------------------------------------------------------------ words

    @cached_property
    def _every_term(self) -> list[Term]:
        """Its words one by one, of an Arabic text."""
        return arabic_terms(self._words)

    @cached_property
    def _spans(self) -> list[tuple[str, int, int]]:
        return list(word_spans(self.text))

    @cached_property
    def _words(self) -> list[str]:
        return [word for word, _, _ in self._spans]

    @cached_property
    def _mentions(self) -> list[Mention]:
        return countries_in(self._words)

    @cached_property
    def _taken(self) -> list[tuple[int, int]]:
        return [*((value.start, value.end) for value in self.values), *((date.start, date.end) for date in self.dates)]

    @cached_property
    def _free(self) -> list[int]:
        """The numbers of the words that belong to no figure, date or country."""
        named = {at for mention in self._mentions for at in range(mention.start, mention.start + mention.length)}
        spans = enumerate(self._spans)
        return [n for n, (_, at, _) in spans if n not in named and not any(a <= at < b for a, b in self._taken)]

    @cached_property
    def _without_figures(self) -> str:
        text = self.text
        for start, end in sorted(self._taken, reverse=True):
            text = f"{text[:start]}, {text[end:]}"
        return text

    @cached_property
    def _english(self) -> list[Term]:
        return english_as_terms(self._without_figures)


def _is_country(term: Term) -> bool:
    wording = term.wordings[0] if term.wordings else ()
    return bool(wording) and sum(mention.length for mention in countries_in(wording)) == len(wording)


def _unknown_speakers(terms: Sequence[Term]) -> Iterator[str]:
    """The words between a verb of saying and what is said, or to whom, that no table knows: قال شين وونسيك إن …"""
    for at, term in enumerate(terms):
        if term.word in TELLING:
            after = terms[at + 1 : at + 2 + _NAME]
            unknown = list(takewhile(lambda t: not t.others and _says_something(t.word), after))
            follows = [t.word for t in after[len(unknown) :]]
            if not follows or follows[0] in WHAT_IS_SAID or follows[0].startswith("لل"):
                yield from (term.word for term in unknown)


def _says_something(word: str) -> bool:
    return is_content(word) and word not in SAYING and word not in NEGATIONS and word not in DENIALS


def _english_names(text: str, terms: Sequence[Term]) -> Iterator[str]:
    """Terms with a capital, but for those that the table of English has as words that are no names."""
    for term in terms:
        at = re.search(rf"\b{re.escape(term.word)}\b", text, re.IGNORECASE)
        capital = at is not None and at.group()[0].isupper() and len(term.word) > 1
        named = any(kind_of_name(word) for wording in term.wordings for word in wording)
        if at and capital and (named or (at.start() > 0 and not term.in_table)):
            yield term.word


def _quotations(text: str) -> Iterator[str]:
    for match in _QUOTATION.finditer(text):
        for part in _OMISSION.split(next(filter(None, match.groups()))):
            quoted = words(part)
            if len(quoted) > 1:
                yield f" {' '.join(quoted)} "
