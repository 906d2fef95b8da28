"""`python -m eval.questions ARTICLES QUESTIONS… --squad FILE`: answers without a model, on articles not fitted on.

The weights are fitted anew five times, each time without the questions on a fifth of the articles; those are judged.
What a reader adds is measured on the articles that it was not trained on, and so is the check of claims.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from assistant.extractive.answerer import THRESHOLD
from assistant.pair_models.own import OwnModel
from assistant.pair_models.readings import Reader
from assistant.training.datasets import read_articles
from assistant.training.fitting import fit, held_out
from assistant.training.looks import Look, all_looks
from assistant.training.pairs import HELD_OUT, part_of
from assistant.training.stacking import judged_by, seen_by
from assistant.verification.judging import WeighingJudge
from eval.questions.ablation import Reached, ablate, learning_curve
from eval.questions.claims import Verified, shown, verified
from eval.questions.outcomes import Figures, Outcome, figures, outcome
from eval.questions.report import claim_lines, library_lines, reached_lines
from index.errors import InputError, IsnadError

READ = ", read"
"""What the name of a library ends with where a reader read."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was measured."""

    threshold: float
    libraries: dict[str, Figures]
    ablation: list[Reached]
    learning_curve: list[Reached]
    questions: list[Outcome]
    claims: dict[str, list[Verified]]
    """By who judged them."""

    def lines(self) -> list[str]:
        """As a person reads it."""
        lines = ["Shares and AUROC × 100, with 95 % intervals that resample articles."]
        for name, found in self.libraries.items():
            lines += ["", *library_lines(name, found)]
        for title, rows in (
            ("Without a group of features, and the difference from all (* its interval leaves out 0)", self.ablation),
            ("Learned from a part of the articles, and the difference from all", self.learning_curve),
        ):
            lines += ["", f"{title}:", *reached_lines(rows)] if rows else []
        for name, claims in self.claims.items():
            title = f"Claims as an LLM might write them, shown after the check ({name})"
            lines += ["", f"{title}:", *claim_lines(shown(claims))]
        return lines


def main(
    articles: Annotated[Path, typer.Argument(metavar="ARTICLES", help="Articles, .jsonl or .jsonl.gz.")],
    questions: Annotated[
        list[Path],
        typer.Argument(metavar="QUESTIONS…", help="JSONL rows of {question, article, quotes, answerable, category}."),
    ],
    squad: Annotated[Path, typer.Option(metavar="FILE", help="Paragraphs and questions in SQuAD's format.")],
    ablation: Annotated[bool, typer.Option("--ablation", help="Leave out each group of features too.")] = False,
    curve: Annotated[bool, typer.Option("--learning-curve", help="Learn from fewer articles too.")] = False,
    reader: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Also with the model that assistant.training wrote, on articles it did not see."
        ),
    ] = None,
    written: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Questions and claims written for the reader.")
    ] = None,
    threshold: Annotated[float, typer.Option(min=0, max=1, help="Confidence from which is answered.")] = THRESHOLD,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write everything as JSON.")] = None,
) -> None:
    """Print how often answers hold the evidence, and how well the confidence tells when there is none."""
    try:
        report = run(
            articles, questions, squad, written, reader=reader, ablation=ablation, curve=curve, threshold=threshold
        )
        for line in report.lines():
            typer.echo(line)
        if out is not None:
            out.write_text(json.dumps(asdict(report), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except (IsnadError, OSError) as error:
        typer.echo(f"eval.questions: {error}", err=True)
        raise typer.Exit(1) from error


def run(
    articles: Path,
    files: Sequence[Path],
    squad: Path,
    written: Path | None = None,
    *,
    reader: Path | None = None,
    ablation: bool = False,
    curve: bool = False,
    threshold: float = THRESHOLD,
) -> Report:
    """Fit, judge and measure. Raises InputError for a file that cannot be used, or holds too little."""
    seen = all_looks(articles, files, squad, written)
    if not any(look.kind == "near-miss" for look in seen):
        raise InputError("No question is unanswerable: there is nothing to learn abstaining from.")
    judged = held_out(seen)
    outcomes = [outcome(row) for row in judged]
    if reader:
        outcomes += read_outcomes(seen, OwnModel(reader))
    claims = {}
    if written:
        rows = read_articles(articles)
        claims["words"] = verified(written, rows, None)
        if reader:
            claims["model"] = verified(written, rows, WeighingJudge(OwnModel(reader)))
    return Report(
        threshold,
        {name: figures([o for o in outcomes if o.library == name], threshold) for name in _libraries(outcomes)},
        list(ablate(seen, judged)) if ablation else [],
        list(learning_curve(seen, judged)) if curve else [],
        outcomes,
        claims,
    )


def read_outcomes(seen: Sequence[Look], model: Reader) -> list[Outcome]:
    """What became of the questions with the reader, on articles that it was not trained on."""
    asked = [look for look in seen if look.kind != "deleted" and look.library != "elsewhere"]
    models = fit([look for look in asked if part_of(look.example.article) >= HELD_OUT])
    found = [outcome(row) for row in judged_by(seen_by(model, asked, models))]
    return [replace(row, library=f"{row.library}{READ}") for row in found]


def _libraries(outcomes: Sequence[Outcome]) -> list[str]:
    libraries = ("news", "events", "paragraphs", "written")
    known = (*libraries, *(f"{name}{READ}" for name in libraries))
    return [name for name in known if any(o.library == name for o in outcomes)]


if __name__ == "__main__":
    typer.run(main)
