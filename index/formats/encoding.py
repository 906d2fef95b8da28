"""Bytes as text: by a byte order mark, as UTF-8, or in the encoding that Arabic files without one are in."""

import codecs
import re
from dataclasses import dataclass

from index.errors import InputError

UTF8 = "utf-8"
_MARKS = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD = {"cp1256": "Windows-1256", "iso8859_6": "ISO-8859-6", "cp1252": "Windows-1252"}
"""The one-byte encodings that Arabic, and Latin, files of newsrooms are in."""
_SAMPLE, _FEWEST_LETTERS = 1 << 16, 4
"""Bytes and letters that tell an encoding."""
_MOSTLY = 2
"""So many sound characters beyond ASCII for each damaged one make damaged UTF-8: in others hardly any is sound."""
_ARABIC = re.compile("[\u0621-\u064a]")
_FREQUENT = re.compile("[اليمونرتبةعدسف]")
_LATIN_ACCENTED = re.compile("[\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what must be told of how it was read."""

    text: str
    note: str | None = None
    """None for UTF-8 and for what a byte order mark names."""


def decoded(data: bytes) -> Decoded:
    """The text of a file's bytes. Raises InputError, naming the line where UTF-8 is damaged."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(name).lstrip("\ufeff"))
            except UnicodeDecodeError as error:
                raise InputError(f"begins as {name.upper()} does, but is not (byte {error.start})") from error
    if wide := _without_mark(data[:_SAMPLE]):
        return Decoded(data.decode(wide, errors="replace"), f"was read as {wide.upper()} without a byte order mark")
    try:
        text = data.decode(UTF8).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            line = data.count(b"\n", 0, error.start) + 1
            damaged = f"line {line} holds a byte that is not UTF-8 (0x{data[error.start]:02x})"
            raise InputError(f"{damaged}; the rest is UTF-8, so mend that line") from error
        return _old(data, error)
    return _unscrambled(text)


def decoded_line(line: bytes) -> str:
    """A line of a file that is UTF-8. Raises InputError."""
    try:
        return line.decode(UTF8).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 (byte {error.start} is 0x{line[error.start]:02x}); mend that line") from error


def is_utf8(sample: bytes) -> bool:
    """Whether the beginning of a file is UTF-8 as it should be, or damaged UTF-8: then it may be read line by line."""
    if any(sample.startswith(mark) for mark, _ in _MARKS) or _without_mark(sample):
        return False
    try:
        text = codecs.getincrementaldecoder(UTF8)().decode(sample)
    except UnicodeDecodeError:
        return _is_damaged_utf8(sample)
    return _unscrambled(text).note is None


def _without_mark(sample: bytes) -> str | None:
    """UTF-16 whose every other byte is the upper half of ASCII, 0x00, or of Arabic, 0x06."""
    if len(sample) < 4:
        return None
    for name, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        upper = sample[first::2]
        if (upper.count(0) + upper.count(6)) > 0.9 * len(upper):
            return name
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode(UTF8, errors="replace")
    damaged = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - damaged >= _MOSTLY * damaged


def _old(data: bytes, error: UnicodeDecodeError) -> Decoded:
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data[:_SAMPLE], cp_isolation=list(_OLD)))
    likely = [match for match in matches if match.coherence == matches[0].coherence]
    for match in sorted(likely, key=lambda match: -_frequent_share(str(match))):  # a short text tells little else
        try:
            text = data.decode(match.encoding)
        except UnicodeDecodeError:
            continue
        if sum(map(str.isalpha, text)) >= _FEWEST_LETTERS:
            return Decoded(text, f"is not UTF-8; was read as {_OLD[match.encoding]}")
    raise InputError(
        f"is not UTF-8 (byte {error.start} is 0x{data[error.start]:02x}), nor text in another encoding that is known: "
        f"UTF-16, {', '.join(_OLD.values())}"
    )


def _frequent_share(text: str) -> float:
    return len(_FREQUENT.findall(text)) / max(1, len(_ARABIC.findall(text)))


def _unscrambled(text: str) -> Decoded:
    """Arabic that some program read as Latin (Ø§Ù„, ÇáÚ) and saved so, turned back; any other text as it is."""
    letters = sum(map(str.isalpha, text[:_SAMPLE]))
    accented = len(_LATIN_ACCENTED.findall(text[:_SAMPLE]))
    if accented * 3 < letters * 2 or not accented or _ARABIC.search(text):
        return Decoded(text)
    try:
        data = b"".join(map(_latin_byte, text))
    except UnicodeEncodeError:
        return Decoded(text)
    for name in (UTF8, "cp1256"):
        try:
            back = data.decode(name)
        except UnicodeDecodeError:
            continue
        if 2 * len(_ARABIC.findall(back)) > sum(map(str.isalpha, back)):
            return Decoded(back, f"is Arabic that was saved as if it were Latin; was read as {_OLD.get(name, 'UTF-8')}")
    return Decoded(text)


def _latin_byte(char: str) -> bytes:
    """The byte that Windows-1252, or ISO-8859-1 where that has none, shows as this character."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
