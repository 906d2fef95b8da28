"""The lines of a page in the order of reading: columns, rows of tables, paragraphs. In points; y grows upwards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_WIDE = 0.6
"""Of the page's text width; a line that is wider spans the columns."""
_GUTTER = 0.8
"""Of a line's height; the blank between columns is at least so wide."""
_FEWEST_LINES, _FEWEST_LETTERS, _FILLED = 3, 15, 0.6
"""A column has so many lines, of so many letters, and they fill it; the cells of a table do not."""
_SAME_PARAGRAPH = 1.4
"""Of the usual distance of lines; what is further below begins a paragraph."""
_SAME_SIZE = 0.15


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text on one base line, and where it stands."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    from_right: bool
    """Whether it is read from right to left."""

    @property
    def height(self) -> float:
        """In points."""
        return max(self.y1 - self.y0, 0.1)


def page_text(lines: Sequence[Line]) -> str:
    """The text of a page: a line a paragraph or a row of a table."""
    return "\n".join(paragraph for column in _columns(list(lines)) for paragraph in _paragraphs(_rows(column)))


def _columns(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of lines that are read from top to bottom: what spans the page, and between that the columns in turn."""
    if not lines:
        return
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    across: list[Line] = []
    beside: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.y1):
        wide = line.x1 - line.x0 > _WIDE * width
        if wide and len(split := _split(beside)) > 1:
            yield across
            yield from split
            across, beside = [], []
        elif wide:
            across += beside
            beside = []
        (across if wide else beside).append(line)
    split = _split(beside)
    if len(split) > 1:
        yield across
        yield from split
    else:
        yield across + beside


def _split(lines: list[Line]) -> list[list[Line]]:
    """Columns parted by a blank from top to bottom, the one that is read first first; one where there is none."""
    columns: list[list[Line]] = []
    right_edge = 0.0
    for line in sorted(lines, key=lambda line: line.x0):
        if columns and line.x0 - right_edge < _GUTTER * line.height:
            columns[-1].append(line)
            right_edge = max(right_edge, line.x1)
        else:
            columns.append([line])
            right_edge = line.x1
    if not all(map(_is_column, columns)):
        return [lines]
    return columns[::-1] if _from_right(lines) else columns


def _is_column(lines: list[Line]) -> bool:
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    filled = median(line.x1 - line.x0 for line in lines) > _FILLED * width
    return filled and len(lines) >= _FEWEST_LINES and median(len(line.text) for line in lines) >= _FEWEST_LETTERS


def _rows(lines: list[Line]) -> list[Line]:
    """Lines from top to bottom, pieces on one base line together, parted by « | »."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -(line.y0 + line.y1)):
        last = rows[-1][0] if rows else None
        if last and abs((last.y0 + last.y1) - (line.y0 + line.y1)) < min(last.height, line.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(row) for row in rows]


def _joined(row: list[Line]) -> Line:
    from_right = _from_right(row)
    ordered = sorted(row, key=lambda line: -line.x1 if from_right else line.x0)
    left, below = min(line.x0 for line in row), min(line.y0 for line in row)
    right, above = max(line.x1 for line in row), max(line.y1 for line in row)
    return Line(" | ".join(line.text for line in ordered), left, below, right, above, from_right)


def _paragraphs(lines: list[Line]) -> Iterator[str]:
    """The text of each paragraph on one line."""
    if not lines:
        return
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    pitches = [above.y0 - below.y0 for above, below in pairwise(lines)]
    usual = median(pitches) if pitches else 0.0
    paragraph = lines[0].text
    for above, below, pitch in zip(lines, lines[1:], pitches, strict=False):
        left_over = above.x0 - left if above.from_right else right - above.x1
        ends_early = left_over > _first_word_width(below)
        resized = abs(above.height - below.height) > _SAME_SIZE * above.height
        if ends_early or resized or pitch > _SAME_PARAGRAPH * usual or " | " in above.text + below.text:
            yield paragraph
            paragraph = below.text
        else:
            paragraph = f"{paragraph} {below.text}"
    yield paragraph


def _first_word_width(line: Line) -> float:
    """What the first word and the blank before it take; where so much was left over above, a paragraph ended there."""
    return (len(line.text.split(maxsplit=1)[0]) + 1) * (line.x1 - line.x0) / len(line.text)


def _from_right(lines: Sequence[Line]) -> bool:
    return 2 * sum(line.from_right for line in lines) >= len(lines)
