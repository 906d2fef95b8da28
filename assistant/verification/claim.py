"""A claim: a statement that asks for support, and what of it the evidence has to show."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from assistant.values.values import Value
from assistant.verification.names import Country, countries_in, kind_of_name
from assistant.verification.statement import Need, Statement
from assistant.verification.wordings import Shown, Term, forms
from index.text.arabic import stem, words
from index.text.matching import Rarity

RARE = 8.0
"""Nats of rarity from which a word is likely a name or an invention: in three of the articles that taught it."""


SELDOM = 4.5
"""The same of a word that may be one: in a hundred of the articles."""
FROM_THE_QUESTION = 0.5
"""Share of what a correction denies that the question has to have said, itself or in other words."""


class Claim:
    """A statement that asks for support, beside the question that it answers."""

    def __init__(self, text: str, question: str, rarity: Rarity, sources: Iterable[Sequence[str]]) -> None:
        """`sources` are the newsrooms of the evidence, as folded words: naming one whole needs no proof."""
        self.statement = Statement(what_is_told(text, question))
        self._question, self._rarity = question, rarity
        run = f" {' '.join(self.statement.folded)} "
        self._named = [tuple(source) for source in sources if source and f" {' '.join(source)} " in run]

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Its content words, without those of a newsroom that it names."""
        known = {word for source in self._named for word in source}
        return tuple(term for term in self.statement.terms if term.word not in known)

    @cached_property
    def new(self) -> tuple[Term | Country, ...]:
        """Its words and countries that the question did not bring."""
        asked, known = Shown(words(self._question)), Statement(self._question).countries
        terms = [term for term in self.terms if not asked.says(term)]
        return (*terms, *(country for country in self._countries if country not in known))

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """Everything that the evidence has to show."""
        own = self.statement
        quotations = [quoted for quoted in own.quotations if tuple(quoted.split()) not in self._named]
        figures = [value for value in own.values if not _said_by_its_noun(value, own.text)]
        return (*self.terms, *self._countries, *figures, *own.dates, *quotations)

    @cached_property
    def _countries(self) -> tuple[Country, ...]:
        """The countries that it names, but for those in the name of a newsroom."""
        named = {mention.country for source in self._named for mention in countries_in(source)}
        return tuple(country for country in self.statement.countries if country not in named)

    def insists(self, need: Need) -> bool:
        """Whether nothing stands without it: a name, a country, a figure, a date, a quotation."""
        return not isinstance(need, Term) or need.word in self.statement.names

    def is_rare(self, term: Term) -> bool:
        """Whether general news hardly knows a word in any form, with a proclitic or without."""
        return min(self._rarity(stem(form)) for form in forms(term.word)) >= RARE

    def is_unheard_of(self, term: Term) -> bool:
        """Whether general news seldom has a word, and no table: neither that of synonyms nor that of names."""
        seldom = min(self._rarity(stem(form)) for form in forms(term.word)) >= SELDOM
        return seldom and not term.others and not kind_of_name(term.word)

    def share(self, missing: set[Need]) -> float:
        """The share of words and countries that are not missing; of all or of the new ones, whichever is less."""
        every = (*self.terms, *self._countries)
        shares = [1 - sum(need in missing for need in needs) / len(needs) for needs in (every, self.new) if needs]
        return min(shares, default=1.0)


def _said_by_its_noun(value: Value, text: str) -> bool:
    """Whether a figure is a «one» or «two» in words, which Arabic says by the form of the noun: قمر، البلدان."""
    return value.ends in ((1,), (2,)) and not any(char.isdigit() for char in text[value.start : value.end])


_CORRECTION = re.compile(
    r"\s*(?:لا|كلا)?[،,]?\s*(?:لم|لن|لا|ليس|ليست)\s+(?P<denied>[^.؟!]{1,200}?)[،,]?\s+بل\s+(?P<told>.+)", re.DOTALL
)


def what_is_told(text: str, question: str) -> str:
    """Of a correction, «لم يوقَّع في موسكو، بل زار …», what is told instead, where the question brought the rest."""
    correction = _CORRECTION.fullmatch(text)
    if not correction:
        return text
    asked = Shown(words(question))
    denied = Statement(correction["denied"])
    brought = sum(map(asked.says, denied.terms)) >= FROM_THE_QUESTION * len(denied.terms)
    return correction["told"] if brought and not denied.values else text
