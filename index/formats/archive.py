"""Zip files, and the formats that are one: opened within limits, since a small one may unfold to any size."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from index.errors import InputError
from index.formats.entry import MOST_BYTES, Document, Problem
from index.text.cleaning import clean

_MOST_MEMBERS = 50_000
_MOST_UNFOLDED = 2**30
_MOST_RATIO, _ALWAYS_ALLOWED = 200, 2**24
"""Text is packed to a tenth, a repeated one to a fiftieth; a bomb to a thousandth. Small ones may be anything."""


def opened_zip(document: Document) -> zipfile.ZipFile:
    """A zip whose members together keep to the limits. Raises InputError, naming the limit, where they do not.

    What a member says of its size binds: no more than that is ever unfolded of it.
    """
    data = document.data()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise InputError(f"is damaged, or no zip ({error})") from error
    members = archive.infolist()
    unfolded = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS:
        raise InputError(f"holds {len(members)} files, more than the {_MOST_MEMBERS} that are read of one zip")
    if unfolded > _MOST_UNFOLDED:
        raise InputError(
            f"unfolds to {unfolded >> 20} MB, more than the {_MOST_UNFOLDED >> 20} MB that are read of one zip"
        )
    if unfolded > max(_ALWAYS_ALLOWED, _MOST_RATIO * len(data)):
        raise InputError(f"unfolds to more than {_MOST_RATIO} times its size, as no texts do")
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member's bytes. Raises InputError where it is missing, damaged, locked or too large."""
    try:
        member = archive.getinfo(name)
        if member.file_size > MOST_BYTES:
            raise InputError(f"is larger than {MOST_BYTES >> 20} MB, the most that is read of one file")
        return archive.read(member)
    except KeyError as error:
        raise InputError(f"lacks its part {name}") from error
    except RuntimeError as error:
        raise InputError("is locked with a password") from error
    except Exception as error:  # each way of packing has errors of its own
        raise InputError(f"is damaged ({error})") from error


def members(document: Document) -> Iterator[Document | Problem]:
    """The files of a zip in the order of their names, as documents named `a.zip/inner/b.txt`."""
    archive = opened_zip(document)
    for name in sorted({member.filename for member in archive.infolist() if not member.is_dir()}):
        path = PurePosixPath(clean(name).replace("\n", " ").replace("\\", "/"))
        if any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts):
            continue
        where = f"{document.name}/{path}"
        if path.is_absolute() or ".." in path.parts:
            yield Problem(where, "its name leads out of the zip", "failed")
            continue
        try:
            yield Document.of_bytes(where, path.suffix.lower(), read_member(archive, name), document.names)
        except InputError as error:
            yield Problem(where, str(error))
