"""A candidate sentence, and what is told of it beside a question: honest features that a linear model weighs."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.question.analysis import Question
from assistant.question.answer_type import QuestionKind
from assistant.question.type_match import SAME_NOUN, counts, holds_kind
from assistant.values.values import find_values
from index.text.arabic import stem
from index.text.matching import SAME_WORD, coverage, plainly
from index.text.stopwords import is_content
from index.types import Article

KINDS: tuple[QuestionKind, ...] = ("number", "date", "reason", "saying", "person", "place", "other")
SENTENCE = (
    "coverage", "coverage_around", "coverage_titled", "coverage_around_titled", "exact", "before", "after",
    "title_coverage", "passage", "passage_coverage", "holds_answer", "lacks_answer", "number_beside", "lacks_beside",
    "is_heading", "is_first", "length", "new_words", "focus", "density", "match_begins", "begins_with",
    "telling_begins", "cosine", "position",
)  # fmt: skip
AGAINST_BEST = ("coverage", "cosine", "passage")
"""Those that are told also by how far they lie below the highest of all candidates."""
BY_KIND = ("holds_answer", "lacks_answer", "new_words")
"""Those whose weight may differ with the kind of the question."""
FEATURES = (
    *SENTENCE,
    *(f"{name}_below_best" for name in AGAINST_BEST),
    *(f"{name}_{kind}" for kind in KINDS for name in BY_KIND),
)
_EXACT = 0.9  # nearness from which a word is the question's own, not only one like it
_FAR = 30  # words; a match further from the beginning is not at the beginning
_LONG = 3_000  # characters; a sentence that begins later stands at the end
_SHORT = 16  # words; a headline has fewer, and no full stop


class Held(NamedTuple):
    """How near each content word of a question comes to some word of a text, in [0, 1]."""

    sentence: Sequence[float]
    before: Sequence[float]
    after: Sequence[float]
    title: Sequence[float]
    """The article's title."""
    passage: Sequence[float]
    """The whole passage and the title."""

    @property
    def around(self) -> list[float]:
        """The sentence and its neighbours."""
        return [*map(max, self.sentence, self.before, self.after)]

    @property
    def around_titled(self) -> list[float]:
        """The same and the title."""
        return [*map(max, self.around, self.title)]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage: `article.text[start:end]`, with its features in the order of FEATURES."""

    article: Article
    start: int
    end: int
    features: tuple[float, ...]
    score: float
    """Log-odds that the sentence answers the question."""
    held: Held
    bare: float | None = None
    """The log-odds before a reader was asked; None where none was."""

    @property
    def unread(self) -> float:
        """The log-odds by the features alone."""
        return self.score if self.bare is None else self.bare

    @property
    def text(self) -> str:
        """The exact words."""
        return self.article.text[self.start : self.end]

    @property
    def coverage_around(self) -> float:
        """The share in [0, 1] of the question that the sentence and its neighbours hold."""
        return self.feature("coverage_around")

    def feature(self, name: str) -> float:
        """One feature by its name."""
        return self.features[FEATURES.index(name)]


@dataclass(frozen=True, slots=True)
class Sureness:
    """Probabilities in [0, 1]."""

    on_topic: float
    """That the articles are about what is asked."""
    stated: float
    """That they state it, where they are."""
    limit: float = 1.0
    """The most that `stated` may be, whatever a reader makes of it: less where the figure asked for is nowhere."""

    @property
    def answered(self) -> float:
        """That they answer the question."""
        return self.on_topic * self.stated


def coverage_features(question: Question, held: Held) -> dict[str, float]:
    """What the sentence, its neighbours and the title hold of the question."""
    share = question.share
    focus = [near for near, is_focus in zip(held.sentence, question.focus, strict=True) if is_focus]
    return {
        "coverage": share(held.sentence),
        "coverage_around": share(held.around),
        "coverage_titled": share([*map(max, held.sentence, held.title)]),
        "coverage_around_titled": share(held.around_titled),
        "exact": share([near if near >= _EXACT else 0.0 for near in held.sentence]),
        "before": share(held.before),
        "after": share(held.after),
        "title_coverage": share(held.title),
        "focus": max(focus, default=0.0),
    }


def form_features(question: Question, text: str, own: Sequence[str], around: Sequence[str]) -> dict[str, float]:
    """What the sentence, with its folded words and those around it, states, and how it is built."""
    stems = [stem(word) for word in own]
    content = [is_content(word) for word in own]
    matched = [at for at, s in enumerate(stems) if content[at] and s in question.stems]
    told = stems.index(question.telling) if question.telling in stems else _FAR
    stated, beside = holds_kind(question.kind, text, question.text), _number_beside(question, text, own, around)
    ends = text.rstrip("\"'»”’)] ")[-1:] in ".!?؟…"
    return {
        "holds_answer": float(stated is True),
        "lacks_answer": float(stated is False),
        "number_beside": beside,
        "lacks_beside": float(question.noun is not None and beside < SAME_NOUN),
        "is_heading": float(not ends and len(own) < _SHORT),
        "length": math.log(1 + len(own)) / 4,
        "new_words": math.log(1 + sum(c and s not in question.stems for c, s in zip(content, stems, strict=True))) / 4,
        "density": len(matched) / max(sum(content), 1),
        "match_begins": (matched[0] if matched else len(own)) / max(len(own), 1),
        "begins_with": 1 / (1 + (matched[0] if matched else _FAR)),
        "telling_begins": 1 / (1 + told),
    }


def place_features(start: int) -> dict[str, float]:
    """Where in its article a sentence begins, in characters."""
    return {"is_first": float(start == 0), "position": min(start, _LONG) / _LONG}


def in_order(question: Question, row: Mapping[str, float], highest: Mapping[str, float]) -> tuple[float, ...]:
    """All features in the order of FEATURES, from a sentence's own and the highest of all candidates."""
    below = [row[name] - highest[name] for name in AGAINST_BEST]
    by_kind = [row[name] * (kind == question.kind) for kind in KINDS for name in BY_KIND]
    return (*(row[name] for name in SENTENCE), *below, *by_kind)


def _number_beside(question: Question, text: str, own: Sequence[str], around: Sequence[str]) -> float:
    """How far a number of the sentence counts the noun asked for: «كم جنديًا» wants a number beside جندي.

    0 where the adjective of that noun stands nowhere near: the soldiers are not the wounded soldiers.
    """
    noun, adjective = question.noun, question.adjective
    if noun is None or (adjective and not coverage(plainly([adjective]), around, SAME_WORD)):
        return 0.0
    return max((counts(noun, value, own) for value in find_values(text)), default=0.0)
