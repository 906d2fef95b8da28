"""The evaluation's tab as HTML: the frame, which does not change, and a row for each report."""

from collections.abc import Sequence

from assistant.chat.evaluation.runs import Report, State
from assistant.chat.markup import shown
from assistant.chat.texts import Texts


def frame(words: Texts) -> str:
    """The tab before anything is known; a script asks for the rest."""
    names = ("begun", "grounded_correct", "questions_asked", "answers_from")
    heads = "".join(f'<th scope="col">{words(name)}</th>' for name in names)
    return (
        f'<main id="evaluation" class="tab" dir="{words.direction}" hidden><h2>{words("evaluation_tab")}</h2>'
        f'<p>{words("evaluates")}</p><p class="note">{words("evaluates_apart")}</p><div class="running">'
        f'<button type="button" class="run">{words("evaluate")}</button>'
        f'<button type="button" class="halt" hidden>{words("stop")}</button>'
        f'<progress max="1" aria-label="{words("evaluation_tab")}" hidden></progress>'
        f'<span class="how" role="status"></span></div><p class="failure" role="alert" hidden></p>'
        f"<h3>{words('reports')}</h3><table><thead><tr>{heads}</tr></thead>"
        f'<tbody data-failed="{words("connection_lost")}"></tbody></table></main>'
    )


def rows(reports: Sequence[Report], words: Texts) -> str:
    """One row a report; its date opens it."""
    return "".join(_row(report, words) for report in reports) or (
        f'<tr><td colspan="4" class="note">{words("no_reports")}</td></tr>'
    )


def told(state: State, words: Texts) -> str:
    """How far a run is, in words."""
    if not state.running:
        return ""
    if state.done >= state.total:
        return words("judging")
    return words("asked_of", done=state.done, total=state.total)


def _row(report: Report, words: Texts) -> str:
    day = f"{report.begun.day} {words.month(report.begun.month)} {report.begun.year}"
    link = f'href="evaluation/report?id={report.id}" target="_blank" rel="noopener"'
    bounds = "" if report.low is None or report.high is None else f" ({report.low:.0%}–{report.high:.0%})"
    answers = words("quoted_short") if report.answerer == "extractive" else report.answerer
    begun = f'{day}{words("comma")}<bdi dir="ltr">{report.begun:%H:%M} UTC</bdi>'
    right = f'<bdi dir="ltr"><b>{report.value:.0%}</b>{bounds}</bdi>'
    return (
        f'<tr class="report"><th scope="row"><a {link}>{begun}</a></th><td>{right}</td><td>{report.questions}</td>'
        f"<td><bdi>{shown(answers)}</bdi></td></tr>"
    )
