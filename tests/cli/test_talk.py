"""A conversation as its reader has it: in a pseudo-terminal, and its commands one by one."""

import json
import re
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from assistant.app import Assistant, open_assistant
from assistant.cli.screen.screen import Screen
from assistant.cli.talk.article import BAR, article_view
from assistant.cli.talk.commands import obey
from assistant.cli.talk.history import FILE
from assistant.cli.talk.saving import escaped, markdown
from assistant.cli.talk.session import Session
from assistant.settings import Settings
from assistant.types import Answer, Citation
from index.errors import InputError
from index.reading import make_article
from index.types import Filters
from tests.doubles import scripted_llm
from tests.pseudo_terminal import typed

ASKED = "متى صادق مجلس الدوما على المعاهدة؟"
MARKS = re.compile("[\u064b-\u0652]")
"""They take no column."""
KEYS = f"{ASKED}\n/مصادر\n/sources\n/افتح ١\n/save talk.md\n/save talk.md\nWho is Mark Rutte?\n/nope\n\n"


def test_a_conversation_in_a_terminal(seeds_store: Path, tmp_path: Path) -> None:
    shown = typed("ask", "--store", seeds_store, keys=KEYS, cwd=tmp_path)
    assert (
        " ".join(shown.split()).count("وزارة الخارجية الروسية") >= 3
    )  # below the answer, as /sources, over the article
    assert "لا أمر باسم" in shown and "/المصادر" in shown
    assert f"\x1b[30;43m{BAR}" in shown and "يوم الخميس" in shown.partition(BAR)[2]
    assert "موجود، فلم يُكتب فوقه" in shown
    assert "No command /nope. Commands: /sources" in shown  # the last question was English
    assert (tmp_path / "talk.md").read_text().startswith(f"# محادثة\n\n## {ASKED}\n\n")
    history = seeds_store / FILE
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert history.read_text().splitlines() == KEYS.strip().split("\n")
    history.unlink()


def test_a_terminal_that_draws_from_the_left_gets_turned_lines_without_colours_if_none_are_wanted(
    seeds_store: Path,
) -> None:
    shown = typed("ask", ASKED, "--store", seeds_store, columns=60, TERM="alacritty", NO_COLOR="1")
    assert "\x1b" not in shown
    assert ":\ufead\ufea9\ufe8e\ufebc\ufee4\ufedf\ufe8d\n" in shown  # المصادر, at the right edge
    assert "المصادر" not in shown
    assert max(len(MARKS.sub("", line)) for line in shown.split("\n")) == 60


@pytest.fixture
def session(seeds_store: Path) -> Iterator[Session]:
    with open_assistant(seeds_store) as assistant:
        yield Session(lambda llm: assistant, "extractive", Screen(), Filters())


def told(session: Session, line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command says on standard error."""
    capsys.readouterr()
    assert obey(session, line)
    return capsys.readouterr().err.strip()


def test_commands_before_the_first_answer_say_so(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    for line in ("/sources", "/open 1", "/save x.md"):
        assert told(session, line, capsys) == "لا جواب بعد؛ اطرح سؤالًا أولًا."
    assert "/open N" in told(session, "/help", capsys)  # in both languages, as none has been spoken
    assert not obey(session, "/quit") and not obey(session, "/خروج")


def test_filters_are_set_shown_taken_away_and_searched_within(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "وزارة الخارجية الروسية" in told(session, "/source", capsys)
    assert told(session, "/source لا أحد", capsys).startswith("لا مقال من المصدر «لا أحد»")
    assert session.filters == Filters()
    told(session, "/source وزارة الخارجية الروسية", capsys)
    assert told(session, "/منذ ٢٠٢٤-٠١-٠١", capsys) == (
        "يُبحث الآن في المقالات: المصدر وزارة الخارجية الروسية، من 2024-01-01 إلى الأحدث."
    )
    assert told(session, "/until 2023-01-01", capsys).startswith("البداية")
    assert "ليس تاريخًا" in told(session, "/since أمس", capsys)
    assert session.filters == Filters("2024-01-01", None, "وزارة الخارجية الروسية")
    told(session, "/since off", capsys)
    told(session, "/source الكل", capsys)
    assert session.filters == Filters()


def test_the_article_is_shown_whole_with_the_quote_on_lines_of_its_own() -> None:
    text = "فقرة أولى.\n\nجملة قبلها. الجملة المقتبسة هنا. جملة\x07 بعدها.\nفقرة أخيرة."
    article = make_article(text, "a.txt", title="العنوان", source="الوكالة", published="2024-10-21")
    start = article.text.index("الجملة المقتبسة")
    lines, at = article_view(Citation(1, article, start, start + len("الجملة المقتبسة هنا.")), 80)
    assert lines[at] == f"{BAR}الجملة المقتبسة هنا."
    assert [line for line in lines if line.startswith(BAR)] == [lines[at]]
    assert (lines[0], lines[-1]) == ("العنوان", "فقرة أخيرة.")
    assert lines[at - 1 : at + 2 : 2] == ["جملة قبلها.", "جملة بعدها."]


def test_open_hands_the_article_to_the_pager_at_the_quote(seeds_store: Path, tmp_path: Path) -> None:
    pager = tmp_path / "less"
    pager.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/given\ncat >> {tmp_path}/given\n')
    pager.chmod(0o755)
    typed("ask", "--store", seeds_store, keys=f"{ASKED}\n/open 1\n\n", VTE_VERSION="7600", PAGER=f"{pager} -S")
    (seeds_store / FILE).unlink()
    options, *lines = (tmp_path / "given").read_text().splitlines()
    assert options.startswith("-S +")
    line = int(options.rpartition("+")[2])
    assert any(BAR in shown for shown in lines[line : line + 4])
    assert not any("\x1b[2 k" in shown for shown in lines)  # a pager would print it


def test_a_conversation_is_saved_as_json_too_and_markup_of_an_article_is_none(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session.ask(ASKED)
    told(session, f"/save {tmp_path / 'talk.json'}", capsys)
    (row,) = json.loads((tmp_path / "talk.json").read_text())
    assert row["question"] == ASKED and row["citations"]
    assert "تعذّرت كتابة الملف" in told(session, f"/save {tmp_path / 'gone' / 'x.md'}", capsys)
    hostile = make_article("![x](http://e.example) <b>\n# عنوان", "a", title="[انقر](javascript:x)", url="javascript:x")
    text = markdown([Answer("ما؟", "جواب. [1]", citations=(Citation(1, hostile, 0, len(hostile.text)),))])
    assert "جواب. [1]" in text
    assert "](" not in text.replace("\\](", "") and "<b>" not in text.replace("\\<b", "") and "<javascript" not in text
    assert escaped("- x") == "\\- x" and escaped("1. x") == "1\\. x"


def test_another_answerer_takes_over_and_one_that_cannot_be_had_does_not(
    seeds_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with scripted_llm("صادق مجلس الدوما على المعاهدة يوم الخميس. [1]") as llm:
        settings = Settings(store=seeds_store, llm_url=llm.url, llm_key="k", verify="words")

        @cache
        def opened(name: str) -> Assistant:
            return open_assistant(settings=settings.with_options(llm=name))

        session = Session(opened, "extractive", Screen(), Filters())
        session.ask(ASKED)
        assert "openai/scripted" in told(session, "/llm openai/scripted", capsys)
        session.ask("وأين كان ذلك؟")
        assert [answer.answerer for answer in session.answers] == ["extractive", "openai/scripted"]
        assert "مجلس الدوما" in (session.answers[-1].understood or "")  # it knows what was asked before
        with pytest.raises(InputError, match="Unknown answerer 'nope'"):
            obey(session, "/llm nope")
        assert "openai/scripted" in told(session, "/llm", capsys)
        for name in ("extractive", "openai/scripted"):
            opened(name).close()
