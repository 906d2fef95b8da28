"""Who differs on a figure, and who said which.

In: candidate sentences. Out: Conflict. May import assistant.question, assistant.values and index.text."""
