"""Two runs over the same questions, side by side: what differs by more than chance, and which answers changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.measures.all import HEADLINE
from eval.runs.files import REPORT, write_json
from eval.statistics import Paired, mcnemar, paired_bootstrap, permutation_test
from eval.tables import NONE, aligned, points
from index.errors import InputError

FILE, PAGE = "compare.json", "compare.html"
MOST_FLIPS = 20
"""Questions that a terminal lists by name; the file has all."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """One question with what both runs made of it: rows of `questions` in their reports."""

    a: Row
    b: Row

    def right(self, row: Row) -> bool:
        """Whether a run's answer is Grounded-Correct."""
        return bool(row["measures"][HEADLINE] == 1)


def compare_and_write(a: Path, b: Path, out: Path) -> list[str]:
    """Compare two runs, named by folder or report file; write `compare.json` and its page; return the lines to print.

    Raises InputError where either is no report, or they share no question.
    """
    first, second = read_report(a), read_report(b)
    found = compare(first, second)
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_json(out / FILE, found)
        written = [out / FILE, *_page(found, out)]
    except OSError as error:
        raise InputError(f"{out}: the comparison cannot be written there ({error.strerror}).") from error
    apart = [len(each["questions"]) - len(_pairs(first, second)) for each in (first, second)]
    left_out = [f"Left out: {apart[0]} questions of A and {apart[1]} of B that the other was not asked."] * any(apart)
    return [*lines(found), *left_out, f"Comparison: {', '.join(map(str, written))}"]


def read_report(path: Path) -> Row:
    """The report of a run. Raises InputError where there is none, or it is of another shape."""
    file = path / REPORT if path.is_dir() else path
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        asked = [
            (row["id"], row["question"], row["home_article"], row["measures"][HEADLINE]) for row in found["questions"]
        ]
        if not asked or not isinstance(found["settings"], dict):
            raise ValueError("no questions")
    except OSError as error:
        raise InputError(
            f"{file}: no report can be read there ({error.strerror}). Run `isnad eval --out DIR`."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file}: is no report of `isnad eval` ({error!r}).") from error
    return dict(found)


def compare(a: Row, b: Row) -> Row:
    """Two reports in the shape of compare.json: differences of b from a, over the questions that both were asked.

    Raises InputError where there are none.
    """
    pairs = _pairs(a, b)
    if not pairs:
        raise InputError("The two runs share no question.")
    flips = [pair for pair in pairs if pair.right(pair.a) != pair.right(pair.b)]
    return {
        "a": a["settings"],
        "b": b["settings"],
        "questions": len(pairs),
        "measures": [row for name in a["measures"] if (row := _measure(name, pairs))],
        "mcnemar": (counts := _only(flips)) | {"p": mcnemar(counts["only_a"], counts["only_b"])},
        "flips": [_flip(pair) for pair in flips],
        "by_category": {
            category: _only([pair for pair in flips if pair.a["category"] == category])
            for category in dict.fromkeys(pair.a["category"] for pair in pairs)
        },
    }


def lines(found: Row) -> list[str]:
    """The differences as a table, then who alone is right, and where."""
    head = ["measure", "A", "B", "B - A", "95 % interval", "p"]
    rows = [[m["measure"], points(m["a"]), points(m["b"]), *_difference(m), _p(m["p"])] for m in found["measures"]]
    test, flips = found["mcnemar"], found["flips"]
    told = f"Only A is right on {test['only_a']}, only B on {test['only_b']} questions; McNemar's p = {_p(test['p'])}."
    where = [
        [category, str(counts["only_a"]), str(counts["only_b"])]
        for category, counts in found["by_category"].items()
        if any(counts.values())
    ]
    named = [f"  {'B' if flip['b'] else 'A'}  {flip['id']}  {flip['question']}" for flip in flips[:MOST_FLIPS]]
    more = [f"  … and {len(flips) - MOST_FLIPS} more"] * (len(flips) > MOST_FLIPS)
    a, b = found["a"], found["b"]
    asked = f"{found['questions']} questions. A: {_name(a, b)}. B: {_name(b, a)}."
    return [
        asked,
        *aligned([head, *rows], left=1),
        told,
        *aligned([["category", "A", "B"], *where], left=1),
        *named,
        *more,
    ]


def _pairs(a: Row, b: Row) -> list[Pair]:
    """The questions of both, by id; one that is worded otherwise in b is another question."""
    others = {(row["id"], row["question"]): row for row in b["questions"]}
    return [Pair(row, others[key]) for row in a["questions"] if (key := (row["id"], row["question"])) in others]


def _measure(name: str, pairs: Sequence[Pair]) -> Row | None:
    """A measure over the questions that it applies to in both runs."""
    scores: list[Paired] = []
    for pair in pairs:
        a, b = pair.a["measures"].get(name), pair.b["measures"].get(name)
        if a is not None and b is not None:
            scores.append((pair.a["home_article"], a, b))
    difference = paired_bootstrap(scores)
    if difference is None:
        return None
    n = len(scores)
    row = {"measure": name, "a": sum(a for _, a, _ in scores) / n, "b": sum(b for _, _, b in scores) / n}
    row |= {"difference": difference.value, "low": difference.low, "high": difference.high}
    return row | {"p": permutation_test(scores), "n": n, "clusters": difference.clusters}


def _only(flips: Sequence[Pair]) -> dict[str, int]:
    right = [pair.right(pair.a) for pair in flips]
    return {"only_a": right.count(True), "only_b": right.count(False)}


def _flip(pair: Pair) -> Row:
    row = {name: pair.a[name] for name in ("id", "category", "question")}
    row |= {"a": pair.right(pair.a), "b": pair.right(pair.b)}
    return row | {name: {"a": pair.a[key], "b": pair.b[key]} for name, key in (("answers", "answer"), ("why", "why"))}


def _difference(measure: Mapping[str, Any]) -> list[str]:
    interval = NONE
    if measure["low"] is not None:
        interval = f"{points(measure['low'], signed=True)} to {points(measure['high'], signed=True)}"
    return [points(measure["difference"], signed=True), interval]


def _p(p: float | None) -> str:
    return NONE if p is None else "< 0.001" if p < 0.001 else f"{p:.3f}"


def _name(settings: Row, other: Row) -> str:
    """What answered, and the settings in which the other run differs."""
    unlike = [name for name in dict.fromkeys((*settings, *other)) if settings.get(name) != other.get(name)]
    told = [f"{name} {settings.get(name, NONE)}" for name in unlike if name != "answerer"]
    return ", ".join([str(settings.get("answerer", NONE)), *told])


def _page(found: Row, out: Path) -> list[Path]:
    from eval.page.comparison import compare_page

    (out / PAGE).write_text(compare_page(found), encoding="utf-8")
    return [out / PAGE]
