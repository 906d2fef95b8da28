"""Answers as checked sentences with numbered citations, or an abstention in words.

In: spans, or a draft. Out: Sentence, Citation. May import assistant.types, index.text and index.types."""
