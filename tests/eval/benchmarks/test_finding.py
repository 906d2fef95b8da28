"""How often the right article is found: reading, figures worked out by hand, and runs over a tiny collection."""

import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from eval.benchmarks import finding
from eval.benchmarks.arms import article_ids
from eval.benchmarks.finding import Ranked, read_questions, report, run
from index.errors import InputError, LibraryError
from index.retrieving import HybridRetriever
from index.storage.library import Library

ROOT = Path(__file__).resolve().parents[3]
ARTICLES = {
    "quake": "ضرب زلزال قوي مدينة إزمير التركية صباح الجمعة. وقُتل في الزلزال أربعة عشر شخصًا.",
    "treaty": "صادق مجلس الدوما على معاهدة الشراكة مع كوريا الشمالية. وحضر الجلسة وزير الخارجية.",
    "football": "فاز المنتخب المغربي لكرة القدم على منتخب البرتغال. وسجل يوسف النصيري هدف المباراة.",
}
QUESTIONS = [
    {"article": "quake", "question": "أي مدينة ضربها زلزال قوي؟", "split": "test"},
    {"article": "football", "question": "من سجل هدف المباراة؟", "split": "development"},
    {"article": "treaty", "question": "متى انسحب مجلس الدوما؟", "answerable": False, "split": "test"},
]


def rows_file(path: Path, rows) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def articles(tmp_path):
    return rows_file(tmp_path / "articles.jsonl", [{"id": id_, "text": text} for id_, text in ARTICLES.items()])


@pytest.fixture
def questions(tmp_path):
    return rows_file(tmp_path / "questions.jsonl", QUESTIONS)


# ---------------------------------------------------------------- figures


def test_figures_by_hand():
    ranked = [
        Ranked("a", {"hybrid": 1, "vectors": None, "terms": None}),
        Ranked("b", {"hybrid": 6, "vectors": 11, "terms": 1}),
    ]
    lines = report({"q.jsonl": ranked})
    assert lines[1] == "q.jsonl: 2 questions, 2 articles"
    # nDCG@10 of rank 6 is 1 / log2 7 = 0.356; the draws of two articles reach from both the worst to both the best
    assert lines[2].split() == "hybrid 67.8 35.6 to 100.0 50.0 0.0 to 100.0 100.0 100.0 to 100.0".split()
    assert lines[3].split() == "vectors 0.0 0.0 to 0.0 0.0 0.0 to 0.0 0.0 0.0 to 0.0".split()
    assert lines[4].split() == "terms 50.0 0.0 to 100.0 50.0 0.0 to 100.0 50.0 0.0 to 100.0".split()
    gained = "hybrid − terms +17.8 -64.4 to +100.0 +0.0 -100.0 to +100.0 +50.0 +0.0 to +100.0"
    assert lines[5].split() == gained.split()
    assert len({len(line) for line in (lines[0], *lines[2:])}) == 1


def test_one_article_leaves_no_interval():
    lines = report({"q": [Ranked("a", {"hybrid": 1, "vectors": 1, "terms": 2})]})
    assert lines[2].split() == "hybrid 100.0 – 100.0 – 100.0 –".split()


# ---------------------------------------------------------------- reading


def test_unanswerable_rows_and_other_splits_are_left_out(questions):
    assert [each.article for each in read_questions(questions, None)] == ["quake", "football"]
    assert [each.article for each in read_questions(questions, "development")] == ["football"]
    assert read_questions(questions, "test")[0].where == f"{questions}:1"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{\n", ":1: is not JSON"),
        ("\n[]\n", ":2: is not a JSON object"),
        ('{"article": "a"}', ":1: has no `question`"),
        ('{"article": "a", "question": " "}', ":1: `question` is not a text"),
        ('{"question": "من؟"}', ":1: has no `article`"),
        ('{"question": "من؟", "article": 5}', ":1: `article` is not a text"),
        ('{"question": "من؟", "article": "a", "answerable": false}', "holds no answerable question."),
        ("", "holds no answerable question."),
    ],
)
def test_rows_of_another_shape_are_refused_by_name(tmp_path, content, why):
    file = tmp_path / "q.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_questions(file, None)
    assert str(error.value).startswith(str(file)) and why in str(error.value)


def test_a_missing_file_or_split_is_told(questions, tmp_path):
    with pytest.raises(InputError, match=r"gone\.jsonl: the questions cannot be read"):
        read_questions(tmp_path / "gone.jsonl", None)
    rows_file(questions, [{key: row[key] for key in ("article", "question")} for row in QUESTIONS])
    with pytest.raises(InputError, match="no answerable question of the test split"):
        read_questions(questions, "test")


def test_the_paraphrases_of_the_project():
    file = ROOT / "eval" / "benchmarks" / "paraphrases.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [f"p-{n:03}" for n in range(1, 337)]
    assert Counter(row["split"] for row in rows) == {"development": 169, "test": 167}
    assert len({row["question"] for row in rows}) == 336
    split_of = {row["article"]: row["split"] for row in rows}
    assert all(split_of[row["article"]] == row["split"] for row in rows), "an article's questions share a split"
    assert len(read_questions(file, "test")) == 167


# ---------------------------------------------------------------- whole runs


def test_a_run_over_two_files_shows_them_together_and_each(articles, questions, tmp_path):
    other = rows_file(tmp_path / "more.jsonl", [{"article": "treaty", "question": "على ماذا صادق مجلس الدوما؟"}])
    told = []
    lines = run(articles, [questions, other], store=None, split=None, notice=told.append)
    assert told == []
    heads = ["all files: 3 questions", f"{questions}: 2 questions", f"{other}: 1 questions"]
    assert [line.rpartition(",")[0] for line in lines if ":" in line] == heads
    hybrid = [line.split() for line in lines if line.startswith("  hybrid  ")]
    assert [cells[1] for cells in hybrid] == ["100.0"] * 3  # two shared words or more, and none with another article


def test_packed_articles_are_indexed_once_into_a_store_to_keep(articles, questions, tmp_path, monkeypatch):
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(articles.read_bytes()))
    store = tmp_path / "store"
    first = run(packed, [questions], store=store, split="test", notice=print)
    assert set(article_ids(Library.open(store))) == set(ARTICLES)
    monkeypatch.setattr("eval.benchmarks.arms.index_paths", lambda *_, **__: pytest.fail("indexed again"))
    assert run(packed, [questions], store=store, split="test", notice=print) == first


def test_rows_with_one_text_share_an_article(tmp_path):
    rows = [{"id": id_, "text": ARTICLES["quake"]} for id_ in ("a", "b")]
    articles = rows_file(tmp_path / "same.jsonl", rows)
    questions = rows_file(tmp_path / "q.jsonl", [{"article": id_, "question": "أي زلزال ضرب إزمير؟"} for id_ in "ab"])
    lines = run(articles, [questions], store=None, split=None, notice=print)
    assert lines[1].endswith("2 questions, 1 articles")
    assert lines[2].split() == "hybrid 100.0 – 100.0 – 100.0 –".split()


def test_a_failed_search_is_told_and_found_nothing(articles, questions, monkeypatch):
    def broken(*_):
        raise LibraryError("the index is gone")

    monkeypatch.setattr(HybridRetriever, "search_terms", broken)
    told = []
    lines = run(articles, [questions], store=None, split="test", notice=told.append)
    assert told == [f"{questions}:1: terms: the index is gone"]
    assert [line.split()[1] for line in lines if line.startswith("  terms")] == ["0.0"]


def test_articles_that_are_missing_or_not_there_are_refused(articles, questions, tmp_path):
    with pytest.raises(InputError, match="Nothing at"):
        run(tmp_path / "gone.jsonl", [questions], store=None, split=None, notice=print)
    (tmp_path / "bad.jsonl.gz").write_bytes(gzip.compress(b"x" * 1000)[:-20])
    for name in ("gone.jsonl.gz", "bad.jsonl.gz"):
        with pytest.raises(InputError, match=rf"{name}: cannot be decompressed"):
            run(tmp_path / name, [questions], store=None, split=None, notice=print)
    rows_file(questions, [*QUESTIONS, {"article": "nowhere", "question": "من؟"}])
    with pytest.raises(InputError, match=r"questions\.jsonl:4: no article 'nowhere' in .*articles\.jsonl"):
        run(articles, [questions], store=None, split=None, notice=print)


def test_the_command(articles, questions, tmp_path):
    def command(*arguments):
        line = [sys.executable, "-m", finding.__name__, *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(line, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)

    done = command(articles.name, questions.name, "--split", "test", "--store", "kept")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1] == "questions.jsonl: 1 questions, 1 articles"
    assert (tmp_path / "kept").is_dir()
    failed = command(articles.name, "gone.jsonl")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith("eval.benchmarks.finding: gone.jsonl: ") and len(failed.stderr.splitlines()) == 1
    assert command(articles.name, questions.name, "--split", "other").returncode == 2
