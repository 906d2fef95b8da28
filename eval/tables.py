"""Figures as aligned lines for a terminal."""

from collections.abc import Sequence

from eval.statistics import Estimate

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
