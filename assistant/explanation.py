"""The nouns of an explanation: what each stage saw of one question; `to_dict` is what `--json` has under "explain"."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.linear import Linear
from assistant.types import Answer

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
class Share:
    """What one feature adds to log-odds."""

    name: str
    value: float
    weight: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Odds:
    """Log-odds of a linear model: the bias and all contributions together. Features whose value is 0 are left out."""

    log_odds: float
    bias: float
    features: tuple[Share, ...]
    """The largest contribution, for or against, first."""

    @classmethod
    def of(cls, model: Linear, names: Sequence[str], values: Sequence[float]) -> "Odds":
        """What a model makes of features."""
        rows = zip(names, values, model.weights, strict=True)
        shares = [Share(name, value, weight, value * weight) for name, value, weight in rows if value]
        return cls(model.odds(values), model.bias, tuple(sorted(shares, key=lambda s: -abs(s.contribution))))


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
    """What a reader adds to the log-odds of `stated`, where one is set."""
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
