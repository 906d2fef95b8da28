"""One answer to a question that asks several things, out of the answers to each."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.citations.abstention import unanswered_notice
from assistant.citations.spans import render
from assistant.types import Answer, Citation, Conflict, Sentence

Ask = Callable[[str], Answer]
Numbers = dict[tuple[str, int, int], Citation]
"""The citations of a joined answer, by article and extent."""


def joined(question: str, parts: Sequence[Sequence[str]], ask: Ask) -> Answer | None:
    """The answers to the parts one after another, and which part has none; None where no part has one.

    Of the ways in which a part can be understood the one counts that the articles answer most surely.
    """
    answers = [max(map(ask, ways), key=lambda a: (not a.abstained, a.confidence or 0.0)) for ways in parts]
    found = [answer for answer in answers if not answer.abstained]
    if not found:
        return None
    numbers = Numbers()
    sentences = [s for answer in found for s in _renumbered(answer, numbers)]
    sentences = list({(s.text, s.citations): s for s in sentences}.values())
    silent = [ways[0] for ways, answer in zip(parts, answers, strict=True) if answer.abstained]
    told = [unanswered_notice(question, silent)] if silent else []
    timings = {stage: sum(a.timings_ms.get(stage, 0.0) for a in answers) for stage in answers[0].timings_ms}
    notices = dict.fromkeys(filter(None, (*told, *(answer.notice for answer in found))))
    return replace(
        found[0],
        question=question,
        text=render(sentences),
        sentences=tuple(sentences),
        citations=tuple(numbers.values()),
        conflicts=tuple(_conflict(c, answer, numbers) for answer in found for c in answer.conflicts),
        confidence=min(answer.confidence or 0.0 for answer in found),
        timings_ms=timings,
        notice=" ".join(notices) or None,
    )


def _renumbered(answer: Answer, numbers: Numbers) -> list[Sentence]:
    """The sentences of an answer with the numbers that its citations have among those of all, which grow."""
    for citation in answer.citations:
        key = (citation.article.id, citation.start, citation.end)
        numbers.setdefault(key, replace(citation, n=len(numbers) + 1))
    return [replace(s, citations=tuple(_of(answer, n, numbers) for n in s.citations)) for s in answer.sentences]


def _conflict(conflict: Conflict, answer: Answer, numbers: Numbers) -> Conflict:
    return replace(
        conflict, values=tuple(replace(v, citation=_of(answer, v.citation, numbers)) for v in conflict.values)
    )


def _of(answer: Answer, number: int, numbers: Numbers) -> int:
    cited = next(c for c in answer.citations if c.n == number)
    return numbers[cited.article.id, cited.start, cited.end].n
