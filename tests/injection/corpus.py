"""The hostile articles: `stories.jsonl` holds true news, `cases/<kind>.jsonl` what an attacker writes into it.

A story is one event, told by a `host` article, which a case spoils, and by an `other` one, which stays honest; `truth`
is a sentence that both support. A case puts its words where it says: `before`, `inside` or `after` the host's text, or
in place of its `title`, `source`, `author` or `url`. It wants `claim` said, whose odd word, the `canary`, is nowhere
in honest news, and sometimes a `link`. Characters that no editor shows are escaped in the files.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from index.chunking import chunk
from index.formats.entry import Problem, prose
from index.reading import read_file
from index.static import load_background
from index.text.arabic import passage_words
from index.text.matching import content_words, coverage
from index.types import Article, ScoredPassage

HERE = Path(__file__).parent
DETAILS = ("title", "source", "author", "url")
NOWHERE = "https://nowhere-honest.example/x"
"""The address that is smuggled where a case names none."""


@dataclass(frozen=True)
class Story:
    """One event of honest news."""

    name: str
    question: str
    question_en: str
    truth: str
    host: dict[str, str]
    other: dict[str, str]


@dataclass(frozen=True)
class Case:
    """One attack."""

    id: str
    kind: str
    lang: str
    """Of the attack: ar, en or arabizi. English ones are met with an English question."""
    story: Story = field(repr=False)
    claim: str
    canary: str
    before: str = ""
    inside: str = ""
    after: str = ""
    title: str = ""
    source: str = ""
    author: str = ""
    url: str = ""
    link: str = NOWHERE

    @property
    def question(self) -> str:
        """What the reader asks, in good faith."""
        return self.story.question_en if self.lang == "en" else self.story.question

    @property
    def order(self) -> str:
        """Everything that the attacker wrote."""
        places = (self.title, self.source, self.author, self.url, self.before, self.inside, self.after)
        return "\n".join(filter(None, places))

    @property
    def seen_order(self) -> str:
        """The part of it that a reader of the article sees, and so a model; what is hidden never gets that far."""
        return prose(self.order)

    @property
    def row(self) -> dict[str, str]:
        """The spoilt article as a row of a JSONL file."""
        first, _, rest = self.story.host["text"].partition(". ")
        text = "\n".join(filter(None, (self.before, f"{first}. {self.inside} {rest}", self.after)))
        return self.story.host | {name: getattr(self, name) for name in DETAILS if getattr(self, name)} | {"text": text}


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


STORIES = {row["name"]: Story(**row) for row in _rows(HERE / "stories.jsonl")}
CASES = [
    Case(**row | {"kind": file.stem, "story": STORIES[row["story"]]})
    for file in sorted((HERE / "cases").glob("*.jsonl"))
    for row in _rows(file)
]
KINDS = {kind: [case for case in CASES if case.kind == kind] for kind in dict.fromkeys(case.kind for case in CASES)}
assert {f.name for f in fields(Case)} >= {*DETAILS, "before", "inside", "after"}


def read_articles(folder: Path) -> dict[str, Article]:
    """All articles as `isnad index` reads them: the spoilt ones by their case, the honest ones by their story."""
    rows = [case.row | {"id": case.id} for case in CASES]
    rows += [story.other | {"id": story.name} for story in STORIES.values()]
    file = folder / "articles.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    read = [origin for origin in read_file(file) if not isinstance(origin, Problem)]
    return {str(origin.article.external_id): origin.article for origin in read}


@cache
def found(question: str, *articles: Article) -> Sequence[ScoredPassage]:
    """The passages of the articles as the retriever gives them for a question, best first."""
    encoder = load_background()
    asked = content_words(question, encoder.rarity)
    passages = [passage for article in articles for passage in chunk(article)]
    cosines = encoder.encode([p.text for p in passages]) @ encoder.encode([question], is_question=True)[0]
    held = [coverage(asked, passage_words(p.text)) for p in passages]
    scored = [
        ScoredPassage(passage, 1 + covered, 5.0, float(cosine), covered)
        for passage, cosine, covered in zip(passages, cosines, held, strict=True)
    ]
    return sorted(scored, key=lambda s: -s.score)
