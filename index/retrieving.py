"""Retrieval: both arms search, their scores are fused, and the best are looked at a second time for coverage."""

import math

from index.arabic import words
from index.deriving import Derived
from index.english import in_arabic
from index.errors import LibraryError
from index.library import Library
from index.matching import Rarity, content_weights, coverage
from index.terms import indexed_text
from index.types import Encoder, Filters, ScoredPassage, Vectors

POOL = 50
"""Passages taken from each arm."""
SECOND_LOOK = 20
"""Fused passages whose coverage is computed."""
VECTOR_WEIGHT = 0.1
"""What a cosine of 1 adds to a BM25 score divided by the best one. The arms are far from equal: see eval/LOG.md."""
COVERAGE_WEIGHT = 0.5
"""What full coverage adds, on the same scale."""


BACKGROUND_PASSAGES = 1_000
"""As many passages of general news stand behind the library's own when the rarity of a word is judged: five articles
on one event cannot tell how rare its words are."""


class HybridRetriever:
    """The retriever of the design: Tantivy and Chroma, fused outside both."""

    def __init__(self, library: Library, derived: Derived, encoder: Encoder, background: Rarity) -> None:
        self._library, self._derived, self._encoder, self._background = library, derived, encoder, background
        self._passages = library.count()

    def retrieve(self, question: str, k: int, filters: Filters) -> list[ScoredPassage]:
        """At most k passages, best first; none where no arm finds any."""
        wordings = [question, *filter(None, [in_arabic(question)])]
        terms = dict(self._derived.terms.search(" ".join(wordings), POOL, filters))
        vector = self._encoder.encode([question], is_question=True)
        cosines = self._near(vector, filters)
        stored = self._library.vectors([id_ for id_ in terms if id_ not in cosines])
        cosines |= {id_: float(vector[0] @ row) for id_, row in stored.items()}
        best = max(terms.values(), default=1.0)
        fused = {id_: terms.get(id_, 0.0) / best + VECTOR_WEIGHT * cosine for id_, cosine in cosines.items()}
        pool = sorted(fused, key=lambda id_: (-fused[id_], id_))[: max(SECOND_LOOK, k)]
        passages = self._library.passages(pool)
        pool = [id_ for id_ in pool if id_ in passages]  # another process may have removed one since
        weights = [content_weights(wording, self.rarity) for wording in wordings]
        scored = []
        for id_ in pool:
            held = words(indexed_text(passages[id_]))
            covered = max(coverage(asked, held) for asked in weights)
            score = fused[id_] + COVERAGE_WEIGHT * covered
            scored.append(ScoredPassage(passages[id_], score, terms.get(id_, 0.0), cosines[id_], covered))
        return sorted(scored, key=lambda s: (-s.score, s.passage.id))[:k]

    def _near(self, vector: Vectors, filters: Filters) -> dict[int, float]:
        """What the vector arm finds; nothing while another process writes to it, when the terms serve alone."""
        if self._derived.vectors is None:
            return {}
        try:
            return dict(self._derived.vectors.search(vector, POOL, filters))
        except LibraryError:
            return {}

    def rarity(self, stem_: str) -> float:
        """Inverse document frequency of a stem (the BM25 form) in this library, mixed with that in general news."""
        frequency = self._derived.terms.document_frequency(stem_)
        own = math.log(1 + (self._passages - frequency + 0.5) / (frequency + 0.5))
        general = BACKGROUND_PASSAGES * self._background(stem_)
        return (self._passages * own + general) / (self._passages + BACKGROUND_PASSAGES)
