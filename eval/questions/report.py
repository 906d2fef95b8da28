"""The figures of `eval.questions.__main__` as lines for a terminal."""

from collections.abc import Mapping, Sequence

from eval.measures.calibration import Bin
from eval.questions.ablation import NAMES, Reached
from eval.questions.outcomes import Answers, Decision, Figures
from eval.statistics import Estimate
from eval.tables import NONE, aligned, bounds, points

INTERVAL = "95 %"


def library_lines(name: str, found: Figures) -> list[str]:
    """All figures of one kind of library."""
    return [
        f"{name}: {_counted(found.questions)}; {found.articles} articles",
        "  Evidence with the threshold off; words of an answer, median and 90th percentile:",
        *_indented(answer_rows(found.answers)),
        "  AUROC of the confidence, answered questions against each kind that is not:",
        *_indented([[kind, *_share(area), _count(area)] for kind, area in found.aurocs.items()]),
        f"  At the threshold {found.decisions[0].threshold:g}:",
        *_indented(decision_rows(found.decisions[0])),
        f"  Refused for a contradicted premise at any threshold: {_counted(found.contradicted) or 'none'}",
        "  At other thresholds: answered of the answerable, evidence in those answers, refused of each other kind:",
        *_indented(threshold_rows(found.decisions[1:])),
        "  Reliability of the confidence over all these questions:",
        *_indented(reliability_rows(found.answerable_bins, found.quoted_bins)),
        f"  ECE: {points(found.answerable_ece)} (answerable), {points(found.quoted_ece)} (evidence in the answer)",
    ]


def answer_rows(answers: dict[str, Answers]) -> list[list[str]]:
    """A heading, then all questions and each category."""
    names = ("first", "among three", "in the answer", "words", "words, 90th")
    rows = [["", "n", *(cell for name in names for cell in (name, INTERVAL))]]
    for name, found in answers.items():
        shares = [cell for e in (found.first, found.three, found.quoted) for cell in _share(e)]
        words = [cell for e in (found.median_words, found.many_words) for cell in _number(e)]
        rows.append([name, _count(found.first), *shares, *words])
    return rows


def decision_rows(decision: Decision) -> list[list[str]]:
    """What one threshold lets through, with intervals."""
    named = {"answered": decision.answered, "evidence in those answers": decision.right}
    named |= {f"{kind} refused": share for kind, share in decision.refused.items()}
    return [[name, *_share(share), _count(share)] for name, share in named.items()]


def threshold_rows(decisions: Sequence[Decision]) -> list[list[str]]:
    """A heading, then a row a threshold."""
    rows = [["threshold", "answered", "evidence", *(f"{kind} refused" for kind in decisions[0].refused)]]
    for each in decisions:
        shares = (each.answered, each.right, *each.refused.values())
        rows.append([f"{each.threshold:g}", *(points(share.value if share else None) for share in shares)])
    return rows


def reliability_rows(answerable: Sequence[Bin], quoted: Sequence[Bin]) -> list[list[str]]:
    """A heading, then a row a bin; both kinds of bins hold the same questions."""
    rows = [["confidence", "mean", "answerable", "evidence in the answer", "n"]]
    for ours, theirs in zip(answerable, quoted, strict=True):
        shares = (ours.mean, ours.share, theirs.share)
        rows.append([f"{ours.low:.1f}–{ours.high:.1f}", *map(points, shares), str(ours.n)])
    return rows


def claim_lines(shown: Mapping[str, tuple[Estimate | None, Estimate | None]]) -> list[str]:
    """A heading, then all true claims, all false ones, and these by what is wrong with them."""
    rows = [["", "n", "shown", INTERVAL, "as full", INTERVAL]]
    rows += [[name, _count(some), *_share(some), *_share(full)] for name, (some, full) in shown.items()]
    return _indented(rows)


def reached_lines(reached: Sequence[Reached]) -> list[str]:
    """A heading, then a row for each part, with its difference from the whole."""
    rows = [["", *(cell for name in NAMES for cell in (name, "±"))]]
    for each in reached:
        cells = [(each.values[name], each.gained[name]) for name in NAMES]
        rows.append([each.name, *(cell for value, gained in cells for cell in (_share(value)[0], _gain(gained)))])
    return _indented(rows)


def _counted(questions: dict[str, int]) -> str:
    return ", ".join(f"{n} {kind}" for kind, n in questions.items() if n)


def _gain(gained: Estimate | None) -> str:
    if gained is None:
        return NONE
    told = gained.low is not None and gained.high is not None and not gained.low <= 0 <= gained.high
    return f"{points(gained.value, signed=True)}{'*' if told else ' '}"


def _share(estimate: Estimate | None) -> list[str]:
    return [points(estimate.value), bounds(estimate)] if estimate else [NONE, NONE]


def _number(estimate: Estimate | None) -> list[str]:
    if estimate is None:
        return [NONE, NONE]
    low, high = estimate.low, estimate.high
    return [f"{estimate.value:.0f}", NONE if low is None else f"{low:.0f} to {high:.0f}"]


def _count(estimate: Estimate | None) -> str:
    return str(estimate.n) if estimate else "0"


def _indented(rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"    {line}" for line in aligned(rows, left=1)] if rows else []
