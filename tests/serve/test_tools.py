"""The tools for models, as the official client of the protocol uses them: in process, and over a real pipe."""

import sys
from pathlib import Path

import anyio
import pytest
from mcp import Client, StdioServerParameters

from assistant.serve.tools import LONGEST, build_tools
from assistant.types import Answer, Citation, Sentence
from index.errors import InputError
from index.types import Article, Passage, ScoredPassage

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = Article("a1", "يغادر 4300 جندي. " * 1000, "سحب القوات", "الجزيرة نت", path="/home/someone/003.md")
ANSWER = Answer("كم؟", "يغادر 4300 جندي. [1]", (Sentence("يغادر 4300 جندي.", (1,)),), (Citation(1, ARTICLE, 0, 16),))
PATIENCE_S = 280.0


class Scripted:
    answerer = "scripted"

    def completed(self, question, before):
        return None

    def article(self, article_id):
        return ARTICLE if article_id == "a1" else None

    def find(self, question, filters=None):
        return [ScoredPassage(Passage(ARTICLE, at, at + 16), 1.0) for at in (0, 17)]

    def stream(self, question, filters=None):
        if not question:
            raise InputError("The question is empty.")
        yield ANSWER


def called(*calls, server=None):
    """The results of calls of tools: (name, arguments)."""

    async def use():
        async with Client(server or build_tools(Scripted()), read_timeout_seconds=PATIENCE_S) as client:
            return await client.list_tools(), [await client.call_tool(*call) for call in calls]

    return anyio.run(use)


def test_each_tool_tells_a_model_how_to_use_it():
    listed, _ = called()
    tools = {tool.name: tool for tool in listed.tools}
    assert set(tools) == {"ask", "search", "open_article"}
    for tool in tools.values():
        assert len(tool.description) > 100 and tool.annotations.read_only_hint
    assert "abstained" in tools["ask"].description and "conflicts" in tools["ask"].description
    assert "stands alone" in tools["ask"].input_schema["properties"]["question"]["description"]
    assert tools["ask"].input_schema["required"] == ["question"]


def test_what_a_model_gets():
    _, (asked, found, opened, rest) = called(
        ("ask", {"question": "كم؟"}),
        ("search", {"query": "القوات", "limit": 1}),
        ("open_article", {"article_id": "a1"}),
        ("open_article", {"article_id": "a1", "start": LONGEST}),
    )
    answer = asked.structured_content
    assert answer["answer"] == ANSWER.text and answer["citations"][0]["quote"] == ARTICLE.text[:16]
    assert answer["citations"][0]["path"] == "003.md" and not answer["abstained"]
    assert [passage["text"] for passage in found.structured_content["passages"]] == [ARTICLE.text[:16]]
    pages = [opened.structured_content, rest.structured_content]
    assert pages[0]["text"] + pages[1]["text"] == ARTICLE.text[: 2 * LONGEST]
    assert pages[0]["end"] == LONGEST < pages[0]["length"] == len(ARTICLE.text) and "someone" not in str(pages)


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("ask", {"question": ""}, "empty"),
        ("ask", {"question": "x", "since": "أمس"}, "no date"),
        ("open_article", {"article_id": "b2"}, "No article 'b2'"),
        ("search", {"query": "x", "limit": 0}, "limit"),
    ],
)
def test_failures_are_told_to_the_model(name, arguments, words):
    _, (result,) = called((name, arguments))
    assert result.is_error and words in result.content[0].text


def test_the_command_serves_over_a_pipe(seeds_store, tmp_path):
    run = "import sys; sys.path.insert(0, sys.argv.pop(1)); from assistant.cli.commands import main; main()"
    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", run, str(ROOT), "mcp", "--store", str(seeds_store)],
        env={"ISNAD_READER": "off", "HOME": str(tmp_path)},
    )
    question = {"question": "متى صادق مجلس الدوما على المعاهدة؟"}
    _, (asked, found) = called(("ask", question), ("search", {"query": "المعاهدة"}), server=server)
    (first, *_) = asked.structured_content["citations"]
    assert "الخميس" in first["quote"] and not asked.is_error
    _, (opened,) = called(("open_article", {"article_id": first["article_id"], "start": first["start"]}), server=server)
    assert opened.structured_content["text"].startswith(first["quote"])
    assert found.structured_content["passages"]
