"""A question, analysed: its telling words, the type of answer it asks for, and whether a sentence holds such a one.

In: a question. Out: Question. May import assistant.values, index.text and index.types."""
