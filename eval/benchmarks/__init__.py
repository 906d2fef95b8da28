"""Measurements on files from outside: finding and retrieval, speed, size, start-up, an LLM's cost; and faults survived.

In: files. Out: tables. May import assistant, eval.statistics, eval.tables, eval.types and index."""
