"""Reports for the tests of the pages: six questions with every outcome, and one in which every text is hostile."""

from dataclasses import replace
from typing import Any

from assistant.types import Answer, Conflict, ConflictValue, Tokens
from eval.measures.cases import Case
from eval.runs.report import Judged, report
from index.types import Article
from tests.eval.cases import (
    BROKEN,
    BY_ID,
    KIRBY,
    RIGHT,
    SEOUL,
    SILENT,
    TROOPS,
    TWELVE,
    A,
    B,
    answer,
    at,
    fact,
    gold,
    number,
)

SETTINGS = {"isnad": "0.1.0", "answerer": "extractive", "facts_file": "facts.jsonl", "facts": 6, "articles": 3}
HOSTILE = (
    '<script>alert(1)</script> </details></style></script> <img src=x onerror="alert(2)"> " \' javascript:alert(3) '
    "\u202eمعكوس\u2066 https://evil.example/x {{7*7}} ${8*8}"
)


def judged(id: str, known, given: Answer, question: str = "كم جنديًّا أُرسل؟", **about) -> Judged:
    asked = replace(given, question=question, text=given.text or " ".join(s.text for s in given.sentences))
    return Judged.of(Case(replace(known, id=id, question=question, **about), asked, BY_ID))


def run() -> list[Judged]:
    """Right, wrong, needlessly refused, rightly refused, failed; and one in English that is half right."""
    timed = replace(RIGHT, timings_ms={"retrieve": 10.0, "answer": 30.0}, tokens=Tokens(100, 20))
    wrong = replace(answer((SEOUL, at(B, SEOUL)), confidence=0.8), timings_ms={"answer": 60.0}, tokens=Tokens(50, 5))
    both = fact(TWELVE, number(11000, (gold(B, SEOUL),)))
    return [
        judged("right-1", fact(TWELVE), timed),
        judged("wrong-1", fact(TWELVE, forbidden=("11 ألف",)), wrong, "ما عدد المرسلين؟", split="development"),
        judged("silent-1", fact(TWELVE), SILENT, "كم مقاتلًا؟"),
        judged("refused-1", fact(category="unanswerable"), SILENT, "ما لون العلم؟"),
        judged("failed-1", fact(TWELVE), BROKEN, "كم كتيبة؟"),
        judged("half-1", both, answer((TROOPS, at(A, TROOPS)), (KIRBY, at(A, KIRBY))), "How many troops?", lang="en"),
    ]


def sample_report() -> dict[str, Any]:
    return report(run(), SETTINGS)


def hostile_report() -> dict[str, Any]:
    """Foreign words wherever foreign words can stand."""
    mean = Article("M", HOSTILE * 3, HOSTILE, HOSTILE, "javascript:alert(4)", HOSTILE, HOSTILE, f"/x/{HOSTILE}.md")
    told = replace(
        answer((HOSTILE, at(mean, HOSTILE)), core=(0, 4)),
        conflicts=(Conflict(HOSTILE, (ConflictValue(1.0, HOSTILE, HOSTILE, HOSTILE, 1),)),),
    )
    nugget = replace(number(1, (gold(mean, HOSTILE),), unit=HOSTILE), text=HOSTILE, aliases=(HOSTILE,))
    known = fact(nugget, forbidden=(HOSTILE,), category=HOSTILE, home="M")
    known = replace(known, id=HOSTILE, question=HOSTILE, split=HOSTILE, lang=HOSTILE)
    cases = [
        Case(known, replace(given, question=HOSTILE, text=HOSTILE), {"M": mean})
        for given in (told, replace(SILENT, nearest=told.citations, reason=HOSTILE), replace(BROKEN, error=HOSTILE))
    ]
    found = report([Judged.of(case) for case in cases], {"answerer": HOSTILE, HOSTILE: HOSTILE})
    found["repeats"] = {"runs": 2, "flips": [HOSTILE]}
    found["judge"] = {"labels": [HOSTILE, "none"], "rows": [[1, 2], [3, 4]], "kappa": 0.5}
    return found


def sample_comparison(text: str = "كم جنديًّا أُرسل؟") -> dict[str, Any]:
    """A comparison by hand: B gains two questions and loses one; of the first flip both answers are there."""
    gained = {
        "measure": "grounded_correct",
        "a": 0.4,
        "b": 0.5,
        "difference": 0.1,
        "low": -0.05,
        "high": 0.25,
        "p": 0.3,
    }
    lost = {"measure": "answer_f1", "a": 0.7, "b": 0.66, "difference": -0.04, "low": None, "high": None, "p": None}
    answers = {"a": replace(RIGHT, text=text).to_dict(), "b": replace(SILENT, text=text).to_dict()}
    flips = [{"id": f"q-{n}", "category": "number", "question": text, "a": n == 0, "b": n != 0} for n in range(3)]
    flips[0] |= {"answers": answers, "why": {"a": [], "b": [f"does not state: {text}"]}}
    return {
        "a": SETTINGS,
        "b": SETTINGS | {"answerer": text},
        "questions": 10,
        "measures": [gained, lost],
        "mcnemar": {"only_a": 1, "only_b": 2, "p": 1.0},
        "flips": flips,
        "by_category": {"number": {"only_a": 1, "only_b": 2}, "date": {"only_a": 0, "only_b": 0}},
    }
