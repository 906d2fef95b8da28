"""Figures as aligned lines for a terminal, and put between the markers of a page."""

from collections.abc import Sequence

from eval.statistics import Estimate
from index.errors import InputError

NONE = "–"


def aligned(rows: Sequence[Sequence[str]], *, left: int) -> list[str]:
    """Rows of cells as lines; the first `left` columns start, the others end in line."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(w) if at < left else cell.rjust(w) for at, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def points(share: float | None, *, signed: bool = False) -> str:
    """A share, or a difference of shares, times 100 with one decimal; with its sign where it is a difference."""
    if share is None:
        return NONE
    return f"{100 * share:+.1f}" if signed else f"{100 * share:.1f}"


def bounds(estimate: Estimate, *, signed: bool = False) -> str:
    """The 95 % interval times 100; a dash where a single article leaves none."""
    if estimate.low is None:
        return NONE
    return f"{points(estimate.low, signed=signed)} to {points(estimate.high, signed=signed)}"


def between(mark: str, text: str, part: str, page: str) -> str:
    """The text of a page with another part between `<!-- mark -->` and `<!-- /mark -->`.

    Raises InputError, which names the page, where it lacks them.
    """
    opens, closes = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    head, start, rest = text.partition(opens)
    _, end, tail = rest.partition(closes)
    if not (start and end):
        raise InputError(f"{page} lacks the markers {opens} and {closes}.")
    return f"{head}{opens}\n{part}\n{closes}{tail}"
