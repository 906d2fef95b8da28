"""A second reading of a draft by the LLM: of the sentences and their quotes alone, without question or passages."""

import re
from collections.abc import Sequence

from assistant.citations.spans import CitedClaim, Span
from assistant.generation.prompt import LONGEST_TITLE, harmless, passage_room, render_prompt
from index.text.arabic import is_arabic

LETTERS = "ABCDEFGH"
"""What the quotes of a sentence are called, in either language."""
_LINE = re.compile(
    r"^[^\w\n]*(?:\w+[^\S\n]+)?(\d{1,3})[^\w\n]+(نعم|لا|غير|yes|no|not)(?![^\W_A-H])([^\n|]*)",
    re.IGNORECASE | re.MULTILINE,
)
_FAULT = re.compile(r"^[^\w\n]*(?:\w+[^\S\n]+)?(\d{1,3})[^\w\n]+[^\n|]*\|([^\n]*)$", re.MULTILINE)
_YES = ("نعم", "yes")
_LETTER = re.compile(r"(?<![A-Za-z])[A-H](?![A-Za-z])")
_LETTERS_ALONE = re.compile(r"[\sA-Hو،,;.:*&/()\[\]-]*")


def second_prompt(claims: Sequence[CitedClaim]) -> str:
    """The prompt that asks by which of its quotes each sentence is borne out; in the language of the first."""
    blocks = [_block(n, claim) for n, claim in enumerate(claims, start=1)]
    return render_prompt("verify.ar" if is_arabic(claims[0].text) else "verify.en", claims="\n\n".join(blocks))


def readable(claims: Sequence[CitedClaim], context: int) -> int:
    """How many of the sentences, from the first, an LLM of so many tokens reads at a time; at least one."""
    room = passage_room(context)
    for n, claim in enumerate(claims, start=1):
        room -= len(_block(n, claim))
        if room < 0:
            return max(1, n - 1)
    return len(claims)


def verdicts(reply: str, claims: Sequence[CitedClaim]) -> list[tuple[int, ...] | None]:
    """For each sentence the numbers of the quotes that bear it out, by the lines of a reply; None without a line.

    All of its quotes, where the line names none.
    """
    found: dict[int, tuple[int, ...]] = {}
    for number, word, rest in _LINE.findall(reply):
        n = int(number) - 1
        if 0 <= n < len(claims):
            every = range(min(len(claims[n].spans), len(LETTERS)))
            named = _LETTER.findall(rest) if _LETTERS_ALONE.fullmatch(rest) else []
            own = tuple(at for at in every if LETTERS[at] in named)
            found[n] = (own or tuple(every)) if word.lower() in _YES else ()
    return [found.get(n) for n in range(len(claims))]


def faults(reply: str, claims: Sequence[CitedClaim]) -> dict[str, str]:
    """The words of each sentence that a reply names as not proved, by the text of the sentence."""
    named = ((int(number) - 1, words.strip()) for number, words in _FAULT.findall(reply))
    return {claims[n].text: words for n, words in named if 0 <= n < len(claims) and words}


def _block(number: int, claim: CitedClaim) -> str:
    spans = list(zip(LETTERS, claim.spans, strict=False))
    first = {span.article.id: letter for letter, span in reversed(spans)}
    quotes = [f"   {a}{_about(span, first[span.article.id] == a)}: {_line(span.quote)}" for a, span in spans]
    return "\n".join([f"{number}. {_line(claim.text)}", *quotes])


def _about(span: Span, is_first: bool) -> str:
    """Title and date of its article: the draft was written with them at hand, the reader sees them beside the quote."""
    title = _line(span.article.title or "")[:LONGEST_TITLE] if is_first else ""
    told = " | ".join(filter(None, (title, span.article.published)))
    return f" ({told})" if told else ""


def _line(text: str) -> str:
    return " ".join(harmless(text).split())
