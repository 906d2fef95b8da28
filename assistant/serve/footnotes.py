"""An answer as text for any chat client, which takes it for Markdown: the sentences, then what each number stands for.

Articles are not trusted: nothing in their words may become a link, a picture or a tag in the client.
"""

import re
from urllib.parse import urlsplit

from assistant.citations.abstention import unsupported_flag
from assistant.types import Answer, Citation, Conflict, Sentence
from index.text.arabic import is_arabic
from index.text.lookalikes import steadied

_LABELS = {
    True: {
        "sources": "المصادر:",
        "nearest": "أقرب ما ورد في المقالات:",
        "conflict": "تختلف الأرقام:",
        "untitled": "بلا عنوان",
        "contradicts": "يخالف ما يفترضه السؤال",
        "understood": "فُهم السؤال: ",
    },
    False: {
        "sources": "Sources:",
        "nearest": "Nearest in the articles:",
        "conflict": "The figures differ:",
        "untitled": "untitled",
        "contradicts": "contradicts the question",
        "understood": "Understood as: ",
    },
}
_ACTIVE = re.compile(r"([\\`*_\[\]<>|~#])")
"""What Markdown or HTML would make something of; a backslash before it shows it as it is."""


def pieces(answer: Answer) -> list[str]:
    """The text in the pieces in which it is streamed; together they are the whole."""
    labels = _LABELS[is_arabic(answer.question)]
    told = [f"{labels['understood']}{_plain(answer.understood)}\n\n"] if answer.understood else []
    if answer.abstained or not answer.sentences:
        told.append(_plain(answer.text))
    else:
        told += [f"{' ' if at else ''}{_sentence(sentence)}" for at, sentence in enumerate(answer.sentences)]
    notes = [_conflict(conflict, labels) for conflict in answer.conflicts]
    for label, citations in (("sources", answer.citations), ("nearest", answer.nearest)):
        notes += [labels[label], *(_footnote(citation, labels) for citation in citations)] if citations else []
    return [*told, *(f"\n\n{note}" for note in notes)]


def _sentence(sentence: Sentence) -> str:
    marks = "".join(f"[{n}]" for n in sentence.citations)
    return f"{_plain(sentence.text)} {marks or (unsupported_flag(sentence.text) if sentence.support == 'none' else '')}"


def _conflict(conflict: Conflict, labels: dict[str, str]) -> str:
    rows = [
        f"- {_plain(value.words)}{f' — {_plain(value.said_by)}' if value.said_by else ''} [{value.citation}]"
        for value in conflict.values
    ]
    return "\n".join((labels["conflict"], "", *rows))


def _footnote(citation: Citation, labels: dict[str, str]) -> str:
    article = citation.article
    about = [_plain(article.title or labels["untitled"])]
    about += [_plain(detail) for detail in (article.source, article.published) if detail]
    about += [labels["contradicts"]] if citation.contradicts else []
    link = _link(article.url)
    return f"[{citation.n}] {' — '.join(about)}: «{_plain(citation.quote)}»{f' {link}' if link else ''}"


def _plain(text: str) -> str:
    """Foreign words on one line, as they are."""
    return _ACTIVE.sub(r"\\\1", " ".join(steadied(text).split()))


def _link(url: str | None) -> str:
    """An address on the web, else nothing."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    whole = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"[\s<>\"'`()\[\]\\]", url or "")
    return f"<{url}>" if whole else ""
