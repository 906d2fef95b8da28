"""Known facts: read, linted, drafted from articles; with the briefs that they are about.

In: JSONL, articles. Out: Fact, findings. May import eval.types, eval.measures.matching, assistant.values, index."""
