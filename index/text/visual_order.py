"""Arabic stored as it is drawn, from left to right: told by its words, and turned into the order of reading."""

import re
import unicodedata

_ARABIC = re.compile("[\u0621-\u064a\ufb50-\ufdff\ufe70-\ufefc]")
_WORD = re.compile("[\u0621-\u064a]{3,}")
_SAMPLE = 4000
"""Characters that tell the order of a text."""
_FEWEST_SIGNS, _MAJORITY = 3, 4
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_LATIN, _INDIC = "A-Za-z\u00c0-\u024f", "\u0660-\u0669\u06f0-\u06f9"
_LATIN_WORD = rf"[{_LATIN}\d](?:[{_LATIN}\d@.,:/&'’_+-]*[{_LATIN}\d])?"
# What runs from left to right inside an Arabic line: figures (a hyphen joins no Arabic digits), Latin words.
_LEFT_TO_RIGHT = re.compile(
    rf"[{_INDIC}]+(?:[.,:/٫٬][{_INDIC}]+)*|(?a:[$€£]?{_LATIN_WORD}%?(?:(?<=[{_LATIN}]) {_LATIN_WORD})*)"
)
_MARKS = "[\u064b-\u065f\u0670]+"
_MARK_FIRST, _MARK_AND_LETTER = re.compile(rf"(?:^|\s){_MARKS}"), re.compile(rf"({_MARKS})(\S)")


def is_visual(text: str) -> bool:
    """Whether a text's Arabic words are spelled backwards.

    No word begins with ة or ى, and many begin with ال: where far more words begin with ة or ى or end with لا than end
    or begin so, the letters stand in the order of drawing.
    """
    backward = forward = 0
    for word in _WORD.findall(unicodedata.normalize("NFKC", text[:_SAMPLE])):
        backward += (word[0] in "ةى") + word.endswith("لا")
        forward += (word[-1] in "ةى") + word.startswith("ال")
    return backward >= _FEWEST_SIGNS and backward >= _MAJORITY * forward


def turned(text: str) -> str:
    """The text in the order of reading, line by line, where `is_visual` holds; else as it is."""
    return "\n".join(map(read_line, text.split("\n"))) if is_visual(text) else text


def read_line(line: str) -> str:
    """A line of drawn characters, leftmost first, in the order of reading; one without Arabic letters as it is."""
    if not _ARABIC.search(line):
        return line
    pieces, at = [], 0
    for run in _LEFT_TO_RIGHT.finditer(line):
        pieces += [_reversed(line[at : run.start()]), run.group()]
        at = run.end()
    read = "".join(reversed([*pieces, _reversed(line[at:])]))
    return _MARK_AND_LETTER.sub(r"\2\1", read) if _MARK_FIRST.search(read) else read


def _reversed(piece: str) -> str:
    return piece[::-1].translate(_MIRRORED)
