"""Whether an article says the opposite of what a question takes for granted: «لماذا رفض …؟» where it approved."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from assistant.asked import Question
from assistant.ranking import Candidate
from index.arabic import lexeme, words
from index.matching import SAME_WORD

Lexemes = tuple[str, ...]
Sides = tuple[tuple[Lexemes, ...], tuple[Lexemes, ...]]

TOP = 2
"""Best sentences that are looked at."""
OTHERWISE_HELD = 0.9
"""Share of the question, without the word that is contradicted, which must stand around the sentence."""
_WHETHER = ("هل",)
_NEGATIONS = frozenset("لم لن لا ليس ليست عدم غير دون".split())
_SHORTEST = 3  # letters of a lone lexeme; a shorter one is anything
_ACCUSATIVE = 4  # letters in front of an ending ا that is no letter of the word (انخفاضًا)


@cache
def _opposites() -> tuple[Sides, ...]:
    """Both sides of each line of the table, written for the project."""
    lines = resources.files("assistant").joinpath("opposites.txt").read_text(encoding="utf-8").splitlines()
    return tuple((_side(left), _side(right)) for left, _, right in (line.partition("<>") for line in lines))


def _side(text: str) -> tuple[Lexemes, ...]:
    wordings = (_lexemes(words(wording)) for wording in text.split("|"))
    return tuple(sorted({w for w in wordings if len(w) > 1 or len(w[0]) >= _SHORTEST}, key=len, reverse=True))


def _lexemes(text: Sequence[str]) -> Lexemes:
    return tuple(lexeme(word[:-1] if word.endswith("ا") and len(word) > _ACCUSATIVE else word) for word in text)


def contradicted_by(question: Question, ranked: Sequence[Candidate]) -> Candidate | None:
    """The first of the best sentences that says the opposite of the question's predicate, of the same matter.

    The predicate is the first word behind the question word, alone or with the words that follow it. A sentence that
    holds the predicate as well is left alone. None for a question with a negation («لم ينجح» is «أخفق»), and for one
    that only asks whether («هل رفض …؟»): there the sentence is the answer.
    """
    asked = _lexemes(words(question.text))
    if asked[:1] == _WHETHER or not _NEGATIONS.isdisjoint(words(question.text)):
        return None
    for own, other in _predicates(question, asked):
        if _stands(other, asked):
            continue
        for candidate in ranked[:TOP]:
            said = _lexemes(words(candidate.text))
            if _stands(other, said) and not _stands(own, said) and _same_matter(question, candidate, own):
                return candidate
    return None


def _predicates(question: Question, asked: Lexemes) -> Iterator[Sides]:
    """The sides that the question's predicate stands on, each with its opposite."""
    focus = next((word for (word, _, _), near in zip(question.content, question.focus, strict=True) if near), None)
    if focus is None:
        return
    at = next((i for i, word in enumerate(words(question.text)) if word == focus), 0)
    for left, right in _opposites():
        for own, other in ((left, right), (right, left)):
            if any(asked[at : at + len(wording)] == wording for wording in own):
                yield own, other


def _stands(side: Sequence[Lexemes], text: Lexemes) -> bool:
    return any(text[i : i + len(wording)] == wording for wording in side for i in range(len(text) - len(wording) + 1))


def _same_matter(question: Question, candidate: Candidate, own: Sequence[Lexemes]) -> bool:
    """Whether what else the question speaks of stands around the sentence."""
    predicate = {lex for wording in own for lex in wording}
    rest = [
        (word.weight, near)
        for word, near in zip(question.content, candidate.held.around_titled, strict=True)
        if _lexemes([word.word])[0] not in predicate
    ]
    total = sum(weight for weight, _ in rest)
    return bool(total) and sum(w for w, near in rest if near >= SAME_WORD) / total >= OTHERWISE_HELD
