"""Which words of a sentence are names, and of what kind: by a table written for the project, and by titles."""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from assistant.facets import with_and
from index.arabic import fold, stem

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
def _table() -> dict[str, str]:
    """The words of names.txt → their kind: peoples by their stem, for they are inflected, all others as they are."""
    text = resources.files("assistant").joinpath("names.txt").read_text(encoding="utf-8")
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
    found = [_table().get(key, "") for key in keys]
    found += [kind for form in bare if (kind := _table().get(form, "")) != "person"]
    return next(filter(None, found), "")


def names_in(folded: Sequence[str]) -> frozenset[str]:
    """The names among the folded words of an Arabic text; what stands in Latin letters there is one."""
    found = {word for title, word in pairwise(folded) if title in TITLES}
    found |= {word for word in folded if kind_of_name(word)}
    return frozenset(found) | {word for word in folded if word.isascii() and word.isalpha()}
