"""What reading changes in any text: line ends of one kind, no controls, nothing escaped twice, no hard wraps."""

import re

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]+")  # all but tab and line end; a byte order mark inside
_THIN_BLANK = "\u200b"
_ESCAPED_LINE_END = re.compile(r"(?:\\r)?\\n(?![a-z])")  # not the \n of a path like C:\news
_WIDTHS = range(40, 132)
"""Characters of a line that mail programs and terminals wrap at."""
_FEWEST_BREAKS, _WRAPPED_SHARE = 3, 0.8
"""In a hard-wrapped text so many line ends at least, and such a share of them, stand where a word no longer fits."""
_STOPS = tuple(".!?؟:…»”\"'")
_BEGINS_A_LINE = re.compile(r"\s|[-*•–—|#>]|\d+[.)-]\s|\Z")


def clean(text: str) -> str:
    """Line ends of every kind as \\n; NUL and controls (other than tab) gone; blanks without width as blanks."""
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return "\n".join(map(_parted, text.split("\n"))) if _THIN_BLANK in text else text


def _parted(line: str) -> str:
    """The line with blanks for those without width, where these part its words; a few inside words part nothing."""
    return line.replace(_THIN_BLANK, " ") if line.count(_THIN_BLANK) > line.count(" ") else line


def control_share(text: str) -> float:
    """Which share of a text are control characters, in [0, 1]: a text file has none."""
    return sum(map(len, _CONTROLS.findall(text))) / max(1, len(text))


def unescaped(text: str) -> str:
    """Line ends and quotation marks that a program wrote as \\n and \\" into the text itself."""
    if not _ESCAPED_LINE_END.search(text):
        return text
    return _ESCAPED_LINE_END.sub("\n", text).replace('\\"', '"')


def unwrapped(text: str) -> str:
    """The text with each paragraph's lines joined, if most end where the next word did not fit, and without a stop.

    A line end after which the next word would have fitted was meant, and stays; so does one before a list's item.
    """
    lines = text.split("\n")
    inner = [n for n in range(len(lines) - 1) if lines[n].strip() and not _BEGINS_A_LINE.match(lines[n + 1])]
    width = max((len(line.rstrip()) for line in lines), default=0)
    if width not in _WIDTHS or len(inner) < _FEWEST_BREAKS:
        return text
    full = {n for n in inner if _is_full(lines[n], lines[n + 1], width)}
    stopped = sum(lines[n].rstrip().endswith(_STOPS) for n in full)
    if len(full) < max(_FEWEST_BREAKS, _WRAPPED_SHARE * len(inner)) or 2 * stopped > len(full):
        return text
    joined = lines[0]
    for n, line in enumerate(lines[1:]):
        joined = f"{joined.rstrip()} {line}" if n in full else f"{joined}\n{line}"
    return joined


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width
