"""What characters look like: which show nothing, which steer what a screen shows, which pass for square brackets.

Articles and models are not trusted, and Unicode has many characters for one shape. A reader, and a language model too,
goes by the shape.
"""

import re
import unicodedata
from collections.abc import Callable

_UNSEEN = ("Cc", "Cf", "Cs", "Co")  # controls, format characters, lone surrogates (no file can hold them), private use
# Shown as nothing or as a blank, though Unicode has them among letters, marks and symbols: the grapheme joiner, Hangul
# and Khmer fillers, variation selectors, the empty Braille cell, specials, tags.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffc\U000e0000-\U000e0fff]"
)
_BREAKS = ("Zl", "Zp")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # bidi embeddings, overrides and isolates
_ROUND = frozenset("(){}„‚﴾﴿⦅⦆❨❩❪❫❴❵⸨⸩⟮⟯")  # of the brackets and opening marks, those that look like no square ones
_CORNERS = dict.fromkeys("⎡⎢⎣⌜⌞", "[") | dict.fromkeys("⎤⎥⎦⌝⌟", "]")


class Rewriting:
    """Rewrites a text character by character; `becomes` is asked once about each, ordinary runs are passed over."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        ordinary = "".join(c for c in map(chr, (*range(0x80), *range(0x600, 0x700))) if becomes(c) == c)
        self._others = re.compile(f"[^{re.escape(ordinary)}]+")
        self._table = _Table(becomes)

    def __call__(self, text: str) -> str:
        """The text rewritten."""
        return self._others.sub(lambda run: run[0].translate(self._table), text)


class _Table(dict[int, str]):
    """For str.translate; filled as characters are met."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        super().__init__()
        self._becomes = becomes

    def __missing__(self, code: int) -> str:
        self[code] = made = self._becomes(chr(code))
        return made


def seen(char: str) -> str:
    """The character itself, "" for one that shows nothing, a line end for one that breaks lines."""
    category = unicodedata.category(char)
    if category in _BREAKS:
        return "\n"
    return "" if char not in "\n\t" and (category in _UNSEEN or _BLANK.match(char)) else char


def squared(char: str) -> str:
    """[ or ] for a bracket of any shape but the round and curly ones; the character itself for all else."""
    kind = unicodedata.category(char)
    if kind not in ("Ps", "Pe") or not _ROUND.isdisjoint((char, unicodedata.normalize("NFKC", char))):
        return _CORNERS.get(char, char)
    return "[" if kind == "Ps" else "]"


def _steady(char: str) -> str:
    """As `seen`, but of what shows nothing only the controls that reorder or recolour what stands around them go."""
    return seen(char) if unicodedata.category(char) in ("Cc", *_BREAKS) or _TURNING.match(char) else char


steadied = Rewriting(_steady)
"""The text without the controls that could drive or mislead a screen; all that is to be read stays."""
rounded = Rewriting(lambda char: {"[": "(", "]": ")"}.get(squared(char), char))
"""The text with round brackets for whatever could pass for square ones; offsets stay."""

_square = Rewriting(squared)
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


def unmarked(text: str) -> str:
    """The text; if a bracket holds a number, as «[2]» does, which could pass for our marker, all round."""
    inside = "".join(_BRACKETED.findall(_square(text)))
    return rounded(text) if any(map(str.isnumeric, inside)) else text


_LATIN_AND_OTHERS = re.compile("[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]")


def mixes_scripts(text: str) -> bool:
    """Whether a word mixes Latin letters with Greek or Cyrillic ones, which look like them: no newsroom writes so."""
    return bool(_LATIN_AND_OTHERS.search(text))
