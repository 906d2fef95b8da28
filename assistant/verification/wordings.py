"""The content words of a claim with every wording that says the same, and whether evidence holds one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.text.arabic import lexeme, stem
from index.text.matching import consonants, dice, trigrams
from index.text.synonyms import Lexemes, other_wordings
from index.wordings.english import english_terms

SAME_WORD = 0.6
"""Trigram Dice of two stems from which they are one word: joins spellings and half-stripped affixes, and keeps
السورية and الكورية apart (as whole words they would reach 0.63 with a و in front)."""
_SHORTEST_BONES = 3
_ONE_SOUND = str.maketrans("ج", "غ")  # newsrooms write a hard g as either: بيونغ يانغ, بيونج يانج
_BY_EAR = str.maketrans("صطضظذقحخج", "ستدززكهكغ", "اويئؤءعى")
_PROCLITICS = "وفبلك"
_SHORTEST_WITH_PROCLITIC = 4


def with_and(listed: str) -> frozenset[str]:
    """The folded words of a list, also with و and ف in front."""
    return frozenset(prefix + word for word in listed.split() for prefix in ("", "و", "ف"))


@lru_cache(maxsize=1 << 18)
def alike(a: str, b: str) -> bool:
    """Whether two folded words say the same: equal stems, one with a proclitic (بمصر, مصر), or mostly equal stems."""
    x, y = stem(a), stem(b)
    if x == y:
        return True
    short, long = sorted((x, y), key=len)
    return (len(short) > 2 and long[0] in "وفبلك" and long[1:] == short) or dice(x, y) >= SAME_WORD


@lru_cache(maxsize=1 << 16)
def skeleton(name: str) -> str:
    """What is left of a name when it is spelled by ear: one letter for those that Latin letters do not tell apart."""
    return name.translate(_BY_EAR).rstrip("ه") or name


@lru_cache(maxsize=1 << 16)
def forms(word: str) -> tuple[str, ...]:
    """A folded word, then what it may be without an accusative's ending or a proclitic: باليستيا, للناتو, وواشنطن."""
    found = [word]
    if word.endswith("ا") and len(word) > _SHORTEST_WITH_PROCLITIC:
        found.append(word[:-1])
    if len(word) >= _SHORTEST_WITH_PROCLITIC:
        if word.startswith("لل"):
            found.append("ال" + word[2:])
        if word[0] in _PROCLITICS:
            found.append(word[1:])
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def _by_length(others: frozenset[Lexemes]) -> tuple[frozenset[str], tuple[Lexemes, ...]]:
    """The wordings of one lexeme, and the longer ones: most are of one, and a set tells of all at once."""
    return frozenset(o[0] for o in others if len(o) == 1), tuple(o for o in others if len(o) > 1)


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a claim, or an English phrase of one."""

    word: str
    """Folded, as the claim has it."""
    wordings: tuple[tuple[str, ...], ...] = ()
    """Folded words of which the evidence must hold one wording whole; none for an English word that nobody knows."""
    others: frozenset[Lexemes] = frozenset()
    """What says the same by the table of synonyms."""
    in_table: bool = True
    """False for a word of another language that no table has."""

    def __hash__(self) -> int:
        """The word's: terms are kept in sets and looked up all the time, and few share their word."""
        return hash(self.word)


class Shown:
    """The words of a sentence that is quoted as evidence."""

    def __init__(self, folded: Iterable[str]) -> None:
        each = tuple(dict.fromkeys(folded))
        every = {form for word in each for form in forms(word)}
        self._stems = {stem(form).translate(_ONE_SOUND) for form in every}
        self._bare = {form.removeprefix("ال") for form in every}
        self._bones = {consonants(stem(word)) for word in each}
        self._lexemes = set(map(lexeme, every))
        self._skeletons = set(map(skeleton, every))
        self._words = [(word, trigrams(stem(word))) for word in each]

    def holds(self, word: str) -> bool:
        """Whether a word stands here in some form: by stem, by lexeme, by consonants (جنود, جندي), by likeness."""
        bones = consonants(stem(word))
        if any(stem(form).translate(_ONE_SOUND) in self._stems for form in forms(word)):
            return True
        if any(form.removeprefix("ال") in self._bare for form in forms(word)):  # باليستيا, whose بال is no article
            return True
        if (len(bones) >= _SHORTEST_BONES and bones in self._bones) or lexeme(word) in self._lexemes:
            return True
        own = trigrams(stem(word))  # most words share none, and those cannot be alike
        return any(alike(word, other) for other, held in self._words if not own.isdisjoint(held))

    def says(self, term: Term) -> bool:
        """Whether a term is said here in any of its wordings."""
        return any(all(map(self.holds, wording)) for wording in term.wordings[:1]) or self.says_otherwise(term)

    def says_otherwise(self, term: Term) -> bool:
        """Whether it is said here in another wording than its first."""
        if any(all(map(self.holds, wording)) for wording in term.wordings[1:]):
            return True
        if not term.in_table and any(skeleton(w) in self._skeletons for wording in term.wordings for w in wording):
            return True
        single, longer = _by_length(term.others)
        return not single.isdisjoint(self._lexemes) or any(map(self._lexemes.issuperset, longer))


def arabic_terms(folded: Sequence[str]) -> list[Term]:
    """Every word of an Arabic text as a term, stop words too."""
    found = zip(folded, other_wordings(folded), strict=True)
    return [Term(word, ((word,),), others | _others_of_forms(word)) for word, others in found]


@lru_cache(maxsize=1 << 16)
def _others_of_forms(word: str) -> frozenset[Lexemes]:
    """What the table of synonyms has for a word without its proclitic."""
    return frozenset().union(*(other_wordings([form])[0] for form in forms(word)[1:]))


def english_as_terms(text: str) -> list[Term]:
    """The content words of an English text as terms to be found in Arabic or English evidence."""
    return [
        Term(found.english.lower(), (*found.wordings, own), _others(found.wordings), found.in_table)
        for found in english_terms(text)
        for own in [tuple(found.english.lower().split())]
    ]


def _others(wordings: Sequence[tuple[str, ...]]) -> frozenset[Lexemes]:
    """What the table of synonyms has for wordings that it holds whole."""
    found = (frozenset.intersection(*other_wordings(wording)) for wording in wordings if wording)
    return frozenset().union(*found)
