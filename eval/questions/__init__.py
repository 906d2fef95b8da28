"""`python -m eval.questions`: the default answerer on articles that its weights were not fitted on.

In: articles, questions. Out: tables. May import assistant.training, eval.measures, eval.statistics, eval.tables."""
