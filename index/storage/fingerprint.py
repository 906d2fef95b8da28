"""What the files of the derived indexes were when they were last written, so that a damaged one is known unopened.

Neither Chroma's HNSW files nor Tantivy's are checked by who reads them: a flipped byte gives wrong hits, or takes the
process down. Chroma writes some of its files anew whenever it opens them; of those only the size is known.
"""

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

_PERSISTED = "index_metadata.pickle"
"""What stands beside HNSW files that are not made anew at each opening."""
_UNINITIALISED = "length.bin"
"""Holds whatever was in memory behind its last entry."""
_AT_ONCE = 1 << 20  # bytes
_Known = dict[str, tuple[int, int, int | None]]
"""For each file its size, when it was last written (ns), and the CRC-32 of what it holds where that stays the same."""


def fingerprint(folder: Path, before: str | None = None) -> str:
    """The files below a folder of derived indexes as they are now; those as `before` has them are not read again."""
    known, now = _parsed(before), {}
    for name, file in _files(folder):
        stat = file.stat()
        size, written, crc = known.get(name, (-1, 0, None))
        same = (size, written) == (stat.st_size, stat.st_mtime_ns)
        now[name] = (stat.st_size, stat.st_mtime_ns, _crc_of(file, crc if same else None))
    return json.dumps(now)


def _crc_of(file: Path, known: int | None) -> int | None:
    """Known, or read anew; none of what reading changes. A file may last that did not when it was last looked at."""
    if not _lasting(file):
        return None
    return _crc(file) if known is None else known


def intact(folder: Path, remembered: str | None, *, read_all: bool = False) -> bool:
    """Whether the files are those that were remembered. What was not written since is not read, unless `read_all`."""
    known = _parsed(remembered)
    files = dict(_files(folder))
    if not known or files.keys() != known.keys():
        return False
    try:
        return all(_as_known(files[name], *known[name], read_all) for name in known)
    except OSError:  # unreadable, or gone since
        return False


def _as_known(file: Path, size: int, written: int, crc: int | None, read_all: bool) -> bool:
    stat = file.stat()
    if stat.st_size != size:
        return False
    return crc is None or (not read_all and stat.st_mtime_ns == written) or _crc(file) == crc


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted((*folder.glob("terms/*"), *folder.glob("vectors/*/*"))):
        if file.suffix != ".lock":
            yield str(file.relative_to(folder)), file


def _lasting(file: Path) -> bool:
    """Whether reading leaves the file as it is."""
    in_terms = file.parent.name == "terms"
    return in_terms or (file.name != _UNINITIALISED and (file.parent / _PERSISTED).exists())


def _crc(file: Path) -> int:
    crc = 0
    with file.open("rb") as stream:
        while piece := stream.read(_AT_ONCE):
            crc = zlib.crc32(piece, crc)
    return crc


def _parsed(remembered: str | None) -> _Known:
    return {name: (size, written, crc) for name, (size, written, crc) in json.loads(remembered or "{}").items()}
