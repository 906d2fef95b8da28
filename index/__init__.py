"""The index: articles read, cut into passages, embedded, stored and found.

In: files, a question. Out: ScoredPassage. May import index."""
