"""`isnad eval retrieval`: how well paragraphs are found, on files in SQuAD's format, by both arms and by each alone."""

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from assistant.app import Assistant
from assistant.extractive.answerer import ExtractiveAnswerer
from eval.benchmarks.arms import ARMS, DEPTH, Arm, Notice, article_ids, difference, indexed, ranked_articles, search
from eval.benchmarks.ranking import ndcg, rank_of, recall, reciprocal_rank
from eval.benchmarks.squad import Squad, SquadQuestion, read_squad
from eval.statistics import DRAWS, SEED, Estimate, bootstrap
from eval.tables import NONE, aligned, bounds, points
from index.errors import InputError, IsnadError
from index.progress import with_progress
from index.static import load_background
from index.text.arabic import fold
from index.text.matching import Rarity
from index.types import ScoredPassage

RESULTS = "retrieval.json"
HEADLINE = "nDCG@10"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question in one arm. A search that failed found nothing."""

    document: str
    rank: int | None = None
    """Of its paragraph; None where that is not among the passages ranked."""
    sentence: int | None = None
    """Rank of the first sentence that holds a gold answer, hybrid only."""
    ms: float | None = None
    """Of one search for as many passages as the product takes; None where it failed."""


Measure = Callable[[Outcome], float]
RANKING: dict[str, Measure] = {
    HEADLINE: lambda outcome: ndcg(outcome.rank, 10),
    "R@100": lambda outcome: recall(outcome.rank, 100),
    "MRR@10": lambda outcome: reciprocal_rank(outcome.rank, 10),
}
SENTENCES: dict[str, Measure] = {
    "SM@1": lambda outcome: recall(outcome.sentence, 1),
    "SM@3": lambda outcome: recall(outcome.sentence, 3),
}
"""Sentence match: one of the first k sentences holds a gold answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file's outcomes in each arm, its questions in order."""

    squad: Squad
    outcomes: dict[Arm, list[Outcome]]
    made_by: dict[str, Any]
    """What of the settings the figures depend on."""

    def estimates(self, arm: Arm) -> dict[str, Estimate]:
        """Each measure that the arm has, with its interval over paragraphs."""
        measures = RANKING | SENTENCES if arm == "hybrid" else RANKING
        pairs = {name: [(o.document, score(o)) for o in self.outcomes[arm]] for name, score in measures.items()}
        return {name: estimate for name, scores in pairs.items() if (estimate := bootstrap(scores))}

    @property
    def gained(self) -> Estimate:
        """What the vectors add to the terms: paired difference hybrid − terms in the headline measure."""
        ours, theirs = ([RANKING[HEADLINE](o) for o in self.outcomes[arm]] for arm in ("hybrid", "terms"))
        return difference([question.document for question in self.squad.questions], ours, theirs)


def run_and_write(files: Sequence[Path], out: Path, *, notice: Notice) -> list[str]:
    """Measure every file, write `out/retrieval.json`, and return the lines to print: a table and where it is.

    Raises InputError for a file that cannot be used, before anything is measured, and what indexing raises.
    """
    squads = [read_squad(file) for file in files]
    path = _writable(out)
    found = [measure(squad, notice) for squad in squads]
    path.write_text(json.dumps(report(found), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [*table(found), f"Results: {path}"]


def measure(squad: Squad, notice: Notice) -> Found:
    """Every question of a file asked in every arm, over a library of its own."""
    with tempfile.TemporaryDirectory(prefix="isnad-eval-", ignore_cleanup_errors=True) as folder:
        rows = Path(folder) / "documents.jsonl"
        lines = (json.dumps({"id": id_, "title": "", "text": text}) for id_, text in squad.documents.items())
        rows.write_text("\n".join(lines) + "\n", encoding="utf-8")
        with indexed(rows, Path(folder) / "store", notice) as assistant:
            outcomes = {arm: _outcomes(assistant, arm, squad, notice) for arm in ARMS}
            made_by = {"encoder": assistant.library.meta("encoder"), "passages": assistant.settings.passages_read}
    return Found(squad, outcomes, made_by)


def _outcomes(assistant: Assistant, arm: Arm, squad: Squad, notice: Notice) -> list[Outcome]:
    with suppress(IsnadError):  # what is loaded at the first search belongs to no question's time
        search(assistant.retriever, arm, squad.questions[0].text, assistant.settings.passages_read)
    articles = article_ids(assistant.library)
    asked = with_progress(squad.questions, f"{squad.name}, {arm}")
    outcomes = [_outcome(assistant, arm, question, articles[question.document]) for question in asked]
    if failed := sum(outcome.ms is None for outcome in outcomes):
        notice(f"{squad.name}, {arm}: {failed} searches failed and score zero.")
    return outcomes


def _outcome(assistant: Assistant, arm: Arm, question: SquadQuestion, article: str) -> Outcome:
    retriever = assistant.retriever
    try:
        started = time.perf_counter()
        passages = search(retriever, arm, question.text, assistant.settings.passages_read)
        ms = 1e3 * (time.perf_counter() - started)
        ranking = ranked_articles(search(retriever, arm, question.text, DEPTH))
    except IsnadError:
        return Outcome(question.document)
    sentence = sentence_rank(question, passages, retriever.rarity) if arm == "hybrid" else None
    return Outcome(question.document, rank_of(article, ranking), sentence, ms)


def sentence_rank(question: SquadQuestion, passages: Sequence[ScoredPassage], rarity: Rarity) -> int | None:
    """Rank of the first sentence that holds a gold answer, among those that the extractive answerer ranks.

    A sentence holds an answer where the folded text, blanks collapsed, contains it.
    """
    ranked = ExtractiveAnswerer(rarity, load_background()).weigh(question.text, passages).ranked
    gold = [answer for answer in map(_folded, question.answers) if answer]
    texts = (_folded(candidate.text) for candidate in ranked)
    return next((rank for rank, text in enumerate(texts, start=1) if any(answer in text for answer in gold)), None)


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


def report(found: Sequence[Found]) -> dict[str, Any]:
    """The contract's `datasets`, one row a file and arm; each file's paired difference; what the figures depend on."""
    made_by = {"isnad": version("isnad"), "bootstrap_draws": DRAWS, "seed": SEED} | found[0].made_by
    return {
        "datasets": [_row(each, arm) for each in found for arm in ARMS],
        "differences": [
            {"name": each.squad.name, "of": ["hybrid", "terms"], HEADLINE: each.gained.value}
            | {"interval": _interval(each.gained)}
            for each in found
        ],
    } | made_by


def _row(found: Found, arm: Arm) -> dict[str, Any]:
    squad, estimates = found.squad, found.estimates(arm)
    times = [outcome.ms for outcome in found.outcomes[arm] if outcome.ms is not None]
    median, p99 = np.percentile(times, (50, 99)).tolist() if times else (None, None)
    row = {"name": squad.name, "documents": len(squad.documents), "questions": len(squad.questions), "arm": arm}
    row |= {name: estimates[name].value if name in estimates else None for name in RANKING | SENTENCES}
    row |= {"median_ms": median, "p99_ms": p99}
    return row | {"intervals": {name: _interval(estimate) for name, estimate in estimates.items()}}


def _interval(estimate: Estimate) -> list[float] | None:
    """The bounds of 95 %; None where a single paragraph leaves nothing to resample."""
    return None if estimate.low is None or estimate.high is None else [estimate.low, estimate.high]


def table(found: Sequence[Found]) -> list[str]:
    """Aligned lines: a row a file and arm, then what the hybrid gains over the terms alone. Measures are × 100."""
    names = [name for name in RANKING | SENTENCES if name != HEADLINE]
    rows = [["dataset", "arm", "documents", "questions", HEADLINE, "95 % interval", *names, "median ms", "p99 ms"]]
    for each in found:
        rows += [_cells(each, arm, names) for arm in ARMS]
        gained = each.gained
        cells = [points(gained.value, signed=True), bounds(gained, signed=True)]
        rows.append([each.squad.name, "hybrid − terms", "", "", *cells, *[""] * (len(names) + 2)])
    return [line.rstrip() for line in aligned(rows, left=2)]


def _cells(found: Found, arm: Arm, names: Sequence[str]) -> list[str]:
    row, headline = _row(found, arm), found.estimates(arm)[HEADLINE]
    counts = [str(row["documents"]), str(row["questions"])]
    times = [NONE if row[name] is None else f"{row[name]:.1f}" for name in ("median_ms", "p99_ms")]
    cells = [points(headline.value), bounds(headline), *(points(row[name]) for name in names)]
    return [row["name"], arm, *counts, *cells, *times]


def _writable(out: Path) -> Path:
    """Where the results go; asked before minutes are spent on them."""
    path = out / RESULTS
    try:
        out.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as error:
        raise InputError(f"{out}: {RESULTS} cannot be written there ({error.strerror}).") from error
    return path
