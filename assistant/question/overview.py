"""Requests that one sentence does not meet: a summary, the latest on something, a comparison. By the words alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.text.arabic import fold, is_arabic
from index.types import ScoredPassage

Kind = Literal["summary", "latest", "comparison"]

_PLEASE = (
    r"(?:من فضلك|رجاء|لو سمحت|هل يمكنك|هل تستطيع|يمكنك|ممكن|اريد|ابي|ابغي|عايز|عاوز|نحب|بدي|ان|"
    r"could you|can you|please|i want|give me|show me|write|make|a|an|me|short|brief) "
)
_GIVE = r"(?:(?:اعط|هات|قدم|اكتب|عمل|اعمل)\w*(?: لي| لنا)? )?"
_FILL = (
    r"(?: (?:لي|لنا|اهم|ابرز|كل|جميع|ما|الذي|قيل|يقال|ورد|جاء|نشر|كتب|حدث|جري|صار|في|عن|علي|حول|بشان|بخصوص|بين|"
    r"اخبار|الاخبار|التطورات|تطورات|المستجدات|مستجدات|"
    r"the|what|is|was|are|said|reported|happened|news|developments|about|on|of|in|regarding|between))*"
)
_ASKED = r"(?:ما|ماهي|ماهو|ماذا|شنو|شنوه|شنوا|ايش|اش|وش|شو|ايه)(?: هي| هو| الذي)?"
_SOURCES = "(?:المصادر|الصحف|المقالات|وسائل الاعلام|الاذاعات|المواقع|الوكالات)"
_ASKS: tuple[tuple[Kind, str], ...] = (
    ("comparison", r"(?:قارن\w*|مقارنه|compare)"),
    ("comparison", rf"{_ASKED} (?:الفرق|الفارق|الاختلاف|اوجه الاختلاف)(?= بين)|what(?: is|s) the difference"),
    (
        "comparison",
        rf"(?:كيف|{_ASKED}|هل) (?:(?:تناولت|غطت|نقلت) {_SOURCES}|"
        rf"(?:اختلفت|قالت|كتبت|تقول) {_SOURCES}(?: المختلفه)?(?= (?:في|عن|حول|بشان)))",
    ),
    ("comparison", rf"{_ASKED} (?:الذي )?(?:تقوله|قالته|كتبته) {_SOURCES}(?= (?:في|عن|حول|بشان))"),
    ("comparison", r"(?:how|what) do(?: the| different)? (?:sources|papers|articles|outlets) (?:differ|say|report)"),
    ("latest", rf"(?:{_ASKED} )?(?:اخر|احدث) (?:الاخبار|اخبار|التطورات|تطورات|المستجدات|مستجدات|ما)"),
    ("latest", rf"{_ASKED} (?:الجديد|جديد|اخبار|المستجدات|مستجدات)"),
    ("latest", r"(?:what(?: is|s| are) )?(?:the )?latest(?: news| developments)?"),
    (
        "summary",
        rf"(?:{_ASKED} )?{_GIVE}(?:لخص\w*|تلخص\w*|[لب]?تلخيص\w*|ملخصا?|خلاصه|موجزا?|نبذه|summari[sz]e|"
        r"(?:summary|overview) of)",
    ),
    ("summary", rf"{_ASKED} (?:ابرز|اهم) (?:ما|الاخبار|اخبار|التطورات|تطورات)"),
    ("summary", rf"{_ASKED} (?:قيل|يقال|ورد|جاء|نشر|كتب)(?= (?:عن|حول|بشان|بخصوص))"),
    ("summary", r"what (?:is|was|has been) (?:said|reported|written)(?= (?:about|on))"),
)
_PATTERNS = tuple((kind, re.compile(rf"(?:{_PLEASE})*(?:{pattern}){_FILL}(?: |$)")) for kind, pattern in _ASKS)
_MARKS = re.compile(r"[^\w\s]")


@dataclass(frozen=True, slots=True)
class Overview:
    """A request for what the articles tell of a topic."""

    kind: Kind
    topic: str
    """As the reader wrote it."""

    @property
    def question(self) -> str:
        """The topic as a question."""
        return f"ما {self.topic}؟" if is_arabic(self.topic) else f"What about {self.topic}?"


def overview_of(question: str) -> Overview | None:
    """The request in a question; None where it asks for one thing, or names no topic."""
    written = question.split()
    folded = [fold(_MARKS.sub("", word)) for word in written]
    kept = [(word, raw) for word, raw in zip(folded, written, strict=True) if word]
    text = " ".join(word for word, _ in kept) + " "
    for kind, pattern in _PATTERNS:
        found = pattern.match(text)
        if found:
            topic = [raw for _, raw in kept[text[: found.end()].count(" ") :]]
            named = " ".join(topic).strip(' ؟?.!،:«»"')
            return Overview(kind, named) if named else None
    return None


_AND = re.compile(r"(?<= )(?:و|and|vs\.?|versus|مقابل) (?=\w)")
_BEGINS_WITH_W = re.compile(
    r"وا?(?:شنط|رسو|ئل|لي|قع|جب|حد)|وزي?[را]|وف[داي]|وكا?ل|ولاي|وض[عاي]|وط[ني]|وس[اط]|وق[فتع]|وص[وف]|وث[ايق]|وع[دي]|وبا|ورد|"
    r"ورش|وحد|وه[را]"
)
"""How words begin in which و is a letter of their own: «واشنطن», «وزير», «وفد»."""


def sides(topic: str) -> list[str]:
    """The topic with the one and with the other of the two things that it compares; none where it names no two.

    «موقفي واشنطن وسول من المعاهدة» is «موقفي واشنطن من المعاهدة» and «موقفي سول من المعاهدة». What is named second is
    as long as what it takes up again («تقدير الجيش وتقدير الوزارة»), else one word.
    """
    written = _AND.sub("و", topic).split()
    folded = [fold(word) for word in written]
    for at, word in enumerate(folded):
        if at and word[0] == "و" and len(word) > 2 and not _BEGINS_WITH_W.match(word):
            first = folded.index(word[1:]) if word[1:] in folded[:at] else at - 1
            rest = written[2 * at - first :]
            second = [written[at][1:], *written[at + 1 : 2 * at - first]]
            return [" ".join([*written[:at], *rest]), " ".join([*written[:first], *second, *rest])]
    return []


MOST_OF_ONE = 3
"""Passages of one article before those of the others, among those that an overview is made from."""


def spread(passages: Sequence[ScoredPassage], limit: int) -> list[ScoredPassage]:
    """At most `limit` passages in their order; more of one article only where the others' leave room."""
    taken: dict[str, int] = {}
    kept: list[ScoredPassage] = []
    more: list[ScoredPassage] = []
    for scored in passages:
        id_ = scored.passage.article.id
        taken[id_] = taken.get(id_, 0) + 1
        (kept if taken[id_] <= MOST_OF_ONE else more).append(scored)
    return [*kept, *more][:limit]
