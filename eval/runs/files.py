"""What a run tells and leaves behind: lines for the terminal, and files beside one another in a folder."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from eval.runs.report import Judged
from eval.statistics import DRAWS, SEED
from eval.types import Fact
from index.errors import InputError
from index.types import Article

REPORT, PAGE, CSV = "report.json", "report.html", "questions.csv"
SHOWN = ("embedding", "reranker", "reader", "nli", "unsupported", "passages")
"""The settings beside the answerer that a report names, where they are set."""


def check_writable(file: Path) -> None:
    """Before minutes are spent on answers: can they be written beside this file? Raises InputError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a"):
            pass
    except OSError as error:
        raise InputError(f"{file.parent}: the report cannot be written there ({error.strerror}).") from error


def described(settings: Settings, file: Path, facts: Sequence[Fact], articles: Sequence[Article]) -> dict[str, Any]:
    """What the figures depend on."""
    made = {"isnad": version("isnad"), "answerer": settings.llm}
    made |= {name: value for name, value in asdict(settings).items() if name in SHOWN and value}
    counted = {"facts_file": file.name, "facts": len(facts), "articles": len(articles)}
    return made | counted | {"bootstrap_draws": DRAWS, "seed": SEED}


def write_report(report: dict[str, Any], out: Path) -> str:
    """The report as JSON, as a page and as a table of questions; the line that tells where they are."""
    from eval.page.csv_file import write_csv
    from eval.page.page import report_page

    write_json(out / REPORT, report)
    (out / PAGE).write_text(report_page(report), encoding="utf-8")
    write_csv(report, out / CSV)
    return f"Report: {out / PAGE}, {out / REPORT}, {out / CSV}"


def write_json(file: Path, value: Any) -> None:
    """JSON that a person can read."""
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def spent(judged: Sequence[Judged], price: tuple[float, float] | None = None) -> str:
    """The tokens and the time that an LLM's answers took, whenever they were given, and what they cost.

    `price` is that of a million tokens, read and written, in any currency.
    """
    answers = [j.case.answer for j in judged]
    counted = [answer.tokens for answer in answers if answer.tokens]
    read, written = sum(tokens.prompt for tokens in counted), sum(tokens.completion for tokens in counted)
    seconds = sum(sum(answer.timings_ms.values()) for answer in answers) / 1e3
    tokens = f"{read:,} read, {written:,} written ({len(counted)} of {len(answers)} answers counted them)"
    cost = f"; cost: {(price[0] * read + price[1] * written) / 1e6:,.4f}" if price else ""
    return f"tokens: {tokens}{cost}; time: {seconds:,.0f} s, {seconds / len(answers):.1f} s a question"


def flip_line(repeats: dict[str, Any]) -> str:
    """How many questions are right in some of the runs only, and which."""
    flipped = repeats["flips"]
    named = f": {', '.join(flipped)}" if flipped else ""
    return f"{repeats['runs']} runs: {len(flipped)} questions are grounded_correct in some of them only{named}"
