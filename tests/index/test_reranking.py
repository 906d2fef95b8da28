"""A cross-encoder that reads the best passages again: tiny ones of random weights, made here."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from assistant.app import open_assistant
from assistant.health import network
from assistant.settings import Settings
from index.embedding import CrossEncoderReranker, load_reranker
from index.errors import ModelError
from index.storage.terms import indexed_text
from index.types import Filters
from tests.doubles import nowhere
from tests.tiny_models import ENTAILMENT as CLASSIFIER
from tests.tiny_models import tiny_model

QUESTION = "كم عدد الجنود الكوريين الشماليين في روسيا؟"
TEXTS = ["وصل الجنود إلى روسيا", "فاز الفريق", "زلزال"]


def raw_marks(folder: str, texts: Sequence[str], question: str = QUESTION) -> Any:
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    return CrossEncoder(folder).predict(
        [(question, text) for text in texts], activation_fn=Identity(), show_progress_bar=False
    )


def test_it_gives_the_models_raw_marks(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path / "model", CLASSIFIER, 1)
    reranker = CrossEncoderReranker(folder)
    marks = reranker.score(QUESTION, TEXTS)
    assert all(type(mark) is float for mark in marks)
    np.testing.assert_allclose(marks, raw_marks(folder, TEXTS), atol=1e-5)
    assert len(set(marks)) == len(TEXTS)
    assert reranker.score(QUESTION, []) == []
    assert len(reranker.score(QUESTION, ["", "جندي " * 5_000])) == 2, "what is too long is cut"


def test_of_two_classes_it_takes_how_far_yes_is_ahead_of_no(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path / "model", CLASSIFIER, 2)
    no, yes = raw_marks(folder, TEXTS).T
    np.testing.assert_allclose(CrossEncoderReranker(folder).score(QUESTION, TEXTS), yes - no, atol=1e-5)


def test_no_name_is_no_reranker() -> None:
    assert load_reranker("") is None


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ({"kind": CLASSIFIER, "labels": 3}, "3 classes"),
        ({"kind": "BertModel"}, "no cross-encoder but a BertModel"),  # it would mark by a head of random weights
    ],
)
def test_a_model_that_cannot_mark_a_pair_is_refused(tmp_path: Path, made: dict[str, Any], told: str) -> None:
    with pytest.raises(ModelError, match=rf"{told}.*ISNAD_RERANKER"):
        load_reranker(tiny_model(tmp_path / "model", **made))


def test_what_is_on_disk_and_of_another_kind_is_not_looked_for_in_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    built = nowhere(monkeypatch, "sentence_transformers.CrossEncoder", hub=True)
    other_kind = SimpleNamespace(num_labels=3)
    monkeypatch.setattr("sentence_transformers.CrossEncoder", lambda name, **o: built.append(o) or other_kind)
    with pytest.raises(ModelError, match="3 classes"):
        load_reranker("some/classifier")
    assert [options["local_files_only"] for options in built] == [True]


def test_one_that_is_nowhere_is_one_clear_line(seeds_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.hub.hub_resolves", lambda: False)
    monkeypatch.setenv("ISNAD_RERANKER", "no/such-model")
    with pytest.raises(ModelError, match=r"reranker 'no/such-model'.*could not be fetched.*ISNAD_RERANKER") as told:
        open_assistant(seeds_store)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(("hub", "tries"), [(False, [True]), (True, [True, False])])
def test_the_disk_comes_first_and_code_of_others_is_never_run(
    monkeypatch: pytest.MonkeyPatch, hub: bool, tries: list[bool]
) -> None:
    calls = nowhere(monkeypatch, "sentence_transformers.CrossEncoder", hub=hub)
    with pytest.raises(ModelError, match="not there"):
        load_reranker("no/such-model")
    assert [options.get("local_files_only", False) for options in calls] == tries
    assert not any(options["trust_remote_code"] for options in calls)


def test_a_folder_that_holds_no_model_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match=r"not usable.*ISNAD_RERANKER") as told:
        load_reranker(str(tmp_path / "empty"))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("gave", [[0.5, float("nan")], [float("inf"), 0.5], [0.5], [[1.0, 2.0, 3.0]] * 2])
def test_marks_that_are_no_number_a_text_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gave: list[Any]
) -> None:
    reranker = CrossEncoderReranker(tiny_model(tmp_path / "model", CLASSIFIER, 1))
    monkeypatch.setattr(reranker._model, "predict", lambda *_, **__: np.array(gave))
    with pytest.raises(ModelError, match=r"no usable marks.*ISNAD_RERANKER"):
        reranker.score(QUESTION, TEXTS[:2])


def test_isnad_reranker_sets_the_order_of_what_is_found(
    seeds_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tiny_model(tmp_path / "model", CLASSIFIER, 1)
    with open_assistant(seeds_store) as plain:
        before = plain.retriever.retrieve(QUESTION, 12, Filters())
    monkeypatch.setenv("ISNAD_RERANKER", folder)
    with open_assistant(seeds_store) as assistant:
        found = assistant.retriever.retrieve(QUESTION, 12, Filters())
        assert assistant.ask(QUESTION).answerer == "extractive"
    assert capfd.readouterr().err == ""
    marks = list(raw_marks(folder, [indexed_text(scored.passage) for scored in found]))
    assert marks == sorted(marks, reverse=True)
    assert [scored.passage.id for scored in found] != [scored.passage.id for scored in before]


def test_it_is_loaded_once_however_often_the_indexes_are_opened_anew(
    seeds_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    asked: list[str] = []

    class Counting:
        def score(self, question: str, texts: Sequence[str]) -> list[float]:
            asked.append(question)
            return [0.0] * len(texts)

    def load(name: str) -> Counting:
        loaded.append(name)
        return Counting()

    monkeypatch.setattr("index.embedding.load_reranker", load)
    with open_assistant(settings=Settings(store=seeds_store, reranker="one")) as assistant:
        assistant.ask(QUESTION)
        assistant._open_derived()
        assistant.ask(QUESTION)
    assert loaded == ["one"]
    assert asked == [QUESTION, QUESTION]


def test_doctor_tells_where_it_would_come_from() -> None:
    assert "reranker" not in " ".join(finding.text for finding in network(Settings()))
    told = [finding.text for finding in network(Settings(reranker="a/b"))]
    assert "reranker a/b: runs here; fetched from the model hub where it is not on disk" in told


@pytest.mark.parametrize("setting", ["reranker", "embedding", "reader"])
def test_a_folder_that_is_not_there_is_told_as_such(setting: str) -> None:
    (found,) = [finding for finding in network(Settings(**{setting: "/nowhere"})) if setting in finding.text]
    assert not found.ok
    assert "there is no such folder" in found.text
    with pytest.raises(ModelError, match=r"'/nowhere': there is no such folder.*ISNAD_RERANKER"):
        load_reranker("/nowhere")
