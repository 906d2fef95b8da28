"""Files become articles, or one line that says why not."""

import json
from pathlib import Path

import pytest

from index.errors import InputError
from index.formats.entry import Problem
from index.reading import find_files, read_file
from index.storage.library import Origin


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def origins(path: Path) -> list[Origin]:
    return [item for item in read_file(path) if isinstance(item, Origin)]


def problems(path: Path) -> list[Problem]:
    return [item for item in read_file(path) if isinstance(item, Problem)]


def test_a_plain_text_keeps_its_first_line_as_title_and_in_the_text(tmp_path: Path) -> None:
    article = origins(write(tmp_path / "a.txt", "\n العنوان \r\nالنص\r\n"))[0].article
    assert article.title == "العنوان"
    assert article.text == "\n العنوان \nالنص\n"
    assert article.published is None


def test_the_article_id_comes_from_the_text_alone(tmp_path: Path) -> None:
    one, two = write(tmp_path / "a.txt", "النص نفسه"), write(tmp_path / "b.txt", "النص نفسه")
    assert origins(one)[0].article.id == origins(two)[0].article.id


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (bytes(range(32)) * 20, "is not text"),
        (b"", "holds no text"),
        (b" \n ... \n", "holds no text"),
    ],
)
def test_a_text_that_cannot_be_used_is_named(tmp_path: Path, content: bytes, why: str) -> None:
    (found,) = problems(write(tmp_path / "bad.txt", content))
    assert found.kind == "failed"
    assert "bad.txt" in found.where
    assert why in found.why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("not json", "is not JSON"),
        ("[1]", "is not a JSON object"),
        ('{"title": "بلا نص"}', "has no `text`"),
        ('{"text": 7}', "`text` is not a string but int"),
        ('{"text": "  "}', "`text` is empty"),
        ('{"text": "\\ud800"}', "half a character"),
        ('{"id": "1", "text": "مكرر"}', "stands in line 1 already"),
        ('{"id": true, "text"', "is not JSON"),
        ("[" * 100_000, "is not"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(tmp_path: Path, line: str, why: str) -> None:
    rows = ['{"id": "1", "text": "الأول"}', line, '{"id": 3, "text": "الثالث"}']
    file = write(tmp_path / "rows.jsonl", "\n".join(rows))
    (found,) = problems(file)
    assert found.where.endswith("rows.jsonl:2")
    assert why in found.why
    assert [o.article.external_id for o in origins(file)] == ["1", "3"]


def test_an_empty_id_is_none(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", '{"id": "", "text": "الأول"}\n{"id": " ", "text": "الثاني"}\n')
    assert [o.article.external_id for o in origins(file)] == [None, None] and problems(file) == []


def test_invalid_bytes_refuse_their_row_only(tmp_path: Path) -> None:
    file = write(tmp_path / "rows.jsonl", b'{"text": "\xff"}\n' + '{"text": "سليم"}'.encode())
    assert len(problems(file)) == len(origins(file)) == 1


def test_an_unusable_detail_is_left_out_and_told(tmp_path: Path) -> None:
    row = {"text": "نص", "title": ["قائمة"], "published": "قريبًا", "source": "الوكالة"}
    file = write(tmp_path / "rows.jsonl", json.dumps(row))
    article = origins(file)[0].article
    assert (article.title, article.published, article.source) == (None, None, "الوكالة")
    assert [p.kind for p in problems(file)] == ["warning", "warning"]


def test_a_folder_gives_its_articles_and_names_what_it_skips(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "photo.jpg", "README.md", ".hidden.txt"):
        write(tmp_path / name, "نص")
    (tmp_path / "below").mkdir()
    write(tmp_path / "below" / "c.jsonl", "{}")
    files, skipped = find_files(tmp_path)
    assert [f.name for f in files] == ["a.md", "b.txt", "c.jsonl"]
    assert sorted(Path(p.where).name for p in skipped) == ["README.md", "photo.jpg"]


def test_a_missing_path_and_a_foreign_file_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Nothing at .*gone"):
        find_files(tmp_path / "gone")
    with pytest.raises(InputError, match=r"photo\.jpg: cannot read \.jpg"):
        find_files(write(tmp_path / "photo.jpg", "x"))


def test_a_paragraph_is_no_title(tmp_path: Path) -> None:
    assert origins(write(tmp_path / "a.txt", "كلمة " * 500))[0].article.title is None


def test_a_library_below_a_folder_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "خبر.")
    (tmp_path / "mine").mkdir()
    write(tmp_path / "mine" / "library.sqlite", "")
    write(tmp_path / "mine" / "meta.json", "{}")
    files, skipped = find_files(tmp_path)
    assert [f.name for f in files] == ["a.txt"]
    assert [Path(p.where).name for p in skipped] == ["mine"]
