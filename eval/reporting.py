"""What a run found: as JSON for other programs, as lines for a terminal."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.metrics import MEASURES, Case, failures
from eval.statistics import Estimate, bootstrap

FEW_CLUSTERS = 20
"""Below this many articles a percentile interval is too narrow, and the table says so."""


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
    """The whole report: settings, measures over all facts, by category and by split, and every question."""
    return {
        "settings": settings,
        "measures": _rows(judged),
        "by_category": _grouped(judged, lambda j: j.case.fact.category),
        "by_split": _grouped(judged, lambda j: j.case.fact.split),
        "questions": [_question(j) for j in judged],
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
        lines.append(f"Over only {clusters} articles, the true intervals are wider than these.")
    return lines


def _rows(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    return {name: asdict(estimate) for name, estimate in estimates(judged).items()}


def _grouped(judged: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, dict[str, dict[str, Any]]]:
    groups = dict.fromkeys(map(key, judged))
    return {group: _rows([j for j in judged if key(j) == group]) for group in groups}


def _question(judged: Judged) -> dict[str, Any]:
    fact = judged.case.fact
    about = {"id": fact.id, "question": fact.question, "lang": fact.lang, "category": fact.category}
    about |= {"split": fact.split, "home_article": fact.articles[0]}
    gold = {"answerable": fact.answerable, "nuggets": [asdict(nugget) for nugget in fact.nuggets]}
    gold |= {"forbidden": fact.forbidden, "conflict": [asdict(variant) for variant in fact.conflict]}
    return about | {"gold": gold, "answer": judged.case.answer.to_dict(), "measures": judged.scores, "why": judged.why}
