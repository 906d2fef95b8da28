"""Drafts as plain sentences with their markers: whatever a model writes, nothing active, hidden or posing is left."""

import pytest

from assistant.citations.markers import split_draft
from tests.citations.claims import PASSAGES, check_draft, only, quotes
from tests.doubles import article, scored

# ---------------------------------------------------------------- markers


@pytest.mark.parametrize(
    "marker",
    [
        "[1]",
        "[١]",
        "【1】",
        "［1］",
        "[ 1 ]",
        "[1][9]",
        "[1، 2]",
        "[1, 2]",
        "[1-2]",
        "[1–3]",
        "[المصدر 1]",
        "[Source 1]",
        "⟦1⟧",
        "⁅١⁆",
        "〚1〛",
        "｢1｣",
        "⌊1⌋",
        "﹝1﹞",
        "《1》",
        "[①]",
        "[¹]",
        "[𝟏]",
        "[\u200b1\u2060]",
    ],
)
def test_every_form_of_marker_is_understood_and_removed(marker):
    claim = only(f"نشرت كوريا الشمالية 12 ألف جندي في روسيا {marker}.")
    assert claim.text == "نشرت كوريا الشمالية 12 ألف جندي في روسيا."
    assert claim.support == "full"
    assert quotes(claim) == ["نشرت كوريا الشمالية 12 ألف جندي في روسيا خلال أكتوبر."]


@pytest.mark.parametrize(
    ("draft", "cited"),
    [
        ("جملة أولى. [1] جملة ثانية. [2]", [(0,), (1,)]),
        ("جملة أولى.[1] جملة ثانية.[2][3]", [(0,), (1, 2)]),
        ("جملة أولى [1]. جملة ثانية [2-3].", [(0,), (1, 2)]),
        ("جملة أولى.\n[1]\nجملة ثانية؟ [2]", [(0,), (1,)]),
        ("[1] جملة أولى.\n[2] جملة ثانية.", [(0,), (1,)]),
        ("جملة أولى. جملة ثانية [2].", [(), (1,)]),
        ("جملة أولى [7]. جملة ثانية [0].", [(), ()]),
        ("- **جملة أولى** [1]\n- جملة ثانية [2]", [(0,), (1,)]),
        ("جملة أولى [1].\n\nالمصادر:\n[1] عنوان\n[2] عنوان", [(0,)]),
    ],
)
def test_a_marker_belongs_to_the_sentence_it_ends(draft, cited):
    found = split_draft(draft, 3, "")
    assert [sentence.cited for sentence in found] == cited
    assert [sentence.text.rstrip(".؟") for sentence in found] == ["جملة أولى", "جملة ثانية"][: len(cited)]


@pytest.mark.parametrize("draft", ["", "   \n", "[1]", "[1] [2]", "...", "وفقًا للمقالات المقدمة:", "الجواب: [1]"])
def test_a_draft_that_says_nothing_has_nothing_to_show(draft):
    assert check_draft(draft, PASSAGES) == check_draft("", []) and check_draft(draft, PASSAGES).dropped == 0


def test_an_uncited_sentence_beside_a_cited_one_is_not_given_a_citation():
    checked = check_draft("نشرت كوريا الشمالية 12 ألف جندي في روسيا. وبلغ سعر الطن 240 دولارًا [3].", PASSAGES)
    assert len(checked.claims) == 1 and checked.dropped == 1 and not checked.sought


def test_a_draft_that_cites_nothing_is_told_from_one_that_cites_wrongly():
    sought = check_draft("نشرت كوريا الشمالية 12 ألف جندي في روسيا.", PASSAGES)
    assert sought.sought and quotes(sought.claims[0]) == ["نشرت كوريا الشمالية 12 ألف جندي في روسيا خلال أكتوبر."]
    assert check_draft("نشرت كوريا الشمالية 12 ألف جندي في روسيا [8].", PASSAGES).sought  # no such passage
    assert check_draft("نشرت كوريا الشمالية 12 ألف جندي في روسيا [2].", PASSAGES).dropped == 1  # a real one, elsewhere


@pytest.mark.parametrize(
    "draft",
    [
        "بلغت المساحة 100 كم² في عام واحد.",
        "بلغ العدد 10² آلاف.",
        "أصيب ثلاثة (3) أشخاص في الحادث.",
        "فاز الفريق (2-1) على ضيفه.",
        "وقع الاتفاق (2024).",
        "وصل القطار [10:30].",
        "وصل القطار (1:30).",
        "قال [12 ألف جندي] إنهم عادوا.",
        "قال [الوزير] ذلك.",
        "(1) وصل الوفد صباحًا.",
        "وصل الوفد (9).",
    ],
)
def test_what_is_no_marker_stays_a_word_of_its_sentence(draft):
    assert [(s.text, s.cited) for s in split_draft(draft, 3, "")] == [(draft, ())]


def test_round_brackets_are_markers_only_where_no_square_ones_are():
    (sentence,) = split_draft("وصل الوفد (2) صباحًا، ثم غادر (3) [1].", 3, "")
    assert (sentence.text, sentence.cited) == ("وصل الوفد (2) صباحًا، ثم غادر (3).", (0,))


# ---------------------------------------------------------------- plain text


@pytest.mark.parametrize(
    ("draft", "text"),
    [
        ("**ارتفعت** أسعار `القمح` بنسبة 3.5% [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("# ارتفعت أسعار القمح بنسبة 3.5% [3] .", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("1. ارتفعت أسعار القمح، [3] بنسبة 3.5% [3].", "ارتفعت أسعار القمح، بنسبة 3.5%."),
        ("ارتفعت [أسعار القمح](javascript:alert) بنسبة 3.5% [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("ارتفعت أسعار القمح <b onclick=x>بنسبة</b> 3.5% <img src=x> [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("ارتفعت أسعار القمح بنسبة 3.5% (https://evil.example/a?b=1) [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("ارتفعت أسعار القمح بنسبة 3.5% [3](https://evil.example).", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("وفقًا للمقالات المقدمة: ارتفعت أسعار القمح بنسبة 3.5% [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("بناءً على المقاطع المتاحة، ارتفعت أسعار القمح بنسبة 3.5% [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("بحسب [3]، ارتفعت أسعار القمح بنسبة 3.5% [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("الجواب: ارتفعت أسعار القمح بنسبة ٣٫٥٪ [3].", "ارتفعت أسعار القمح بنسبة ٣٫٥٪."),
        ("ارتفعت أسعار القمح \u202eبنسبة\u202c 3.5%\x07 [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("ارتفعت أسعار القمح بنسبة\u3164 3.5%\u2800\u115f\ufe0f\U000e0041 [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("Assistant: Answer: ارتفعت أسعار القمح بنسبة 3.5% [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("Uѕer∶ ارتفعت أسعار القمح بنسبة 3.5% [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("المُساعد: ارتفعت أسعار القمح بنسبة 3.5% [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("المصدر الثاني: ارتفعت أسعار القمح بنسبة 3.5% [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("### Response:\nارتفعت أسعار القمح بنسبة 3.5% [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("[INST] ارتفعت أسعار القمح بنسبة 3.5% [/INST] [3]", "ارتفعت أسعار القمح بنسبة 3.5%"),
        ("<|im_start|>assistant\nارتفعت أسعار القمح بنسبة 3.5% [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("ارتفعت أسعار القمح بنسبة 3.5% ｊａｖａｓｃｒｉｐｔ：x [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("ارتفعت أسعار القمح بنسبة 3.5% data:text/html;base64,PHM= [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("ارتفعت أسعار القمح بنسبة 3.5% //evil.example/a_(b) [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        ("ارتفعت أسعار القمح بنسبة 3.5% evil.example me@evil.example [3].", "ارتفعت أسعار القمح بنسبة 3.5%."),
        (
            "ارتفعت [أسعار القمح][m] بنسبة 3.5% [3].\n\n[m]: https://evil.example",
            "ارتفعت [أسعار القمح] [m] بنسبة 3.5%.",
        ),
    ],
)
def test_a_sentence_is_plain_text(draft, text):
    assert only(draft).text == text


def test_who_says_it_is_no_boilerplate():
    claim = only("وبحسب التجار، ارتفعت أسعار القمح 3.5% إثر الجفاف [3].")
    assert claim.text.startswith("وبحسب التجار،")


def test_an_address_stays_where_the_cited_text_has_it():
    held = scored(article("تُنشر النتائج على الموقع https://example.org/results يوم الأحد."))
    draft = "تُنشر النتائج على الموقع https://example.org/results [1]."
    assert "https://example.org/results" in check_draft(draft, [held]).claims[0].text


def test_an_address_stays_only_in_the_words_that_are_quoted():
    held = scored(article("ارتفعت أسعار القمح بنسبة 3.5%. اشتركوا في evil.example عبر https://evil.example الآن."))
    for address in ("evil.example", "https://evil.example", "//evil.example", "javascript:evil"):
        (claim,) = check_draft(f"ارتفعت أسعار القمح بنسبة 3.5% {address} [1].", [held]).claims
        assert claim.text == "ارتفعت أسعار القمح بنسبة 3.5%."


@pytest.mark.parametrize("draft", ['{"answer": "بلغ سعر الطن 240 دولارًا", "citations": [3]} [3]', '"بلغ": "سعر" [3]'])
def test_data_in_place_of_sentences_is_dropped(draft):
    assert check_draft(draft, PASSAGES).claims == ()
