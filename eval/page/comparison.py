"""`compare.json` as one HTML file: what differs by more than chance, and every question on which one alone is right."""

from collections.abc import Sequence
from typing import Any

from assistant.chat.markup import shown
from eval.measures.all import HEADLINE
from eval.page.charts import difference_bar, opposed_bar
from eval.page.details import answer_given, reasons
from eval.page.markup import (
    NONE,
    counted,
    document,
    foreign,
    named,
    own_direction,
    p_value,
    percent,
    points,
    section,
    table,
)

Row = dict[str, Any]

SIGNIFICANT = 0.05
"""Of p: the usual level, at which one in twenty equal pairs would look different."""
SMALLEST_REACH = 0.1
"""The bars of differences reach at least ten points, so that small ones look small."""


def compare_page(compare: Row) -> str:
    """The page of two runs as `eval.runs.compare.compare` tells them. It loads nothing."""
    sections = {
        "measures": ("Measures", _measures(compare["measures"])),
        "categories": ("Categories", _categories(compare["by_category"])),
        "flips": ("Flips", _flips(compare["flips"])),
        "runs": ("The runs", _settings(compare["a"], compare["b"])),
    }
    shows = {name: each for name, each in sections.items() if each[1]}
    links = "".join(f'<a href="#{name}">{title}</a>' for name, (title, _) in shows.items())
    main = _headline(compare) + "".join(inner for _, inner in shows.values())
    named_runs = f"A {foreign('bdi', _name(compare['a']))} · B {foreign('bdi', _name(compare['b']))}"
    header = f"<header><h1>Isnad comparison</h1><p>{named_runs}</p></header>"
    title = f"Isnad comparison · {_name(compare['a'])} · {_name(compare['b'])}"
    return document(title, f'{header}<nav aria-label="Sections">{links}</nav><main>{main}</main>')


def _name(settings: Row) -> str:
    return str(settings.get("answerer", "?"))


# ---------------------------------------------------------------- the headline


def _headline(compare: Row) -> str:
    headline = next((row for row in compare["measures"] if row["measure"] == HEADLINE), None)
    test = compare["mcnemar"]
    numbers = ""
    if headline:
        numbers = (
            f'<p class="big"><strong>{points(headline["difference"])}</strong>'
            f"<span>points from A {percent(headline['a'])} to B {percent(headline['b'])} · "
            f"95 % interval {_bounds(headline)}</span></p>"
        )
    by_articles = (
        f", by permutation over articles p {_p(headline['p'])}" if headline and headline["p"] is not None else ""
    )
    asked = f" Both were asked {counted(compare['questions'], 'question')}." if "questions" in compare else ""
    return (
        '<section class="headline" aria-labelledby="headline-h"><h2 id="headline-h">Grounded-Correct, B − A</h2>'
        f"{numbers}<p><b>{_verdict(headline, test)}</b> Only A is right on {test['only_a']}, only B on "
        f"{test['only_b']}: McNemar's p {_p(test['p'])}{by_articles}.{asked}</p></section>"
    )


def _verdict(headline: Row | None, test: Row) -> str:
    """In words, at the usual level, by the p over articles: McNemar's takes questions for independent."""
    p = headline["p"] if headline and headline["p"] is not None else test["p"]
    if p is None or p >= SIGNIFICANT:
        return "This difference could be chance."
    gained = headline["difference"] if headline else test["only_b"] - test["only_a"]
    return f"{'B' if gained > 0 else 'A'} is better."


def _p(p: float | None) -> str:
    told = p_value(p)
    return told if told.startswith("<") or p is None else f"= {told}"


def _bounds(measure: Row) -> str:
    low, high = measure["low"], measure["high"]
    return NONE if low is None or high is None else f"{points(low)} to {points(high)}"


# ---------------------------------------------------------------- the tables


def _measures(measures: Sequence[Row]) -> str:
    if not measures:
        return ""
    ends = [abs(end) for m in measures for end in (m["difference"], m["low"], m["high"]) if end is not None]
    reach = max(SMALLEST_REACH, *ends)
    rows = [
        [
            named(m["measure"]),
            difference_bar(m["difference"], m["low"], m["high"], reach),
            f"<b>{points(m['difference'])}</b>",
            _bounds(m),
            shown(p_value(m["p"])),
            percent(m["a"]),
            percent(m["b"]),
        ]
        for m in measures
    ]
    heads = ["Measure", '<span class="narrow">Difference</span>', "B − A", "95 % interval", "p", "A", "B"]
    caption = (
        "Differences in points with intervals by paired bootstrap; p by permutation. Right of the line B is higher."
    )
    return section("measures", "Measures", table(caption, heads, rows, "figures compared"))


def _categories(categories: dict[str, Row]) -> str:
    """How many questions of a category only one of the two has right; those without any left out."""
    flipped = {name: row for name, row in categories.items() if row["only_a"] or row["only_b"]}
    if not flipped:
        return ""
    most = max(max(row["only_a"], row["only_b"]) for row in flipped.values())
    rows = [
        [named(name), str(row["only_a"]), opposed_bar(row["only_a"] / most, row["only_b"] / most), str(row["only_b"])]
        for name, row in flipped.items()
    ]
    heads = ["Category", "Only A right", '<span class="narrow">Both sides</span>', "Only B right"]
    return section("categories", "Flips by category", table("Questions", heads, rows, "opposed"))


def _settings(a: Row, b: Row) -> str:
    keys = dict.fromkeys((*a, *b))
    rows = [
        [
            named(key),
            *(foreign("bdi", str(each.get(key, NONE))) for each in (a, b)),
            "" if _same(a, b, key) else "differs",
        ]
        for key in keys
    ]
    return section("runs", "The runs", table("Settings", ["Setting", "A", "B", ""], rows, "settings-table"))


def _same(a: Row, b: Row, key: str) -> bool:
    return bool(a.get(key) == b.get(key))


# ---------------------------------------------------------------- the flips


def _flips(flips: Sequence[Row]) -> str:
    """What one alone has right; those that B lost first."""
    if not flips:
        return section("flips", "Flips", "<p>Both are right on the same questions.</p>")
    groups = (("Only A is right", True), ("Only B is right", False))
    lists = "".join(
        f'<h3 class="side">{title} ({len(found)})</h3><div class="flips">{"".join(map(_flip, found))}</div>'
        for title, a_right in groups
        if (found := [flip for flip in flips if flip["a"] == a_right])
    )
    return section("flips", "Flips", lists)


def _flip(flip: Row) -> str:
    """A question; with both answers, if they are there, side by side."""
    place = f"{foreign('span', flip['category'].replace('_', ' '))} · {foreign('span', flip['id'])}"
    asked = f"<h4{own_direction(flip['question'])}>{shown(flip['question'])}</h4>"
    answers = flip.get("answers")
    if not answers:
        return f'<div class="flip"><p class="about">{place}</p>{asked}</div>'
    sides = "".join(_side(side, flip) for side in ("a", "b"))
    return (
        f'<details class="flip"><summary><span class="about">{place}</span>{asked}</summary>'
        f'<div class="drill"><div class="pair">{sides}</div></div></details>'
    )


def _side(side: str, flip: Row) -> str:
    verdict = '<b class="sign right">✓</b> right' if flip[side] else '<b class="sign wrong">✗</b> wrong'
    why = reasons(flip.get("why", {}).get(side) or [])
    return f"<section><h5>{side.upper()} {verdict}</h5>{answer_given(flip['answers'][side])}{why}</section>"
