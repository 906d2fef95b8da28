"""`python -m assistant.training`: everything that the product weighs and reads with, from articles and questions.

First the model that reads (a folder with its ONNX graph), an hour and more on two cores; a run that is cut short goes
on where it stopped. Then the regressions, some minutes: over bare features (extractive/sentence_model.json), and over
what the model marks (weights.json beside it). `python -m eval.questions` measures.
"""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.extractive.confidence import CONFIDENCE_FEATURES
from assistant.extractive.features import FEATURES
from assistant.extractive.stacking import LIBRARY, SENTENCE
from assistant.linear import SHIPPED, written
from assistant.pair_models.layout import TOKENIZER, Layout
from assistant.pair_models.own import WEIGHTS, OwnModel
from assistant.settings import own_folder
from assistant.training.claims import cited_claims, fit_support
from assistant.training.datasets import read_articles
from assistant.training.fitting import fit
from assistant.training.lessons import lessons
from assistant.training.looks import Look, all_looks
from assistant.training.pairs import HELD_OUT, WRITTEN, part_of
from assistant.training.stacking import fit_stack, seen_by
from assistant.verification.judging import FEATURES as SUPPORT_FEATURES
from index.errors import InputError, IsnadError

CHECKED = 40
"""Articles over which the ONNX graph is compared with the network."""


def train(
    articles: Annotated[Path, typer.Argument(help="News articles (JSONL).")],
    questions: Annotated[list[Path], typer.Argument(help="Questions on them (JSONL), answered and unanswerable.")],
    squad: Annotated[Path, typer.Option(help="A SQuAD-format file on other matters.")],
    base: Annotated[
        Path | None, typer.Option(help="A folder of multilingual-e5-small, its vocabulary cut to what is needed.")
    ] = None,
    out: Annotated[Path, typer.Option(help="The folder that the model is written to.")] = Path("isnad-model"),
    work: Annotated[Path, typer.Option(help="Where a run that is cut short leaves its state.")] = Path("training.pt"),
) -> None:
    """Train, export, fit; without --base the regressions alone, those of the model where --out holds one."""
    try:
        if base is not None:
            train_model(articles, questions, squad, base, out, work)
        seen = all_looks(articles, questions, squad, WRITTEN)
        models = fit(seen)
        named = {
            "sentences": (FEATURES, models.sentences),
            "topic": (CONFIDENCE_FEATURES, models.topic),
            "statement": (CONFIDENCE_FEATURES, models.statement),
        }
        Path(str(SHIPPED)).write_text(written(named), encoding="utf-8")
        if own_folder(str(out)):
            fit_stacked(seen, articles, out)
    except (IsnadError, OSError) as error:
        typer.echo(f"assistant.training: {error}", err=True)
        raise typer.Exit(1) from error


def train_model(articles: Path, questions: Sequence[Path], squad: Path, base: Path, out: Path, work: Path) -> None:
    """The model that reads, as an ONNX graph in a folder."""
    from assistant.training.export import AGREE, agreement, export
    from assistant.training.learning import learn

    every = lessons(articles, questions, squad, WRITTEN, Layout(base))
    model = learn([lesson for lesson in every if not lesson.is_held_out], base, work, typer.echo)
    with tempfile.TemporaryDirectory() as folder:
        export(model, base / TOKENIZER, Path(folder))
        held_out = [lesson for lesson in every if lesson.is_held_out and lesson.claimed]
        same = agreement(model, Path(folder), held_out[:CHECKED])
        typer.echo(f"ONNX in int8 and the network agree: correlation {same:.4f}")
        if same < AGREE:
            raise InputError(f"{work}: the graph says something else than the network; nothing was written.")
        shutil.copytree(folder, out, dirs_exist_ok=True)
    work.unlink()


def fit_stacked(seen: Sequence[Look], articles: Path, out: Path) -> None:
    """How much the model's marks count beside bare features, from articles that it did not see; written beside it."""
    model = OwnModel(out)
    asked = [look for look in seen if look.kind != "deleted"]
    # The stack must see the bare models err as they will: on articles that they were not fitted on either.
    bare = fit([look for look in seen if part_of(look.example.article) >= HELD_OUT])
    stack = fit_stack(seen_by(model, asked, bare))
    support = fit_support(cited_claims(WRITTEN, read_articles(articles)), model)
    named = {
        "read_sentence": (SENTENCE, stack.sentence),
        "read_topic": (LIBRARY, stack.topic),
        "read_statement": (LIBRARY, stack.statement),
        "support": (SUPPORT_FEATURES, support),
    }
    (out / WEIGHTS).write_text(written(named), encoding="utf-8")


if __name__ == "__main__":
    typer.run(train)
