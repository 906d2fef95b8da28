"""Mutated documents through every reader: `python -m tests.fuzzing --inputs 10000 --seed 1`.

Each input is read as `isnad index` reads it. Counted as faults: an exception, a reading that took longer than the limit
or took the process down, a traceback in what is told, and an input, or a line of JSONL, from which nothing came and of
which nothing was told.
"""

import argparse
import io
import json
import random
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import docx

from index.formats.entry import Problem
from index.intake.apart import Limits
from index.intake.intake import Intake
from tests.index.formats.documents import epub, pdf, right_aligned, zipped

SLOW_S = 10
_SIGNS = ("took more", "break down", "Traceback")
SENTENCE = "قال الوزير سالم العلي إن عدد الزوار بلغ 12,500 زائر في 21 أكتوبر 2024، أي «ثلث» العام الماضي. "
PAGE = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>خبر</title>
<meta property="og:site_name" content="الشمس"><meta property="article:published_time" content="2024-11-13"></head>
<body><nav>قائمة</nav><article><h1>خبر</h1><p>{SENTENCE}</p><table><tr><td>أ</td><td>7</td></tr></table>
<ul><li>بند</li></ul><p>{SENTENCE}</p></article></body></html>"""
ENTRY = "<item><title>خبر</title><link>https://e.example/1</link><pubDate>Wed, 13 Nov 2024 10:00:00 GMT</pubDate>"
FEED = f'<?xml version="1.0"?><rss version="2.0"><channel><title>ش</title>{ENTRY}<description>{SENTENCE}</description>'
FEED += "</item></channel></rss>"
ROW = {"id": "1", "text": SENTENCE * 2, "title": "خبر", "date": "2024/11/13", "source": {"name": "ش"}, "authors": ["س"]}
PACKAGE = (
    '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>كتاب</dc:title></metadata><manifest>'
)
PACKAGE += '<item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/>'
PACKAGE += "</spine></package>"
HOSTILE = (
    b"\x00", b"\xff\xfe", b"\x1b[2J", b"<!ENTITY x SYSTEM 'file:///etc/passwd'>", b"<![CDATA[", b"<!--", b"</",
    b"<script>", b"&#x110000;", b"&amp;amp;", b"]]>", b"{" * 300, b"[" * 3000, b'"\\ud800"', b"<div>" * 2000,
    b"> " * 500, b"**" * 800, b"---\n", b"*a *a", b"\r", b"\\n", b"1e999", b"-0", b"9" * 5000, b"|\n" * 200,
    b"/Length 99999999", b"endobj", b"stream\n", b"0 0 R", b"<< /Kids", b"PK\x03\x04", b"/Filter/FlateDecode",
    "\u202e".encode(), "\u200b".encode(), b"\xd9", b"\xef\xbb\xbf",
)  # fmt: skip


def seeds() -> dict[str, list[bytes]]:
    """Sound documents by the ending of their format."""
    word = docx.Document()
    word.add_heading("خبر")
    word.add_paragraph(SENTENCE)
    word.add_table(2, 2).cell(0, 0).text = "أ"
    written = io.BytesIO()
    word.save(written)
    text = f"---\ntitle: خبر\ndate: 2024-11-13\nauthors: [س, ع]\n---\n{SENTENCE * 3}\n"
    marked = (
        f"# خبر\n\n{SENTENCE}\n\n| أ | ب |\n|---|---|\n| 1 | 2 |\n\n> **{SENTENCE}**\n\n1. [بند](https://e.example)\n"
    )
    table = f'id,title,text,date\n1,خبر,"{SENTENCE}",2024-11-13\n2,خبر,"{SENTENCE}",13/11/2024\n'
    book = epub(PACKAGE, {"a.xhtml": PAGE})
    drawn = pdf([right_aligned([SENTENCE[:40][::-1], SENTENCE[:60][::-1]])], title="خبر")
    lines = "\n".join(json.dumps(ROW | {"id": n}, ensure_ascii=False) for n in range(3))
    return {
        ".txt": [text.encode(), SENTENCE.encode("cp1256"), SENTENCE.encode("utf-16")],
        ".md": [marked.encode(), text.encode()],
        ".json": [json.dumps(ROW).encode(), json.dumps({"articles": [ROW, ROW | {"id": 2}]}).encode()],
        ".jsonl": [lines.encode()],
        ".csv": [table.encode(), table.replace(",", ";").encode("cp1256")],
        ".tsv": [table.replace(",", "\t").encode()],
        ".html": [PAGE.encode(), PAGE.replace("utf-8", "windows-1256").encode("cp1256")],
        ".pdf": [drawn, pdf([right_aligned([SENTENCE[:50]])], glyph_by_glyph=True)],
        ".docx": [written.getvalue()],
        ".epub": [book],
        ".rss": [FEED.encode(), FEED.encode("utf-16")],
        ".atom": [f'<feed xmlns="http://www.w3.org/2005/Atom"><title>ش</title><entry><id>1</id><content type="html">'
                  f"&lt;p&gt;{SENTENCE}&lt;/p&gt;</content></entry></feed>".encode()],
        ".zip": [zipped({"a.txt": SENTENCE, "b/c.html": PAGE, "d.csv": table})],
    }  # fmt: skip


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A document with one to three things done to it; of a packed one, half of the time, to what is packed."""
    if data.startswith(b"PK") and chance.random() < 0.5:
        return _repacked(data, others, chance)
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(_MUTATIONS)(data, others, chance)
    return data[: 1 << 18]


def _flip(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(data), 1 << chance.randrange(7))):
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    at, length = _at(data, chance), 1 << chance.randrange(10)
    return data[:at] if chance.random() < 0.3 else data[:at] + data[at + length :]


def _double(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    at = _at(data, chance)
    return data[:at] + data[at : at + (1 << chance.randrange(8))] * chance.randint(2, 60) + data[at:]


def _insert(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    at = _at(data, chance)
    return data[:at] + chance.choice(HOSTILE) * chance.choice((1, 1, 1, 20)) + data[at:]


def _splice(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    return data[: _at(data, chance)] + other[_at(other, chance) :]


_MUTATIONS: tuple[Callable[[bytes, list[bytes], random.Random], bytes], ...] = (_flip, _cut, _double, _insert, _splice)


def _at(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _repacked(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(members))
    members[name] = mutated(bytes(members[name]), others, chance)  # type: ignore[arg-type]
    return zipped(members)


@dataclass
class Found:
    """What came of the inputs."""

    inputs: int = 0
    articles: int = 0
    told: int = 0
    slowest_s: float = 0.0
    by_format: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def fuzz(inputs: int, seed: int, folder: Path, stop_after_s: float = float("inf")) -> Found:
    """Read so many mutated documents, fewer where the time is over; the same seed makes the same ones."""
    sound, found, began = seeds(), Found(), time.monotonic()
    pool = [data for variants in sound.values() for data in variants]
    with Intake({}, limits=Limits(seconds=SLOW_S)) as intake:
        for number in range(inputs):
            if time.monotonic() - began > stop_after_s:
                break
            chance = random.Random(f"{seed}/{number}")
            ending = chance.choice(sorted(sound))
            file = folder / f"{number}{ending}"
            file.write_bytes(mutated(chance.choice(sound[ending]), pool, chance))
            _read(file, intake, found)
            if not any(str(file) in fault for fault in found.faults):
                file.unlink()
    return found


def _read(file: Path, intake: Intake, found: Found) -> None:
    began, articles, problems = time.process_time(), 0, []
    found.inputs += 1
    found.by_format[file.suffix] += 1
    try:
        for item in intake.read(file):
            if isinstance(item, Problem):
                problems.append(item)
                continue
            articles += 1
            if not any(map(str.isalnum, item.article.text)):
                found.faults.append(f"{file}: an article without text")
    except Exception as error:  # the fault that is looked for
        found.faults.append(f"{file}: raised {type(error).__name__}: {error}")
    found.slowest_s = max(found.slowest_s, time.process_time() - began)
    found.articles, found.told = found.articles + articles, found.told + len(problems)
    found.faults += [
        str(p) for p in problems if any(sign in p.why for sign in ("took more", "break down", "Traceback"))
    ]
    if not articles and not problems:
        found.faults.append(f"{file}: nothing came of it, and nothing was told")


def lines(found: Found) -> Iterator[str]:
    """The report."""
    yield f"{found.inputs:,} inputs: {found.articles:,} articles read, {found.told:,} problems told"
    yield ", ".join(f"{ending[1:]} {n:,}" for ending, n in sorted(found.by_format.items()))
    yield f"slowest in this process: {found.slowest_s:.2f} s of computing (limit of the other: {SLOW_S})"
    yield f"faults: {len(found.faults)}"
    yield from found.faults


def main(arguments: Mapping[str, float]) -> None:
    """Fuzz and print what came of it; what was at fault stays in a folder."""
    folder = Path(tempfile.mkdtemp(prefix="isnad-fuzz-"))
    found = fuzz(int(arguments["inputs"]), int(arguments["seed"]), folder, arguments["seconds"])
    print("\n".join(lines(found)))
    if found.faults:
        raise SystemExit(f"the inputs at fault are in {folder}")
    folder.rmdir()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so many")
    main(vars(parser.parse_args()))
