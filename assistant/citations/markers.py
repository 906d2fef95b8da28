"""An LLM's draft as plain sentences, each with the passages that its markers name."""

import re
from dataclasses import dataclass

from assistant.citations.labels import without_labels
from assistant.citations.numbers import LABEL, is_bare, is_labelled, numbers_in
from assistant.citations.plain_text import BLANK_BEFORE, plain, tidy, without_foreign_urls
from index.text.arabic import sentence_spans

LONGEST_DRAFT = 20_000
"""Characters that are read of a draft; an answer of four sentences has about 1,000. Keeps the work bounded."""


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence as plain text, and which passages it cites: indexes from 0 in the order of the markers."""

    text: str
    cited: tuple[int, ...]
    is_data: bool = False
    """Whether it is data that a model wrote in place of a sentence: nothing proves it."""


_BRACKETED = re.compile(r"\[([^\[\]\n]{1,200})\]")
_IN_ROUND = re.compile(r"(?!(?<=\w)\(\s*\w+\s*=)[({﴾﴿]([^(){}﴾﴿\[\]\n]{1,60})[)}﴾﴿]")  # no call: delete(id=2)
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]{1,3}|[①-⑳]")
_UNIT = re.compile(r"(?:\d|(?<!\w)(?:م|كم|سم|مم|ملم|متر|مترا|كلم|كيلومتر|[A-Za-z]{1,2}))\s?\Z")  # m², 10⁶
_ENDS_A_CLAUSE = re.compile(r"\s*(?:[.!?؟…،,؛:;»\n({﴾﴿]|\Z)")
_FIRST_MARK = 0xF0000  # a private plane: passage n of the prompt becomes one character while sentences are found
_MARK = "[\U000f0001-\U000ffffd]"
_MARKS = re.compile(_MARK)
_NAMES = rf"(?:{LABEL}[\s:]*){{1,3}}"
_JOINED = re.compile(rf"({_MARK})\s*(?:[,،;؛&+/]|و|and|or)\s*(?={_MARK})")
_ENCLOSED = re.compile(rf"[({{]\s*(?:{_NAMES})?((?:{_MARK}\s*)+)[)}}]|\^((?:{_MARK}\s*)+)\^", re.IGNORECASE)
_NAMED = re.compile(rf"(?<!\w){LABEL}\s?:\s?({_MARK})", re.IGNORECASE)
# A source told by its name alone, «(المصدر: رويترز)»: no marker, and no words of the answer.
_SOURCE_BY_NAME = re.compile(
    r"[(\[](?:المصدر|المصادر|مصدر|sources?|refs?)\s?:[^()\[\]\n\U000f0001-\U000ffffd]{1,120}[)\]]", re.IGNORECASE
)
_MARKS_ON_THEIR_OWN_LINE = re.compile(rf"\n((?:{_MARK} ?)+)(?=\n|\Z)")
_MARKS_AFTER_STOP = re.compile(rf"([.!?؟…]+[\"'»”’)]*) ?((?:{_MARK} ?)*{_MARK})(?:\s?\.(?=\s|\Z))?")
# Where a list of sources begins, which some models append: the words are no sentence of the answer.
_SOURCE_LIST = re.compile(
    r"^(?:\[\d{1,3}\]:.*|(?:المصادر|المراجع|الاستشهادات|sources|references|citations)[ \t]*(?::.*)?)$", re.I | re.M
)


def split_draft(draft: str, passages: int, known: str) -> list[DraftSentence]:
    """The sentences of a draft about `passages` numbered passages, whose text is `known`.

    A marker after the full stop, or on a line of its own, belongs to the sentence before it. Markers that name no
    passage are dropped, and those of data that a model wrote in place of sentences. What says nothing ("according to
    the passages:", "User:") is left out.
    """
    text = _marked(without_foreign_urls(plain(draft[:LONGEST_DRAFT]), known), passages)
    found = []
    for start, end in sentence_spans(text):
        piece = text[start:end]
        cited = dict.fromkeys(ord(mark) - _FIRST_MARK - 1 for mark in _MARKS.findall(piece))
        words = _without_boilerplate(without_labels(tidy(_MARKS.sub(" ", piece))))
        if any(char.isalnum() for char in words):
            is_data = bool(_STRUCTURE.search(words))
            found.append(DraftSentence(words, () if is_data else tuple(cited), is_data))
    return found


def _marked(text: str, passages: int) -> str:
    """The text with each marker as characters of the private plane, standing before the stop of its sentence."""
    text = _SOURCE_LIST.split(text, maxsplit=1)[0]
    text = _BRACKETED.sub(lambda found: _marks(found, passages), text)
    text = _IN_ROUND.sub(lambda found: _marks(found, passages) if is_labelled(found[1]) else found[0], text)
    if not _MARKS.search(text):
        text = _IN_ROUND.sub(lambda found: _marks_of_a_number(found, passages), text)
    if not _MARKS.search(text):
        text = _RAISED.sub(lambda found: _marks_raised(found, passages), text)
    text = _ENCLOSED.sub(r"\1\2", _JOINED.sub(r"\1", _SOURCE_BY_NAME.sub("", text)))
    text = _NAMED.sub(r"\1", text)
    text = re.sub(r" ?\n[ \n]*", "\n", re.sub(r"[^\S\n]+", " ", text))
    text = BLANK_BEFORE.sub("", text)  # a stop after a blank, where a marker was dropped, would end no sentence
    return _MARKS_AFTER_STOP.sub(r"\2\1", _MARKS_ON_THEIR_OWN_LINE.sub(r" \1", text))


def _marks(found: re.Match[str], passages: int) -> str:
    """The characters of the private plane for a marker; other words in brackets as they are."""
    numbers = numbers_in(found[1], passages)
    return found[0] if numbers is None else "".join(chr(_FIRST_MARK + n) for n in numbers)


def _marks_of_a_number(found: re.Match[str], passages: int) -> str:
    """The same for a number in round brackets that ends a clause and begins no line: an item of a list does."""
    ends = _ENDS_A_CLAUSE.match(found.string, found.end())
    begins = not found.string[: found.start()].rpartition("\n")[2].strip()
    numbers = numbers_in(found[1], passages) if ends and not begins and is_bare(found[1]) else None
    return "".join(chr(_FIRST_MARK + n) for n in numbers) if numbers else found[0]


def _marks_raised(found: re.Match[str], passages: int) -> str:
    """The same for a raised or encircled number, which a unit or a power of ten may bear too."""
    if _UNIT.search(found.string, max(0, found.start() - 12), found.start()):
        return found[0]
    return "".join(chr(_FIRST_MARK + n) for n in numbers_in(found[0], passages) or ()) or found[0]


# ---------------------------------------------------------------- words

_STRUCTURE = re.compile(r'[{}]|"\s*[:,]\s*["\[]')  # JSON
_COLLECTION = (
    r"(?:(?:لل|ال)(?:مقالات|مقال|مقاطع|مقطع|نصوص|نص|سياق|معلومات)"
    r"(?:\ (?:المقدمة|المقدم|المتاحة|المتوفرة|المذكورة|المرفقة|المعطاة|الواردة|السابقة|المرقمة|أعلاه|أدناه|رقم|\d+))*)"
)
_BOILERPLATE = re.compile(
    rf"""(?:
      (?:وفق|استناد|بناء|اعتماد|بحسب|حسب|كما\ (?:ورد|جاء|ذُكر|ذكر))[\u064B-\u0652اًء]*
        (?:\ (?:إلى|الى|على|في|ل))?(?:\ ?(?:ما|لما)\ (?:ورد|جاء|ذكر)\ في)?\ ?{_COLLECTION}?\ *[:،,]
    | (?:according\ to|based\ on|as\ per|per|from)\ (?:the\ )?(?:provided\ |given\ |available\ |above\ |numbered\ )?
        (?:articles?|passages?|context|texts?|information)?(?:\ (?:provided|given|above|available))?\ *[:,]
    | (?:إليك\ )?(?:الجواب|الإجابة|الاجابة)\ *: | (?:the\ |here\ is\ the\ )?answer(?:\ is)?\ *:
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)


def _without_boilerplate(text: str) -> str:
    rest = _BOILERPLATE.sub("", text, count=1) if _BOILERPLATE.match(text) else text
    return rest[:1].upper() + rest[1:] if rest != text else text
