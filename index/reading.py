"""Reading: files and folders become Articles, or a line that says what could not be read and why."""

import logging
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.errors import InputError
from index.formats.archive import members
from index.formats.details import at_address, details_of, first_line
from index.formats.entry import Document, Entry, Problem, Reader
from index.formats.epub import read_epub
from index.formats.feeds import read_feed
from index.formats.html import read_html
from index.formats.markdown import read_markdown
from index.formats.pdf import read_pdf
from index.formats.plain import read_plain
from index.formats.rows import read_json, read_rows
from index.formats.tables import read_table
from index.formats.word import read_word
from index.storage.identity import article_id
from index.storage.library import FILE, Origin
from index.storage.originals import packed
from index.types import Article

WINDOWS = (".rss", ".atom", ".xml")
"""A feed shows the newest entries only: those that it no longer shows are not gone."""
_READERS: dict[str, Reader] = {
    ".txt": read_plain,
    **dict.fromkeys((".md", ".markdown"), read_markdown),
    ".json": read_json,
    **dict.fromkeys((".jsonl", ".ndjson"), read_rows),
    **dict.fromkeys((".csv", ".tsv"), read_table),
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
    ".pdf": read_pdf,
    ".docx": read_word,
    ".epub": read_epub,
    **dict.fromkeys(WINDOWS, read_feed),
}
_ZIP = ".zip"
ENDINGS = (*_READERS, _ZIP)
STANDARD_INPUT = Path("-")
_BEGINNINGS = (  # how standard input tells what it is
    (b"%PDF", ".pdf"),
    (b"PK\x03\x04", _ZIP),
    (b"<?xml", ".xml"),
    (b"<rss", ".rss"),
    (b"<feed", ".atom"),
    (b"<!doctype html", ".html"),
    (b"<html", ".html"),
    (b"{", ".json"),
    (b"[", ".json"),
)
_PACKED = {b"word/document.xml": ".docx", b"META-INF/container.xml": ".epub"}
_LONGEST_REASON = 200
"""Characters of a parser's own words for what is wrong."""
for _library in ("htmldate", "pdfminer", "trafilatura"):  # what they log of a damaged file would stand beside our line
    logging.getLogger(_library).addHandler(logging.NullHandler())


def find_files(path: Path) -> tuple[list[Path], list[Problem]]:
    """The files to read at a path, sorted, and what is not read. Raises InputError where nothing can be there."""
    if path == STANDARD_INPUT:
        return [path], []
    try:
        str(path).encode()
        exists, is_folder = path.exists(), path.is_dir()
    except UnicodeEncodeError as error:
        raise InputError(f"{_shown_name(path)}: its name is not UTF-8; rename it.") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be looked at ({error.strerror}).") from error
    if not exists:
        raise InputError(f"Nothing at {path}. Name a file or folder of {', '.join(ENDINGS)} articles.")
    if not is_folder:
        if path.suffix.lower() not in ENDINGS:
            ending = path.suffix or "a file without an ending"
            raise InputError(f"{path}: cannot read {ending}; known: {', '.join(ENDINGS)}.")
        return [path], []
    files: list[Path] = []
    problems: list[Problem] = []

    def unreadable(error: OSError) -> None:
        problems.append(Problem(str(error.filename), f"cannot be listed ({error.strerror})"))

    for folder, folders, names in os.walk(path, onerror=unreadable):
        passed_over = {name: why for name in folders if (why := _why_not_folder(Path(folder) / name))}
        problems += [Problem(str(Path(folder) / name), why, "skipped") for name, why in sorted(passed_over.items())]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in passed_over)
        for name in sorted(name for name in names if not name.startswith(".")):
            file = Path(folder) / name
            problem = _why_not(file)
            if problem is None:
                files.append(file)
            else:
                problems.append(problem)
    return files, problems


def _why_not_folder(folder: Path) -> str | None:
    """Why a folder below one that is read is passed over; None where it is read, or cannot be looked into."""
    if folder.is_symlink():
        return "a link to a folder is not followed"
    try:
        return "a library is no article" if (folder / FILE).exists() else None
    except OSError:
        return None


def _why_not(file: Path) -> Problem | None:
    """Why a file of a folder is not read; None where it is."""
    try:
        str(file).encode()
    except UnicodeEncodeError:
        return Problem(_shown_name(file), "its name is not UTF-8; rename it")
    if (problem := _why_no_article(file)) is not None:
        return problem
    return None if file.is_file() else Problem(str(file), "is no regular file", "skipped")


def _why_no_article(file: Path) -> Problem | None:
    """Why a file's name tells that it is none of ours, in a folder or a zip."""
    if file.suffix.lower() not in ENDINGS:
        return Problem(str(file), f"{file.suffix or 'no ending'} is not read", "skipped")
    if file.stem.upper() == "README":
        return Problem(str(file), "a README is no article", "skipped")
    return None


def _shown_name(file: Path) -> str:
    return os.fsencode(file).decode(errors="replace")


def origin_key(file: Path) -> str:
    """What a file is remembered by: where it was named, not where a link leads."""
    return str(file) if file == STANDARD_INPUT else str(file.parent.resolve() / file.name)


def read_file(file: Path, names: Mapping[str, str] | None = None) -> Iterator[Origin | Problem]:
    """The articles of one file, each with where it came from; rows and files that cannot be read as Problems.

    `names` are the user's own names of fields: {"text": "corpo"}.
    """
    try:
        document = standard_input(names or {}) if file == STANDARD_INPUT else Document.of_file(file, names or {})
    except (InputError, OSError) as error:
        yield _failed(str(file), error)
    else:
        yield from read_document(document, origin_key(file))


def read_document(document: Document, key: str) -> Iterator[Origin | Problem]:
    """The same of a document that is remembered by `key`."""
    try:
        yield from _read(document, key)
    except (InputError, OSError) as error:
        yield _failed(document.name, error)


def _failed(name: str, error: Exception) -> Problem:
    reason = f"cannot be read ({error.strerror or error})" if isinstance(error, OSError) else str(error)
    return Problem(name, reason)


def make_article(text: str, path: str, external_id: str | None = None, **details: str | None) -> Article:
    """An Article whose id comes from its text and its source, so that reading it again gives the same one."""
    return Article(article_id(text, details.get("source")), text, path=path, external_id=external_id, **details)


def _read(document: Document, key: str, *, in_zip: bool = False) -> Iterator[Origin | Problem]:
    if document.ending == _ZIP and not in_zip:
        for member in members(document):
            yield from [member] if isinstance(member, Problem) else _read_member(member, document, key)
        return
    try:
        for item in _READERS[document.ending](document):
            if isinstance(item, Problem):
                yield item
            else:
                yield from _origins(item, document, key)
    except (InputError, OSError):
        raise
    except MemoryError as error:
        raise InputError("needs more memory than reading one file may take; split it") from error
    except Exception as error:  # what a parser raises on a damaged file is its own; the file is named all the same
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_REASON]
        raise InputError(f"is damaged, or no {document.ending[1:].upper()} ({reason})") from error


def _read_member(member: Document, outer: Document, key: str) -> Iterator[Origin | Problem]:
    name = member.name.removeprefix(f"{outer.name}/")
    try:
        if (problem := _why_no_article(Path(member.name))) is not None:
            yield problem
        elif member.ending == _ZIP:
            yield Problem(member.name, "a zip in a zip is not read: unpack it")
        else:
            yield from _read(member, f"{key}/{name}", in_zip=True)
    except InputError as error:
        yield Problem(member.name, str(error))


def _origins(entry: Entry, document: Document, key: str) -> Iterator[Origin | Problem]:
    where = document.name + entry.place
    details, problems = details_of(entry.stated, where, document.names)
    yield from problems
    if entry.first_line_is_title:
        details["title"] = details["title"] or first_line(entry.text)
    if document.address:
        details |= at_address(details, document.address)
    article = make_article(entry.text, document.name, entry.external_id, **details)
    one_of_many = entry.place or key == str(STANDARD_INPUT)
    differs = entry.original not in (None, entry.text)
    original = packed(entry.original or "") if differs else None
    yield Origin(f"{key}#{entry.external_id or article.id}" if one_of_many else key, key, article, original)


def standard_input(names: Mapping[str, str]) -> Document:
    """What is piped in, under the ending of the format that it begins as; text where it begins as none."""
    data = Document("-", "", lambda: sys.stdin.buffer).data()
    return Document.of_bytes(str(STANDARD_INPUT), begins_as(data) or ".txt", data, names)


def begins_as(data: bytes) -> str | None:
    """The ending of the format that bytes begin as, if they begin as one."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    ending = next((ending for beginning, ending in _BEGINNINGS if start.startswith(beginning.lower())), None)
    if ending == _ZIP:
        return next((packed for part, packed in _PACKED.items() if part in data), _ZIP)
    return ".html" if ending == ".xml" and b"<html" in start else ending
