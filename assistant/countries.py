"""Countries under all that news calls them: بيونغ يانغ, كوري شمالي and كوريا الشمالية are one who acts."""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from index.arabic import stem, words

_PROCLITICS = "وفبلك"
_SHORTEST = 4
_LONGEST = 3


class Country(NamedTuple):
    """A country, by the first name that the table has for it."""

    name: str


class Mention(NamedTuple):
    """Words of a text that name a country: `text[start : start + length]`."""

    country: Country
    start: int
    length: int
    added: bool
    """Whether an «and» joins it to another: كييف وواشنطن."""


_ONE_SOUND = str.maketrans("جئ", "غي")
_INFLECTED = ("يه", "يين", "يون", "يات", "ي")


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """What a word is looked up by: an adjective of nationality without its ending, any other as it is.

    Both newsrooms' spellings of a name meet in it (يانغ, يانج).
    """
    spelled = word.translate(_ONE_SOUND)
    return "=" + stem(spelled) if word.endswith(_INFLECTED) else spelled.removeprefix("ال")


@cache
def _table() -> dict[tuple[str, ...], Country]:
    """What the words of a wording are looked up by → the country. A line of the file is one country."""
    text = resources.files("assistant").joinpath("countries.txt").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], Country] = {}
    for line in text.splitlines():
        wordings = [words(wording) for wording in line.split("|")]
        for wording in wordings:
            found.setdefault(tuple(map(_key, wording)), Country(" ".join(wordings[0])))
    return found


@cache
def _first_keys() -> frozenset[str]:
    """What the first words of all wordings are looked up by; most words of a text are none."""
    return frozenset(key[0] for key in _table())


def all_countries() -> frozenset[str]:
    """The name of every country."""
    return frozenset(country.name for country in _table().values())


def countries_in(folded: Sequence[str]) -> list[Mention]:
    """The countries that the folded words of a text name, longest wordings first, in order."""
    found, at = [], 0
    while at < len(folded):
        mention = _at(folded, at)
        if mention:
            found.append(mention)
        at += mention.length if mention else 1
    return found


def _at(folded: Sequence[str], at: int) -> Mention | None:
    table = _table()
    if _first_keys().isdisjoint(map(_key, _forms(folded[at]))):
        return None
    for length in range(min(_LONGEST, len(folded) - at), 0, -1):
        for first in _forms(folded[at]):
            key = (_key(first), *map(_key, folded[at + 1 : at + length]))
            if country := table.get(key):
                return Mention(country, at, length, first != folded[at] and folded[at].startswith("و"))
    return None


@lru_cache(maxsize=1 << 16)
def _forms(word: str) -> tuple[str, ...]:
    if len(word) < _SHORTEST:
        return (word,)
    bare = ("ال" + word[2:],) if word.startswith("لل") else ()
    return (word, *bare, *((word[1:],) if word[0] in _PROCLITICS else ()))
