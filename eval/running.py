"""A run: every fact is asked, every answer is judged, the report is written."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.app import build_encoder, open_assistant, read_settings, seeds_folder
from assistant.settings import Settings
from assistant.types import Answer
from eval.facts import PROJECT_FACTS, load_facts
from eval.linting import lint
from eval.metrics import Case
from eval.reporting import Judged, report, table
from eval.statistics import DRAWS, SEED
from eval.types import Fact
from index.errors import InputError, IsnadError
from index.types import Article

REPORT = "report.json"
BRIEFS = (seeds_folder(), Path(__file__).with_name("briefs"))
"""The folders of the articles that the project's facts are about."""

Ask = Callable[[str], Answer]
Notice = Callable[[str], None]


def run_and_report(facts: Path | None, out: Path, *, store: Path | None, llm: str | None, notice: Notice) -> list[str]:
    """Ask every fact, write `out/report.json`, and return the lines to print: the headline figures and where it is.

    The library is one of its own, made from the briefs for this run, unless `store` names another. Raises InputError
    for facts that cannot be used, and what `open_assistant` raises; a question that fails is a wrong answer.
    """
    _check_writable(out)
    articles = read_articles(store)
    known = sound_facts(facts, articles)
    with _library(store, notice) as folder:
        settings = read_settings(store=folder, llm=llm)
        with open_assistant(settings=settings, notice=notice) as assistant:
            judged = judge(known, assistant.ask, articles)
    found = report(judged, _described(settings, facts or PROJECT_FACTS, known, articles))
    path = out / REPORT
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [*table(judged), f"Report: {path}"]


def judge(facts: Sequence[Fact], ask: Ask, articles: Iterable[Article]) -> list[Judged]:
    """Each fact asked and judged, in order; an IsnadError is an answer with that error."""
    by_id = {article.id: article for article in articles}
    return [Judged.of(Case(fact, _asked(ask, fact.question), by_id)) for fact in _with_progress(facts)]


def sound_facts(file: Path | None, articles: Sequence[Article]) -> tuple[Fact, ...]:
    """The facts of a file, or the project's. Raises InputError where one is unusable or lint finds something."""
    facts = load_facts(file or PROJECT_FACTS, articles)
    if findings := lint(facts, articles):
        raise InputError(f"{findings[0]} ({len(findings)} findings; `isnad eval lint` shows them)")
    return facts


def read_articles(store: Path | None) -> list[Article]:
    """The articles that are asked about: those of a library, else the briefs, read without the library."""
    if store is not None:
        from index.library import Library

        with closing(Library.open(store)) as library:
            return list(library.articles())
    from index.reading import Problem, find_files, read_file

    files = [file for folder in BRIEFS for file in find_files(folder)[0]]
    return [item.article for file in files for item in read_file(file) if not isinstance(item, Problem)]


@contextmanager
def _library(store: Path | None, notice: Notice) -> Iterator[Path]:
    """The folder of the library to ask: `store`, else a new one of the briefs that goes when the run is over."""
    if store is not None:
        yield store
        return
    from index.building import index_paths

    with tempfile.TemporaryDirectory(prefix="isnad-eval-", ignore_cleanup_errors=True) as folder:
        made = index_paths(Path(folder), list(BRIEFS), build_encoder(read_settings()))
        notice(f"A library of its own for this run, {made.summary()}.")
        yield Path(folder)


def _asked(ask: Ask, question: str) -> Answer:
    try:
        return ask(question)
    except IsnadError as error:
        return Answer(question, "", error=str(error))


def _with_progress(facts: Sequence[Fact]) -> Iterable[Fact]:
    if not sys.stderr.isatty():
        return facts
    from rich.console import Console
    from rich.progress import track

    return track(facts, "Asking", console=Console(stderr=True), transient=True)


def _check_writable(out: Path) -> None:
    """Before minutes are spent on answers: can the report be written?"""
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / REPORT).touch()
    except OSError as error:
        raise InputError(f"{out}: the report cannot be written there ({error.strerror}).") from error


def _described(settings: Settings, file: Path, facts: Sequence[Fact], articles: Sequence[Article]) -> dict[str, Any]:
    """What the figures depend on."""
    shown = {"answerer": settings.llm, "embedding": settings.embedding, "passages": settings.passages}
    counted = {"facts_file": file.name, "facts": len(facts), "articles": len(articles)}
    return {"isnad": version("isnad")} | shown | counted | {"bootstrap_draws": DRAWS, "seed": SEED}
