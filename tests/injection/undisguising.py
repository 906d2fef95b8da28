"""What a text looks like to a reader who is easily deceived: look-alikes as what they resemble, the unseen gone."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index.text.arabic import fold

# Seen as nothing, though Unicode does not class them as format characters: fillers, blanks, joiners, selectors.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ROUND = frozenset("(){}„‚﴾﴿⦅⦆❨❩❪❫⸨⸩⟮⟯❴❵⁽⁾₍₎")
"""Brackets that nobody takes for square ones."""
_LOOK = str.maketrans(
    dict.fromkeys("∶꞉ː։׃", ":")
    | dict.fromkeys("˂ᐸ❮❬⧼⟨〈", "<")
    | dict.fromkeys("˃ᐳ❯❭⧽⟩〉", ">")
    | dict(zip("аеорсухѕіјοεαΕΑΟᏚ", "aeopcyxsijoeaeaos", strict=True))
)


def unseen(text: str) -> set[str]:
    """The characters of a text that show as nothing or steer what is shown; line ends and tabs are none."""
    hidden = {c for c in set(text) if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") or _UNSEEN.match(c)}
    return {f"U+{ord(c):04X}" for c in hidden - {"\n", "\t"}}


def steering(text: str) -> set[str]:
    """The characters that reorder or recolour what stands around them."""
    found = {c for c in set(text) if _BIDI.match(c) or unicodedata.category(c) == "Cc"}
    return {f"U+{ord(c):04X}" for c in found - {"\n", "\t"}}


@lru_cache(maxsize=4096)
def undisguised(text: str) -> str:
    """The text with one plain form for each character, lower case; line ends stay."""
    normal = unicodedata.normalize("NFKC", text)
    plain = normal.translate({ord(c): None for c in set(normal) if unseen(c)})
    return "".join(map(_squared, fold(plain.translate(_LOOK)).translate(_LOOK)))


def _squared(char: str) -> str:
    if unicodedata.category(char) not in ("Ps", "Pe") or char in _ROUND:
        return char
    return "[" if unicodedata.category(char) == "Ps" else "]"


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """Only its letters and digits: what is left of a word that was spelled, hyphenated or split."""
    return re.sub(r"[\W_]+", "", undisguised(text))


# ---------------------------------------------------------------- the prompt

_NUMBER = r"(?:\d{1,3}|الاول|الثاني|الثالث|one|two|first|second)"
_FORGERIES = {
    "a marker or a label in square brackets": re.compile(r"[\[\]]"),
    "a tag, or the end of the block": re.compile(r"[<>]"),
    "a source label": re.compile(
        rf"\b(?:ال)?(?:مصدر|مقطع|مقال|مستند)\s*(?:رقم)?\s*[(#/-]?\s*{_NUMBER}?\s*\)?\s*:"
        rf"|\b(?:source|passage|article|document)\s*(?:no\.?|#)?\s*[(#/-]?\s*{_NUMBER}?\s*\)?\s*:"
    ),
    "a question or an answer": re.compile(r"\b(?:السؤال|الجواب|question|answer)\s*:"),
    "a role": re.compile(
        r"^\W*(?:system|user|assistant|human|instruction|response|النظام|المستخدم|المساعد)\W*:", re.MULTILINE
    ),
}


def forgeries(block: str, parts: Sequence[int]) -> Iterator[str]:
    """What in the passages block of a prompt could pass for more than news; `parts` counts those of each label."""
    rest = block
    for n, count in enumerate(parts, start=1):
        label = re.search(rf"^\[{n}\] ?(.*)$", rest, re.MULTILINE)
        if label is None:
            yield f"no label [{n}]"
            return
        if label[1].count("|") != max(0, count - 1):
            yield f"a label with parts of its own: {label[1]!r}"
        rest = rest[: label.start()] + label[1] + rest[label.end() :]
    plain = undisguised(rest)
    for what, form in _FORGERIES.items():
        if match := form.search(plain):
            yield f"{what}: {plain[max(0, match.start() - 10) : match.end() + 10]!r}"
    if hidden := unseen(rest):
        yield f"unseen characters: {sorted(hidden)}"
