"""Questions as they are typed in the dialects, in the words of newsrooms: by a table, no grammar is attempted."""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from index.text.arabic import fold

LONGEST_PHRASE = 2
"""Words in the longest spoken phrase of the table."""
_WORD = re.compile(r"[\w\u064b-\u0652]+")
_THIS, _ON = re.compile(r"(?<!\w)هال(?=\w{3,})"), re.compile(r"(?<!\w)عال(?![مي])(?=\w{3,})")
"""«هالخبر» is هذا الخبر, «عالحدود» is على الحدود; «عالم» and «عاليا» are words."""


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Folded spoken words → what is written for them, empty for what only binds words.

    First those that tell a dialect by themselves, then all: the rest, such as «صار», newsrooms write too.
    """
    text = (resources.files("index.wordings") / "dialects.txt").read_text(encoding="utf-8")
    telling, more = map(_read, text.split("\n\n"))
    return telling, telling | more


def _read(lines: str) -> dict[str, str]:
    rows = (line.split("|") for line in lines.splitlines())
    return {" ".join(fold(spoken).split()): row[0].strip() for row in rows for spoken in row[1:]}


def spoken_words() -> Iterable[tuple[str, str]]:
    """Every folded spoken word or phrase with what is written for it."""
    return _tables()[1].items()


def in_standard(question: str) -> str:
    """The question with the words of the dialects as newsrooms write them; as it is where none tells a dialect."""
    telling, table = _tables()
    if not any(word in telling or _bare(word) in telling for word in map(fold, _WORD.findall(question))):
        return question
    text = _ON.sub("على ال", _THIS.sub("هذا ال", question))
    found = [*_WORD.finditer(text)]
    said = [fold(word.group()) for word in found]
    parts, at, end = list[str](), 0, 0
    while at < len(found):
        for length in range(min(LONGEST_PHRASE, len(found) - at), 0, -1):
            spoken = " ".join(said[at : at + length])
            if (bare := spoken if spoken in table else _bare(spoken)) in table:
                lead = "و" if bare != spoken else ""
                parts += [text[end : found[at].start()], lead + table[bare]]
                end = found[at + length - 1].end()
                break
        at += length
    return " ".join("".join([*parts, text[end:]]).split())


def _bare(word: str) -> str:
    """A word without the «و» that it may begin with («وليش»), where the rest is long enough to be one."""
    rest = word.removeprefix("و")
    return rest if len(rest) >= _SHORTEST else word


_SHORTEST = 2
"""Letters of a word behind «و»: «وش» and «وين» begin with theirs."""
