"""The page that a run writes: charts, tables, each question with its quotes; no outside request.

In: a report as JSON. Out: HTML, CSV. May import assistant.chat, eval.measures and eval.statistics."""
