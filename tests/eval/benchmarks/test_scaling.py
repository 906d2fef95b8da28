"""How time, memory and disk grow: the table's shape on tiny libraries, and what a wrong input is told."""

import gzip
import json

import pytest
from typer.testing import CliRunner

from eval.benchmarks import scaling
from index.errors import InputError

SENTENCE = "أعلن الوزير رقم {n} في مدينة الرياض عن مشروع جديد للطاقة الشمسية بكلفة {n} مليون ريال."


@pytest.fixture
def articles(tmp_path):
    """Twelve articles of two passages each, half of them in a compressed file."""
    rows = [
        json.dumps({"text": "\n".join(SENTENCE.format(n=100 * a + i) for i in range(10))}, ensure_ascii=False) + "\n"
        for a in range(12)
    ]
    plain, packed = tmp_path / "some.jsonl", tmp_path / "others.jsonl.gz"
    plain.write_text("".join(rows[:6]), encoding="utf-8")
    packed.write_bytes(gzip.compress("".join(rows[6:]).encode()))
    return [plain, packed]


def called(monkeypatch, *arguments):
    app = scaling.typer.Typer()
    app.command()(scaling.main)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_table_tells_each_size_and_goes_between_the_markers(articles, tmp_path, monkeypatch):
    benchmark = tmp_path / "BENCHMARK.md"
    benchmark.write_text("before\n<!-- scaling -->\nold\n<!-- /scaling -->\nafter\n", encoding="utf-8")
    monkeypatch.setattr(scaling, "BENCHMARK", benchmark)
    questions = tmp_path / "questions.jsonl"
    asked = [{"question": "ماذا أعلن الوزير؟"}, {"question": "من فاز؟", "answerable": False}]
    questions.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")

    done = called(monkeypatch, *articles, "--sizes", "4,500", "--questions", questions, "--write")

    assert done.exit_code == 0, done.output
    lines = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("|")]
    cells = {name: values for name, *values in lines}
    assert list(cells) == ["passages", "---", *list(scaling.FIGURES)[1:], *scaling.GROWTH]
    assert {len(values) for values in cells.values()} == {2}
    assert (cells["passages"], cells["articles"]) == (["4", "24"], ["2", "12"])
    assert cells["twice the articles: disk ×"][0] == "–"
    assert float(cells["retrieval, median ms"][0]) > 0
    assert "Articles: some, others, shuffled. Asked: 1 questions." in done.stdout
    assert "Asked for 500 passages; the files make 24." in done.stdout
    assert benchmark.read_text(encoding="utf-8") == (
        f"before\n<!-- scaling -->\n{done.stdout}<!-- /scaling -->\nafter\n"
    )


def test_one_shuffle_for_all_sizes(articles):
    rows = scaling.read_rows(articles)
    assert rows == scaling.read_rows(articles)
    small = scaling.take(rows, 5)
    assert small == scaling.take(rows, 9)[: len(small)]
    assert sum(row.passages for row in small) == 6
    assert scaling.take(rows, 1000) == rows


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "1: is no row of JSON with `text`"),
        (b'{"text": "a"}\n[1]', "2: is no row of JSON with `text`"),
        (b'{"title": "a"}', "1: is no row of JSON with `text`"),
        (b"\xff\xfe", "is no row of JSON with `text`"),
        (b"", "No articles"),
        (None, "FileNotFoundError"),
    ],
)
def test_a_wrong_input_is_one_line(content, told, tmp_path, monkeypatch):
    file = tmp_path / "wrong.jsonl"
    if content is not None:
        file.write_bytes(content)
    done = called(monkeypatch, file)
    assert done.exit_code == 1
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_wrong_sizes_are_wrong_usage(articles, monkeypatch):
    assert called(monkeypatch, *articles, "--sizes", "10,many").exit_code == 2


def test_a_benchmark_without_markers_is_told_at_once(articles, tmp_path, monkeypatch):
    benchmark = tmp_path / "BENCHMARK.md"
    benchmark.write_text("<!-- scaling --> only", encoding="utf-8")
    monkeypatch.setattr(scaling, "BENCHMARK", benchmark)
    done = called(monkeypatch, *articles, "--write")
    assert (done.exit_code, "<!-- /scaling -->" in done.stderr) == (1, True)
    with pytest.raises(InputError):
        scaling.between(scaling.MARK, "no markers", "part", "it")
