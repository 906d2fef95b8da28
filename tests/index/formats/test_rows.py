"""JSON, JSONL, CSV and TSV: whatever the fields are called, each row is an article or is named."""

import json
from pathlib import Path

import pytest

from tests.index.formats.documents import articles, problems, write

ROW = {"headline": "عنوان", "article_body": "متن الخبر.", "publisher": "الوكالة", "link": "https://e.example/1"}
ROW |= {"byline": "سالم", "pub_date": "2024/11/13"}
DETAILS = ("عنوان", "متن الخبر.", "الوكالة", "https://e.example/1", "سالم", "2024-11-13")


def details(file: Path, **names: str) -> list[tuple[str | None, ...]]:
    return [(a.title, a.text, a.source, a.url, a.author, a.published) for a in articles(file, **names)]


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", dumped(ROW)),
        ("a.ndjson", f"\n\n{dumped(ROW)}\n\n"),
        ("a.json", dumped(ROW)),
        ("a.json", json.dumps([ROW], indent=1)),
        ("a.jsonl", json.dumps([ROW], indent=1)),
        ("a.json", dumped({"status": "ok", "totalResults": 1, "articles": [ROW]})),
        ("a.csv", ",".join(ROW) + "\n" + ",".join(ROW.values())),
        ("a.csv", ";".join(ROW) + "\r\n" + ";".join(ROW.values()) + "\r\n"),
        ("a.tsv", "\t".join(ROW) + "\n" + "\t".join(ROW.values()) + "\n"),
        ("a.csv", "\n" + ",".join(f'"{n}"' for n in ROW) + "\n" + ",".join(f'"{v}"' for v in ROW.values())),
        (
            "a.csv",
            "العنوان,النص,المصدر,الرابط,الكاتب,التاريخ\nعنوان,متن الخبر.,الوكالة,https://e.example/1,سالم,١٣/١١/٢٠٢٤",
        ),
    ],
)
def test_one_article_in_each_shape(tmp_path: Path, name: str, content: str) -> None:
    file = write(tmp_path / name, content)
    assert details(file) == [DETAILS]
    assert problems(file) == []


def test_jsonl_under_the_other_ending_is_read_too(tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", "\n".join(dumped({"text": f"خبر {n}", "id": n}) for n in range(3)))
    assert [(a.text, a.external_id) for a in articles(file)] == [("خبر 0", "0"), ("خبر 1", "1"), ("خبر 2", "2")]


@pytest.mark.parametrize("text", ["text", "content", "body", "articleBody", "full_text", "Content-Text", "المحتوى"])
def test_the_text_is_found_under_each_of_its_names(tmp_path: Path, text: str) -> None:
    assert articles(write(tmp_path / "a.json", dumped({text: "متن الخبر."})))[0].text == "متن الخبر."


def test_the_surest_name_that_is_not_empty_counts(tmp_path: Path) -> None:
    row = {"body": "ثان", "content": "أول", "text": " ", "published": None, "date": "2024-11-13"}
    (article,) = articles(write(tmp_path / "a.json", dumped(row)))
    assert (article.text, article.published) == ("أول", "2024-11-13")


def test_the_users_own_names_come_first(tmp_path: Path) -> None:
    row = {"corps": "متن الخبر.", "text": "شيء آخر", "titre": "عنوان", "jour": "13-11-2024"}
    file = write(tmp_path / "a.jsonl", dumped(row))
    (article,) = articles(file, text="corps", title="titre", published="jour")
    assert (article.text, article.title, article.published) == ("متن الخبر.", "عنوان", "2024-11-13")
    csv = write(tmp_path / "a.csv", "corps,titre\nمتن الخبر.,عنوان\n")
    assert articles(csv, text="corps", title="titre")[0].title == "عنوان"


def test_typed_and_nested_values_are_unwrapped(tmp_path: Path) -> None:
    row = {"_id": {"$oid": "65f"}, "text": ["فقرة أولى.", "فقرة ثانية."], "source": {"name": "الوكالة", "url": "x"}}
    row |= {"authors": ["سالم", {"name": "ليلى"}], "metadata": {"date": {"$date": "2024-11-13T00:00:00Z"}}}
    (article,) = articles(write(tmp_path / "a.jsonl", dumped(row)))
    assert (article.external_id, article.text) == ("65f", "فقرة أولى.\n\nفقرة ثانية.")
    assert (article.source, article.author, article.published) == ("الوكالة", "سالم، ليلى", "2024-11-13")


def test_markup_is_no_text_and_no_title(tmp_path: Path) -> None:
    row = {"title": "قال &quot;نعم&quot; <b>أمس</b>", "text": "<p>بلغ <b>340</b>&nbsp;ألفا</p><p>ثانية</p>"}
    (article,) = articles(write(tmp_path / "a.jsonl", dumped(row)))
    assert (article.title, article.text) == ('قال "نعم" أمس', "بلغ 340\xa0ألفا\nثانية")


def test_an_empty_id_is_none(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", '{"id": "", "text": "الأول"}\n{"id": " ", "text": "الثاني"}')
    assert [(a.text, a.external_id) for a in articles(file)] == [("الأول", None), ("الثاني", None)]


@pytest.mark.parametrize(
    ("name", "content", "where", "why"),
    [
        ("a.json", '{"a": 1}', "a.json", "has no `text` (its fields: a); if another name holds it: --map text=NAME"),
        ("a.json", '[{"text": "x"}, 7]', "a.json item 2", "is not a JSON object"),
        ("a.json", '[{"text": "x"},]', "a.json", "is not JSON"),
        ("a.json", "", "a.json", "holds no rows"),
        ("a.json", "[" * 100_000, "a.json", "nested too deep"),
        ("a.jsonl", '{"text": NaN}', "a.jsonl:1", "`text` is not a string but float"),
        ("a.csv", "a,b\n1,2", "a.csv", "has no column for the text (its columns: a, b); name it: --map text=COLUMN"),
        ("a.csv", "", "a.csv", "holds no rows"),
        ("a.csv", "title,text\n", "a.csv", "holds no rows below the names of its columns"),
        ("a.csv", "title,text\nخبر,نص, ثم بقية", "a.csv:2", "has 3 cells for 2 columns"),
        ("a.csv", "title,text\nخبر,", "a.csv:2", "`text` is empty"),
        ("a.csv", 'title,text\nأ,ب\n"مفتوح,نص', "a.csv:3", "is no row of a table"),
        ("a.tsv", "id\ttext\n1\tأول\n1\tثان", "a.tsv:3", "the id '1' stands in line 2 already"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: str, where: str, why: str) -> None:
    (problem,) = problems(write(tmp_path / name, content))
    assert (problem.where, problem.kind) == (str(tmp_path / where), "failed")
    assert why in problem.why


def test_a_quoted_cell_may_hold_line_ends_and_rows_are_counted_by_lines(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", 'title,text\nخبر,"سطر أول\nسطر، ثان, وثالث"\nبلا نص,\n')
    assert [a.text for a in articles(file)] == ["سطر أول\nسطر، ثان, وثالث"]
    assert [p.where for p in problems(file)] == [f"{file}:4"]
