"""Who a person is: read off the office that newsrooms give beside the name."""

import pytest

from assistant.extractive.introduction import asked_name, introduction
from index.wordings.dialects import in_standard

ADVISER = "وأوضح شين وونسيك، مستشار الرئيس للأمن القومي، أن موسكو زوّدت بيونغ يانغ بصواريخ."
SPOKESMAN = "وقال المتحدث باسم وزارة الخارجية الأمريكية ماثيو ميلر إن بلاده تراقب الوضع."


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("من هو شين وونسيك؟", "شين وونسيك"),
        ("مين هو بلينكن", "بلينكن"),
        ("شكون هو ماثيو ميلر", "ماثيو ميلر"),
        ("ماثيو ميلر مين هو", "ماثيو ميلر"),
        ("من هو رئيس كوريا الجنوبية؟", ""),
        ("من سجل الهدف؟", ""),
        ("من هو الذي فاز؟", ""),
        ("متى زار بلينكن سيول؟", ""),
    ],
)
def test_a_person_alone_is_asked_after(question: str, name: str) -> None:
    assert asked_name(in_standard(question)) == tuple(name.split())


@pytest.mark.parametrize(
    ("name", "sentence", "told"),
    [
        ("شين وونسيك", ADVISER, "مستشار الرئيس للأمن القومي"),
        ("شين وون سيك", ADVISER, "مستشار الرئيس للأمن القومي"),
        ("ماثيو ميلر", SPOKESMAN, "المتحدث باسم وزارة الخارجية الأمريكية ماثيو ميلر"),
        ("ميلر", SPOKESMAN, "المتحدث باسم وزارة الخارجية الأمريكية ماثيو ميلر"),
    ],
)
def test_the_office_beside_the_name_says_who_it_is(name: str, sentence: str, told: str) -> None:
    found = introduction(name.split(), sentence)
    assert found
    assert sentence[slice(*found[1])] == told


def test_a_name_spelled_by_rule_is_known_by_two_words_that_are_like_it() -> None:
    chief, spelled = "وقال رئيس الهيئة فاروق بوعسكر إن النسبة ضعيفة.", "فاروك فروك بواسكر باسكر".split()
    assert introduction(spelled, chief) is None
    assert introduction(spelled, chief, is_spelled=True)
    assert introduction("نبيل بافون".split(), chief, is_spelled=True) is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("شين وونسيك", "وذكر شين وونسيك أن كوريا الشمالية تلقت مساعدات."),
        ("قيس سعيد", "استقبل قيس سعيد، الخميس، رئيس الحكومة."),
        ("قيس سعيد", "وقال رئيس الوزراء إن قيس سعيد وصل."),
        ("مارك ميلر", SPOKESMAN),
    ],
)
def test_a_name_alone_introduces_nobody(name: str, sentence: str) -> None:
    assert introduction(name.split(), sentence) is None
