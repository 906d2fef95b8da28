"""`isnad doctor`: what a library holds, whether its parts agree, and what would touch the network."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.settings import Settings
from index.deriving import Derived, check_encoder, open_for_reading
from index.errors import IsnadError
from index.library import Library
from index.retrieving import HybridRetriever
from index.types import Encoder, Filters

SELF_QUERIES = 25
"""Passages that are asked for by their own words."""
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    ok: bool
    text: str


def examine(settings: Settings, encoder: Encoder) -> Iterator[Finding]:
    """The findings in order; stops after the first that makes the rest meaningless."""
    try:
        library = Library.open(settings.folder)
    except IsnadError as error:
        yield Finding(False, str(error))
        return
    try:
        yield Finding(
            True, f"library {settings.folder}: {library.count('articles')} articles, {library.count()} passages"
        )
        check_encoder(library, encoder)
        yield Finding(True, f"encoder {encoder.name}, {encoder.dimensions} dimensions")
        if library.dirty:
            yield Finding(True, "the last write was cut short: both indexes are made anew now")
        derived = open_for_reading(library)
        yield from _agree(library, derived)
        yield _self_queries(library, HybridRetriever(library, derived, encoder, lambda stem: 1.0))
        derived.close()
    except IsnadError as error:
        yield Finding(False, str(error))
    finally:
        library.close()
    yield from network(settings)


def _agree(library: Library, derived: Derived) -> Iterator[Finding]:
    stored, terms, vectors = library.count(), derived.terms.count(), derived.vectors.count()
    yield Finding(stored == terms, f"term index: {terms} of {stored} passages")
    yield Finding(stored == vectors, f"vector index: {vectors} of {stored} passages")


def _self_queries(library: Library, retriever: HybridRetriever) -> Finding:
    """Asks for passages by their own first words; a sound library finds nearly all of them first."""
    total = library.count()
    step = max(1, total // SELF_QUERIES)
    asked = found = 0
    for passages, _ in library.batches(step):
        passage = passages[0]
        best = retriever.retrieve(" ".join(passage.text.split()[:20]), 3, Filters())
        asked += 1
        found += any(scored.passage.id == passage.id for scored in best)
        if asked == SELF_QUERIES:
            break
    return Finding(found >= 0.8 * asked, f"self-queries: {found} of {asked} passages found by their own words")


def network(settings: Settings) -> Iterator[Finding]:
    """What, with these settings, would leave this machine."""
    if settings.embedding == "isnad":
        yield Finding(True, "embedding: shipped; never touches the network")
    else:
        yield Finding(True, f"embedding {settings.embedding}: fetched from the model hub where it is not on disk")
    if settings.llm == "extractive":
        yield Finding(True, "answers: quoted from the articles; never touches the network")
    elif settings.llm.startswith("hf/"):
        yield Finding(True, f"LLM {settings.llm}: runs here; fetched from the model hub where it is not on disk")
    else:
        host = urlsplit(settings.llm_url).hostname or ""
        where = "this machine" if host in _LOOPBACK else f"{host}: questions and passages are sent there"
        yield Finding(True, f"LLM {settings.llm} at {settings.llm_url}: {where}")
