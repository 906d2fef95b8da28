"""Measurements on files from outside, each run with `python -m eval.benchmarks.NAME`: finding, speed, agreement.

In: files. Out: tables. May import eval's statistics, tables and measures, and assistant.app."""
