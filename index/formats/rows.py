"""JSON and JSONL: an article an object, whichever of the two shapes the file has, and whatever its ending says."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from index.errors import InputError
from index.formats.details import known_fields
from index.formats.encoding import decoded, decoded_line, is_utf8
from index.formats.entry import Document, Entry, Problem, holds_text, prose, refuse_surrogates

_SAMPLE = 1 << 16
_LONGEST_LINE = 64 * 2**20


def read_rows(document: Document) -> Iterator[Entry | Problem]:
    """JSONL, line by line; a file that opens with a list, or is in another encoding, as a whole."""
    with document.open() as stream:
        sample = stream.read(_SAMPLE)
    if not is_utf8(sample) or sample.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield from read_json(document)
        return
    with document.open() as stream:
        yield from _from_lines(document, _lines(stream))


def read_json(document: Document) -> Iterator[Entry | Problem]:
    """One object, a list of them, a list below a name (`articles`, `items`); or, for all its ending, JSONL."""
    read = decoded(document.data())
    if read.note:
        yield Problem(document.name, read.note, "warning")
    if not read.text.strip():
        raise InputError("holds no rows")
    try:
        value = _parsed(read.text)
    except InputError:
        lines = [line for line in read.text.split("\n") if line.strip()]
        if len(lines) < 2 or not _is_object(lines[0]):
            raise
        yield from _from_lines(document, enumerate(read.text.split("\n"), start=1))
        return
    rows = _listed(value, document)
    yield from _entries(document, [("", value)] if rows is None else [(f" item {n}", r) for n, r in enumerate(rows, 1)])


def _lines(stream: Any) -> Iterator[tuple[int, bytes | InputError]]:
    """Each line with its number; of one that is longer than any article, why it is not read."""
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if len(line) < _LONGEST_LINE:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST_LINE)
        yield number, InputError(f"is longer than {_LONGEST_LINE >> 20} MB, the most that is read of one line")


def _from_lines(document: Document, lines: Iterable[tuple[int, Any]]) -> Iterator[Entry | Problem]:
    rows = ((f":{n}", line) for n, line in lines if isinstance(line, InputError) or line.strip())
    yield from _entries(document, rows)


def _entries(document: Document, rows: Iterable[tuple[str, Any]]) -> Iterator[Entry | Problem]:
    """The article of each row; a row is an object, or a line that holds one, or why there is none."""
    place_of: dict[str, str] = {}
    empty = True
    for place, row in rows:
        empty = False
        try:
            yield _entry(row, place, document.names, place_of)
        except InputError as error:
            yield Problem(document.name + place, str(error))
    if empty:
        raise InputError("holds no rows")


def _entry(row: Any, place: str, names: Mapping[str, str], place_of: dict[str, str]) -> Entry:
    if isinstance(row, InputError):
        raise row
    if isinstance(row, bytes | str):
        row = _parsed(decoded_line(row) if isinstance(row, bytes) else row)
    if not isinstance(row, dict):
        raise InputError("is not a JSON object")
    return first_of_its_id(entry_of(row, place, names), place_of)


def first_of_its_id(entry: Entry, place_of: dict[str, str]) -> Entry:
    """The entry, its place remembered under its id. Raises InputError where another of the file has that id."""
    if entry.external_id is not None:
        first = place_of.setdefault(entry.external_id, entry.place)
        if first != entry.place:
            shown = first.replace(":", " line ").strip()
            raise InputError(f"the id {entry.external_id!r} stands in {shown} already")
    return entry


def entry_of(row: Mapping[str, Any], place: str, names: Mapping[str, str]) -> Entry:
    """The article of a row of named values. Raises InputError where it states no text."""
    fields = known_fields(row, names)
    _, identity = fields.get("id", ("", None))
    is_id = isinstance(identity, str | int) and not isinstance(identity, bool)
    if is_id:
        refuse_surrogates(str(identity))
    original = _original(fields, row)
    text = prose(original)
    if not holds_text(text):
        raise InputError(f"`{fields['text'][0] if 'text' in fields else 'text'}` is empty")
    return Entry(text, row, place, str(identity) if is_id else None, original=original)


def _original(fields: Mapping[str, tuple[str, Any]], row: Mapping[str, Any]) -> str:
    """The text as a row states it."""
    name, text = fields.get("text", ("text", row.get("text")))
    if text is None:
        shown = ", ".join(str(key)[:40] for key in list(row)[:12])
        raise InputError(f"has no `text` (its fields: {shown}); if another name holds it: --map text=NAME")
    if isinstance(text, list) and all(isinstance(piece, str) for piece in text):
        text = "\n\n".join(text)
    if not isinstance(text, str):
        raise InputError(f"`{name}` is not a string but {type(text).__name__}")
    refuse_surrogates(text)
    return text


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise InputError("is not usable JSON (nested too deep)") from error
    except ValueError as error:
        raise InputError(f"is not JSON ({error})") from error


def _is_object(line: str) -> bool:
    try:
        return isinstance(_parsed(line), dict)
    except InputError:
        return False


def _listed(value: Any, document: Document) -> list[Any] | None:
    """The rows of a JSON file: its list, or the one list of objects below a name; None where it is itself a row."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and "text" not in known_fields(value, document.names):
        lists = [v for v in value.values() if isinstance(v, list) and v and all(isinstance(row, dict) for row in v)]
        if len(lists) == 1:
            return list(lists[0])
    return None
