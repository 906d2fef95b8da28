"""The retriever and its two arms as the evaluation asks them: one library, one question, a ranking of articles."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal, get_args

from assistant.app import Assistant, build_encoder, open_assistant
from assistant.settings import read_settings
from eval.statistics import Estimate, bootstrap
from index.building import INDEXED, index_paths
from index.errors import LibraryError
from index.progress import index_progress
from index.retrieving import HybridRetriever
from index.storage.library import Library
from index.types import Filters, ScoredPassage

Arm = Literal["hybrid", "vectors", "terms"]
ARMS: tuple[Arm, ...] = get_args(Arm)
DEPTH = 100
"""Passages that an arm is asked for where its ranking is judged; as deep as the deepest measure looks."""

Notice = Callable[[str], None]


@contextmanager
def indexed(articles: Path, store: Path, notice: Notice) -> Iterator[Assistant]:
    """An assistant over the articles of a file, with the user's embedding and no LLM.

    A store that holds a finished library already is asked as it is. Raises what indexing and opening raise.
    """
    settings = read_settings(store=store, llm="extractive")
    if not _is_finished(store):
        with index_progress() as progress:
            report = index_paths(store, [articles], build_encoder(settings), progress=progress)
        for line in report.lines():
            notice(line)
    with open_assistant(settings=settings, notice=notice) as assistant:
        yield assistant


def _is_finished(store: Path) -> bool:
    with suppress(LibraryError), closing(Library.open(store)) as library:
        return library.meta(INDEXED) is not None
    return False


def article_ids(library: Library) -> dict[str, str]:
    """The library's id of each article by its external id; rows with one text share an article."""
    origins = library.origins().values()
    return {origin.article.external_id: origin.article.id for origin in origins if origin.article.external_id}


def search(retriever: HybridRetriever, arm: Arm, question: str, k: int) -> list[ScoredPassage]:
    """At most k passages of one arm, or of both fused, best first."""
    if arm == "hybrid":
        return retriever.retrieve(question, k, Filters())
    find = retriever.search_terms if arm == "terms" else retriever.search_vectors
    return [ScoredPassage(passage, score) for passage, score in find(question, k, Filters())]


def ranked_articles(found: Iterable[ScoredPassage]) -> list[str]:
    """Ids of articles, each where its best passage stands; copies come right behind the passage they are listed on."""
    return list(dict.fromkeys(p.article.id for scored in found for p in (scored.passage, *scored.copies)))


def difference(clusters: Sequence[str], ours: Sequence[float], theirs: Sequence[float]) -> Estimate:
    """The mean of each question's score less its other score, with the interval of these paired differences."""
    paired = bootstrap((c, a - b) for c, a, b in zip(clusters, ours, theirs, strict=True))
    assert paired is not None, "there are no questions"
    return paired
