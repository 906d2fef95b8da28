"""A run: every fact is asked, every answer is judged, and the report is written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.app import build_encoder, open_assistant
from assistant.settings import Settings, read_settings
from assistant.types import Answer
from assistant.verification.entailment import load_entailment
from eval.facts.lint import lint
from eval.facts.load import BRIEFS, PROJECT_FACTS, load_facts, read_articles
from eval.measures.agreement import Agreement, agreement, read_pairs
from eval.measures.agreement import lines as agreement_lines
from eval.measures.all import HEADLINE
from eval.measures.cases import Case
from eval.measures.judges import Judge, by_model, by_words
from eval.runs import controls, counterfactuals
from eval.runs.answers import FILE as ANSWERS
from eval.runs.answers import Ask, Kept, answer_all
from eval.runs.files import check_writable, described, flip_line, spent, write_json, write_report
from eval.runs.report import Judged, report, table
from eval.types import Fact
from index.errors import InputError, IsnadError
from index.types import Article

Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run."""

    out: Path
    """The folder of the report, and of the answers that an interrupted run left."""
    facts: Path | None = None
    """None for the project's."""
    store: Path | None = None
    """The library that is asked; None for one of the briefs alone, made for this run."""
    llm: str | None = None
    """None for what the settings name."""
    fresh: bool = False
    """Whether to ask again what `out` keeps the answer of."""
    repeat: int = 1
    """How many times to ask everything; of several runs the first is reported, and no answer is kept or read."""
    judge: str | None = None
    """Id or path of an entailment model that judges support; None for the check by words."""
    controls: bool = False
    """Whether to run controls and counterfactuals too."""
    price: tuple[float, float] | None = None
    """What a million tokens cost, read and written; None where no bill is wanted."""


@dataclass(frozen=True, slots=True)
class Run:
    """A plan with what it names read and checked."""

    facts: tuple[Fact, ...]
    articles: list[Article]
    settings: Settings
    kept: Kept
    out: Path


@dataclass(frozen=True, slots=True)
class Finished:
    """What a run found."""

    lines: list[str]
    """The headline figures, and where the report is."""
    report: dict[str, Any]


def run_and_report(plan: Plan, notice: Notice) -> Finished:
    """Ask every fact, and write report, page and table of questions.

    Answers of an earlier run over the same library with the same settings and code are taken from `plan.out`. Raises
    InputError for facts that cannot be used, IsnadError where a person interrupts, and what `open_assistant` raises; a
    question that fails is a wrong answer.
    """
    cache = plan.out / ANSWERS
    check_writable(cache)
    articles = read_articles(plan.store)
    facts = sound_facts(plan.facts, articles)
    judge, agreed = _judge(plan.judge)
    with _library(plan.store, notice) as folder:
        settings = read_settings(store=folder, llm=plan.llm)
        run = Run(facts, articles, settings, Kept.open(cache, settings, articles, fresh=plan.fresh), plan.out)
        runs = [judge_all(facts, answers, articles, judge) for answers in _runs(run, plan.repeat, notice)]
    judged, repeats = runs[0], flips(runs) if plan.repeat > 1 else None
    about = described(settings, plan.facts or PROJECT_FACTS, facts, articles)
    found = report(judged, about | ({"judge": plan.judge} if plan.judge else {}))
    found |= {"repeats": repeats, "judge": agreed and agreed.to_dict()}
    lines = [*table(judged), *([] if settings.llm == Settings().llm else [spent(judged, plan.price)])]
    lines += [flip_line(repeats)] if repeats else []
    lines += ["", *agreement_lines(agreed, plan.judge or "")] if agreed else []
    lines += _controls(run, judged) if plan.controls else []
    return Finished([*lines, write_report(found, plan.out)], found)


def judge(facts: Sequence[Fact], ask: Ask, articles: Iterable[Article]) -> list[Judged]:
    """Each fact asked and judged, in order; an IsnadError is an answer with that error."""
    return judge_all(facts, answer_all(facts, ask), articles)


def judge_all(
    facts: Sequence[Fact], answers: Sequence[Answer], articles: Iterable[Article], judge: Judge = by_words
) -> list[Judged]:
    """Each fact with the answer that was given to it, judged."""
    by_id = {article.id: article for article in articles}
    return [Judged.of(Case(fact, answer, by_id, judge)) for fact, answer in zip(facts, answers, strict=True)]


def check_lower_bound(found: dict[str, Any], least: float) -> None:
    """Raise IsnadError where the interval of Grounded-Correct in a report reaches below `least`, or there is none."""
    headline = found["measures"][HEADLINE]
    if headline["low"] is None:
        raise IsnadError(f"{HEADLINE} has no interval over a single article, so that --fail-under cannot pass.")
    if headline["low"] < least:
        interval = f"95 % interval {headline['low']:.3f} to {headline['high']:.3f}"
        raise IsnadError(f"{HEADLINE} may be below {least:g}: {headline['value']:.3f}, {interval}.")


def flips(runs: Sequence[Sequence[Judged]]) -> dict[str, Any]:
    """How many runs there were, and the ids of the facts that are Grounded-Correct in some of them, not in all."""
    same = zip(*runs, strict=True)
    flipped = [each[0].case.fact.id for each in same if len({judged.scores[HEADLINE] for judged in each}) > 1]
    return {"runs": len(runs), "flips": flipped}


# ---------------------------------------------------------------- what is asked about


def sound_facts(file: Path | None, articles: Sequence[Article]) -> tuple[Fact, ...]:
    """The facts of a file, or the project's. Raises InputError where one is unusable or lint finds something."""
    facts = load_facts(file or PROJECT_FACTS, articles)
    if findings := lint(facts, articles):
        raise InputError(f"{findings[0]} ({len(findings)} findings; `isnad eval lint` shows them)")
    return facts


@contextmanager
def _library(store: Path | None, notice: Notice) -> Iterator[Path]:
    """The folder of the library to ask: `store`, else a new one of the briefs that goes when the run is over."""
    if store is not None:
        yield store
        return
    from index.building import index_paths

    with TemporaryDirectory(prefix="isnad-eval-", ignore_cleanup_errors=True) as folder:
        made = index_paths(Path(folder), list(BRIEFS), build_encoder(read_settings()))
        notice(f"A library of its own for this run, {made.summary()}.")
        yield Path(folder)


# ---------------------------------------------------------------- asking


def _runs(run: Run, repeat: int, notice: Notice) -> Iterator[list[Answer]]:
    """The answers of each run; an assistant is opened where any has to be asked for."""
    if repeat == 1 and all(known := [run.kept.answer(fact) for fact in run.facts]):
        notice(f"Every answer is kept in {run.kept.file} from an earlier run; --fresh asks again.")
        yield [answer for answer in known if answer]
        return
    if repeat == 1 and any(known):
        notice(f"{sum(map(bool, known))} of {len(known)} answers are kept in {run.kept.file}; --fresh asks again.")
    with open_assistant(settings=run.settings, notice=notice) as assistant:
        for n in range(1, repeat + 1):
            title = "Asking" if repeat == 1 else f"Run {n} of {repeat}"
            yield answer_all(run.facts, assistant.ask, run.kept if repeat == 1 else None, title=title)


def _judge(name: str | None) -> tuple[Judge, Agreement | None]:
    """The judge of support: the entailment model of that name with its agreement with people, or the default."""
    model = load_entailment(name or "")
    if model is None:
        return by_words, None
    judge = by_model(model)
    return judge, agreement(judge, read_pairs())


def _controls(run: Run, judged: Sequence[Judged]) -> list[str]:
    """Controls and counterfactuals, each written to a file of its own beside the report; the lines that tell them."""
    fooled = controls.run_controls(run.facts, {article.id: article for article in run.articles})
    right = frozenset(j.case.fact.id for j in judged if not j.why)
    changed = counterfactuals.run_counterfactuals(run.facts, run.articles, right, run.settings, run.kept)
    write_json(run.out / controls.FILE, controls.to_dict(fooled))
    write_json(run.out / counterfactuals.FILE, changed.to_dict())
    files = f"Controls: {run.out / controls.FILE}, {run.out / counterfactuals.FILE}"
    return ["", *controls.lines(fooled), "", *changed.lines(), "", files]
