"""A question, analysed: its words, the answer it asks for, what it leans on; and which questions an article suggests.

In: a question, an article. May import assistant.types, assistant.values, index.text, index.wordings and index.types."""
