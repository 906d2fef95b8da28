"""A conversation, or one answer of it, as a file to keep: Markdown, JSON or Word."""

import json
import re
from collections.abc import Callable, Iterator, Sequence

from assistant.chat.cards import dated, named
from assistant.chat.keeping import Past, kept
from assistant.chat.texts import Texts
from assistant.types import Answer, Citation, Conflict
from index.text.lookalikes import steadied

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")


def as_markdown(name: str, turns: Sequence[Past], words: Texts) -> bytes:
    """Markdown in which no foreign text can become markup."""
    told = [f"# {_plain(name)}"]
    for turn in turns:
        told += [f"## {_plain(turn.question)}", *_markdown_of(turn.answer, words)]
    return ("\n\n".join(told) + "\n").encode()


def as_json(name: str, turns: Sequence[Past], words: Texts) -> bytes:
    """The answers in the shape of `isnad ask --json`."""
    rows = [json.loads(kept(turn.question, turn.answer)) for turn in turns]
    return (json.dumps({"name": name, "turns": rows}, ensure_ascii=False, indent=2) + "\n").encode()


def as_word(name: str, turns: Sequence[Past], words: Texts) -> bytes:
    """A Word document; each paragraph in the direction of its own text."""
    from assistant.chat.export.word import Page

    page = Page(steadied(name))
    for turn in turns:
        page.heading(steadied(turn.question))
        answer = turn.answer
        for line in _before(answer, words):
            page.note(steadied(line))
        for conflict in answer.conflicts if answer else ():
            page.table(_rows(conflict, answer.citations if answer else (), words))
        for line in _told(answer, words):
            page.paragraph(steadied(line))
        for title, citation in _sources(answer, words):
            page.source(steadied(title), steadied(citation.quote))
    return page.data()


FORMATS: dict[str, tuple[Callable[[str, Sequence[Past], Texts], bytes], str]] = {
    "md": (as_markdown, "text/markdown; charset=utf-8"),
    "json": (as_json, "application/json"),
    "docx": (as_word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
"""By the ending of the file: what makes it, and its type."""


def _markdown_of(answer: Answer | None, words: Texts) -> Iterator[str]:
    yield from (f"*{_plain(line)}*" for line in _before(answer, words))
    for conflict in answer.conflicts if answer else ():
        heads, *rows = _rows(conflict, answer.citations if answer else (), words)
        lines = [heads, ["---"] * len(heads), *([_plain(cell) for cell in row] for row in rows)]
        yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
    yield from (_plain(line, markers=True) for line in _told(answer, words))
    for title, citation in _sources(answer, words):
        yield f"{_plain(title, markers=True)}\n\n> {_plain(citation.quote)}"


def _before(answer: Answer | None, words: Texts) -> Iterator[str]:
    """What is to be known before the answer is read."""
    if answer and answer.understood:
        yield words("understood", question=answer.understood)
    if answer and answer.notice:
        yield answer.notice


def _told(answer: Answer | None, words: Texts) -> Iterator[str]:
    """The answer with its markers, or what came of the question instead."""
    if answer is None:
        yield words("stopped")
        return
    yield f"{words('failed')} {answer.error}" if answer.error else answer.text
    if answer.dropped:
        yield words("dropped", sentences=words.counted(answer.dropped, "sentence"))
    if answer.citations or answer.nearest:
        yield f"{words('sources' if answer.citations else 'nearest')}:"


def _sources(answer: Answer | None, words: Texts) -> Iterator[tuple[str, Citation]]:
    """Each quote with its number, if it proves something, its title, publisher, day and address."""
    for citation in (answer.citations or answer.nearest) if answer else ():
        article = citation.article
        about = " — ".join(filter(None, (named(article), article.source, dated(article, words), article.url)))
        yield (f"[{citation.n}] {about}" if answer and answer.citations else about), citation


def _rows(conflict: Conflict, citations: tuple[Citation, ...], words: Texts) -> list[list[str]]:
    """The figures that differ, with the heads of their columns."""
    behind = {c.n: c.article for c in citations}
    heads = [words(name) for name in ("figure", "said_by", "date", "source")]
    rows = [
        [v.words, v.said_by or "—", dated(a, words) if (a := behind.get(v.citation)) else "—", f"[{v.citation}]"]
        for v in conflict.values
    ]
    return [heads, *rows]


def _plain(text: str, *, markers: bool = False) -> str:
    """Foreign text on one line of Markdown, nothing in it markup; the markers [1] stay as they are."""
    escaped = _MARKDOWN.sub(r"\\\1", " ".join(steadied(text).split()))
    return re.sub(r"\\\[(\d+)\\\]", r"[\1]", escaped) if markers else escaped
