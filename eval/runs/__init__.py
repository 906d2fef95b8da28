"""`isnad eval`: every fact asked, judged, reported; runs resumed, compared, controlled.

In: facts, a library. Out: files in a folder, lines. May import all of eval but its benchmarks, and assistant.app."""
