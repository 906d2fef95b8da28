"""`python -m eval.dialogues`: how many follow-ups are understood, over a library of the briefs.

A question is right where a citation hits its gold evidence, or where it abstains and no article tells. Each follow-up
that leans is asked as it should be understood too: what that gets is what perfect understanding would.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from assistant.app import Assistant, build_encoder, open_assistant
from assistant.conversation import Conversation
from assistant.settings import Settings, read_settings
from assistant.types import Answer
from eval.dialogues.load import PROJECT_DIALOGUES, Asked, Dialogue, load_dialogues
from eval.facts.load import BRIEFS, read_files
from eval.measures.cases import Case
from eval.measures.citations import gold_citation_recall
from eval.statistics import bootstrap
from eval.tables import NONE, aligned, bounds, points
from index.errors import IsnadError
from index.progress import with_progress
from index.types import Article


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question of a dialogue."""

    dialogue: Dialogue
    asked: Asked
    answer: Answer
    right: bool
    whole_right: bool
    """Whether it is right where it is asked as it should be understood."""

    @property
    def first(self) -> bool:
        """Whether nothing was asked before it."""
        return self.asked is self.dialogue.questions[0]

    @property
    def completed(self) -> bool:
        """Whether it was taken for one that leans."""
        return self.answer.understood is not None


Figure = tuple[str, Callable[[Outcome], bool], Callable[[Outcome], bool]]
"""(name, the outcomes that it counts, what it counts of them)."""

FIGURES: tuple[Figure, ...] = (
    ("first questions, right", lambda o: o.first, lambda o: o.right),
    ("follow-ups that lean, right", lambda o: o.asked.leans, lambda o: o.right),
    ("… asked as they should be understood", lambda o: o.asked.leans, lambda o: o.whole_right),
    ("… not taken to lean", lambda o: o.asked.leans, lambda o: not o.completed),
    ("follow-ups that stand alone, right", lambda o: not (o.first or o.asked.leans), lambda o: o.right),
    ("… taken to lean", lambda o: not (o.first or o.asked.leans), lambda o: o.completed),
)


def hold(dialogues: Iterable[Dialogue], assistant: Assistant, articles: Mapping[str, Article]) -> Iterator[Outcome]:
    """The outcome of each question, asked in its dialogue. Raises IsnadError where an answer cannot be had."""
    for dialogue in dialogues:
        conversation = Conversation(assistant)
        for asked in dialogue.questions:
            answer = conversation.ask(asked.typed)
            right = whole_right = is_right(asked, answer, articles)
            if asked.leans:
                whole_right = is_right(asked, assistant.ask(asked.fact.question), articles)
            yield Outcome(dialogue, asked, answer, right, whole_right)


def is_right(asked: Asked, answer: Answer, articles: Mapping[str, Article]) -> bool:
    """Whether the gold evidence is cited, or, where no article tells, nothing is answered."""
    case = Case(asked.fact, answer, articles)
    return gold_citation_recall(case) == 1 if asked.fact.answerable else case.abstained


def lines(outcomes: Sequence[Outcome]) -> list[str]:
    """The figures as a person reads them."""
    rows: list[tuple[str, ...]] = [("shares × 100", "n", "all", "95 %", "development", "test")]
    for name, counts, holds in FIGURES:
        of = [outcome for outcome in outcomes if counts(outcome)]
        every = bootstrap((o.dialogue.id, holds(o)) for o in of)
        split = [bootstrap((o.dialogue.id, holds(o)) for o in of if o.dialogue.split == s) for s in rows[0][4:]]
        shares = [points(found.value) if found else NONE for found in (every, *split)]
        rows.append((name, str(len(of)), shares[0], bounds(every) if every else NONE, *shares[1:]))
    return aligned(rows, left=1)


def failures(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """The follow-ups that are wrong, or wrongly taken to lean, and what was understood and cited."""
    for outcome in outcomes:
        asked, answer = outcome.asked, outcome.answer
        if outcome.first or (outcome.right and outcome.completed <= asked.leans):
            continue
        fault = "" if outcome.whole_right else " · wrong as it should be understood, too"
        yield f"\n{asked.fact.id} ({outcome.dialogue.split}){fault}"
        yield f"  asked       {asked.typed}"
        yield f"  understood  {answer.understood or '– as it stands'}"
        yield f"  should be   {asked.fact.question if asked.leans else '– as it stands'}"
        yield f"  answered    {answer.reason or ' '.join(citation.quote for citation in answer.citations)}"
        yield f"  gold        {next((n.text for n in asked.fact.nuggets), '– no article tells')}"


def main(
    llm: Annotated[str | None, typer.Option(metavar="NAME", help="What answers, as for `isnad ask`.")] = None,
    show: Annotated[bool, typer.Option("--show", help="List the follow-ups that are wrong.")] = False,
    dialogues: Annotated[Path, typer.Option(metavar="FILE", help="Dialogues over the briefs.")] = PROJECT_DIALOGUES,
) -> None:
    """Print how many follow-ups are answered rightly, and how many would be if each were understood."""
    try:
        outcomes = run(read_settings(llm=llm), dialogues)
    except IsnadError as error:
        typer.echo(f"eval.dialogues: {error}", err=True)
        raise typer.Exit(1) from error
    for line in (*lines(outcomes), *(failures(outcomes) if show else ())):
        typer.echo(line)


def run(settings: Settings, file: Path, briefs: Sequence[Path] = BRIEFS) -> list[Outcome]:
    """Every dialogue of a file, held over a library of the briefs. Raises IsnadError."""
    from index.building import index_paths

    articles = read_files(briefs)
    found = load_dialogues(file, articles)
    with TemporaryDirectory(prefix="isnad-dialogues-", ignore_cleanup_errors=True) as folder:
        index_paths(Path(folder), list(briefs), build_encoder(settings))
        with open_assistant(folder, settings=settings) as assistant:
            return list(hold(with_progress(found, "Talking"), assistant, {a.id: a for a in articles}))


if __name__ == "__main__":
    typer.run(main)
