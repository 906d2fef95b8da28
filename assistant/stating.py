"""What a sentence states, in the parts that can be compared: words, names, countries, figures, dates, quotations.

Each is found by form alone, the same way in a claim and in the sentence that is to prove it, so that a sentence always
agrees with itself. An English claim is compared with Arabic evidence by the table that English questions are read by.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.abstaining import is_arabic
from assistant.countries import Country, countries_in
from assistant.dates import Date, find_dates
from assistant.facets import Facet, facets
from assistant.hedging import hedged
from assistant.naming import kind_of_name, names_in
from assistant.negating import DENIALS, NEGATIONS, Negation, english_negations, negations, without_answering_no
from assistant.speaking import SAYING, TELLING, WHAT_IS_SAID
from assistant.values import Value, find_values
from assistant.wordings import Term, arabic_terms, english_as_terms
from index.arabic import word_spans, words
from index.stopwords import is_content

_CLAUSE_END = re.compile(r"[،,؛;:.!?؟…«»()\"“”\n]+")
_QUOTATION = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"\n]+)\"")
_ENGLISH_KOREAS = re.compile(r"\b(?:north|south)\s+korea\w*", re.IGNORECASE)
_NAME = 3  # words
_OMISSION = re.compile(r"…|\.{3}|\(\.\.\)")

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Statement:
    """The comparable parts of one sentence."""

    terms: tuple[Term, ...]
    """Distinct content words, without figures, dates, countries, reporting verbs and negations."""
    names: frozenset[str]
    """Those terms that are names."""
    countries: frozenset[Country]
    values: tuple[Value, ...]
    dates: tuple[Date, ...]
    quotations: tuple[str, ...]
    """Quoted words of two or more, folded, each between blanks."""
    facets: frozenset[Facet]
    negations: tuple[Negation, ...]
    clauses: tuple[tuple[str, ...], ...]
    """Every word, folded, by the clause between two marks that it stands in; of English text its Arabic wording."""
    hedged: bool
    """Whether it is said with a reserve: perhaps, expected, believed."""
    arabic: bool

    @classmethod
    def of(cls, text: str, published: str | None = None) -> "Statement":
        """What `text` states; `published` is the day from which its «أمس» is told."""
        dates = tuple(find_dates(text, published))
        values = tuple(v for v in find_values(text) if not any(d.start <= v.start < d.end for d in dates))
        taken = [*((value.start, value.end) for value in values), *((date.start, date.end) for date in dates)]
        read = _arabic if is_arabic(text) else _english
        terms, names, countries, denied, clauses, rest = read(text, taken)
        return cls(
            terms=tuple(dict.fromkeys(term for term in terms if _says_something(term.word))),
            names=frozenset(names),
            countries=frozenset(countries),
            values=values,
            dates=dates,
            quotations=tuple(_quotations(text)),
            facets=facets(rest),
            negations=tuple(denied),
            clauses=tuple(tuple(clause) for clause in clauses if clause),
            hedged=hedged(words(text)),
            arabic=read is _arabic,
        )

    @property
    def folded(self) -> tuple[str, ...]:
        """Every word, folded."""
        return tuple(word for clause in self.clauses for word in clause)


_Read = tuple[list[Term], Iterable[str], Iterable[Country], Iterable[Negation], list[list[str]], list[str]]
"""Terms, names, countries, negations, clauses, and the words that belong to no figure, date or country."""


def _arabic(text: str, taken: Spans) -> _Read:
    spans = list(word_spans(text))
    folded = [word for word, _, _ in spans]
    mentions = countries_in(folded)
    named = {at for mention in mentions for at in range(mention.start, mention.start + mention.length)}
    free = [
        at
        for at, (_, start, _) in enumerate(spans)
        if at not in named and not any(first <= start < end for first, end in taken)
    ]
    terms = arabic_terms(folded)
    written = [text[start:end] for _, start, end in spans]
    names = {*names_in(folded, written), *_unknown_speakers(terms)}
    clauses = [words(clause) for clause in _CLAUSE_END.split(text)]
    denied = negations(words(without_answering_no(text)))
    rest = [folded[at] for at in free]
    return [terms[at] for at in free], names, (mention.country for mention in mentions), denied, clauses, rest


def _unknown_speakers(terms: Sequence[Term]) -> Iterator[str]:
    """The words between a verb of saying and what is said, or to whom, that no table knows: قال شين وونسيك إن …"""
    for at, term in enumerate(terms):
        if term.word in TELLING:
            after = terms[at + 1 : at + 2 + _NAME]
            unknown = list(takewhile(lambda t: not t.others and _says_something(t.word), after))
            follows = [t.word for t in after[len(unknown) :]]
            if not follows or follows[0] in WHAT_IS_SAID or follows[0].startswith("لل"):
                yield from (term.word for term in unknown)


def _english(text: str, taken: Spans) -> _Read:
    for start, end in sorted(taken, reverse=True):
        text = f"{text[:start]}, {text[end:]}"
    terms, mentioned = [], []
    for term in english_as_terms(text):
        found = countries_in(term.wordings[0]) if term.wordings else []
        mentioned += [mention.country for mention in found]
        if sum(mention.length for mention in found) < len(term.wordings[0] if term.wordings else [term.word]):
            terms.append(term)
    clause = [word for term in english_as_terms(text) for wording in term.wordings[:1] for word in wording]
    rest = words(_ENGLISH_KOREAS.sub(" ", text))
    return terms, _english_names(text, terms), mentioned, english_negations(text), [clause], rest


def _says_something(word: str) -> bool:
    return is_content(word) and word not in SAYING and word not in NEGATIONS and word not in DENIALS


def _english_names(text: str, terms: Sequence[Term]) -> Iterator[str]:
    """Terms with a capital, but for those that the table of English has as words that are no names."""
    for term in terms:
        at = re.search(rf"\b{re.escape(term.word)}\b", text, re.IGNORECASE)
        capital = at is not None and at.group()[0].isupper() and len(term.word) > 1
        if capital and (not term.in_table or any(kind_of_name(word) for wording in term.wordings for word in wording)):
            yield term.word


def _quotations(text: str) -> Iterator[str]:
    for match in _QUOTATION.finditer(text):
        for part in _OMISSION.split(next(filter(None, match.groups()))):
            quoted = words(part)
            if len(quoted) > 1:
                yield f" {' '.join(quoted)} "
