"""Making the shipped encoder: deterministic, and it learns that two wordings of one thing lie close."""

import json
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from index.static import BUCKETS, bucket, bucket_signs, load_static
from index.text.synonyms import groups, other_stems, other_wordings, spans
from index.training.__main__ import train
from index.training.pairs import Pairs
from index.training.texts import Lexicon, read_texts

SUBJECTS = ["زلزال قوي يضرب مدينة إزمير", "انتخابات بلدية في تونس", "حريق هائل في غابة", "مباراة نهائية لكرة القدم"]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    rows = [
        {"id": str(n), "title": SUBJECTS[n % 4], "text": f"{SUBJECTS[n % 4]} رقم {n}. وقالت السلطات إن التفاصيل لاحقا."}
        for n in range(40)
    ]
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    return file


def test_the_same_seed_gives_the_same_model(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        train([articles], tmp_path / name, vocabulary=300, dimensions=16, steps=3, seed=1)
    first, second = (load_static(tmp_path / name) for name in ("a", "b"))
    assert first.name == second.name
    np.testing.assert_array_equal(first.encode(SUBJECTS), second.encode(SUBJECTS))
    assert "step    3" in capsys.readouterr().out


def test_what_is_trained_finds_its_own_subject(articles: Path, tmp_path: Path) -> None:
    train([articles], tmp_path / "m", vocabulary=500, dimensions=64, steps=20, seed=1)
    encoder = load_static(tmp_path / "m")
    question = encoder.encode(["أين ضرب الزلزال؟"])
    near = (question @ encoder.encode(SUBJECTS).T)[0]
    assert near.argmax() == 0


def test_an_unknown_name_points_the_same_way_in_every_text(articles: Path, tmp_path: Path) -> None:
    train([articles], tmp_path / "m", vocabulary=200, dimensions=64, steps=1, seed=1)
    name, same, other = load_static(tmp_path / "m").encode(["خوسيلينيو", "خوسيلينيو", "غرابوفسكي"])
    assert name @ same == pytest.approx(1, abs=1e-5)
    assert name @ other < 0.5


def test_the_buckets_are_the_same_on_every_machine() -> None:
    assert 0 <= bucket("_خوس") == crc32("_خوس".encode()) % BUCKETS < BUCKETS
    signs = bucket_signs(16)
    assert signs.shape == (BUCKETS, 16)
    assert set(np.unique(signs)) == {-1, 1}
    np.testing.assert_array_equal(signs[0], bucket_signs(16)[0])


def test_a_sentence_is_said_otherwise_only_where_the_table_knows_how(articles: Path) -> None:
    lexicon = Lexicon()
    texts = list(read_texts(articles, lexicon))
    pairs = Pairs(texts, [], lexicon.wordings(), lambda words: np.array(words), np.random.default_rng(1))
    for left, right in pairs.passages(50):
        assert len(left) > 0
        assert len(right) > 0
    assert pairs.paraphrases(3) == []
    assert len(pairs.synonyms(10)) == 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (["زودت"], ("امد",)),
        (["اعتقل"], ("اوقف",)),
        (["رئيس", "الوزراء"], ("رئيس", "حكوم")),
    ],
)
def test_other_wordings_are_found_by_lexeme(text: list[str], said: tuple[str, ...]) -> None:
    assert all(said in others for others in other_wordings(text))


def test_words_that_carry_no_content_have_no_other_wordings() -> None:
    assert list(spans(["ما", "الذي"])) == []
    assert other_wordings(["ما"]) == [frozenset()]


def test_the_stems_of_other_wordings_weigh_their_share_of_a_phrase() -> None:
    found = other_stems(["رئيس", "الوزراء"])
    assert 0 < found["حكوم"] < 1
    assert "رئيس" not in found


def test_every_group_of_the_table_says_one_thing_in_at_least_two_ways() -> None:
    for group in groups():
        assert len(set(group)) > 1
        assert all(group)
