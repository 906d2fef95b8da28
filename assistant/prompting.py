"""Prompts are files, `prompts/<name>.md` with `$name` variables; and how passages look in one."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from string import Template

from assistant.abstaining import is_arabic
from index.arabic import TATWEEL
from index.errors import ModelError
from index.types import ScoredPassage


def render_prompt(name: str, /, **variables: str) -> str:
    """The prompt `prompts/<name>.md` with its variables filled in.

    Raises ModelError that names the prompt that is not there, or the variable that is missing or too many.
    """
    template = _load(name)
    wanted = set(template.get_identifiers())
    for problem, names in (("lacks a value for", wanted - set(variables)), ("has no", set(variables) - wanted)):
        if names:
            raise ModelError(f"The prompt {name}.md {problem} {', '.join(f'${n}' for n in sorted(names))}: correct it.")
    try:
        return template.substitute(variables).strip()
    except ValueError as error:
        raise ModelError(f"The prompt {name}.md has a $ that names no variable: write $$ for the sign.") from error


@cache
def _load(name: str) -> Template:
    try:
        return Template(resources.files("prompts").joinpath(f"{name}.md").read_text(encoding="utf-8"))
    except (FileNotFoundError, ModuleNotFoundError) as error:
        raise ModelError(
            f"This installation lacks the prompt {name}.md: pip install --force-reinstall isnad"
        ) from error


# ---------------------------------------------------------------- the prompt of a question

MOST_PASSAGE_CHARACTERS = 7_000
"""Of passages with their labels in a prompt: about 2,800 tokens of Arabic, so that prompt and answer fit the 4,096
tokens that local servers reserve unasked. Passages of lower rank are left out whole."""
LONGEST_TITLE = 200
"""Characters of a title, or of a source's name, that a label shows."""


class _Seen(dict[int, int | None]):
    """For str.translate: what is not to be seen goes; each character is looked at once."""

    def __missing__(self, code: int) -> int | None:
        unseen = unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs") and chr(code) not in "\n\t"
        self[code] = None if unseen or chr(code) == TATWEEL else code
        return self[code]


_SEEN = _Seen()
# Every bracket that a model might read as a marker or as the end of the block, to one that it will not.
_HARMLESS = str.maketrans(
    dict.fromkeys("[［【〔⟦〖", "(") | dict.fromkeys("]］】〕⟧〗", ")")
    | dict.fromkeys("<＜﹤〈⟨", "‹") | dict.fromkeys(">＞﹥〉⟩", "›")
)  # fmt: skip
_SOURCE_LABEL = re.compile(
    r"\b((?:المصدر|مصدر|المقطع|مقطع|المقال|مقال|المستند|السؤال|الجواب|source|passage|article|document|question|answer)"
    r"(?:\s+رقم|\s+no\.?)?\s*\(?\d{0,3}\)?)\s*[:：]",
    re.IGNORECASE,
)


def answer_prompt(question: str, passages: Sequence[ScoredPassage]) -> str:
    """The prompt for a question in its own language, with the passages labelled [1] … in their order."""
    blocks = [_block(n, scored) for n, scored in enumerate(passages, start=1)]
    name = "answer.ar" if is_arabic(question) else "answer.en"
    return render_prompt(name, passages="\n\n".join(blocks), question=" ".join(_harmless(question).split()))


def fitting(passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """The passages of highest rank that fit a prompt together; always the first."""
    kept: list[ScoredPassage] = []
    room = MOST_PASSAGE_CHARACTERS
    for n, scored in enumerate(passages, start=1):
        room -= len(_block(n, scored))
        if kept and room < 0:
            break
        kept.append(scored)
    return kept


def _block(n: int, scored: ScoredPassage) -> str:
    article = scored.passage.article
    parts = [part for part in (article.title, article.source, article.published) if part]
    label = " | ".join(" ".join(_harmless(part).split())[:LONGEST_TITLE] for part in parts)
    return f"[{n}] {label}".rstrip() + "\n" + _harmless(scored.passage.text)


@lru_cache(maxsize=64)
def _harmless(text: str) -> str:
    """The text without anything that could pass for a marker, a label or a delimiter; only the prompt shows it so."""
    seen = text.translate(_SEEN)
    return _SOURCE_LABEL.sub(r"\1 –", seen.translate(_HARMLESS))
