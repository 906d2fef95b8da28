"""Whether a figure of the evidence bears out one that is stated: equal, or rounded as the statement says it is."""

from math import isclose

from assistant.values import Value, same_value
from assistant.wordings import alike

ABOUT = 0.05
"""Relative distance up to which «about» a figure is told by another."""
MORE_OR_LESS = 0.2
"""Relative distance up to which «more than» or «less than» a figure is fairly said of another (أكثر من 300: 340)."""


def bears_out(shown: Value, stated: Value) -> bool:
    """Whether one figure proves another, which may be rounded; a unit that nobody could read is not compared."""
    if same_value(stated, shown):
        return True
    if stated.kind != shown.kind or len(stated.ends) > 1 or len(shown.ends) > 1:
        return False
    unread = stated.unit.isascii() and not stated.measure  # of English only measures are read for sure
    if not unread and stated.measure != shown.measure:
        return False
    return {stated.bound, shown.bound} != {"at least", "at most"} and _rounded(shown.value, stated)


def _rounded(number: float, stated: Value) -> bool:
    if not stated.value:
        return False
    apart = number / stated.value - 1
    if stated.bound == "at least":
        return 0 <= apart <= MORE_OR_LESS
    if stated.bound == "at most":
        return -MORE_OR_LESS <= apart <= 0
    return abs(apart) <= ABOUT if stated.bound == "about" else isclose(number, stated.value)


def of_one_kind(a: Value, b: Value) -> bool:
    """Whether two figures are of one measure, or count things of one name."""
    if a.kind != b.kind or a.measure or b.measure:
        return a.kind == b.kind and a.measure == b.measure
    return bool(a.unit and b.unit) and alike(a.unit, b.unit)
