"""`python -m assistant.training`: fits the extractive answerer's weights, writes extractive/sentence_model.json.

Prints first what models reach on questions about articles that they were not fitted on, for each kind of library.
"""

import json
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assistant import extractive
from assistant.extractive.answerer import THRESHOLD
from assistant.extractive.confidence import CONFIDENCE_FEATURES
from assistant.extractive.features import FEATURES
from assistant.extractive.linear import SHIPPED
from assistant.training.fitting import Judged, fit, held_out
from assistant.training.looks import all_looks
from index.errors import IsnadError

OUT = Path(next(iter(extractive.__path__))) / SHIPPED


def train(
    articles: Annotated[Path, typer.Argument(help="News articles (JSONL).")],
    questions: Annotated[list[Path], typer.Argument(help="Questions on them (JSONL), answered and unanswerable.")],
    squad: Annotated[Path, typer.Option(help="A SQuAD-format file on other matters.")],
    out: Annotated[Path, typer.Option(help="Where the weights are written.")] = OUT,
) -> None:
    """Fit the regressions and write the weights."""
    try:
        seen = all_looks(articles, questions, squad)
        tell(held_out(seen))
        models = fit(seen)
    except (IsnadError, OSError) as error:
        typer.echo(f"assistant.training: {error}", err=True)
        raise typer.Exit(1) from error
    named = {
        "sentences": (FEATURES, models.sentences),
        "topic": (CONFIDENCE_FEATURES, models.topic),
        "statement": (CONFIDENCE_FEATURES, models.statement),
    }
    row = {name: {"weights": dict(zip(f, m.weights, strict=True)), "bias": m.bias} for name, (f, m) in named.items()}
    out.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")


def tell(judged: list[Judged]) -> None:
    """Print what was reached, for each kind of library."""
    from sklearn.metrics import roc_auc_score

    for library in sorted({row.look.library for row in judged}):
        here = [row for row in judged if row.look.library == library]
        answered = [row for row in here if row.look.kind == "answered"]
        first, three = (np.mean([any(row.hits[:k]) for row in answered]) for k in (1, 3))
        given = np.mean([row.sure.answered >= THRESHOLD for row in answered])
        found = f"evidence first {first:.3f}, among three {three:.3f} of {len(answered)}"
        typer.echo(f"{library}: {found}; {given:.3f} are answered")
        for kind in ("near-miss", "deleted", "off-topic"):
            rows = [row for row in here if row.look.kind == kind]
            if rows:
                both = answered + rows
                area = roc_auc_score([r.look.kind == "answered" for r in both], [r.sure.answered for r in both])
                refused = np.mean([row.sure.answered < THRESHOLD for row in rows])
                typer.echo(f"  {kind}: AUROC {area:.3f}, {refused:.3f} of {len(rows)} are refused")


if __name__ == "__main__":
    typer.run(train)
