"""One report from several sources: what is a copy, what is another report, and a source however it is spelled."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.app import open_assistant
from assistant.health import examine
from assistant.settings import Settings
from index.building import Report, remove_articles
from index.errors import InputError
from index.fusing import report_key
from index.reading import make_article
from index.static import load_background
from index.storage.library import Library
from index.types import Filters, Passage

Add = Callable[..., Report]
DAM = "افتتح وزير الري سليم الكعبي صباح الأحد سد الوادي الكبير شمالي مدينة الرمانة بكلفة 40 مليون دينار في نوفمبر"
ASKED = "من افتتح سد الوادي الكبير؟"


def key(text: str, source: str | None = None) -> object:
    article = make_article(text, "a.txt", source=source)
    return report_key(Passage(article, 0, len(text)))


@pytest.mark.parametrize(
    "other",
    [
        DAM.replace("40", "٤٠"),
        DAM.replace("الأحد", "الاحد").replace("افتتح", "افتتَح"),
        f"{DAM}.",
        f"لقد {DAM} هناك",
    ],
)
def test_a_copy_differs_in_spelling_and_in_words_that_tell_nothing(other: str) -> None:
    assert key(DAM) == key(other)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("سليم", "سليمان"),
        ("شمالي", "جنوبي"),
        ("الرمانة", "الرماية"),
        ("40", "45"),
        ("نوفمبر", "ديسمبر"),
        ("الأحد", "الاثنين"),
        ("افتتح", "لم يفتتح"),
        ("بكلفة", "من دون كلفة"),
        ("في نوفمبر", "منذ نوفمبر"),
    ],
)
def test_a_name_place_figure_day_or_denial_makes_another_report(word: str, other: str) -> None:
    assert key(DAM) != key(DAM.replace(word, other))


def test_the_same_words_in_another_order_are_another_report() -> None:
    lost = "خسر فريق الساحل أمام فريق الجبل بثلاثة أهداف في نهائي كأس الجمهورية"
    won = "خسر فريق الجبل أمام فريق الساحل بثلاثة أهداف في نهائي كأس الجمهورية"
    assert key(lost) != key(won)


def test_a_source_that_signs_its_copy_changes_nothing_and_one_that_is_quoted_does() -> None:
    assert key(f"{DAM}.\n(وكالة الفجر)", "وكالة الفجر") == key(f"{DAM}.\nصحيفة المدى", "صحيفة المدى")
    said = "قالت {} إن " + DAM
    assert key(said.format("وكالة الفجر"), "وكالة الفجر") != key(said.format("صحيفة المدى"), "صحيفة المدى")


def test_short_pieces_are_copies_only_as_whole_articles() -> None:
    assert key("يتبع التفاصيل لاحقا") == key("يتبع التفاصيل لاحقا", "وكالة الفجر")
    whole = make_article("يتبع التفاصيل لاحقا\nخبر آخر.", "a.txt")
    assert key("يتبع التفاصيل لاحقا") != report_key(Passage(whole, 0, 19))


# ---------------------------------------------------------------- through the library

FROM_TWO = [
    {"id": "1", "source": "وكالة الفجر", "url": "https://fajr.example/1", "published": "2024-11-10", "text": DAM},
    {"id": "2", "source": "صحيفة المدى", "url": "https://mada.example/2", "published": "2024-11-12", "text": DAM},
]


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


@pytest.fixture
def two(tmp_path: Path, add: Add) -> Iterator[Path]:
    add(write(tmp_path / "rows.jsonl", FROM_TWO))
    yield tmp_path / "store"


@pytest.mark.parametrize("n", [0, 1])
def test_one_text_from_two_sources_can_be_filtered_by_each(two: Path, n: int) -> None:
    with open_assistant(two) as assistant:
        (cited,) = assistant.ask(ASKED, Filters(source=FROM_TWO[n]["source"])).citations
        article = cited.article
        assert (article.source, article.url, article.published) == tuple(
            FROM_TWO[n][name] for name in ("source", "url", "published")
        )
        assert cited.copies == ()
        with pytest.raises(InputError, match=r"صحيفة المدى، وكالة الفجر"):
            assistant.ask(ASKED, Filters(source="وكالة الغروب"))


def test_each_source_is_named_as_carrying_the_report(two: Path) -> None:
    with open_assistant(two) as assistant:
        (cited,) = assistant.ask(ASKED).citations
    assert {cited.article.source, *(copy.source for copy in cited.copies)} == {"وكالة الفجر", "صحيفة المدى"}


def test_removing_one_leaves_the_other(two: Path, tmp_path: Path, add: Add) -> None:
    with closing(Library.open(two)) as library:
        ids = {article.source: article.id for article in library.articles()}
    remove_articles(two, [ids["وكالة الفجر"]])
    with open_assistant(two) as assistant:
        assert [c.article.source for c in assistant.ask(ASKED).citations] == ["صحيفة المدى"]
    add(write(tmp_path / "rows.jsonl", FROM_TWO))
    report = add(write(tmp_path / "rows.jsonl", FROM_TWO[1:]))
    assert (report.same, report.removed) == (1, 1)
    with closing(Library.open(two)) as library:
        assert library.sources() == ["صحيفة المدى"]


def test_a_correction_of_one_name_stands_beside_the_report(tmp_path: Path, add: Add) -> None:
    corrected = DAM.replace("سليم", "سليمان")
    add(write(tmp_path / "rows.jsonl", [FROM_TWO[0], FROM_TWO[1] | {"text": corrected}]))
    with open_assistant(tmp_path / "store") as assistant:
        answer = assistant.ask(ASKED)
    assert {c.quote for c in answer.citations} == {DAM, corrected}
    assert [c.copies for c in answer.citations] == [(), ()]
    assert answer.text.count("[1]") == answer.text.count("[2]") == 1


SPELLED = [
    "وكالة الأناضول",
    "وكالة الاناضول",
    "وكالة  الأناضول ",
    "وكـالة الأناضول",
    "وكالةُ الأناضول\u200f",
    "وكاله الأناضول",
]


def test_a_source_is_matched_however_it_is_spelled(tmp_path: Path, add: Add) -> None:
    texts = [f"انطلق مهرجان التمور رقم {n} في مدينة توزر بحضور جمهور كبير." for n in range(len(SPELLED))]
    rows = [{"text": text, "source": source} for text, source in zip(texts, SPELLED, strict=True)]
    add(write(tmp_path / "rows.jsonl", [*rows, {"text": "انطلق مهرجان التمور في توزر.", "source": "Reuters"}]))
    with open_assistant(tmp_path / "store") as assistant:
        assert len(assistant.library.sources()) == 2
        for name in (SPELLED[0], SPELLED[3]):
            found = assistant.retriever.retrieve("أين انطلق مهرجان التمور؟", 20, Filters(source=name))
            assert {scored.passage.article.text for scored in found} == {*texts}
        assert [
            c.article.source for c in assistant.ask("أين انطلق المهرجان؟", Filters(source="REUTERS")).citations
        ] == ["Reuters"]
        dated = assistant.ask("أين انطلق مهرجان التمور؟", Filters(source=SPELLED[1], since="2024-01-01"))
        assert dated.notice is not None and f": {len(texts)}." in dated.notice


def test_doctor_takes_syndicated_reports_for_sound(tmp_path: Path, add: Add) -> None:
    reports = [DAM, *(f"{DAM} وقال الحضور إن الدفعة رقم {n} من المياه وصلت أمس" for n in range(3))]
    sources = ["وكالة الفجر", "صحيفة المدى", "موقع الأفق", "إذاعة السهل", "قناة الشاطئ"]
    add(write(tmp_path / "rows.jsonl", [{"text": f"{t}.\n({s})", "source": s} for t in reports for s in sources]))
    findings = [*examine(Settings(store=tmp_path / "store"), lambda settings: load_background())]
    assert [finding for finding in findings if not finding.ok] == []
    assert "20 of 20 passages" in findings[-1].text
