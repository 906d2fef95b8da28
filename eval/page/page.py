"""`report.json` as one HTML file: the headline, the figures, and every question with what proves it."""

from collections.abc import Sequence
from typing import Any

from assistant.chat.markup import shown
from eval.measures.all import HEADLINE
from eval.page.charts import interval_bar, shares_bar
from eval.page.details import question_details
from eval.page.figures import confidence_section, groups_section, measures_section, run_section
from eval.page.highlighting import LEGEND
from eval.page.markup import counted, document, foreign, interval, named, percent, section
from eval.page.outcomes import OUTCOMES, is_right, reply, tally, worst_first
from eval.statistics import FEW_CLUSTERS

Row = dict[str, Any]

MEANING = (
    "A question counts when every vital fact is stated and proved by the words that the answer cites for it, with "
    "nothing unsupported beside it; or, where the articles do not tell, when no answer is given."
)


def report_page(report: Row) -> str:
    """The page of a report as `eval.runs.report.report` makes it. It loads nothing, and is whole without its script."""
    sections = {
        "measures": ("Measures", measures_section(report)),
        "groups": ("Groups", groups_section(report)),
        "confidence": ("Confidence", confidence_section(report.get("abstention"))),
        "questions": ("Questions", _questions(report)),
        "run": ("The run", run_section(report)),
    }
    shows = {name: (title, inner) for name, (title, inner) in sections.items() if inner}
    links = "".join(f'<a href="#{name}">{title}</a>' for name, (title, _) in shows.items())
    main = _headline(report) + "".join(inner for _, inner in shows.values())
    answerer = str(report["settings"].get("answerer", ""))
    body = f'{_header(report["settings"])}<nav aria-label="Sections">{links}</nav><main>{main}</main>'
    return document(f"Isnad evaluation · {answerer}", body)


def _header(settings: Row) -> str:
    keys = ("answerer", "facts_file", "isnad")
    about = " · ".join(f"{named(key)} {foreign('bdi', str(settings[key]))}" for key in keys if key in settings)
    return f"<header><h1>Isnad evaluation</h1><p>{about}</p></header>"


# ---------------------------------------------------------------- the headline


def _headline(report: Row) -> str:
    estimate, questions = report["measures"].get(HEADLINE), report["questions"]
    if estimate is None:
        return '<section class="headline"><p>No question was judged.</p></section>'
    value, low, high = estimate["value"], estimate["low"], estimate["high"]
    clusters = counted(estimate["clusters"], "article")
    right = sum(map(is_right, questions))
    bounds = f"95 % interval {interval(low, high)}, over {clusters}" if low is not None else f"over {clusters}"
    few = estimate["clusters"] < FEW_CLUSTERS
    notes = [f"Over only {clusters}, the true interval is wider."] if few else []
    notes += filter(None, [_detectable(report.get("detectable"))])
    return (
        '<section class="headline" aria-labelledby="headline-h"><h2 id="headline-h">Grounded-Correct</h2>'
        f'<p class="big"><strong>{percent(value)}</strong><span>{bounds}</span></p>{interval_bar(value, low, high)}'
        f"<p><b>{right} of {counted(estimate['n'], 'question')}.</b> {MEANING}</p>"
        f"{_tally(questions)}{''.join(f'<p class=note>{note}</p>' for note in notes)}</section>"
    )


def _detectable(detectable: Row | None) -> str:
    """How small a difference between two answerers these questions could show."""
    if not detectable or detectable.get("difference") is None:
        return ""
    asked = counted(detectable["questions"], "question")
    least = f"{100 * detectable['difference']:.0f} points"
    return f"A difference of less than {least} between two answerers would mostly not show over {asked}."


def _tally(questions: Sequence[Row]) -> str:
    found = tally(questions)
    bar = shares_bar([(end, n / len(questions)) for end, n in found.items()])
    items = "".join(f'<li><i class="{end}"></i><b>{n}</b> {OUTCOMES[end]}</li>' for end, n in found.items())
    return f'<div class="tally">{bar}<ul>{items}</ul></div>'


# ---------------------------------------------------------------- the questions


def _questions(report: Row) -> str:
    """All questions, worst first, with the filters that the script brings to life."""
    questions, articles = report["questions"], report.get("articles") or {}
    place = {question["id"]: number for number, question in enumerate(questions, start=1)}
    listed = worst_first(questions)
    items = "".join(question_details(q, articles, place[q["id"]], rank) for rank, q in enumerate(listed))
    order = (
        "<p>Failures first, then wrong answers, needless refusals, what is right; in each the lowest scores first.</p>"
    )
    return section("questions", "Questions", f'{order}{_filters(questions)}{LEGEND}<div id="list">{items}</div>')


def _filters(questions: Sequence[Row]) -> str:
    """Hidden until the script shows them."""
    choices = {
        "category": dict.fromkeys(q["category"] for q in questions),
        "verdict": ("wrong", "right"),
        "reply": sorted({reply(q) for q in questions}),
        "split": dict.fromkeys(q["split"] for q in questions),
    }
    selects = "".join(
        f'<label>{name}<select name="{name}"><option value="">all</option>'
        + "".join(f'<option value="{shown(each)}">{named(each)}</option>' for each in found)
        + "</select></label>"
        for name, found in choices.items()
    )
    orders = {"rank": "worst first", "number": "as in the file", "confidence": "least confident first"}
    options = "".join(f'<option value="{key}">{name}</option>' for key, name in orders.items())
    return (
        f'<form class="filters" hidden>{selects}<label>order<select name="order">{options}</select></label>'
        '<label class="search">words<input type="search" name="words" dir="auto"></label>'
        '<button type="reset">All questions</button><output aria-live="polite"></output></form>'
    )
