"""The terminal: commands and options, questions one by one or in batches, progress and lines of text.

In: a command line. Out: lines. May import everything; eval and the chat only inside commands."""
