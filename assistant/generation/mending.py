"""Sentences of a draft that fell, written once more by the LLM, nearer to the words of the passages that they cite."""

import re
from collections.abc import Mapping, Sequence

from assistant.citations.check import Fallen
from assistant.generation.prompt import harmless, labelled, render_prompt
from assistant.generation.reply import declines
from index.text.arabic import is_arabic
from index.types import ScoredPassage

MOST = 8
"""Sentences that are written once more; an answer has one to four."""
_LINE = re.compile(r"^[^\w\n]*(?:\w+[^\S\n]+)?(\d{1,2})[^\w\n\[]+(\S[^\n]*)$", re.MULTILINE)


def mending_prompt(
    question: str, fallen: Sequence[Fallen], passages: Sequence[ScoredPassage], faults: Mapping[str, str]
) -> str:
    """The prompt that asks for the sentences anew, with the passages that they cite under the numbers of the first.

    `faults` are the words that a second reading did not find proved, by the text of a sentence.
    """
    arabic = is_arabic(question)
    cited = sorted({n for sentence in fallen for n in sentence.cited})
    lines = [_line(n, sentence, faults.get(sentence.text), arabic) for n, sentence in enumerate(fallen, start=1)]
    return render_prompt(
        "mend.ar" if arabic else "mend.en",
        passages="\n\n".join(labelled(n + 1, passages[n]) for n in cited),
        question=_one_line(question),
        sentences="\n".join(lines),
    )


def mended(reply: str, count: int) -> list[str]:
    """The sentences of a reply in their order; "" for one that was given up, or is not there."""
    found = {int(number): text.strip() for number, text in _LINE.findall(reply)}
    texts = (found.get(n, "") for n in range(1, count + 1))
    return ["" if declines(text) else text for text in texts]


def _line(n: int, sentence: Fallen, fault: str | None, arabic: bool) -> str:
    markers = "".join(f"[{number + 1}]" for number in sentence.cited)
    line = f"{n}. {_one_line(sentence.text)} {markers}"
    return f"{line}\n   {'لم يثبت' if arabic else 'not proved'}: {_one_line(fault)}" if fault else line


def _one_line(text: str) -> str:
    return " ".join(harmless(text).split())
