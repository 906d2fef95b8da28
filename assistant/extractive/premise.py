"""Whether an article says the opposite of what a question takes for granted: «لماذا رفض …؟» where it approved."""

from collections.abc import Iterator, Sequence

from assistant.extractive.features import Candidate
from assistant.question.analysis import Question
from assistant.verification.opposites import Lexemes, Sides, lexemes_of, opposite_sides, stands
from index.text.arabic import words
from index.text.matching import SAME_WORD

TOP = 2
"""Best sentences that are looked at."""
OTHERWISE_HELD = 0.9
"""Share of the question, without the word that is contradicted, which must stand around the sentence."""
_WHETHER = ("هل",)
_NEGATIONS = frozenset("لم لن لا ليس ليست عدم غير دون".split())


def contradicted_by(question: Question, ranked: Sequence[Candidate]) -> Candidate | None:
    """The first of the best sentences that says the opposite of the question's predicate, of the same matter.

    The predicate is the first word behind the question word, alone or with the words that follow it. A sentence that
    holds the predicate as well is left alone. None for a question with a negation («لم ينجح» is «أخفق»), and for one
    that only asks whether («هل رفض …؟»): there the sentence is the answer.
    """
    asked = lexemes_of(words(question.text))
    if asked[:1] == _WHETHER or not _NEGATIONS.isdisjoint(words(question.text)):
        return None
    for own, other in _predicates(question, asked):
        if stands(other, asked):
            continue
        for candidate in ranked[:TOP]:
            said = lexemes_of(words(candidate.text))
            if stands(other, said) and not stands(own, said) and _same_matter(question, candidate, own):
                return candidate
    return None


def _predicates(question: Question, asked: Lexemes) -> Iterator[Sides]:
    """The sides that the question's predicate stands on, each with its opposite."""
    focus = next((word for (word, _, _), near in zip(question.content, question.focus, strict=True) if near), None)
    if focus is None:
        return
    at = next((i for i, word in enumerate(words(question.text)) if word == focus), 0)
    for own, other in opposite_sides():
        if any(asked[at : at + len(wording)] == wording for wording in own):
            yield own, other


def _same_matter(question: Question, candidate: Candidate, own: Sequence[Lexemes]) -> bool:
    """Whether what else the question speaks of stands around the sentence."""
    predicate = {lex for wording in own for lex in wording}
    rest = [
        (word.weight, near)
        for word, near in zip(question.content, candidate.held.around_titled, strict=True)
        if lexemes_of([word.word])[0] not in predicate
    ]
    total = sum(weight for weight, _ in rest)
    return bool(total) and sum(w for w, near in rest if near >= SAME_WORD) / total >= OTHERWISE_HELD
