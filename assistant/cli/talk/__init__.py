"""A conversation in the terminal: questions and commands line by line, kept in a history, answers opened and saved.

In: typed lines. Out: printed answers, a saved file. May import assistant and index."""
