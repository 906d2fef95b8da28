"""Files become articles, or one line that says why not."""

import json
from pathlib import Path

import pytest

from index.errors import InputError
from index.reading import Problem, clean, find_files, parse_date, read_file
from index.storage.library import Origin


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def origins(path: Path) -> list[Origin]:
    return [item for item in read_file(path) if isinstance(item, Origin)]


def problems(path: Path) -> list[Problem]:
    return [item for item in read_file(path) if isinstance(item, Problem)]


def test_front_matter_is_no_text_and_gives_the_details(tmp_path: Path) -> None:
    file = write(tmp_path / "a.md", "---\ntitle: العنوان\nsource: الوكالة\npublished: 2024-10-21\n---\n\nنص الخبر.\n")
    article = origins(file)[0].article
    assert (article.title, article.source, article.published) == ("العنوان", "الوكالة", "2024-10-21")
    assert article.text == "نص الخبر."


def test_a_plain_text_keeps_its_first_line_as_title_and_in_the_text(tmp_path: Path) -> None:
    article = origins(write(tmp_path / "a.txt", "\n العنوان \r\nالنص\r\n"))[0].article
    assert article.title == "العنوان"
    assert article.text == "\n العنوان \nالنص\n"
    assert article.published is None


def test_the_article_id_comes_from_the_text_alone(tmp_path: Path) -> None:
    one, two = write(tmp_path / "a.txt", "النص نفسه"), write(tmp_path / "b.txt", "النص نفسه")
    assert origins(one)[0].article.id == origins(two)[0].article.id


def test_clean_keeps_text_as_read_but_for_line_ends_and_controls() -> None:
    assert clean("أ\r\nب\rج\x00\x1b[31m\tد\u200f") == "أ\nب\nج[31m\tد\u200f"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe\x00\x01 not text", "is not UTF-8 (byte 0 is 0xff)"),
        ("قديم".encode("cp1256"), "is not UTF-8"),
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


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-10-21", "2024-10-21"),
        ("٢٠٢٤-١٠-٢١", "2024-10-21"),
        ("2017-01-20T21:43:00+01:00", "2017-01-20"),
        ("21/10/2024", "2024-10-21"),
        ("1.2.2024", "2024-02-01"),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize("text", ["أمس", "2024-13-01", "31/02/2024", "2024", "2024-10-21garbage"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no date"):
        parse_date(text)


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


def test_a_block_between_rules_that_states_nothing_is_text(tmp_path: Path) -> None:
    article = origins(write(tmp_path / "a.txt", "---\nالفقرة الأولى من الخبر.\n---\nبقية الخبر."))[0].article
    assert "الفقرة الأولى" in article.text


def test_only_a_pair_of_quotation_marks_goes(tmp_path: Path) -> None:
    file = write(tmp_path / "a.md", '---\ntitle: وصفه بأنه "تصعيد"\nsource: "الوكالة"\n---\nخبر.')
    article = origins(file)[0].article
    assert (article.title, article.source) == ('وصفه بأنه "تصعيد"', "الوكالة")


def test_a_paragraph_is_no_title(tmp_path: Path) -> None:
    assert origins(write(tmp_path / "a.txt", "كلمة " * 500))[0].article.title is None
