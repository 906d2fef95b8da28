"""What a run found: as JSON for other programs and for the page, as lines for a terminal."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from eval.measures.abstention import RISK, auroc, coverage_at_risk, reliability, risk_coverage
from eval.measures.all import MEASURES
from eval.measures.cases import Case
from eval.measures.citations import cited_words
from eval.measures.grounded import failures, grounded_correct
from eval.statistics import FEW_CLUSTERS, Estimate, bootstrap, design_effect, detectable_difference


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with its score in each measure, None where one does not apply."""

    case: Case
    scores: dict[str, float | None]
    why: tuple[str, ...]
    """Why it is not grounded and correct."""

    @classmethod
    def of(cls, case: Case) -> "Judged":
        """The case with every measure taken."""
        return cls(case, {name: measure(case) for name, measure in MEASURES.items()}, tuple(failures(case)))


def estimates(judged: Sequence[Judged]) -> dict[str, Estimate]:
    """Each measure that applies to any of the cases, with its interval over the home articles of the facts."""
    found = {}
    for name in MEASURES:
        pairs = ((j.case.fact.articles[0], j.scores[name]) for j in judged)
        estimate = bootstrap((article, score) for article, score in pairs if score is not None)
        if estimate:
            found[name] = estimate
    return found


def report(judged: Sequence[Judged], settings: dict[str, Any]) -> dict[str, Any]:
    """The whole report: settings, measures over all facts and by group, every question, and the articles they need.

    `repeats` and `judge` are None; a run that repeats questions or is judged by a model puts its own there.
    """
    return {
        "settings": settings,
        "measures": _rows(judged),
        "by_category": _grouped(judged, lambda j: j.case.fact.category),
        "by_split": _grouped(judged, lambda j: j.case.fact.split),
        "by_lang": _grouped(judged, lambda j: j.case.fact.lang),
        "abstention": _abstention([j.case for j in judged]),
        "cited_words": _percentiles(cited_words(j.case) for j in judged),
        "latency_ms": _percentiles(sum(j.case.answer.timings_ms.values()) or None for j in judged),
        "tokens": _tokens(judged),
        "repeats": None,
        "judge": None,
        "detectable": _detectable(judged),
        "questions": [_question(j) for j in judged],
        "articles": _articles(judged),
    }


def table(judged: Sequence[Judged]) -> list[str]:
    """The headline figures, aligned: measure, mean, 95 % interval, questions, articles."""
    found = estimates(judged)
    width = max(len(name) for name in found)
    lines = [f"{'measure':<{width}}  value  95 % interval  questions  articles"]
    for name, e in found.items():
        bounds = "–" if e.low is None else f"{e.low:.2f} – {e.high:.2f}"
        lines.append(f"{name:<{width}}  {e.value:5.2f}  {bounds:>13}  {e.n:>9}  {e.clusters:>8}")
    clusters = max(e.clusters for e in found.values())
    if clusters < FEW_CLUSTERS:
        articles = "one article" if clusters == 1 else f"{clusters} articles"
        lines.append(f"Over only {articles}, the true intervals are wider than these.")
    return lines


def _rows(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    return {name: asdict(estimate) for name, estimate in estimates(judged).items()}


def _grouped(judged: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, dict[str, dict[str, Any]]]:
    groups = dict.fromkeys(map(key, judged))
    return {group: _rows([j for j in judged if key(j) == group]) for group in groups}


def _abstention(cases: Sequence[Case]) -> dict[str, Any]:
    """What the confidence is worth: does it tell answerable questions (AUROC), does it order and mean what it says."""
    confidences, answerable = [c.answer.confidence for c in cases], [c.fact.answerable for c in cases]
    return {
        "auroc": auroc(confidences, answerable),
        "coverage_at_5_percent_risk": coverage_at_risk(cases, RISK),
        "risk_coverage": [list(point) for point in risk_coverage(cases)],
        "reliability": [{"confidence": b.mean, "right": b.share, "n": b.n} for b in reliability(cases)],
    }


def _percentiles(values: Iterable[float | None]) -> dict[str, float] | None:
    """Median, 90th and 99th percentile of the values that there are; None for none."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    return dict(zip(("median", "p90", "p99"), map(float, np.percentile(known, (50, 90, 99))), strict=True))


def _tokens(judged: Sequence[Judged]) -> dict[str, int] | None:
    """What the LLM read and wrote for all answers; None where none counted."""
    counted = [tokens for j in judged if (tokens := j.case.answer.tokens)]
    if not counted:
        return None
    return {"prompt": sum(t.prompt for t in counted), "completion": sum(t.completion for t in counted)}


def _detectable(judged: Sequence[Judged]) -> dict[str, Any]:
    """The smallest difference of two answerers in Grounded-Correct that these questions can show."""
    effect = design_effect((j.case.fact.articles[0], j.scores[grounded_correct.__name__] or 0.0) for j in judged)
    return {"questions": len(judged), "difference": detectable_difference(len(judged), design_effect=effect)}


def _articles(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """The articles that an answer shows or a fact names, by id: what the excerpts of the page are cut from."""
    shown = ("title", "source", "published", "path", "url", "text")
    used: dict[str, dict[str, Any]] = {}
    for case in (j.case for j in judged):
        cited = [citation.article for citation in (*case.answer.citations, *case.answer.nearest)]
        gold = [case.articles[article] for article in case.fact.articles if article in case.articles]
        used |= {a.id: {name: getattr(a, name) for name in shown} for a in (*gold, *cited)}
    return used


def _question(judged: Judged) -> dict[str, Any]:
    fact = judged.case.fact
    about = {"id": fact.id, "question": fact.question, "lang": fact.lang, "category": fact.category}
    about |= {"split": fact.split, "home_article": fact.articles[0]}
    gold = {"answerable": fact.answerable, "nuggets": [asdict(nugget) for nugget in fact.nuggets]}
    gold |= {"forbidden": fact.forbidden, "conflict": [asdict(variant) for variant in fact.conflict]}
    return about | {"gold": gold, "answer": judged.case.answer.to_dict(), "measures": judged.scores, "why": judged.why}
