"""Makes the shipped encoder: `python -m index.training`.

In: articles, paragraphs, paraphrases. Out: encoder.safetensors. May import index."""
