"""Dialogues, read from JSONL: each question as it was typed, as it should be understood, and what proves its answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.facts.load import by_name, read_fact, read_records
from eval.types import Fact
from index.errors import InputError
from index.text.arabic import is_arabic
from index.types import Article

PROJECT_DIALOGUES = Path(__file__).with_name("dialogues.jsonl")
"""The dialogues that follow-ups are measured by."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a dialogue."""

    typed: str
    leans: bool
    """Whether it cannot be understood without what was asked before it."""
    fact: Fact
    """The question as it should be understood, with its gold."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Two questions or more of one reader, the first of which stands alone."""

    id: str
    split: str
    questions: tuple[Asked, ...]


def load_dialogues(file: Path, articles: Iterable[Article]) -> tuple[Dialogue, ...]:
    """The dialogues of a JSONL file: `{id, split, turns: [{question, whole, answer, evidence, about}, …]}`.

    `whole` stands at a question that leans; `answer` and `evidence` (as in a fact) where the articles tell, `about`
    where they do not. Raises InputError, as `file:line: why`, for the first that cannot be used.
    """
    known = by_name(articles)
    return read_records(file, "dialogues", lambda row: _dialogue(row, known))


def _dialogue(row: dict[str, Any], known: Mapping[str, Article]) -> Dialogue:
    turns = row.get("turns")
    if not isinstance(turns, list) or len(turns) < 2 or not all(isinstance(turn, dict) for turn in turns):
        raise InputError("`turns` is not a list of two questions or more")
    name, split = str(row.get("id") or ""), str(row.get("split") or "")
    questions = tuple(_asked(turn, f"{name}.{n}", split, known) for n, turn in enumerate(turns, start=1))
    if questions[0].leans:
        raise InputError("the first question has a `whole`: there is nothing before it to lean on")
    return Dialogue(name, split, questions)


def _asked(turn: dict[str, Any], name: str, split: str, known: Mapping[str, Article]) -> Asked:
    """Raises InputError for a question without text, and for gold that a fact could not have."""
    typed, whole = turn.get("question"), turn.get("whole")
    if not isinstance(typed, str) or not typed.strip():
        raise InputError(f"{name} has no `question`")
    answer, evidence = turn.get("answer"), turn.get("evidence")
    nugget = {"text": answer, "vital": True, "type": "text", "aliases": [answer], "evidence": evidence}
    fact = {
        "id": name,
        "question": whole or typed,
        "lang": "ar" if is_arabic(typed) else "en",
        "category": "dialogue",
        "split": split,
        "answerable": evidence is not None,
        "nuggets": [nugget] if evidence is not None else [],
        "about": turn.get("about"),
    }
    return Asked(typed, whole is not None, read_fact(fact, known))
