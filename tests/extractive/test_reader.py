"""Models that read a question and a sentence: tiny ones of random weights, made here, and one that is scripted."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.app import open_assistant
from assistant.extractive.answerer import ExtractiveAnswerer
from assistant.extractive.features import FEATURES, Candidate, Held, Sureness
from assistant.extractive.reader import EntailmentReader, SpanReader, best_span, load_reader
from assistant.extractive.stacking import (
    HALF,
    LONGEST_EXCERPT,
    MOST_READ,
    NOTHING_READ,
    SUREST,
    Readings,
    bounded_odds,
    excerpt,
    read,
    reordered,
    restated,
    together,
)
from assistant.health import network
from assistant.pair_models.readings import Excerpt, Reading
from assistant.pair_models.spans import span_marks
from assistant.settings import Settings, load_settings
from index.errors import ModelError
from index.static import load_background
from index.types import Filters, ScoredPassage
from tests.doubles import article, nowhere
from tests.tiny_models import ENTAILMENT, NLI, SPANS, tiny_model, tiny_own_model

QUESTION = "كم عدد الجنود الكوريين الشماليين في روسيا؟"
OWN = "our own"
BEFORE, SENTENCE, AFTER = "وصل الوفد أمس.", "قتل 24 شخصا في الزلزال.", "وأغلقت المدارس."
TEXT = f"{BEFORE} {SENTENCE} {AFTER}"
SPAN = (len(BEFORE) + 1, len(BEFORE) + 1 + len(SENTENCE))
EXCERPT = Excerpt("زلزال", TEXT, ((0, len(BEFORE)), SPAN, (SPAN[1] + 1, len(TEXT))))
ALONE = Excerpt("", SENTENCE, ((0, len(SENTENCE)),))


class Scripted:
    """A reader that finds what it was told to."""

    name = "scripted"

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        self.read_: list[Excerpt] = []

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[Reading | None]]:
        self.read_ = list(excerpts)
        return [[self._reading(e.text[start:end]) for start, end in e.sentences] for e in excerpts]

    def _reading(self, sentence: str) -> Reading:
        at = sentence.find(self.wanted)
        return Reading(0.01) if at < 0 else Reading(0.99, (at, at + len(self.wanted)))


def candidate(text: str, start: int, end: int, score: float = 0.0) -> Candidate:
    return Candidate(article(text, id="a"), start, end, (0.0,) * len(FEATURES), score, Held(*[[]] * len(Held._fields)))


# ---------------------------------------------------------------- the models


@pytest.mark.parametrize("kind", [SPANS, ENTAILMENT])
def test_each_sentence_gets_a_probability_and_a_span_inside_it(tmp_path: Path, kind: str) -> None:
    reader = load_reader(tiny_model(tmp_path / "model", kind, NLI if kind == ENTAILMENT else None))
    assert reader
    assert type(reader) is (SpanReader if kind == SPANS else EntailmentReader)
    excerpts = [EXCERPT, ALONE]
    readings = reader.read(QUESTION, excerpts)
    probabilities = [reading.probability for row in readings for reading in row if reading]
    assert len(probabilities) == 4
    assert all(0 <= p <= 1 for p in probabilities)
    assert len(set(probabilities)) > 1
    for e, row in zip(excerpts, readings, strict=True):
        for (start, end), reading in zip(e.sentences, row, strict=True):
            assert reading
            if kind == ENTAILMENT:
                assert reading.span is None
            else:
                assert reading.span
                words = e.text[start:end][slice(*reading.span)]
                assert words
                assert words == words.strip()
    assert reader.read(QUESTION, []) == []


@pytest.mark.parametrize("kind", [SPANS, ENTAILMENT])
def test_batches_make_no_difference_and_what_is_too_long_is_cut(tmp_path: Path, kind: str) -> None:
    reader = load_reader(tiny_model(tmp_path / "model", kind, NLI if kind == ENTAILMENT else None))
    assert reader
    long = "جندي " * 2_000
    last = Excerpt("", f"{long}{SENTENCE}", ((len(long), len(long) + len(SENTENCE)),))
    (alone,), both = reader.read(QUESTION, [EXCERPT]), reader.read(QUESTION, [EXCERPT, last])
    for one, other in zip(alone, both[0], strict=True):
        assert one
        assert other
        assert other.probability == pytest.approx(one.probability, abs=1e-5)
        assert other.span == one.span
    assert (both[1][0] is None) == (kind == SPANS), "a sentence out of sight is not judged"
    assert len(reader.read("سؤال " * 400, [EXCERPT])) == 1


def test_questions_may_be_read_at_the_same_time(tmp_path: Path) -> None:
    reader = load_reader(tiny_model(tmp_path / "model"))
    assert reader
    excerpts = [EXCERPT, Excerpt("", SENTENCE * 9, ((0, len(SENTENCE)),))]
    with ThreadPoolExecutor(4) as pool:  # the tokenizers of transformers do not bear it by themselves
        assert len(list(pool.map(lambda n: reader.read(QUESTION * (n % 3 + 1), excerpts), range(40)))) == 40


def test_the_entailment_is_that_of_the_class_with_its_name(tmp_path: Path) -> None:
    first = load_reader(tiny_model(tmp_path / "first", ENTAILMENT, NLI))
    last = load_reader(tiny_model(tmp_path / "last", ENTAILMENT, {0: "not_entailment", 1: "n", 2: "entailment"}))
    assert first
    assert last
    ((a,),), ((b,),) = first.read(QUESTION, [ALONE]), last.read(QUESTION, [ALONE])
    assert a
    assert b
    assert a.probability != b.probability
    assert a.probability + b.probability < 1


@pytest.mark.parametrize(
    ("starts", "ends", "none", "span", "probability"),
    [
        ([0, 0, 9, 0, 0], [0, 0, 9, 0, 0], 0.0, "24", 1.0),  # one span by far
        ([0, 0, 9, 0, 0], [0, 0, 9, 0, 0], 36.0, "24", 0.0),  # "no answer" by far
        ([9, 0, 1, 0, 0], [9, 0, 0, 1, 0], 0.0, "24 شخصا", 0.0),  # the answer stands in the neighbour
        ([0, 0, 9, 0, 0], [0, 9, 0, 9, 0], 0.0, "24 شخصا", 1.0),  # a span does not run backwards
    ],
)
def test_the_best_span_by_hand(
    starts: list[float], ends: list[float], none: float, span: str, probability: float
) -> None:
    text = "وصل الوفد 24 شخصا غدا"
    offsets = [(0, 3), (4, 9), (10, 12), (13, 17), (18, 21)]
    reading = best_span(text, (10, 17), offsets, span_marks(np.array(starts, float), np.array(ends, float)), none)
    assert reading
    assert reading.span
    assert text[10:17][slice(*reading.span)] == span
    assert reading.probability == pytest.approx(probability, abs=0.01)


def test_spans_that_say_the_same_in_more_words_count_together() -> None:
    offsets = [(0, 2), (3, 7)]
    marks = span_marks(np.zeros(2), np.zeros(2))
    reading = best_span("24 شخصا", (0, 7), offsets, marks, 0.0)
    assert reading
    assert reading.probability == pytest.approx(3 / 4)  # three spans and "no answer", all alike
    assert best_span("24 شخصا غدا", (8, 11), offsets, marks, 0.0) is None


def test_a_span_ends_where_words_end() -> None:
    text = "في كُورسك. غدا"
    offsets = [(0, 2), (3, 6), (6, 9), (9, 10)]  # كُو · رسك
    marks = np.array([0.0, 0.0, 9.0, 0.0])
    reading = best_span(text, (0, 10), offsets, span_marks(marks, marks), 0.0)
    assert reading
    assert reading.span
    assert text[slice(*reading.span)] == "كُورسك"
    figure = best_span("ب10 آلاف", (0, 8), [(0, 1), (1, 3), (4, 8)], span_marks(marks[1:], marks[1:]), 0.0)
    assert figure
    assert figure.span == (1, 3)


# ---------------------------------------------------------------- loading


def test_no_name_is_no_reader() -> None:
    assert load_reader("") is None


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ({"kind": "BertModel"}, "neither question answering nor entailment but a BertModel"),
        ({"kind": ENTAILMENT}, "none of its classes is called entailment: LABEL_0, LABEL_1"),
        ({"kind": ENTAILMENT, "labels": {0: "good", 1: "bad"}}, "none of its classes"),
    ],
)
def test_a_model_of_another_kind_is_refused(tmp_path: Path, made: dict[str, Any], told: str) -> None:
    with pytest.raises(ModelError, match=rf"{told}.*ISNAD_READER") as error:
        load_reader(tiny_model(tmp_path / "model", **made))
    assert "\n" not in str(error.value)


def test_a_folder_that_holds_no_model_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match=r"not usable.*ISNAD_READER") as error:
        load_reader(str(tmp_path / "empty"))
    assert "\n" not in str(error.value)


def test_one_that_is_nowhere_is_one_clear_line(seeds_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.hub.hub_resolves", lambda: False)
    monkeypatch.setenv("ISNAD_READER", "no/such-model")
    with pytest.raises(ModelError, match=r"reader 'no/such-model'.*could not be fetched.*ISNAD_READER") as error:
        open_assistant(seeds_store)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("hub", "tries"), [(False, [True]), (True, [True, False])])
def test_the_disk_comes_first_and_code_of_others_is_never_run(
    monkeypatch: pytest.MonkeyPatch, hub: bool, tries: list[bool]
) -> None:
    calls = nowhere(monkeypatch, "transformers.AutoConfig.from_pretrained", hub=hub)
    with pytest.raises(ModelError, match="not there"):
        load_reader("no/such-model")
    assert [options.get("local_files_only", False) for options in calls] == tries
    assert not any(options["trust_remote_code"] for options in calls)


def test_marks_that_are_no_numbers_and_a_model_that_fails_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    reader = load_reader(tiny_model(tmp_path / "model"))
    assert isinstance(reader, SpanReader)
    model = reader._loaded.model
    with torch.no_grad():
        model.qa_outputs.weight.fill_(float("nan"))
    with pytest.raises(ModelError, match=r"marks are no numbers.*ISNAD_READER"):
        reader.read(QUESTION, [EXCERPT])

    def fails(**_: Any) -> None:
        raise RuntimeError("out of memory\nmuch more")

    monkeypatch.setattr(model, "forward", fails)
    with pytest.raises(ModelError, match=r"out of memory\).*ISNAD_READER"):
        reader.read(QUESTION, [EXCERPT])


# ---------------------------------------------------------------- what becomes of the ranking


def sentences_of(text: str, *sentences: str, score: float = 0.0) -> list[Candidate]:
    """The sentences as candidates, each a tenth of a log-odd below the one before."""
    places = [(text.index(s), len(s)) for s in sentences]
    return [candidate(text, at, at + length, score - n / 10) for n, (at, length) in enumerate(places)]


def test_candidates_that_stand_together_are_read_together_in_the_order_of_the_text() -> None:
    ranked = sentences_of(TEXT, SENTENCE, AFTER, BEFORE)
    (group,) = together(ranked)
    assert [c.text for c in group] == [BEFORE, SENTENCE, AFTER]
    assert excerpt(group) == Excerpt("", TEXT, EXCERPT.sentences)
    apart = together(sentences_of(TEXT, BEFORE, AFTER))
    assert [[c.text for c in group] for group in apart] == [[BEFORE], [AFTER]]


def test_an_excerpt_has_its_length_and_all_together_no_more_than_can_be_read() -> None:
    sentences = [f"جملة رقم {n:03}." for n in range(900)]
    groups = together(sentences_of(" ".join(sentences), *sentences))
    assert all(group[-1].end - group[0].start <= LONGEST_EXCERPT for group in groups)
    assert MOST_READ - LONGEST_EXCERPT < sum(group[-1].end - group[0].start for group in groups) <= MOST_READ
    assert groups[0][0].text == sentences[0]
    long = "كلمة " * MOST_READ
    assert len(together([candidate(long, 0, len(long))])) == 1, "the best sentence is read, however long"


def test_log_odds_are_added_and_what_was_not_read_counts_as_the_worst_that_was() -> None:
    sentences = [f"جملة رقم {n:03}." for n in range(500)]
    ranked = sentences_of(" ".join(sentences), *sentences)
    reader = Scripted("رقم 007")
    readings = read(QUESTION, ranked, reader)
    assert len(readings.of) == sum(len(e.sentences) for e in reader.read_) < len(sentences)
    again = reordered(ranked, readings, HALF)
    assert again[0].text == sentences[7]
    assert again[0].score == pytest.approx(-0.7 + 0.5 * np.log(0.99 / 0.01))
    assert again[-1].text == sentences[-1]
    assert readings.core(again[0]) == (5, 12)
    assert readings.core(again[1]) is None
    assert readings.reading(again[-1]) is None
    assert readings.odds(again[-1]) == min(map(bounded_odds, readings.of.values()))


def test_a_reading_is_bounded_and_no_probability_leaves_its_bounds() -> None:
    assert bounded_odds(Reading(1.0)) == SUREST == -bounded_odds(Reading(0.0))
    assert bounded_odds(Reading(0.5)) == 0
    ranked = [candidate(TEXT, 0, len(BEFORE)), candidate(TEXT, *SPAN)]

    def after(stated: float, *probabilities: float) -> float:
        of = {("a", c.start): Reading(p) for c, p in zip(ranked, probabilities, strict=False)}
        return restated(QUESTION, Sureness(0.9, stated), ranked, Readings(of), HALF).stated

    for stated in (0.0, 1e-12, 0.17, 0.5, 1.0):
        for p in (0.0, 0.3, 1.0):
            assert 0 <= after(stated, p) <= 1
        assert restated(QUESTION, Sureness(0.9, stated), ranked, NOTHING_READ, HALF).stated == stated
    assert after(0.0, 1.0) == 0, "«كم؟» asks of nothing, whatever is read"
    assert after(0.4, 0.0, 0.9) > 0.4
    assert after(0.4, 0.1) < 0.4


# ---------------------------------------------------------------- what becomes of the answer


def found(seeds_store: Path, question: str) -> list[ScoredPassage]:
    with open_assistant(seeds_store) as assistant:
        return assistant.retriever.retrieve(question, 12, Filters())


def test_a_sharp_reader_decides_what_is_quoted_and_marks_what_answers(seeds_store: Path) -> None:
    question = "أين ينتشر الجنود الكوريون الشماليون في روسيا؟"
    passages = found(seeds_store, question)
    plain = ExtractiveAnswerer(lambda stem: 3.0, load_background()).weigh(question, passages)
    place = "كورسك"
    weighed = ExtractiveAnswerer(lambda stem: 3.0, load_background(), reader=Scripted(place)).weigh(question, passages)
    assert place in weighed.ranked[0].text
    assert weighed.sure.answered > plain.sure.answered
    answerer = ExtractiveAnswerer(lambda stem: 3.0, load_background(), threshold=0.0, reader=Scripted(place))
    answer = answerer.answer(question, passages)
    cores = [s.text[slice(*s.core)] for s in answer.sentences if s.core]
    assert place in cores
    refused = ExtractiveAnswerer(lambda stem: 3.0, load_background(), reader=Scripted("لا وجود لها"))
    assert refused.weigh(question, passages).sure.answered < plain.sure.answered


@pytest.mark.parametrize("kind", [SPANS, ENTAILMENT, OWN])
def test_isnad_reader_keeps_every_citation_exact(
    seeds_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], kind: str
) -> None:
    if kind == OWN:
        monkeypatch.setenv("ISNAD_READER", tiny_own_model(tmp_path))
    else:
        monkeypatch.setenv("ISNAD_READER", tiny_model(tmp_path / "model", kind, NLI if kind == ENTAILMENT else None))
    capfd.readouterr()
    with open_assistant(seeds_store) as assistant:
        for question in (QUESTION, "متى صادق مجلس الدوما على المعاهدة؟", "ما عاصمة بيرو؟", "Who is Mark Rutte?", "كم؟"):
            explained = assistant.explain(question)
            answer = explained.answer
            assert 0 <= (answer.confidence if answer.confidence is not None else -1) <= 1
            for citation in (*answer.citations, *answer.nearest):
                assert citation.article.text[citation.start : citation.end] == citation.quote
            for sentence in answer.sentences:
                assert sentence.text in [answer.citations[n - 1].quote for n in sentence.citations]
                assert sentence.core is None or 0 <= sentence.core[0] < sentence.core[1] <= len(sentence.text)
            for looked in explained.sentences:
                adds = looked.reader["adds"] if looked.reader else 0.0
                assert looked.log_odds == pytest.approx(looked.model.log_odds + adds)
            assert explained.sentences[0].reader
    assert capfd.readouterr().err == ""


def test_the_settings_and_the_doctor_know_it() -> None:
    assert load_settings({"ISNAD_READER": "a/b"}, Path("none.toml")).reader == "a/b"
    told = [finding.text for finding in network(Settings(reader="a/b"))]
    assert any("reader a/b" in line and "model hub" in line for line in told)
    for settings in (Settings(), Settings(reader=""), Settings(reader="a/b", llm="openai/x")):
        assert not any(finding.text.startswith("reader") for finding in network(settings))
