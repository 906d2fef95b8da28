"""Articles that say the opposite of what a question takes for granted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.app import Assistant, open_assistant
from assistant.verification.opposites import opposite_sides

NEWS = {
    "treaty.txt": "صادق مجلس الدوما الروسي يوم الخميس بالإجماع على معاهدة الشراكة مع كوريا الشمالية.",
    "bank.txt": "قرر البنك المركزي التونسي أمس الرفع من نسبة الفائدة المديرية إلى مستوى 5 بالمئة بسبب التضخم.",
    "satellite.txt": "أخفقت كوريا الشمالية في مايو حين حاولت إطلاق قمر تجسس ثان.",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    from index.building import index_paths
    from index.static import load_background

    folder = tmp_path_factory.mktemp("premises")
    for name, text in NEWS.items():
        (folder / name).write_text(text)
    index_paths(folder / "store", [folder], load_background())
    return open_assistant(folder / "store")


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("لماذا رفض مجلس الدوما الروسي معاهدة الشراكة؟", "صادق مجلس الدوما"),
        ("لماذا خفض البنك المركزي التونسي نسبة الفائدة؟", "الرفع من نسبة الفائدة"),
        ("كيف نجحت كوريا الشمالية في إطلاق قمر تجسس ثان؟", "أخفقت كوريا الشمالية"),
    ],
)
def test_the_quote_that_contradicts_is_shown_first_as_such(assistant: Assistant, question: str, quoted: str) -> None:
    answer = assistant.ask(question)
    assert answer.reason == "premise_contradicted"
    assert (answer.sentences, answer.citations) == ((), ())
    assert [near.contradicts for near in answer.nearest][:1] == [True]
    assert quoted in answer.nearest[0].quote
    assert answer.to_dict()["nearest"][0]["contradicts"] is True


@pytest.mark.parametrize(
    "question",
    [
        "متى صادق مجلس الدوما الروسي على معاهدة الشراكة؟",
        "لماذا رفع البنك المركزي التونسي نسبة الفائدة؟",
        "هل رفض مجلس الدوما الروسي معاهدة الشراكة؟",
        "لماذا رفض البرلمان الإيطالي ميزانية التعليم؟",
    ],
)
def test_nothing_else_is_called_contradicted(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).reason != "premise_contradicted"


def test_no_wording_stands_on_both_sides_of_a_line() -> None:
    assert opposite_sides()
    for left, right in opposite_sides():
        assert left
        assert right
        assert not set(left) & set(right)


def test_a_folder_without_opposites_in_it_is_answered(tmp_path: Path, add: Callable[..., object]) -> None:
    (tmp_path / "a.txt").write_text(NEWS["bank.txt"])
    add(tmp_path / "a.txt")
    with open_assistant(tmp_path / "store") as assistant:
        assert assistant.ask("لماذا رفع البنك المركزي نسبة الفائدة؟").reason is None
