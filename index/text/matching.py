"""How far a text holds the words of a question: stems, consonants, spelling; each word weighted by its rarity."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.text.arabic import Remembered, fold, lexeme, stem, words
from index.text.stopwords import is_content
from index.text.synonyms import Lexemes, other_wordings


@lru_cache(maxsize=1 << 18)
def trigrams(word: str) -> frozenset[str]:
    """The runs of three letters of a folded word, its ends marked."""
    marked = f"_{word}_"
    return frozenset(marked[i : i + 3] for i in range(len(marked) - 2))


@lru_cache(maxsize=1 << 19)
def dice(a: str, b: str) -> float:
    """Dice coefficient in [0, 1] of two folded words' trigrams."""
    return _dice(trigrams(a), trigrams(b))


def _dice(x: frozenset[str], y: frozenset[str]) -> float:
    return 2 * len(x & y) / (len(x) + len(y))


_VOWELS = str.maketrans("", "", "اويئءؤ")
SAME_MEANING = 0.85
"""What a word of the table of synonyms counts beside an equal stem's 1."""
SAME_CONSONANTS = 0.9
"""What equal consonants count beside an equal stem's 1: broken plurals differ in their long vowels (جنود, جندي)."""


@lru_cache(maxsize=1 << 18)
def consonants(stem_: str) -> str:
    """A stem without its long vowels and hamzas."""
    return stem_.translate(_VOWELS)


SAME_WORD = 0.6
"""Dice from which two words are taken for forms of one; below it, likeness is chance, and chance must not look sure."""

Rarity = Callable[[str], float]
"""How much a stem tells: its inverse document frequency in nats."""


_PREPOSITIONS = "لبكف"
"""Written as one word with what follows; light10 leaves them on, since they begin many words by right."""
_SHORTEST_PREFIXED = 5
_TELLING_APART = 1.0  # nats


class Asked(NamedTuple):
    """A content word of a question."""

    word: str
    weight: float
    """How much it tells, in nats."""
    others: frozenset[Lexemes] = frozenset()
    """What says the same as it, or as the phrase that it stands in."""


def content_words(question: str, rarity: Rarity) -> list[Asked]:
    """The distinct content words of a question.

    A word whose first letter may be a preposition (لكوريا) loses it where the rest is the commoner word by far.
    """
    asked = words(question)
    found = {}
    for word, others in zip(asked, other_wordings(asked), strict=True):
        if is_content(word):
            bare = word[1:] if word[0] in _PREPOSITIONS and len(word) >= _SHORTEST_PREFIXED else word
            if len(stem(bare)) > 2 and rarity(stem(bare)) < rarity(stem(word)) - _TELLING_APART:
                word = bare
            found[word] = Asked(word, rarity(stem(word)), others)
    return list(found.values())


def plainly(content: Iterable[str]) -> list[Asked]:
    """Words that weigh the same and are matched as they are, without the table of synonyms."""
    return [Asked(word, 1.0) for word in content]


def coverage(asked: Sequence[Asked], text_words: Iterable[str], at_least: float = 0.0) -> float:
    """Share in [0, 1] of the weights whose word a text holds; 0 where there are none.

    A word counts 1 for an equal stem, SAME_CONSONANTS for equal consonants, SAME_MEANING where another wording of it
    stands in the text, else its best Dice; less than `at_least` counts 0.
    """
    total = sum(weight for _, weight, _ in asked)
    if not total:
        return 0.0
    near = nearness(asked, text_words)
    return sum(word.weight * n for word, n in zip(asked, near, strict=True) if n >= at_least) / total


def nearness(asked: Sequence[Asked], text_words: Iterable[str]) -> list[float]:
    """For each content word of a question how near some word of a text comes to it, in [0, 1]: see `coverage`.

    Two that follow one another may stand in the text as one: «وون سيك» as وونسيك, «عبد الرحمن» as عبدالرحمن.
    """
    text = _Text(text_words, frozenset().union(*(trigrams(word) for word, _, _ in asked)))
    near = [text.nearness(word, others) for word, _, others in asked]
    for at in range(len(asked) - 1):
        if min(near[at : at + 2]) < SAME_CONSONANTS and text.holds(asked[at].word + asked[at + 1].word):
            near[at : at + 2] = [SAME_CONSONANTS] * 2
    return near


class _Forms(NamedTuple):
    """What a word is compared by."""

    stem: str
    bones: str
    lexeme: str
    trigrams: frozenset[str]

    @classmethod
    def of(cls, word: str) -> "_Forms":
        return cls(stem(word), consonants(stem(word)), lexeme(word), trigrams(word))


_forms = Remembered(_Forms.of)


class _Text:
    """The words of a text, by what they are compared with."""

    def __init__(self, text_words: Iterable[str], asked_trigrams: frozenset[str]) -> None:
        forms = [_forms[word] for word in set(text_words)]
        self._stems, self._bones, self._lexemes, held = map(set, zip(*forms, strict=True)) if forms else [set()] * 4
        self._near = [own for own in held if not own.isdisjoint(asked_trigrams)]  # most words share none

    def holds(self, word: str) -> bool:
        """Whether a word of the same stem is among them."""
        return _forms[word].stem in self._stems

    def nearness(self, word: str, others: frozenset[Lexemes]) -> float:
        own = _forms[word]
        if own.stem in self._stems:
            return 1.0
        if len(own.bones) > 2 and own.bones in self._bones:
            return SAME_CONSONANTS
        if any(self._lexemes.issuperset(wording) for wording in others):
            return SAME_MEANING
        near = (held for held in self._near if not own.trigrams.isdisjoint(held))
        return max((_dice(own.trigrams, held) for held in near), default=0.0)


def name_key(name: str | None) -> str:
    """A name as it is compared with others: folded, its blanks as one; empty for none."""
    return " ".join(fold(name or "").split())
