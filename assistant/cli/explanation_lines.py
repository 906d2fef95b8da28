"""An explanation as lines for a terminal.

Its labels are English, so each line begins with one and Arabic stands in isolates (FSI … PDI): without them a terminal
that knows bidi would set a number between two Arabic words in their order, not in that of the line.
"""

import textwrap
from collections.abc import Sequence
from typing import Any, Protocol

import typer

from assistant.cli.ask import draw, show
from assistant.cli.screen.lines import Line
from assistant.cli.screen.screen import WIDEST, Screen
from assistant.cli.terminal import json_line, shown
from assistant.extractive.explanation import AskedFor, Confidence, Explanation, Found, Looked
from assistant.linear import Odds
from assistant.types import Answer
from index.types import Filters

MOST_FEATURES = 6
"""Contributions shown of a sum; the others are smaller, and `--json` has all."""
FEWER_FEATURES = 4
"""The same where ten sums follow on each other."""
MOST_WORDINGS = 5
"""Other wordings shown of a word."""
_SHORTEST_TITLE = 16  # characters of a passage's title that are shown however narrow the terminal
_ISOLATE, _END, _HARD_BLANK = "\u2068", "\u2069", "\u00a0"


class Explaining(Protocol):
    """What is needed of an assistant here."""

    def explain(self, question: str, filters: Filters) -> Explanation:
        """The answer, and what each stage saw on the way to it."""
        ...


def print_explained(assistant: Explaining, question: str, filters: Filters, screen: Screen, *, as_json: bool) -> Answer:
    """Print the answer to one question and how it came about."""
    explanation = assistant.explain(question, filters)
    if as_json:
        typer.echo(json_line(explanation.answer.to_dict() | {"explain": explanation.to_dict()}))
    else:
        show(explanation.answer, screen)
        draw([Line(line, "quote", rtl=False) for line in ["", *explanation_lines(explanation, screen.width)]], screen)
    return explanation.answer


def explanation_lines(explanation: Explanation, width: int = WIDEST) -> list[str]:
    """What each stage saw, in the order of the stages, and at the end why there is an answer or none."""
    e, width = explanation, min(width, WIDEST)
    lines = ["How this came about", "", *_question(e.question, e.answer.question, width)]
    lines += ["", f"Passages: {e.found} found, the best {len(e.passages)} read", *_passages(e.passages, width)]
    if e.confidence:
        lines += ["", f"Sentences: {e.candidates} weighed, the best {len(e.sentences)}"]
        for rank, sentence in enumerate(e.sentences, start=1):
            lines += _sentence(rank, sentence, width)
        lines += ["", *_confidence(e.confidence, width)]
    return [*lines, "", *_wrapped(f"Why: {shown(e.why)}", width, "     ")]


def isolated(text: str) -> str:
    """A piece of Arabic inside an English line, in a direction of its own; not broken, for isolates end with a line."""
    return f"{_ISOLATE}{shown(text).replace(' ', _HARD_BLANK)}{_END}"


def _question(asked: AskedFor, question: str, width: int) -> list[str]:
    lines = ["Question"]
    if asked.wording != question:
        lines += ["  wording", *_wrapped(shown(asked.wording), width, " " * 12, " " * 12)]
    about = f", of {isolated(asked.asked_about)}" if asked.asked_about else ""
    counted = f", counting {isolated(asked.counted)}" if asked.counted else ""
    lines += _wrapped(f"  wants     {asked.expected}{about} (kind: {asked.kind}{counted})", width, " " * 12)
    for word in asked.words:
        others = ", ".join(map(isolated, word.also[:MOST_WORDINGS]))
        more = f" +{len(word.also) - MOST_WORDINGS}" if len(word.also) > MOST_WORDINGS else ""
        also = f", also {others}{more}" if others else ""
        row = f"  {word.weight:4.1f} nats {isolated(word.word)}, stem {isolated(word.stem)}{also}"
        lines += _wrapped(row, width, " " * 12)
    if asked.unweighed:
        lines += _wrapped(f"  no weight {', '.join(map(isolated, asked.unweighed))}", width, " " * 12)
    return lines


def _passages(passages: Sequence[Found], width: int) -> list[str]:
    """A table; what is Arabic stands last in its line, where no terminal can set it among the numbers."""
    if not passages:
        return []
    lines = ["   #  score  fused  cover  terms   BM25  vectors cosine  characters   article"]
    for rank, p in enumerate(passages, start=1):
        terms = f"{_rank(p.term_rank):>5} {p.bm25:6.2f}"
        vectors = f"{_rank(p.vector_rank):>7} {p.cosine:6.2f}"
        copies = f"+{len(p.copies)} copies  " if p.copies else ""
        row = f"{rank:4} {p.score:6.2f} {p.fused:6.2f} {p.coverage:6.2f}  {terms}  {vectors}  {p.start}–{p.end}"
        row = f"{row:<71}{copies}"
        lines.append(row + isolated(_cut(p.title or p.article_id, width - len(row))).replace(_HARD_BLANK, " "))
    return lines


def _cut(title: str, room: int) -> str:
    room = max(_SHORTEST_TITLE, room)
    return title if len(title) <= room else f"{title[: room - 1]}…"


def _rank(rank: int | None) -> str:
    return "–" if rank is None else f"#{rank}"


def _sentence(rank: int, sentence: Looked, width: int) -> list[str]:
    told = [f"log-odds {sentence.log_odds:+.2f}", *(["quoted"] if sentence.quoted else [])]
    if sentence.values:
        told.append(f"values {', '.join(map(_value, sentence.values))}")
    lines = _wrapped(f"  {rank:2}  {', '.join(told)}", width, " " * 6)
    lines += _wrapped(f"«{shown(sentence.text)}»", width, " " * 6, " " * 6)
    if sentence.reader:
        span = f", at {isolated(sentence.reader['span'])}" if sentence.reader["span"] else ""
        p = sentence.reader["probability"]
        read = "unread" if p is None else f"{p:.2f}"
        reader = f"reader {read}{span} adds {sentence.reader['adds']:+.2f}"
        lines += _wrapped(f"      {reader}", width, " " * 6)
    return lines + _wrapped(f"      {_odds(sentence.model, FEWER_FEATURES)}", width, " " * 6)


def _value(value: dict[str, Any]) -> str:
    high = "" if value["high"] is None else f"–{value['high']:,.10g}"
    return f"{isolated(value['text'])} = {value['value']:,.10g}{high}"


def _confidence(confidence: Confidence, width: int) -> list[str]:
    c = confidence
    product = f"{c.product:.2f} = on topic {c.on_topic:.2f} × stated {c.stated:.2f}"
    lines = [f"Confidence {product}; answers from {c.threshold:.2f}"]
    held = " (held down: no figure for what is asked)" if c.held_down and c.on_topic else ""
    held += f"; {c.reader:+.2f} reader" if c.reader is not None else ""
    lines += _wrapped(f"  on topic  {_odds(c.topic)}", width, " " * 12)
    return lines + _wrapped(f"  stated    {_odds(c.statement)}{held}", width, " " * 12)


def _odds(odds: Odds, most: int = MOST_FEATURES) -> str:
    """The bias and the largest contributions: how much, of what, and the feature's value."""
    told = [f"{s.contribution:+.2f} {s.name} ({s.value:.2f})" for s in odds.features[:most]]
    others = odds.features[most:]
    more = [f"{sum(s.contribution for s in others):+.2f} {len(others)} others"] if others else []
    return "; ".join(item.replace(" ", _HARD_BLANK) for item in [f"{odds.bias:+.2f} bias", *told, *more])


def _wrapped(text: str, width: int, indent: str, first: str = "") -> list[str]:
    """The text in lines that end nowhere at a hard blank, which is a plain one in them."""
    lines = textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return [line.replace(_HARD_BLANK, " ") for line in lines]
