"""The five texts that the project began from, as they are: repeated headlines, captions, stray stops, no metadata."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import Assistant, open_assistant
from index.building import index_paths
from index.static import load_background
from tests.conftest import SHARED

ORIGINALS = SHARED / "seeds"
pytestmark = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the original texts are not beside this checkout")

# (question, words that a right answer quotes)
ANSWERED = [
    ("كم عدد الجنود الكوريين الشماليين في روسيا؟", "ألف"),
    ("متى صوت مجلس الدوما على المعاهدة مع كوريا الشمالية؟", "الخميس"),
    ("ما اسم الأمين العام لحلف شمال الأطلسي؟", "مارك"),
    ("ماذا قال جون كيربي عن الجنود الكوريين؟", "أهدافًا مشروعة"),
    ("كم حاوية أرسلتها كوريا الشمالية إلى روسيا منذ أغسطس 2023؟", "13000 حاوية"),
    ("ماذا طلبت سيول من كوريا الشمالية بشأن قواتها؟", "بالانسحاب الفوري"),
    ("متى زار بوتين كوريا الشمالية؟", "يونيو"),
    ("كم يبعد تمركز القوات الكورية عن حدود أوكرانيا؟", "50 كيلومترًا"),
    ("أين أدان بلينكين الانخراط العسكري لكوريا الشمالية؟", "بروكسل"),
    ("ماذا تتضمن اتفاقية الشراكة الاستراتيجية الشاملة؟", "المساعدة"),
    ("متى فشلت محاولة إطلاق قمر التجسس الثاني؟", "مايو/أيار"),
    ("من هو شين وونسيك؟", "مستشار الأمن القومي"),
    ("ما الذي قدمته روسيا لكوريا الشمالية مقابل إرسال الجنود؟", "صواريخ"),
    ("في غضون كم ساعة قال ترامب إنه قادر على إنهاء الصراع؟", "24 ساعة"),
    ("بماذا وصف ممثل بيونغ يانغ لدى الأمم المتحدة الادعاءات؟", "شائعة لا أساس لها"),
    ("How many containers did North Korea send to Russia?", "حاوية"),
]
WRONG_SO_FAR = 1
"""«قدمت» is «زودت» in the article that tells: one day the encoder will know."""
REFUSED = ["ما طريقة عمل الكبسة؟", "من فاز بكأس العالم؟", "كم سعر برميل النفط؟", "من هو مدرب منتخب مصر؟"]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    store = tmp_path_factory.mktemp("originals") / "store"
    report = index_paths(store, [ORIGINALS], load_background())
    assert (report.new, report.failed) == (5, 0)
    with open_assistant(store) as opened:
        yield opened


def test_twenty_questions_are_answered_by_exact_quotes(assistant: Assistant) -> None:
    wrong = []
    for question, quoted in ANSWERED:
        row = json.loads(json.dumps(assistant.ask(question).to_dict()))
        for citation in (*row["citations"], *row["nearest"]):
            article = assistant.library.article(citation["article_id"])
            assert article is not None
            assert article.text[citation["start"] : citation["end"]] == citation["quote"]
        if not any(quoted in citation["quote"] for citation in row["citations"]):
            wrong.append(f"{question} → {row['answer']}")
    assert len(wrong) <= WRONG_SO_FAR, "\n".join(wrong)


@pytest.mark.parametrize("question", REFUSED)
def test_other_matters_are_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert all(c.article.text[c.start : c.end] == c.quote for c in answer.nearest)


def test_a_repeated_headline_stands_in_one_passage(assistant: Assistant) -> None:
    headline = "أمريكا تتعهد برد حازم على التدخل العسكري لكوريا الشمالية إلى جانب روسيا في أوكرانيا"
    passages = [p for batch, _ in assistant.library.batches(100) for p in batch if headline in p.text]
    assert len(passages) == 1
    assert passages[0].text.count(headline) == 1


def test_the_briefs_share_no_long_run_of_words_with_the_originals() -> None:
    briefs = sorted((Path(__file__).resolve().parents[1] / "seeds").glob("0*.md"))
    source = " ".join(" ".join(file.read_text(encoding="utf-8").split()) for file in ORIGINALS.glob("*.txt"))
    for brief in briefs:
        words = brief.read_text(encoding="utf-8").split()
        shared = [" ".join(words[i : i + 9]) for i in range(len(words) - 8) if " ".join(words[i : i + 9]) in source]
        assert shared == [], brief.name
