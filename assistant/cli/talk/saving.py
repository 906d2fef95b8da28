"""A conversation as a file: Markdown with its sources to read, JSON to go on working with."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from assistant.cli.talk.texts import told
from assistant.cli.terminal import shown
from assistant.types import Answer, Citation
from index.text.arabic import is_arabic

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
_LIST_OR_RULE = re.compile(r"^(\s*\d*)([-+=.)])")
_SAFE_LINK = re.compile(r"https?://[^\s<>()\\]+")
_MARKER = re.compile(r"\\\[(\d{1,3})\\\]")


def save(answers: Sequence[Answer], file: Path) -> None:
    """Write the conversation; JSON where the name ends so. Raises FileExistsError, OSError."""
    if file.suffix.lower() == ".json":
        rows = [answer.to_dict() for answer in answers]
        text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    else:
        text = markdown(answers)
    with file.open("x", encoding="utf-8", errors="replace") as out:
        out.write(text)


def markdown(answers: Sequence[Answer]) -> str:
    """Each question as a heading, its answer, and the numbered sources with their quotes; no markup but ours."""
    title = told("conversation", arabic=not answers or is_arabic(answers[0].question))
    return "\n\n".join([f"# {title}", *map(_turn, answers)]) + "\n"


def _turn(answer: Answer) -> str:
    arabic = is_arabic(answer.question)
    parts = [f"## {escaped(answer.question)}", _MARKER.sub(r"[\1]", escaped(answer.text))]
    for label, citations in (("sources", answer.citations), ("nearest", answer.nearest)):
        if citations:
            parts += [f"**{told(label, arabic=arabic)}**", "\n\n".join(map(_source, citations))]
    return "\n\n".join(parts)


def _source(citation: Citation) -> str:
    article = citation.article
    about = " — ".join(escaped(part) for part in (article.title, article.source, article.published) if part)
    link = f" — <{article.url}>" if article.url and _SAFE_LINK.fullmatch(article.url) else ""
    return f"{citation.n}. {about or escaped(article.path)}{link}\n\n    > {escaped(citation.quote)}"


def escaped(text: str) -> str:
    """Text of an article or a model on one line, in which nothing is markup."""
    return _LIST_OR_RULE.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", shown(text)))
