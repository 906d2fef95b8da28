"""A quote that stands by itself: without the words that tie it to what came before, with who is speaking."""

import re

from index.text.arabic import sentence_spans, words

MOST_WORDS = 70
"""Words up to which the sentence before may be quoted along."""
_SHORTEST = 5
"""Words that have to be left of a sentence whose beginning is cut."""
_AN = "[أا]نّ?"
_TIES = re.compile(
    rf"(?:و?(?:غير|بيد)\s+{_AN}|و?[إا]لا\s+{_AN}(?!\s+[يتن])"
    rf"|و?(?:كما\s+)?(?:تجدر|يجدر)\s+ال[إا]شارة\s+[إا]ل[ىي]\s+{_AN}|و?ي(?:ذكر|شار)\s+(?:[إا]ل[ىي]\s+)?{_AN}"
    r"|و?(?:من\s+(?:جهة|ناحية|جانب)\s+(?:[أا]خر[ىي]|[آا]خر|ثانية)|في\s+(?:سياق\s+(?:[آا]خر|متصل)|المقابل))\s*[،,])\s+"
)
"""«غير أن»، «يذكر أن»، «من جهة أخرى،»: they say nothing where what came before is not shown. Never «أنه», which says of
whom, nor «إلا أن يتفقا», which makes a condition."""
_SAID = re.compile(
    r"و?\s?(?:[أا]ضاف|تابع|[أا]وضح|[أا]كد|[أا]شار|قال|بيّ?ن|لفت|شدد|[أا]فاد|ذكر|[أا]ردف|واصل|[أا]برز|صرح|اعتبر|[أا]علن)ت?"
    r"\s+(?:[إا]ل[ىي]\s+|عل[ىي]\s+)?(?:ب?[أإا]نّ?(?:ه|ها|هم|هما|نا)?|قائلا|قائلًا|قائلة)(?!\w)"
)
"""A verb of saying whose subject is not named: what is said follows at once."""


def standing_start(text: str, start: int, end: int) -> int:
    """Where the quote of the sentence `text[start:end]` begins: behind its tie, or where it is named who speaks.

    At the start where too little would be left, too much shown, or nobody is named in the paragraph.
    """
    tie = _TIES.match(text, start, end)
    if tie and len(words(text[tie.end() : end])) >= _SHORTEST:
        return tie.end()
    if not _SAID.match(text, start, end):
        return start
    paragraph = text.rfind("\n", 0, start) + 1
    for first, last in reversed(sentence_spans(text[paragraph:start])):
        if len(words(text[paragraph + first : end])) > MOST_WORDS:
            break
        if not _SAID.match(text, paragraph + first, paragraph + last):
            return paragraph + first
    return start
