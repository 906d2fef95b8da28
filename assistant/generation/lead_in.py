"""The sentences before a passage that say who speaks in it, where it begins with «وأضاف» or «وهو»."""

import re
from dataclasses import replace

from assistant.verification.roles import TELLING, WHAT_IS_SAID
from assistant.verification.wordings import with_and
from index.text.arabic import fold, sentence_spans, words
from index.text.stopwords import is_content
from index.types import Passage, ScoredPassage

MOST_SENTENCES, MOST_WORDS = 3, 90
"""How much is given of what stands before."""
_REACH = 2_000
"""Characters before a passage in which that is looked for."""
_SAYS = TELLING | with_and(
    """تابع تابعت اردف اردفت واصل واصلت استطرد استطردت زاد زادت ختم ختمت علق علقت ابرز ابرزت نبه نبهت افاد افادت
    لاحظ لاحظت اعرب اعربت جدد جددت عقب عقبت خلص خلصت ثمن ثمنت اقترح اقترحت رفض رفضت"""
)
_POINTS = with_and("هو هي هم هما هذا هذه هذان هؤلاء ذلك تلك كما كذلك ايضا قد بدوره بدورها") | frozenset(
    "he she they it this that these those his her their".split()
)
"""First words that mean somebody or something told of before."""
_BETWEEN = with_and("بين")
"""Says «between», but for «وبيّن أن»."""
_NOBODY_NAMED = ("ال", "بال", "لل", "قائل", "مضيف", "مشير", "موضح", "مؤكد", "مجدد", "وفق")
"""How words begin that follow a verb of saying and name nobody: «المتحدث», «بالقول», «للصحفيين», «قائلا»."""
_VERB_ALONE = re.compile(r"\W*(?:و\s+)?\w+\s*[:،,«\"“(]")
"""A first word with nobody behind it: «وأضاف: …»."""


def led_in(scored: ScoredPassage) -> ScoredPassage:
    """The passage from the sentence on that says who speaks in it, as one run of its article; itself if that is told.

    At most three sentences and 90 words more; what is cited from them is checked like all the rest.
    """
    passage = scored.passage
    text, start = passage.article.text, passage.start
    if start == 0 or not _leans(text[start : passage.end]):
        return scored
    begin = max(0, start - _REACH)
    before = [(begin + first, begin + last) for first, last in sentence_spans(text[begin:start])]
    room = MOST_WORDS
    for first, last in reversed(before[-MOST_SENTENCES:]):
        room -= len(words(text[first:last]))
        if room < 0 or 0 < begin == first:  # too long, or cut by the reach
            break
        start = first
        if not _leans(text[first:last]):
            break
    return replace(scored, passage=Passage(passage.article, start, passage.end, passage.id))


def _leans(text: str) -> bool:
    """Whether a text begins with somebody's words or deeds, and does not say whose."""
    first, *rest = [word for word in words(fold(text[:120])) if word != "و"] or [""]
    if first in _BETWEEN:
        return bool(rest) and rest[0] in WHAT_IS_SAID
    if first not in _SAYS:
        return first in _POINTS
    if not rest or _VERB_ALONE.match(text):
        return True
    return not is_content(rest[0]) or rest[0].startswith(_NOBODY_NAMED)
