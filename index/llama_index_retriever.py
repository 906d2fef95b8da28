"""The library as a llama-index retriever, for those who build with llama-index. Nothing else here imports this file."""

from typing import Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from index.types import Filters, Retriever, ScoredPassage

SHOWN = ("title", "source", "published")
"""Metadata that an LLM reads before a passage, where it is known; the rest is for whoever cites."""
EMBEDDED = ("title",)
"""Metadata that is embedded before a passage, as the library does it."""


class LibraryRetriever(BaseRetriever):
    """Passages with their scores as nodes: `article.text[metadata["start"]:metadata["end"]] == node.text`.

    Give it `open_assistant(...).retriever`, and keep that Assistant open as long as this is used.
    """

    def __init__(self, retriever: Retriever, k: int = 12, filters: Filters | None = None) -> None:
        """`k` is the most nodes that a question gets."""
        super().__init__()
        self._retriever, self._k, self._filters = retriever, k, filters or Filters()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._retriever.retrieve(query_bundle.query_str, self._k, self._filters)
        return [NodeWithScore(node=as_node(scored), score=scored.score) for scored in found]


def as_node(scored: ScoredPassage) -> TextNode:
    """A passage as a node: its exact text, an id that stays the same over runs, and what a citation needs."""
    passage = scored.passage
    metadata = citation_metadata(scored)
    return TextNode(
        id_=f"{passage.article.id}:{passage.start}-{passage.end}",
        text=passage.text,
        metadata=metadata,
        excluded_llm_metadata_keys=[key for key, value in metadata.items() if key not in SHOWN or value is None],
        excluded_embed_metadata_keys=[key for key, value in metadata.items() if key not in EMBEDDED or value is None],
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.article.id)},
    )


def citation_metadata(scored: ScoredPassage) -> dict[str, Any]:
    """The fields of a citation; `start` and `end` in characters of the article, `copies` the ids of other articles."""
    passage, article = scored.passage, scored.passage.article
    return {
        "article_id": article.id,
        "external_id": article.external_id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "author": article.author,
        "published": article.published,
        "path": article.path,
        "start": passage.start,
        "end": passage.end,
        "copies": list(dict.fromkeys(copy.article.id for copy in scored.copies if copy.article.id != article.id)),
    }
