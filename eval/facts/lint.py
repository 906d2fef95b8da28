"""What is wrong with known facts that can be read: a measure is worth no more than the facts that it is taken by."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.values.dates import find_dates
from eval.measures.matching import LONGEST_EVIDENCE, equals, says, states
from eval.types import Fact, Nugget, Span, Split
from index.text.arabic import sentence_spans, words
from index.text.matching import coverage, plainly
from index.text.stopwords import is_content
from index.types import Article

Sentence = tuple[Article, int, int, str]
"""(article, start, end, words) of one sentence."""

COPIED_RUN = 5
"""Words in a row that question and evidence may not share: such a question measures whether a string is found."""
SAME_SUBJECT = 0.6
"""Share of a question's content words from which a sentence that states the nugget too is taken to prove it."""
MOST_FACTS = 20
"""Facts that may have one article as their home: the articles are what the intervals are taken over."""

UNWRITTEN = "TODO"
"""What the question of a drafted fact begins with until a person has written one."""


def lint(facts: Sequence[Fact], articles: Iterable[Article]) -> list[str]:
    """What is wrong, one line a finding: `id: what`.

    Checked: ids and questions are distinct; an article's facts share a split and are not too many; each quote is
    exact and short enough to count as evidence, and its evidence set holds the nugget's value or one of its aliases;
    a number or date can be read from the nugget's own words; no question copies its evidence; without its evidence a
    nugget is unproved; each figure of a conflict has its nugget; nothing forbidden is part of a right answer. Of a
    draft, only that its question is not written yet.
    """
    by_id = {article.id: article for article in articles}
    sentences = [(a, start, end, a.text[start:end]) for a in by_id.values() for start, end in sentence_spans(a.text)]
    drafts = [fact for fact in facts if fact.question.startswith(UNWRITTEN)]
    written = [fact for fact in facts if fact not in drafts]
    found = [f"{fact.id}: its question is still to be written" for fact in drafts]
    found += [*_repeated(written), *_split_apart(written), *_crowded(written)]
    return [*found, *(f"{fact.id}: {what}" for fact in written for what in _findings(fact, by_id, sentences))]


def _repeated(facts: Sequence[Fact]) -> Iterator[str]:
    ids: set[str] = set()
    asked: dict[frozenset[str], str] = {}
    for fact in facts:
        if fact.id in ids:
            yield f"{fact.id}: the id stands twice"
        ids.add(fact.id)
        first = asked.setdefault(frozenset(words(fact.question)), fact.id)
        if first != fact.id:
            yield f"{fact.id}: asks what {first} asks"


def _split_apart(facts: Sequence[Fact]) -> Iterator[str]:
    splits: dict[str, Split] = {}
    for fact in facts:
        for article_id in fact.articles:
            if splits.setdefault(article_id, fact.split) != fact.split:
                yield f"{fact.id}: is in the {fact.split} split, other facts of article {article_id} are not"


def _crowded(facts: Sequence[Fact]) -> Iterator[str]:
    homes = [fact.articles[0] for fact in facts]
    for home in dict.fromkeys(homes):
        if homes.count(home) > MOST_FACTS:
            yield f"article {home}: is the home of {homes.count(home)} facts, more than {MOST_FACTS}"


def _findings(fact: Fact, articles: Mapping[str, Article], sentences: Sequence[Sentence]) -> Iterator[str]:
    for nugget in fact.nuggets:
        yield from _wording_findings(nugget)
        yield from _quote_findings(nugget, articles)
        yield from _copied(fact, nugget)
    for nugget in fact.vital:
        yield from _proved_elsewhere(fact, nugget, sentences)
    figures = {nugget.value for nugget in fact.nuggets if nugget.type == "number"}
    for variant in fact.conflict:
        if variant.value not in figures:
            yield f"no nugget states the conflicting figure {variant.value:g}"
    for wording in fact.forbidden:
        said = [wording for nugget in fact.vital for wording in (nugget.text, *nugget.aliases)]
        if any(says(right, wording) or says(wording, right) for right in said):
            yield f"forbids {wording!r}, which a right answer says"


def _wording_findings(nugget: Nugget) -> Iterator[str]:
    if nugget.type == "number" and not states(nugget, nugget.text):
        yield f"the number {nugget.value} cannot be read from {nugget.text!r}"
    if nugget.type == "date" and nugget.value and not any(equals(date, nugget) for date in find_dates(nugget.text)):
        yield f"the date {nugget.value} cannot be read from {nugget.text!r}"


def _quote_findings(nugget: Nugget, articles: Mapping[str, Article]) -> Iterator[str]:
    for evidence in nugget.evidence:
        for span in evidence:
            where = f"{span.article_id}[{span.start}:{span.end}]"
            if span.article_id not in articles:
                yield f"{where} is in no article that was read"
            elif articles[span.article_id].text[span.start : span.end] != span.quote:
                yield f"{where} is not the quote {span.quote[:40]!r}"
            if len(span.quote.split()) > LONGEST_EVIDENCE:
                yield f"{where} has more than {LONGEST_EVIDENCE} words"
        if not any(states(nugget, span.quote) for span in evidence):
            yield f"the evidence {evidence[0].quote[:40]!r} does not hold {nugget.text!r}"


def _copied(fact: Fact, nugget: Nugget) -> Iterator[str]:
    asked = words(fact.question)
    runs = [" ".join(asked[at : at + COPIED_RUN]) for at in range(len(asked) - COPIED_RUN + 1)]
    for span in (span for evidence in nugget.evidence for span in evidence):
        if copied := next((run for run in runs if f" {run} " in f" {' '.join(words(span.quote))} "), None):
            yield f"the question copies {copied!r} from its evidence"


def _proved_elsewhere(fact: Fact, nugget: Nugget, sentences: Sequence[Sentence]) -> Iterator[str]:
    asked = plainly({word for word in words(fact.question) if is_content(word)})
    accepted = [span for evidence in nugget.evidence for span in evidence]
    for article, start, end, sentence in sentences:
        if not states(nugget, sentence) or any(_overlaps(span, article.id, start, end) for span in accepted):
            continue
        if coverage(asked, words(sentence)) >= SAME_SUBJECT:
            yield f"{nugget.text!r} is also proved by {article.path or article.id}: {sentence[:60]!r}"


def _overlaps(span: Span, article_id: str, start: int, end: int) -> bool:
    return span.article_id == article_id and span.start < end and start < span.end
