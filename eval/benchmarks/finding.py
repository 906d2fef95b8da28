"""`python -m eval.benchmarks.finding ARTICLES QUESTIONS…`: how often each arm, and both fused, find an article."""

import gzip
import json
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.benchmarks.arms import ARMS, DEPTH, Arm, Notice, article_ids, difference, indexed, ranked_articles, search
from eval.benchmarks.ranking import ndcg, rank_of, recall
from eval.statistics import Estimate, bootstrap
from eval.tables import aligned, bounds, points
from eval.types import Split
from index.errors import InputError, IsnadError
from index.progress import with_progress
from index.retrieving import HybridRetriever

Measure = Callable[[int | None], float]
MEASURES: dict[str, Measure] = {
    "nDCG@10": lambda rank: ndcg(rank, 10),
    "first 5": lambda rank: recall(rank, 5),
    "first 10": lambda rank: recall(rank, 10),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the article that answers it."""

    question: str
    article: str
    """External id of a row of the articles."""
    where: str
    """`file:line`."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question with the rank of its article in each arm; None where it was not found, or the search failed."""

    article: str
    ranks: Mapping[Arm, int | None]


def main(
    articles: Annotated[Path, typer.Argument(metavar="ARTICLES", help="Articles, .jsonl or .jsonl.gz.")],
    questions: Annotated[list[Path], typer.Argument(metavar="QUESTIONS…", help="JSONL rows of {question, article}.")],
    store: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A library to keep; indexed into where there is none.")
    ] = None,
    split: Annotated[Split | None, typer.Option(help="Only the questions of this split.")] = None,
) -> None:
    """Print how often the right article is found, with 95 % intervals that resample articles."""
    try:
        lines = run(articles, questions, store=store, split=split, notice=_notice)
    except (IsnadError, OSError) as error:
        _notice(f"eval.benchmarks.finding: {error}")
        raise typer.Exit(1) from error
    for line in lines:
        typer.echo(line)


def run(articles: Path, files: Sequence[Path], *, store: Path | None, split: Split | None, notice: Notice) -> list[str]:
    """Index the articles once, ask every question in every arm, and return the lines to print.

    Raises InputError for a file that cannot be used, and for a question whose article is not there.
    """
    asked = {file: read_questions(file, split) for file in files}
    ranked: dict[str, list[Ranked]] = {}
    with _plain(articles) as plain, _folder(store) as folder, indexed(plain, folder, notice) as assistant:
        known = article_ids(assistant.library)
        for question in (question for group in asked.values() for question in group):
            if question.article not in known:
                raise InputError(f"{question.where}: no article {question.article!r} in {store or articles}.")
        for file, group in asked.items():
            shown = with_progress(group, file.name)
            ranked[str(file)] = [rank(assistant.retriever, each, known[each.article], notice) for each in shown]
    together = {"all files": [each for group in ranked.values() for each in group]} if len(ranked) > 1 else {}
    return report(together | ranked)


def rank(retriever: HybridRetriever, asked: Asked, article_id: str, notice: Notice) -> Ranked:
    """Where the article stands in each arm; a search that fails is told and found nothing."""
    ranks: dict[Arm, int | None] = {}
    for arm in ARMS:
        try:
            ranks[arm] = rank_of(article_id, ranked_articles(search(retriever, arm, asked.question, DEPTH)))
        except IsnadError as error:
            notice(f"{asked.where}: {arm}: {error}")
            ranks[arm] = None
    return Ranked(article_id, ranks)


# ---------------------------------------------------------------- reading


def read_questions(file: Path, split: Split | None) -> list[Asked]:
    """The answerable questions of a JSONL file, of one split where it is given. Raises InputError, as `file:line`."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: the questions cannot be read ({error}).") from error
    asked = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"{file}:{number}"
            row = _row(line, where)
            if row.get("answerable") is not False and split in (None, row.get("split")):
                asked.append(Asked(_text(row, "question", where), _text(row, "article", where), where))
    if not asked:
        raise InputError(f"{file}: holds no answerable question{f' of the {split} split' if split else ''}.")
    return asked


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: is not JSON ({error}).") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: is not a JSON object.")
    return row


def _text(row: dict[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where}: `{name}` is not a text." if name in row else f"{where}: has no `{name}`.")
    return value


@contextmanager
def _plain(articles: Path) -> Iterator[Path]:
    """The articles as a file that the index reads: a .gz as a decompressed copy that goes again."""
    if articles.suffix != ".gz":
        yield articles
        return
    with tempfile.TemporaryDirectory(prefix="isnad-eval-") as folder:
        plain = Path(folder) / articles.stem
        try:
            with gzip.open(articles) as packed, plain.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"{articles}: cannot be decompressed ({error}).") from error
        yield plain


@contextmanager
def _folder(store: Path | None) -> Iterator[Path]:
    if store is not None:
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="isnad-eval-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


# ---------------------------------------------------------------- what was found


def report(groups: Mapping[str, Sequence[Ranked]]) -> list[str]:
    """Aligned lines, figures × 100: each group's arms, then what the hybrid gains over the terms alone."""
    rows = [["", *(cell for name in MEASURES for cell in (name, "95 % interval"))]]
    for name, ranked in groups.items():
        counted = f"{name}: {len(ranked)} questions, {len({each.article for each in ranked})} articles"
        rows.append([counted])
        rows += [[f"  {arm}", *_cells([_mean(ranked, arm, m) for m in MEASURES.values()])] for arm in ARMS]
        rows.append(["  hybrid − terms", *_cells([_gained(ranked, m) for m in MEASURES.values()], signed=True)])
    figures = iter(aligned([row for row in rows if len(row) > 1], left=1))
    return [next(figures) if len(row) > 1 else row[0] for row in rows]


def _cells(estimates: Sequence[Estimate], *, signed: bool = False) -> list[str]:
    return [cell for e in estimates for cell in (points(e.value, signed=signed), bounds(e, signed=signed))]


def _mean(ranked: Sequence[Ranked], arm: Arm, measure: Measure) -> Estimate:
    mean = bootstrap((each.article, measure(each.ranks[arm])) for each in ranked)
    assert mean is not None, "there are no questions"
    return mean


def _gained(ranked: Sequence[Ranked], measure: Measure) -> Estimate:
    hybrid, terms = ([measure(each.ranks[arm]) for each in ranked] for arm in ("hybrid", "terms"))
    return difference([each.article for each in ranked], hybrid, terms)


def _notice(line: str) -> None:
    typer.echo(line, err=True)


if __name__ == "__main__":
    typer.run(main)
