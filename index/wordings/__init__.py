"""Questions typed in a dialect or in English, in standard Arabic: to search and compare with, never to show.

In: a question. Out: words of newsrooms. May import index.text and index.wordings."""
