"""`questions.csv`: one row a question, for a spreadsheet."""

import csv
from pathlib import Path
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet would run as a formula at the start of a cell (OWASP, CSV injection)."""
ABOUT = ("id", "category", "split", "lang", "question")


def write_csv(report: dict[str, Any], path: Path) -> None:
    """Each question with its answer, every measure (empty where it does not apply) and why it is wrong.

    UTF-8 without a byte-order mark. A cell that a spreadsheet would run gets an apostrophe before it.
    """
    measures = dict.fromkeys(name for question in report["questions"] for name in question["measures"])
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([*ABOUT, "answer", *measures, "why"])
        for question in report["questions"]:
            answer = question["answer"]
            told = [question[name] for name in ABOUT] + [answer["error"] or answer["answer"]]
            scores = [question["measures"].get(name) for name in measures]
            rows.writerow([*map(safe, told), *scores, safe("; ".join(question["why"]))])


def safe(text: str) -> str:
    """The text as a cell that stays text."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
