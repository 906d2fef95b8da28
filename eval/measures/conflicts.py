"""Where articles differ on a figure: whether the answer tells every figure, and whose each is."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import isclose

from assistant.types import ConflictValue
from assistant.verification.evidence import EvidenceSentence
from assistant.verification.statement import Need, Statement
from eval.measures.cases import Case
from eval.measures.matching import states_number
from eval.types import Variant
from index.types import Article, Passage

MOST_OF_A_NAME = 0.5
"""A text names a source if it holds more than this share of the content words of its name, and its countries."""


def conflict_stated(case: Case) -> float | None:
    """Figures told, in a sentence or among the answer's conflicts / differing figures; facts with a conflict only."""
    return _share(case, _stated)


def conflict_attributed(case: Case) -> float | None:
    """Figures told and tied to their source / differing figures; facts with a conflict only.

    Tied: where the figure is told, in a sentence or an entry of the answer's conflicts, the source is named too, or a
    quote is cited that holds the source's name and the figure. A country is named by any of its names (واشنطن).
    """
    return _share(case, _attributed)


def names(text: str, source: str) -> bool:
    """Whether a text names a source: most of the content words of its name in any form, and all its countries."""
    who, shown = Statement(source), _sentence(text)
    needs: tuple[Need, ...] = (*who.terms, *who.countries)
    held = sum(map(shown.meets, needs))
    return held > MOST_OF_A_NAME * len(needs) and all(map(shown.meets, who.countries))


def _share(case: Case, told: Callable[[Case, Variant], bool]) -> float | None:
    variants = case.fact.conflict
    return sum(told(case, variant) for variant in variants) / len(variants) if variants else None


def _stated(case: Case, variant: Variant) -> bool:
    in_words = any(states_number(variant.value, variant.unit, sentence.text) for sentence in case.sentences)
    return in_words or any(_entries(case, variant))


def _attributed(case: Case, variant: Variant) -> bool:
    return any(names(place, variant.said_by) for place in _places(case, variant))


def _places(case: Case, variant: Variant) -> Iterator[str]:
    """Each text that ties the figure to whomever it names: sentences, entries of conflicts, the quotes they cite."""
    for sentence in case.sentences:
        if states_number(variant.value, variant.unit, sentence.text):
            yield sentence.text
            yield from _quotes(case, variant, sentence.citations)
    for entry in _entries(case, variant):
        if entry.said_by:
            yield entry.said_by
        yield from _quotes(case, variant, (entry.citation,))


def _quotes(case: Case, variant: Variant, cited: Sequence[int]) -> Iterator[str]:
    quotes = (c.quote for c in case.citations if c.n in cited and case.counts(c))
    return (quote for quote in quotes if states_number(variant.value, variant.unit, quote))


def _entries(case: Case, variant: Variant) -> Iterator[ConflictValue]:
    if not case.answer.error:
        entries = (entry for conflict in case.answer.conflicts for entry in conflict.values)
        percent = variant.unit == "%"
        yield from (e for e in entries if isclose(e.value, variant.value) and (e.unit == "%") == percent)


@lru_cache(maxsize=1 << 12)
def _sentence(text: str) -> EvidenceSentence:
    return EvidenceSentence(0, Passage(Article("", text), 0, len(text)), 0, len(text))
