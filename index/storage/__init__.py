"""The library on disk: SQLite, the one truth, and the indexes derived from it (Chroma, Tantivy).

In: articles, passages, vectors. Out: the same, and ids found. May import index.text, index.types, index.errors."""
