"""A question, analysed: words, parts, the answer it asks for, what it leans on; which questions an article suggests.

In: a question, an article. May import assistant.settings, assistant.types, assistant.values and index."""
