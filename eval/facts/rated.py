"""Facts proposed from what readers thought of answers: good ones as they stand, bad ones for a person to complete."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from eval.facts.draft import Proposal, Row, proposals, write_rows
from eval.facts.lint import UNWRITTEN
from index.errors import InputError
from index.storage.library import Library
from index.storage.ratings import Rating
from index.text.arabic import is_arabic
from index.types import Article

CATEGORY = "rated"
COMPLETED = {"wrong": "the answer was wrong", "refused": "should not have been refused"}
"""The reasons of bad answers that a fact can come of, in words; the others say nothing of what is true."""


def facts_of(rated: Iterable[tuple[str, Rating]], articles: Mapping[str, Article]) -> Iterator[Row | str]:
    """For each rating a record in the format of facts.jsonl, or in a few words why there is none.

    A good answer gives its sentences with their quotes, or that there is no answer. A bad one begins with `UNWRITTEN`,
    which lint refuses: its quotes are where a person may begin. `articles` are those of the library by id.
    """
    asked: set[tuple[str, str, str]] = set()
    for id_, rating in rated:
        answer = json.loads(rating.answer)
        question = answer.get("understood") or rating.question
        known = (rating.verdict, question, answer["answer"])
        if rating.verdict == "bad" and rating.reason not in COMPLETED:
            yield f"rated bad ({rating.reason})"
        elif known in asked:
            yield "the same again"
        elif not (about := _about(answer, articles)):
            yield "about articles that are gone"
        else:
            asked.add(known)
            nuggets = _good(answer, articles) if rating.verdict == "good" else _to_complete(answer, articles)
            if not nuggets and not answer["abstained"]:
                yield "whose quotes are gone"
            else:
                row: Row = {"id": f"{CATEGORY}-{id_}", "question": _asked(question, rating)}
                row |= {"lang": "ar" if is_arabic(question) else "en", "category": CATEGORY, "as_of": None}
                row |= {"split": "development", "answerable": bool(nuggets), "nuggets": nuggets, "forbidden": []}
                yield row | {"conflict": None, "about": [] if nuggets else about}


def write_rated(store: Path, out: Path | None) -> tuple[list[str], str]:
    """The facts of a library's ratings, written as `write_drafts` writes them, and a line that tells what to do next.

    Raises InputError where there are none.
    """
    with closing(Library.open(store)) as library:
        articles = {article.id: article for article in library.articles()}
        found = list(facts_of(library.ratings.all(), articles))
    if not found:
        raise InputError(f"No ratings in {store}: readers give them below the answers of `isnad chat`.")
    left_out = Counter(one for one in found if isinstance(one, str))
    told = "".join(f"; left out: {count} {why}" for why, count in sorted(left_out.items()))
    records = [one for one in found if not isinstance(one, str)]
    if not records:
        raise InputError(f"No facts come of the {len(found)} ratings in {store}{told}.")
    open_ = sum(row["question"].startswith(UNWRITTEN) for row in records)
    lint = f"isnad eval lint --facts {out or 'FILE'} --store {store}"
    line = f"{len(records)} facts from {len(found)} ratings, {open_} of them to be completed{told}. Then run `{lint}`."
    return write_rows(records, out), line


def _asked(question: str, rating: Rating) -> str:
    if rating.verdict == "good":
        return question
    note = f" ({rating.note})" if rating.note else ""
    return f"{UNWRITTEN}, {COMPLETED[rating.reason or '']}{note}: {question}"


def _good(answer: dict[str, Any], articles: Mapping[str, Article]) -> list[Row]:
    """One nugget for each sentence that its quotes support in full; of a refusal there is none."""
    quotes = {row["n"]: span for row in answer["citations"] if (span := _span(row, articles))}
    nuggets = []
    for sentence in answer["sentences"]:
        spans = [quotes[n] for n in sentence["citations"] if n in quotes]
        if sentence["support"] == "full" and spans:
            published = articles[spans[0]["article"]].published
            nuggets.append(_said(sentence, spans, published).to_dict() | {"evidence": [spans]})
    return nuggets


def _said(sentence: dict[str, Any], spans: Sequence[Row], published: str | None) -> Proposal:
    """Its core if the quotes hold that, as a figure or a date where it is one; else the first quote."""
    core = sentence["text"][slice(*sentence["core"])] if sentence["core"] else ""
    if not core or not any(core in span["quote"] for span in spans):
        core = spans[0]["quote"]
        return Proposal(CATEGORY, "text", core, aliases=(core,))
    typed = [one for one in proposals(core, published) if one.type in ("number", "date")]
    return typed[0] if len(typed) == 1 else Proposal(CATEGORY, "text", core, aliases=(core,))


def _to_complete(answer: dict[str, Any], articles: Mapping[str, Article]) -> list[Row]:
    """The quotes that were shown, each as it stands."""
    spans = filter(None, (_span(row, articles) for row in answer["citations"] or answer["nearest"]))
    return [
        Proposal(CATEGORY, "text", span["quote"], aliases=(span["quote"],)).to_dict() | {"evidence": [[span]]}
        for span in spans
    ]


def _span(row: dict[str, Any], articles: Mapping[str, Article]) -> Row | None:
    """Where a quote stands, if it stands there still: what a browser sent is believed for no more than that."""
    article, start, end = articles.get(row["article_id"]), row["start"], row["end"]
    if article is None or not row["quote"] or article.text[start:end] != row["quote"]:
        return None
    return {"article": article.id, "start": start, "end": end, "quote": row["quote"]}


def _about(answer: dict[str, Any], articles: Mapping[str, Article]) -> list[str]:
    ids = (row["article_id"] for row in (*answer["citations"], *answer["nearest"]))
    return [id_ for id_ in dict.fromkeys(ids) if id_ in articles]
