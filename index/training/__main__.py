"""`python -m index.training`: makes the shipped encoder from articles that may be trained on and text of the project.

A static embedding: one vector for each 4-gram and stem of the index, fitted by contrast (`contrastive.py`) on pairs of
texts about the same (`pairs.py`). Minutes on two cores; the same seed gives the same model on the same machine.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from index.static import SHIPPED_MODEL, bucket, save_static
from index.text.arabic import word_terms
from index.training.pairs import Bag, Pairs
from index.training.texts import Lexicon, Sentence, Text, read_texts, rows

if TYPE_CHECKING:
    from index.training.contrastive import Model

PARAPHRASES = Path(__file__).with_name("paraphrases.jsonl")
"""Questions and headlines written for the project in other words than their articles."""
A_GROUP = 3
"""What a group of the table of synonyms counts, in passages, when the most used terms are chosen."""
CURVE = 50
"""Steps between two lines of the curve."""
HELD_OUT = 400
"""Passages, at most a tenth, that are not trained on: does a title of theirs find its own among them?"""


class Terms:
    """Which terms get a row, and the rows of a text."""

    def __init__(self, lexicon: Lexicon, texts: list[Text], groups: list[list[tuple[int, ...]]], size: int) -> None:
        self._of_word = [word_terms(word) for word in lexicon.words]
        frequency: Counter[str] = Counter()
        for text in texts:
            frequency.update(
                {t for s in (text.title, *text.sentences) for word in s.words for t in self._of_word[word]}
            )
        used = frequency.copy()
        for group in groups:
            for term in {t for wording in group for word in wording for t in self._of_word[word]}:
                used[term] += A_GROUP
        self.kept = sorted(used, key=lambda term: (-used[term], term))[:size]
        counts = np.array([frequency[term] for term in self.kept])
        self.idf = np.log(1 + (len(texts) - counts + 0.5) / (counts + 0.5))
        self.unseen = float(np.log(1 + (len(texts) + 0.5) / 0.5))
        row = {term: i for i, term in enumerate(self.kept)}
        self._rows = [np.array([row.get(t, size + bucket(t)) for t in terms]) for terms in self._of_word]

    def bag(self, words: Sequence[int]) -> Bag:
        """The rows of numbered words: those of the kept terms, then the buckets of the others."""
        return np.concatenate([self._rows[word] for word in words]) if words else np.zeros(0, dtype=int)


def train(
    files: Annotated[list[Path], typer.Argument(help="Articles (.jsonl, .jsonl.gz) or SQuAD-format files (.json).")],
    out: Annotated[Path, typer.Option(help="Where the model is written.")] = SHIPPED_MODEL,
    vocabulary: Annotated[int, typer.Option(help="Terms kept, the most used first.")] = 36_000,
    dimensions: Annotated[int, typer.Option(help="Length of a vector.")] = 512,
    steps: Annotated[int, typer.Option(help="Batches.")] = 300,
    seed: Annotated[int, typer.Option(help="Seed of every random choice.")] = 7,
) -> None:
    """Fit the encoder, show the curve and write it as safetensors."""
    from index.training.contrastive import Model, fit

    lexicon = Lexicon()
    texts = [text for path in files for text in read_texts(path, lexicon)]
    paraphrases = _paraphrases(texts, lexicon)
    wordings = lexicon.wordings()
    terms = Terms(lexicon, texts, wordings, vocabulary)
    rng = np.random.default_rng(seed)
    held_out = _held_out(texts, rng)
    apart = {id(text) for text in held_out}
    pairs = Pairs([text for text in texts if id(text) not in apart], paraphrases, wordings, terms.bag, rng)
    model = Model.start(terms.idf, terms.unseen, dimensions, seed)
    counted = f"{len(texts)} passages, {len(paraphrases)} paraphrases, {len(wordings)} groups"
    typer.echo(f"{counted}, {len(terms.kept)} terms")

    started = time.monotonic()

    def told(step: int, passages: float, synonyms: float) -> None:
        if step % CURVE == 0 or step == steps:
            losses = f"loss {passages:.3f}, of synonyms {synonyms:.3f}"
            found = _titles_that_find(model, terms, held_out)
            typer.echo(f"step {step:4}  {time.monotonic() - started:4.0f} s  {losses}  held-out titles {found:.3f}")

    fit(model, pairs, steps, told)
    vectors = model.terms.detach().numpy() * terms.idf[:, None]
    digest = hashlib.sha256(vectors.astype(np.float16).tobytes()).hexdigest()[:8]
    name = f"isnad-static-{dimensions}-{digest}"
    save_static(out, name=name, terms=terms.kept, idf=terms.idf, vectors=vectors, unseen=terms.unseen)
    typer.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


def _paraphrases(texts: list[Text], lexicon: Lexicon) -> list[tuple[Sentence, Text]]:
    """What was written for the project about the articles at hand, each with the first passage of its article."""
    first = {text.article: text for text in reversed(texts)}
    written = [row for row in rows(PARAPHRASES) if row["article"] in first]
    return [
        (lexicon.sentence(row[kind]), first[row["article"]]) for row in written for kind in ("question", "headline")
    ]


def _held_out(texts: list[Text], rng: np.random.Generator) -> list[Text]:
    shuffled = [texts[i] for i in rng.permutation(len(texts)) if texts[i].title.words]
    return shuffled[: min(HELD_OUT, len(shuffled) // 10)]


def _titles_that_find(model: "Model", terms: Terms, held_out: list[Text]) -> float:
    """The share of titles whose own passage is the nearest of all held out."""
    titles = model.embed([terms.bag(text.title.words) for text in held_out])
    bodies = model.embed([terms.bag([w for s in text.sentences for w in s.words]) for text in held_out])
    return float(((titles @ bodies.T).argmax(1).numpy() == np.arange(len(held_out))).mean())


if __name__ == "__main__":
    typer.run(train)
