"""Our own model that reads, tiny and of random weights: in any company, at the edges of what it can read."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.pair_models.layout import LONGEST_EXCERPT, LONGEST_SENTENCE
from assistant.pair_models.own import KINDS, WEIGHTS, OwnModel, own_model
from assistant.pair_models.readings import Excerpt
from assistant.pair_models.spans import likeliest_span, whole_words
from assistant.settings import OWN_MODEL
from assistant.types import Doubt, Supported, Verdict
from assistant.verification.judging import WeighingJudge
from assistant.verification.support import SIGNALS
from index.errors import ModelError
from tests.tiny_models import tiny_own_model

SIGNALED = (0.0,) * len(SIGNALS)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> OwnModel:
    return own_model(Path(tiny_own_model(tmp_path_factory.mktemp("own"))))


def excerpt(*sentences: str, title: str = "") -> Excerpt:
    text, spans = "", []
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += f"{sentence} "
    return Excerpt(title, text.strip(), tuple(spans))


QUAKE = excerpt(
    "ضرب زلزال عنيف جنوب البلاد فجر الاثنين.",
    "وأسفر عن مقتل 24 شخصا وإصابة مئات آخرين.",
    "وتوقفت الدروس في المدارس المتضررة.",
    title="زلزال يهز الجنوب",
)


def test_spans_are_whole_words_of_their_sentence(model: OwnModel) -> None:
    (row,) = model.read("كم عدد قتلى الزلزال؟", [QUAKE])
    for (start, end), reading in zip(QUAKE.sentences, row, strict=True):
        assert reading
        assert reading.span
        words = QUAKE.text[start:end][slice(*reading.span)]
        assert words
        assert words == words.strip()
        assert set(words.strip("،.").split()) <= {word.strip("،.") for word in QUAKE.text.split()}


def test_company_makes_no_difference(model: OwnModel) -> None:
    other = excerpt("فاز النادي الإفريقي على الترجي بهدفين.", title="دربي العاصمة")
    (alone,) = model.read("كم عدد قتلى الزلزال؟", [QUAKE])
    beside, _ = model.read("كم عدد قتلى الزلزال؟", [QUAKE, other])
    for one, two in zip(alone, beside, strict=True):
        assert one
        assert two
        assert two.probability == pytest.approx(one.probability, abs=0.02)  # int8 scales with the batch


def test_what_lies_beyond_the_length_is_not_judged(model: OwnModel) -> None:
    long = excerpt(*(f"{'كلمة ' * LONGEST_SENTENCE}{n}." for n in range(5)))
    (row,) = model.read("سؤال " * 500, [long])
    assert row[0] is not None
    assert row[-1] is None
    assert LONGEST_EXCERPT < 5 * LONGEST_SENTENCE
    assert model.read("سؤال", []) == []


def test_claims_are_judged_each_with_its_own_quotes(model: OwnModel) -> None:
    quotes = ["وأسفر الزلزال عن مقتل 24 شخصا وإصابة مئات آخرين."]
    true, strange = model.judge(["قتل الزلزال 24 شخصا.", "فاز النادي بهدفين."], [quotes, quotes])
    assert true.odds != strange.odds
    assert {true.kind, strange.kind} <= set(KINDS) - {"none"}
    assert model.judge([], []) == []


def test_many_may_read_at_once_and_read_the_same(model: OwnModel) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: model.read("كم عدد قتلى الزلزال؟", [QUAKE]), range(12)))
    assert all(rows == found[0] for rows in found)


def test_weights_belong_to_the_model_and_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    model = own_model(Path(tiny_own_model(tmp_path)))
    assert WeighingJudge(model).name == "out"
    claim = Doubt("قتل الزلزال 24 شخصا.", (("وأسفر الزلزال عن مقتل 24 شخصا.",),), Verdict("full", 1.0, (0,)), SIGNALED)
    assert 0 < (WeighingJudge(model).support(claim).probability or 0) < 1
    certain = replace(claim, verdict=Verdict("none", 0.5, (0,), certain=True))
    assert WeighingJudge(model).support(certain) == Supported("none")
    (tmp_path / "out" / WEIGHTS).unlink()
    with pytest.raises(ModelError, match=r"cannot be loaded .*weights\.json.*assistant\.training"):
        model.weights("support", ("read",))


def test_a_folder_that_holds_no_model_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / OWN_MODEL).write_bytes(b"no graph")
    with pytest.raises(ModelError, match=r"cannot be loaded .*assistant\.training") as error:
        own_model(tmp_path)
    assert "\n" not in str(error.value)


def test_the_likeliest_span_by_hand_neither_runs_backwards_nor_too_long() -> None:
    import numpy as np

    starts, ends = np.array([0.0, 5.0, 0.0, 0.0]), np.array([9.0, 0.0, 0.0, 3.0])
    assert likeliest_span(starts, ends) == (0, 0)
    assert likeliest_span(starts, np.array([0.0, 0.0, 0.0, 3.0])) == (1, 3)
    assert likeliest_span(starts, np.array([0.0, 1.0, 0.0, 3.0]), longest=2) == (1, 1)


def test_words_are_whole_and_stay_inside_their_sentence() -> None:
    text = "في كورسك. غدا"
    assert whole_words(text, (0, 9), 4, 6) == (3, 8)
    assert whole_words(text, (0, 9), 2, 8) == (3, 8)
    assert whole_words(text, (10, 13), 3, 8) is None
