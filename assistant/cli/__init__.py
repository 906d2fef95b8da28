"""The terminal: commands and options, questions one by one or in batches, lines of text.

In: a command line. Out: lines. May import assistant, eval and index."""
