"""Questions that ask two things («كم …، وكم …؟», «متى وأين …؟», «كم …، بحسب أ وبحسب ب؟»), told apart by their form."""

import re

from assistant.question.follow_up import understood
from assistant.types import Turn
from index.text.arabic import fold, words
from index.text.stopwords import is_content

MOST_PARTS = 3
_WORD = r"(?:كم|متى|أين|اين|لماذا|كيف|ماذا|هل|بكم|بماذا|بم|علام|لمن|من أين|منذ متى)"
_WHICH = r"(?:[بل]?أي|[بل]?اي|(?:في|على|إلى|الى|من|عن) (?:أي|اي|كم)|ما|من)"
_ASK = rf"(?:{_WORD}|{_WHICH})"
_BEGINS = re.compile(rf"{_ASK}\s")
# «ما» and «من» are other words too («وما زال», «من تونس ومن ليبيا»): only behind a comma, «من» with its pronoun.
_SECOND = re.compile(
    rf"(?:\s*[،,؛;]\s*|\s+)و(?={_WORD}\s)|\s*[،,؛;]\s*و(?=(?:[بل]?أي|(?:في|على|إلى|من|عن) (?:أي|كم)|ما)\s)|"
    r"\s*[،,؛;]\s*و(?=من\s(?:هو|هي|الذي|التي)\s)"
)
_BOTH = re.compile(rf"(?P<first>{_WORD}) و(?P<second>{_WORD})\s+(?P<rest>.+)")
_ENGLISH = r"(?:how many|how much|how long|how|when|where|why|who|what|which)"
_ENGLISH_SECOND = re.compile(rf",?\s+and\s+(?=(?:in |at |by |for |on )?{_ENGLISH}\b)", re.IGNORECASE)
_ENGLISH_BOTH = re.compile(rf"(?P<first>{_ENGLISH}) and (?P<second>{_ENGLISH})\s+(?P<rest>.+)", re.IGNORECASE)
_SOURCES = re.compile(
    r"^(?P<what>.+?)[،,]?\s+(?P<by>بحسب|حسب|وفق|عند|لدى|في رواية)\s+(?P<a>.+?)\s+و(?P=by)\s+(?P<b>.+)$"
)
_EACH = re.compile(r"كل من (?P<names>\w+(?: و\w+){1,2})(?=[\s،؟]|$)")
_MARKS = " ؟?.!،,"
_LEAST = 2
"""Content words of a part that can be asked by itself."""


def parts_of(question: str) -> list[tuple[str, ...]]:
    """The questions in one question, each with the ways in which it can be understood; empty where it asks one thing.

    A second part may lean on the first («وكم بلغ في 22 منه؟»): then it comes as it stands and as it is completed.
    """
    plain = " ".join(question.split()).strip(_MARKS)
    found = _each(plain) or _by_source(plain) or _both(plain) or _in_a_row(plain)
    return found if len(found) <= MOST_PARTS else []


def _each(plain: str) -> list[tuple[str, ...]]:
    each = _EACH.search(plain)
    if not each or not _BEGINS.match(plain):
        return []
    names = re.split(r" و", each["names"])
    return [(f"{plain[: each.start()]}{name}{plain[each.end() :]}؟",) for name in names]


def _by_source(plain: str) -> list[tuple[str, ...]]:
    found = _SOURCES.match(plain)
    if not found or not _BEGINS.match(plain):
        return []
    return [(f"{found['what']} {found['by']} {found[name]}؟",) for name in ("a", "b")]


def _both(plain: str) -> list[tuple[str, ...]]:
    found = _BOTH.match(plain) or _ENGLISH_BOTH.match(plain)
    if not found:
        return []
    mark = "؟" if found.re is _BOTH else "?"
    return [(f"{found[name]} {found['rest']}{mark}",) for name in ("first", "second")]


def _in_a_row(plain: str) -> list[tuple[str, ...]]:
    arabic = bool(_BEGINS.match(plain))
    pieces = [piece.strip(_MARKS) for piece in (_SECOND if arabic else _ENGLISH_SECOND).split(plain)]
    if len(pieces) == 1 or _content(pieces[0]) < _LEAST or not all(map(_content, pieces)):
        return []
    mark = "؟" if arabic else "?"
    first, *others = (f"{piece}{mark}" for piece in pieces)
    before = Turn(first)
    return [(first,), *((other, *filter(None, [_completed(other, arabic, before)])) for other in others)]


def _completed(part: str, arabic: bool, before: Turn) -> str | None:
    return understood(f"و{part}" if arabic else f"and {part}", before)


def _content(part: str) -> int:
    return sum(map(is_content, words(fold(part))))
