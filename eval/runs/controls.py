"""Answers that nobody should trust, made to look as good as they can: a measure that they please measures nothing.

Each control has the gold, which no real answerer has, and one thing wrong with it. All but the one that always abstains
answer every question, also those that no article answers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from assistant.citations.abstention import abstention_text
from assistant.citations.spans import CitedClaim, Span, assemble, render
from assistant.types import Answer
from eval.measures.cases import Case
from eval.measures.grounded import grounded_correct
from eval.statistics import Estimate, bootstrap
from eval.tables import aligned, bounds, points
from eval.types import Fact
from index.text.arabic import sentence_spans, words
from index.types import Article

FILE = "controls.json"


@dataclass(frozen=True)
class Known:
    """All facts, and the articles by id."""

    facts: Sequence[Fact]
    articles: Mapping[str, Article]

    @cached_property
    def sentences(self) -> list[tuple[CitedClaim, frozenset[str]]]:
        """Every sentence of every article, with its folded words."""
        every = (sentence for article in self.articles.values() for sentence in _sentences(article))
        return [(sentence, frozenset(words(sentence.text))) for sentence in every]

    def gold(self, fact: Fact) -> list[CitedClaim]:
        """A perfect answer: each quote of the vital nuggets' evidence, cited.

        For a question that no article answers, the first sentence of one that it is about.
        """
        spans = [span for nugget in fact.vital for span in nugget.evidence[0]]
        if not spans:
            return [next(_sentences(self.home(fact)))]
        places = (Span(self.articles[span.article_id], span.start, span.end) for span in spans)
        return [_quoting(place) for place in dict.fromkeys(places)]

    def home(self, fact: Fact) -> Article:
        """The article that a fact belongs to."""
        return self.articles[fact.articles[0]]


Control = Callable[[Fact, Known], Sequence[CitedClaim]]
"""The sentences of an answer with what they cite; none abstains."""


def cite_everything(fact: Fact, known: Known) -> list[CitedClaim]:
    """The right sentences, each citing every sentence of its article."""
    return [replace(c, spans=tuple(s.spans[0] for s in _sentences(c.spans[0].article))) for c in known.gold(fact)]


def shuffled_citations(fact: Fact, known: Known) -> list[CitedClaim]:
    """The right sentences, each citing what proves another fact: the next one that has other evidence."""
    own = known.gold(fact)
    at = next(n for n, other in enumerate(known.facts) if other is fact)
    others = (known.gold(other) for other in (*known.facts[at + 1 :], *known.facts[:at]))
    dealt = (claims for claims in others if not {c.spans for c in claims} & {c.spans for c in own})
    spans = [claim.spans for claim in next(dealt, [])] or [()]
    return [replace(claim, spans=spans[n % len(spans)]) for n, claim in enumerate(own)]


def always_abstain(fact: Fact, known: Known) -> list[CitedClaim]:
    """No answer to anything."""
    return []


def closed_book(fact: Fact, known: Known) -> list[CitedClaim]:
    """The right answer as from memory, citing nothing; what is unanswerable is answered too."""
    return [CitedClaim(nugget.text, ()) for nugget in fact.vital] or [replace(c, spans=()) for c in known.gold(fact)]


def wrong_article(fact: Fact, known: Known) -> list[CitedClaim]:
    """The right sentences, each citing the sentence of another article that shares most words with it."""
    elsewhere = [(s, held) for s, held in known.sentences if s.spans[0].article.id not in fact.articles]

    def nearest(claim: CitedClaim) -> CitedClaim:
        told = frozenset(words(claim.text))
        found = max(elsewhere, key=lambda other: len(told & other[1]) / len(told | other[1]), default=None)
        return replace(claim, spans=found[0].spans if found else ())

    return [nearest(claim) for claim in known.gold(fact)]


def whole_article(fact: Fact, known: Known) -> list[CitedClaim]:
    """The right sentences, each citing its whole article."""
    whole = [Span(claim.spans[0].article, 0, len(claim.spans[0].article.text)) for claim in known.gold(fact)]
    return [replace(claim, spans=(span,)) for claim, span in zip(known.gold(fact), whole, strict=True)]


def first_paragraph(fact: Fact, known: Known) -> list[CitedClaim]:
    """The first paragraph of the right article, each sentence citing itself."""
    article = known.home(fact)
    end = len(article.text.lstrip().partition("\n\n")[0])
    return [sentence for sentence in _sentences(article) if sentence.spans[0].start < end]


CONTROLS: dict[str, Control] = {
    control.__name__: control
    for control in (
        cite_everything,
        shuffled_citations,
        always_abstain,
        closed_book,
        wrong_article,
        whole_article,
        first_paragraph,
    )
}


def answer_of(control: Control, fact: Fact, known: Known) -> Answer:
    """What a control answers."""
    sentences, citations = assemble(control(fact, known))
    if not sentences:
        text = abstention_text("not_stated", fact.question)
        return Answer(fact.question, text, reason="not_stated", answerer=control.__name__)
    return Answer(fact.question, render(sentences), sentences, citations, answerer=control.__name__)


def run_controls(facts: Sequence[Fact], articles: Mapping[str, Article]) -> dict[str, Estimate]:
    """Grounded-Correct of each control, in print order; articles by id."""
    known = Known(facts, articles)

    def scores(control: Control) -> Iterator[tuple[str, float]]:
        for fact in facts:
            yield fact.articles[0], grounded_correct(Case(fact, answer_of(control, fact, known), articles))

    found = {name: bootstrap(scores(control)) for name, control in CONTROLS.items()}
    return {name: estimate for name, estimate in found.items() if estimate}


def to_dict(found: Mapping[str, Estimate]) -> dict[str, dict[str, float | int | None]]:
    """The controls in the shape of controls.json."""
    rows = {name: asdict(estimate) for name, estimate in found.items()}
    return {name: {"grounded_correct": row.pop("value"), **row} for name, row in rows.items()}


def lines(found: Mapping[str, Estimate]) -> list[str]:
    """The controls as a table."""
    head = ["control", "grounded_correct", "95 % interval", "questions"]
    return aligned([head, *([name, points(e.value), bounds(e), str(e.n)] for name, e in found.items())], left=1)


def _sentences(article: Article) -> Iterator[CitedClaim]:
    return (_quoting(Span(article, start, end)) for start, end in sentence_spans(article.text))


def _quoting(span: Span) -> CitedClaim:
    return CitedClaim(span.article.text[span.start : span.end], (span,))
