"""Small documents of binary formats, made by hand: PDF with a made-up font, DOCX, EPUB, zip."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.formats.entry import Problem
from index.reading import read_file
from index.storage.library import Origin
from index.types import Article

WIDTH = 0.5
"""Of a glyph, in parts of the letters' size."""
Drawn = tuple[float, float, float, str]
"""x, y, size, and the characters from left to right."""


def write(path: Path, content: str | bytes) -> Path:
    """The file, written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def articles(path: Path, **names: str) -> list[Article]:
    """The articles of a file."""
    return [item.article for item in read_file(path, names) if isinstance(item, Origin)]


def problems(path: Path, **names: str) -> list[Problem]:
    """What must be told of a file."""
    return [item for item in read_file(path, names) if isinstance(item, Problem)]


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def epub(package: str, pages: Mapping[str, str]) -> bytes:
    """An EPUB with this OPF package, its pages in the folder `text/`."""
    container = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    container += '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OEBPS/book.opf": package}
    return zipped(parts | {f"OEBPS/text/{name}": page for name, page in pages.items()})


def right_aligned(lines: Sequence[str], *, x: float = 500, y: float = 700, pitch: float = 14) -> list[Drawn]:
    """Lines of 10-point glyphs, drawn characters from left to right, one below the other, ending at x."""
    return [(x - len(line) * 10 * WIDTH, y - n * pitch, 10, line) for n, line in enumerate(lines)]


def pdf(pages: Sequence[Sequence[Drawn]], *, glyph_by_glyph: bool = False, title: str | None = None) -> bytes:
    """A PDF of pages of drawn lines.

    `glyph_by_glyph` stores each line as programs do that know Arabic: its characters in the order of reading, each
    at its place; else a line is one string, leftmost character first.
    """
    chars = sorted({char for page in pages for *_, text in page for char in text})
    code = {char: n for n, char in enumerate(chars, start=1)}
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"", b"", b"", b""]
    objects[2] = (
        b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>"
    )
    objects[3] = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    objects[3] += b"/Supplement 0>>/DW 500/FontDescriptor 5 0 R>>"
    objects[4] = b"<</Type/FontDescriptor/FontName/Made/Flags 4/FontBBox[0 -200 500 800]/Ascent 800/Descent -200>>"
    mapped = "\n".join(f"<{n:04x}> <{char.encode('utf-16-be').hex()}>" for char, n in code.items())
    cmap = f"begincmap\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{len(code)} beginbfchar\n{mapped}\n"
    objects[5] = _stream(f"{cmap}endbfchar\nendcmap".encode())
    kids = []
    for page in pages:
        content = "\n".join(_shown(line, code, glyph_by_glyph) for line in page)
        objects.append(_stream(f"BT\n{content}\nET".encode() if page else b""))
        resources = f"/Resources<</Font<</F 3 0 R>>>>/Contents {len(objects)} 0 R"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]{resources}>>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    info = ""
    if title is not None:
        objects.append(f"<</Title<feff{title.encode('utf-16-be').hex()}>>>".encode())
        info = f"/Info {len(objects)} 0 R"
    return _file(objects, info)


def _shown(line: Drawn, code: Mapping[str, int], glyph_by_glyph: bool) -> str:
    x, y, size, text = line
    if not glyph_by_glyph:
        return f"/F {size} Tf 1 0 0 1 {x} {y} Tm <{''.join(f'{code[c]:04x}' for c in text)}> Tj"
    placed = [(x + n * size * WIDTH, char) for n, char in enumerate(text)]
    return "\n".join(f"/F {size} Tf 1 0 0 1 {at} {y} Tm <{code[char]:04x}> Tj" for at, char in reversed(placed))


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%b\nendstream" % (len(content), content)


def _file(objects: Sequence[bytes], info: str) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R{info}>>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
