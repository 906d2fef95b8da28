"""One function a measure, from a case (a fact with the answer given) to a score; what judges support.

In: Case. Out: a score in [0, 1], or None. May import eval.types, assistant.types, values and verification."""
