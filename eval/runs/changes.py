"""An article with another figure in place of one that a fact asks for, so that the right answer is another one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from math import isclose

from assistant.types import Answer
from assistant.values.values import Value
from eval.measures.matching import dates_in, values_in
from eval.types import Fact, Nugget
from index.reading import make_article
from index.text.arabic import sentence_spans
from index.types import Article

FIRST_STEP = 3
"""By how many units of its last digit that is not 0 a figure is changed: 4500 → 4800, so that it stays plausible."""
HIGH_PERCENT = 50
"""A percentage above this is made lower, so that it stays one."""
_DIGITS = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_SEPARATORS = {ord(","): None, ord("٬"): None, ord("٫"): "."}
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of an article replaced by another one."""

    fact: Fact
    before: Article
    after: Article
    nugget: Nugget
    """What a right answer states now."""


def follows(change: Change, answer: Answer) -> bool:
    """Whether an answer states the new figure, and nowhere the old one."""
    (old,) = change.fact.vital
    told = [sentence.text for sentence in answer.sentences]
    return any(_stated(text, change.nugget) for text in told) and not any(_stated(text, old) for text in told)


def changed(fact: Fact, articles: Mapping[str, Article]) -> Change | None:
    """The fact with another figure wherever its article states it; None where that cannot be done by replacing words.

    For facts with one vital nugget, a number above 0, that one span alone proves.
    """
    old = fact.vital[0] if len(fact.vital) == 1 else None
    if old is None or old.type != "number" or not old.value or [*map(len, old.evidence)] != [1]:
        return None
    ((span,),) = old.evidence
    article = articles[span.article_id]
    figure = _another(old, {end for a in articles.values() for value in values_in(a.text) for end in value.ends})
    new, text = replace(old, value=float(figure)), article.text
    for start, end in reversed([*sentence_spans(text)]):
        sentence = text[start:end]
        if _stated(sentence, old):
            after = _with_figure(sentence, old, figure)
            if _stated(after, old) or not _stated(after, new):
                return None
            text = text[:start] + after + text[end:]
    if span.quote in text:  # the figure was not found where the gold has it
        return None
    a = article
    details = {"title": a.title, "source": a.source, "url": a.url, "author": a.author, "published": a.published}
    return Change(fact, a, make_article(text, a.path, a.external_id, **details), new)


def _another(nugget: Nugget, taken: set[float]) -> Decimal:
    """A figure of the same size that no article states: some units of its last digit more, or less where high in %."""
    value, percent = Decimal(repr(nugget.value)).normalize(), nugget.unit == "%"
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # a figure is finite
    unit = Decimal(10) ** (min(exponent, 0) if percent else exponent)
    way = -unit if percent and value > HIGH_PERCENT else unit
    figures = (value + step * way for step in count(FIRST_STEP))
    return next(figure for figure in figures if not any(isclose(float(figure), other) for other in taken))


def _with_figure(sentence: str, nugget: Nugget, figure: Decimal) -> str:
    """The sentence with another figure in place of the nugget's, in digits: 76 ألف → 79 ألف, «خمسة عشر» → 18."""
    for value in reversed(_stated(sentence, nugget)):
        words = sentence[value.start : value.end]
        digits = _DIGITS.match(words)
        written = _plain(figure) + (" في المئة" if nugget.unit == "%" else "")
        if digits:
            stated = Decimal(digits.group().translate(_SEPARATORS))
            written = _plain(figure * stated / Decimal(repr(value.value))) + words[digits.end() :]
        sentence = sentence[: value.start] + written + sentence[value.end :]
    return sentence


def _stated(text: str, nugget: Nugget) -> list[Value]:
    """Where a text states a number: not as a day of a date, an end of a range, or a part of a Latin name (F16)."""
    kind = "percent" if nugget.unit == "%" else "number"
    return [
        value
        for value in values_in(text)
        if value.kind == kind
        and value.high is None
        and isclose(value.value, float(nugget.value or 0))
        and not any(date.start <= value.start < date.end for date in dates_in(text))
        and not _LATIN.match(text[max(0, value.start - 1) : value.start])
    ]


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
