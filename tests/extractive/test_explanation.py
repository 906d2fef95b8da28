"""What each stage saw of a question: the numbers add up to what was answered, and the lines show them."""

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.app import Assistant, open_assistant
from assistant.cli.ask import QUOTING
from assistant.cli.explanation_lines import explanation_lines, isolated
from assistant.extractive.explanation import Explanation
from assistant.linear import Linear, Odds
from assistant.settings import Settings
from index.building import Report
from index.fusing import COVERAGE_WEIGHT
from index.static import load_background
from index.types import Filters
from tests.command_line import failed, isnad, isnad_process
from tests.doubles import scripted_llm

ANSWERED = "كم عدد الجنود الكوريين الشماليين في روسيا؟"
REFUSED = "كم قتيلا سقط من الجنود الكوريين الشماليين؟"
OFF_TOPIC = "ما طريقة عمل الكبسة؟"
QUESTIONS = (ANSWERED, REFUSED, OFF_TOPIC, "How many North Korean soldiers are in Russia?", "كم؟", "qqqq")
REPORT = "أعلنت بلدية صفاقس يوم الجمعة إغلاق الطريق الساحلية أمام الشاحنات الثقيلة بسبب أشغال تعبيد جديدة."


@pytest.fixture(scope="module")
def assistant(seeds_store: Path) -> Iterator[Assistant]:
    """Without a reader; what it adds is told in test_reader."""
    with open_assistant(settings=Settings(store=seeds_store, reader="off")) as opened:
        yield opened


def sums_up(odds: Odds) -> None:
    """The contributions and the bias are the log-odds, the largest first."""
    assert odds.log_odds == pytest.approx(odds.bias + sum(share.contribution for share in odds.features))
    sizes = [abs(share.contribution) for share in odds.features]
    assert sizes == sorted(sizes, reverse=True)
    for share in odds.features:
        assert share.contribution == pytest.approx(share.value * share.weight)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_numbers_add_up_to_the_answer_that_ask_gives(assistant: Assistant, question: str) -> None:
    explained, answer = assistant.explain(question), assistant.ask(question)
    untimed = [a.to_dict() | {"timings_ms": set(a.timings_ms)} for a in (explained.answer, answer)]
    assert untimed[0] == untimed[1]
    confidence = explained.confidence
    assert confidence
    assert confidence.product == answer.confidence == pytest.approx(confidence.on_topic * confidence.stated)
    assert (confidence.product < confidence.threshold) == answer.abstained
    for odds in (confidence.topic, confidence.statement):
        sums_up(odds)
    assert len(explained.sentences) <= 10
    for sentence in explained.sentences:
        sums_up(sentence.model)
        assert sentence.log_odds == pytest.approx(sentence.model.log_odds)
        assert sentence.reader is None
    quoted = {(s.article_id, s.end) for s in explained.sentences if s.quoted}
    assert quoted <= {(c.article.id, c.end) for c in answer.citations}, "a quote may begin elsewhere than its sentence"


def test_on_topic_and_stated_are_the_logistic_of_their_sums(assistant: Assistant) -> None:
    confidence = assistant.explain(ANSWERED).confidence
    assert confidence
    assert not confidence.held_down
    for odds, probability in ((confidence.topic, confidence.on_topic), (confidence.statement, confidence.stated)):
        assert probability == pytest.approx(1 / (1 + math.exp(-odds.log_odds)))


def test_each_passage_has_both_arms_ranks_and_scores(assistant: Assistant) -> None:
    explained = assistant.explain(ANSWERED)
    terms, vectors = (
        {(p.article.id, p.start): (rank, score) for rank, (p, score) in enumerate(found, start=1)}
        for found in (
            assistant.retriever.search_terms(ANSWERED, 50, Filters()),
            assistant.retriever.search_vectors(ANSWERED, 50, Filters()),
        )
    )
    (asked,) = load_background().encode([ANSWERED], is_question=True)
    found = assistant.library.passages(range(1, 200))
    rows = assistant.library.vectors(list(found))
    cosines = {(p.article.id, p.start): float(asked @ rows[id_]) for id_, p in found.items()}
    assert len(explained.passages) == assistant.settings.passages_read <= explained.found
    for p in explained.passages:
        assert (p.term_rank, p.bm25) == terms.get((p.article_id, p.start), (None, 0.0))
        assert p.vector_rank == vectors[p.article_id, p.start][0]
        assert p.cosine == pytest.approx(cosines[p.article_id, p.start], abs=1e-6)
        assert p.score == pytest.approx(p.fused + COVERAGE_WEIGHT * p.coverage)


def test_what_the_vectors_alone_found_has_no_rank_in_terms(assistant: Assistant) -> None:
    assert {p.term_rank for p in assistant.explain("qqqq").passages} == {None}


def test_copies_of_a_report_are_told(tmp_path: Path, add: Callable[..., Report]) -> None:
    for name, text in (("first", REPORT), ("second", f"{REPORT} …")):
        (tmp_path / f"{name}.txt").write_text(text)
    add(tmp_path / "first.txt", tmp_path / "second.txt")
    with open_assistant(tmp_path / "store") as assistant:
        explained = assistant.explain("لماذا أغلقت الطريق الساحلية أمام الشاحنات؟")
    (passage,) = explained.passages
    (copy,) = passage.copies
    assert copy != passage.article_id
    assert any("+1 copies" in line for line in explanation_lines(explained))


def test_the_words_of_the_question_are_told_with_their_weight_and_other_wordings(assistant: Assistant) -> None:
    asked = assistant.explain(ANSWERED).question
    words = {word.word: word for word in asked.words}
    assert set(words) == {"الجنود", "الكوريين", "الشماليين", "روسيا"}
    assert words["الجنود"].stem == "جنود"
    assert "عسكري" in words["الجنود"].also
    assert words["الجنود"].weight > words["الشماليين"].weight > 0
    assert asked.unweighed == ("كم", "عدد", "في")
    assert (asked.expected, asked.kind, asked.counted, asked.wording) == ("count", "number", "الجنود", ANSWERED)


def test_other_wordings_are_told_of_the_phrase_that_a_word_stands_in(assistant: Assistant) -> None:
    words = {word.word: word for word in assistant.explain("ماذا أرسلت كوريا الشمالية إلى بيونغ؟").question.words}
    assert "بيونغ يانغ" in words["الشماليه"].also
    assert words["بيونغ"].also == ()


def test_the_arabic_wording_of_an_english_question_is_told(assistant: Assistant) -> None:
    question = "How many North Korean soldiers are in Russia?"
    explained = assistant.explain(question)
    assert "جندي" in explained.question.wording
    lines = explanation_lines(explained)
    assert lines[lines.index("  wording") + 1].strip() == explained.question.wording
    assert not any("wording" in line for line in explanation_lines(assistant.explain(ANSWERED)))


def test_the_figures_of_a_sentence_are_told(assistant: Assistant) -> None:
    values = [v for s in assistant.explain(ANSWERED).sentences for v in s.values]
    assert {"text": "10 آلاف", "value": 10_000, "high": None} in [
        {key: value[key] for key in ("text", "value", "high")} for value in values
    ]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (ANSWERED, "Answered: confidence"),
        (REFUSED, "Refused (not stated): confidence"),
        (OFF_TOPIC, "Refused (off topic): confidence"),
        ("كم؟", "the question holds no word that tells what it is about"),
    ],
)
def test_one_sentence_tells_why(assistant: Assistant, question: str, told: str) -> None:
    explained = assistant.explain(question)
    assert told in explained.why
    assert explained.why.endswith(".")
    assert "\n" not in explained.why
    assert " ".join(explanation_lines(explained)[-4:]).count("Why: ") == 1


def test_nothing_found_is_told(assistant: Assistant) -> None:
    explained = assistant.explain(ANSWERED, Filters(since="2031-01-01"))
    assert (explained.passages, explained.sentences, explained.found) == ((), (), 0)
    assert "neither arm found a passage" in explained.why
    assert explained.answer.notice
    assert explanation_lines(explained)


def test_of_an_llm_answer_the_retrieval_is_explained(seeds_store: Path) -> None:
    with scripted_llm("وتقدّر الولايات المتحدة عدد الجنود بنحو 10 آلاف جندي [1]") as llm:
        settings = Settings(store=seeds_store, llm="openai/test", llm_url=llm.url, verify="words", reader="off")
        with open_assistant(settings=settings) as assistant:
            explained = assistant.explain(ANSWERED)
    assert len(llm.requests) == 1
    assert explained.passages
    assert (explained.sentences, explained.candidates, explained.confidence) == ((), 0, None)
    assert explained.why.startswith("The LLM openai/test read these passages and composed the answer")
    assert explained.to_dict()["confidence"] is None
    assert not any(line.startswith("Confidence") for line in explanation_lines(explained))


def test_a_linear_models_zeros_are_left_out() -> None:
    odds = Odds.of(Linear((2.0, -3.0, 5.0), 0.5), ("a", "b", "c"), (1.0, 1.0, 0.0))
    assert [(s.name, s.contribution) for s in odds.features] == [("b", -3.0), ("a", 2.0)]
    assert odds.log_odds == -0.5


@pytest.fixture(scope="module")
def explanations(assistant: Assistant) -> list[Explanation]:
    return [assistant.explain(question) for question in QUESTIONS]


def test_lines_fit_and_isolates_end_where_they_begin(explanations: list[Explanation]) -> None:
    for explanation in explanations:
        for line in explanation_lines(explanation):
            bare = line.replace("\u2068", "").replace("\u2069", "")
            assert len(bare) <= 96
            assert line.count("\u2068") == line.count("\u2069")
            assert "\n" not in line
            assert "\u00a0" not in line


def test_nothing_from_an_article_can_drive_the_terminal(tmp_path: Path, add: Callable[..., Report]) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: خبر\u2066\u202e عاجل\n---\nضرب زلزال\u202e مدينة\u2068 إزمير\u009b31m فقتل 24\u2067 شخصا."
    )
    add(tmp_path / "a.md")
    with open_assistant(tmp_path / "store") as assistant:
        lines = explanation_lines(assistant.explain("كم شخصا قتل في زلزال\u202e إزمير؟"))
    for line in lines:
        assert not any(char in line for char in "\x1b\x9b\u202e\u2066\u2067")
        assert line.count("\u2068") == line.count("\u2069")
    assert isolated("سطر\u2069 آخر") == "\u2068سطر\u00a0آخر\u2069"


def test_the_command_prints_it_after_the_answer(seeds_store: Path) -> None:
    done = isnad("ask", ANSWERED, "--explain", "--store", seeds_store)
    answer, _, rest = done.stdout.partition("\nHow this came about\n")
    assert (done.returncode, done.stderr.splitlines()) == (0, [QUOTING[True]])
    assert answer.rstrip("\n") == isnad("ask", ANSWERED, "--store", seeds_store).stdout.rstrip("\n")
    for label in ("Question", "Passages: ", "Sentences: ", "Confidence ", "Why: Answered"):
        assert f"\n{label}" in rest


def test_as_json_it_is_one_line_the_answer_with_one_more_key(seeds_store: Path) -> None:
    done = isnad_process("ask", ANSWERED, "--explain", "--json", "--store", seeds_store)
    (line,) = done.stdout.splitlines()
    row, plain = json.loads(line), json.loads(isnad("ask", ANSWERED, "--json", "--store", seeds_store).stdout)
    explain = row.pop("explain")
    assert row | {"timings_ms": 0} == plain | {"timings_ms": 0}
    assert "\\u" not in line
    assert set(explain) == {"question", "found", "passages", "candidates", "sentences", "confidence", "why"}
    assert {"on_topic", "stated", "product", "threshold", "topic", "statement"} <= set(explain["confidence"])


def test_a_batch_is_not_explained(tmp_path: Path) -> None:
    done = isnad("ask", "--batch", "q.jsonl", "--explain", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--explain" in done.stderr


def test_a_question_that_fails_is_one_line(seeds_store: Path) -> None:
    failed(isnad("ask", "؟", "--explain", "--store", seeds_store), "question is empty")
