"""A question, analysed: its telling words, the type of answer it asks for, and whether a sentence holds such an answer.

In: a question. Out: Question. May import assistant.values and index.text."""
