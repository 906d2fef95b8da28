"""Reading: files and folders become Articles, or a line that says what could not be read and why."""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index.errors import InputError
from index.storage.library import Origin
from index.text.arabic import fold
from index.types import Article

ENDINGS = (".txt", ".md", ".jsonl")
_FIELDS = ("title", "source", "url", "author", "published")
LONGEST_TITLE = 200
"""Characters; a longer first line is a paragraph, and a longer title is cut."""
_KEY_AND_VALUE = re.compile(r"(\w[\w -]*?)\s*:(.*)")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]+")  # all but tab and line end
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")  # as the Arab press writes dates
_YEAR_FIRST = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[t ].*)?")
_BINARY_SHARE = 0.05
"""A file with a larger share of control characters than this is no text, whatever its name."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader of the run must be told: `file` or `file:line`, and why."""

    where: str
    why: str
    kind: str = "failed"
    """`failed`: not read; `skipped`: not meant to be read; `warning`: read, with something left out."""

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


def find_files(path: Path) -> tuple[list[Path], list[Problem]]:
    """The files to read at a path, sorted, and what is not read. Raises InputError where nothing can be there."""
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
        links = {name for name in folders if (Path(folder) / name).is_symlink()}
        for name in sorted(links):
            problems.append(Problem(str(Path(folder) / name), "a link to a folder is not followed", "skipped"))
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in links)
        for name in sorted(name for name in names if not name.startswith(".")):
            file = Path(folder) / name
            problem = _why_not(file)
            if problem is None:
                files.append(file)
            else:
                problems.append(problem)
    return files, problems


def _why_not(file: Path) -> Problem | None:
    """Why a file of a folder is not read; None where it is."""
    try:
        str(file).encode()
    except UnicodeEncodeError:
        return Problem(_shown_name(file), "its name is not UTF-8; rename it")
    if file.suffix.lower() not in ENDINGS:
        return Problem(str(file), f"{file.suffix or 'no ending'} is not read", "skipped")
    if file.stem.upper() == "README":
        return Problem(str(file), "a README is no article", "skipped")
    return None if file.is_file() else Problem(str(file), "is no regular file", "skipped")


def _shown_name(file: Path) -> str:
    return os.fsencode(file).decode(errors="replace")


def origin_key(file: Path) -> str:
    """What a file is remembered by: where it was named, not where a link leads."""
    return str(file.parent.resolve() / file.name)


def read_file(file: Path) -> Iterator[Origin | Problem]:
    """The articles of one file, each with where it came from; rows and files that cannot be read as Problems."""
    try:
        if file.suffix.lower() == ".jsonl":
            yield from _read_rows(file)
        else:
            yield from _read_text(file)
    except OSError as error:
        yield Problem(str(file), f"cannot be read ({error.strerror or error})")
    except InputError as error:
        yield Problem(str(file), str(error))


def clean(text: str) -> str:
    """Line endings as \\n; NUL and control characters (other than tab) gone."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text)


def make_article(text: str, path: str, external_id: str | None = None, **details: str | None) -> Article:
    """An Article whose id comes from its text, so that reading it again gives the same one."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Article(digest, text, path=path, external_id=external_id, **details)


# ---------------------------------------------------------------- .txt and .md


def _read_text(file: Path) -> Iterator[Origin | Problem]:
    raw = _decoded(file.read_bytes())
    text = clean(raw)
    if raw and len(raw) - len(text) - raw.count("\r") > _BINARY_SHARE * len(raw):
        raise InputError("is not text (many control characters)")
    front = _FRONT_MATTER.match(text)
    stated: dict[str, Any] = _front_matter(front.group(1)) if front else {}
    text = text[front.end() :].strip("\n") if front and stated else text
    if not any(c.isalnum() for c in text):
        raise InputError("holds no text")
    details, problems = _details(stated, str(file))
    yield from problems
    details["title"] = details["title"] or _first_line(text)
    yield Origin(origin_key(file), origin_key(file), make_article(text, str(file), **details))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 (byte {error.start} is 0x{data[error.start]:02x}). Convert it, for example with "
            "`iconv -f WINDOWS-1256 -t UTF-8`"
        ) from error


def _front_matter(block: str) -> dict[str, str]:
    """`key: value` lines, a pair of quotation marks around a value gone; lists below a key are passed over.

    Empty where a line is something else, or no key is one of ours: then the block is text.
    """
    stated = {}
    for line in filter(str.strip, block.splitlines()):
        pair = _KEY_AND_VALUE.fullmatch(line)
        if pair is None:
            if line[0].isspace() or line.startswith("-"):
                continue
            return {}
        value = pair.group(2).strip()
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        stated[pair.group(1).lower()] = value[1:-1] if quoted else value
    return stated if any(name in stated for name in _FIELDS) else {}


def _first_line(text: str) -> str | None:
    """The first line as a title; None where it is a paragraph."""
    line = next(line for line in text.splitlines() if any(c.isalnum() for c in line)).strip().lstrip("#").strip()
    return line if len(line) <= LONGEST_TITLE else None


# ---------------------------------------------------------------- .jsonl


def _read_rows(file: Path) -> Iterator[Origin | Problem]:
    first_line_of: dict[str, int] = {}
    key, empty = origin_key(file), True
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            empty = False
            where = f"{file}:{number}"
            try:
                row = _parsed(line)
                text, external_id = _row_text(row), _row_id(row)
                if external_id is not None and first_line_of.setdefault(external_id, number) != number:
                    raise InputError(f"the id {external_id!r} stands in line {first_line_of[external_id]} already")
            except InputError as error:
                yield Problem(where, str(error))
                continue
            details, problems = _details(row, where)
            yield from problems
            article = make_article(text, str(file), external_id, **details)
            yield Origin(f"{key}#{external_id or article.id}", key, article)
    if empty:
        raise InputError("holds no rows")


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(_decoded(line))
    except ValueError as error:
        raise InputError(f"is not JSON ({error})") from error
    except RecursionError as error:
        raise InputError("is not usable JSON (nested too deep)") from error
    if not isinstance(row, dict):
        raise InputError("is not a JSON object")
    return row


def _row_text(row: dict[str, Any]) -> str:
    text = row.get("text")
    if text is None:
        raise InputError("has no `text`")
    if not isinstance(text, str):
        raise InputError(f"`text` is not a string but {type(text).__name__}")
    _refuse_surrogates(text)
    text = clean(text)
    if not any(c.isalnum() for c in text):
        raise InputError("`text` is empty")
    return text


def _row_id(row: dict[str, Any]) -> str | None:
    value = row.get("id")
    if value is None or isinstance(value, bool) or not isinstance(value, str | int):
        return None
    _refuse_surrogates(str(value))
    return str(value) if str(value).strip() else None


def _refuse_surrogates(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"holds half a character (a lone surrogate at {error.start})") from error


# ---------------------------------------------------------------- details


def _details(stated: dict[str, Any], where: str) -> tuple[dict[str, str | None], list[Problem]]:
    """Title, source, url, author and date as stated; what cannot be used is None and told."""
    details: dict[str, str | None] = dict.fromkeys(_FIELDS)
    problems = []
    for name in _FIELDS:
        value = stated.get(name)
        if value in (None, ""):
            continue
        try:
            details[name] = _detail(name, value)
        except InputError as error:
            problems.append(Problem(where, f"`{name}` {error}; the article is kept without it", "warning"))
    return details, problems


def _detail(name: str, value: Any) -> str | None:
    if not isinstance(value, str):
        raise InputError("is not a string")
    _refuse_surrogates(value)
    text = " ".join(clean(value).split())
    return parse_date(text) if name == "published" else text[:LONGEST_TITLE] if name == "title" else text or None


def parse_date(text: str) -> str:
    """`2024-10-21`, with a time after it or not, or day first (21/10/2024), as `YYYY-MM-DD`. Raises InputError."""
    plain = fold(text)  # ٢٠٢٤-١٠-٢١ too
    day_first, year_first = _DAY_FIRST.fullmatch(plain), _YEAR_FIRST.fullmatch(plain)
    try:
        if day_first:
            day, month, year = map(int, day_first.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(year_first.group(1) if year_first else "").isoformat()
    except ValueError as error:
        raise InputError(f"{text!r} is no date (YYYY-MM-DD)") from error
