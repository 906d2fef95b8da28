"""The assistant: questions over a library of articles, each sentence of an answer proved by exact words.

In: a question, a library. Out: Answer. May import index."""
