"""Makes the shipped encoder: `python -m index.training`.

In: articles, paragraphs, synonyms, paraphrases. Out: encoder.safetensors. May import all of index."""
