"""Small pieces of the pages: numbers, tables, text in its own direction, and the file around them.

Articles, questions and answers are untrusted: they meet markup only through `shown`, here by way of `foreign`.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

from assistant.chat.markup import shown

NONE = "–"
_ARABIC = re.compile("[\u0621-\u064a]")
_NARROW = "\u202f"  # no-break space between a number and its sign


# ---------------------------------------------------------------- numbers


def percent(share: float | None) -> str:
    """A share in [0, 1] as a whole percentage, as exact as the terminal's two decimals."""
    return NONE if share is None else f"{100 * share:.0f}{_NARROW}%"


def interval(low: float | None, high: float | None) -> str:
    """The bounds of a share; a dash where a single article leaves none."""
    return NONE if low is None or high is None else f"{100 * low:.0f}{_NARROW}–{_NARROW}{percent(high)}"


def points(difference: float | None) -> str:
    """A difference of shares in percentage points, signed, with a true minus."""
    return NONE if difference is None else f"{100 * difference:+.1f}".replace("-", "−")


def p_value(p: float | None) -> str:
    """A p-value as it is reported; never 0."""
    if p is None:
        return NONE
    return f"< {0.001}" if p < 0.001 else f"{p:.3f}"


def counted(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def named(name: str) -> str:
    """A measure or category by its one name, with spaces so that it can wrap."""
    return shown(name.replace("_", " "))


# ---------------------------------------------------------------- text and tables


def foreign(tag: str, text: str, classes: str = "") -> str:
    """Untrusted text in an element of its own that takes the direction, and here the language, of its words."""
    return f"<{tag}{_class(classes)}{own_direction(text)}>{shown(text)}</{tag}>"


def own_direction(text: str) -> str:
    """The attributes of an element that holds this text."""
    return ' dir="auto" lang="ar"' if _ARABIC.search(text) else ' dir="auto"'


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], classes: str = "") -> str:
    """A table of cells that are markup already; the first cell of a row is its head."""
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        f"<table{_class(classes)}><caption>{caption}</caption><thead><tr>{columns}</tr></thead>"
        f"<tbody>{''.join(map(row, rows))}</tbody></table>"
    )


def row(cells: Sequence[str]) -> str:
    """A row of a table."""
    head, *rest = cells
    return f'<tr><th scope="row">{head}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'


def scrolling(inner: str, label: str) -> str:
    """What may be wider than a phone, in a box of its own that scrolls, with the keyboard too."""
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{shown(label)}">{inner}</div>'


def definitions(pairs: Iterable[tuple[str, Any]], classes: str = "") -> str:
    """Names and values as a list; values are untrusted."""
    rows = "".join(f"<div><dt>{named(name)}</dt>{foreign('dd', str(value))}</div>" for name, value in pairs)
    return f"<dl{_class(classes)}>{rows}</dl>"


def folded(summary: str, inner: str, classes: str = "") -> str:
    """What opens on demand, and always in print."""
    return f"<details{_class(classes)}><summary>{summary}</summary>{inner}</details>"


def section(name: str, title: str, inner: str) -> str:
    """A part of the page under its own heading."""
    return f'<section id="{name}" aria-labelledby="{name}-h"><h2 id="{name}-h">{title}</h2>{inner}</section>'


def _class(classes: str) -> str:
    return f' class="{classes}"' if classes else ""


# ---------------------------------------------------------------- the file


def document(title: str, body: str) -> str:
    """The whole file. Its policy (CSP) lets the browser load nothing, and run only the script that is written here."""
    style, script = (files("eval.page").joinpath(name).read_text(encoding="utf-8") for name in ("style.css", "page.js"))
    sources = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}"
    policy = f"{sources}; base-uri 'none'; form-action 'none'"
    page = (
        '<!doctype html>\n<html lang="en" dir="ltr"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
        f"<title>{shown(title)}</title><style>{style}</style></head>\n"
        f"<body>{body}<script>{script}</script></body></html>\n"
    )
    return page.encode("utf-8", "replace").decode("utf-8")  # JSON may carry half a surrogate pair; UTF-8 cannot


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
