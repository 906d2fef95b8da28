"""The command line as scripts see it: standard output, standard error, exit status."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from assistant.cli.ask import QUOTING
from tests.command_line import COMMAND, failed, isnad, isnad_process


def test_index_prints_one_summary_line_and_tells_the_rest_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("ضرب زلزال مدينة إزمير.")
    (tmp_path / "articles" / "photo.jpg").write_text("x")
    done = isnad_process("index", "articles", "--store", "s", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "articles: 1 new, 0 changed, 0 same, 0 removed, 0 failed\n")
    assert "photo.jpg" in done.stderr
    (tmp_path / "articles" / "bad.txt").write_bytes(b"\xff")
    done = isnad_process("index", "articles", "--store", "s", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "articles: 0 new, 0 changed, 1 same, 0 removed, 1 failed\n")
    assert "bad.txt: is not UTF-8" in done.stderr


def test_index_reads_standard_input_and_the_users_names(tmp_path: Path) -> None:
    done = isnad("index", "-", "--map", "text=corps", "--store", "s", stdin='{"corps": "نص الخبر."}', cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "articles: 1 new, 0 changed, 0 same, 0 removed, 0 failed\n")
    done = isnad("index", "-", "--store", "s", stdin="خبر آخر من الأنبوب.", cwd=tmp_path)
    assert done.stdout == "articles: 1 new, 0 changed, 0 same, 0 removed, 0 failed\n"
    assert len(isnad("articles", "list", "--store", "s", cwd=tmp_path).stdout.splitlines()) == 2
    assert isnad("index", "-", "--map", "corps=text", cwd=tmp_path).returncode == 2


def test_bad_paths_and_stores_fail_with_one_line(tmp_path: Path) -> None:
    failed(isnad_process("index", "gone", cwd=tmp_path), "Nothing at gone")
    (tmp_path / "empty").mkdir()
    failed(isnad("index", "empty", cwd=tmp_path), "empty holds no article file")
    (tmp_path / "a.txt").write_text("خبر.")
    (tmp_path / "file").write_text("x")
    failed(isnad("index", "a.txt", "--store", "file", cwd=tmp_path), "file cannot be written")
    failed(isnad_process("ask", "سؤال", "--store", "gone", cwd=tmp_path), "No library at gone", "isnad index PATH")
    failed(isnad("articles", "list", "--store", "gone", cwd=tmp_path), "No library at gone")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "library.sqlite").write_text("this is no database, however long it may be" * 9)
    failed(isnad("ask", "سؤال", "--store", "broken", cwd=tmp_path), "broken", "not a database")


def test_bad_questions_fail_with_one_line(seeds_store: Path) -> None:
    failed(isnad("ask", "", "--store", seeds_store), "question is empty")
    failed(isnad("ask", "--store", seeds_store, stdin=""), "question is empty")
    failed(isnad("ask", "--store", seeds_store, stdin="س" * 1_000_000), "longer than 2,000")
    failed(isnad("ask", "سؤال", "--store", seeds_store, ISNAD_PASSAGES="x"), "passages = 'x'")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"],
        ["ask", "--nope"],
        ["index"],
        ["ask", "س", "--batch", "q.jsonl"],
        ["ask", "س", "--out", "a.jsonl"],
        ["ask", "--jobs", "2", "س"],
        ["ask", "س", "--since", "2024-13-01"],
        ["ask", "س", "--since", "2024-02-02", "--until", "2024-01-01"],
    ],
)
def test_wrong_usage_is_exit_status_2(arguments: list[str]) -> None:
    done = isnad(*arguments)
    assert (done.returncode, done.stdout) == (2, "")


def test_an_unreachable_llm_is_one_line(seeds_store: Path) -> None:
    done = isnad_process(
        "ask", "من هو روته؟", "--store", seeds_store, "--llm", "openai/m", ISNAD_LLM_URL="http://127.0.0.1:9/v1"
    )
    failed(done, "http://127.0.0.1:9/v1", "ISNAD_LLM_URL")


def test_ask_prints_the_answer_with_its_sources(seeds_store: Path) -> None:
    done = isnad_process("ask", "متى صادق مجلس الدوما على المعاهدة؟", "--store", seeds_store)
    assert done.returncode == 0
    answer, _, sources = done.stdout.partition("المصادر:")
    assert "يوم الخميس" in answer
    assert "[1]" in answer
    assert "وزارة الخارجية الروسية" in " ".join(sources.split())
    assert "\x1b" not in done.stdout
    assert done.stderr.splitlines() == [QUOTING[True]]  # once, how to get composed answers


def test_ask_json_is_one_unescaped_line_whose_quotes_are_exact(seeds_store: Path) -> None:
    done = isnad("ask", "--json", "--store", seeds_store, stdin="كم عدد الجنود الكوريين الشماليين في روسيا؟\n")
    (line,) = done.stdout.splitlines()
    assert "\\u" not in line
    row = json.loads(line)
    assert row["citations"]
    for citation in row["citations"]:
        shown = isnad("articles", "show", "--json", citation["article_id"], "--store", seeds_store)
        assert json.loads(shown.stdout)["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_an_abstention_is_an_answer(seeds_store: Path) -> None:
    done = isnad("ask", "ما طريقة عمل الكبسة؟", "--store", seeds_store)
    assert done.returncode == 0
    assert "لا تتناول المقالات" in done.stdout


def test_a_batch_gives_one_line_a_row_in_order(seeds_store: Path, tmp_path: Path) -> None:
    rows = [
        '{"id": 1, "question": "من هو مارك روته؟"}',
        "no json",
        "",
        '{"id": "x"}',
        '{"id": 5, "question": ""}',
        "[]",
    ]
    (tmp_path / "q.jsonl").write_text("\n".join(rows) + "\n")
    done = isnad("ask", "--batch", "q.jsonl", "--out", "a.jsonl", "--jobs", "3", "--store", seeds_store, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "5 questions, 4 failed" in done.stderr
    answers = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [a["id"] for a in answers] == [1, None, "x", 5, None]
    assert [a["error"] is None for a in answers] == [True, False, False, False, False]
    assert "روته" in answers[0]["answer"]
    failed(isnad("ask", "--batch", "gone", "--store", seeds_store, cwd=tmp_path), "--batch gone cannot be read")
    failed(
        isnad("ask", "--batch", "q.jsonl", "--out", "q.jsonl", "--store", seeds_store, cwd=tmp_path), "the batch itself"
    )
    failed(
        isnad("ask", "--batch", "q.jsonl", "--out", "no/a", "--store", seeds_store, cwd=tmp_path), "cannot be written"
    )


def test_a_batch_that_is_none_fails(seeds_store: Path, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("id,question\n1,من هو مارك روته؟\n")
    done = isnad("ask", "--batch", "q.csv", "--store", seeds_store, cwd=tmp_path)
    assert done.returncode == 1 and len(done.stdout.splitlines()) == 2
    assert "2 questions, 2 failed" in done.stderr and "Every row of --batch failed, the first so: " in done.stderr
    (tmp_path / "empty.jsonl").write_text("\n \n")
    failed(isnad("ask", "--batch", "empty.jsonl", "--store", seeds_store, cwd=tmp_path), "holds no rows")


def test_a_date_in_arabic_digits_filters(seeds_store: Path) -> None:
    done = isnad("ask", "من هو مارك روته؟", "--since", "٢٠٩٩-٠١-٠١", "--store", seeds_store)
    assert done.returncode == 0 and "لا مقال يوافق شروط البحث." in done.stderr
    done = isnad("ask", "Who is Mark Rutte?", "--since", "2099-01-01", "--store", seeds_store)
    assert "No article passed the filters." in done.stderr


def test_half_characters_in_a_batch_cost_their_row_only(seeds_store: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(
        '{"question": "\\ud800 من؟"}\n{"id": "\\ud800", "question": "من هو مارك روته؟"}\n'
    )
    done = isnad_process("ask", "--batch", "q.jsonl", "--store", seeds_store, cwd=tmp_path)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [a["error"] is None for a in answers] == [False, True]


def test_a_conversation_keeps_standard_output_to_the_answers(seeds_store: Path) -> None:
    master, slave = os.openpty()
    os.write(master, "من هو مارك روته؟\nما عاصمة بيرو؟\n\n".encode())
    command = [*COMMAND, "ask", "--json", "--store", str(seeds_store)]
    done = subprocess.run(command, stdin=slave, capture_output=True, text=True, check=True)
    assert [json.loads(line)["abstained"] for line in done.stdout.splitlines()] == [False, True]
    assert done.stderr.count("سؤالك:") == 3


def test_a_file_name_cannot_drive_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "\x1b]0;x\x07\n.txt").write_bytes(b"\xff")
    done = isnad("index", ".", "--store", "s", cwd=tmp_path)
    assert done.returncode == 1
    assert not any(c in done.stderr for c in "\x1b\x07")
    assert len(done.stderr.splitlines()) == 1


def test_articles_are_listed_shown_and_removed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: الزلزال\nsource: الوكالة\n---\nضرب زلزال مدينة إزمير.")
    isnad("index", "a.md", "--store", "s", cwd=tmp_path)
    row = json.loads(isnad("articles", "list", "--json", "--store", "s", cwd=tmp_path).stdout)
    assert set(row) == {"article_id", "external_id", "title", "source", "url", "author", "published", "path", "text"}
    assert (row["title"], row["path"], row["published"]) == ("الزلزال", "a.md", None)
    assert row["article_id"] in isnad("articles", "list", "--store", "s", cwd=tmp_path).stdout
    shown = isnad("articles", "show", row["article_id"], "--store", "s", cwd=tmp_path)
    assert shown.stdout == "ضرب زلزال مدينة إزمير.\n"
    failed(isnad("articles", "show", "gone", "--store", "s", cwd=tmp_path), "No article gone")
    failed(isnad("articles", "remove", "gone", "--store", "s", cwd=tmp_path), "No article gone")
    assert (
        isnad("articles", "remove", row["article_id"], "--store", "s", cwd=tmp_path).stdout == "articles: 1 removed\n"
    )
    failed(isnad("ask", "سؤال", "--store", "s", cwd=tmp_path), "holds no articles")


def test_doctor_checks_the_library_and_tells_what_would_touch_the_network(seeds_store: Path, tmp_path: Path) -> None:
    done = isnad("doctor", "--store", seeds_store)
    assert done.returncode == 0
    assert "FAIL" not in done.stdout
    assert "never touches the network" in done.stdout
    remote = isnad("doctor", "--store", seeds_store, ISNAD_LLM="openai/m", ISNAD_LLM_URL="https://llm.example/v1")
    assert "llm.example: questions and passages are sent there" in remote.stdout
    secret = isnad(
        "doctor", "--store", seeds_store, ISNAD_LLM="openai/m", ISNAD_LLM_URL="http://me:secret@127.0.0.1/v1"
    )
    assert "secret" not in secret.stdout
    wrong = isnad("doctor", "--store", seeds_store, ISNAD_LLM="openai/m", ISNAD_LLM_URL="http://[x")
    assert wrong.returncode == 1 and "ISNAD_LLM_URL is no address" in wrong.stdout + wrong.stderr
    assert "Traceback" not in wrong.stderr
    assert isnad("doctor", "--store", tmp_path / "gone").returncode == 1


def test_version_and_help_answer_on_standard_output() -> None:
    assert isnad_process("--version").stdout.startswith("isnad ")
    helped = isnad_process("--help")
    assert helped.returncode == 0 and helped.stdout.startswith("Usage: isnad")
    for command in (["index"], ["ask"], ["chat"], ["articles"], ["articles", "list"], ["doctor"], ["eval"]):
        done = isnad(*command, "--help")
        assert done.returncode == 0
        assert " ".join(["isnad", *command]) in done.stdout.partition("\n")[0]
