"""The figures in README.md, written there by the run that measured them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from eval.statistics import FEW_CLUSTERS
from eval.tables import NONE, between
from index.errors import InputError

README = Path(__file__).resolve().parents[2] / "README.md"
MARK = "eval"
"""Of the page's comments between which the figures stand."""
SPLIT = "test"
_DEFAULT = ("embedding", "reranker", "reader", "passages")  # settings that change the default answerer's figures

Row = Mapping[str, Any]


def check(settings: Settings, file: Path = README) -> None:
    """Raise InputError where the figures could not be written, before minutes are spent on them.

    That is where the file is missing or lacks the markers, and where settings make another answerer than a fresh
    checkout has.
    """
    unlike = [name for name in ("llm", *_DEFAULT) if getattr(settings, name) != getattr(Settings(), name)]
    if unlike:
        raise InputError(f"{file.name} shows the default answerer: leave {', '.join(unlike)} unset.")
    between(MARK, _read(file), "", "README.md")


def write_readme(report: Row, file: Path = README) -> str:
    """Put a report's figures on the test split between the markers; the line to print.

    Raises InputError where the file lacks the markers or cannot be written.
    """
    try:
        file.write_text(between(MARK, _read(file), figures(report), "README.md"), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: the figures cannot be written there ({error.strerror}).") from error
    return f"Figures of the {SPLIT} split: {file}"


def figures(report: Row) -> str:
    """The measures on the test split as a Markdown table, and what they were taken over. Raises InputError."""
    found, settings = report["by_split"].get(SPLIT), report["settings"]
    if not found:
        raise InputError(f"The facts have no {SPLIT} split.")
    lines = [["measure", "value", "95 % interval", "questions", "articles"], ["---", *["---:"] * 4]]
    for name, row in found.items():
        bounds = NONE if row["low"] is None else f"{row['low']:.2f} – {row['high']:.2f}"
        lines.append([f"`{name}`", f"{row['value']:.2f}", bounds, str(row["n"]), str(row["clusters"])])
    asked = sum(question["split"] == SPLIT for question in report["questions"])
    clusters = max(row["clusters"] for row in found.values())
    notes = [f"{asked} questions of the {SPLIT} split, {settings['articles']} articles in the library, no LLM."]
    notes += [f"Over only {clusters} articles, the true intervals are wider."] if clusters < FEW_CLUSTERS else []
    notes.append("Written by `isnad eval --write-readme`.")
    return "\n".join([*(f"| {' | '.join(line)} |" for line in lines), "", " ".join(notes)])


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: there is no README to write the figures to ({error.strerror}).") from error
