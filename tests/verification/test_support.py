"""The check of a claim against evidence: what is said in other words stands, what differs in one thing does not."""

import pytest

from assistant.verification.support import WordVerifier
from tests.doubles import article, scored

CABINET = article(
    "قال وزير النقل الفرنسي جوليان برتولي، في مؤتمر صحفي في ليون يوم الثلاثاء، إن الإضراب شلّ 40 محطة على الأقل. "
    "وأضاف برتولي أن الحكومة لا تعتزم تمديد العقد.\n\n"
    "وأعلنت وزيرة العمل كلارا دوبوا أن النقابات رفضت عرضًا بزيادة الأجور. وقد تستأنف المفاوضات مطلع الشهر. "
    "وبحسب روما، زودت فرنسا إيطاليا بـ 300 شاحنة، وسلمت 120 خيمة.\n\n"
    "وقدرت النقابات عدد المضربين بنحو 5000 عامل. وقدرت الشركة عددهم بنحو 3200 عامل شاركوا في مسيرة العاصمة. "
    "وشارك بعض السائقين في المسيرة.",
    published="2024-10-22",
)


def support(sentence: str, of=CABINET, question: str = "") -> str:
    return WordVerifier([scored(of)]).support(sentence, [0], question)[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "أدى الإضراب إلى شلل ما لا يقل عن أربعين محطة، بحسب وزير النقل الفرنسي.",  # figures and names in other forms
        "قال برتولي من ليون، في 22 أكتوبر 2024، إن الإضراب شل 40 محطة على الأقل.",  # a weekday made explicit
        "لن تعتزم الحكومة تمديد العقد، بحسب الوزير برتولي.",  # another particle of negation
        "أعلنت كلارا دوبوا رفض النقابات عرضًا برفع الأجور.",  # a noun for the verb
        "بحسب إيطاليا، زودتها باريس بثلاثمئة شاحنة.",  # the country by its capital
        "قدرت النقابات المضربين بخمسة آلاف عامل، وقدرتهم الشركة بنحو 3200 عامل.",  # both figures, each with its own
        "French Transport Minister Julien Bertoli said that the strike paralysed at least 40 stations.",
    ],
)
def test_other_words_for_the_same_are_full_support(sentence):
    assert support(sentence) == "full"


@pytest.mark.parametrize(
    "sentence",
    [
        "شل الإضراب 40 محطة على الأكثر، بحسب وزير النقل الفرنسي.",  # the other bound
        "قال وزير النقل الفرنسي جوليان برتولي يوم الأربعاء إن الإضراب شل 40 محطة.",  # another day
        "قال وزير النقل الفرنسي جوليان برتولي إن الإضراب شل 40 محطة في مرسيليا.",  # another place
        "قال وزير العمل الفرنسي جوليان برتولي إن الإضراب شل 40 محطة على الأقل.",  # another office
        "قالت كلارا دوبوا إن الإضراب شل 40 محطة على الأقل.",  # another speaker
        "أعلنت وزيرة العمل كلارا دوبوا أن النقابات قبلت عرضًا بزيادة الأجور.",  # the opposite
        "تعتزم الحكومة تمديد العقد، بحسب برتولي.",  # a negation lost
        "بحسب مدريد، زودت فرنسا إيطاليا بـ 300 شاحنة.",  # another country as the source
        "بحسب روما، زودت إيطاليا فرنسا بـ 300 شاحنة.",  # giver and taker exchanged
        "بحسب روما، زودت فرنسا إيطاليا بـ 120 شاحنة.",  # the figure of another thing
        "قدرت النقابات عدد المضربين بنحو 3200 عامل.",  # the figure of another source
        "شارك جميع السائقين في المسيرة.",  # all for some
        "قال الوزير «الإضراب شل البلاد كلها»، وإن 40 محطة على الأقل توقفت.",  # words between quotation marks
        "The unions accepted an offer of higher wages, Labour Minister Clara Dubois announced.",
    ],
)
def test_one_thing_that_differs_is_no_support(sentence):
    assert support(sentence) == "none"


def test_what_is_told_with_a_reserve_is_supported_in_part_when_it_is_stated_flatly():
    assert support("تستأنف المفاوضات مطلع الشهر.") == "partial"
    assert support("قد تستأنف المفاوضات مطلع الشهر.") == "full"


def test_another_word_for_what_is_counted_is_doubtful():
    assert support("شل الإضراب 40 قطارًا على الأقل، بحسب وزير النقل الفرنسي.") == "partial"


def test_a_better_sentence_that_says_the_opposite_is_not_evaded():
    of = article("أمدّت فرنسا إيطاليا بالقمح أيضًا. وتنقل إيطاليا القمح من فرنسا بالقطار.")
    assert support("أمدّت إيطاليا فرنسا بالقمح أيضًا.", of) == "none"


def test_english_over_english():
    of = article("Minister Ali Hassan said 12,000 troops were not sent to Russia in October.")
    assert support("Minister Ali Hassan said 12 thousand troops were not sent to Russia.", of) == "full"
    assert support("12,000 troops were sent to Russia in October, Minister Ali Hassan said.", of) == "none"
    assert support("Minister Ahmed said 12,000 troops were not sent to Russia in October.", of) == "none"


def test_nothing_but_is_no_denial_however_far_it_stands():
    of = article("ولا يقيم منهم اليوم في مراكز الإيواء المؤقت سوى 11,400 نازح، أما الباقون فعند أقاربهم في المدينة.")
    assert support("لا يقيم في مراكز الإيواء المؤقت سوى 11,400 نازح.", of) == "full"
    assert support("يقيم الباقون عند أقاربهم في المدينة.", of) == "full"
    refused = article("لا يقيم الباقون في مراكز الإيواء المؤقت.")
    assert support("يقيم الباقون في مراكز الإيواء المؤقت.", refused) == "none"
