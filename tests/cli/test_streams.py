"""The standard streams: UTF-8 wherever the command runs, and nothing of an article that a terminal would obey."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.command_line import COMMAND, isnad, isnad_process

HOSTILE = "\u202eخبر مقلوب\u2066 \u009b31mضرب زلزال مدينة إزمير."
QUESTION = "من هو مارك روته؟"
LATIN = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}
ASCII = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "PYTHONIOENCODING": ""}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    row = {
        "text": HOSTILE,
        "title": "عنوان\u202e\x1b]0;x\x07",
        "source": "وكالة\u2067",
        "url": "https://e.example/\u202e",
    }
    (folder / "a\u202e.json").write_text(json.dumps(row))
    isnad("index", ".", "--store", "s", cwd=folder)
    return folder / "s"


@pytest.mark.parametrize("environment", [LATIN, ASCII])
def test_arabic_is_printed_whatever_encoding_the_streams_have(seeds_store: Path, environment: dict[str, str]) -> None:
    done = isnad_process("ask", QUESTION, "--store", seeds_store, **environment)
    assert done.returncode == 0 and "المصادر:" in done.stdout and "روته" in done.stdout
    assert "?" not in done.stdout


def test_arabic_is_read_and_named_in_errors_whatever_encoding_the_streams_have(tmp_path: Path) -> None:
    (tmp_path / "خبر.txt").write_bytes(b"\xff")
    done = isnad_process("index", ".", "--store", "s", cwd=tmp_path, **LATIN)
    assert done.returncode == 1 and "خبر.txt" in done.stderr and len(done.stderr.splitlines()) == 1


def on_a_terminal(*arguments: str | Path) -> str:
    """What a terminal would be sent."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "TERM": "xterm"}
    with subprocess.Popen([*COMMAND, *map(str, arguments)], stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        sent = b""
        while True:
            try:
                piece = os.read(ours, 1 << 16)
            except OSError:  # how Linux tells that nobody holds the other end
                break
            if not piece:
                break
            sent += piece
    os.close(ours)
    assert process.returncode == 0, sent.decode()
    return sent.decode()


def test_nothing_of_an_article_drives_the_terminal_it_is_shown_on(store: Path) -> None:
    id_ = json.loads(isnad("articles", "list", "--json", "--store", store).stdout)["article_id"]
    for command in (("articles", "show", id_), ("articles", "show", "--original", id_), ("articles", "list")):
        shown = on_a_terminal(*command, "--store", store)
        assert "زلزال" in shown or "عنوان" in shown
        assert not any(c in shown for c in "\x1b\x07\u009b\u202e\u2066\u2067")
    asked = on_a_terminal("ask", "ماذا ضرب مدينة إزمير؟", "--store", store)
    assert not any(c in asked for c in "\x07\u009b\u202e\u2066\u2067")


def test_a_pipe_gets_the_text_to_the_character_and_json_escapes_what_drives(store: Path) -> None:
    listed = isnad("articles", "list", "--json", "--store", store).stdout
    row = json.loads(listed)
    assert not any(c in listed for c in "\x1b\u202e\u2066\u2067")
    assert "\u202e" in row["text"] and "\u2066" in row["text"]
    assert isnad("articles", "show", row["article_id"], "--store", store).stdout == row["text"] + "\n"
    assert not any(c in isnad("articles", "show", row["article_id"], "--store", store).stderr for c in "\x1b\u202e")


def test_wrong_usage_repeats_no_control(tmp_path: Path) -> None:
    done = isnad("ask", "--since", "\x1b[2J", cwd=tmp_path)
    assert done.returncode == 2 and "\x1b" not in done.stderr
    assert "\x1b" not in isnad("\x1b[2Jbad", cwd=tmp_path).stderr
