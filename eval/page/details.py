"""The drill-down of one question: why it failed, what was expected, what was answered, and both in the articles."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from assistant.chat.markup import shown, web_link
from eval.measures.all import explained, goodness
from eval.page.highlighting import Mark, excerpt
from eval.page.markup import NONE, counted, folded, foreign, named, own_direction
from eval.page.outcomes import OUTCOMES, is_right, outcome, reply

Row = dict[str, Any]


def question_details(question: Row, articles: dict[str, Row], number: int, rank: int) -> str:
    """A question as one line that opens. `number` is its place in the file, `rank` that from worst to best."""
    answer, end = question["answer"], outcome(question)
    right = is_right(question)
    confidence = answer["confidence"]
    data = {"category": question["category"], "split": question["split"], "verdict": "right" if right else "wrong"}
    data |= {"reply": reply(question), "number": number, "rank": rank}
    data |= {"confidence": -1 if confidence is None else confidence}
    place = (question["category"].replace("_", " "), question["split"], question["id"])
    attributes = "".join(f' data-{name}="{shown(str(value))}"' for name, value in data.items())
    sign = '<b class="sign right">✓</b>' if right else '<b class="sign wrong">✗</b>'
    summary = (
        f'<summary>{sign}<span class="about"><b>{OUTCOMES[end]}</b> '
        f"{' · '.join(foreign('span', each) for each in place)}</span>"
        f"<h3{own_direction(question['question'])}>{shown(question['question'])}</h3></summary>"
    )
    inner = _drill(question, articles, number)
    return f'<details class="question" id="q{number}"{attributes}>{summary}{inner}</details>'


def _drill(question: Row, articles: dict[str, Row], number: int) -> str:
    return (
        f'<div class="drill">{_why(question["why"])}<div class="pair">'
        f'<section class="answer"><h4>Answer</h4>{answer_given(question["answer"], f"q{number}")}</section>'
        f'<section class="gold"><h4>Expected</h4>{_expected(question["gold"])}</section></div>'
        f"{_in_articles(question, articles, number)}{_scores(question['measures'])}</div>"
    )


def _why(why: list[str]) -> str:
    return f'<div class="why"><h4>Why it is not right</h4>{reasons(why)}</div>' if why else ""


def reasons(why: list[str]) -> str:
    """The reasons in English, each with the words that it names in a direction of their own."""
    items = ""
    for reason in why:
        told, colon, words = reason.partition(": ")
        items += f"<li>{shown(told)}{colon}{foreign('bdi', words) if words else ''}</li>"
    return f'<ul class="plain">{items}</ul>' if items else ""


# ---------------------------------------------------------------- what was answered


def answer_given(answer: Row, anchor: str = "") -> str:
    """An answer of the report: its sentences with markers, or its refusal; `anchor` leads the markers to excerpts."""
    if answer["error"]:
        return f'<p class="failure">Failed: {foreign("bdi", answer["error"])}</p>'
    if answer["abstained"]:
        against = "".join(foreign("p", c["quote"], "text") for c in answer["nearest"] if c.get("contradicts"))
        quoted = f'<p class="note">Contradicted by:</p>{against}' if against else ""
        reason = f'<p class="note">Reason: {named(answer["reason"])}</p>'
        return foreign("p", answer["answer"], "text") + reason + quoted + _measured(answer)
    sentences = " ".join(_sentence(sentence, anchor) for sentence in answer["sentences"]) or shown(answer["answer"])
    words = f'<p class="text"{own_direction(answer["answer"])}>{sentences}</p>'
    return words + "".join(map(_conflict, answer["conflicts"])) + _measured(answer)


def _sentence(sentence: Row, anchor: str) -> str:
    markers = "".join(_marker(n, anchor) for n in sentence["citations"])
    flag = "" if sentence["support"] == "full" else f' <bdi class="flag">support: {shown(sentence["support"])}</bdi>'
    return f"<span>{shown(sentence['text'])}&#8288;{markers}{flag}</span>"


def _marker(n: int, anchor: str) -> str:
    number = int(n)
    if not anchor:
        return f'<bdi class="marker">[{number}]</bdi>'
    return f'<a class="marker" href="#{anchor}-articles"><bdi>[{number}]</bdi></a>'


def _conflict(conflict: Row) -> str:
    rows = ""
    for value in conflict["values"]:
        figure, whose = f"{value['text']} {value['unit']}", value["said_by"] or NONE
        rows += f"<li>{foreign('bdi', figure)} — {foreign('bdi', whose)} <bdi>[{int(value['citation'])}]</bdi></li>"
    return f'<p class="note">Told as conflicting: {foreign("bdi", conflict["about"])}</p><ul class="plain">{rows}</ul>'


def _measured(answer: Row) -> str:
    """Confidence, time and tokens in one line."""
    parts = [f"confidence {answer['confidence']:.2f}"] if answer["confidence"] is not None else []
    parts += [f"{sum(answer['timings_ms'].values()):.0f} ms"] if answer["timings_ms"] else []
    if tokens := answer["tokens"]:
        parts.append(f"{tokens['prompt']:,} + {tokens['completion']:,} tokens")
    if answer["dropped"]:
        parts.append(f"{counted(answer['dropped'], 'unsupported sentence')} not shown")
    return f'<p class="note">{" · ".join(parts)}</p>' if parts else ""


# ---------------------------------------------------------------- what was expected


def _expected(gold: Row) -> str:
    if not gold["answerable"]:
        return "<p>No answer: the articles do not tell.</p>" + _forbidden(gold["forbidden"])
    items = "".join(f"<li>{_nugget(nugget)}</li>" for nugget in gold["nuggets"])
    sides = "; ".join(f"{v['value']:,} {v['unit'] or ''} ({v['said_by']})" for v in gold["conflict"])
    told = f'<p class="note">The articles differ: {foreign("bdi", sides)}</p>' if sides else ""
    return f'<ol class="nuggets">{items}</ol>{told}{_forbidden(gold["forbidden"])}'


def _nugget(nugget: Row) -> str:
    value = nugget["value"]
    exact = f"{value:,}" if isinstance(value, int | float) else value
    typed = " ".join(filter(None, (nugget["type"], exact, nugget["unit"])))
    kind = "" if nugget["vital"] else '<span class="flag">good to know</span> '
    wordings = ""
    if nugget["aliases"]:
        wordings = folded("accepted wordings", foreign("p", " · ".join(nugget["aliases"])), "wordings")
    return f"{kind}{foreign('bdi', nugget['text'])} <small>{foreign('bdi', typed)}</small>{wordings}"


def _forbidden(wordings: list[str]) -> str:
    return f'<p class="note">Must not say: {foreign("bdi", " · ".join(wordings))}</p>' if wordings else ""


# ---------------------------------------------------------------- both, in the articles


def _in_articles(question: Row, articles: dict[str, Row], number: int) -> str:
    """Every article that is cited, gold or shown with a refusal: one excerpt with all marks in it."""
    by_article: dict[str, list[Mark]] = {}
    for article_id, mark in _marks(question):
        by_article.setdefault(article_id, []).append(mark)
    if not by_article:
        return ""
    shows = "".join(_article(articles.get(a), a, marks) for a, marks in by_article.items())
    inexact = "".join(map(_inexact, _wrong_quotes(question["answer"], articles)))
    anchor = f'id="q{number}-articles" tabindex="-1"'
    return f'<section class="articles" {anchor}><h4>In the articles</h4>{inexact}{shows}</section>'


def _marks(question: Row) -> Iterator[tuple[str, Mark]]:
    answer = question["answer"]
    for c in answer["citations"]:
        yield c["article_id"], Mark(c["start"], c["end"], "cited", f"[{c['n']}]")
    for number, nugget in enumerate(question["gold"]["nuggets"], start=1):
        for evidence in nugget["evidence"]:
            for span in evidence:
                yield span["article_id"], Mark(span["start"], span["end"], "gold", f"gold {number}")
    for c in answer["nearest"]:
        label = "contradicts the question" if c.get("contradicts") else "near"
        yield c["article_id"], Mark(c["start"], c["end"], "nearest", label)


def _article(article: Row | None, article_id: str, marks: list[Mark]) -> str:
    if article is None:
        return f'<p class="failure">Article {shown(article_id)} is not in this report.</p>'
    name = article["title"] or PurePath(article["path"] or article_id).name
    about = [foreign("bdi", article["source"])] if article["source"] else []
    about += [foreign("bdi", article["published"])] if article["published"] else []
    about += [foreign("bdi", PurePath(article["path"]).name)] if article["path"] else []
    about += filter(None, [web_link(article.get("url"))])
    kinds = {mark.kind for mark in marks}
    flag = '<span class="flag">gold, not cited</span>' if kinds == {"gold"} else ""
    flag = '<span class="flag">cited, not gold</span>' if "cited" in kinds and "gold" not in kinds else flag
    return (
        f'<article class="source"><h5{own_direction(name)}>{shown(name)}</h5>'
        f'<p class="note">{" · ".join(about)} {flag}</p>{excerpt(article["text"], marks)}</article>'
    )


def _wrong_quotes(answer: Row, articles: dict[str, Row]) -> list[Row]:
    known = [c for c in answer["citations"] if c["article_id"] in articles]
    return [c for c in known if articles[c["article_id"]]["text"][c["start"] : c["end"]] != c["quote"]]


def _inexact(citation: Row) -> str:
    told = f"Citation [{int(citation['n'])}] quotes words that are not there in its article:"
    return f'<div class="failure"><p>{told}</p>{foreign("blockquote", citation["quote"])}</div>'


# ---------------------------------------------------------------- scores


def _scores(measures: dict[str, float | None]) -> str:
    """Every measure that applies, named with its explanation on hover; the table of measures tells it to all."""
    cells = "".join(
        f'<div class="{"zero" if goodness(name, score) == 0 else "other"}">'
        f'<dt title="{shown(explained(name))}">{named(name)}</dt><dd>{score:.2f}</dd></div>'
        for name, score in measures.items()
        if score is not None
    )
    return f'<section><h4>Scores</h4><dl class="scores">{cells}</dl></section>'
