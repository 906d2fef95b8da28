"""`python -m eval.questions`: the default answerer on articles that its weights were not fitted on.

In: questions. Out: tables. May import assistant, eval.measures, eval.statistics, eval.tables and index."""
