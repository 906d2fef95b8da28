"""Files are read in the encoding that they are in; damage is told with its line, and never guessed away."""

import json
from pathlib import Path

import pytest

from tests.index.formats.documents import articles, problems, write

TEXT = "محصول الزيتون\n\nقال وزير الزراعة إن محصول الزيتون هذا الموسم بلغ 340 ألف طن.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    file = write(tmp_path / "a.txt", TEXT.encode(encoding))
    assert [a.text for a in articles(file)] == [TEXT]
    assert problems(file) == []


def test_marks_of_joined_files_are_no_text(tmp_path: Path) -> None:
    assert articles(write(tmp_path / "a.txt", f"\ufeff\ufeff{TEXT}\ufeff"))[0].text == TEXT


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("cp1256", "was read as Windows-1256"),
        ("iso8859_6", "was read as ISO-8859-6"),
        ("utf-16-le", "was read as UTF-16-LE"),
        ("utf-16-be", "was read as UTF-16-BE"),
    ],
)
@pytest.mark.parametrize("text", [TEXT, "خبر قصير عن الزيتون"])
def test_other_encodings_are_read_and_told(tmp_path: Path, encoding: str, told: str, text: str) -> None:
    file = write(tmp_path / "a.txt", text.encode(encoding))
    assert [a.text for a in articles(file)] == [text]
    (problem,) = problems(file)
    assert problem.kind == "warning"
    assert told in problem.why


@pytest.mark.parametrize("scrambled", [TEXT.encode().decode("latin-1"), TEXT.encode("cp1256").decode("cp1252")])
def test_arabic_that_was_saved_as_latin_is_turned_back(tmp_path: Path, scrambled: str) -> None:
    file = write(tmp_path / "a.txt", scrambled)
    assert [a.text for a in articles(file)] == [TEXT]
    assert "as if it were Latin" in problems(file)[0].why


@pytest.mark.parametrize("text", ["Le président a été réélu près de l'hôtel à Alger.", "Ärger in Köln über Öl", TEXT])
def test_what_is_meant_as_it_is_stays(tmp_path: Path, text: str) -> None:
    file = write(tmp_path / "a.txt", text)
    assert [a.text for a in articles(file)] == [text]
    assert problems(file) == []


@pytest.mark.parametrize("damage", [b"\xff", b"\xd9"])
def test_a_damaged_file_is_told_with_its_line(tmp_path: Path, damage: bytes) -> None:
    file = write(tmp_path / "a.txt", TEXT.encode() + damage + "\nخاتمة المقال هنا.\n".encode())
    assert articles(file) == []
    (problem,) = problems(file)
    assert problem.kind == "failed"
    assert "line 4 holds a byte that is not UTF-8" in problem.why
    assert "1256" not in problem.why


def test_a_damaged_row_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    row = json.dumps({"text": TEXT}, ensure_ascii=False).encode()
    file = write(tmp_path / "a.jsonl", b"\n".join([row, row.replace("طن".encode(), b"\xff"), b'{"text": "x"}']))
    assert [a.text for a in articles(file)] == [TEXT, "x"]
    assert problems(file)[0].where.endswith("a.jsonl:2")


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6", "utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.md"])
def test_every_text_format_knows_the_encodings(tmp_path: Path, encoding: str, name: str) -> None:
    body = "قال وزير الزراعة إن محصول الزيتون بلغ 340 ألف طن."
    content = {"a.csv": f"title,text\nخبر,{body}\n", "a.md": f"---\ntitle: خبر\n---\n{body}\n"}
    row = json.dumps({"title": "خبر", "text": body}, ensure_ascii=False)
    file = write(tmp_path / name, content.get(name, row).encode(encoding))
    assert [(a.title, a.text.strip()) for a in articles(file)] == [("خبر", body)]


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"\xff\xfe\x00", "begins as UTF-16 does, but is not"), (b"\xff\x81\x8d\x00\x00", "nor text in another encoding")],
)
def test_what_is_in_no_known_encoding_is_named(tmp_path: Path, content: bytes, why: str) -> None:
    (problem,) = problems(write(tmp_path / "a.txt", content))
    assert why in problem.why
