"""The composition root: the default library, named libraries, and a writer in another process."""

import subprocess
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from assistant.app import open_assistant
from assistant.settings import LONGEST_QUESTION, Settings, default_store
from assistant.types import Answer
from index.building import Report
from index.errors import InputError, IsnadError, LibraryError
from index.static import load_background
from index.storage.deriving import writing
from index.storage.library import FILE, Library
from index.types import Filters
from tests.command_line import COMMAND


def test_the_default_library_fills_itself_from_the_briefs_once_and_says_so() -> None:
    told: list[str] = []
    with open_assistant(settings=Settings(), notice=told.append) as assistant:
        answer = assistant.ask("كم عدد الجنود الكوريين الشماليين في روسيا؟")
        assert assistant.library.folder == default_store()
    assert "five briefs" in told[0]
    assert {value.value for value in answer.conflicts[0].values} == {10_000, 11_000, 12_000}
    told.clear()
    with open_assistant(settings=Settings(), notice=told.append):
        assert told == []


@pytest.mark.parametrize("stage", ["the file", "the schema", "the encoder"])
def test_a_first_fill_that_was_cut_short_is_done_again(stage: str) -> None:
    default_store().mkdir(parents=True)
    if stage == "the file":
        (default_store() / FILE).touch()
    else:
        with closing(Library.create(default_store())) as library:
            if stage == "the encoder":
                library.set_meta("encoder", load_background().name)
    with open_assistant(settings=Settings()) as assistant:
        assert assistant.library.count("articles") == 5


def test_a_named_library_that_is_not_there_is_never_made(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"No library at .*gone.*isnad index PATH"):
        open_assistant(tmp_path / "gone")
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("question", ["", "  ", "؟؟", "س" * (LONGEST_QUESTION + 1)])
def test_a_question_that_is_none_is_refused(seeds_store: Path, question: str) -> None:
    with open_assistant(seeds_store) as assistant, pytest.raises(InputError, match="question"):
        assistant.ask(question)


def test_an_unknown_source_is_refused_with_those_there_are(seeds_store: Path) -> None:
    with open_assistant(seeds_store) as assistant, pytest.raises(InputError, match="أسوشيتد برس"):
        assistant.ask("من هو روته؟", Filters(source="لا أحد"))


def test_a_dated_search_tells_what_it_left_out(seeds_store: Path) -> None:
    with open_assistant(seeds_store) as assistant:
        answer = assistant.ask("من هو أمين عام حلف شمال الأطلسي؟", Filters(since="2024-11-01"))
        assert {c.article.published for c in answer.citations} == {"2024-11-13"}
        assert "بتاريخ: 3" in (answer.notice or "")
        assert assistant.ask("من هو أمين عام حلف شمال الأطلسي؟").notice is None


@pytest.mark.parametrize("llm", ["gpt", "openai/", "hf/"])
def test_an_unknown_answerer_is_refused_with_those_there_are(seeds_store: Path, llm: str) -> None:
    with pytest.raises(IsnadError, match="extractive"):
        open_assistant(seeds_store, llm=llm)


def test_an_open_assistant_sees_what_another_process_indexed(tmp_path: Path, add: Callable[..., Report]) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("ضرب زلزال مدينة إزمير يوم الجمعة.")
    add(folder)
    with open_assistant(tmp_path / "store") as assistant:
        assert assistant.ask("متى بدأت الانتخابات البلدية؟").abstained
        (folder / "b.txt").write_text("بدأت الانتخابات البلدية صباح الأحد.")
        (folder / "a.txt").unlink()
        command = [*COMMAND, "index", str(folder), "--store", str(tmp_path / "store")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert "1 new" in done.stdout
        assert "صباح الأحد" in assistant.ask("متى بدأت الانتخابات البلدية؟").text
        assert assistant.ask("متى ضرب الزلزال مدينة إزمير؟").abstained


def test_an_open_assistant_answers_while_another_process_writes(tmp_path: Path, add: Callable[..., Report]) -> None:
    (tmp_path / "a.txt").write_text("ضرب زلزال مدينة إزمير يوم الجمعة.")
    add(tmp_path / "a.txt")
    store = tmp_path / "store"
    with open_assistant(store) as assistant, closing(Library.open(store)) as writer:
        for dirty in (True, True, False, True, False):
            writer.mark(dirty=dirty)
            with writing(store) if dirty else nullcontext():
                answer = assistant.ask("متى ضرب الزلزال مدينة إزمير؟")
                assert "الجمعة" in answer.text
                assert ("بُحث بالكلمات وحدها" in (answer.notice or "")) is dirty


@pytest.mark.parametrize("question", ["12", "كم؟", "متى"])
def test_a_question_that_asks_of_nothing_is_refused(seeds_store: Path, question: str) -> None:
    with open_assistant(seeds_store) as assistant:
        assert assistant.ask(question).abstained


def test_the_answer_as_json_has_the_contracts_shape(seeds_store: Path) -> None:
    with open_assistant(seeds_store) as assistant:
        answer, refusal = assistant.ask("متى صادق مجلس الدوما على المعاهدة؟"), assistant.ask("ما عاصمة بيرو؟")
    row = answer.to_dict()
    contract = (
        "id question answer abstained reason sentences citations conflicts nearest answerer confidence tokens "
        "timings_ms error"
    )
    assert set(contract.split()) <= set(row)
    assert set(row["sentences"][0]) == {"text", "citations", "support", "core"}
    assert set(row["citations"][0]) == {
        "n", "article_id", "title", "source", "published", "path", "url", "start", "end", "quote",
    }  # fmt: skip
    assert {"retrieve", "answer"} <= set(row["timings_ms"])
    assert refusal.to_dict()["abstained"]
    assert refusal.to_dict()["sentences"] == refusal.to_dict()["citations"] == []
    assert isinstance(answer, Answer)
