"""Prompts are files, `prompts/<name>.md` with `$name` variables; and how passages look in one."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from string import Template

from assistant.citations.labels import without_label_colons
from assistant.generation.context import CONTEXT
from assistant.generation.lead_in import led_in
from index.errors import ModelError
from index.text.arabic import is_arabic, words
from index.text.lookalikes import Rewriting, rounded, seen
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

BESIDE_PASSAGES = 1_300
"""Tokens for the rules, the question and an answer."""
CHARACTERS_A_TOKEN = 2.5
"""Of Arabic, by the tokenizers that cut it finest of those in use."""
LONGEST_TITLE = 200
"""Characters of a title, or of a source's name, that a label shows."""
_RUN, _REPEATED = 4, 0.9
"""Words in a row, and the share of such rows that stand in passages before, by which a passage only repeats them."""
_ANGLES = dict.fromkeys("<˂ᐸ≪⟨〈❬❮❰⟪《⧼", "‹") | dict.fromkeys(">˃ᐳ≫⟩〉❭❯❱⟫》⧽", "›")
_BAR = re.compile("[|¦ǀ∣⏐│┃❘｜￨]")  # between the parts of a label


def _tame(char: str) -> str:
    """The character; of a bracket, one that no model reads as part of a marker or a tag; "" where nothing is seen."""
    plain = unicodedata.normalize("NFKC", char)
    harmless = _ANGLES.get(plain) or rounded(plain)
    return seen(char) if harmless == plain else harmless


_tamed = Rewriting(_tame)


def answer_prompt(question: str, passages: Sequence[ScoredPassage]) -> str:
    """The prompt for a question in its own language, with the passages labelled [1] … in their order."""
    blocks = [labelled(n, scored) for n, scored in enumerate(passages, start=1)]
    name = "answer.ar" if is_arabic(question) else "answer.en"
    return render_prompt(name, passages="\n\n".join(blocks), question=" ".join(harmless(question).split()))


def passage_room(context: int) -> int:
    """Characters of passages with their labels that fit a prompt for an LLM of so many tokens: 6,990 for 4,096."""
    return int((context - BESIDE_PASSAGES) * CHARACTERS_A_TOKEN)


def fitting(passages: Sequence[ScoredPassage], context: int = CONTEXT) -> list[ScoredPassage]:
    """The passages of highest rank that fit a prompt together, each whole and led in; always the first.

    Those that only repeat others, or a heading, come after all the rest: they fill no room that another could have.
    """
    kept: list[ScoredPassage] = []
    room = passage_room(context)
    for n, scored in enumerate(map(led_in, _news_first(passages)), start=1):
        room -= len(labelled(n, scored))
        if kept and room < 0:
            break
        kept.append(scored)
    return kept


def _news_first(passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    news: list[ScoredPassage] = []
    rest: list[ScoredPassage] = []  # a passage with another figure is never among them, nor is any lost
    told: set[tuple[str, ...]] = set()
    for scored in passages:
        said = words(scored.passage.text)
        runs = {tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1)}
        figures = {run for run in runs if any(map(str.isdigit, run))}
        repeats = bool(runs) and figures <= told and len(runs & told) >= _REPEATED * len(runs)
        is_heading = set(said) <= set(words(scored.passage.article.title or ""))
        (rest if repeats or is_heading else news).append(scored)
        told |= runs
    return news + rest


def labelled(n: int, scored: ScoredPassage) -> str:
    """A passage under its number, the title of its article, the source and the date."""
    article = scored.passage.article
    parts = [part for part in (article.title, article.source, article.published) if part]
    label = " | ".join(_BAR.sub("/", " ".join(harmless(part).split()))[:LONGEST_TITLE] for part in parts)
    return f"[{n}] {label}".rstrip() + "\n" + harmless(scored.passage.text)


@lru_cache(maxsize=64)
def harmless(text: str) -> str:
    """The text without anything that could pass for a marker, a label or a delimiter; only the prompt shows it so."""
    return without_label_colons(_tamed(text))
