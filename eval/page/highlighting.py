"""An article with what is cited and what is gold marked in it, both in one excerpt, trimmed around the marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from assistant.chat.markup import shown
from eval.page.markup import own_direction

AROUND = 140
"""Characters shown on each side of a mark, up to the end of the word."""
CLOSE = 80
"""A shorter gap between two windows is shown too."""

_BREAKS = re.compile(r"\s*\n\s*")  # a paragraph's end, shown as one new line

Kind = Literal["cited", "gold", "nearest"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of an article's text, as code-point offsets, with the label that stands before it."""

    start: int
    end: int
    kind: Kind
    label: str


LEGEND = (
    '<p class="legend">In the articles: '
    '<mark class="cited"><bdi class="tag cited">[1]</bdi> cited by the answer</mark> '
    '<mark class="gold"><bdi class="tag gold">gold 1</bdi> proves fact 1</mark> <mark class="cited gold">both</mark> '
    '<mark class="nearest"><bdi class="tag nearest">near</bdi> shown with a refusal</mark></p>\n'
)


def excerpt(text: str, marks: Sequence[Mark]) -> str:
    """The marked parts of a text with some words around each; marks may overlap. Marks outside the text are cut."""
    cut = (replace(mark, start=max(0, mark.start), end=min(len(text), mark.end)) for mark in marks)
    inside = [mark for mark in cut if mark.start < mark.end]
    shows, end = "", 0
    for start, stop in windows(text, inside):
        shows += "" if start == 0 else "<i>…</i> " if end == 0 else " <i>…</i> "
        shows += "".join(_segment(text, a, b, inside) for a, b in _segments(start, stop, inside))
        end = stop
    return f"<blockquote{own_direction(text)}>{shows}{' <i>…</i>' if end < len(text) else ''}</blockquote>"


def windows(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """The parts of the text to show, in order: each mark with its surroundings, those that nearly meet joined."""
    found: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda m: m.start):
        start, end = _word_start(text, mark.start - AROUND), _word_end(text, mark.end + AROUND)
        if found and start - found[-1][1] <= CLOSE:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _word_start(text: str, at: int) -> int:
    if at <= 0:
        return 0
    return next((i + 1 for i in range(at, 0, -1) if text[i].isspace()), 0)


def _word_end(text: str, at: int) -> int:
    return next((i for i in range(at, len(text)) if text[i].isspace()), len(text))


def _segments(start: int, end: int, marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """The window, cut wherever a mark begins or ends."""
    cuts = {at for mark in marks for at in (mark.start, mark.end) if start < at < end}
    edges = [start, *sorted(cuts), end]
    yield from pairwise(edges)


def _segment(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    here = [mark for mark in marks if mark.start <= start and end <= mark.end]
    words = shown(_BREAKS.sub("\n", text[start:end]))
    if not here:
        return words
    begun = dict.fromkeys((mark.kind, mark.label) for mark in here if mark.start == start)
    tags = "".join(f'<bdi class="tag {kind}">{shown(label)}</bdi>' for kind, label in begun)
    kinds = " ".join(dict.fromkeys(mark.kind for mark in here))
    return f'<mark class="{kinds}">{tags}{words}</mark>'
