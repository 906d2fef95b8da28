"""`python -m index.training`: makes the shipped encoder from articles that may be trained on.

Latent semantic analysis: a truncated SVD of the TF-IDF matrix of passages over the index's own terms. What it ships is
one vector a term; a text's vector is the sum over its terms, so that NumPy alone can embed.
"""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from index.arabic import joined_terms
from index.chunking import passage_spans
from index.embedding import SHIPPED_MODEL, save_static

MINIMUM_DOCUMENTS = 4
"""A term in fewer passages is noise to an SVD and is left out."""


def read_texts(path: Path) -> Iterator[str]:
    """The passages of a .jsonl(.gz) of articles, or the paragraphs of a SQuAD-format .json."""
    if path.suffix == ".json":
        for document in json.loads(path.read_text(encoding="utf-8"))["data"]:
            yield from (paragraph["context"] for paragraph in document["paragraphs"])
        return
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            yield from (f"{row['title']} {text[start:end]}" for start, end in passage_spans(text))


def fit(texts: list[str], vocabulary_size: int, dimensions: int, seed: int) -> tuple[list[str], Any, Any]:
    """(terms, inverse document frequencies of shape (terms,), vectors of shape (terms, dimensions))."""
    from scipy.sparse import csr_matrix
    from sklearn.utils.extmath import randomized_svd

    counts = [Counter(joined_terms(text).split()) for text in texts]
    frequency: Counter[str] = Counter()
    for bag in counts:
        frequency.update(bag.keys())
    ranked = sorted((t for t, n in frequency.items() if n >= MINIMUM_DOCUMENTS), key=lambda t: (-frequency[t], t))
    terms = ranked[:vocabulary_size]
    row_of = {term: i for i, term in enumerate(terms)}
    idf = np.log(len(texts) / np.array([frequency[t] for t in terms], dtype=np.float32))
    rows, columns, values = [], [], []
    for i, bag in enumerate(counts):
        for term, n in bag.items():
            if (j := row_of.get(term)) is not None:
                rows.append(i)
                columns.append(j)
                values.append((1 + np.log(n)) * idf[j])
    matrix = csr_matrix((values, (rows, columns)), shape=(len(texts), len(terms)), dtype=np.float32)
    matrix = matrix.multiply(1 / (np.sqrt(matrix.multiply(matrix).sum(axis=1)) + 1e-9)).tocsr()
    _, singular, right = randomized_svd(matrix, n_components=dimensions, n_iter=4, random_state=seed)
    typer.echo(f"{len(texts)} passages, {len(terms)} terms; singular values {singular[0]:.1f} … {singular[-1]:.2f}")
    return terms, idf, right.T / np.sqrt(singular)


def train(
    files: Annotated[list[Path], typer.Argument(help="Articles (.jsonl, .jsonl.gz) or SQuAD-format files (.json).")],
    out: Annotated[Path, typer.Option(help="Where the model is written.")] = SHIPPED_MODEL,
    vocabulary: Annotated[int, typer.Option(help="Terms kept, the most frequent first.")] = 40_000,
    dimensions: Annotated[int, typer.Option(help="Length of a vector.")] = 192,
    seed: Annotated[int, typer.Option(help="Seed of the randomised SVD.")] = 7,
) -> None:
    """Fit the encoder and write it as safetensors."""
    texts = [text for path in files for text in read_texts(path)]
    terms, idf, vectors = fit(texts, vocabulary, dimensions, seed)
    digest = hashlib.sha256(vectors.astype(np.float16).tobytes()).hexdigest()[:8]
    save_static(out, name=f"isnad-lsa-{dimensions}-{digest}", terms=terms, idf=idf, vectors=vectors)
    typer.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    typer.run(train)
