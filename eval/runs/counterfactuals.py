"""Does the answer come from the articles? A figure in one is changed, or the articles that tell are taken away.

Each question is asked again of a library in which nothing else differs, and which goes when the run is over.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from assistant.app import build_encoder, open_assistant
from assistant.settings import Settings
from assistant.types import Answer
from eval.runs.answers import Ask, Kept, answer_one
from eval.runs.changes import changed, follows
from eval.statistics import Estimate, bootstrap
from eval.tables import aligned, bounds, points
from eval.types import Fact
from index.progress import with_progress
from index.types import Article

FILE = "counterfactuals.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered once the articles were no longer the same."""

    fact: Fact
    answer: Answer
    right: bool
    """Whether the changed figure was followed, or the answer that no article tells any more was refused."""


@dataclass(frozen=True, slots=True)
class Counterfactuals:
    """Figures changed, for facts answered rightly before; articles taken away, for every answerable fact."""

    changed: Sequence[Outcome]
    deleted: Sequence[Outcome]
    right_before: frozenset[str]
    """Ids of the facts that the unchanged library was answered rightly from."""

    def shares(self) -> dict[str, Estimate]:
        """Shares with intervals over articles; those of which there are no cases are left out."""
        known = [outcome for outcome in self.deleted if outcome.fact.id in self.right_before]
        kinds = {
            "figure followed": self.changed,
            "deletion noticed": known,
            "deletion noticed, all facts": self.deleted,
        }
        found = {name: bootstrap((o.fact.articles[0], float(o.right)) for o in kind) for name, kind in kinds.items()}
        return {name: estimate for name, estimate in found.items() if estimate}

    def to_dict(self) -> dict[str, Any]:
        """In the shape of counterfactuals.json."""
        shares = {name.replace(", ", "_").replace(" ", "_"): asdict(e) for name, e in self.shares().items()}
        return shares | {"changed": list(map(_row, self.changed)), "deleted": list(map(_row, self.deleted))}

    def lines(self) -> list[str]:
        """The shares as a table."""
        head = ["counterfactual", "share", "95 % interval", "questions"]
        rows = ([name, points(e.value), bounds(e), str(e.n)] for name, e in self.shares().items())
        return aligned([head, *rows], left=1)


def run_counterfactuals(
    facts: Sequence[Fact], articles: Sequence[Article], right_before: frozenset[str], settings: Settings, kept: Kept
) -> Counterfactuals:
    """Change each single figure that was answered rightly, then take away what proves each answerable fact.

    `kept` is the cache of the unchanged run. Raises what `open_assistant` raises.
    """
    by_id = {article.id: article for article in articles}
    changes = [change for fact in facts if fact.id in right_before if (change := changed(fact, by_id))]
    answerable = sorted((fact for fact in facts if fact.answerable), key=lambda fact: sorted(fact.articles))
    told_by = [list(group) for _, group in groupby(answerable, key=lambda fact: sorted(fact.articles))]
    with _Bench.open(articles, settings, kept) as bench:
        followed = [
            Outcome(change.fact, answer, follows(change, answer))
            for change in with_progress(changes, "Changing figures")
            for answer in bench.answers([change.fact], [change.before], [change.after])
        ]
        noticed = [
            Outcome(fact, answer, answer.abstained)
            for group in with_progress(told_by, "Taking articles away")
            for fact, answer in zip(group, bench.answers(group, [by_id[id_] for id_ in group[0].articles]), strict=True)
        ]
    return Counterfactuals(followed, noticed, right_before)


# ---------------------------------------------------------------- another library


@dataclass(frozen=True, slots=True)
class _Bench:
    """A library of its own, in which articles are replaced and put back."""

    folder: Path
    articles: Sequence[Article]
    settings: Settings
    kept: Kept
    ask: Ask

    @classmethod
    @contextmanager
    def open(cls, articles: Sequence[Article], settings: Settings, kept: Kept) -> "Iterator[_Bench]":
        with tempfile.TemporaryDirectory(prefix="isnad-eval-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            own = replace(settings, store=folder / "library")
            _index(folder, articles, own)
            with open_assistant(settings=own) as assistant:
                yield cls(folder, articles, own, kept, assistant.ask)

    def answers(self, facts: Sequence[Fact], gone: Sequence[Article], instead: Sequence[Article] = ()) -> list[Answer]:
        """The answers of the library without some articles and with others in their place."""
        lost = {article.id for article in gone}
        here = [*(article for article in self.articles if article.id not in lost), *instead]
        kept = self.kept.over(self.settings, here)
        if not here:
            return [Answer(fact.question, "", reason="off_topic") for fact in facts]
        if all(kept.answer(fact) for fact in facts):
            return [answer_one(fact, self.ask, kept) for fact in facts]
        with self._replaced(gone, instead):
            return [answer_one(fact, self.ask, kept) for fact in facts]

    @contextmanager
    def _replaced(self, gone: Sequence[Article], instead: Sequence[Article]) -> Iterator[None]:
        from index.building import remove_articles

        store = self.settings.folder
        _index(self.folder, instead, self.settings)
        remove_articles(store, [article.id for article in gone])
        yield
        _index(self.folder, gone, self.settings)
        if instead:
            remove_articles(store, [article.id for article in instead])


def _index(folder: Path, articles: Sequence[Article], settings: Settings) -> None:
    """Add articles to the library, each from a file of its own."""
    from index.building import index_paths

    files = [folder / f"{article.id}.jsonl" for article in articles]
    for file, article in zip(files, articles, strict=True):
        row = article.to_dict() | {"id": article.external_id}
        file.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    if files:
        index_paths(settings.folder, files, build_encoder(settings))


def _row(outcome: Outcome) -> dict[str, Any]:
    row = {"id": outcome.fact.id, "question": outcome.fact.question, "right": outcome.right}
    return row | {"answer": outcome.answer.text, "reason": outcome.answer.reason}
