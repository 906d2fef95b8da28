"""Arabic and English text for matching: folded, cut into words, stems and sentences; synonyms; look-alikes.

In: text. Out: words, spans, how far a text holds a question. May import index.text and index.errors."""
