"""Known facts, read from JSONL, and the articles that they are about."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar, get_args

from assistant.settings import seeds_folder
from eval.types import EvidenceSet, Fact, Nugget, NuggetType, Span, Split, Variant
from index.errors import InputError
from index.types import Article

Read = TypeVar("Read")

DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
"""The value of a date nugget: the day, the month or the year, as far as the articles tell."""

PROJECT_FACTS = Path(__file__).with_name("facts.jsonl")
"""The facts that the project is measured by."""
BRIEFS = (seeds_folder(), PROJECT_FACTS.with_name("briefs"))
"""The folders of the articles that the project's facts are about."""


def load_facts(file: Path, articles: Iterable[Article]) -> tuple[Fact, ...]:
    """The facts of a JSONL file, blank lines left out; records name articles by file name, external id or id.

    Raises InputError, as `file:line: why`, for the first record that cannot be used.
    """
    known = by_name(articles)
    return read_records(file, "facts", lambda row: read_fact(row, known))


def read_records(file: Path, what: str, read: Callable[[dict[str, Any]], Read]) -> tuple[Read, ...]:
    """What `read` makes of each line of a JSONL file. Raises InputError, as `file:line: why`, like `load_facts`."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: the {what} cannot be read ({getattr(error, 'strerror', None) or error}).") from error
    records = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                records.append(read(_parsed(line)))
            except InputError as error:
                raise InputError(f"{file}:{number}: {error}") from error
    if not records:
        raise InputError(f"{file}: holds no {what}.")
    return tuple(records)


def by_name(articles: Iterable[Article]) -> dict[str, Article]:
    """The articles by each name that a record may call them."""
    names: dict[str, Article] = {}
    for article in articles:
        for name in (article.id, article.external_id, Path(article.path).name):
            if name:
                names.setdefault(name, article)
    return names


# ---------------------------------------------------------------- records

_TYPES = {str: "a text", bool: "true or false", int: "a whole number", list: "a list", dict: "an object"}


def _parsed(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not JSON ({error})") from error
    if not isinstance(row, dict):
        raise InputError("is not a JSON object")
    return row


def read_fact(row: dict[str, Any], known: Mapping[str, Article]) -> Fact:
    """The fact of a record. Raises InputError that says what is wrong with it."""
    fact = Fact(
        id=_text(row, "id"),
        question=_text(row, "question"),
        lang=_text(row, "lang"),
        category=_text(row, "category"),
        as_of=None if row.get("as_of") is None else _text(row, "as_of"),
        split=_one_of(row, "split", get_args(Split)),
        answerable=_field(row, "answerable", bool),
        nuggets=_each(row, "nuggets", lambda nugget: _nugget(nugget, known)),
        forbidden=_texts(row, "forbidden"),
        conflict=_each(row, "conflict", _variant) if row.get("conflict") else (),
        about=tuple(_article(name, known).id for name in _texts(row, "about")),
    )
    if fact.answerable != bool(fact.vital):
        raise InputError("an answerable fact needs a vital nugget, and an unanswerable one has none")
    if not fact.articles:
        raise InputError("a fact without evidence names in `about` the articles that it concerns")
    return fact


def _nugget(row: dict[str, Any], known: Mapping[str, Article]) -> Nugget:
    kind: NuggetType = _one_of(row, "type", get_args(NuggetType))
    value = row.get("value")
    if kind == "number" and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise InputError(f"the number of {row.get('text')!r} is {value!r}")
    if kind == "date" and value is not None and not (isinstance(value, str) and DATE.fullmatch(value)):
        raise InputError(f"the date of {row.get('text')!r} is {value!r}, not YYYY-MM-DD, YYYY-MM or YYYY")
    if kind != "number" and not row.get("aliases"):
        raise InputError(f"{row.get('text')!r} has no `aliases`")
    evidence = tuple(_evidence_set(spans, known) for spans in _field(row, "evidence", list))
    if not evidence:
        raise InputError(f"{row.get('text')!r} has no `evidence`")
    vital, unit = _field(row, "vital", bool), None if row.get("unit") is None else _text(row, "unit")
    return Nugget(_text(row, "text"), vital, kind, value, unit, _texts(row, "aliases"), evidence)


def _evidence_set(spans: object, known: Mapping[str, Article]) -> EvidenceSet:
    if not isinstance(spans, list) or not spans or not all(isinstance(span, dict) for span in spans):
        raise InputError("`evidence` is not a list of sets, each a list of one or more spans")
    return tuple(_span(span, known) for span in spans)


def _span(row: dict[str, Any], known: Mapping[str, Article]) -> Span:
    article, quote = _article(_text(row, "article"), known), _text(row, "quote")
    if "start" not in row and "end" not in row:
        start = _place(quote, article)
        return Span(article.id, start, start + len(quote), quote)
    start, end = _field(row, "start", int), _field(row, "end", int)
    if not 0 <= start < end <= len(article.text):
        raise InputError(f"{start}:{end} lies outside {row['article']} ({len(article.text)} characters)")
    return Span(article.id, start, end, quote)


def _place(quote: str, article: Article) -> int:
    """Where a quote that names no place stands in its article: it has to stand there once."""
    if (count := article.text.count(quote)) != 1:
        where = Path(article.path).name or article.id
        raise InputError(f"the quote {quote[:40]!r} stands {count} times in {where}: give `start` and `end`")
    return article.text.index(quote)


def _variant(row: dict[str, Any]) -> Variant:
    value = row.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"the `value` of a conflict is {value!r}")
    return Variant(value, _text(row, "unit"), _text(row, "said_by"))


def _article(name: str, known: Mapping[str, Article]) -> Article:
    if name not in known:
        raise InputError(f"no article {name!r} among those read")
    return known[name]


def _field(row: dict[str, Any], name: str, kind: type[Read]) -> Read:
    value = row.get(name)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise InputError(f"`{name}` is not {_TYPES[kind]}" if name in row else f"has no `{name}`")
    return value


def _text(row: dict[str, Any], name: str) -> str:
    text = _field(row, name, str)
    if not text.strip():
        raise InputError(f"`{name}` is empty")
    return text


def _texts(row: dict[str, Any], name: str) -> tuple[str, ...]:
    texts = _field(row, name, list) if row.get(name) is not None else []
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise InputError(f"`{name}` holds something that is not a text")
    return tuple(texts)


def _each(row: dict[str, Any], name: str, read: Callable[[dict[str, Any]], Read]) -> tuple[Read, ...]:
    rows = _field(row, name, list)
    if not all(isinstance(each, dict) for each in rows):
        raise InputError(f"`{name}` holds something that is not an object")
    return tuple(read(each) for each in rows)


def _one_of(row: dict[str, Any], name: str, allowed: tuple[Read, ...]) -> Read:
    value = row.get(name)
    if value not in allowed:
        raise InputError(f"`{name}` is {value!r}, not one of {', '.join(map(str, allowed))}")
    return value


# ---------------------------------------------------------------- the articles that they are about


def read_articles(store: Path | None) -> list[Article]:
    """The articles that are asked about: those of a library, else the briefs, read without the library."""
    if store is not None:
        from index.storage.library import Library

        with closing(Library.open(store)) as library:
            return list(library.articles())
    return read_files(BRIEFS)


def read_files(paths: Iterable[Path]) -> list[Article]:
    """The articles of files and folders. Raises InputError where nothing can be there."""
    from index.formats.entry import Problem
    from index.reading import find_files, read_file

    files = [file for path in paths for file in find_files(path)[0]]
    return [item.article for file in files for item in read_file(file) if not isinstance(item, Problem)]
