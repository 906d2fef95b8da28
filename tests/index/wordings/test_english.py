"""English questions in Arabic words: the table, the question kinds, names by rule."""

import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.answer_type import counted_noun, question_kind
from index.text.arabic import fold, words
from index.text.matching import dice
from index.wordings.english import LONGEST_PHRASE, in_arabic, transliterate

ROWS = (resources.files("index.wordings") / "english_arabic.tsv").read_text(encoding="utf-8").splitlines()
SAME_NAME = 0.5
"""Dice of the trigrams from which a spelling by rule helps to find the usual one."""


def test_rows_hold_one_term_and_its_wordings():
    term = re.compile(rf"[a-z0-9]+(?: [a-z0-9]+){{0,{LONGEST_PHRASE - 1}}}")
    wording = "[ء-غف-ي]+(?: [ء-غف-ي]+)*"
    row = re.compile(rf"{term.pattern}\t{wording}(?:\|{wording}){{0,2}}")
    assert [line for line in ROWS if not row.fullmatch(line)] == []


def test_rows_are_sorted_and_each_term_has_one():
    terms = [line.split("\t")[0] for line in ROWS]
    assert terms == sorted(set(terms))


def test_no_row_names_a_wording_twice():
    alternatives = [line.split("\t")[1].split("|") for line in ROWS]
    assert [row for row in alternatives if len(row) != len(set(row))] == []


@pytest.mark.parametrize(
    ("question", "kind", "holds"),
    [
        ("How many North Korean soldiers are in Russia?", "number", "جندي كوري شمالي روسيا"),
        ("how many people died in the earthquake", "number", "شخص توفي زلزال"),
        ("What is the price of oil?", "number", "سعر نفط"),
        ("What percentage of the votes did the party win?", "number", "نسبة تصويت حزب"),
        ("How much did the $5 billion deal cost?", "number", "5 مليار دولار صفقة تكلفة"),
        ("How far is the camp from the border?", "number", "المسافة مخيم حدود"),
        ("How old is the prisoner?", "number", "عمر سجين"),
        ("When did the Duma ratify the treaty?", "date", "متى الدوما صادق معاهدة"),
        ("In what year was the university founded?", "date", "عام جامعة"),
        ("What was the date of the elections?", "date", "متى انتخابات"),
        ("Where was the agreement signed?", "place", "أين اتفاق وقع"),
        ("In which city did the ministers meet?", "place", "مدينة وزراء التقى"),
        ("Why did the governor resign?", "reason", "لماذا محافظ استقال"),
        ("What was the main reason for the strike?", "reason", "إضراب"),
        ("Who is the secretary-general of NATO?", "person", "الأمين العام الناتو"),
        ("Who won the African championship?", "person", "فاز بطولة"),
        ("What did Kirby say about the troops?", "saying", "ماذا قال جندي"),
        ("What has the WHO announced about the vaccine?", "saying", "أعلن منظمة الصحة العالمية لقاح"),
        ("What did the U.S. warn Iran about?", "saying", "حذر الولايات المتحدة إيران"),
        ("How did the ambassador describe the talks?", "saying", "وصف سفير محادثات"),
        ("Did the parliament approve the law?", "other", "البرلمان صادق قانون"),
    ],
)
def test_kind_and_terms_of_a_question(question, kind, holds):
    arabic = in_arabic(question)
    assert arabic is not None
    assert question_kind(arabic) == kind
    assert set(words(holds)) <= set(words(arabic))


@pytest.mark.parametrize(
    ("question", "arabic"),
    [
        ("cities", "مدينة"),
        ("killing, killed, kills", "قتل"),
        ("bombing the bombed bridges", "تفجير قنبلة جسر"),
        ("The U.N. and the WHO", "الأمم المتحدة أممي منظمة الصحة العالمية الصحة العالمية"),
        ("Russia's presidents may meet in May", "روسيا رئيس التقى مايو أيار"),
        ("Russia told us, the US did not", "روسيا قال الولايات المتحدة أمريكي"),
        ("Secretary-General Guterres", "الأمين العام غوتيريش جوتيريش"),
        ("Erdoğan in Türkiye", "أردوغان تركيا"),
        ("WHAT DID PUTIN SAY?", "ماذا قال بوتين"),
        ("What is الناتو, who leads the alliance?", "ما الناتو قاد تحالف"),
        ("12,000 soldiers, 10 thousand ships", "12,000 12 ألف جندي 10 ألف سفينة"),
        ("the CSTO summit", "CSTO قمة"),
        ("the unforeseeable war with Iran", "حرب إيران"),
    ],
)
def test_words_of_a_question(question, arabic):
    assert in_arabic(question) == arabic


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("How many North Korean soldiers are in Russia?", "جندي"),
        ("How many air defense missiles did Russia send?", "صاروخ"),
        ("How many injured people were taken to hospital?", "شخص"),
        ("How many Palestinian women work?", "امراه"),
    ],
)
def test_the_counted_noun_follows_how_many(question, noun):
    assert counted_noun(in_arabic(question) or "") == noun


def test_a_counted_noun_that_the_table_lacks_is_asked_for_all_the_same():
    noun = counted_noun(in_arabic("How many purple penguins are in Russia?") or "") or ""
    assert dice(noun, fold("بنغوين")) >= SAME_NAME


@pytest.mark.parametrize(
    ("name", "usual"),
    [line.split() for line in (
        "Kislytsya كيسليتسيا", "Zinoviev زينوفييف", "Sejong سيجونغ", "Kirby كيربي", "Pelosi بيلوسي", "Bolton بولتون",
        "Navalny نافالني", "Zakharova زاخاروفا", "Gerasimov غيراسيموف", "Mishustin ميشوستين", "Mitsotakis ميتسوتاكيس",
        "Mandela مانديلا", "Kagame كاغامي", "Duterte دوتيرتي", "Prabowo برابوو", "Gandhi غاندي", "Guardiola غوارديولا",
        "Hakimi حكيمي", "Mahrez محرز", "Nabil نبيل", "Habib حبيب", "Rachid رشيد", "Hamdok حمدوك", "Shoukry شكري",
        "Barzani بارزاني", "Jaziri جزيري", "Pokrovsk بوكروفسك", "Bakhmut باخموت", "Arizona أريزونا", "Toyota تويوتا",
        "Netflix نتفليكس", "Pistorius بيستوريوس",
    )],
)  # fmt: skip
def test_names_by_rule_are_near_the_usual_spelling(name, usual):
    assert not any(line.startswith(f"{name.lower()}\t") for line in ROWS)
    assert max(dice(fold(spelling), fold(usual)) for spelling in transliterate(name)) >= SAME_NAME


@pytest.mark.parametrize(
    "question",
    [
        "كم عدد الجنود في روسيا؟",
        "متى زار Putin كوريا الشمالية؟",
        "12,000?",
        "",
        "what?",
        "Сколько солдат?",
        "What is the CSTO?",
    ],
)
def test_nothing_to_say_in_arabic(question):
    assert in_arabic(question) is None


def test_all_lower_case_names_are_spelled():
    assert "كيربي" in words(in_arabic("what did kirby say about the troops") or "")


def test_hyphens_and_articles_of_names():
    assert {"ميونغ", "الحسيني"} <= set(words(in_arabic("Lee Jae-myung met Amin al-Husseini") or ""))


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("Who is Shin Won-sik?", {"وون", "سيك"}, {"فاز", "فوز"}),
        ("What did the Saudi-led coalition hit?", {"سعودي", "قاد"}, set()),
    ],
)
def test_the_parts_of_a_hyphened_name_are_no_words(question, holds, lacks):
    found = set(words(in_arabic(question) or ""))
    assert holds <= found and not lacks & found


@given(st.text() | st.text("aehinorstwykmlHWAN '’.-%$0123,?هل", max_size=60))
def test_any_text_gives_words_or_none(text):
    arabic = in_arabic(text)
    assert arabic is None or words(arabic)
