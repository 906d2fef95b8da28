"""The term arm: BM25 over 4-grams and stems, in Tantivy. The only file that knows Tantivy."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from index.errors import LibraryError
from index.text.arabic import STEM_MARK, joined_terms, words
from index.text.matching import name_key
from index.text.synonyms import other_stems
from index.types import Filters, Passage

_HEAP_BYTES = 64_000_000
_FAR_PAST, _FAR_FUTURE = 1, 99_999_999  # as YYYYMMDD; 0 is undated
UNDATED = 0


def date_number(date: str | None) -> int:
    """`2024-10-21` as 20241021; 0 for none."""
    return int(date.replace("-", "")) if date else UNDATED


def indexed_text(passage: Passage) -> str:
    """What both arms match for a passage: the article's title before it, unless the passage opens with it."""
    title, text = passage.article.title, passage.text
    return text if not title or text.startswith(title) else f"{title}\n{text}"


class TermIndex:
    """Passages by their terms. Every write is committed by `commit`; a kill before it loses that write only."""

    def __init__(self, folder: Path) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", stored=False, indexed=True, fast=True)
        schema.add_integer_field("published", stored=False, indexed=True, fast=True)
        schema.add_text_field("source", tokenizer_name="raw", index_option="basic")
        schema.add_text_field("terms", tokenizer_name="terms", index_option="freq")
        self._schema = schema.build()
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=str(folder))
        except (OSError, ValueError) as error:
            reason = "no permission" if "PermissionDenied" in str(error) else error
            raise LibraryError(
                f"The term index at {folder} cannot be opened ({reason}). Where the store may not be written, "
                "copy it and name the copy with --store."
            ) from error
        blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("terms", blanks)
        self._writer: tantivy.IndexWriter | None = None
        self._index.reload()
        self._searcher = self._index.searcher()

    def add(self, passages: Iterable[Passage]) -> None:
        """Add passages under their ids."""
        with self._told():
            writer = self._open_writer()
            for passage in passages:
                document = tantivy.Document()
                document.add_integer("id", passage.id)
                document.add_integer("published", date_number(passage.article.published))
                document.add_text("source", name_key(passage.article.source))
                document.add_text("terms", joined_terms(indexed_text(passage)))
                writer.add_document(document)

    def remove(self, ids: Iterable[int]) -> None:
        """Take passages out."""
        with self._told():
            writer = self._open_writer()
            for id_ in ids:
                writer.delete_documents_by_term("id", id_)

    def commit(self) -> None:
        """Make what was added and removed durable and visible. Raises LibraryError where the disk refuses it."""
        with self._told():
            if self._writer is not None:
                self._writer.commit()
                self._writer.wait_merging_threads()
                self._writer = None
            self._index.reload()
            self._searcher = self._index.searcher()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What Tantivy raises where the disk refuses a write (it knows only ValueError) becomes one line."""
        try:
            yield
        except (OSError, ValueError) as error:
            raise LibraryError(f"The term index at {self._folder} cannot be written ({error}).") from error

    def count(self) -> int:
        """Passages in the index."""
        return int(self._searcher.num_docs)

    def search(self, question: str, k: int, filters: Filters) -> list[tuple[int, float]]:
        """At most k (passage id, BM25 score), best first; what says the same as the question's words counts as well."""
        counts: Counter[str] = Counter(joined_terms(question).split())
        if not counts or k < 1:
            return []
        weights = dict(counts) | {STEM_MARK + s: weight for s, weight in other_stems(words(question)).items()}
        clauses = [(tantivy.Occur.Should, self._term_query(term, weight)) for term, weight in weights.items()]
        query = tantivy.Query.boolean_query(clauses)
        if filters:
            must = [(tantivy.Occur.Must, clause) for clause in (query, *self._filter_queries(filters))]
            query = tantivy.Query.boolean_query(must)
        hits = self._searcher.search(query, limit=k, count=False).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in hits])
        return [(int(id_ or 0), float(score)) for (score, _), id_ in zip(hits, ids, strict=True)]

    def mass(self, question: str) -> float:
        """What the terms of a question tell in all: their inverse document frequencies in the BM25 form, summed."""
        passages = self.count()
        total = 0.0
        for term, n in Counter(joined_terms(question).split()).items():
            frequency = self._searcher.doc_freq("terms", term)
            total += n * math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))
        return total

    def document_frequency(self, stem: str) -> int:
        """In how many passages a stem stands."""
        return int(self._searcher.doc_freq("terms", STEM_MARK + stem))

    def _term_query(self, term: str, weight: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, "terms", term, index_option="freq")
        return query if weight == 1 else tantivy.Query.boost_query(query, float(weight))

    def _filter_queries(self, filters: Filters) -> Sequence[tantivy.Query]:
        queries = []
        if filters.since or filters.until:
            low, high = date_number(filters.since) or _FAR_PAST, date_number(filters.until) or _FAR_FUTURE
            queries.append(tantivy.Query.range_query(self._schema, "published", tantivy.FieldType.Integer, low, high))
        if filters.source:
            queries.append(tantivy.Query.term_query(self._schema, "source", name_key(filters.source)))
        return queries

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        return self._writer
