"""Answers as checked sentences with numbered citations, or an abstention in words.

In: spans, or an LLM's draft. Out: Sentence, Citation. May import assistant.types and index.text."""
