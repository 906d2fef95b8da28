"""Retrieval on tiny files in SQuAD's format, small enough that every figure can be worked out by hand."""

import json
from pathlib import Path

import pytest

from eval.benchmarks.arms import ARMS, difference, ranked_articles
from eval.benchmarks.ranking import ndcg, rank_of, recall, reciprocal_rank
from eval.benchmarks.retrieval import Found, Outcome, run_and_write, sentence_rank, table
from eval.benchmarks.squad import Squad, SquadQuestion, read_squad
from index.errors import InputError, LibraryError
from index.retrieving import HybridRetriever
from index.types import Passage, ScoredPassage
from tests.command_line import isnad
from tests.doubles import article

QUAKE = "ضرب زلزال قوي مدينة إزمير التركية صباح الجمعة. وقُتل في الزلزال أربعة عشر شخصًا."
TREATY = "صادق مجلس الدوما على معاهدة الشراكة مع كوريا الشمالية. وحضر الجلسة وزير الخارجية."
FOOTBALL = "فاز المنتخب المغربي لكرة القدم على منتخب البرتغال. وسجل يوسف النصيري هدف المباراة."


def qa(question, *answers):
    return {"id": question, "question": question, "answers": [{"text": a, "answer_start": 0} for a in answers]}


def squad_file(folder: Path, *paragraphs) -> Path:
    file = folder / "tiny.json"
    rows = [{"context": context, "qas": list(asked)} for context, *asked in paragraphs]
    data = {"version": "1.1", "data": [{"title": "خبر", "paragraphs": [row]} for row in rows]}
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.fixture
def tiny(tmp_path):
    """Three paragraphs, four questions with an answer; one gold answer stands in no sentence."""
    return squad_file(
        tmp_path,
        (QUAKE, qa("أي مدينة ضربها زلزال قوي؟", "ازمير"), qa("كم شخصًا قتل في الزلزال؟", "سبعون")),
        (TREATY, qa("على ماذا صادق مجلس الدوما؟", "معاهدةِ  الشراكة")),
        (FOOTBALL, qa("من سجل هدف المباراة؟", "يوسف النصيري"), qa("من درّب المنتخب المغربي؟")),
        (QUAKE,),
    )


# ---------------------------------------------------------------- measures


@pytest.mark.parametrize(
    ("rank", "gain", "reciprocal", "found"),
    [
        (1, 1.0, 1.0, 1.0),
        (2, 0.63093, 0.5, 1.0),  # 1 / log2 3
        (3, 0.5, 0.33333, 1.0),  # 1 / log2 4
        (10, 0.28906, 0.1, 1.0),  # 1 / log2 11
        (11, 0.0, 0.0, 0.0),
        (None, 0.0, 0.0, 0.0),
    ],
)
def test_measures_of_a_rank(rank, gain, reciprocal, found):
    measured = (ndcg(rank, 10), reciprocal_rank(rank, 10), recall(rank, 10))
    assert measured == pytest.approx((gain, reciprocal, found), abs=1e-5)


def test_recall_reaches_as_deep_as_it_says():
    assert [recall(rank, 100) for rank in (1, 100, 101)] == [1, 1, 0]


def test_an_article_stands_where_its_best_passage_does_and_copies_right_behind_theirs():
    long, copy, other = article(f"{QUAKE} {TREATY}"), article(QUAKE), article(FOOTBALL)
    first, second = Passage(long, 0, len(QUAKE)), Passage(long, len(QUAKE) + 1, len(long.text))
    copies = (Passage(copy, 0, len(copy.text)),)
    found = [ScoredPassage(first, 3.0, copies=copies), ScoredPassage(second, 2.0)]
    found.append(ScoredPassage(Passage(other, 0, len(other.text)), 1.0))
    ranking = ranked_articles(found)
    assert ranking == [long.id, copy.id, other.id]
    assert [rank_of(id_, ranking) for id_ in (long.id, other.id, "absent")] == [1, 3, None]


def test_a_paired_difference_is_the_mean_of_differences():
    gained = difference(["a", "b", "b", "c"], [1, 1, 0, 0.5], [0.5, 1, 0.5, 0])
    assert (gained.value, gained.n, gained.clusters) == (0.125, 4, 3)
    assert gained.low is not None and gained.low <= 0.125 <= gained.high
    assert difference(["a", "b"], [0.7, 0.2], [0.7, 0.2]).low == 0


def test_the_sentence_rank_compares_folded_words_and_leaves_the_headline_out():
    text = f"زلزال في مدينة إزمير\n\n{QUAKE}"
    passages = [ScoredPassage(Passage(article(text, title="زلزال في مدينة إزمير"), 0, len(text)), 1.0)]

    def rank(*answers):
        return sentence_rank(SquadQuestion("أي مدينة ضربها زلزال قوي؟", "d1", answers), passages, lambda stem: 1.0)

    assert rank("التركيه  صباح") == 1
    assert rank("أنقرة", "أَرْبَعَةَ عشر") == 2
    assert rank("زلزال في مدينة") is None, "the headline said again is no sentence"
    assert rank("  ") is None
    assert sentence_rank(SquadQuestion("من؟", "d1", ("هو",)), [], lambda stem: 1.0) is None


# ---------------------------------------------------------------- reading


def test_equal_paragraphs_are_one_document_and_questions_without_an_answer_are_left_out(tiny):
    squad = read_squad(tiny)
    assert (squad.name, squad.documents) == ("tiny", {"d1": QUAKE, "d2": TREATY, "d3": FOOTBALL})
    assert [(q.document, q.answers) for q in squad.questions] == [
        ("d1", ("ازمير",)),
        ("d1", ("سبعون",)),
        ("d2", ("معاهدةِ  الشراكة",)),
        ("d3", ("يوسف النصيري",)),
    ]


def one(context: object, *asked: object) -> dict:
    return {"data": [{"paragraphs": [{"context": context, "qas": list(asked)}]}]}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "no JSON object"),
        ({"rows": []}, "`data` is missing"),
        ({"data": ["x"]}, "`data` is no list of objects"),
        ({"data": [{}]}, "`paragraphs` is missing"),
        ({"data": [{"paragraphs": [{"qas": []}]}]}, "a `context` is missing"),
        (one(5), "a `context` is no text"),
        (one(" . ", qa("من؟", "هو")), "a `context` is empty"),
        (one(QUAKE, {"answers": [{"text": "هو"}]}), "a `question` is missing"),
        (one(QUAKE, {"question": "من؟"}), "`answers` is missing"),
        (one(QUAKE, {"question": "من؟", "answers": [{}]}), "a `text` is missing"),
        (one(QUAKE, qa("من \ud800؟", "هو")), "half a character"),
        (one(QUAKE), "no question"),
        (one(QUAKE, qa("من؟")), "no question with an answer"),
        ({"data": []}, "no question"),
    ],
)
def test_a_file_of_another_shape_is_refused_by_name(tmp_path, content, why):
    file = tmp_path / "bad.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_squad(file)
    assert str(error.value).startswith(f"{file}: ") and why in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path):
    with pytest.raises(InputError, match=r"gone\.json: cannot be read \(No such file"):
        read_squad(tmp_path / "gone.json")
    with pytest.raises(InputError, match="cannot be read"):
        read_squad(tmp_path)
    (tmp_path / "old.json").write_bytes('{"data": "خبر"}'.encode("cp1256"))
    with pytest.raises(InputError, match=r"old\.json: is not UTF-8"):
        read_squad(tmp_path / "old.json")


# ---------------------------------------------------------------- whole runs


def test_a_run_writes_a_row_for_each_arm(tiny, tmp_path):
    told = []
    lines = run_and_write([tiny], tmp_path / "out", notice=told.append)
    results = json.loads((tmp_path / "out" / "retrieval.json").read_text(encoding="utf-8"))
    assert told == []

    rows = {row["arm"]: row for row in results["datasets"]}
    assert tuple(rows) == ARMS
    for row in rows.values():
        assert (row["name"], row["documents"], row["questions"]) == ("tiny", 3, 4)
        assert 0 < row["median_ms"] <= row["p99_ms"]
    # Every question shares two words or more with its own paragraph and none with another one.
    for arm in ("hybrid", "terms"):
        assert [rows[arm][name] for name in ("nDCG@10", "R@100", "MRR@10")] == [1, 1, 1]
        assert rows[arm]["intervals"]["nDCG@10"] == [1, 1]
    assert rows["vectors"]["R@100"] == 1, "three paragraphs are all among the first hundred"
    assert [rows["hybrid"][name] for name in ("SM@1", "SM@3")] == [0.75, 0.75], "«سبعون» stands nowhere"
    assert set(rows["hybrid"]["intervals"]) == {"nDCG@10", "R@100", "MRR@10", "SM@1", "SM@3"}
    assert rows["terms"]["SM@1"] is None and "SM@1" not in rows["terms"]["intervals"]

    (gained,) = results["differences"]
    assert gained == {"name": "tiny", "of": ["hybrid", "terms"], "nDCG@10": 0, "interval": [0, 0]}
    assert results["encoder"].startswith("isnad-") and results["passages"] == 12
    assert (results["bootstrap_draws"], results["seed"]) == (2000, 20241021) and results["isnad"]

    assert len(lines) == 6 and lines[-1] == f"Results: {tmp_path / 'out' / 'retrieval.json'}"
    assert lines[1].split()[:5] == ["tiny", "hybrid", "3", "4", "100.0"]
    assert lines[4].split() == ["tiny", "hybrid", "−", "terms", "+0.0", "+0.0", "to", "+0.0"]


def test_a_search_that_fails_scores_zero_and_is_told(tiny, tmp_path, monkeypatch):
    def broken(*_):
        raise LibraryError("the index is gone")

    monkeypatch.setattr(HybridRetriever, "search_vectors", broken)
    told = []
    run_and_write([tiny], tmp_path, notice=told.append)
    row = json.loads((tmp_path / "retrieval.json").read_text(encoding="utf-8"))["datasets"][1]
    assert (row["arm"], row["nDCG@10"], row["R@100"], row["median_ms"]) == ("vectors", 0, 0, None)
    assert told == ["tiny, vectors: 4 searches failed and score zero."]


def test_the_table_prints_points_and_a_dash_where_there_is_no_figure():
    squad = Squad("two", {"d1": QUAKE, "d2": TREATY}, tuple(SquadQuestion("من؟", d, ("هو",)) for d in ("d1", "d1")))
    hybrid = [Outcome("d1", 1, 2, 4.0), Outcome("d1", 2, None, 8.0)]
    outcomes = {"hybrid": hybrid, "vectors": [Outcome("d1"), Outcome("d1")], "terms": hybrid[::-1]}
    lines = table([Found(squad, outcomes, {})])
    # (1 + 1 / log2 3) / 2, (1 + 1 / 2) / 2; a single paragraph with questions leaves no interval
    assert lines[1].split() == "two hybrid 2 2 81.5 – 100.0 75.0 0.0 50.0 6.0 8.0".split()
    assert lines[2].split() == "two vectors 2 2 0.0 – 0.0 0.0 – – – –".split()
    assert lines[4].split() == "two hybrid − terms +0.0 –".split()
    assert lines[0].index("nDCG@10") + len("nDCG@10") == lines[1].index("81.5") + 4


def test_a_bad_file_is_refused_before_anything_is_written_and_a_bad_folder_by_name(tiny, tmp_path):
    with pytest.raises(InputError, match="gone"):
        run_and_write([tiny, tmp_path / "gone.json"], tmp_path / "out", notice=print)
    assert not (tmp_path / "out").exists()
    with pytest.raises(InputError, match=r"tiny\.json: retrieval\.json cannot be written there"):
        run_and_write([tiny], tiny, notice=print)


def test_the_command(tiny, tmp_path):
    done = isnad("eval", "retrieval", tiny.name, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == f"Results: {Path('isnad-eval', 'retrieval.json')}"
    assert len(json.loads((tmp_path / "isnad-eval" / "retrieval.json").read_text(encoding="utf-8"))["datasets"]) == 3

    failed = isnad("eval", "retrieval", tiny.name, "gone.json", "--out", "other", cwd=tmp_path)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr == "isnad: gone.json: cannot be read (No such file or directory).\n"
    assert isnad("eval", "retrieval", cwd=tmp_path).returncode == 2
