"""Measurements on files from outside: finding and retrieval, speed, size, start-up, what an LLM's answer costs.

In: files. Out: tables. May import assistant, eval.statistics, eval.tables, eval.types and index."""
