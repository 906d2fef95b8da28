"""The questions and claims written for training: of the form that their README tells, quotes where they say."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from assistant import training
from assistant.training.pairs import HELD_OUT, part_of
from tests.conftest import SHARED

FOLDER = Path(next(iter(training.__path__))) / "reading"


def rows(pattern: str) -> list[dict]:
    files = sorted(FOLDER.glob(pattern))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


FIRST, AGAIN = rows("batch_*.jsonl"), rows("again_*.jsonl")
"""What was written while an article was read, and what was asked and claimed anew of the same articles' quotes."""
ROWS = [*FIRST, *AGAIN]
CORPUS = SHARED / "data" / "antcorpus.jsonl.gz"
STYLES = {"near", "far", "sloppy", "dialect", "english"}
CHANGES = {"figure", "name", "swap", "negation", "time", "place", "hedge", "addition", "cause", "merge", "attribution"}


def quoted(row: dict) -> list[tuple[int, int]]:
    return [tuple(quote) for item in (*row["questions"], *row["claims"]) for quote in item["quotes"]]


def test_every_article_has_one_row_with_questions_and_claims_of_both_kinds() -> None:
    assert [article for article, rows in Counter(row["article"] for row in FIRST).items() if rows > 1] == []
    assert len(FIRST) > 900
    for row in FIRST:
        assert all(question["answer"].strip() for question in row["questions"]), row["article"]
        labels = Counter(claim["label"] for claim in row["claims"])
        assert len(row["questions"]) >= 3 and len(row["unanswerable"]) >= 2, row["article"]
        assert labels["supported"] >= 2 and labels["unsupported"] >= 3, row["article"]


def test_nothing_was_written_anew_on_articles_that_are_measured_on() -> None:
    assert AGAIN and [row["article"] for row in AGAIN if part_of(row["article"]) < HELD_OUT] == []


def test_questions_and_claims_are_of_the_kinds_that_are_told() -> None:
    for row in ROWS:
        for question in row["questions"]:
            assert question["style"] in STYLES and question["quotes"], question
        for claim in row["claims"]:
            right = claim["change"] == "none" if claim["label"] == "supported" else claim["change"] in CHANGES
            assert right and claim["quotes"], claim
    asked = [item["q"] for row in ROWS for item in (*row["questions"], *row["unanswerable"])]
    assert min(map(len, asked)) > 5


def test_length_does_not_give_the_label_away() -> None:
    def mean(label: str) -> float:
        lengths = [len(c["claim"].split()) for row in ROWS for c in row["claims"] if c["label"] == label]
        return sum(lengths) / len(lengths)

    assert mean("supported") == pytest.approx(mean("unsupported"), rel=0.08)


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus does not come with the project")
def test_quotes_begin_and_end_with_words_of_their_article() -> None:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    for row in ROWS:
        text = texts[row["article"]]
        for start, end in quoted(row):
            assert 0 <= start < end <= len(text), (row["article"], start, end)
            assert any(char.isalnum() for char in text[start:end]), (row["article"], start, end)
