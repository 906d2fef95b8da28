"""What stands in a marker, whatever its dress: the numbers of passages, with or without a label, a page, a title."""

import re
import unicodedata
from dataclasses import dataclass

LABEL = (
    r"(?:(?:ال)?(?:مصدر(?:ان|ين)?|مصادر|مقطع(?:ان|ين)?|مقاطع|مقال[ةه]?|مقالات|فقر[ةه]|فقرات|مرجع|مراجع|وثيق[ةه]|مستند|نص)"
    r"|رقم|انظر|sources?|passages?|articles?|doc(?:ument)?s?|cit(?:e|ation)s?|ref(?:erence)?s?|id|context|chunk|snippet"
    r"|paragraph|number|no|see|[sdp](?=\d))(?![^\W\d_])"
)
"""What a source is called in a marker."""
_TOKEN = re.compile(
    rf"(?P<label>{LABEL})|(?P<number>\d{{1,9}})|(?P<range>[-–—~]|(?:إلى|to)(?![^\W\d_]))"
    r"|(?P<joint>[,،;؛/&+|]|(?:و|أو|and|or)(?![^\W\d_]))|(?P<colon>[:.])|(?P<blank>[\s_#=^№]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_BARE = re.compile(r"\s*\d{1,2}(?:\s?[,،;؛&و]\s?\d{1,2}){0,9}\s*")


@dataclass(slots=True)
class _Read:
    """What was read of a marker."""

    ranges: list[tuple[int, int]]
    labelled: bool = False
    words: bool = False
    """Whether words follow the numbers."""


def is_marker(content: str) -> bool:
    """Whether these words in brackets could be a marker."""
    return _read(content) is not None


def is_labelled(content: str) -> bool:
    """Whether it is one that says so itself, «المصدر 1»."""
    read = _read(content)
    return read is not None and read.labelled


def is_bare(content: str) -> bool:
    """Whether it is nothing but one number or several, none of which could be a score, a fraction or a time."""
    return bool(_BARE.fullmatch(unicodedata.normalize("NFKC", content)))


def numbers_in(content: str, passages: int) -> list[int] | None:
    """The numbers in a marker that name a passage: "1، 3-5" of four passages are 1, 3, 4. None for what is no marker.

    Words may follow only a number that names a passage: what they belong to otherwise, nobody knows.
    """
    read = _read(content)
    if read is None:
        return None
    found = [n for first, last in read.ranges for n in range(max(first, 1), min(last, passages) + 1)]
    return None if read.words and not found else found


def _read(content: str) -> _Read | None:
    read, before = _Read([]), ""
    for token in _TOKEN.finditer(unicodedata.normalize("NFKC", content)):
        kind = str(token.lastgroup)
        if kind == "number":
            number = int(token[0])
            if before == "range" and read.ranges:
                read.ranges[-1] = (read.ranges[-1][0], number)
            elif before == "point":
                return None
            elif before != "colon" or not read.ranges:
                read.ranges.append((number, number))
            elif len(token[0]) > 1:  # "4:0" is piece 0 of source 4, and "10:30" a time
                return None
        elif kind == "label" and not read.ranges:
            read.labelled = True
        elif kind == "other" or (kind == "label" and before not in ("joint", "range")):
            if not read.ranges:
                return None
            read.words = token[0] != "†"
            return read if token[0] == "†" or before in ("joint", "range", "colon", "point") else None
        if kind != "blank":
            before = "point" if token[0] == "." and before == "number" else kind
    return read if read.ranges else None
