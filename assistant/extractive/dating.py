"""A question on a certain day («… في 12 أغسطس»), and sentences that tell of another one alone."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.features import Candidate, Sureness
from assistant.values.dates import Date, find_dates, same_date

BELOW = 2.0
"""Log-odds by which a sentence is taken to answer less: of 43 written questions on a day, the one that answers named
another one alone for 2, a wrong one ranked first did for 6."""
_NO_DISPUTE = 10.0  # log-odds by which no figure lies that is shown as differing
LESS_SURE = 0.5
"""What the confidence is multiplied with where the best sentence is still such a one."""


def on_the_day(question: str, ranked: Sequence[Candidate], sure: Sureness) -> tuple[list[Candidate], Sureness]:
    """Candidates with those of another day lower, and how sure it is then that they answer."""
    asked = _days(question)
    if not asked or not ranked:
        return list(ranked), sure
    other = [_is_other(asked, _days(c.text)) for c in ranked]
    lowered = [_lowered(c) if is_other else c for c, is_other in zip(ranked, other, strict=True)]
    again = sorted(zip(lowered, other, strict=True), key=lambda pair: -pair[0].score)
    best_is_other = again[0][1]
    less = Sureness(sure.on_topic, LESS_SURE * sure.stated, sure.limit)
    return [c for c, _ in again], less if best_is_other else sure


def _lowered(candidate: Candidate) -> Candidate:
    """Its figure, of another day, does not differ from the one asked for either."""
    return replace(candidate, score=candidate.score - BELOW, bare=candidate.unread - _NO_DISPUTE)


def _days(text: str) -> list[Date]:
    return [date for date in find_dates(text) if date.day and date.month]


def _is_other(asked: Sequence[Date], told: Sequence[Date]) -> bool:
    return bool(told) and not any(same_date(a, b) for a in asked for b in told)
