"""An LLM's draft as plain sentences, each with the passages that its markers name."""

import re
import unicodedata
from dataclasses import dataclass

from assistant.citations.labels import without_labels
from assistant.citations.plain_text import BLANK_BEFORE, plain, tidy, without_foreign_urls
from index.text.arabic import sentence_spans

LONGEST_DRAFT = 20_000
"""Characters that are read of a draft; an answer of four sentences has about 1,000. Keeps the work bounded."""


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence as plain text, and which passages it cites: indexes from 0 in the order of the markers."""

    text: str
    cited: tuple[int, ...]


_BRACKETED = re.compile(r"\[([^\[\]\n]{1,200})\]")
# What stands in it: 1 ١ ① ²; 1، 2; 1-3; المصدر 1; 1†…
_MARKER = re.compile(
    r"\s*(?:(?:المصدر|مصدر|المقطع|مقطع|المقال|مقال|source|passage|article|doc(?:ument)?)\s*)?"
    r"\^?(?P<numbers>\d{1,9}(?:(?:\s{0,3}[,،;؛\-–—]\s{0,3}|\s{1,3})\d{1,9}){0,30})\s*(?:†.*)?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)(?:\s*[-–—]\s*(\d+))?")
_FIRST_MARK = 0xF0000  # a private plane: passage n of the prompt becomes one character while sentences are found
_MARK = "[\U000f0001-\U000ffffd]"
_MARKS = re.compile(_MARK)
_MARKS_ON_THEIR_OWN_LINE = re.compile(rf"\n((?:{_MARK} ?)+)(?=\n|\Z)")
_MARKS_AFTER_STOP = re.compile(rf"([.!?؟…]+[\"'»”’)]*) ?((?:{_MARK} ?)*{_MARK})")
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
            found.append(DraftSentence(words, () if _STRUCTURE.search(words) else tuple(cited)))
    return found


def _marked(text: str, passages: int) -> str:
    """The text with each marker as characters of the private plane, standing before the stop of its sentence."""
    text = _SOURCE_LIST.split(text, maxsplit=1)[0]
    text = _BRACKETED.sub(lambda bracketed: _marks(bracketed, passages), text)
    text = re.sub(r" ?\n[ \n]*", "\n", re.sub(r"[^\S\n]+", " ", text))
    text = BLANK_BEFORE.sub("", text)  # a stop after a blank, where a marker was dropped, would end no sentence
    return _MARKS_AFTER_STOP.sub(r"\2\1", _MARKS_ON_THEIR_OWN_LINE.sub(r" \1", text))


def _marks(bracketed: re.Match[str], passages: int) -> str:
    """The characters of the private plane for a marker; other words in brackets as they are."""
    marker = _MARKER.fullmatch(unicodedata.normalize("NFKC", bracketed[1]))
    return "".join(chr(_FIRST_MARK + n) for n in _numbers(marker["numbers"], passages)) if marker else bracketed[0]


def _numbers(listed: str, passages: int) -> list[int]:
    """The numbers of a marker that name a passage: "1، 3-5" of four passages are 1, 3, 4."""
    found: list[int] = []
    for match in _RANGE.finditer(listed):
        first, last = int(match[1]), int(match[2] or match[1])
        found.extend(range(max(first, 1), min(last, passages) + 1))
    return found


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
