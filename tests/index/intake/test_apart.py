"""Parsers that hang, fill the memory or break down, and files made to do that: each is named, the rest is read."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import index.intake.apart
from index.formats.entry import Document, Problem
from index.intake.apart import Limits, ReaderProcess
from index.intake.intake import MOST_HARMLESS, Intake
from index.storage.library import Origin
from tests.command_line import isnad
from tests.index.formats.documents import zipped

FEED = '<rss version="2.0"><channel><title>ش</title><item><description>{}</description></item></channel></rss>'


@pytest.fixture
def odd() -> Iterator[ReaderProcess]:
    made = ReaderProcess(Limits(seconds=1, memory=2**30), "tests.index.intake.odd_reader")
    yield made
    made.close()


def read(process: ReaderProcess, ending: str, content: str = "") -> list[Origin | Problem]:
    data = content.encode()
    document = Document.of_bytes(f"a{ending}", ending, data, {})
    return list(process.read(document, "/a", len(data), None))


def texts(items: list[Origin | Problem]) -> list[str]:
    return [item.article.text for item in items if isinstance(item, Origin)]


def told(items: list[Origin | Problem]) -> list[str]:
    return [str(item) for item in items if isinstance(item, Problem)]


def test_a_parser_that_computes_for_ever_is_ended_and_what_came_before_is_kept(odd: ReaderProcess) -> None:
    items = read(odd, ".busy")
    assert texts(items) == ["قبل أن يتوقف."]
    assert told(items) == ["a.busy: took more than 1 seconds to read, the most that is allowed for a file of its size; "
                           "left out"]  # fmt: skip


def test_a_parser_that_waits_for_ever_is_ended(odd: ReaderProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    read(odd, ".talkative")
    monkeypatch.setattr(index.intake.apart, "_PATIENCE", 0.5)
    monkeypatch.setattr(index.intake.apart, "_LEAST_PATIENCE", 0)
    assert "took more than 1 seconds" in told(read(odd, ".asleep"))[0]


def test_a_parser_that_breaks_down_or_wants_all_memory_is_told_and_the_next_file_is_read(odd: ReaderProcess) -> None:
    assert told(read(odd, ".broken")) == ["a.broken: made the parser of BROKEN break down (SIGSEGV); left out"]
    assert told(read(odd, ".greedy")) == ["a.greedy: needs more memory than reading one file may take; split it"]
    assert texts(read(odd, ".talkative", "خبر."))[0].endswith("خبر.")


def test_one_process_reads_many_files_and_shows_nothing_of_what_parsers_print(
    odd: ReaderProcess, capfd: pytest.CaptureFixture[str]
) -> None:
    first, second = (texts(read(odd, ".talkative", "x"))[0].split()[0] for _ in range(2))
    assert first == second
    assert capfd.readouterr() == ("", "")


def test_no_parser_writes_a_file(odd: ReaderProcess, tmp_path: Path) -> None:
    target = tmp_path / "made"
    assert told(read(odd, ".writing", str(target)))
    assert not target.exists() or target.read_text() == ""


def test_small_texts_need_no_other_process_and_larger_ones_are_read_alike(tmp_path: Path) -> None:
    sentence = "ضرب زلزال مدينة إزمير. "
    small, large = tmp_path / "small.jsonl", tmp_path / "large.jsonl"
    small.write_text(json.dumps({"id": 1, "text": sentence, "author": "\x1b[2Jسالم"}) + "\nx\n")
    rows = [{"id": n, "text": sentence * 40, "title": "خبر"} for n in range(MOST_HARMLESS // 2000)]
    large.write_text("\n".join(map(json.dumps, [*rows, [], {"text": "ش", "date": "قريبا"}])))
    with Intake({}) as intake:
        assert len(texts(list(intake.read(small)))) == 1
        assert intake._apart._process is None
        items = list(intake.read(large))
        assert intake._apart._process is not None
    assert texts(items) == [*[sentence * 40] * len(rows), "ش"]
    assert [(p.kind, p.where) for p in items if isinstance(p, Problem)] == [
        ("failed", f"{large}:{len(rows) + 1}"),
        ("warning", f"{large}:{len(rows) + 2}"),
    ]


def hostile_folder(folder: Path) -> Path:
    """Bombs, entities, names that lead out, nests; and one article."""
    folder.mkdir()
    laughs = "<!DOCTYPE x [" + '<!ENTITY a0 "ها">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )  # fmt: skip
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("a.txt", b"0" * (64 << 20))
    (folder / "names.zip").write_bytes(
        zipped({"../../out.txt": "خبر.", "/etc/x.txt": "خبر.", "in.txt": "خبر من داخل."})
    )
    (folder / "laughs.xml").write_text(laughs + "]>" + FEED.format("&a11;"))
    (folder / "outside.rss").write_text(
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + FEED.format("خبر &f;")
    )
    (folder / "utf16.rss").write_bytes((laughs + "]>" + FEED.format("&a11;")).encode("utf-16"))
    (folder / "nest.html").write_text("<div>" * 200_000 + "خبر")
    (folder / "nest.json").write_text("[" * 60_000)
    (folder / "cut.pdf").write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>")
    aliases = "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 10)}]\n" for n in range(1, 12))
    (folder / "aliases.md").write_text(f"---\ntitle: خبر\nb0: &b0 [x]\n{aliases}author: *b11\n---\nخبر بلا كاتب.")
    (folder / "good.txt").write_text("ضرب زلزال مدينة إزمير.")
    return folder


def test_files_made_to_do_harm_are_named_and_the_others_indexed(tmp_path: Path) -> None:
    folder = hostile_folder(tmp_path / "in")
    done = isnad("index", str(folder), "--store", "s", cwd=tmp_path)
    assert all("/in/" in line for line in done.stderr.splitlines()), done.stderr
    lines = {line.split("/in/")[1].split(": ")[0]: line for line in done.stderr.splitlines()}
    assert done.returncode == 1 and len(lines) == len(done.stderr.splitlines())
    assert {"bomb.zip", "laughs.xml", "outside.rss", "utf16.rss", "nest.json", "cut.pdf"} <= set(lines)
    assert "as no texts do" in lines["bomb.zip"]
    assert all("declares entities" in lines[name] for name in ("laughs.xml", "outside.rss", "utf16.rss"))
    assert sum("leads out of the zip" in line for line in done.stderr.splitlines()) == 2
    listed = isnad("articles", "list", "--json", "--store", "s", cwd=tmp_path).stdout
    assert all(text in listed for text in ("ضرب زلزال مدينة إزمير.", "خبر من داخل.", "خبر بلا كاتب."))
    assert "root:" not in listed and not (tmp_path / "out.txt").exists()
