"""How sure it is that the articles answer a question: they are about it, and they state what it asks for."""

import math
from collections.abc import Sequence

from assistant.extractive.features import Candidate, Sureness
from assistant.linear import Linear
from assistant.question.analysis import Question
from assistant.question.answer_type import WANTED
from assistant.question.type_match import SAME_NOUN, holds_wanted
from index.text.arabic import lexeme, stem, words
from index.text.matching import SAME_WORD, Asked, Rarity, nearness
from index.text.stopwords import is_content
from index.text.synonyms import other_wordings
from index.types import ScoredPassage

TOP = 3
"""Candidates that are looked at."""
CONFIDENCE_FEATURES = (
    "odds", "lead", "lead_of_three", "sentence_share", "around_share", "around_missing", "best_share", "best_least",
    "best_missing", "best_missing_words", "best_exact", "best_exact_mass", "all_exact", "sentence_exact",
    "best_missing_mass", "first_word", "second_word", "last_word",
    "focus", "none_holds", "none_counts", "counted_anywhere", "lacks_answer", "lacks_beside", "passage_lead",
    "passage_cosine", "passage_coverage", "words", "mass", "states_number", "holds_wanted", "three_hold_wanted",
    "head_in_sentence", "head_in_passage", "head_in_article", "new_behind_head", "article_least",
    "article_missing_words", "article_share", "new_beside_match", "matches",
    *(f"wants_{wanted}" for wanted in WANTED),
    *(f"lacks_{wanted}" for wanted in WANTED),
)  # fmt: skip
NO_FIGURE = 0.17
"""The most where a number is asked for and the best sentences state none, or a noun is counted and no candidate counts
it: of 18 training questions of the second kind 3 were answered, of 6 of the first none."""
ALL_HELD = 0.75
"""The least, on the topic, where a person is asked for and all that the question says stands around the best sentence
(«من هو مارك روته؟»): of few words, even rare ones, the model is too unsure."""
_ALL = 1 - 1e-6
_FOUND = 0.85  # nearness from which a word is the question's own or says the same
_NEXT = 2  # words between two that stand side by side
_WHOLE_MASS = 20.0  # nats; what three rare words tell, enough to be sure of the topic
_SMALL = -5.0  # log-odds that stand for a candidate which is not there


def sureness(question: Question, features: Sequence[float], topic: Linear, statement: Linear) -> Sureness:
    """What two logistic models make of the features of `confidence_features`."""
    if not any(word.isalpha() and is_content(word) for word in words(question.text)):
        return Sureness(0.0, 0.0)  # «كم؟» or a number alone asks of nothing
    stated, on_topic = _probability(statement.odds(features)), _probability(topic.odds(features))
    row = dict(zip(CONFIDENCE_FEATURES, features, strict=True))
    if question.expected.wanted == "person" and row["sentence_exact"] > _ALL and len(question.content) > 1:
        on_topic = max(on_topic, ALL_HELD)
    numberless = question.kind == "number" and row["none_holds"]
    uncounted = question.noun is not None and row["counted_anywhere"] < SAME_NOUN
    limit = NO_FIGURE if numberless or uncounted else 1.0
    return Sureness(on_topic, min(stated, limit), limit)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def confidence_features(
    question: Question, ranked: Sequence[Candidate], passages: Sequence[ScoredPassage], rarity: Rarity
) -> tuple[float, ...]:
    """What tells an answered question from an unanswered one, in the order of CONFIDENCE_FEATURES; 0 without any.

    Scores that grow with the size of the library are not among them: five articles are a library too.
    """
    if not ranked:
        return (0.0,) * len(CONFIDENCE_FEATURES)
    row = _scores(ranked, passages) | _shares(question, ranked[:TOP]) | _wanted(question, ranked[:TOP], rarity)
    row |= _head(question, ranked[0]) | _article(question, ranked[0])
    return tuple(row[name] for name in CONFIDENCE_FEATURES)


def _scores(ranked: Sequence[Candidate], passages: Sequence[ScoredPassage]) -> dict[str, float]:
    odds = [*(candidate.score for candidate in ranked), _SMALL, _SMALL, _SMALL]
    second = passages[1].score if len(passages) > 1 else 0.0
    top = ranked[:TOP]
    return {
        "odds": odds[0],
        "lead": odds[0] - odds[1],
        "lead_of_three": odds[0] - odds[3],
        "none_holds": min(c.feature("lacks_answer") for c in top),
        "none_counts": min(c.feature("lacks_beside") for c in top),
        "counted_anywhere": max(c.feature("number_beside") for c in ranked),
        "lacks_answer": top[0].feature("lacks_answer"),
        "lacks_beside": top[0].feature("lacks_beside"),
        "focus": top[0].feature("focus"),
        "passage_lead": passages[0].score - second,
        "passage_cosine": passages[0].vector_score,
        "passage_coverage": passages[0].coverage,
    }


def _shares(question: Question, top: Sequence[Candidate]) -> dict[str, float]:
    """How much of the question the best sentences and their passages hold, and what they lack."""
    weights = [word.weight for word in question.content]
    total = sum(weights) or 1.0
    best = [max(column) for column in zip(*(c.held.passage for c in top), strict=True)]
    around = top[0].held.around_titled
    exact = question.share([float(near >= _FOUND) for near in best])

    def missing(held: Sequence[float]) -> list[float]:
        return [weight for weight, near in zip(weights, held, strict=True) if near < SAME_WORD]

    return {
        "sentence_share": question.share(top[0].held.sentence),
        "around_share": question.share(around),
        "around_missing": max(missing(around), default=0.0) / total,
        "best_share": question.share(best),
        "best_least": min(best, default=1.0),
        "best_missing": max(missing(best), default=0.0) / total,
        "best_missing_words": len(missing(best)) / max(len(best), 1),
        "best_exact": exact,
        "best_exact_mass": min(1.0, exact * sum(weights) / _WHOLE_MASS),
        "all_exact": float(bool(weights) and exact > _ALL),
        "sentence_exact": question.share([float(near >= _FOUND) for near in around]),
        "best_missing_mass": sum(missing(best)) / 20,
        "first_word": (around[:1] or [1.0])[0],
        "second_word": (around[1:2] or [1.0])[0],
        "last_word": (around[-1:] or [1.0])[0],
        "words": len(weights) / 10,
        "mass": sum(weights) / 40,
        "states_number": float(any(word[0].isdigit() for word in words(question.text))),
    }


def _wanted(question: Question, top: Sequence[Candidate], rarity: Rarity) -> dict[str, float]:
    """Whether the best sentences hold something of the kind that is wanted."""
    wanted = question.expected.wanted
    held = [holds_wanted(wanted, c.text, words(c.text), question.stems, rarity) for c in top]
    row = {"holds_wanted": float(held[0]), "three_hold_wanted": float(any(held))}
    row |= {f"wants_{kind}": float(kind == wanted) for kind in WANTED}
    return row | {f"lacks_{kind}": float(kind == wanted and not held[0]) for kind in WANTED}


def _head(question: Question, best: Candidate) -> dict[str, float]:
    """Whether the word that is asked about stands there, and something new behind it («أي جامعة»: جامعة سوسة)."""
    head = question.expected.head
    names = ("head_in_sentence", "head_in_passage", "head_in_article")
    if head is None:
        return dict.fromkeys(names, 1.0) | {"new_behind_head": 0.0}
    asked = [Asked(head, 1.0, other_wordings([head])[0] if is_content(head) else frozenset())]
    own = words(best.text)
    behind = [own[at + 1] for at, word in enumerate(own[:-1]) if lexeme(word) == lexeme(head)]
    titled = f"{best.article.title or ''} {best.article.text}"
    texts = (own, words(_around(best)), words(titled))
    row = {name: nearness(asked, text)[0] for name, text in zip(names, texts, strict=True)}
    return row | {"new_behind_head": float(any(stem(word) not in question.stems for word in behind))}


_AROUND = 600
"""Characters on either side of a sentence that stand for its passage."""


def _around(best: Candidate) -> str:
    text = best.article.text[max(0, best.start - _AROUND) : best.end + _AROUND]
    return f"{best.article.title or ''} {text}"


def _article(question: Question, best: Candidate) -> dict[str, float]:
    """How much of the question the whole article holds, and what is new beside the words that match."""
    held = nearness(question.content, words(f"{best.article.title or ''} {best.article.text}"))
    own = words(best.text)
    content = [at for at, word in enumerate(own) if is_content(word)]
    matched = [at for at in content if stem(own[at]) in question.stems]
    beside = sum(any(abs(at - other) <= _NEXT for other in matched) for at in content if at not in matched)
    return {
        "article_least": min(held, default=1.0),
        "article_missing_words": float(sum(near < SAME_WORD for near in held)),
        "article_share": question.share(held),
        "new_beside_match": beside / 6,
        "matches": len(matched) / 8,
    }
