"""Makes the shipped weights: `python -m assistant.training`.

In: articles and questions. Out: sentence_model.json. May import everything but the terminal and the chat."""
