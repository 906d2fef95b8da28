"""Arabic text for matching: folding, words, stems, character 4-grams and sentence bounds.

What is folded here is only ever compared; what a reader sees is a slice of the original text.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

TATWEEL = "ـ"
# Letters that writers use for one another, each to the one that matching keeps. The Persian and Maghrebi
# letters stand for sounds that other newsrooms spell with the plain Arabic letter (ڤيتو / فيتو).
_SAME_LETTER = str.maketrans(
    {**dict.fromkeys("أإآٱٲٳ", "ا"), **dict.fromkeys("ىیې", "ي"), **dict.fromkeys("ةۀھہە", "ه"), "ک": "ك", "گ": "ك"}
    | {"پ": "ب", "چ": "ج", "ڤ": "ف", "ڨ": "ق", "٫": ".", "٬": ","}
)


class _FoldTable(dict[int, str]):
    """Maps a code point to what it folds to; filled as characters are met. Context-free, so offsets map exactly."""

    def __missing__(self, code: int) -> str:
        kept = []
        form = unicodedata.normalize("NFKC", chr(code)).lower()
        for char in form.lstrip() or form:  # a mark written alone (ﹾ) has a blank before it
            if char == TATWEEL or unicodedata.category(char) in ("Mn", "Me", "Cf"):
                continue  # diacritics, tatweel, bidi controls, zero-width joiners
            digit = unicodedata.decimal(char, None)
            kept.append(char.translate(_SAME_LETTER) if digit is None else str(digit))
        self[code] = folded = "".join(kept)
        return folded


_FOLD = _FoldTable()
# What changes most in Arabic text, and runs of whatever else may change: together five times as fast as `translate`.
_COMMON = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ة", "ه"), ("ى", "ي"))
_KEPT = "".join(chr(code) for code in (*range(0x80), *range(0x600, 0x700)) if _FOLD[code] == chr(code))
_CHANGED = re.compile(f"[^{re.escape(_KEPT)}]+")
_BETWEEN_DIGITS = re.compile(rf"(?<=\d)(\s*){TATWEEL}({TATWEEL}*\s*)(?=\d)")


def _with_dashes(text: str) -> str:
    """The text, of one length, with a dash where a tatweel stands for it: 10ـ12 is no 1012."""
    return _BETWEEN_DIGITS.sub(r"\1-\2", text) if TATWEEL in text else text


def fold(text: str) -> str:
    """The text as it is matched: no diacritics or tatweel, one form per letter, ASCII digits, lower case."""
    text = _with_dashes(text)
    for letter, kept in _COMMON:
        text = text.replace(letter, kept)
    return _CHANGED.sub(lambda run: run.group().translate(_FOLD), text)


def is_arabic(text: str) -> bool:
    """Whether at least half of the text's letters are Arabic; so too for a text without letters: Arabic comes first."""
    letters = [char for char in fold(text) if char.isalpha()]  # presentation forms too
    return 2 * sum("\u0600" <= char <= "\u06ff" for char in letters) >= len(letters)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text that remembers where each of its characters came from."""

    text: str
    starts: tuple[int, ...]
    """For each folded character the offset of its original; one more entry, the original's length, ends it."""

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, original: str) -> "FoldedText":
        """Fold `original` and keep the offsets; the last ones are remembered, for a sentence is asked many things."""
        pieces, starts = [], []
        for offset, char in enumerate(_with_dashes(original)):
            piece = _FOLD[ord(char)]
            pieces.append(piece)
            starts.extend([offset] * len(piece))
        return cls("".join(pieces), (*starts, len(original)))

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original for folded[start:end], with the diacritics that follow its last letter."""
        if start >= end:
            return self.starts[start], self.starts[start]
        after = bisect_right(self.starts, self.starts[end - 1], lo=end - 1)
        return self.starts[start], self.starts[min(after, len(self.starts) - 1)]


# ---------------------------------------------------------------- words, stems, terms

_WORD = re.compile(r"[ء-يa-z]+[^\W\d_]*|\d+(?:[.,]\d+)*|[^\W\d_]+")  # the first part only makes the last one faster
_DIGITS_END = ":"  # what sorts before it begins with a digit
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def _plain_number(digits: str) -> str:
    """12,000 and 12000 are one word; a lone comma is the Maghreb's decimal sign."""
    return digits.replace(",", "") if _GROUPED.fullmatch(digits) else digits.replace(",", ".")


def words(text: str) -> list[str]:
    """The folded words of a text in order, numbers in one plain form; lone letters are dropped, lone digits kept."""
    return folded_words(fold(text))


def folded_words(folded: str) -> list[str]:
    """The same of a text that is folded already."""
    found = _WORD.findall(folded)
    return [word if word > _DIGITS_END else _plain_number(word) for word in found if len(word) > 1 or word.isdigit()]


@lru_cache(maxsize=2048)
def passage_words(text: str) -> tuple[str, ...]:
    """The same, remembered for as long as a batch takes: the encoder and the term index read the same passages."""
    return tuple(words(text))


def word_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """(folded word, start, end) with offsets into the original text."""
    folded = FoldedText.of(text)
    for match in _WORD.finditer(folded.text):
        word = match.group()
        if word[0].isdigit() or len(word) > 1:
            yield (_plain_number(word) if word[0].isdigit() else word, *folded.original_span(*match.span()))


_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """Light10 stem of a folded word.

    L. Larkey, L. Ballesteros, M. Connell: Light Stemming for Arabic Information Retrieval (2007). A leading و goes if
    three letters stay; then one article if two stay; then each suffix of the list in turn while two stay. (The
    published list has both ية and ة; folding has made them يه and ه.)
    """
    if not "ء" <= word[0] <= "ي":
        return word
    if word[0] == "و" and len(word) > 3:
        word = word[1:]
    for article in _ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + 2:
            word = word[len(article) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + 2:
            word = word[: -len(suffix)]
    return word


_TENSES = ("سي", "ست", "سن", "ي", "ت", "ن")
_VERB_ENDINGS = ("وا", "نا", "ت")


@lru_cache(maxsize=1 << 18)
def lexeme(word: str) -> str:
    """The light10 stem without the marks of a verb's tense and person: زودت، يزود، سيزودون are one.

    It conflates more than a stem (تقدم is قدم), so it serves only to look up what says the same.
    """
    bare = stem(word)
    if not "ء" <= bare[0] <= "ي":
        return bare
    for ending in _VERB_ENDINGS:
        if bare.endswith(ending) and len(bare) >= len(ending) + 3:
            bare = bare[: -len(ending)]
            break
    for prefix in _TENSES:
        if bare.startswith(prefix) and len(bare) >= len(prefix) + 3:
            return bare[len(prefix) :]
    return bare


STEM_MARK = "="
"""Stands before a stem in a term, so that stems and 4-grams never meet."""


def word_terms(word: str) -> tuple[str, ...]:
    """The index terms of one folded word: the 4-grams of `_word_` (the whole where shorter) and its stem."""
    marked = f"_{word}_"
    grams = [marked[i : i + 4] for i in range(len(marked) - 3)] or [marked]
    return (*grams, STEM_MARK + stem(word))


T = TypeVar("T")
MOST_WORDS_REMEMBERED = 300_000


class Remembered(dict[str, T]):
    """What a function makes of a word, remembered, since words repeat: looked up twice as fast as in an lru_cache."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> T:
        if len(self) >= MOST_WORDS_REMEMBERED:
            self.clear()
        self[word] = made = self._make(word)
        return made


_joined = Remembered(lambda word: " ".join(word_terms(word)))


def joined_terms(text: str) -> str:
    """All index terms of a text, separated by blanks: what the term index reads."""
    return " ".join([_joined[word] for word in passage_words(text)])


# ---------------------------------------------------------------- sentences

_STOP = re.compile(r"[.!?؟…]+[\"'»”’)\]]*")
_LAST_TOKEN = re.compile(r"[^\s«»“”\"'()\[\]]*\Z")
_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof st gen sen col u.s u.k vs no inc ltd etc هاتف تحويله
    """.split()
)
# A full stop before one of these is a slip of the keyboard: no sentence begins with them.
_NEVER_FIRST = re.compile(r"\s+(?:[،,;؛:]|(?:حيث|بما في|مما)\s)")
_QUOTES = {"«": "»", "“": "”", '"': '"'}
_OPENING = re.compile(f"[{''.join(_QUOTES)}]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_NEARBY = 40  # characters around a stop that decide whether it ends a sentence; a long line is not copied for each
_LONGEST_QUOTATION = 400  # characters; a quotation mark open for longer was never closed


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, blanks trimmed, in order.

    Sentences end at ؟ ! . … (with the quotation marks and brackets that close after them) and at line ends. The Arabic
    comma, abbreviations (أ.ف.ب، د. أحمد), decimals, and stops inside a quotation end none.
    """
    spans = []
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in [*_ends(line.group(), line.start()), line.end()]:
            span = _trimmed(text, start, end)
            if span:
                spans.append(span)
            start = end
    return spans


def _ends(line: str, offset: int) -> Iterator[int]:
    closed_at = -1  # where the last quotation seen closes
    opened = deque(_quotations(line))
    for match in _STOP.finditer(line):
        while opened and opened[0][0] < match.start():
            closed_at = max(closed_at, opened.popleft()[1])
        if match.end() <= closed_at or not _ends_sentence(line, match):
            continue
        yield offset + match.end()


def _quotations(line: str) -> list[tuple[int, int]]:
    """(open, close) of the quotations of a line; one that stays open, or too long, is none."""
    found, at = [], 0
    while mark := _OPENING.search(line, at):
        at = mark.start()
        close = line.find(_QUOTES[mark.group()], at + 1, at + _LONGEST_QUOTATION)
        if close != -1:
            found.append((at, close))
            at = close
        at += 1
    return found


def _ends_sentence(line: str, stop: re.Match[str]) -> bool:
    before, after = line[max(0, stop.start() - _NEARBY) : stop.start()], line[stop.end() : stop.end() + _NEARBY]
    if not after.strip() and not line[stop.end() :].strip():
        return True
    if stop.group()[0] in "!?؟":
        return True
    token = (_LAST_TOKEN.search(before) or stop).group()
    if not after[0].isspace():  # «انتهى.وقال»: a missing blank, but not «أ.ف.ب», «3.5» or an address
        letters = re.match(r"[ء-ي]+", after)
        return bool(letters and len(letters.group()) > 2 and re.search(r"(?:[ء-ي]{3}|\d)\Z", token))
    if before[-1:].isspace() or token[-1:] in ("،", ",", "؛", ";") or _NEVER_FIRST.match(after):
        return False
    last = token.rsplit(".", 1)[-1]
    return not (len(last) == 1 and last.isalpha()) and token.lower() not in _ABBREVIATIONS


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without blanks at its ends; None where it holds no letter or digit."""
    piece = text[start:end]
    if not _LETTER_OR_DIGIT.search(piece):
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
