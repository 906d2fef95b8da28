"""The sentences before a passage that say who speaks in it, where it begins with «وأضاف» or «وهو»."""

from dataclasses import replace

from assistant.verification.roles import leans
from index.text.arabic import sentence_spans, words
from index.types import Passage, ScoredPassage

MOST_SENTENCES, MOST_WORDS = 3, 90
"""How much is given of what stands before."""
_REACH = 2_000
"""Characters before a passage in which that is looked for."""


def led_in(scored: ScoredPassage) -> ScoredPassage:
    """The passage from the sentence on that says who speaks in it, as one run of its article; itself if that is told.

    At most three sentences and 90 words more; what is cited from them is checked like all the rest.
    """
    passage = scored.passage
    text, start = passage.article.text, passage.start
    if start == 0 or not leans(text[start : passage.end]):
        return scored
    begin = max(0, start - _REACH)
    before = [(begin + first, begin + last) for first, last in sentence_spans(text[begin:start])]
    room = MOST_WORDS
    for first, last in reversed(before[-MOST_SENTENCES:]):
        room -= len(words(text[first:last]))
        if room < 0 or 0 < begin == first:  # too long, or cut by the reach
            break
        start = first
        if not leans(text[first:last]):
            break
    return replace(scored, passage=Passage(passage.article, start, passage.end, passage.id))
