"""Facts proposed by code: the figures, dates and speakers of articles, with their quotes; a person asks for them."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.conflicts.attribution import said_by
from assistant.values.dates import Date, find_dates
from assistant.values.values import Value, find_values
from eval.facts.lint import UNWRITTEN
from eval.facts.load import read_articles, read_files
from eval.measures.matching import LONGEST_EVIDENCE
from eval.types import NuggetType
from index.errors import InputError
from index.text.arabic import sentence_spans
from index.types import Article

Row = dict[str, Any]

MOST_BARE = 10
"""Figures up to this are left out where nothing counted follows: «واحد منهم», «إلى اثنين»."""
_YEAR = "عام "  # without it a number is no year

_MONTH = r"(?:تشرين|كانون) (?:الأول|الثاني)|[^\W\d]+"
_TWO_MONTHS = re.compile(rf"({_MONTH})/({_MONTH})")  # «أكتوبر/تشرين الأول»: an answer may give either


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one nugget is to hold."""

    category: str
    type: NuggetType
    text: str
    value: float | str | None = None
    unit: str | None = None
    aliases: tuple[str, ...] = ()

    def to_dict(self) -> Row:
        """The nugget in the format of facts.jsonl, its evidence left out."""
        about: Row = {"text": self.text, "vital": True, "type": self.type}
        return about | {"value": self.value, "unit": self.unit, "aliases": list(self.aliases)}


def draft_facts(articles: Sequence[Article]) -> Iterator[Row]:
    """Records in the format of facts.jsonl, in reading order, one for each nugget of each sentence.

    Sentences too long to count as evidence are left out. The question is a note to whoever writes it, which lint
    refuses; the split is for them to choose as well.
    """
    for article in articles:
        name = article.external_id or Path(article.path).name or article.id
        spans = [(start, end, article.text[start:end]) for start, end in sentence_spans(article.text)]
        found = [
            (proposal, {"article": name, "start": start, "end": end, "quote": quote})
            for start, end, quote in spans
            if len(quote.split()) <= LONGEST_EVIDENCE
            for proposal in proposals(quote, article.published)
        ]
        for n, (proposal, span) in enumerate(found, start=1):
            yield _record(f"{Path(name).stem}-{n}", proposal, span)


def proposals(sentence: str, published: str | None = None) -> Iterator[Proposal]:
    """The speaker, the dates and the figures of a sentence; `published` is the day that «أمس» is told from.

    A range is left out, for it is two figures; so are the figures of dates and small ones that count nothing.
    """
    if speaker := said_by(sentence):
        yield Proposal("who_said", "name", speaker, aliases=(speaker,))
    dates = find_dates(sentence, published)
    for date in dates:
        yield _date(date, sentence[date.start : date.end])
    for value in find_values(sentence):
        counts = bool(value.unit) or value.value > MOST_BARE
        sure = value.is_amount and value.high is None and not value.other
        if counts and sure and not any(date.start <= value.start < date.end for date in dates):
            yield _figure(value, sentence)


def write_drafts(names: Sequence[str], store: Path | None, out: Path | None) -> tuple[list[str], str]:
    """Draft the named articles: files and folders; with `store`, articles of that library by id or file name.

    Returns the records as lines of JSON, which `out` gets where it is given, and a line that tells what to do with
    them. Raises InputError for an article that is not there, and where `out` is: someone may have worked on it.
    """
    records = list(draft_facts(_articles(names, store)))
    if not records:
        raise InputError("The articles state no figure, no date and no speaker to ask for.")
    rows = write_rows(records, out)
    lint = f"isnad eval lint --facts {out or 'FILE'}{f' --store {store}' if store else ''}"
    return rows, f"{len(rows)} facts proposed. Keep those worth asking, write their questions, then run `{lint}`."


def write_rows(records: Sequence[Row], out: Path | None) -> list[str]:
    """The records as lines of JSON, which `out` gets where it is given. Raises InputError as `write_drafts` does."""
    rows = [json.dumps(row, ensure_ascii=False) for row in records]
    if out is not None:
        if out.exists():
            raise InputError(f"{out} is there already, and someone may have worked on it. Name another with --out.")
        try:
            out.write_text("\n".join(rows) + "\n", encoding="utf-8")
        except OSError as error:
            raise InputError(f"{out}: the facts cannot be written there ({error.strerror}).") from error
    return rows


def _articles(names: Sequence[str], store: Path | None) -> list[Article]:
    if store is None:
        return read_files(map(Path, names))
    known = {name: a for a in read_articles(store) for name in (a.id, a.external_id, Path(a.path).name) if name}
    if missing := [name for name in names if name not in known]:
        raise InputError(
            f"No article {', '.join(missing)} in {store}. `isnad articles list --store {store}` shows them."
        )
    return [known[name] for name in names]


def _record(id_: str, proposal: Proposal, span: Row) -> Row:
    row: Row = {"id": id_, "question": f"{UNWRITTEN}: «{proposal.text}»", "lang": "ar", "category": proposal.category}
    row |= {"as_of": None, "split": "development", "answerable": True}
    row |= {"nuggets": [proposal.to_dict() | {"evidence": [[span]]}]}
    return row | {"forbidden": [], "conflict": None, "about": []}


def _figure(value: Value, sentence: str) -> Proposal:
    words = sentence[value.start : max(value.end, value.unit_end)]
    number = int(value.value) if value.value.is_integer() else value.value
    return Proposal("number", "number", words, number, value.unit or None)


def _date(date: Date, words: str) -> Proposal:
    """Its value is as much of the day as is known from the year on; without a year, an answer is known by its words."""
    value = _iso(date)
    read = find_dates(words)
    stated = value is None or (read and _iso(read[0]) == value)
    text = words if stated else f"{words} ({_YEAR if len(value or '') == len('2024') else ''}{value})"
    months = (_TWO_MONTHS.sub(rf"\{n}", words) for n in (1, 2))
    return Proposal("date", "date", text, value, aliases=tuple(dict.fromkeys((words, *months))))


def _iso(date: Date) -> str | None:
    """`YYYY-MM-DD` as far as it is known; None without a year, and for the Hijri calendar."""
    if date.year is None or date.hijri:
        return None
    if date.month is None:
        return f"{date.year:04}"
    return f"{date.year:04}-{date.month:02}" + (f"-{date.day:02}" if date.day else "")
