"""Texts as training sees them: sentences of numbered words, with the spans that can be said in other words."""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.chunking import passage_spans
from index.text.arabic import sentence_spans, words
from index.text.synonyms import Span, groups, spans


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by the numbers of its words."""

    words: tuple[int, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A passage: its article's title (empty for a paragraph without one) and its sentences."""

    article: str
    title: Sentence
    sentences: tuple[Sentence, ...]


@dataclass(slots=True)
class Lexicon:
    """Numbers words as they are met."""

    words: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, word: str) -> int:
        """The number of a folded word."""
        if word not in self._numbers:
            self._numbers[word] = len(self.words)
            self.words.append(word)
        return self._numbers[word]

    def sentence(self, text: str) -> Sentence:
        """A text as one sentence."""
        folded = words(text)
        return Sentence(tuple(map(self.number, folded)), tuple(spans(folded)))

    def wordings(self) -> list[list[tuple[int, ...]]]:
        """The groups of the table of synonyms, by the numbers of their words."""
        return [[tuple(map(self.number, wording)) for wording in group if wording] for group in groups()]


def read_texts(path: Path, lexicon: Lexicon) -> Iterator[Text]:
    """The passages of a .jsonl(.gz) of articles, or the paragraphs of a SQuAD-format .json."""
    if path.suffix == ".json":
        for document in json.loads(path.read_text(encoding="utf-8"))["data"]:
            for paragraph in document["paragraphs"]:
                yield from _text("", "", paragraph["context"], lexicon)
        return
    for row in rows(path):
        for start, end in passage_spans(row["text"]):
            yield from _text(row["id"], row["title"], row["text"][start:end], lexicon)


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The objects of a .jsonl or .jsonl.gz."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _text(article: str, title: str, passage: str, lexicon: Lexicon) -> Iterable[Text]:
    found = [lexicon.sentence(passage[start:end]) for start, end in sentence_spans(passage)]
    sentences = tuple(sentence for sentence in found if sentence.words)
    return [Text(article, lexicon.sentence(title), sentences)] if sentences else []
