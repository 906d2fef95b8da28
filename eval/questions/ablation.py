"""What each group of features is worth, and what more articles to learn from would be."""

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from assistant.extractive.features import BY_KIND, KINDS
from assistant.question.answer_type import WANTED
from assistant.training.fitting import LeftOut, fit, held_out
from assistant.training.looks import Judged, Look, Models
from eval.measures.calibration import auroc, resampled
from eval.statistics import SEED, Estimate, bootstrap
from index.errors import InputError

SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)
"""Of the articles that there are to learn from."""
ASKED = ("news", "paragraphs")
NAMES = (*(f"{library}, {what}" for library in ASKED for what in ("first", "three")), "near-miss AUROC")
"""What a run is judged by."""


def _by_kind(*names: str) -> frozenset[str]:
    return frozenset(f"{name}_{kind}" for name in names for kind in KINDS)


SENTENCE_GROUPS: dict[str, frozenset[str]] = {
    "question coverage in the sentence": frozenset({"coverage", "coverage_below_best", "exact", "focus", "density"}),
    "around, before and after": frozenset({"coverage_around", "before", "after"}),
    "title": frozenset({"title_coverage", "coverage_titled", "coverage_around_titled"}),
    "passage": frozenset({"passage", "passage_coverage", "passage_below_best"}),
    "kind of answer": frozenset({"holds_answer", "lacks_answer"}) | _by_kind("holds_answer", "lacks_answer"),
    "counted noun": frozenset({"number_beside", "lacks_beside"}),
    "position, length, form": frozenset({"is_heading", "is_first", "position", "length", "new_words"})
    | _by_kind("new_words"),
    "static embedding": frozenset({"cosine", "cosine_below_best"}),
    "match position": frozenset({"match_begins", "begins_with", "telling_begins"}),
    "weights by kind of question": _by_kind(*BY_KIND),
}
CONFIDENCE_GROUPS: dict[str, frozenset[str]] = {
    "scores": frozenset({"odds", "lead", "lead_of_three", "passage_lead", "passage_cosine", "passage_coverage"}),
    "shares and missing words": frozenset(
        {
            "sentence_share", "around_share", "around_missing", "best_share", "best_least", "best_missing",
            "best_missing_words", "best_missing_mass", "best_exact", "best_exact_mass", "all_exact", "sentence_exact",
            "first_word", "second_word", "last_word", "focus", "words", "mass", "states_number", "new_beside_match",
            "matches",
        }
    ),
    "kind wanted": frozenset(
        {"none_holds", "none_counts", "counted_anywhere", "lacks_answer", "lacks_beside", "holds_wanted"}
        | {"three_hold_wanted", *(f"{verb}_{wanted}" for verb in ("wants", "lacks") for wanted in WANTED)}
    ),
    "head word": frozenset({"head_in_sentence", "head_in_passage", "head_in_article", "new_behind_head"}),
    "whole article": frozenset({"article_least", "article_missing_words", "article_share"}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reached:
    """What held-out folds reach with a part of the features, or of the articles."""

    name: str
    values: dict[str, Estimate | None]
    """By NAMES; shares in [0, 1]."""
    gained: dict[str, Estimate | None]
    """The same less what all features, learned from all articles, reach; paired."""


def ablate(seen: Sequence[Look], every: Sequence[Judged]) -> Iterable[Reached]:
    """What is reached without each group; `every` was judged with all of them."""
    seen = _needed(seen)
    yield reached("all", every, every)
    for name, group in SENTENCE_GROUPS.items():
        yield reached(f"sentence: {name}", held_out(seen, partial(fit, without=LeftOut(sentences=group))), every)
    for name, group in CONFIDENCE_GROUPS.items():
        yield reached(f"confidence: {name}", held_out(seen, partial(fit, without=LeftOut(confidence=group))), every)


def learning_curve(seen: Sequence[Look], every: Sequence[Judged]) -> Iterable[Reached]:
    """What is reached from a part of each fold's articles; nothing, where that is too few to learn from."""
    seen = _needed(seen)
    for share in SHARES:
        try:
            judged = every if share == 1 else held_out(seen, _learning_from(share))
            yield reached(f"{100 * share:.0f} %", judged, every)
        except InputError:
            yield Reached(f"{100 * share:.0f} %", dict.fromkeys(NAMES), dict.fromkeys(NAMES))


def part(looks: Sequence[Look], share: float) -> list[Look]:
    """The looks on a share of their articles, drawn by a fixed seed; a larger share holds the smaller one."""
    articles = sorted({look.example.article for look in looks})
    random.Random(SEED).shuffle(articles)
    kept = set(articles[: math.ceil(share * len(articles))])
    return [look for look in looks if look.example.article in kept]


def _learning_from(share: float) -> Callable[[Sequence[Look]], Models]:
    return lambda looks: fit(part(looks, share))


def _needed(seen: Sequence[Look]) -> list[Look]:
    """Without the looks that are neither learned from nor counted here."""
    return [look for look in seen if look.kind != "deleted"]


def reached(name: str, judged: Sequence[Judged], every: Sequence[Judged]) -> Reached:
    """The figures of one run beside those of the whole."""
    ours, theirs = _asked(judged), _asked(every)
    values: dict[str, Estimate | None] = {}
    gained: dict[str, Estimate | None] = {}
    for library in ASKED:
        for what, k in (("first", 1), ("three", 3)):
            hits, other = (_hits(rows, library, k) for rows in (ours, theirs))
            values[f"{library}, {what}"] = bootstrap(hits)
            gained[f"{library}, {what}"] = bootstrap((a, x - y) for (a, x), (_, y) in zip(hits, other, strict=True))
    values["near-miss AUROC"], gained["near-miss AUROC"] = _areas(ours, theirs)
    return Reached(name, values, gained)


def _asked(judged: Sequence[Judged]) -> list[Judged]:
    return [row for row in judged if row.look.library in ASKED and row.look.kind in ("answered", "near-miss")]


def _hits(judged: Sequence[Judged], library: str, k: int) -> list[tuple[str, float]]:
    here = (row for row in judged if row.look.library == library and row.look.kind == "answered")
    return [(row.look.example.article, float(any(row.hits[:k]))) for row in here]


def _areas(ours: Sequence[Judged], theirs: Sequence[Judged]) -> tuple[Estimate | None, Estimate | None]:
    """AUROC of the confidence on news, and its difference."""
    ours, theirs = ([row for row in rows if row.look.library == "news"] for rows in (ours, theirs))
    clusters = [row.look.example.article for row in ours]
    answerable = np.array([row.look.kind == "answered" for row in ours], dtype=bool)
    sure, other = (np.array([row.sure.answered for row in rows]) for rows in (ours, theirs))

    def value(rows: NDArray[np.intp], confidence: NDArray[np.float64]) -> float | None:
        return auroc(confidence[rows][answerable[rows]], confidence[rows][~answerable[rows]])

    def difference(rows: NDArray[np.intp]) -> float | None:
        a, b = value(rows, sure), value(rows, other)
        return None if a is None or b is None else a - b

    return resampled(clusters, lambda rows: value(rows, sure)), resampled(clusters, difference)
