"""The passages for a question: the best, also of each thing asked; for an overview of several articles or sides."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from assistant.question.overview import Overview, overview_of, sides, spread
from assistant.question.parts import parts_of
from index.types import Arms, Filters, ScoredPassage

Search = Callable[[str, int, Filters], tuple[Arms, list[ScoredPassage]]]
"""Of a question, how many passages and filters: what both arms found, and the passages, best first."""
Found = list[ScoredPassage]

POOL = 4
"""So many times the usual passages are found for an overview, which needs several articles' and not all of one's."""
ON_THE_TOPIC = 0.6
"""Share of the coverage of the best passage from which another one is on the topic, however much newer it is."""
MOST_STEPS = 4
"""Further searches, each from the newest date found on, for what is newer still."""


def gathered(question: str, limit: int, reach: int, filters: Filters, search: Search) -> tuple[Arms, Found]:
    """What both arms found, and at most `limit` passages in the order in which an answerer should read them.

    Of a question that asks one thing up to `reach`, for a reader to choose from.
    """
    request = overview_of(question)
    if request is None:
        parts = parts_of(question)
        arms, found = search(question, limit if parts else max(limit, reach), filters)
        each = [search(way, limit, filters)[1] for ways in parts for way in ways]
        return arms, _by_turns([found, *each])[:limit] if parts else found
    arms, found = search(request.topic, POOL * limit, filters)
    return arms, _OF_KIND.get(request.kind, _summary)(request, found, limit, filters, search)


def _summary(request: Overview, found: Found, limit: int, filters: Filters, search: Search) -> Found:
    return spread(found, limit)


def _comparison(request: Overview, found: Found, limit: int, filters: Filters, search: Search) -> Found:
    """By turns of each thing compared and of all; of each source, where no two things are named."""
    named = [search(side, POOL * limit, filters)[1] for side in sides(request.topic)]
    return spread(_by_turns([found, *named] if named else _by_source(found)), limit)


def _latest(request: Overview, found: Found, limit: int, filters: Filters, search: Search) -> Found:
    """By turns the newest on the topic and the best: words alone do not tell for sure that a newer one is on it."""
    on_topic: dict[int, ScoredPassage] = {}
    least = ON_THE_TOPIC * max((scored.coverage for scored in found), default=0.0)
    window = found
    for _ in range(1 + MOST_STEPS):
        on_topic |= {s.passage.id: s for s in window if s.coverage >= least and s.passage.article.published}
        newest = max((_published(scored) for scored in on_topic.values()), default="")
        if not newest or newest == filters.since:
            break
        filters = replace(filters, since=newest)
        window = search(request.topic, POOL * limit, filters)[1]
    newest_first = sorted(on_topic.values(), key=_published, reverse=True)
    return spread(_by_turns([newest_first, found]), limit)


_OF_KIND = {"comparison": _comparison, "latest": _latest}


def _published(scored: ScoredPassage) -> str:
    return scored.passage.article.published or ""


def _by_source(found: Found) -> list[Found]:
    sources: dict[str | None, Found] = {}
    for scored in found:
        sources.setdefault(scored.passage.article.source, []).append(scored)
    return list(sources.values())


def _by_turns(lists: Iterable[Sequence[ScoredPassage]]) -> Found:
    """The first of each list, then the second of each …, none twice."""
    turns = chain.from_iterable(zip_longest(*lists))
    return list({scored.passage.id: scored for scored in turns if scored}.values())
