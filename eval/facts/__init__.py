"""Known facts: read, linted, drafted from articles and ratings; with the briefs that they are about.

In: JSONL, articles. Out: Fact, findings. May import assistant, eval.measures, eval.types and index."""
