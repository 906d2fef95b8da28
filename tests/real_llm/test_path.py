"""The whole path with a real llama.cpp server and a real small model: `make try-llm`, not part of `make test`.

What is asked of it is the path, not the model's wits: an answer, an abstention or a reason, never anything else.
"""

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assistant.app import Assistant, open_assistant
from assistant.generation.answerer import GeneratingAnswerer
from assistant.generation.context import context_of
from assistant.generation.events import Piece
from assistant.generation.llms import LLM, build_llm
from assistant.settings import Settings
from assistant.types import Answer, Draft, Turn
from index.errors import ModelError
from tests.command_line import isnad
from tests.doubles import article, scored

PYTHON = os.environ.get("TRY_LLM", "")
"""The Python that has the server."""
pytestmark = [pytest.mark.skipif(not PYTHON, reason="make try-llm"), pytest.mark.timeout(3_600)]
NAME = "gemma3:270m"
QUESTION = "كم عدد الجنود الكوريين الشماليين في روسيا؟"
PATIENCE_S = 1_800.0


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    command = [PYTHON, str(Path(__file__).with_name("serve.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout and server.stdin
        yield server.stdout.readline().strip() + "/v1"
        server.stdin.close()


@pytest.fixture
def assistant(url: str, seeds_store: Path) -> Iterator[Assistant]:
    settings = Settings(store=seeds_store, llm=f"openai/{NAME}", llm_url=url, llm_timeout=PATIENCE_S)
    with open_assistant(settings=settings) as made:
        yield made


def outcome(assistant: Assistant, question: str) -> str:
    """Checks an answer by the rules of every answer; what became of it."""
    try:
        *drafts, answer = assistant.stream(question)
    except ModelError as error:
        assert NAME in str(error) and "\n" not in str(error)
        return str(error)
    assert isinstance(answer, Answer) and all(isinstance(draft, Draft) for draft in drafts)
    for citation in (*answer.citations, *answer.nearest):
        assert citation.article.text[citation.start : citation.end] == citation.quote
    return f"{answer.text} ({len(drafts)} drafts, {answer.tokens}, {answer.dropped} dropped, {answer.notice})"


def test_its_context_is_told(url: str) -> None:
    assert context_of(NAME, url) == 4096


def test_an_answer_streams_and_two_at_once_do(assistant: Assistant) -> None:
    print(outcome(assistant, QUESTION))
    with ThreadPoolExecutor(2) as pool:
        for told in pool.map(lambda question: outcome(assistant, question), (QUESTION, "What did the Duma ratify?")):
            print(told)


def test_one_that_is_ended_half_way_leaves_the_server_free(assistant: Assistant) -> None:
    stream = assistant.stream(QUESTION)
    assert isinstance(next(stream), Draft)
    stream.close()
    print(outcome(assistant, QUESTION))


def test_a_follow_up_is_completed(assistant: Assistant) -> None:
    completed = assistant.completed("ومتى كان ذلك؟", Turn("من صادق على المعاهدة؟", "مجلس الدوما"))
    print(completed)
    assert completed and "\n" not in completed


class Drafting:
    """An LLM whose drafts are given, and whose second reading is the real one's."""

    def __init__(self, real: LLM, draft: str) -> None:
        self.where, self.context, self._real, self._drafts = real.where, real.context, real, [draft]

    def stream(self, prompt: str) -> Iterator[Piece]:
        if self._drafts:
            yield Piece(self._drafts.pop(), ended=True)
        else:
            yield from self._real.stream(prompt)


def test_a_draft_is_read_once_more(url: str) -> None:
    real = build_llm(f"openai/{NAME}", url, None, PATIENCE_S)
    news = [scored(article("بلغ محصول الزيتون في الشمال 340 ألف طن هذا الموسم."))]
    answerer = GeneratingAnswerer(Drafting(real, "بلغ محصول الزيتون 340 ألف طن [1]."), NAME, reads_again=True)
    answer = answerer.answer("كم بلغ محصول الزيتون؟", news)
    print(answer.text, answer.tokens, answer.notice, answer.timings_ms)
    assert answer.timings_ms["verify"] > 0 and answer.tokens


def test_isnad_llm_lists_it_and_uses_it(url: str, monkeypatch: pytest.MonkeyPatch, seeds_store: Path) -> None:
    monkeypatch.setattr("assistant.generation.servers.USUAL", (("Ollama", urlsplit(url).port),))
    listed = isnad("llm")
    print(listed.stdout)
    assert f"llama.cpp at {url}" in listed.stdout and NAME in listed.stdout
    tried = isnad("llm", "try", NAME, ISNAD_LLM_TIMEOUT=str(PATIENCE_S))
    print(tried.stdout, tried.stderr)
    assert tried.returncode == 0 or NAME in tried.stderr.splitlines()[-1]
    assert isnad("llm", "use", NAME).returncode == 0
    asked = isnad("ask", QUESTION, "--json", "--store", seeds_store, ISNAD_LLM_TIMEOUT=str(PATIENCE_S))
    assert f'"answerer": "openai/{NAME}"' in asked.stdout or NAME in asked.stderr
