"""`isnad eval`: every fact asked, judged, reported; runs resumed, compared, controlled.

In: facts, a library. Out: files in a folder, lines. May import assistant, eval and index."""
