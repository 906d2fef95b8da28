"""How far a judge of support agrees with hand-made labels: `python -m eval.measures.agreement`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from assistant.types import Support
from eval.measures.judges import Judge, by_words, support
from eval.statistics import kappa
from eval.tables import aligned

JUDGED = Path(__file__).with_name("judged.jsonl")
"""Pairs of a sentence and quotes, labelled by hand."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with quotes, labelled with how far the quotes support it."""

    id: str
    lang: str
    """The sentence's; the quotes are Arabic."""
    sentence: str
    quotes: tuple[str, ...]
    label: Support
    kind: str
    """How the sentence came about: `copy`, `light` and `heavy` restatements, and what was made wrong in the others."""


def read_pairs(file: Path = JUDGED) -> list[Pair]:
    """The labelled pairs, in the order of the file."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [
        Pair(r["id"], r["lang"], r["sentence"], tuple(s["quote"] for s in r["spans"]), r["label"], r["kind"])
        for r in rows
    ]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A confusion matrix: `rows[i][j]` pairs are labelled `labels[i]` and judged `labels[j]`."""

    labels: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, labels: Sequence[str], labelled: Sequence[str], judged: Sequence[str]) -> "Agreement":
        """From what the same pairs are labelled and judged, in one order."""
        both = list(zip(labelled, judged, strict=True))
        return cls(tuple(labels), tuple(tuple(both.count((own, other)) for other in labels) for own in labels))

    @property
    def n(self) -> int:
        """Pairs."""
        return sum(map(sum, self.rows))

    @property
    def accuracy(self) -> float:
        """The share of the pairs that are judged as they are labelled."""
        return sum(self.rows[i][i] for i in range(len(self.labels))) / self.n

    @property
    def kappa(self) -> float:
        """Agreement beyond chance: see `eval.statistics.kappa`."""
        return kappa(self.rows)

    def to_dict(self) -> dict[str, Any]:
        """The matrix in the shape of the report."""
        rows = [list(row) for row in self.rows]
        return {"labels": list(self.labels), "rows": rows, "kappa": self.kappa, "accuracy": self.accuracy, "n": self.n}


SUPPORTED = ("supported", "not supported")
"""What a judge tells apart; partial support is none."""


def agreement(judge: Judge, pairs: Sequence[Pair]) -> Agreement:
    """A judge's verdicts against the labels: supported (full) or not (partial, none)."""
    labelled = [SUPPORTED[pair.label != "full"] for pair in pairs]
    return Agreement.of(SUPPORTED, labelled, [SUPPORTED[not judge(pair.sentence, pair.quotes)] for pair in pairs])


def levels(pairs: Sequence[Pair]) -> Agreement:
    """The three levels of the deterministic check against those of the labels."""
    given = [support(pair.sentence, pair.quotes) for pair in pairs]
    return Agreement.of(get_args(Support), [pair.label for pair in pairs], given)


def lines(found: Agreement, name: str) -> list[str]:
    """The matrix for a terminal: a row for each label, a column for each verdict."""
    rows = [("label \\ judge", *found.labels)]
    rows += [(label, *map(str, row)) for label, row in zip(found.labels, found.rows, strict=True)]
    told = f"{name} against the labels of {found.n} pairs: agrees on {found.accuracy:.0%}, kappa {found.kappa:.2f}"
    return [told, *aligned(rows, left=1)]


def main() -> None:
    """Print how far the deterministic check agrees with the labels."""
    pairs = read_pairs()
    every = [("The deterministic check", pairs)]
    every += [(f"… of them in {lang}", [p for p in pairs if p.lang == lang]) for lang in ("ar", "en")]
    for name, some in every:
        print(*lines(agreement(by_words, some), name), sep="\n", end="\n\n")
    print(*lines(levels(pairs), "Its three levels"), sep="\n")


if __name__ == "__main__":
    main()
