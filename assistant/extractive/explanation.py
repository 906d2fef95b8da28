"""How an answer came about, stage by stage, and in one sentence why there is one or none: `isnad ask --explain`.

`Explanation.to_dict` is what `--json` has under "explain".
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.extractive.confidence import CONFIDENCE_FEATURES
from assistant.extractive.features import FEATURES, Candidate, Sureness
from assistant.extractive.stacking import NOTHING_READ, Readings, odds_of
from assistant.linear import Odds, Share, shipped
from assistant.question.analysis import Question
from assistant.types import Answer
from assistant.values.values import find_values
from index.text.arabic import lexeme, stem, words
from index.text.stopwords import is_content
from index.text.synonyms import groups, spans
from index.types import Arms, ScoredPassage

MOST_SENTENCES = 10
MOST_REASONS = 3
"""Features that the sentence of `why` names."""
READER_AGAINST = -0.5
"""Log-odds; a reader that takes more than this away is named as the reason."""
_NO_MORE = 1e-6  # a difference of probabilities that is one of rounding
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A content word of the question."""

    word: str
    """Folded; a preposition written as one word with it is left off."""
    stem: str
    weight: float
    """How much it tells, in nats."""
    also: tuple[str, ...]
    """What the table of synonyms takes for the same."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What the question was taken to ask."""

    wording: str
    """What was compared with the articles: the question, or its Arabic wording."""
    kind: str
    expected: str
    asked_about: str | None
    """The word behind the question word (أي شركة: شركه)."""
    counted: str | None
    """The noun that is counted."""
    words: tuple[AskedWord, ...]
    unweighed: tuple[str, ...]
    """Its other words, which tell nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was fused and read; a rank counts from 1 and is None where that arm did not find it."""

    article_id: str
    title: str | None
    start: int
    end: int
    term_rank: int | None
    bm25: float
    vector_rank: int | None
    cosine: float
    fused: float
    """Both arms together."""
    coverage: float
    score: float
    """After the second look (coverage, or a reranker)."""
    copies: tuple[str, ...]
    """Ids of the articles that carry the same report."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A candidate sentence: `article.text[start:end]`."""

    article_id: str
    start: int
    end: int
    text: str
    quoted: bool
    log_odds: float
    """Of the sentence model and, where one is set, the reader."""
    model: Odds
    reader: dict[str, Any] | None
    """The reader's probability (None where it did not read it), what it adds to the log-odds, and the words that it
    points at; None without a reader."""
    values: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Confidence:
    """How the confidence came about."""

    on_topic: float
    stated: float
    product: float
    threshold: float
    topic: Odds
    statement: Odds
    reader: float | None
    """What a reader adds to the log-odds of `product`, where one is set."""
    held_down: bool
    """Whether `stated` is less than its model says, since a figure is asked for that is not there."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer and how it came about."""

    answer: Answer
    question: AskedFor
    found: int
    """Passages that either arm found."""
    passages: tuple[Found, ...]
    """Those that were read."""
    candidates: int
    """Sentences that were weighed; 0 where an LLM answered."""
    sentences: tuple[Looked, ...]
    """The best of them."""
    confidence: Confidence | None
    why: str
    """One sentence."""

    def to_dict(self) -> dict[str, Any]:
        """What `isnad ask --explain --json` has under "explain"."""
        rows = {"question": asdict(self.question), "found": self.found, "passages": [*map(asdict, self.passages)]}
        rows |= {"candidates": self.candidates, "sentences": [*map(asdict, self.sentences)]}
        rows |= {"confidence": self.confidence and asdict(self.confidence), "why": self.why}
        return dict(_rounded(rows))


def _rounded(row: Any) -> Any:
    """The same with numbers short enough to read."""
    if isinstance(row, dict):
        return {name: _rounded(value) for name, value in row.items()}
    if isinstance(row, (list, tuple)):
        return [_rounded(value) for value in row]
    return round(row, _DIGITS) if isinstance(row, float) else row


# ---------------------------------------------------------------- from what each stage left


def explain(
    answer: Answer,
    arms: Arms,
    passages: Sequence[ScoredPassage],
    question: Question,
    ranked: Sequence[Candidate] = (),
    readings: Readings = NOTHING_READ,
    confidence: Confidence | None = None,
) -> Explanation:
    """The explanation of an answer; without what the extractive answerer weighed, of its retrieval alone."""
    looked = [_looked(c, answer, readings) for c in ranked[:MOST_SENTENCES]]
    return Explanation(
        answer,
        _asked_for(question),
        len(arms.fused),
        tuple(_found(arms, passages)),
        len(ranked),
        tuple(looked),
        confidence,
        why(answer, confidence, bool(passages)),
    )


def _asked_for(question: Question) -> AskedFor:
    asked = words(question.text)
    also = _also(asked)
    return AskedFor(
        question.text,
        question.kind,
        question.expected.wanted,
        question.expected.head,
        question.noun,
        tuple(AskedWord(w.word, stem(w.word), w.weight, _also_of(w.word, also)) for w in question.content),
        tuple(dict.fromkeys(word for word in asked if not is_content(word))),
    )


def _also(asked: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each word that stands in a wording of the table, the group's other wordings."""
    found: dict[str, tuple[str, ...]] = {}
    for span in spans(asked):
        own = asked[span.start : span.start + span.length]
        same = [*map(lexeme, own)]
        others = (wording for number in span.groups for wording in groups()[number])
        distinct = dict.fromkeys(" ".join(wording) for wording in others if [*map(lexeme, wording)] != same)
        found |= dict.fromkeys(own, tuple(distinct))
    return found


def _also_of(word: str, also: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The other wordings of a content word, which may have lost a preposition that it was written with."""
    return next((others for written, others in also.items() if word in (written, written[1:])), ())


def _found(arms: Arms, passages: Sequence[ScoredPassage]) -> list[Found]:
    term_rank, vector_rank = ({id_: n for n, id_ in enumerate(arm, start=1)} for arm in (arms.terms, arms.near))
    return [
        Found(
            s.passage.article.id,
            s.passage.article.title,
            s.passage.start,
            s.passage.end,
            term_rank.get(s.passage.id),
            s.term_score,
            vector_rank.get(s.passage.id),
            s.vector_score,
            arms.fused[s.passage.id],
            s.coverage,
            s.score,
            tuple(copy.article.id for copy in s.copies),
        )
        for s in passages
    ]


def _looked(candidate: Candidate, answer: Answer, readings: Readings) -> Looked:
    c = candidate
    quoted = any((q.article.id, q.end) == (c.article.id, c.end) for q in answer.citations)
    reading = readings.reading(c)
    span = c.text[slice(*reading.span)] if reading and reading.span else None
    values = tuple(
        {"text": c.text[v.start : v.end], "value": v.value, "high": v.high, "unit": v.unit} for v in find_values(c.text)
    )
    odds = Odds.of(shipped("sentences", FEATURES), FEATURES, c.features)
    read = {"probability": reading and reading.probability, "adds": c.score - odds.log_odds, "span": span}
    return Looked(c.article.id, c.start, c.end, c.text, quoted, c.score, odds, read if readings.of else None, values)


def confidence_of(
    sure: Sureness, before: Sureness, signs: Sequence[float], readings: Readings, threshold: float
) -> Confidence:
    """How the confidence came about: `before` a reader was asked, by the features `signs` of CONFIDENCE_FEATURES."""
    models = [shipped(name, CONFIDENCE_FEATURES) for name in ("topic", "statement")]
    topic, statement = (Odds.of(model, CONFIDENCE_FEATURES, signs) for model in models)
    held_down = before.stated < 1 / (1 + math.exp(-statement.log_odds)) - _NO_MORE
    reader = odds_of(sure.answered) - odds_of(before.answered) if readings.of else None
    return Confidence(sure.on_topic, sure.stated, sure.answered, threshold, topic, statement, reader, held_down)


def why(answer: Answer, confidence: Confidence | None, found: bool) -> str:
    """One sentence: why there is an answer, or none."""
    if confidence is None:
        done = f"refused ({_spaced(answer.reason)})" if answer.reason else "composed the answer"
        return f"The LLM {answer.answerer} read these passages and {done}; code checked each of its citations."
    if answer.reason is None:
        return f"Answered: {_sum(confidence)} reaches the threshold {confidence.threshold:.2f}."
    return f"Refused ({_spaced(answer.reason)}): {_refusal(answer, confidence, found)}."


def _refusal(answer: Answer, confidence: Confidence, found: bool) -> str:
    if answer.reason == "premise_contradicted":
        return "a sentence of the articles says the opposite of what the question takes for granted"
    if not found:
        return "neither arm found a passage"
    if not confidence.on_topic:
        return "the question holds no word that tells what it is about"
    short = f"{_sum(confidence)} stays below the threshold {confidence.threshold:.2f}"
    if confidence.held_down and confidence.on_topic >= confidence.threshold:
        return f"{short}; a figure is asked for, and no sentence states one that counts what is asked"
    if (confidence.reader or 0.0) < READER_AGAINST:
        return f"{short}; the reader found no sentence that states it"
    topic = confidence.on_topic < confidence.stated
    against = _against((confidence.topic if topic else confidence.statement).features)
    return f"{short}; most against “{'on topic' if topic else 'stated'}”: {against}" if against else short


def _sum(confidence: Confidence) -> str:
    c = confidence
    return f"confidence {c.product:.2f} (on topic {c.on_topic:.2f} × stated {c.stated:.2f})"


def _against(features: Sequence[Share]) -> str:
    least = [share for share in features if share.contribution < 0][:MOST_REASONS]
    return ", ".join(f"{_spaced(share.name)} {share.contribution:+.2f}" for share in least)


def _spaced(name: str | None) -> str:
    return (name or "").replace("_", " ")
