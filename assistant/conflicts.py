"""Figures on which the articles disagree, each with who said it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.attribution import said_by
from assistant.counting import SAME_NOUN, counts
from assistant.questions import counted_noun, question_kind
from assistant.ranking import Candidate
from assistant.types import Citation, Conflict, ConflictValue
from assistant.values import Value, find_values
from index.arabic import words
from index.matching import SAME_WORD, coverage, is_content

_AS_MUCH_OF_IT = 0.75
"""Share of the best coverage of the question from which a sentence is taken to count the same thing."""

_SAME_THING = 2.0
"""Figures further apart than this factor count different things: a shipment and a year's shipments are no dispute."""
_BESIDE = 400
"""Characters between the beginnings of two sentences of one paragraph."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a candidate sentence gives for what is counted."""

    candidate: Candidate
    value: Value


def figures(question: str, ranked: Sequence[Candidate]) -> list[Figure]:
    """The figure that each candidate gives for the noun a question counts, in the order of the candidates.

    Candidates that cover less of the question than the best one speak of something else («من القوات الخاصة»); of
    several figures in a sentence the first is the one it states, the others usually parts of it or forecasts.
    """
    noun = counted_noun(question)
    if question_kind(question) != "number" or noun is None:
        return []
    found = []
    for candidate in ranked:
        own, numbers = words(candidate.text), (v for v in find_values(candidate.text) if v.kind == "number")
        value = next((v for v in numbers if counts(noun, v, own) >= SAME_NOUN), None)
        if value is not None:
            found.append(Figure(candidate, value))
    covered = max((figure.candidate.feature("coverage_around") for figure in found), default=0.0)
    return [f for f in found if f.candidate.feature("coverage_around") >= _AS_MUCH_OF_IT * covered]


def differing(question: str, found: Sequence[Figure]) -> list[Figure]:
    """The first figure of each distinct value; empty where all agree. A copy of a report counts once.

    Only figures beside which all that the question asks about stands: who asks of the wounded is not told that the
    articles differ on them because they differ on the soldiers.

    Those that stand beside the best one come before the others: who lists estimates lists estimates of one thing.
    """
    found = [figure for figure in found if _speaks_of(question, figure.candidate)]
    distinct: dict[float, Figure] = {}
    for figure in sorted(found, key=lambda f: not _beside(f.candidate, found[0].candidate)):
        if 1 / _SAME_THING <= (figure.value.value or 1) / (found[0].value.value or 1) <= _SAME_THING:
            distinct.setdefault(figure.value.value, figure)
    return list(distinct.values()) if len(distinct) > 1 else []


def _speaks_of(question: str, candidate: Candidate) -> bool:
    text = candidate.article.text
    around = words(text[max(0, candidate.start - _BESIDE) : candidate.end + _BESIDE])
    return all(coverage({word: 1.0}, around, SAME_WORD) for word in words(question) if is_content(word))


def _beside(a: Candidate, b: Candidate) -> bool:
    return a.article.id == b.article.id and abs(a.start - b.start) <= _BESIDE


def _about(question: str) -> str:
    """What a «كم عدد …» question asks for, in its own words; empty for other wordings."""
    asked = re.search(r"\bعدد\s[^؟?]+", question)
    return asked.group().strip() if asked else ""


def stated_conflicts(question: str, found: Sequence[Figure], citations: Sequence[Citation]) -> tuple[Conflict, ...]:
    """The differing figures whose sentences are cited, as the Answer states them."""
    number_of = {(c.article.id, c.start, c.end): c.n for c in citations}
    values = []
    for figure in differing(question, found):
        c, v = figure.candidate, figure.value
        n = number_of.get((c.article.id, c.start, c.end))
        if n is not None:
            unit = c.text[v.end :].split()[0].strip("،,.؛:») ") if c.text[v.end :].split() else v.unit
            who = said_by(c.text) or c.article.source
            values.append(ConflictValue(v.value, unit, c.text[v.start : v.end], who, n))
    return (Conflict(_about(question) or values[0].unit, tuple(values)),) if len(values) > 1 else ()
