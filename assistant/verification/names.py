"""Names in a text and of what kind they are: countries under all that news calls them, persons and places, by tables.

By form alone: بيونغ يانغ, كوري شمالي and كوريا الشمالية are one country; the word after a title is a name.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from assistant.verification.wordings import Shown, arabic_terms, with_and
from index.text.arabic import fold, stem, words

TITLES = with_and(
    """الرئيس رئيس رئيسه الوزير وزير وزيره السيد السيده الدكتور اللواء العميد العقيد الجنرال الامير الملك الشيخ السفير
    سفير سفيره النائب المدرب اللاعب وزاره مستشار مستشاره president minister premier general colonel sheikh king prince
    ambassador senator mr mrs ms dr"""
)
"""The word after one of these is a name, an office or a nationality: another one there is somebody else."""
_PROCLITICS = "وفبلك"
_SHORTEST_WITH_PROCLITIC = 4
_WHOLE = frozenset("بليون وجوبا كروس كمون".split())
"""Words whose first letter is no proclitic before a name."""


@cache
def _names() -> dict[str, str]:
    """The words of names.txt → their kind: peoples by their stem, for they are inflected, all others as they are."""
    text = resources.files("assistant.verification").joinpath("names.txt").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in fold(text).splitlines():
        kind, _, listed = line.partition(":")
        found |= {_inflected(word) if kind == "people" else word: kind for word in listed.split()}
    return found


def _inflected(word: str) -> str:
    return "=" + stem(word)


@lru_cache(maxsize=1 << 16)
def kind_of_name(word: str) -> str:
    """The kind of name that a folded word is part of (person, city …), with a proclitic or not; empty for others."""
    forms = [word]
    if word[0] in _PROCLITICS and len(word) > _SHORTEST_WITH_PROCLITIC and word not in _WHOLE:
        forms += ["ال" + word[2:] if word.startswith("لل") else word[1:]]
    keys = [key for form in forms for key in (form, _inflected(form))]
    bare = [form[2:] for form in forms if form.startswith("ال")]  # الناتو stands as ناتو; of persons none takes ال
    found = [_names().get(key, "") for key in keys]
    found += [kind for form in bare if (kind := _names().get(form, "")) != "person"]
    return next(filter(None, found), "")


def names_in(folded: Sequence[str]) -> frozenset[str]:
    """The names among the folded words of an Arabic text; what stands in Latin letters there is one."""
    found = {word for title, word in pairwise(folded) if title in TITLES}
    found |= {word for word in folded if kind_of_name(word)}
    return frozenset(found) | {word for word in folded if word.isascii() and word.isalpha()}


# ---------------------------------------------------------------- countries


_SHORTEST_COUNTRY = 4  # letters of a word that may begin with a proclitic
_LONGEST_COUNTRY = 3  # words


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
_NATIONALITIES = ("يه", "يين", "يون", "يات", "ي")


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """What a word is looked up by: an adjective of nationality without its ending, any other as it is.

    Both newsrooms' spellings of a name meet in it (يانغ, يانج).
    """
    spelled = word.translate(_ONE_SOUND)
    return "=" + stem(spelled) if word.endswith(_NATIONALITIES) else spelled.removeprefix("ال")


@cache
def _countries() -> dict[tuple[str, ...], Country]:
    """What the words of a wording are looked up by → the country. A line of the file is one country."""
    text = resources.files("assistant.verification").joinpath("countries.txt").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], Country] = {}
    for line in text.splitlines():
        wordings = [words(wording) for wording in line.split("|")]
        for wording in wordings:
            found.setdefault(tuple(map(_key, wording)), Country(" ".join(wordings[0])))
    return found


@cache
def _first_keys() -> frozenset[str]:
    """What the first words of all wordings are looked up by; most words of a text are none."""
    return frozenset(key[0] for key in _countries())


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
    table = _countries()
    if _first_keys().isdisjoint(map(_key, _forms(folded[at]))):
        return None
    for length in range(min(_LONGEST_COUNTRY, len(folded) - at), 0, -1):
        for first in _forms(folded[at]):
            key = (_key(first), *map(_key, folded[at + 1 : at + length]))
            if country := table.get(key):
                return Mention(country, at, length, first != folded[at] and folded[at].startswith("و"))
    return None


@lru_cache(maxsize=1 << 16)
def _forms(word: str) -> tuple[str, ...]:
    if len(word) < _SHORTEST_COUNTRY:
        return (word,)
    bare = ("ال" + word[2:],) if word.startswith("لل") else ()
    return (word, *bare, *((word[1:],) if word[0] in _PROCLITICS else ()))


# ---------------------------------------------------------------- both

_COUNTRIES = frozenset(country.name for country in _countries().values())
_AND = "و "
"""Stands before the name of a country that an «and» joins to another."""


def kind_of(word: str) -> str:
    """The kind of name that a folded word is, with the countries as they are joined here; empty for none."""
    return "country" if word.removeprefix(_AND) in _COUNTRIES else kind_of_name(word)


def same_name(name: str, other: str) -> bool:
    """Whether two folded words name the same, or say the same."""
    name, other = name.removeprefix(_AND), other.removeprefix(_AND)
    if name in _COUNTRIES or other in _COUNTRIES:
        return name == other
    return any(Shown([other]).says(term) for term in arabic_terms([name]))


@lru_cache(maxsize=1 << 12)
def joined(clause: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a clause, those that name a country as the one name of it, with an «and» in front if it has one."""
    names = {mention.start: mention for mention in countries_in(clause)}
    joined, at = [], 0
    while at < len(clause):
        mention = names.get(at)
        joined.append(_AND * mention.added + mention.country.name if mention else clause[at])
        at += mention.length if mention else 1
    return tuple(joined)
