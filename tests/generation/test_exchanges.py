"""What a capable LLM replied to questions over `seeds/`, replayed over real HTTP: nothing right is lost.

Each exchange keeps the beginning of every passage that its reply cites, by number. Where a passage has another number
today, the markers of the reply are renumbered; one that is no longer shown fails the test: then record it anew.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assistant.app import open_assistant
from assistant.settings import read_settings
from assistant.types import Answer
from eval.measures.matching import says
from tests.doubles import Scripted, ScriptedLLM, scripted_llm

FILE = Path(__file__).with_name("exchanges.jsonl")
EXCHANGES = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
BLOCK = re.compile(r"^\[(\d+)\][^\n]*\n(.*?)(?=^\[\d+\]|\Z)", re.MULTILINE | re.DOTALL)
MARKER = re.compile(r"\[(\d+)\]")


def renumbered(exchange: dict[str, Any], prompt: str) -> str:
    """The reply with the numbers that its passages have in today's prompt."""
    blocks = BLOCK.findall(prompt)

    def today(marker: re.Match[str]) -> str:
        beginning = exchange["passages"][marker[1]]  # what says who speaks may stand before it
        return next(f"[{number}]" for number, passage in blocks if beginning in passage)

    return MARKER.sub(today, exchange["reply"])


@contextmanager
def replaying(exchange: dict[str, Any]) -> Iterator[ScriptedLLM]:
    with scripted_llm("") as llm:
        llm.next_reply = lambda: Scripted(renumbered(exchange, llm.prompt))  # type: ignore[method-assign]
        yield llm


def ask(exchange: dict[str, Any], store: Path) -> Answer:
    with replaying(exchange) as llm:
        settings = read_settings(store=store, llm="openai/recorded", llm_url=llm.url, llm_context=8192, passages=18)
        with open_assistant(settings=settings) as assistant:
            return assistant.ask(exchange["question"])


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda exchange: exchange["id"])
def test_an_exchange(exchange: dict[str, Any], seeds_store: Path) -> None:
    answer = ask(exchange, seeds_store)
    assert all(c.article.text[c.start : c.end] == c.quote for c in (*answer.citations, *answer.nearest))
    assert answer.reason == exchange["reason"]
    assert all(any(says(s.text, wording) for s in answer.sentences) for wording in exchange["says"])
    assert answer.dropped == exchange["dropped"]


def test_a_third_are_traps() -> None:
    traps = [e for e in EXCHANGES if e["kind"] in ("unanswerable", "false_premise", "conflict")]
    assert len(EXCHANGES) >= 20 and len(traps) >= len(EXCHANGES) / 3


@pytest.mark.parametrize("exchange", [e for e in EXCHANGES if e["says"]], ids=lambda exchange: exchange["id"])
def test_an_exchange_with_an_invented_figure_loses_that_sentence(exchange: dict[str, Any], seeds_store: Path) -> None:
    forged = exchange | {"reply": f"بلغ العدد 98765 جنديًا {MARKER.search(exchange['reply'])[0]}. {exchange['reply']}"}
    answer = ask(forged, seeds_store)
    assert "98765" not in answer.text and answer.dropped == exchange["dropped"] + 1
