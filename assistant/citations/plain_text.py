"""A draft's words as plain text: no markdown, HTML, link, or control character that could pass for more than words."""

import re
import unicodedata
from functools import lru_cache

from assistant.citations.numbers import is_marker
from index.text.lookalikes import Rewriting, seen, squared

_TURN = re.compile(r"<\|[^<>]*\|>|\[/?(?:inst|sys|system|user|assistant)\]:?", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
# A marker in a tag of its own, <sup>1</sup> or <cite id="1"/>, and one in brackets twice, as [[1]](#1) begins.
_TAGGED = re.compile(r"<(sup|cite|citation|ref|source|a)\b[^<>]{0,200}>([^<>\[\]\n]{1,60})</\1\s*>", re.IGNORECASE)
_TAG_ALONE = re.compile(r"<(?:cite|citation|ref|source|doc)\b[^<>\d]{0,30}(\d{1,3})[^<>\d]{0,5}/?>", re.IGNORECASE)
_TWICE = re.compile(r"\[\s?(\[[^\[\]\n]{1,60}\])\s?\]")
_BAR = re.compile(r"(?<=\d)\s?\|\s?(?=\d{1,3}[^\[\]\n]{0,40}\])")  # between two numbers of a marker
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
    text = _TAGGED.sub(lambda m: f"[{m[2]}]" if is_marker(m[2]) else m[0], _TURN.sub("\n", _plainly(draft)))
    text = _BAR.sub("، ", _TWICE.sub(r"\1", _TAG.sub("", _TAG_ALONE.sub(r"[\1]", text))))
    text = _LINK.sub(lambda m: f"[{m[1]}]" if is_marker(m[1]) else m[1], _DEFINITION.sub("", text))
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


# ---------------------------------------------------------------- blanks and brackets

_EMPTY_BRACKETS = re.compile(r"\( *\)|\[ *\]")
BLANK_BEFORE = re.compile(r" +(?=[.,،؛:!?؟…»”)\]])")
"""Blanks before punctuation."""
_LEADING = " \t،,:؛;.-–—•)]}"


def tidy(text: str) -> str:
    """One blank between words, none before punctuation, no brackets left empty, no punctuation in front."""
    text = _EMPTY_BRACKETS.sub("", " ".join(text.split()))
    return BLANK_BEFORE.sub("", " ".join(text.split())).lstrip(_LEADING).strip()
