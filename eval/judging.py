"""Judges: does what is quoted support a sentence? And how far each of them agrees with hand-made labels.

The default needs no model: the check by words, figures, names and dates that `assistant.supporting` explains. What
judges see is sentence and quotes alone, without title and date, so «أمس» in a quote proves no day.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from assistant.citing import ENTAILED
from assistant.supporting import Evidence
from assistant.types import Entailment, Support
from eval.statistics import kappa
from eval.tables import aligned
from index.types import Article, Passage, ScoredPassage

Judge = Callable[[str, Sequence[str]], bool]
"""(sentence, quotes) → whether the quotes together support the sentence fully."""

JUDGED = Path(__file__).with_name("judged.jsonl")
"""Pairs of a sentence and quotes, labelled by hand."""
_REMEMBERED = 1 << 16  # verdicts; a run over 250 facts asks for about a thousand

# ---------------------------------------------------------------- the judges


@lru_cache(maxsize=_REMEMBERED)
def support(sentence: str, quotes: tuple[str, ...]) -> Support:
    """How well quotes together support a sentence, by the deterministic check; none at all by no quotes."""
    articles = [Article(id=str(n), text=quote) for n, quote in enumerate(quotes)]
    passages = [ScoredPassage(Passage(article, 0, len(article.text)), 1.0) for article in articles]
    return Evidence(passages).support(sentence, range(len(passages)))[0]


def by_words(sentence: str, quotes: Sequence[str]) -> bool:
    """The default judge: full support by the deterministic check."""
    return support(sentence, tuple(quotes)) == "full"


def by_model(model: Entailment) -> Judge:
    """A judge that asks an entailment model, with the quotes as one premise (ALCE's use of TRUE: T. Gao et al. 2023).

    It remembers its verdicts, and raises ModelError where the model fails.
    """

    @lru_cache(maxsize=_REMEMBERED)
    def entails(premise: str, sentence: str) -> bool:
        return model.entailed([premise], [sentence])[0] >= ENTAILED

    return lambda sentence, quotes: bool(quotes) and entails(" ".join(quotes), sentence)


# ---------------------------------------------------------------- how far they agree with the labels


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
