"""One function a measure, from a case (a fact with the answer given) to a score; who judges support.

In: Case. Out: a score. May import assistant, eval.statistics, eval.tables, eval.types and index."""
