"""Retrieval: both arms search, their scores are fused, and the best are looked at a second time for coverage."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import replace

from index.errors import LibraryError
from index.fusing import COVERAGE_WEIGHT, fuse, report_key
from index.storage.deriving import Derived
from index.storage.library import Library
from index.storage.terms import indexed_text
from index.text.arabic import passage_words
from index.text.matching import Rarity, content_words, coverage
from index.types import Arms, Encoder, Filters, Passage, Reranker, ScoredPassage, Vectors
from index.wordings.dialects import in_standard
from index.wordings.english import in_arabic

POOL = 50
"""Passages taken from each arm."""
SECOND_LOOK = 20
"""Fused passages whose coverage is computed, and which a reranker reads."""

BACKGROUND_PASSAGES = 1_000
"""As many passages of general news stand behind the library's own when the rarity of a word is judged: five articles
on one event cannot tell how rare its words are."""


class HybridRetriever:
    """Tantivy and Chroma, fused outside both; a reranker reads the best where one is set."""

    def __init__(
        self,
        library: Library,
        derived: Derived,
        encoder: Encoder,
        background: Rarity,
        reranker: Reranker | None = None,
    ) -> None:
        self._library, self._derived, self._encoder, self._background = library, derived, encoder, background
        self._reranker = reranker
        self._passages = library.count()
        self.failed = False
        """Whether a search had to do without the vectors, though they were there when the index was opened."""

    def retrieve(self, question: str, k: int, filters: Filters) -> list[ScoredPassage]:
        """At most k passages, best first, copies of one report once; none where no arm finds any."""
        return self.search(question, k, filters)[1]

    def search(self, question: str, k: int, filters: Filters) -> tuple[Arms, list[ScoredPassage]]:
        """The passages that `retrieve` gives, and what both arms found on the way."""
        wordings = _wordings(question)
        asked = " ".join(wordings)
        terms = dict(self._derived.terms.search(asked, POOL, filters))
        vector = self._encoder.encode(wordings[:1], is_question=True)
        near = dict(self._near(vector, filters))
        # By the library's own vectors, whatever the index made of them; of what is removed since, there is none.
        stored = self._library.vectors([*near, *(id_ for id_ in terms if id_ not in near)])
        cosines = {id_: float(vector[0] @ row) for id_, row in stored.items()}
        near = {id_: cosines[id_] for id_ in near if id_ in cosines}
        terms = {id_: score for id_, score in terms.items() if id_ in cosines}
        fused = fuse(terms, cosines, self._derived.terms.mass(asked), self._encoder.weight)
        contents = [content_words(wording, self.rarity) for wording in wordings]
        looked: list[ScoredPassage] = []
        rest: list[ScoredPassage] = []
        for scored in self._distinct(fused, max(SECOND_LOOK, k)):
            id_ = scored.passage.id
            scored = replace(scored, term_score=terms.get(id_, 0.0), vector_score=cosines[id_])
            if len(looked) == SECOND_LOOK:
                rest.append(scored)
                continue
            held = frozenset(passage_words(indexed_text(scored.passage)))
            covered = max(coverage(content, held) for content in contents)
            looked.append(replace(scored, score=scored.score + COVERAGE_WEIGHT * covered, coverage=covered))
        best = self._reranked(question, sorted(looked, key=lambda s: (-s.score, s.passage.id)))
        return Arms(wordings, terms, near, fused), [*best, *rest][:k]

    def search_terms(self, question: str, k: int, filters: Filters) -> list[tuple[Passage, float]]:
        """The term arm alone: at most k (passage, BM25 score), best first."""
        wordings = _wordings(question)
        return self._fetched(self._derived.terms.search(" ".join(wordings), k, filters))

    def search_vectors(self, question: str, k: int, filters: Filters) -> list[tuple[Passage, float]]:
        """The vector arm alone: at most k (passage, cosine), best first."""
        return self._fetched(self._near(self._encoder.encode([in_standard(question)], is_question=True), filters, k))

    def rarity(self, stem_: str) -> float:
        """Inverse document frequency of a stem (the BM25 form) in this library, mixed with that in general news."""
        frequency = self._derived.terms.document_frequency(stem_)
        own = math.log(1 + (self._passages - frequency + 0.5) / (frequency + 0.5))
        general = BACKGROUND_PASSAGES * self._background(stem_)
        return (self._passages * own + general) / (self._passages + BACKGROUND_PASSAGES)

    def _near(self, vector: Vectors, filters: Filters, k: int = POOL) -> list[tuple[int, float]]:
        """What the vector arm finds; nothing while another process writes to it, when the terms serve alone."""
        if self._derived.vectors is None:
            return []
        try:
            return self._derived.vectors.search(vector, k, filters)
        except LibraryError:
            self.failed = True
            return []

    def _distinct(self, fused: dict[int, float], wanted: int) -> list[ScoredPassage]:
        """The best passages, each report once: its copies stand on the one that scores best."""
        ranked = sorted(fused, key=lambda id_: (-fused[id_], id_))
        found: dict[Hashable, ScoredPassage] = {}
        for at in range(0, len(ranked), wanted):
            passages = self._library.passages(ranked[at : at + wanted])
            for id_ in ranked[at : at + wanted]:
                if id_ not in passages:  # removed by another process since
                    continue
                key = report_key(passages[id_])
                if key in found:
                    found[key] = replace(found[key], copies=(*found[key].copies, passages[id_]))
                else:
                    found[key] = ScoredPassage(passages[id_], fused[id_])
            if len(found) >= wanted:
                break
        return list(found.values())[:wanted]

    def _reranked(self, question: str, found: list[ScoredPassage]) -> list[ScoredPassage]:
        """The reranker's order where one is set, its marks stretched to 2 (the least) to 3 (the greatest)."""
        if self._reranker is None or not found:
            return found
        liked = self._reranker.score(question, [indexed_text(scored.passage) for scored in found])
        least, greatest = min(liked), max(liked)
        stretch = 1 / ((greatest - least) or 1.0)
        read = [replace(s, score=2 + stretch * (mark - least)) for s, mark in zip(found, liked, strict=True)]
        return sorted(read, key=lambda s: -s.score)

    def _fetched(self, hits: Sequence[tuple[int, float]]) -> list[tuple[Passage, float]]:
        passages = self._library.passages([id_ for id_, _ in hits])
        return [(passages[id_], score) for id_, score in hits if id_ in passages]


def _wordings(question: str) -> list[str]:
    """What is searched for: the question without the words of a dialect, and an English one in Arabic too."""
    return [in_standard(question), *filter(None, [in_arabic(question)])]
