"""Front matter as other tools write it."""

from pathlib import Path

import pytest

from tests.index.formats.documents import articles, write

TEXT = "افتتح رئيس البلدية الجسر الجديد."


@pytest.mark.parametrize(
    ("block", "title"),
    [
        ("---\ntitle: جسر جديد\n---\n", "جسر جديد"),
        ("\n\n---\ntitle: جسر جديد\n---\n\n", "جسر جديد"),
        ("---\ntitle: جسر جديد يربط\n  الميناء بالمدينة\n---\n", "جسر جديد يربط الميناء بالمدينة"),
        ("---\ntitle: >-\n  جسر جديد\n  في الجنوب\n...\n", "جسر جديد في الجنوب"),
        ('---\ntitle: "جسر جديد" # ملاحظة\ntags: [جسور, نقل]\n---\n', "جسر جديد"),
        ('---\ntitle: وصفه بأنه "تصعيد"\n---\n', 'وصفه بأنه "تصعيد"'),
        ('---\ntitle: عاجل: جسر جديد\nsource: "الوكالة"\ntags:\n  - جسور\n---\n', "عاجل: جسر جديد"),
        ("---\nTitle: 2024\n---\n", "2024"),
        ('+++\ntitle = "جسر جديد"\nweight = 3\n+++\n', "جسر جديد"),
        ("---\nالعنوان: جسر جديد\n---\n", "جسر جديد"),
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_title_is_read_and_is_no_text(tmp_path: Path, name: str, block: str, title: str) -> None:
    (article,) = articles(write(tmp_path / name, f"{block}{TEXT}\n"))
    assert (article.title, article.text) == (title, TEXT)


@pytest.mark.parametrize(
    "stated",
    [
        "published: 2024-11-10",
        "date: '2024-11-10T14:20:27.468882+01:00'",
        "date: 2024-11-10 08:00:00 +0300",
        "pubDate: Sun, 10 Nov 2024 08:00:00 GMT",
        "التاريخ: ١٠ نوفمبر ٢٠٢٤",
    ],
)
def test_a_date_is_read_under_each_of_its_names(tmp_path: Path, stated: str) -> None:
    assert articles(write(tmp_path / "a.md", f"---\n{stated}\n---\n{TEXT}"))[0].published == "2024-11-10"


def test_toml_has_dates_of_its_own(tmp_path: Path) -> None:
    assert articles(write(tmp_path / "a.md", f"+++\ndate = 2024-11-10\n+++\n{TEXT}"))[0].published == "2024-11-10"


def test_a_source_that_is_an_address_is_the_url(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path / "a.md", f"---\nsource: https://www.news.example/a/5\n---\n{TEXT}"))
    assert (article.source, article.url) == ("news.example", "https://www.news.example/a/5")


@pytest.mark.parametrize(
    "block",
    [
        "---\nالفقرة الأولى من الخبر.\n---\n",
        "---\nweight: 3\n---\n",
        "---\n- أ\n- ب\n---\n",
        "+++\nلا شيء\n+++\n",
        "---\na: &a [x]\nb: *missing\n---\n",
    ],
)
def test_a_block_that_states_nothing_is_text(tmp_path: Path, block: str) -> None:
    assert articles(write(tmp_path / "a.txt", block + TEXT))[0].text == block + TEXT


def test_a_yaml_bomb_is_no_work(tmp_path: Path) -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(20)
    )
    (article,) = articles(write(tmp_path / "a.md", f"---\n{bomb}\ntitle: *u\nsource: الوكالة\n---\n{TEXT}"))
    assert (article.title, article.source, article.text) == (TEXT, "الوكالة", TEXT)
