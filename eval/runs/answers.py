"""Every fact asked once: answers are kept on disk, so that a run that was cut short goes on where it stopped."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from assistant.types import Answer, Citation, Conflict, ConflictValue, Sentence, Tokens
from eval.types import Fact
from index.errors import IsnadError
from index.progress import with_progress
from index.types import Article

FILE = "answers.jsonl"
"""The name of a run's cache: one line an answer, `{key, answer}`; of two with one key the later holds."""

Ask = Callable[[str], Answer]

_NO_MATTER = ("store", "llm_key", "llm_timeout")  # settings that change no answer: errors are never kept


def answer_all(facts: Sequence[Fact], ask: Ask, kept: "Kept | None" = None, *, title: str = "Asking") -> list[Answer]:
    """The answer to each fact's question, in order; an IsnadError is an answer with that error.

    What `kept` holds is not asked again. Raises IsnadError where a person interrupts.
    """
    answers: list[Answer] = []
    try:
        for fact in with_progress(facts, title):
            answers.append(answer_one(fact, ask, kept))
    except KeyboardInterrupt:
        told = "No answer was kept."
        if kept:
            told = f"Their answers are kept in {kept.file}: the same command, without --fresh, goes on from there."
        raise IsnadError(f"Interrupted after {len(answers)} of {len(facts)} questions. {told}") from None
    return answers


def answer_one(fact: Fact, ask: Ask, kept: "Kept | None" = None) -> Answer:
    """The answer to one fact's question, from `kept` or asked and kept there."""
    known = kept.answer(fact) if kept else None
    if known:
        return known
    try:
        answer = ask(fact.question)
    except IsnadError as error:
        return Answer(fact.question, "", error=str(error))
    if kept:
        kept.keep(fact, answer)
    return answer


# ---------------------------------------------------------------- what an answer depends on


def run_key(settings: Settings, articles: Iterable[Article]) -> str:
    """A digest of all that changes answers but the question: articles, encoder, settings, prompts, code, weights."""
    shown = {name: str(value) for name, value in asdict(settings).items() if name not in _NO_MATTER}
    library = sorted([a.id, a.title or "", a.source or "", a.published or ""] for a in articles)
    return _digest([version("isnad"), _installed(), shown, library])


@cache
def _installed() -> str:
    """A digest of every file that answers are made with, since a version number stays while these are worked on."""
    digest = hashlib.sha256()
    for package in ("assistant", "index", "prompts"):
        root = Path(str(resources.files(package).joinpath("")))
        for file in sorted(file for file in root.rglob("*") if file.is_file() and file.suffix != ".pyc"):
            digest.update(file.relative_to(root).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _digest(parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


# ---------------------------------------------------------------- the cache


@dataclass(frozen=True, slots=True)
class Kept:
    """The answers of a file that were given under one run key. A line that was cut short is passed over."""

    file: Path
    run: str
    articles: Mapping[str, Article]
    """By id: those that the answers cite."""
    rows: dict[str, dict[str, Any]] = field(repr=False)

    @classmethod
    def open(cls, file: Path, settings: Settings, articles: Sequence[Article], *, fresh: bool = False) -> "Kept":
        """The answers that a file holds; `fresh` reads none of them and still keeps the new ones there."""
        rows = {} if fresh else dict(_read(file))
        return cls(file, run_key(settings, articles), {article.id: article for article in articles}, rows)

    def over(self, settings: Settings, articles: Sequence[Article]) -> "Kept":
        """The same file for another library."""
        by_id = {article.id: article for article in articles}
        return replace(self, run=run_key(settings, articles), articles=by_id)

    def answer(self, fact: Fact) -> Answer | None:
        """The answer that was given to this fact's question, if it is kept."""
        row = self.rows.get(self._key(fact))
        return None if row is None else _from_row(row, self.articles)

    def keep(self, fact: Fact, answer: Answer) -> None:
        """Write an answer down."""
        key, row = self._key(fact), _to_row(answer)
        self.rows[key] = row
        with self.file.open("a", encoding="utf-8") as lines:  # led by a line end: the last line may have been cut short
            lines.write(f"\n{json.dumps({'key': key, 'answer': row}, ensure_ascii=False)}")

    def _key(self, fact: Fact) -> str:
        return _digest([self.run, fact.question, fact.as_of])


def _read(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            row = json.loads(line)
            yield row["key"], row["answer"]
        except (ValueError, TypeError, KeyError):
            continue


def _to_row(answer: Answer) -> dict[str, Any]:
    """The answer as JSON, with nothing rounded that a measure reads."""
    return answer.to_dict() | {"confidence": answer.confidence, "timings_ms": answer.timings_ms}


def _from_row(row: Mapping[str, Any], articles: Mapping[str, Article]) -> Answer | None:
    """The answer that was written; None where its row is of another shape or it cites what is not there."""
    try:
        return Answer(
            question=row["question"],
            text=row["answer"],
            sentences=tuple(map(_sentence, row["sentences"])),
            citations=tuple(_citation(each, articles) for each in row["citations"]),
            nearest=tuple(_citation(each, articles) for each in row["nearest"]),
            conflicts=tuple(
                Conflict(each["about"], tuple(map(_conflict_value, each["values"]))) for each in row["conflicts"]
            ),
            reason=row["reason"],
            answerer=row["answerer"],
            confidence=row["confidence"],
            tokens=row["tokens"] and Tokens(**row["tokens"]),
            dropped=row["dropped"],
            timings_ms=row["timings_ms"],
            notice=row["notice"],
        )
    except (LookupError, TypeError, ValueError):
        return None


def _sentence(row: Mapping[str, Any]) -> Sentence:
    core = row["core"] and tuple(row["core"])
    return Sentence(**{**row, "citations": tuple(row["citations"]), "core": core})


def _conflict_value(row: Mapping[str, Any]) -> ConflictValue:
    return ConflictValue(**{**row, "value": float(row["value"])})


def _citation(row: Mapping[str, Any], articles: Mapping[str, Article]) -> Citation:
    copies = tuple(articles[copy["article_id"]] for copy in row.get("copies", ()))
    contradicts = row.get("contradicts", False)
    return Citation(row["n"], articles[row["article_id"]], row["start"], row["end"], contradicts, copies)
