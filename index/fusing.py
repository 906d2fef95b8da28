"""One score from two ranked lists, each arm weighted by how far it can be trusted; and copies of one report told."""

from collections.abc import Mapping, Set

COVERAGE_WEIGHT = 0.7
"""What full coverage adds to the best BM25 score, which counts 1."""
UNSURE, SURE = 0.3, 0.45
"""The best BM25 score beside what the question's terms tell in all: up to the first, the term arm found chance matches
only; from the second on it is trusted whole."""
VECTORS_INSTEAD = 0.8
"""What the nearest passage's cosine adds where the term arm is not trusted at all."""

SAME_REPORT = 0.9
"""Jaccard coefficient of two passages' words from which they are copies of one report."""
_THE_NEWS = frozenset(
    """
    لم لن لا ليس ليست غير نفي نفت ينفي دون شمال جنوب شرق غرب شمالي جنوبي شرقي غربي شماليه جنوبيه شرقيه غربيه
    واحد واحده اثنان اثنين اثنتان اثنتين ثلاث ثلاثه اربع اربعه خمس خمسه ست سته سبع سبعه ثمان ثماني ثمانيه تسع تسعه
    عشر عشره عشرون عشرين ثلاثون ثلاثين اربعون اربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين
    مئه مائه مئتان مئتين مئات عشرات نصف ربع ثلث الف الفا الفان الفين الاف مليون ملايين مليونين مليار مليارات
    no not never two three four five six seven eight nine ten north south east west
    """.split()
)
"""Folded words by which two reports in otherwise equal words say different things, like any number in digits."""
SHORTEST_REPORT = 8
"""Distinct words; what is shorter (a byline, «يتبع») is no report."""


def fuse(
    terms: Mapping[int, float], cosines: Mapping[int, float], mass: float, vector_weight: float
) -> dict[int, float]:
    """A score for each passage id of `cosines`, which holds all those of `terms`.

    The term arm's part is its BM25 score beside the best one. The vectors' part is the cosine, stretched from the
    least to the greatest found, since models differ in the range they use. `mass` is what the question's terms tell
    in all, in nats: where the best BM25 score is small beside it, the vectors count more.
    """
    if not cosines:
        return {}
    best = max(terms.values(), default=0.0)
    reached = best / mass if mass else 0.0
    trust = min(1.0, max(0.0, (reached - UNSURE) / (SURE - UNSURE)))
    weight = trust * vector_weight + (1 - trust) * max(VECTORS_INSTEAD, vector_weight)
    least, greatest = min(cosines.values()), max(cosines.values())
    stretch = weight / ((greatest - least) or 1.0)
    scores = {id_: stretch * (cosine - least) for id_, cosine in cosines.items()}
    for id_, score in terms.items():
        scores[id_] += trust * score / best
    return scores


def same_report(a: Set[str], b: Set[str]) -> bool:
    """Whether two passages, by their distinct words, are copies: hardly a word differs, and none that may be the news.

    «12 ألف جندي» and «10 آلاف جندي», «وصلوا» and «لم يصلوا» in otherwise equal words are two reports.
    """
    fewer, more = sorted((len(a), len(b)))
    if fewer < SHORTEST_REPORT or fewer < SAME_REPORT * more:
        return False
    shared = len(a & b)
    if shared < SAME_REPORT * (fewer + more - shared):
        return False
    return not any(word[0].isdigit() or _bare(word) in _THE_NEWS for word in a ^ b)


def _bare(word: str) -> str:
    """A folded word without what is written in front of it, where the rest is one of _THE_NEWS."""
    bare = (word.removeprefix(prefix) for prefix in ("وال", "بال", "ال", "و", "ب", "ل"))
    return next((rest for rest in bare if rest in _THE_NEWS), word)
