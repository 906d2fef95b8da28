"""The nouns of the evaluation: a fact is a question with what an answer must state and the spans that prove it."""

from dataclasses import dataclass
from typing import Literal

NuggetType = Literal["number", "date", "name", "text"]
Split = Literal["development", "test"]


@dataclass(frozen=True, slots=True)
class Span:
    """The words of an article that prove something: `text[start:end] == quote`, as `lint` checks."""

    article_id: str
    start: int
    end: int
    quote: str


EvidenceSet = tuple[Span, ...]
"""Spans that prove a nugget together."""


@dataclass(frozen=True, slots=True)
class Nugget:
    """One thing that an answer should state."""

    text: str
    """In words, for the report."""
    vital: bool
    """An answer without it is wrong; one that is not vital is good to know."""
    type: NuggetType
    value: float | str | None
    """The number; for dates `YYYY-MM-DD` or the part of it that is known; else None."""
    unit: str | None
    aliases: tuple[str, ...]
    """Wordings of which an answer must hold one; numbers are compared by value instead."""
    evidence: tuple[EvidenceSet, ...]
    """Alternatives: any one of them proves it."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the figures on which the articles differ, and whose it is."""

    value: float
    unit: str
    said_by: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A question whose answer is known, or known not to be in the articles."""

    id: str
    question: str
    lang: str
    category: str
    as_of: str | None
    split: Split
    answerable: bool
    nuggets: tuple[Nugget, ...]
    forbidden: tuple[str, ...]
    """Wordings that make an answer wrong."""
    conflict: tuple[Variant, ...]
    about: tuple[str, ...] = ()
    """Ids of the articles that a question without evidence is about."""

    @property
    def vital(self) -> tuple[Nugget, ...]:
        """What an answer must state to be right."""
        return tuple(nugget for nugget in self.nuggets if nugget.vital)

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles with its evidence, in the order of the record; the first is its home."""
        spans = (span.article_id for n in self.nuggets for evidence in n.evidence for span in evidence)
        return tuple(dict.fromkeys((*spans, *self.about)))
