"""Figures that follow from others by one step, as a writer reckons: a sum, a difference, how many times as much."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import isclose

from assistant.values.measures import same_measure
from assistant.values.values import Value

CLOSE = 0.01
"""Relative distance up to which a ratio or a product is the figure stated: writers round them."""


def follows(stated: Value, told: Iterable[Value], years: Iterable[int] = ()) -> bool:
    """Whether a figure is one end of a range that is told, or follows from figures of its kind.

    It is half or twice one, one less (of five: four others), the sum of all, or the sum, difference, ratio or product
    of two; of years the difference. Nothing else follows: no score, no ordinal, no time of day.
    """
    if not stated.is_amount:
        return False
    like = [value for value in told if value.kind == stated.kind and _of_one_measure(value, stated)]
    if any(stated.value in value.ends for value in like if value.high is not None):
        return True
    ways = [
        (stated.value, [number for value in like for number in value.ends]),
        (stated.base[0], [number for value in like for number in value.base]),
        (stated.value, [*map(float, years)]),
    ]
    return any(
        any(isclose(own, number) for number in _exact(numbers))
        or any(isclose(own, number, rel_tol=CLOSE) for number in _rounded(numbers))
        for own, numbers in ways
    )


def _of_one_measure(a: Value, b: Value) -> bool:
    return not a.unit or not b.unit or same_measure(a.measure, b.measure)


def _exact(numbers: Sequence[float]) -> Iterator[float]:
    if len(numbers) > 1:
        yield sum(numbers)
    for number in numbers:
        yield from (2 * number, number / 2, number - 1)
    for a, b in combinations(numbers, 2):
        yield from (a + b, abs(a - b))


def _rounded(numbers: Sequence[float]) -> Iterator[float]:
    for a, b in combinations(numbers, 2):
        yield a * b
        if a and b:
            yield from (a / b, b / a)
