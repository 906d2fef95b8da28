"""What became of a question, in one of five words; and the order from worst to best."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from eval.measures.all import HEADLINE, goodness
from eval.measures.cases import FALSE_PREMISE

Outcome = Literal["proved", "abstained", "wrong", "silent", "failed"]

OUTCOMES: dict[Outcome, str] = {
    "proved": "right and proved",
    "abstained": "rightly refused",
    "wrong": "answered, but wrong or not proved",
    "silent": "refused, though the articles tell",
    "failed": "failed with an error",
}
"""In the order of the bar, the right ones first."""
WORST_FIRST: tuple[Outcome, ...] = ("failed", "wrong", "silent", "abstained", "proved")
"""A wrong answer misleads; a refusal only disappoints."""


def is_right(question: dict[str, Any]) -> bool:
    """Whether the headline measure holds."""
    return bool(question["measures"].get(HEADLINE) == 1)


def corrects(question: dict[str, Any]) -> bool:
    """Whether a false premise was refused as one: then the quotes that contradict it are the answer."""
    answer = question["answer"]
    told = any(citation.get("contradicts") for citation in answer["nearest"])
    false_premise = question["category"] == FALSE_PREMISE and question["gold"]["answerable"]
    return bool(false_premise and told and answer["reason"] == "premise_contradicted")


def outcome(question: dict[str, Any]) -> Outcome:
    """What became of a question of the report."""
    answer = question["answer"]
    if answer["error"]:
        return "failed"
    if answer["abstained"] and not corrects(question):
        return "abstained" if is_right(question) else "silent"
    return "proved" if is_right(question) else "wrong"


def reply(question: dict[str, Any]) -> str:
    """Whether it was answered, whatever the answer was worth."""
    answer = question["answer"]
    return "failed" if answer["error"] else "abstained" if answer["abstained"] else "answered"


def tally(questions: Sequence[dict[str, Any]]) -> dict[Outcome, int]:
    """How many questions came to each end, in the order of OUTCOMES; those that none came to left out."""
    found = Counter(map(outcome, questions))
    return {each: found[each] for each in OUTCOMES if found[each]}


def worst_first(questions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """By outcome, then by the mean of the measures that apply, then as they were."""

    def mean(question: dict[str, Any]) -> float:
        scores = [goodness(name, score) for name, score in question["measures"].items() if score is not None]
        return sum(scores) / len(scores) if scores else 0.0

    return sorted(questions, key=lambda q: (WORST_FIRST.index(outcome(q)), mean(q)))
