"""Arabic and English text for matching: folded, cut into words, stems and sentences; synonyms; look-alike characters.

In: text. Out: words, spans, how far a text holds a question. May import nothing of ours outside itself."""
