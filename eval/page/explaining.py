"""What each measure is, in the words of its own docstring."""

import inspect

from eval.measures.all import LOWER_IS_BETTER, MEASURES

HEADLINE = "grounded_correct"


def explained(name: str) -> str:
    """The first paragraph of a measure's docstring; "" for a measure that is not known here."""
    first = definition(name).split("\n\n")[0].replace("\n", " ")
    told = "lower is better" in first.lower()
    return f"{first} Lower is better." if name in LOWER_IS_BETTER and not told else first


def definition(name: str) -> str:
    """The whole docstring: formula and source; "" for a measure that is not known here."""
    measure = MEASURES.get(name)
    return (inspect.getdoc(measure) or "").replace("`", "") if measure else ""


def goodness(name: str, score: float) -> float:
    """The score, turned round where lower is better."""
    return 1 - score if name in LOWER_IS_BETTER else score
