"""What a terminal or a pipe gets: colours, columns, Arabic in order. What has to be seen was seen in real ones."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from assistant.cli.screen.bidi import arranged, order_of
from assistant.cli.screen.lines import Line
from assistant.cli.screen.screen import AS_BEFORE, FROM_RIGHT, Screen
from assistant.cli.screen.shaping import shaped
from assistant.cli.terminal import answer_lines
from assistant.types import Answer, Citation
from index.reading import make_article

TEXT = "قدّرت أوكرانيا العدد بنحو 12 ألف جندي."
LONG = make_article(
    TEXT, "a.md", title="ملف الجنود الكوريين يتصدر محادثات واشنطن وسول", source="الوكالة", published="2024-10-21"
)
BARE = make_article("خبر آخر.", "b.md", title="عنوان")
ANSWER = Answer("كم؟", f"{TEXT} [1]", citations=(Citation(1, LONG, 0, len(TEXT)), Citation(2, BARE, 0, 8)))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def screen(bidi: str = "auto", *, piped: bool = False, **environment: str) -> Screen:
    return Screen.of(io.StringIO() if piped else Terminal(), bidi, {"TERM": "xterm-256color", **environment})


@pytest.mark.parametrize(
    ("environment", "order"),
    [
        ({"TERM": "xterm-256color"}, "logical"),
        ({}, "logical"),
        ({"VTE_VERSION": "7600"}, "paragraphs"),
        ({"VTE_VERSION": "5202"}, "visual"),
        ({"TERM_PROGRAM": "mintty"}, "paragraphs"),
        ({"TERM_PROGRAM": "Apple_Terminal"}, "logical"),
        ({"KONSOLE_VERSION": "230804"}, "logical"),
        ({"TERM": "xterm-kitty"}, "words"),
        ({"TERM": "alacritty"}, "visual"),
        ({"TERM": "foot-extra"}, "visual"),
        ({"TERM_PROGRAM": "vscode"}, "visual"),
        ({"WT_SESSION": "x"}, "visual"),
        ({"TERM": "alacritty", "VTE_VERSION": "7600"}, "visual"),  # started from a terminal of the other kind
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux", "VTE_VERSION": "7600"}, "logical"),
    ],
)
def test_terminals_are_told_apart(environment: Mapping[str, str], order: str) -> None:
    assert order_of(environment) == order


@pytest.mark.parametrize("environment", [{"TERM": "alacritty"}, {"VTE_VERSION": "7600"}, {"TERM": "xterm-kitty"}])
def test_a_pipe_gets_the_order_of_speech_whatever_the_terminal_is(environment: dict[str, str]) -> None:
    lines = answer_lines(ANSWER)
    assert screen(piped=True, **environment).drawn(lines) == "\n".join(lines) + "\n"
    assert screen("off", NO_COLOR="1", **environment).drawn(lines) == "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("environment", "piped", "coloured"),
    [
        ({}, False, True),
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, False, True),
        ({"CLICOLOR": "0"}, False, False),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR_FORCE": "0"}, True, False),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
    ],
)
def test_colours_are_for_terminals_that_want_them(environment: dict[str, str], piped: bool, coloured: bool) -> None:
    drawn = screen(piped=piped, **environment).drawn(answer_lines(ANSWER))
    assert ("\x1b[36m[1]" in drawn) is ("\x1b" in drawn) is coloured


def test_a_line_is_turned_with_its_numbers_names_brackets_and_marker_in_place() -> None:
    turned = arranged("قال (حلف) NATO إن 12 جنديًا (EU). [2]", "words", rtl=True)
    assert turned == "[2] .(EU) جنديًا 12 إن NATO (حلف) قال"
    assert arranged("منذ 2024-10-21", "words", rtl=True) == "2024-10-21 منذ"
    assert arranged("according to وكالة الأنباء [1]", "words", rtl=False) == "according to الأنباء وكالة [1]"
    assert arranged("اكتب \u2068/open 2\u2069 هنا", "words", rtl=True) == "هنا /open 2 اكتب"


def test_letters_join_as_their_neighbours_have_it() -> None:
    assert shaped("سلام") == "\ufeb3\ufefc\ufee1"  # lam and alef are one
    assert shaped("دار") == "\ufea9\ufe8d\ufead"
    assert shaped("بَيت") == "\ufe91\u064e\ufef4\ufe96"  # a mark parts no letters
    assert arranged("بَيت", "visual", rtl=True) == "\ufe96\ufef4\ufe91\u064e"  # and stays on its own
    assert shaped("Rome 12") == "Rome 12"


def test_turned_lines_end_at_the_right_edge_and_others_are_left_alone() -> None:
    drawn = Screen(True, 40, order="words").drawn([Line(TEXT), Line("In English."), Line("")]).splitlines()
    assert drawn == [arranged(TEXT, "words", rtl=True).rjust(41), "In English.", ""]  # the shadda takes no column


def test_a_terminal_that_turns_lines_is_told_their_direction_and_left_as_it_was() -> None:
    drawn = Screen(True, 80, order="paragraphs").drawn([Line(TEXT), Line(TEXT), Line("In English."), Line(TEXT)])
    assert drawn == f"{FROM_RIGHT}{TEXT}\n{TEXT}\n{AS_BEFORE}In English.\n{FROM_RIGHT}{TEXT}\n{AS_BEFORE}"


def test_sources_stand_in_columns_where_these_can_be_kept() -> None:
    lines = answer_lines(ANSWER, 80, columns=True)
    title = "ملف الجنود الكوريين يتصدر محادثات واشنطن وسول"
    assert f"[1]  {title}{' ' * 10}الوكالة   2024-10-21" in lines
    assert f"[2]  عنوان{' ' * 50}بلا مصدر   بلا تاريخ" in lines
    assert f"[1] {title} — الوكالة" in answer_lines(ANSWER, 60, columns=True)  # too narrow: one after the other
    assert not Screen(True, 80, order="logical").sets_columns


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    many = replace(LONG, title="عنوان طويل " * 20, source="وكالة " * 20)
    for columns in (True, False):
        lines = answer_lines(replace(ANSWER, citations=(Citation(1, many, 0, 20),)), width, columns=columns)
        drawn = Screen(True, width, order="words").drawn(lines)
        assert max(len(re.sub("[\u064b-\u0652]", "", line)) for line in drawn.split("\n")) <= width


def test_nothing_of_an_article_is_obeyed_in_a_line_that_we_turn() -> None:
    hostile = make_article("خبر\x1b]0;x\x07\u202eمقلوب\u2066 ䷀ هنا", "a", title="عنوان\x1b[31m ䷀ \u2068x\u2069")
    drawn = screen(TERM="alacritty", NO_COLOR="1").drawn(
        answer_lines(replace(ANSWER, citations=(Citation(1, hostile, 0, len(hostile.text)),)))
    )
    assert not any(c in drawn for c in "\x1b\x07\u202e\u2066\u2068\u2069")
    assert drawn.count("[1]") == 2
