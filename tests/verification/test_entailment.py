"""A second judge of an LLM's sentences: tiny models of random weights made here, and a scripted one."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.health import network
from assistant.settings import Settings, load_settings
from assistant.verification.entailment import EntailmentModel, load_entailment
from index.errors import ModelError
from tests.citations.claims import draft_check
from tests.doubles import article, nowhere, scored
from tests.tiny_models import ENTAILMENT, NLI, tiny_model

NEWS = [scored(article("شلّ الإضراب أربعين محطة يوم الثلاثاء. ورفض الوزير برتولي تمديد العقد.", published="2024-10-22"))]
RESTATED = "لم تبلغ القطارات أربعين محطة بفعل احتجاج العمال وتوقفهم عن الخدمة [1]."
SUPPORTED = "شل الإضراب 40 محطة [1]."


class Judge(EntailmentModel):
    """Gives every pair the same probability, and remembers what it read."""

    name = "judge"

    def __init__(self, probability: float) -> None:
        self.probability, self.read = probability, list[tuple[str, str]]()

    def entailed(self, premises: Sequence[str], hypotheses: Sequence[str]) -> list[float]:
        self.read += zip(premises, hypotheses, strict=True)
        return [self.probability] * len(premises)


def supports(draft: str, probability: float) -> list[str]:
    return [claim.support for claim in draft_check(NEWS, judge=Judge(probability)).whole(draft).claims]


def test_what_shares_too_few_words_stands_where_the_model_finds_it_entailed() -> None:
    assert draft_check(NEWS).whole(RESTATED).claims == ()
    assert supports(RESTATED, 0.9) == ["full"]
    assert supports(RESTATED, 0.2) == []


def test_what_the_model_does_not_find_entailed_falls_by_one_step() -> None:
    assert (supports(SUPPORTED, 0.9), supports(SUPPORTED, 0.2)) == (["full"], ["partial"])


@pytest.mark.parametrize(
    "draft", ["شل الإضراب 50 محطة [1].", "قبل الوزير برتولي تمديد العقد [1].", "رفض الوزير دوبوا تمديد العقد [1]."]
)
def test_no_model_overrules_a_figure_an_opposite_or_a_name(draft: str) -> None:
    assert supports(draft, 1.0) == []


def test_the_model_reads_the_span_and_the_sentence_and_its_mark_is_kept() -> None:
    judge = Judge(0.75)
    (claim,) = draft_check(NEWS, judge=judge).whole(SUPPORTED).claims
    assert judge.read == [("شلّ الإضراب أربعين محطة يوم الثلاثاء.", "شل الإضراب 40 محطة.")]
    assert (claim.overlap, claim.entailment) == (1.0, 0.75)


def test_a_real_model_judges(tmp_path: Path) -> None:
    model = load_entailment(tiny_model(tmp_path / "model", ENTAILMENT, NLI))
    assert model
    marks = model.entailed(["شل الإضراب المحطات", "رفض الوزير"], ["شل الإضراب 40 محطة", "قبل الوزير العقد"])
    assert len(marks) == 2 and all(0 <= mark <= 1 for mark in marks) and marks[0] != marks[1]
    assert model.entailed([], []) == [] and load_entailment("") is None


@pytest.mark.parametrize("hub", [True, False])
def test_a_model_that_is_not_to_be_had_is_one_line(monkeypatch: pytest.MonkeyPatch, hub: bool) -> None:
    nowhere(monkeypatch, "transformers.AutoConfig.from_pretrained", hub=hub)
    with pytest.raises(ModelError, match=r"The entailment model 'some/nli'.*ISNAD_NLI"):
        load_entailment("some/nli")


def test_the_setting_is_read_and_the_doctor_tells_of_it() -> None:
    assert load_settings({"ISNAD_NLI": "some/nli"}).nli == "some/nli"
    told = [finding.text for finding in network(Settings(nli="some/nli", llm="openai/m"))]
    assert any("entailment model some/nli" in line for line in told)


def test_a_sentence_without_support_can_be_flagged_instead_of_dropped() -> None:
    checked = draft_check(NEWS, flag=True).whole(f"{SUPPORTED} وقتل 7 عمال [1].")
    assert [(c.support, bool(c.spans)) for c in checked.claims] == [("full", True), ("none", False)]
    assert checked.dropped == 0 and checked.stands
    assert not draft_check(NEWS, flag=True).whole("وقتل 7 عمال [1].").stands
