"""The answerer without an LLM: ranks sentences by weighed features, judges its confidence, quotes or abstains.

In: a question, passages. Out: Answer. May import assistant and index."""
