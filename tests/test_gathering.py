"""What an answerer is given for an overview, from a real library: several articles, sides, sources, the newest."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.app import open_assistant
from assistant.gathering import gathered
from assistant.settings import Settings
from index.building import index_paths
from index.static import load_background
from index.types import Filters
from tests.doubles import scripted_llm

OLD = "".join(
    f"واصل عمال ميناء رادس إضرابهم في اليوم {day} وطالبوا بزيادة الأجور وتحسين ظروف العمل في الأرصفة كلها. " * 4
    for day in ("الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع")
)
ARTICLES = {
    "long.md": f"---\ntitle: إضراب ميناء رادس\nsource: إذاعة الساحل\npublished: 2024-03-01\n---\n{OLD}",
    "new.md": "---\ntitle: نهاية الإضراب\nsource: صحيفة المرفأ\npublished: 2024-03-09\n---\n"
    "انتهى إضراب ميناء رادس باتفاق مع الوزارة.",
    "newest.md": "---\ntitle: بعد الإضراب\nsource: صحيفة المرفأ\npublished: 2024-04-02\n---\n"
    "عاد ميناء رادس إلى نشاطه بعد الإضراب ودُفعت الأجور.",
    "rain.md": "---\ntitle: أمطار\nsource: وكالة الشمال\npublished: 2024-05-10\n---\n"
    "نزلت أمطار غزيرة على ولايات الشمال.",
    "wheat.md": "---\ntitle: القمح\npublished: 2024-02-01\n---\nبلغ سعر القمح 900 دينار للطن.",
    "barley.md": "---\ntitle: الشعير\npublished: 2024-02-03\n---\nاستقر الشعير عند 700 دينار للطن بحسب ديوان الحبوب.",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    index_paths(folder / "store", [folder], load_background())
    return folder / "store"


Titles = Callable[..., list[str]]


@pytest.fixture(scope="module")
def titles(store: Path) -> Iterator[Titles]:
    """The titles of the passages that are gathered for a question, in order."""
    with open_assistant(store) as opened:

        def gather(question: str, limit: int = 4, filters: Filters | None = None) -> list[str]:
            _, found = gathered(question, limit, 0, filters or Filters(), opened.retriever.search)
            return [str(scored.passage.article.title) for scored in found]

        yield gather


def test_a_question_for_one_thing_gets_the_best_passages(titles: Titles) -> None:
    assert len(set(titles("ماذا طلب عمال ميناء رادس في إضرابهم؟"))) == 1


@pytest.mark.parametrize("question", ["لخص إضراب ميناء رادس", "ما الذي قيل عن إضراب ميناء رادس؟"])
def test_a_summary_gets_those_of_several_articles(titles: Titles, question: str) -> None:
    assert {"إضراب ميناء رادس", "نهاية الإضراب", "بعد الإضراب"} <= set(titles(question, 6))


def test_the_latest_goes_by_date(titles: Titles) -> None:
    assert titles("ما آخر أخبار إضراب ميناء رادس؟")[0] == "بعد الإضراب"
    assert titles("What is the latest on ميناء رادس؟")[0] == "بعد الإضراب", "rain is newer, and another thing"


def test_the_latest_until_a_day(titles: Titles) -> None:
    assert titles("ما آخر أخبار ميناء رادس؟", filters=Filters(until="2024-03-15"))[0] == "نهاية الإضراب"


def test_a_comparison_gets_both_sides(titles: Titles) -> None:
    assert {"القمح", "الشعير"} == set(titles("قارن بين سعر القمح والشعير", 2))


def test_what_sources_say_is_gathered_by_source(titles: Titles) -> None:
    assert {"إضراب ميناء رادس"} < set(titles("كيف تناولت الصحف إضراب ميناء رادس؟", 2))


def test_an_llm_summarises_what_was_gathered(store: Path) -> None:
    reply = "انتهى إضراب ميناء رادس باتفاق مع الوزارة [{}]. وعاد ميناء رادس إلى نشاطه بعد الإضراب [{}]."
    question = "لخص إضراب ميناء رادس"
    with scripted_llm("لا جواب") as llm:
        settings = Settings(store=store, llm="openai/m", llm_url=llm.url, verify="words")
        with open_assistant(settings=settings) as opened:
            opened.ask(question)
            numbers = [_number(llm.prompt, title) for title in ("نهاية الإضراب", "بعد الإضراب")]
    with scripted_llm(reply.format(*numbers)) as llm:
        settings = Settings(store=store, llm="openai/m", llm_url=llm.url, verify="words")
        with open_assistant(settings=settings) as opened:
            answer = opened.ask(question)
    assert [c.article.title for c in answer.citations] == ["نهاية الإضراب", "بعد الإضراب"] and answer.dropped == 0


def _number(prompt: str, title: str) -> int:
    """The number of the passage under a title in a prompt."""
    (line,) = (line for line in prompt.splitlines() if line.startswith("[") and f"] {title} |" in line)
    return int(line[1 : line.index("]")])


def test_each_thing_that_is_asked_has_its_passages(titles: Titles) -> None:
    assert {"القمح", "إضراب ميناء رادس"} <= set(titles("متى بدأ إضراب عمال ميناء رادس، وكم بلغ سعر القمح؟"))
