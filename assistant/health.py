"""Health: what a library holds, whether its parts agree, and what would touch the network (`isnad doctor`)."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.settings import OFF, Settings, own_folder
from index.addresses import is_loopback, without_password
from index.errors import IsnadError
from index.hub import is_missing_folder
from index.retrieving import HybridRetriever
from index.storage.deriving import Derived, check_encoder, open_for_reading
from index.storage.library import Library
from index.types import Encoder, Filters, Passage

SELF_QUERIES, WORDS_ASKED = 25, 20
"""Passages that are asked for by their own words, and by how many."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    ok: bool
    text: str


def examine(settings: Settings, build_encoder: Callable[[Settings], Encoder]) -> Iterator[Finding]:
    """The findings in order; what would touch the network comes first, before anything could."""
    yield from network(settings)
    try:
        with closing(Library.open(settings.folder, settings.chroma)) as library:
            counts = f"{library.count('articles')} articles, {library.count()} passages"
            yield Finding(True, f"library {settings.folder}: {counts}")
            encoder = build_encoder(settings)
            check_encoder(library, encoder)
            yield Finding(True, f"encoder {encoder.name}, {encoder.dimensions} dimensions")
            generation = library.generation
            derived = open_for_reading(library, read_all=True)
            if library.generation != generation:
                yield Finding(True, "the indexes were damaged or cut short: made anew from the library")
            yield from _agree(library, derived)
            yield _self_queries(library, HybridRetriever(library, derived, encoder, lambda stem: 1.0))
            derived.close()
    except IsnadError as error:
        yield Finding(False, str(error))


def findings(settings: Settings, build_encoder: Callable[[Settings], Encoder]) -> list[tuple[bool, str]]:
    """The same as plain values, which another process can hand over."""
    return [(finding.ok, finding.text) for finding in examine(settings, build_encoder)]


def _agree(library: Library, derived: Derived) -> Iterator[Finding]:
    stored, terms = library.count(), derived.terms.count()
    yield Finding(stored == terms, f"term index: {terms} of {stored} passages")
    if derived.vectors is None:
        why = derived.why or "not readable while another process writes, or where nobody may write"
        yield Finding(False, f"vector index: {why}")
    else:
        vectors = derived.vectors.count()
        yield Finding(stored == vectors, f"vector index: {vectors} of {stored} passages")


def _self_queries(library: Library, retriever: HybridRetriever) -> Finding:
    """Asks for passages by their own first words; a sound library finds nearly all of them among the first three.

    Where several begin alike (one report from many sources, a bulletin of every day), one of them will do.
    """
    sample = library.sample(SELF_QUERIES)

    def found(passage: Passage) -> bool:
        scored = retriever.retrieve(_opening(passage), 3, Filters())
        return any(_opening(one) == _opening(passage) for s in scored for one in (s.passage, *s.copies))

    number = sum(map(found, sample))
    text = f"self-queries: {number} of {len(sample)} passages found by their own words"
    return Finding(number >= 0.8 * len(sample), text)


def _opening(passage: Passage) -> str:
    return " ".join(passage.text.split()[:WORDS_ASKED])


def network(settings: Settings) -> Iterator[Finding]:
    """What, with these settings, would leave this machine."""
    where = "this machine's network too" if settings.fetch_private else "public ones alone"
    yield Finding(True, f"addresses: fetched where `isnad index` is given one, {where}")
    if settings.embedding == "isnad":
        yield Finding(True, "embedding: shipped; never touches the network")
    else:
        yield _of_the_hub("embedding", settings.embedding)
    if settings.chroma:
        host = urlsplit(settings.chroma).hostname or ""
        where = "this machine" if is_loopback(host) else f"{host}: vectors, dates and names of sources are kept there"
        yield Finding(True, f"vectors on the Chroma server at {settings.chroma}: {where}")
    if settings.reranker:
        yield _of_the_hub("reranker", settings.reranker)
    if settings.reader not in ("", OFF) and not own_folder(settings.reader) and settings.llm == "extractive":
        yield _of_the_hub("reader", settings.reader)
    if (
        settings.nli not in ("", OFF)
        and not own_folder(settings.nli)
        and settings.verify != "words"
        and settings.llm != "extractive"
    ):
        yield _of_the_hub("entailment model", settings.nli)
    if settings.llm == "extractive":
        yield Finding(True, "answers: quoted from the articles; never touches the network")
    elif settings.llm.startswith("hf/"):
        yield Finding(True, f"LLM {settings.llm}: runs here; fetched from the model hub where it is not on disk")
    else:
        yield _of_the_llm(settings)


def _of_the_llm(settings: Settings) -> Finding:
    try:
        host, at = urlsplit(settings.llm_url).hostname or "", without_password(settings.llm_url)
    except ValueError:
        host = at = ""
    if not host:
        return Finding(False, f"LLM {settings.llm}: ISNAD_LLM_URL is no address like http://localhost:11434/v1")
    where = "this machine" if is_loopback(host) else f"{host}: questions and passages are sent there"
    return Finding(True, f"LLM {settings.llm} at {at}: {where}")


def _of_the_hub(what: str, name: str) -> Finding:
    if is_missing_folder(name):
        return Finding(False, f"{what} {name}: there is no such folder")
    return Finding(True, f"{what} {name}: runs here; fetched from the model hub where it is not on disk")
