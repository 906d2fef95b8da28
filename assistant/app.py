"""The composition root: the only place that builds everything."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from assistant.citations.beside import with_others_beside
from assistant.citations.notices import search_notices
from assistant.citations.spans import with_copies
from assistant.extractive.answerer import ExtractiveAnswerer
from assistant.extractive.joining import joined
from assistant.extractive.stacking import HALF, Stack
from assistant.gathering import gathered
from assistant.pair_models.readings import Reader
from assistant.question.checking import checked
from assistant.question.parts import parts_of
from assistant.settings import OFF, OWN, Settings, load_settings, own_folder, seeds_folder
from assistant.types import Answer, Answerer, Draft, SupportJudge, Turn
from index.errors import InputError, LibraryError
from index.storage.library import Library
from index.types import Arms, Article, Encoder, Filters, Reranker, ScoredPassage

if TYPE_CHECKING:
    from assistant.extractive.explanation import Explanation

FILLING_S = 60.0
"""Seconds that a first `ask` waits for another one that is filling the default library."""

Notice = Callable[[str], None]


class Assistant:
    """An open library with an answerer. Close it, or use it in a `with`."""

    def __init__(self, settings: Settings, library: Library, encoder: Encoder) -> None:
        from index.storage.deriving import check_encoder

        self.settings, self.library = settings, library
        check_encoder(library, encoder)
        self._encoder, self._reranker = encoder, build_reranker(settings)
        self._open_derived()
        self._answerer = _build_answerer(settings, lambda stem: self.retriever.rarity(stem))
        self._lock = threading.Lock()

    def __enter__(self) -> "Assistant":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the library."""
        self._derived.close()
        self.library.close()

    @property
    def answerer(self) -> str:
        """The name of what answers."""
        return self._answerer.name

    def ask(self, question: str, filters: Filters | None = None) -> Answer:
        """The checked answer. Raises IsnadError where there can be none (an abstention is an answer)."""
        return _last(self.stream(question, filters))

    def stream(self, question: str, filters: Filters | None = None) -> Iterator[Draft | Answer]:
        """Drafts as the answerer writes them, then the checked Answer."""
        question, filters = checked(question), filters or Filters()
        parts = parts_of(question) if isinstance(self._answerer, ExtractiveAnswerer) else []
        answer = joined(question, parts, lambda part: _last(self._stream_one(part, filters))) if parts else None
        yield from [answer] if answer else self._stream_one(question, filters)

    def _stream_one(self, question: str, filters: Filters) -> Iterator[Draft | Answer]:
        started = time.perf_counter()
        _, passages = self._search(question, filters)
        found = time.perf_counter()
        for item in self._answerer.stream(question, passages):
            if isinstance(item, Answer):
                yield self._finished(item, filters, passages, started, found)
            else:
                yield item

    def completed(self, question: str, before: Turn) -> str | None:
        """A question that leans on the one before it, as it stands alone; None where it does already."""
        return self._answerer.completed(question, before)

    def article(self, article_id: str) -> Article | None:
        """One article with its text, for whoever wants to see a quote where it stands."""
        with self._lock:
            return self.library.article(article_id)

    @property
    def sources(self) -> list[str]:
        """Who published the articles, by name."""
        with self._lock:
            return self.library.sources()

    def find(self, question: str, filters: Filters | None = None) -> list[ScoredPassage]:
        """The passages that an answer would be made from, best first. Raises what `ask` raises."""
        return self._search(checked(question), filters or Filters())[1][: self.settings.passages_read]

    def explain(self, question: str, filters: Filters | None = None) -> "Explanation":
        """The Answer, and what each stage saw on the way to it: of several things asked, the first. Raises as `ask`."""
        from assistant.extractive.explanation import confidence_of, explain
        from assistant.question.analysis import Question, matching_wording
        from index.static import load_background

        question, filters = checked(question), filters or Filters()
        question = next((ways[0] for ways in parts_of(question)), question)
        started = time.perf_counter()
        arms, passages = self._search(question, filters)
        found, answerer, most = time.perf_counter(), self._answerer, self.settings.passages_read
        if isinstance(answerer, ExtractiveAnswerer):
            weighed = answerer.weigh(question, passages)
            answer = self._finished(answerer.conclude(question, weighed), filters, passages, started, found)
            w, least = weighed, answerer.threshold
            sure = confidence_of(w.sure, w.unread, w.signs, w.readings, least)
            return explain(answer, arms, passages[:most], w.question, w.ranked, w.readings, sure)
        answer = self._finished(answerer.answer(question, passages), filters, passages, started, found)
        asked = Question.of(matching_wording(question, passages), self.retriever.rarity, load_background())
        return explain(answer, arms, passages[:most], asked)

    def _finished(
        self, answer: Answer, filters: Filters, passages: Sequence[ScoredPassage], started: float, found: float
    ) -> Answer:
        """The answer with its timings and notice, each quote with the articles that carry the same report."""
        answer = with_others_beside(answer, passages)
        timed = answer.with_timings(retrieve=1e3 * (found - started), answer=1e3 * (time.perf_counter() - found))
        cited, near = (with_copies(quotes, passages) for quotes in (answer.citations, answer.nearest))
        notice = " ".join(filter(None, (answer.notice, self._notice(answer.question, filters, bool(passages)))))
        return replace(timed, notice=notice or None, citations=cited, nearest=near)

    def _search(self, question: str, filters: Filters) -> tuple[Arms, list[ScoredPassage]]:
        with self._lock:
            self._follow_writer()
            self.library.check_source(filters.source)
            sizes = self.settings.passages_read, self.settings.reach
            found = gathered(question, *sizes, filters, self.retriever.search)
            if not self.retriever.failed:
                return found
            self._reopen()  # a server that was away may be back, and empty
            return gathered(question, *sizes, filters, self.retriever.search)

    def _open_derived(self) -> None:
        from index.retrieving import HybridRetriever
        from index.static import load_background
        from index.storage.deriving import open_for_reading

        self._generation = self.library.generation  # read first: a write that ends meanwhile is followed next time
        self._derived = open_for_reading(self.library)
        self.retriever = HybridRetriever(
            self.library, self._derived, self._encoder, load_background().rarity, self._reranker
        )

    def _follow_writer(self) -> None:
        """Open the indexes anew where another process is writing, has ended, or was cut short."""
        alone = self._derived.vectors is None
        if self.library.dirty or alone or self.library.generation != self._generation:
            self._reopen()

    def _reopen(self) -> None:
        self._derived.close()
        self._derived = replace(self._derived, vectors=None)  # should the next line fail, this is closed once
        self._open_derived()

    def _notice(self, question: str, filters: Filters, found: bool) -> str | None:
        undated = self.library.undated(filters.source) if filters.since or filters.until else 0
        alone = self._derived.why if self._derived.vectors is None else None
        nothing = bool(filters) and not found
        told = search_notices(question, undated=undated, nothing_passed=nothing, without_vectors=alone)
        return " ".join(told) or None


def open_assistant(
    store: Path | str | None = None,
    *,
    llm: str | None = None,
    settings: Settings | None = None,
    notice: Notice = lambda line: None,
) -> Assistant:
    """An Assistant over a library. The default library fills itself from `seeds/` the first time, telling `notice`.

    Raises LibraryError where a named library is missing, ModelError where a model cannot be had.
    """
    settings = (settings or load_settings()).with_options(store=None if store is None else Path(store), llm=llm)
    if folder := own_folder(settings.reader):
        from assistant.pair_models.own import load_early

        load_early(folder)
    encoder = build_encoder(settings)
    if settings.store is None:
        fill_from_seeds(settings, encoder, notice)
    library = Library.open(settings.folder, settings.chroma)
    try:
        if not library.count():
            raise LibraryError(f"The library at {settings.folder} holds no articles. Run `isnad index PATH`.")
        return Assistant(settings, library, encoder)
    except BaseException:
        library.close()
        raise


def build_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name."""
    from index.embedding import load_encoder

    return load_encoder(settings.embedding)


def build_reranker(settings: Settings) -> Reranker | None:
    """The cross-encoder that the settings name, if any."""
    from index.embedding import load_reranker

    return load_reranker(settings.reranker)


def build_reader(settings: Settings) -> tuple[Reader | None, Stack]:
    """The model that reads the best sentences again, if the settings name one, and how much it counts."""
    if settings.reader in ("", OFF):
        return None, HALF
    folder = own_folder(settings.reader)
    if folder:
        from assistant.pair_models.own import own_model

        model = own_model(folder)
        return model, Stack.of(model.weights)
    from assistant.extractive.reader import load_reader

    return load_reader(settings.reader), HALF


def build_judge(settings: Settings) -> SupportJudge | None:
    """The model that reads each sentence of an LLM with its quotes, if the settings name one."""
    if settings.verify == "words" or settings.nli in ("", OFF) or (settings.verify, settings.nli) == ("llm", OWN):
        return None  # what an LLM reads itself needs no reading by our own model, which is the weaker reader
    folder = own_folder(settings.nli)
    if folder:
        from assistant.pair_models.own import own_model
        from assistant.verification.judging import WeighingJudge

        return WeighingJudge(own_model(folder))
    from assistant.verification.entailment import load_entailment

    return load_entailment(settings.nli)


def fill_from_seeds(settings: Settings, encoder: Encoder, notice: Notice) -> None:
    """Index the briefs that ship with isnad into the default library, unless it is there already."""
    from index.building import INDEXED, index_paths

    with suppress(LibraryError), closing(Library.open(settings.folder)) as library:
        if library.meta(INDEXED):
            return
    notice(f"No articles indexed yet: filling {settings.folder} with the five briefs that ship with isnad.")
    report = index_paths(settings.folder, [seeds_folder()], encoder, patience=FILLING_S, chroma=settings.chroma)
    notice(f"{report.summary()}. Add your own with `isnad index PATH`.")


def _build_answerer(settings: Settings, rarity: Callable[[str], float]) -> Answerer:
    from index.static import load_background

    if settings.llm == "extractive":
        reader, stack = build_reader(settings)
        return ExtractiveAnswerer(rarity, load_background(), reader=reader, stack=stack)
    if not settings.llm.startswith(("openai/", "hf/")) or not settings.llm.partition("/")[2]:
        raise InputError(f"Unknown answerer {settings.llm!r}. Use extractive, openai/<model> or hf/<id or path>.")
    from assistant.generation.answerer import GeneratingAnswerer
    from assistant.generation.llms import build_llm

    llm = build_llm(
        settings.llm,
        settings.llm_url,
        settings.llm_key,
        settings.llm_timeout,
        temperature=settings.llm_temperature,
        extra=settings.llm_extra,
    )
    return GeneratingAnswerer(
        llm,
        settings.llm,
        judge=build_judge(settings),
        reads_again=settings.verify == "llm",
        flag=settings.unsupported == "flag",
        rarity=load_background().rarity,
        context=settings.llm_context,
        reader=build_reader(settings)[0],
        first=settings.passages_read,
    )


def _last(items: Iterator[Draft | Answer]) -> Answer:
    *_, answer = items
    assert isinstance(answer, Answer)
    return answer
