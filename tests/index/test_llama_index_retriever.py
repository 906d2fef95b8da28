"""The library inside a real llama-index query engine; the LLM repeats its prompt, so that a test reads what it read."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import get_response_synthesizer
from llama_index.core.schema import MetadataMode

from assistant.app import Assistant, open_assistant
from index.llama_index_retriever import LibraryRetriever, as_node
from index.types import Article, Filters, ScoredPassage
from tests.doubles import article, scored

QUESTION = "كم عدد الجنود الكوريين الشماليين في روسيا؟"
CITATION = "article_id external_id title source url author published path start end copies"


@pytest.fixture(scope="module")
def assistant(seeds_store: Path) -> Iterator[Assistant]:
    with open_assistant(seeds_store) as opened:
        yield opened


@pytest.fixture(scope="module")
def by_id(assistant: Assistant) -> dict[str, Article]:
    return {row.id: row for row in assistant.library.articles()}


def engine(retriever: LibraryRetriever) -> RetrieverQueryEngine:
    return RetrieverQueryEngine(retriever, get_response_synthesizer(llm=MockLLM()))


def test_a_query_engine_answers_from_it_and_its_sources_are_exact_quotes(
    assistant: Assistant, by_id: dict[str, Article]
) -> None:
    response = engine(LibraryRetriever(assistant.retriever, k=4)).query(QUESTION)
    assert len(response.source_nodes) == 4
    for source in response.source_nodes:
        metadata = source.node.metadata
        assert set(metadata) == set(CITATION.split())
        cited = by_id[metadata["article_id"]]
        assert cited.text[metadata["start"] : metadata["end"]] == source.node.text
        assert source.node.node_id == f"{cited.id}:{metadata['start']}-{metadata['end']}"
        assert source.node.ref_doc_id == cited.id
        assert (metadata["title"], metadata["source"], metadata["published"]) == (
            cited.title,
            cited.source,
            cited.published,
        )
        assert source.node.text in str(response), "the LLM reads the very words"


def test_it_gives_what_the_librarys_own_retriever_gives(assistant: Assistant) -> None:
    own = assistant.retriever.retrieve(QUESTION, 3, Filters())
    nodes = LibraryRetriever(assistant.retriever, k=3).retrieve(QUESTION)
    assert [(node.text, node.score) for node in nodes] == [(found.passage.text, found.score) for found in own]


def test_filters_and_k_hold(assistant: Assistant) -> None:
    nodes = LibraryRetriever(assistant.retriever, k=2, filters=Filters(since="2024-11-01")).retrieve(QUESTION)
    assert 0 < len(nodes) <= 2
    assert all(node.metadata["published"] >= "2024-11-01" for node in nodes)


def test_async_retrieval_and_query_give_the_same(assistant: Assistant) -> None:
    retriever = LibraryRetriever(assistant.retriever, k=3)
    nodes = asyncio.run(retriever.aretrieve(QUESTION))
    assert [node.node_id for node in nodes] == [node.node_id for node in retriever.retrieve(QUESTION)]
    response = asyncio.run(engine(retriever).aquery(QUESTION))
    assert [node.node_id for node in response.source_nodes] == [node.node_id for node in nodes]


def test_an_llm_reads_who_says_it_and_when_but_no_ids_and_offsets() -> None:
    known = article(
        "وقع زلزال.", id="7f3a", title="زلزال في تركيا", source="رويترز", published="2024-01-02", path="/home/me/a.txt"
    )
    node = as_node(scored(known))
    assert node.get_content(MetadataMode.LLM) == (
        "title: زلزال في تركيا\nsource: رويترز\npublished: 2024-01-02\n\nوقع زلزال."
    )
    assert node.get_content(MetadataMode.EMBED) == "title: زلزال في تركيا\n\nوقع زلزال."
    assert as_node(scored(article("وقع زلزال."))).get_content(MetadataMode.LLM) == "وقع زلزال.", (
        "nothing known, no None"
    )


def test_copies_are_the_ids_of_the_other_articles() -> None:
    passage, copy = scored(article("خبر", id="a")), scored(article("خبر", id="b")).passage
    assert as_node(ScoredPassage(passage.passage, 0.5, copies=(copy, copy))).metadata["copies"] == ["b"]
    assert as_node(passage).metadata["copies"] == []
