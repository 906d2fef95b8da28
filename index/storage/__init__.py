"""The library on disk: SQLite, the one truth, and the indexes derived from it (Chroma, Tantivy).

In: articles, passages. Out: the same, and ids found. May import index.errors, index.text and index.types."""
