"""Makes the shipped weights of the default answerer: `python -m assistant.training`.

In: articles, questions. Out: sentence_model.json. May import assistant and index."""
