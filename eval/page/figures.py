"""The tables of figures: every measure, the headline by group, the confidence, a judge, the run."""

from collections.abc import Mapping
from typing import Any

from assistant.chat.markup import shown
from eval.measures.all import HEADLINE, definition, explained
from eval.page.charts import interval_bar, reliability_chart, risk_coverage_chart, thinned
from eval.page.markup import NONE, counted, definitions, folded, interval, named, percent, scrolling, section, table

Row = dict[str, Any]
Groups = Mapping[str, Mapping[str, Row]]

GROUPS = {"by_category": "Category", "by_split": "Split", "by_lang": "Language of the question"}
ESTIMATE = ('<span class="narrow">Mean and interval</span>', "Mean", "95 % interval")
"""Heads of the columns that `_estimate` fills."""


# ---------------------------------------------------------------- measures


def measures_section(report: Row) -> str:
    """Every measure over all questions, with its interval and what it is; formulas and sources below."""
    rows = [
        [f"{named(name)}<small>{shown(explained(name))}</small>", *_estimate(e), f"{e['n']}", f"{e['clusters']}"]
        for name, e in report["measures"].items()
    ]
    heads = ["Measure", *ESTIMATE, "Questions", "Articles"]
    caption = "Means over the questions that a measure applies to; intervals by bootstrap over articles."
    known = [(name, definition(name)) for name in report["measures"] if definition(name)]
    sources = "".join(f'<dt>{named(name)}</dt><dd class="formula">{shown(text)}</dd>' for name, text in known)
    formulas = folded("Formulas and sources", f'<dl class="formulas">{sources}</dl>') if sources else ""
    return section("measures", "Measures", table(caption, heads, rows, "figures") + formulas)


def _estimate(estimate: Row) -> list[str]:
    value, low, high = (estimate[key] for key in ("value", "low", "high"))
    return [interval_bar(value, low, high), f"<b>{percent(value)}</b>", interval(low, high)]


def groups_section(report: Row) -> str:
    """The headline by category, split and language; all measures by category in a table that opens."""
    groups = {title: report[key] for key, title in GROUPS.items() if report.get(key)}
    tables = "".join(_group(title, found) for title, found in groups.items())
    matrix = _matrix(report["by_category"]) if report.get("by_category") else ""
    return section("groups", "By category, split and language", tables + matrix)


def _group(title: str, groups: Groups) -> str:
    head = _filter if title == "Category" else named
    headlines = {group: found[HEADLINE] for group, found in groups.items() if HEADLINE in found}
    rows = [[head(group), *_estimate(e), str(e["n"])] for group, e in headlines.items()]
    heads = [title, *ESTIMATE, "Questions"]
    return table(f"{named(HEADLINE)} by {title.lower()}", heads, rows, "figures grouped")


def _filter(category: str) -> str:
    """A category as a link to its questions; without the script it leads to all of them."""
    return f'<a href="#questions" data-filter="{shown(category)}">{named(category)}</a>'


def _matrix(groups: Groups) -> str:
    names = dict.fromkeys(name for found in groups.values() for name in found)
    rows = [[named(name), *(_cell(found.get(name)) for found in groups.values())] for name in names]
    inner = table("Means in percent", ["Measure", *map(named, groups)], rows, "matrix")
    return folded("Every measure by category", scrolling(inner, "Every measure by category"))


def _cell(estimate: Row | None) -> str:
    return NONE if estimate is None else f"{100 * estimate['value']:.0f}"


# ---------------------------------------------------------------- confidence


def confidence_section(abstention: Row | None) -> str:
    """Whether the confidence orders the answers (risk–coverage, AUROC) and means what it says (reliability)."""
    if not abstention:
        return ""
    facts = [f"AUROC {abstention['auroc']:.2f}"] if abstention["auroc"] is not None else []
    if (coverage := abstention["coverage_at_5_percent_risk"]) is not None:
        facts.append(f"{percent(coverage)} answered at 5 % risk")
    told = f'<p class="facts">{" · ".join(facts)}</p>' if facts else ""
    figures = _risk_coverage(abstention) + _reliability(abstention)
    return section("confidence", "Confidence and abstention", f'{told}<div class="charts">{figures}</div>')


def _risk_coverage(abstention: Row) -> str:
    curve = abstention["risk_coverage"]
    if not curve:
        return ""
    rows = [[percent(coverage), percent(risk)] for coverage, risk in thinned(curve)]
    numbers = folded("The numbers", table("Risk by coverage", ["Coverage", "Risk"], rows))
    told = (
        "<b>Risk–coverage.</b> If only the most confident answers were given: how many questions get one, and how many "
        "of these are wrong. The curve ends where the answerer refuses. Lower is better."
    )
    chart = risk_coverage_chart(curve, abstention["coverage_at_5_percent_risk"])
    return f"<figure>{chart}<figcaption>{told}{numbers}</figcaption></figure>"


def _reliability(abstention: Row) -> str:
    bins = [(each["confidence"], each["right"], each["n"]) for each in abstention["reliability"]]
    if not bins:
        return ""
    rows = [[percent(confidence), percent(right), str(n)] for confidence, right, n in bins]
    numbers = folded("The numbers", table("Reliability", ["Confidence", "Right", "Answers"], rows))
    told = (
        "<b>Reliability.</b> Of the answers given with about the same confidence, how many are right. On the dashed "
        "line the confidence means what it says; larger dots hold more answers."
    )
    return f"<figure>{reliability_chart(bins)}<figcaption>{told}{numbers}</figcaption></figure>"


# ---------------------------------------------------------------- the run


def run_section(report: Row) -> str:
    """What the figures depend on: settings, time, tokens, repeats, the agreement of a judge."""
    told = []
    if words := report.get("cited_words"):
        told.append("Words of a quote, the median of each answer: " + _percentiles(words, ""))
    if latency := report.get("latency_ms"):
        told.append("Time of an answer: " + _percentiles(latency, " ms"))
    if tokens := report.get("tokens"):
        told.append(f"Tokens of all answers: {tokens['prompt']:,} read, {tokens['completion']:,} written")
    if repeats := report.get("repeats"):
        told.append(_repeats(repeats))
    lines = "".join(f"<li>{each}</li>" for each in told)
    parts = [f'<ul class="plain">{lines}</ul>' if told else "", definitions(report["settings"].items(), "settings")]
    if judge := report.get("judge"):
        parts.append(_judge(judge))
    return section("run", "The run", "".join(parts))


def _percentiles(found: Row, unit: str) -> str:
    return " · ".join(f"{named(name)} {value:,.0f}{unit}" for name, value in found.items())


def _repeats(repeats: Row) -> str:
    flips = repeats["flips"]
    flipped = counted(len(flips), "question is right in some runs only", "questions are right in some runs only")
    told = f"Asked {repeats['runs']} times: {flipped}"
    return f"{told}{': ' + shown(', '.join(flips)) if flips else ''}"


def _judge(judge: Row) -> str:
    labels = judge["labels"]
    rows = [[named(label), *map(str, counts)] for label, counts in zip(labels, judge["rows"], strict=True)]
    caption = f"The judge of support against hand labels: κ {judge['kappa']:.2f}; rows are the hand labels"
    return table(caption, ["", *(f"judged {named(label)}" for label in labels)], rows, "matrix judge")
