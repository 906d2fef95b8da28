"""`python -m eval.dialogues`: questions that lean on those before them, held and judged. In: dialogues. Out: lines.

May import assistant, eval.facts, eval.measures, eval.statistics, eval.tables, eval.types and index."""
