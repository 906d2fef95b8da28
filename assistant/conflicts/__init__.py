"""Who differs on a figure, and who said which.

In: sentences. Out: Conflict. May import assistant.question, assistant.types, assistant.values and index."""
