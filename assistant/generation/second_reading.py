"""A second reading of a draft by the LLM: of the sentences and their quotes alone, without question or passages."""

import re
from collections.abc import Sequence

from assistant.citations.spans import CitedClaim, Span
from assistant.generation.prompt import harmless, passage_room, render_prompt
from index.text.arabic import is_arabic

LETTERS = "ABCDEFGH"
"""What the quotes of a sentence are called, in either language."""
_LINE = re.compile(
    r"^[^\w\n]*(?:\w+[^\S\n]+)?(\d{1,3})[^\w\n]+(نعم|لا|غير|yes|no|not)(?![^\W_A-H])([^\n|]*)",
    re.IGNORECASE | re.MULTILINE,
)
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


def _block(number: int, claim: CitedClaim) -> str:
    quotes = [
        f"   {letter}{_date(span)}: {_line(span.quote)}" for letter, span in zip(LETTERS, claim.spans, strict=False)
    ]
    return "\n".join([f"{number}. {_line(claim.text)}", *quotes])


def _date(span: Span) -> str:
    """That of its article: the draft was written with it at hand, and the reader sees it beside the quote."""
    return f" ({span.article.published})" if span.article.published else ""


def _line(text: str) -> str:
    return " ".join(harmless(text).split())
