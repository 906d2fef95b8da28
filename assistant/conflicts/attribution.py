"""Who a sentence's statement comes from, read from its verb of saying: «وتقدّر أوكرانيا أن …» → أوكرانيا."""

import re

from index.text.arabic import FoldedText

_PAST = "قال قدر اكد اعلن افاد ذكر توقع صرح ابلغ اوضح اضاف ندد رفض نفي نفت كشف اشار"
_PRESENT = "تقول يقول تقدر يقدر تؤكد يؤكد تتوقع يتوقع تشير يشير تفيد تري يري تتحدث"
_VERBS = "|".join([*_PAST.split(), *(f"{verb}ت" for verb in _PAST.split()), *_PRESENT.split()])
# What cannot belong to a name any more, and so ends it.
_AFTER = "|".join(
    """ان انها انه بان فان الي عن عدد العدد اليوم يوم في من وجود خلال بنحو انتشار قبل بعد امس تحدث التي الذي لوكاله
    لقناه لبرنامج""".split()
)
_NAME = r"(?P<who>[^،,.:؛«\"()]+?)"
_END = rf"(?=\s+(?:{_AFTER})\b|\s+لل\w|\s*[،,.:؛«\"(]|\s*$)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:^|\s)[وف]?كانت? {_NAME} قد \w+",
        rf"(?:^|[،.]\s*)(?:(?:الا|غير) ان |لكن )?{_NAME} (?:{'|'.join(_PRESENT.split())})\b",
        rf"(?:^|[\s،«\"])[وف]?(?:قد )?(?:{_VERBS})\s+{_NAME}{_END}",
        rf"(?:بحسب|حسب|وفقا ل|وفق|نقلا عن|طبقا ل|استنادا الي)\s*{_NAME}{_END}",
    )
)
_NOBODY = "قوله قولها قولهم ما هذه هذا ذلك الي ان في عن بان انه انها".split()
_LONGEST = 9  # words; a longer "name" has swallowed part of the statement


def said_by(sentence: str) -> str | None:
    """The words that name the speaker, as the sentence has them; None where it names nobody."""
    folded = FoldedText.of(sentence)
    for pattern in _PATTERNS:
        match = pattern.search(folded.text)
        named = match.group("who").split() if match else []
        if match and 0 < len(named) <= _LONGEST and named[0] not in _NOBODY:
            start, end = folded.original_span(*match.span("who"))
            return sentence[start:end].strip()
    return None
