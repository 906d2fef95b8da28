"""Figures on which the articles disagree, each with who said it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from assistant.conflicts.attribution import said_by
from assistant.question.answer_type import counted_noun, question_kind
from assistant.question.type_match import SAME_NOUN, counts
from assistant.types import Citation, Conflict, ConflictValue
from assistant.values.measures import Quantity
from assistant.values.values import Value, find_values, same_value
from index.text.arabic import fold, lexeme, words
from index.text.matching import SAME_WORD, coverage, plainly
from index.text.stopwords import is_content
from index.types import Article

_AS_MUCH_OF_IT = 0.75
"""Share of the best coverage of the question from which a sentence is taken to count the same thing."""

_SAME_THING = 2.0
"""Figures further apart than this factor count different things: a shipment and a year's shipments are no dispute."""
_ONE_PARTY = re.compile(r"\b(?:ب?حسب|وفقا?|according to)\b")
"""Who asks for one party's figure is not told of the others'."""
_AMOUNTS_TO = frozenset(map(lexeme, "بلغ وصل قدر كان ساوي".split()))
"""Verbs that say no more than that a figure follows."""
_BESIDE = 400
"""Characters between the beginnings of two sentences of one paragraph."""


class Candidate(Protocol):
    """What is asked of a sentence that may state a figure."""

    @property
    def article(self) -> Article:
        """Where it stands."""
        ...

    @property
    def start(self) -> int:
        """Where in it the sentence begins."""
        ...

    @property
    def end(self) -> int:
        """Where in it the sentence ends."""
        ...

    @property
    def text(self) -> str:
        """Its words."""
        ...

    @property
    def coverage_around(self) -> float:
        """The share in [0, 1] of the question that it and its neighbours hold."""
        ...


S = TypeVar("S", bound=Candidate)


@dataclass(frozen=True)
class StatedFigure(Generic[S]):
    """A number that a candidate sentence gives for what is counted."""

    candidate: S
    value: Value


def figures(question: str, ranked: Sequence[S]) -> list[StatedFigure[S]]:
    """The figure that each candidate gives for what a question measures or counts, in the order of the candidates.

    Candidates that cover less of the question than the best one speak of something else («من القوات الخاصة»); of
    several figures in a sentence the first is the one it states, the others usually parts of it or forecasts.
    """
    if question_kind(question) != "number":
        return []
    noun, quantity = counted_noun(question), _quantity(question)
    found = []
    for candidate in ranked:
        own, stated = words(candidate.text), find_values(candidate.text)
        if quantity is not None:
            given = [value for value in stated if value.quantity == quantity]
        else:
            given = [v for v in stated if noun and v.kind == "number" and counts(noun, v, own) >= SAME_NOUN]
        found += [StatedFigure(candidate, value) for value in given[:1]]
    covered = max((figure.candidate.coverage_around for figure in found), default=0.0)
    return [f for f in found if f.candidate.coverage_around >= _AS_MUCH_OF_IT * covered]


def differing(question: str, found: Sequence[StatedFigure[S]]) -> list[StatedFigure[S]]:
    """The first figure of each distinct value; empty where all agree. A copy of a report counts once.

    Only figures beside which all that the question asks about stands: who asks of the wounded is not told that the
    articles differ on them because they differ on the soldiers.

    A figure that may be read in two ways (12.500) differs from none for sure.

    Those that stand beside the best one come before the others: who lists estimates lists estimates of one thing.
    """
    if _ONE_PARTY.search(fold(question)):
        return []
    found = [figure for figure in found if not figure.value.other and _speaks_of(question, figure.candidate)]
    distinct: list[StatedFigure[S]] = []
    for figure in sorted(found, key=lambda f: not _beside(f.candidate, found[0].candidate)):
        if not 1 / _SAME_THING <= (figure.value.base[0] or 1) / (found[0].value.base[0] or 1) <= _SAME_THING:
            continue
        same = next((i for i, other in enumerate(distinct) if same_value(figure.value, other.value)), None)
        if same is None:
            distinct.append(figure)
        elif said_by(figure.candidate.text) and not said_by(distinct[same].candidate.text):
            distinct[same] = figure  # of two that say the same, the one that names who says it
    return in_order(distinct) if len(distinct) > 1 else []


def in_order(found: Sequence[StatedFigure[S]]) -> list[StatedFigure[S]]:
    """Figures of one article in its order; of articles that are all dated, the earliest first; others as they were.

    A later article confirms or corrects an earlier one.
    """
    articles = [figure.candidate.article for figure in found]
    dates = [article.published for article in articles]
    if len({article.id for article in articles}) == 1:
        return sorted(found, key=lambda figure: figure.candidate.start)
    if None in dates or len(set(dates)) < 2:
        return list(found)
    return sorted(found, key=lambda figure: figure.candidate.article.published or "")


_MEASURED: dict[Quantity, str] = {
    "money": r"قيم|كلف|سعر|ثمن|مبلغ|راتب|ميزاني|غرام|بكم|how much|cost|price",
    "percent": r"نسب|بالم[ئا]|percent",
    "distance": r"مساف|يبعد|تبعد|بعد عن|طول|ارتفاع|عمق|how far|distance",
    "duration": r"مده|عمر|how long|how old",
    "weight": r"وزن|كميه|how heavy",
}


def _quantity(question: str) -> Quantity | None:
    """What a «ما قيمة …», «كم تبعد …» question measures; None for one that counts a noun."""
    folded = fold(question)
    patterns = ((quantity, rf"\b\w*(?:{pattern})") for quantity, pattern in _MEASURED.items())
    return next((quantity for quantity, pattern in patterns if re.search(pattern, folded)), None)


def _speaks_of(question: str, candidate: Candidate) -> bool:
    text = candidate.article.text
    around = words(text[max(0, candidate.start - _BESIDE) : candidate.end + _BESIDE])
    asked = [word for word in words(question) if is_content(word) and lexeme(word) not in _AMOUNTS_TO]
    return all(coverage(plainly([word]), around, SAME_WORD) for word in asked)


def _beside(a: Candidate, b: Candidate) -> bool:
    return a.article.id == b.article.id and abs(a.start - b.start) <= _BESIDE


def _about(question: str) -> str:
    """What a «كم عدد …» question asks for, in its own words; empty for other wordings."""
    asked = re.search(r"\bعدد\s[^؟?]+", question)
    return asked.group().strip() if asked else ""


def stated_conflicts(
    question: str, found: Sequence[StatedFigure[S]], citations: Sequence[Citation]
) -> tuple[Conflict, ...]:
    """The differing figures whose sentences are cited, as the Answer states them."""
    number_of = {(c.article.id, c.end): c.n for c in citations}  # a quote may begin elsewhere than its sentence
    values = []
    for figure in differing(question, found):
        c, v = figure.candidate, figure.value
        n = number_of.get((c.article.id, c.end))
        if n is not None:
            after = c.text[v.end :].split() if v.unit_end > v.end or not v.unit else []  # «يومين» holds its unit
            unit = after[0].strip("،,.؛:») ") if after else v.unit
            who = said_by(c.text) or c.article.source
            values.append(ConflictValue(v.value, unit, c.text[v.start : v.end], who, n))
    return (Conflict(_about(question) or values[0].unit, tuple(values)),) if len(values) > 1 else ()
