"""An LLM's draft as plain sentences, each with the passages that its markers name; pure functions.

Nothing active survives: no markdown, HTML, link, or control character that could pass for more than words.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assistant.labels import without_labels
from assistant.looks import Rewriting, seen, squared
from index.arabic import sentence_spans

LONGEST_DRAFT = 20_000
"""Characters that are read of a draft; an answer of four sentences has about 1,000. Keeps the work bounded."""


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence as plain text, and which passages it cites: indexes from 0 in the order of the markers."""

    text: str
    cited: tuple[int, ...]


# ---------------------------------------------------------------- plain text

_TURN = re.compile(r"<\|[^<>]*\|>|\[/?(?:inst|sys|system|user|assistant)\]:?", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_DEFINITION = re.compile(r"\[[^\[\]\n]*\]:[ \t]*(?=\S*(?://|:\S|www\.))\S+")
_IMAGE = re.compile(r"!(?=\[[^\[\]\n]*[^\W\d])")
_JOINED = re.compile(r"(?<=\])(?=[(\[])")  # "](" and "][": a link whose text or address was removed, and two markers
_BLOCK_MARK = re.compile(r"^[ \t]*(?:#+|[-+•*–—]|\d{1,2}[.)])[ \t]+|^[ \t]*(?:```\w*|[-*_=]{3,})[ \t]*$", re.MULTILINE)
_EMPHASIS = re.compile(r"[*`<>\\|]|~~|(?<!\w)_+|_+(?!\w)")


def _plain(char: str) -> str:
    """The character, or the ASCII one that it is a variant of (full width, bold …); square brackets for their kin."""
    bare = unicodedata.normalize("NFKC", squared(char))
    return seen(bare if len(bare) == 1 and bare.isascii() and not char.isnumeric() else char)


_plainly = Rewriting(_plain)


def plain(draft: str) -> str:
    """The draft's words and markers without markdown, HTML and invisible characters; lines stay lines."""
    text = _TAG.sub("", _TURN.sub("\n", _plainly(draft)))
    text = _LINK.sub(lambda m: f"[{m[1]}]" if m[1].strip().isnumeric() else m[1], _DEFINITION.sub("", text))
    return _JOINED.sub(" ", _IMAGE.sub("", _EMPHASIS.sub("", _BLOCK_MARK.sub("", text))))


# ---------------------------------------------------------------- addresses

_REST = r"(?:[^\s«»\"'<>\[\](){}]|\([^\s()]*\))"
_ACTIVE = re.compile(rf"\b(?:javascript|vbscript|data)\s?:{_REST}+", re.IGNORECASE)
_ADDRESS = re.compile(
    rf"(?:\b[a-z][a-z0-9+.-]{{0,20}}:)?//{_REST}+|\b(?:mailto|tel|sms|tg|file|blob|about):{_REST}+"
    rf"|(?<![\w.-])[.-]*(?:[\w.+-]+@)?(?:[\w-]+\.)+[a-z]{{2,}}\b(?:[:/?#]{_REST}*)?",
    re.IGNORECASE,
)


def without_foreign_urls(text: str, known: str) -> str:
    """The text without the addresses, bare domains among them, that `known` does not hold, and without any script."""
    text = _ACTIVE.sub(lambda m: m[0][len(_bare(m)) :], text)
    return _ADDRESS.sub(lambda m: m[0] if _bare(m) in _addresses(known) else m[0][len(_bare(m)) :], text)


@lru_cache(maxsize=64)
def _addresses(text: str) -> frozenset[str]:
    return frozenset(map(_bare, _ADDRESS.finditer(text)))


def _bare(match: re.Match[str]) -> str:
    """The address without the punctuation of the sentence that it ends."""
    return match[0].rstrip(".,،؛:!?؟…")


# ---------------------------------------------------------------- markers

_BRACKETED = re.compile(r"\[([^\[\]\n]{1,200})\]")
# What stands in it: 1 ١ ① ²; 1، 2; 1-3; المصدر 1; 1†…
_MARKER = re.compile(
    r"\s*(?:(?:المصدر|مصدر|المقطع|مقطع|المقال|مقال|source|passage|article|doc(?:ument)?)\s*)?"
    r"\^?(?P<numbers>\d{1,9}(?:(?:\s{0,3}[,،;؛\-–—]\s{0,3}|\s{1,3})\d{1,9}){0,30})\s*(?:†.*)?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)(?:\s*[-–—]\s*(\d+))?")
_BLANK_BEFORE = re.compile(r" +(?=[.,،؛:!?؟…»”)\]])")
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
    text = _BLANK_BEFORE.sub("", text)  # a stop after a blank, where a marker was dropped, would end no sentence
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
_EMPTY_BRACKETS = re.compile(r"\( *\)|\[ *\]")
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
_LEADING = " \t،,:؛;.-–—•)]}"


def tidy(text: str) -> str:
    """One blank between words, none before punctuation, no brackets left empty, no punctuation in front."""
    text = _EMPTY_BRACKETS.sub("", " ".join(text.split()))
    return _BLANK_BEFORE.sub("", " ".join(text.split())).lstrip(_LEADING).strip()


def _without_boilerplate(text: str) -> str:
    rest = _BOILERPLATE.sub("", text, count=1) if _BOILERPLATE.match(text) else text
    return rest[:1].upper() + rest[1:] if rest != text else text
