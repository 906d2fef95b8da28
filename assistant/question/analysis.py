"""A question, analysed once for all the sentences that it is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.question.answer_type import Expected, QuestionKind, counted_as, counted_noun, expected, question_kind
from index.text.arabic import is_arabic, stem, words
from index.text.matching import Asked, Rarity, content_words
from index.text.stopwords import is_content
from index.types import Encoder, ScoredPassage
from index.wordings.dialects import in_standard
from index.wordings.english import in_arabic

_QUESTION_WORDS = frozenset(
    """
    ما ماذا من هل كم كيف متي اين اي لماذا علام بم مم عم لمن بكم علاش شكون what who when where why how which
    """.split()
)
FOCUS_WORDS = 2
"""Content words right behind the question word: what is asked about."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks, and what its words are compared by."""

    text: str
    kind: QuestionKind
    expected: Expected
    noun: str | None
    """The noun that it counts, and the adjective that agrees with it."""
    adjective: str | None
    content: Sequence[Asked]
    focus: Sequence[bool]
    """For each content word, whether it is what is asked about."""
    stems: frozenset[str]
    telling: str
    """The stem of its rarest content word; empty without any."""
    vector: Any
    """Its embedding, of shape (dimensions,)."""

    @classmethod
    def of(cls, question: str, rarity: Rarity, encoder: Encoder) -> "Question":
        """Analyse a question."""
        kind, content = question_kind(question), content_words(question, rarity)
        noun = counted_noun(question) if kind == "number" else None
        near = _focus(question)
        return cls(
            question,
            kind,
            expected(question),
            noun,
            counted_as(question) if noun else None,
            content,
            [word in near or any(word == other[1:] for other in near) for word, _, _ in content],
            frozenset(map(stem, words(question))),
            stem(max(content, key=lambda word: word.weight).word) if content else "",
            encoder.encode([question], is_question=True)[0],
        )

    def share(self, held: Sequence[float]) -> float:
        """The share in [0, 1] of the content words' weights that is held, each word as far as `held` says."""
        total = sum(word.weight for word in self.content)
        return sum(word.weight * near for word, near in zip(self.content, held, strict=True)) / total if total else 0.0


def _focus(question: str) -> list[str]:
    asked = words(question)
    at = next((i for i, w in enumerate(asked) if w in _QUESTION_WORDS or w[1:] in _QUESTION_WORDS), -1)
    return [word for word in asked[at + 1 :] if is_content(word)][:FOCUS_WORDS]


def matching_wording(question: str, passages: Sequence[ScoredPassage]) -> str:
    """What is compared with the passages: an English question in Arabic where they are Arabic, none in a dialect."""
    standard = in_standard(question)
    return next((in_arabic(question) or standard for s in passages[:1] if is_arabic(s.passage.text)), standard)
