"""The nouns of the assistant. `Answer.to_dict` is the JSON contract of `isnad ask --json`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from index.types import Article, Filters, ScoredPassage

Support = Literal["full", "partial", "none"]
Reason = Literal["off_topic", "not_stated", "premise_contradicted", "unsupported"]


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words of a named article: `article.text[start:end] == quote`."""

    n: int
    article: Article = field(repr=False)
    start: int
    end: int
    contradicts: bool = False
    copies: tuple[Article, ...] = field(default=(), repr=False)
    """Other articles that carry the same report in the same words."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.article.text):
            raise ValueError(f"citation {self.start}:{self.end} lies outside article {self.article.id}")

    @property
    def quote(self) -> str:
        """The cited words, as the article has them."""
        return self.article.text[self.start : self.end]

    def to_dict(self) -> dict[str, Any]:
        """The citation in the shape of the JSON contract."""
        a = self.article
        row = {"n": self.n, "article_id": a.id, "title": a.title, "source": a.source, "published": a.published}
        row |= {"path": a.path, "url": a.url, "start": self.start, "end": self.end, "quote": self.quote}
        if self.copies:
            shown = ("title", "source", "published")
            row["copies"] = [{"article_id": c.id} | {name: getattr(c, name) for name in shown} for c in self.copies]
        return row | ({"contradicts": True} if self.contradicts else {})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the numbers of the citations that prove it."""

    text: str
    citations: tuple[int, ...]
    support: Support = "full"
    core: tuple[int, int] | None = None
    """The part of `text` that answers (a value, a name), as offsets."""
    overlap: float | None = None
    """Of a sentence that an LLM wrote, the share in [0, 1] of its words that the cited ones say."""
    entailment: float | None = None
    """The probability in [0, 1] that the cited words entail it, where a model judged it."""

    def to_dict(self) -> dict[str, Any]:
        """The sentence in the shape of the JSON contract."""
        row: dict[str, Any] = {"text": self.text, "citations": list(self.citations), "support": self.support}
        row |= {"core": self.core and list(self.core)}
        scores = {"overlap": self.overlap, "entailment": self.entailment}
        return row | {name: round(score, 3) for name, score in scores.items() if score is not None}


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One of the figures on which the articles differ: the number, its words, who said it, and its citation."""

    value: float
    unit: str
    text: str
    said_by: str | None
    citation: int

    @property
    def words(self) -> str:
        """The figure with its unit, which a percentage (11 في المئة) holds already."""
        return self.text if self.unit in ("", "%") else f"{self.text} {self.unit}"

    def to_dict(self) -> dict[str, Any]:
        """The figure in the shape of the JSON contract; whole numbers without a decimal point."""
        value = int(self.value) if float(self.value).is_integer() else self.value
        row = {"value": value, "unit": self.unit, "text": self.text, "said_by": self.said_by}
        return row | {"citation": self.citation}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Different figures for the same thing."""

    about: str
    values: tuple[ConflictValue, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the LLM read and wrote, as its endpoint counted them."""

    prompt: int
    completion: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets. An abstention has a `reason`, no sentences and no citations, but `nearest` quotes."""

    question: str
    text: str
    """The sentences with their markers, or the words of the abstention."""
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    reason: Reason | None = None
    answerer: str = "extractive"
    confidence: float | None = None
    """Probability in [0, 1] that the articles answer the question; None for errors."""
    tokens: Tokens | None = None
    dropped: int = 0
    """Sentences of the draft that no cited span supported and that are therefore not shown."""
    timings_ms: dict[str, float] = field(default_factory=dict)
    error: str | None = None
    id: str | int | None = None
    notice: str | None = None
    """What the reader should know about the search itself, such as undated articles left out of a dated search."""
    understood: str | None = None
    """The question as it was asked of the articles, where it leaned on the one before it."""

    @property
    def abstained(self) -> bool:
        """Whether the articles were found not to answer."""
        return self.reason is not None

    def to_dict(self) -> dict[str, Any]:
        """The Answer in the shape of the JSON contract."""
        return {
            "id": self.id,
            "question": self.question,
            "answer": self.text,
            "abstained": self.abstained,
            "reason": self.reason,
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "citations": [c.to_dict() for c in self.citations],
            "conflicts": [{"about": c.about, "values": [v.to_dict() for v in c.values]} for c in self.conflicts],
            "nearest": [c.to_dict() for c in self.nearest],
            "answerer": self.answerer,
            "confidence": None if self.confidence is None else round(self.confidence, 3),
            "tokens": self.tokens and {"prompt": self.tokens.prompt, "completion": self.tokens.completion},
            "dropped": self.dropped,
            "timings_ms": {stage: round(ms, 1) for stage, ms in self.timings_ms.items()},
            "notice": self.notice,
            "error": self.error,
        } | ({"understood": self.understood} if self.understood else {})

    def with_timings(self, **milliseconds: float) -> "Answer":
        """The same answer with further stages timed."""
        return replace(self, timings_ms=self.timings_ms | milliseconds)


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that is still being composed; shown, never kept."""

    text: str
    """The words that no check has seen yet, as plain text: shown dimmed."""
    sentences: tuple[Sentence, ...] = ()
    """The sentences before them that stood the check, with the numbers that their citations will have."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation as it was understood, and the words that answered it, if they are known."""

    question: str
    core: str = ""
    answer: str = ""
    """The first sentence of its answer; an LLM's has no core."""


Extent = tuple[int, int, int]
"""(index of the passage, start, end): a piece of its article's text."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well a group of sentences supports a statement."""

    support: Support
    share: float
    """Of the statement's content words, in [0, 1]."""
    group: tuple[int, ...]
    """The sentences, by their number in the evidence; without support the nearest."""
    differs: bool = False
    """Whether there is no support because the evidence says another thing."""
    few: bool = False
    """Whether there is no support only because too few words are shared; whoever reads may see more in it."""
    certain: bool = False
    """Whether there is none because a figure, a date, a quotation or a country is not there: no reader changes that."""
    unsure: bool = False
    """Whether a figure is there only in one of the two ways that its digits may be read: no reader makes that full."""


class Verifier(Protocol):
    """Holds passages and tells which of their sentences support a statement."""

    def verdict(self, text: str, cited: Sequence[int], question: str = "") -> Verdict:
        """How well the passages with the indexes `cited` support `text`, the answer to a question."""
        ...

    def extents(self, group: Sequence[int]) -> tuple[Extent, ...]:
        """The pieces of articles that sentences are, by their numbers in a verdict."""
        ...

    def around(self, text: str, cited: Sequence[int], verdict: Verdict, *, wholly: bool = False) -> tuple[int, ...]:
        """The sentences of a verdict; without full support, or `wholly` where a word lacks, with more that say it."""
        ...

    def signals(self, text: str, cited: Sequence[int], verdict: Verdict, question: str = "") -> tuple[float, ...]:
        """What is told of a statement beside the sentences of its verdict, for a model to weigh."""
        ...

    def lacks_a_fact(self, text: str, group: Sequence[int], question: str = "") -> bool:
        """Whether sentences lack a figure, a date, a country or a quotation of a statement."""
        ...


class SupportJudge(Protocol):
    """A model that reads a sentence with the words quoted for it, after the check by words."""

    name: str

    def support(self, asked: "Doubt") -> "Supported":
        """How well a sentence is supported by the best of its sets of quotes. Raises ModelError."""
        ...


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence for a model to read."""

    text: str
    evidence: tuple[tuple[str, ...], ...]
    """Sets of quotes, the first that of the verdict."""
    verdict: Verdict
    signals: tuple[float, ...] = ()
    """What the words tell, in the verifier's order."""


@dataclass(frozen=True, slots=True)
class Supported:
    """What a judge makes of a sentence."""

    support: Support
    probability: float | None = None
    """In [0, 1], that the quotes bear it out; None where it was not read."""
    evidence: int = 0
    """The set of quotes that does."""


class Answerer(Protocol):
    """Turns a question and the passages found for it into an Answer."""

    name: str

    def answer(self, question: str, passages: Sequence[ScoredPassage]) -> Answer:
        """The whole answer, citations checked."""
        ...

    def stream(self, question: str, passages: Sequence[ScoredPassage]) -> Iterator[Draft | Answer]:
        """Drafts as they come, then the checked Answer, always last."""
        ...

    def completed(self, question: str, before: Turn) -> str | None:
        """A question that leans on the one before it, as it stands alone; None where it does already."""
        ...


class Answering(Protocol):
    """What the terminal needs of an assistant."""

    @property
    def answerer(self) -> str:
        """The name of what answers."""
        ...

    def ask(self, question: str, filters: Filters) -> Answer:
        """The checked answer. Raises IsnadError where there can be none."""
        ...

    def stream(self, question: str, filters: Filters) -> Iterator[Draft | Answer]:
        """Drafts as they come, then the checked Answer."""
        ...
