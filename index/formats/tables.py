"""CSV and TSV with a first row of names, an article a row."""

import csv
import io
from collections.abc import Iterator

from index.errors import InputError
from index.formats.details import known_fields
from index.formats.entry import Document, Entry, Problem
from index.formats.plain import read_text
from index.formats.rows import entry_of, first_of_its_id
from index.text.cleaning import clean

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 16 * 2**20


def read_table(document: Document) -> Iterator[Entry | Problem]:
    """The article of each row, its columns named by the first. Raises InputError where no column holds the text."""
    text, notes = read_text(document)
    yield from notes
    csv.field_size_limit(_LONGEST_CELL)
    header, rows = _rows(clean(text), document)
    place_of: dict[str, str] = {}
    place = ""
    for line, cells in rows:
        place = f":{line}"
        try:
            if isinstance(cells, csv.Error):
                raise InputError(f"is no row of a table ({cells})")
            if len(cells) > len(header):
                raise InputError(f"has {len(cells)} cells for {len(header)} columns; quote the cell with the delimiter")
            yield first_of_its_id(entry_of(dict(zip(header, cells, strict=False)), place, document.names), place_of)
        except InputError as error:
            yield Problem(document.name + place, str(error))
    if not place:
        raise InputError("holds no rows below the names of its columns")


def _rows(text: str, document: Document) -> tuple[list[str], Iterator[tuple[int, list[str] | csv.Error]]]:
    """The names of the columns, and each further row with the number of its first line."""
    tried = "\t" if document.ending == ".tsv" else _DELIMITERS
    headers = {delimiter: next(_parsed(text.lstrip("\n"), delimiter), (0, []))[1] for delimiter in tried}
    for delimiter, header in headers.items():
        if not isinstance(header, csv.Error) and "text" in known_fields(dict.fromkeys(header, "x"), document.names):
            rows = _parsed(text, delimiter)
            next(rows)
            return [name.strip() for name in header], rows
    longest = max((h for h in headers.values() if not isinstance(h, csv.Error)), key=len, default=[])
    if not longest:
        raise InputError("holds no rows")
    shown = ", ".join(name.strip()[:40] for name in longest[:12])
    raise InputError(f"has no column for the text (its columns: {shown}); name it: --map text=COLUMN")


def _parsed(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Each row that is not empty with its first line; a row that cannot be parsed as the error."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, error
            continue
        if any(map(str.strip, row)):
            yield line, row
