"""A conversation as files: nothing in them is markup that we did not write, and each text has its own direction."""

import io
import json
from dataclasses import replace

import docx
import pytest

from assistant.chat.export.files import as_json, as_markdown, as_word
from assistant.chat.keeping import Past
from assistant.chat.texts import ARABIC, ENGLISH
from assistant.types import Answer, Citation, Conflict, ConflictValue, Sentence
from index.types import Article

TEXT = "يغادر 4300 جندي قبل نهاية العام."
ARTICLE = Article("a", TEXT, "سحب *القوات*", "وكالة <b>", "https://example.org/1", published="2024-10-21")
ANSWER = Answer(
    "كم جنديًّا؟",
    f"{TEXT} [1]",
    (Sentence(TEXT, (1,)),),
    (Citation(1, ARTICLE, 0, len(TEXT)),),
    conflicts=(Conflict("العدد", (ConflictValue(4300.0, "جندي", "4300", None, 1),)),),
    understood="كم جنديًّا سيغادر؟",
    dropped=1,
)
REFUSED = Answer("What?", "The articles do not tell.", nearest=ANSWER.citations, reason="not_stated")
TURNS = [
    Past(ANSWER.question, ANSWER),
    Past("What?", REFUSED),
    Past("متى؟", None),
    Past("لمَ؟", Answer("لمَ؟", "", error="خلل")),
]


def test_markdown_has_the_answer_its_sources_and_no_foreign_markup():
    told = as_markdown("محادثة [x](http://evil)", TURNS, ARABIC).decode()
    for words in (
        r"# محادثة \[x\](http://evil)",
        "## كم جنديًّا؟",
        "*فُهم السؤال: كم جنديًّا سيغادر؟*",
        "| 4300 جندي | — | 21 أكتوبر 2024 |",
        f"{TEXT} [1]\n",
        r"[1] سحب \*القوات\* — وكالة \<b\> — 21 أكتوبر 2024 — https://example.org/1",
        f"> {TEXT}",
        "جملة واحدة",
        "أُوقفت الإجابة",
        "تعذّرت الإجابة: خلل",
    ):
        assert words in told, words
    assert "<" not in told.replace(r"\<", "")


def test_json_is_what_isnad_ask_prints():
    rows = json.loads(as_json("اسم", TURNS, ENGLISH))
    assert rows["name"] == "اسم" and [row["question"] for row in rows["turns"]] == [turn.question for turn in TURNS]
    assert rows["turns"][0]["answer"]["citations"][0]["quote"] == TEXT and rows["turns"][2]["answer"] is None


@pytest.mark.parametrize("name", ["محادثة", "Talk \x00\x0b"])
def test_word_turns_each_paragraph_as_its_own_text_runs(name):
    page = docx.Document(io.BytesIO(as_word(name, TURNS, ENGLISH)))
    turned = {p.text: p._p.find(".//{*}bidi") is not None for p in page.paragraphs if p.text}
    assert turned["كم جنديًّا؟"] and turned[TEXT] and not turned["The articles do not tell."]
    assert page.tables[0].cell(1, 0).text == "4300 جندي" and page.tables[0].cell(0, 0).text == "Figure"


def test_an_answer_without_sources_names_none():
    bare = replace(ANSWER, citations=(), conflicts=(), understood=None, dropped=0)
    told = as_markdown("اسم", [Past("س", bare)], ARABIC).decode()
    assert "المصادر" not in told and ">" not in told
