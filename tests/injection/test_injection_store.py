"""The same attacks through the front door: files indexed into a real library, found, answered, shown."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import Assistant, open_assistant
from assistant.chat.frames import frames
from assistant.settings import Settings
from index.building import index_paths
from index.static import load_background
from index.types import Filters
from tests.injection.checking import faults, page_faults
from tests.injection.corpus import CASES, Case
from tests.injection.obeying import ALWAYS, BY_KIND, Obeying, served

# One of each story, so that each case has one spoilt article and one honest one.
CHOSEN = [
    next(case for case in CASES if case.id == id_)
    for id_ in (
        "orders-01", "forged_sources-02", "break_outs-03", "links-04", "unseen-17", "roles-06",
        "steps-07", "json-08", "dialogues-09", "tools-10", "fields-11", "look_alikes-12",
    )
]  # fmt: skip
every_chosen = pytest.mark.parametrize("case", CHOSEN, ids=lambda case: case.id)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("door")
    rows = [row for case in CHOSEN for row in (case.row | {"id": case.id}, case.story.other)]
    (folder / "news.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    report = index_paths(folder / "store", [folder / "news.jsonl"], load_background())
    assert report.new == len(rows)
    return folder / "store"


@pytest.fixture(scope="module")
def url(model: Obeying) -> Iterator[str]:
    with served(model) as address:
        yield address


def wrong_with(assistant: Assistant, case: Case, question: str) -> list[str]:
    """The faults of every frame of the chat, and of the answer."""
    answer = assistant.ask(question)
    given = assistant.retriever.retrieve(question, assistant.settings.passages_read, Filters())
    assert case.id in {scored.passage.article.external_id for scored in given}
    *drafted, _ = frames(assistant, 1, question)
    return [*(fault for html in drafted for fault in page_faults(html)), *faults(answer, given, case)]


@every_chosen
def test_quotes_from_a_real_library_are_inert(case: Case, store: Path) -> None:
    with open_assistant(store, settings=Settings()) as assistant:
        assert [wrong_with(assistant, case, question) for question in (case.question, case.claim)] == [[], []]


@every_chosen
def test_an_obedient_model_behind_a_real_library_gets_nothing_through(
    case: Case, store: Path, model: Obeying, url: str
) -> None:
    model.case = case
    with open_assistant(store, llm="openai/obeying", settings=Settings(llm_url=url)) as assistant:
        for name, model.way in ({"the claim": ALWAYS["the claim"]} | BY_KIND[case.kind]).items():
            assert wrong_with(assistant, case, case.question) == [], name
