"""Inline SVG: interval bars for tables, the risk–coverage curve, the reliability diagram. Shares are in [0, 1].

Geometry stands in attributes and colours in classes, so that the page's policy needs to allow no inline styles.
"""

from collections.abc import Sequence
from itertools import pairwise

from eval.measures.abstention import RISK
from eval.page.markup import percent

WIDTH, HEIGHT = 380, 300
LEFT, RIGHT, TOP, BOTTOM = 50, 14, 14, 48
"""Margins that hold the axes' labels."""
_LARGEST_DOT, _SMALLEST_DOT = 13.0, 3.5
_LEVELS = (0.2, 0.4, 0.6, 0.8, 1.0)


# ---------------------------------------------------------------- bars in tables


def interval_bar(value: float, low: float | None, high: float | None) -> str:
    """A share as a bar from 0 to 1 with its interval as a whisker. The numbers stand beside it, so it is hidden."""
    whisker = ""
    if low is not None and high is not None:
        ends = "".join(f'<line class="whisker" x1="{_at(x)}" x2="{_at(x)}" y1="25%" y2="75%"/>' for x in (low, high))
        whisker = f'<line class="whisker" x1="{_at(low)}" x2="{_at(high)}" y1="50%" y2="50%"/>{ends}'
    return (
        '<svg class="bar" aria-hidden="true"><rect class="track" width="100%" height="100%"/>'
        f'<rect class="filled" width="{_at(value)}" height="100%"/>{whisker}</svg>'
    )


def difference_bar(value: float, low: float | None, high: float | None, reach: float) -> str:
    """A difference in [-reach, reach] about a middle line of zero, with its interval."""

    def at(difference: float) -> float:
        return 0.5 + 0.5 * max(-1.0, min(1.0, difference / reach))

    whisker = ""
    if low is not None and high is not None:
        whisker = f'<line class="whisker" x1="{_at(at(low))}" x2="{_at(at(high))}" y1="50%" y2="50%"/>'
    return (
        '<svg class="bar" aria-hidden="true"><rect class="track" width="100%" height="100%"/>'
        f'<line class="zero" x1="50%" x2="50%" y1="0" y2="100%"/>{whisker}'
        f'<circle class="dot" cx="{_at(at(value))}" cy="50%" r="3.5"/></svg>'
    )


def opposed_bar(left: float, right: float) -> str:
    """Two shares, one to each side of a middle line."""
    return (
        '<svg class="bar" aria-hidden="true"><rect class="track" width="100%" height="100%"/>'
        f'<rect class="left" x="{_at(0.5 - left / 2)}" width="{_at(left / 2)}" height="100%"/>'
        f'<rect class="filled" x="50%" width="{_at(right / 2)}" height="100%"/>'
        '<line class="zero" x1="50%" x2="50%" y1="0" y2="100%"/></svg>'
    )


def shares_bar(shares: Sequence[tuple[str, float]]) -> str:
    """Parts of a whole, one after the other, each with its class; the legend beside it tells the numbers."""
    parts, x = "", 0.0
    for classes, share in shares:
        parts += f'<rect class="{classes}" x="{_at(x)}" width="{_at(share)}" height="100%"/>'
        x += share
    return f'<svg class="shares" aria-hidden="true">{parts}</svg>'


def _at(share: float) -> str:
    return f"{100 * share:.2f}%"


# ---------------------------------------------------------------- curves


def risk_coverage_chart(curve: Sequence[Sequence[float]], coverage_at_risk: float | None) -> str:
    """Risk over coverage, as the answers are taken from the most to the least confident."""
    top = _top(max(risk for _, risk in curve))
    line = " ".join(f"{_x(coverage)},{_y(risk, top)}" for coverage, risk in curve)
    allowed = _y(RISK, top)
    inside = (
        f'<line class="allowed" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{allowed}" y2="{allowed}"/>'
        f'<text class="note" x="{WIDTH - RIGHT}" y="{allowed - 5:.1f}" text-anchor="end">{percent(RISK)} risk</text>'
        f'<polyline class="curve" points="{line}"/>'
    )
    told = f"Risk is {percent(curve[-1][1])} where {percent(curve[-1][0])} are answered."
    if coverage_at_risk:
        inside += f'<circle class="dot" cx="{_x(coverage_at_risk)}" cy="{allowed}" r="5"/>'
    if coverage_at_risk is not None:
        told += f" At most {percent(RISK)} risk: {percent(coverage_at_risk)} answered."
    return _frame(f"Risk–coverage curve. {told}", "coverage: share answered", "risk", inside, top)


def reliability_chart(bins: Sequence[tuple[float, float, int]]) -> str:
    """Bins of (mean confidence, share right, questions) against the diagonal of a confidence that means what it says.

    A dot's area grows with its questions.
    """
    most = max(n for _, _, n in bins)
    inside = f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    line = " ".join(f"{_x(confidence)},{_y(right)}" for confidence, right, _ in bins)
    inside += f'<polyline class="curve thin" points="{line}"/>'
    for confidence, right, n in bins:
        radius = max(_SMALLEST_DOT, _LARGEST_DOT * (n / most) ** 0.5)
        inside += f'<circle class="bin" cx="{_x(confidence)}" cy="{_y(right)}" r="{radius:.1f}"/>'
    over = sum(confidence > right for confidence, right, _ in bins)
    told = f"In {over} of {len(bins)} bins the confidence is above the share that is right."
    return _frame(f"Reliability diagram. {told}", "mean confidence", "share right", inside)


def _frame(told: str, x_name: str, y_name: str, inside: str, top: float = 1.0) -> str:
    """The axes and grid around a curve; `told` is the drawing in words."""
    grid = ""
    for at in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = _x(at), _y(at * top, top)
        grid += f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>'
        grid += f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{100 * at:.0f}</text>'
        grid += f'<text x="{LEFT - 7}" y="{y + 4:.1f}" text-anchor="end">{100 * at * top:g}</text>'
    names = (
        f'<text class="axis" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{x_name}, %</text>'
        f'<text class="axis" transform="translate(13 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" '
        f'text-anchor="middle">{y_name}, %</text>'
    )
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{told}"'
    return f'<svg class="chart" {box}>{grid}{names}{inside}</svg>'


def _top(highest: float) -> float:
    """The end of an axis that holds the highest value."""
    return next((level for level in _LEVELS if highest <= level), 1.0)


def _x(share: float) -> float:
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _y(share: float, top: float = 1.0) -> float:
    return round(HEIGHT - BOTTOM - share / top * (HEIGHT - TOP - BOTTOM), 1)


def thinned(curve: Sequence[Sequence[float]], steps: int = 10) -> list[tuple[float, float]]:
    """The points of a curve at which it first passes each tenth, for a table; the last one always."""
    passed = [
        (here[0], here[1])
        for before, here in pairwise([(0.0, 0.0), *curve])
        if int(before[0] * steps) < int(here[0] * steps + 1e-9)
    ]
    last = (curve[-1][0], curve[-1][1])
    return passed if passed and passed[-1] == last else [*passed, last]
