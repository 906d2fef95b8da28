"""How far a text holds the words of a question: stems, consonants, spelling; each word weighted by its rarity."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

from index.arabic import stem, words

# Folded; words that carry no content in a question or a sentence. They stay in the index and are left out of coverage.
STOP_WORDS = frozenset(
    """
    ما ماذا من هل كم كيف متي اين اي ايه ايها لماذا لم لن لا ليس ليست كان كانت يكون تكون كانوا هو هي هم هما هن انا
    نحن انت هذا هذه هذان هاتان هؤلاء ذلك تلك اولئك الذي التي الذين اللذان اللتان اللواتي في علي الي عن مع بين عند
    لدي حتي منذ خلال بعد قبل ثم او ام بل لكن لكنه ان انه انها انهم اذا اذ قد لقد سوف كل بعض غير سوي كما حيث حين
    عندما بينما بما مما فيما فيه فيها به بها له لها لهم منه منها عليه عليها اليه اليها عنه عنها وما ومن وهو وهي وفي
    وعلي والي وعن ومع وان وانه وانها وكان وكانت وقد ولم ولا ولن لان لانه لانها بان بانه بانها ايضا جدا فقط نحو حول
    ضد دون تحت فوق امام وراء يا هنا هناك عدد يوجد توجد جري تم يتم بلغ كذلك عما عمن ممن لمن بمن
    ولماذا وكيف ومتي وكم واين وهل the a an of in on at to for from by with and or is are was were be been do does
    did has have had how many much what when where who whom which why that this these those it its as about into
    than there
    """.split()
)


@lru_cache(maxsize=1 << 16)
def is_content(word: str) -> bool:
    """Whether a folded word says what a text is about."""
    return word not in STOP_WORDS


@lru_cache(maxsize=1 << 18)
def _trigrams(word: str) -> frozenset[str]:
    marked = f"_{word}_"
    return frozenset(marked[i : i + 3] for i in range(len(marked) - 2))


@lru_cache(maxsize=1 << 19)
def dice(a: str, b: str) -> float:
    """Dice coefficient in [0, 1] of two folded words' trigrams."""
    x, y = _trigrams(a), _trigrams(b)
    return 2 * len(x & y) / (len(x) + len(y))


_VOWELS = str.maketrans("", "", "اويئءؤ")
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


def content_weights(question: str, rarity: Rarity) -> dict[str, float]:
    """The distinct content words of a question, each with how much it tells.

    A word whose first letter may be a preposition (لكوريا) loses it where the rest is the commoner word by far.
    """
    weights = {}
    for word in words(question):
        if is_content(word):
            bare = word[1:] if word[0] in _PREPOSITIONS and len(word) >= _SHORTEST_PREFIXED else word
            if len(stem(bare)) > 2 and rarity(stem(bare)) < rarity(stem(word)) - _TELLING_APART:
                word = bare
            weights[word] = rarity(stem(word))
    return weights


def coverage(weights: dict[str, float], text_words: Iterable[str], at_least: float = 0.0) -> float:
    """Share in [0, 1] of the weights whose word a text holds.

    A word counts 1 for an equal stem, SAME_CONSONANTS for equal consonants, else its best Dice; less than `at_least`
    counts 0.
    """
    total = sum(weights.values())
    if not total:
        return 0.0
    distinct = set(text_words)
    stems = {stem(word) for word in distinct}
    bones = {consonants(s) for s in stems}
    held, by_trigram = 0.0, None
    for word, weight in weights.items():
        if stem(word) in stems:
            near = 1.0
        elif len(consonants(stem(word))) > 2 and consonants(stem(word)) in bones:
            near = SAME_CONSONANTS
        else:
            by_trigram = by_trigram or _by_trigram(distinct)
            near = _best_dice(word, by_trigram)
        held += weight * near if near >= at_least else 0.0
    return held / total


def _by_trigram(distinct: Iterable[str]) -> dict[str, list[str]]:
    """The words that hold each trigram, so that a word is compared with those only that share one with it."""
    found: dict[str, list[str]] = {}
    for word in distinct:
        for trigram in _trigrams(word):
            found.setdefault(trigram, []).append(word)
    return found


def _best_dice(word: str, by_trigram: dict[str, list[str]]) -> float:
    """The highest Dice coefficient of a word with any of the words indexed."""
    own = _trigrams(word)
    shared = Counter(other for trigram in own for other in by_trigram.get(trigram, ()))
    return max((2 * n / (len(own) + len(_trigrams(other))) for other, n in shared.items()), default=0.0)
