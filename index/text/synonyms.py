"""Words that say the same in news and reference texts: a table written for the project, matched by lexeme."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from index.text.arabic import fold, folded_words, lexeme, stem
from index.text.stopwords import is_content

LONGEST_PHRASE = 4
"""Words in the longest wording that is looked for in a text."""

Lexemes = tuple[str, ...]


class Span(NamedTuple):
    """Words of a text that the table can say otherwise."""

    start: int
    length: int
    groups: tuple[int, ...]
    """Numbers of the groups that hold the wording; more than one where it has several senses."""


@cache
def groups() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Each group's wordings, as folded words."""
    table = fold(resources.files("index.text").joinpath("synonyms.txt").read_text(encoding="utf-8"))
    return tuple(tuple(tuple(folded_words(wording)) for wording in line.split("|")) for line in table.splitlines())


@cache
def _numbers(form: Callable[[str], str]) -> dict[Lexemes, tuple[int, ...]]:
    """The groups that hold each wording, by the stems or the lexemes of its words."""
    found: dict[Lexemes, dict[int, None]] = {}
    for number, group in enumerate(groups()):
        for wording in group:
            if len(wording) <= LONGEST_PHRASE:
                found.setdefault(tuple(map(form, wording)), {})[number] = None
    return {key: tuple(numbers) for key, numbers in found.items()}


def _groups_of(wording: Sequence[str]) -> tuple[int, ...]:
    """Those that hold a wording by its stems; where none does, by its lexemes (ناتو is not ستاتو, زودت is زود)."""
    exact = _numbers(stem).get(tuple(map(stem, wording)))
    return exact or _numbers(lexeme).get(tuple(map(lexeme, wording)), ())


@cache
def _lexemes(group: int) -> frozenset[Lexemes]:
    """The wordings of a group by the lexemes of their content words."""
    return frozenset(filter(None, (tuple(map(lexeme, filter(is_content, wording))) for wording in groups()[group])))


def spans(text: Sequence[str]) -> Iterator[Span]:
    """What the table can say otherwise of a text of folded words, longest first, without overlaps."""
    at = 0
    while at < len(text):
        for length in range(min(LONGEST_PHRASE, len(text) - at), 0, -1):
            found = _groups_of(text[at : at + length])
            if found and (length > 1 or is_content(text[at])):
                yield Span(at, length, found)
                at += length - 1
                break
        at += 1


def other_stems(text: Sequence[str]) -> dict[str, float]:
    """The stems of what says the same as parts of a text of folded words, each weighing its share of a wording."""
    own, found = set(map(stem, text)), dict[str, float]()
    for span in spans(text):
        for wording in (wording for number in span.groups for wording in groups()[number]):
            content = [stem(word) for word in wording if is_content(word)]
            for other in content:
                if other not in own:
                    found[other] = max(found.get(other, 0.0), 1 / len(content))
    return found


def other_wordings(text: Sequence[str]) -> list[frozenset[Lexemes]]:
    """For each folded word of a text, what says the same as it, or as the longest phrase around it."""
    found: list[frozenset[Lexemes]] = [frozenset()] * len(text)
    for start, length, numbers in spans(text):
        others = frozenset().union(*map(_lexemes, numbers))
        found[start : start + length] = [others] * length
    return found
