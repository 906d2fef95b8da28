"""The LLM answerer: a prompt of numbered passages, the reply as it streams in, the endpoint or model behind it.

In: a question, passages. Out: Draft, Answer. May import assistant and index."""
