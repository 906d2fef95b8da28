"""HTML inside a text as a reader of it sees it: tags gone, entities decoded, block elements on their own lines."""

import html
import re
from typing import Any

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody tfoot thead tr ul
    """.split()
)
_INLINE = "a abbr b bdi bdo big br cite code em font i img ins mark q small span strong sub sup td th u wbr".split()
_UNSEEN = frozenset("canvas del head iframe noscript object s script select strike style svg template textarea".split())
"""What a page does not show as its text, and what an editor struck out."""
_TAG = re.compile(rf"</?(?:{'|'.join((*_BLOCKS, *_INLINE, *_UNSEEN))})(?:\s[^<>]*)?/?>|<!--", re.IGNORECASE)
_STRUCK, _STRUCK_END = (re.compile(rf"<{end}(?:del|s|strike)(?:\s[^<>]*)?>", re.IGNORECASE) for end in ("", "/"))
_BLOCK_TAG = re.compile(rf"<(?:{'|'.join(_BLOCKS)})[\s/>]", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\f\n]+")  # not the no-break space, which may hold a figure together
_BLANK_RUN = re.compile(" {2,}")
_ROUNDS = 3
"""How often a text may have been escaped; feeds inside JSON are twice."""


def without_markup(text: str) -> str:
    """The text without its tags and entities; a text that has none, or only a bare < or &, stays as it is."""
    tags_seen = False
    for _ in range(_ROUNDS):
        if not tags_seen and _TAG.search(text):
            text, tags_seen = page_text(text), True
        elif _ENTITY.search(text):
            text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
        else:
            break
    return text


def page_text(source: str) -> str:
    """The text of a piece of HTML or of a page: a block element or row of a table a line, cells parted by « | »."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(_closed(source).encode(errors="replace"), parser)
    return "" if root is None else element_text(root, lines_meant=not _BLOCK_TAG.search(source))


def _closed(source: str) -> str:
    """The source without the tags that strike out and are never closed: they would hide all that follows."""
    return source if _STRUCK_END.search(source) else _STRUCK.sub("", source)


def element_text(root: Any, *, lines_meant: bool = False) -> str:
    """The same of a parsed element; `lines_meant` where its line ends are the text's own."""
    writer = _Writer(lines_meant)
    walk = _walk(root)
    for event, element in walk:
        if event == "end":
            writer.close(element, of_root=element is root)
        elif is_unseen(element):
            walk.skip_subtree()
        else:
            writer.open(element)
    return writer.text()


def _walk(root: Any) -> Any:
    from lxml import etree

    return etree.iterwalk(root, events=("start", "end"))


def is_unseen(element: Any) -> bool:
    """Whether a page does not show an element of it as its text."""
    hidden = element.get("hidden") is not None or _HIDING.search(element.get("style") or "")
    return element.tag in _UNSEEN or not isinstance(element.tag, str) or bool(hidden)


class _Writer:
    """Collects the text of elements as they open and close; cells and rows of tables are written when they close."""

    def __init__(self, lines_meant: bool) -> None:
        self._lines_meant = lines_meant
        self._open: list[list[str]] = [[]]
        """Pieces of the page, and of each row and cell that is open, the innermost last."""

    def open(self, element: Any) -> None:
        if element.tag in ("tr", "td", "th"):
            self._open.append([])
        elif element.tag in _BLOCKS or element.tag == "br":
            self._write("\n")
        self._write(self._flowing(element.text))

    def close(self, element: Any, *, of_root: bool) -> None:
        if element.tag in ("td", "th") and len(self._open) > 1 and not is_unseen(element):
            cell = _tidied("".join(self._open.pop()))
            self._write(f"\x1f{cell}" if cell else "")
        elif element.tag == "tr" and len(self._open) > 1 and not is_unseen(element):
            cells = [cell for cell in "".join(self._open.pop()).split("\x1f") if cell.strip()]
            self._write("\n" + ("\n" if any("\n" in cell for cell in cells) else " | ").join(cells))
        if element.tag in _BLOCKS:
            self._write("\n")
        if not of_root:
            self._write(self._flowing(element.tail))

    def text(self) -> str:
        """What was written; cells outside of rows on lines of their own."""
        text = "".join(piece for pieces in self._open for piece in pieces)
        return _tidied(text.replace("\x1f", "\n"), blank_lines=self._lines_meant)

    def _write(self, piece: str) -> None:
        self._open[-1].append(piece)

    def _flowing(self, text: str | None) -> str:
        """Text between tags: in a page a line end is a blank, unless a line is left out, or nothing else ends lines."""
        if not text or self._lines_meant:
            return text or ""
        return _BLANKS.sub(lambda run: "\n" if run.group().count("\n") > 1 else " ", text)


def _tidied(text: str, *, blank_lines: bool = False) -> str:
    lines = (_BLANK_RUN.sub(" ", line).strip(" \t\r") for line in text.split("\n"))
    return "\n".join(line for line in lines if line or blank_lines).strip("\n")
