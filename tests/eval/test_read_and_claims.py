"""`eval.questions` with a reader and the claims: only articles that no weight was fitted on are measured."""

import json
from pathlib import Path

import pytest

from assistant.pair_models.own import OwnModel
from assistant.training.claims import cited_claims, fit_support
from assistant.training.datasets import read_articles
from assistant.training.looks import all_looks
from assistant.training.pairs import HELD_OUT, part_of
from assistant.types import Doubt, Supported
from assistant.verification.judging import FEATURES
from eval.questions.__main__ import READ, read_outcomes
from eval.questions.claims import Verified, shown, verified
from eval.questions.report import claim_lines
from index.errors import InputError
from tests.tiny_models import tiny_own_model

ARTICLES = {
    "quake": "ضرب زلزال قوي مدينة إزمير التركية صباح الجمعة. وقُتل في الزلزال أربعة عشر شخصًا وفق السلطات.",
    "road": "أغلقت الطريق الساحلية أمام الشاحنات بسبب الانزلاقات. ويستمر الإغلاق أسبوعين على الأقل.",
    "film": "نال الفيلم التونسي جائزة أفضل إخراج في مهرجان قرطاج. وتسلمت المخرجة كوثر بن هنية الجائزة.",
    "bank": "رفع البنك المركزي نسبة الفائدة إلى ثمانية بالمائة. وعلل المحافظ القرار بارتفاع الأسعار.",
}
ASKED = {
    "quake": ("أي مدينة ضربها الزلزال؟", 0, "كم بيتا هدمه الزلزال في إزمير؟"),
    "road": ("لماذا أغلقت الطريق الساحلية؟", 0, "كم شاحنة علقت في الطريق الساحلية؟"),
    "film": ("من تسلم جائزة الفيلم التونسي؟", 1, "كم تكلف إنتاج الفيلم التونسي؟"),
    "bank": ("بماذا علل المحافظ قراره؟", 1, "متى يجتمع مجلس البنك المركزي من جديد؟"),
}
CLAIMS = {
    "quake": ("قُتل أربعة عشر شخصا في الزلزال.", "قُتل أربعون شخصا في الزلزال.", "figure", 1),
    "road": ("تبقى الطريق مغلقة أسبوعين على الأقل.", "أغلقت الطريق بسبب الثلوج.", "cause", 1),
    "film": ("تسلمت كوثر بن هنية الجائزة.", "تسلم كريم الجائزة.", "name", 1),
    "bank": ("رفع البنك الفائدة إلى ثمانية بالمائة.", "خفض البنك الفائدة.", "negation", 0),
}


def sentence(article: str, number: int) -> list[int]:
    text = ARTICLES[article]
    middle = text.index(". ") + 1
    return [0, middle] if number == 0 else [middle + 1, len(text)]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path, Path]:
    folder = tmp_path_factory.mktemp("written")
    rows, asked = [], []
    for article, (question, number, miss) in ASKED.items():
        true, false, change, of = CLAIMS[article]
        quotes, evidence = [sentence(article, number)], [sentence(article, of)]
        told = {"q": question, "kind": "what", "style": "far", "quotes": quotes, "answer": "x"}
        claims = [
            {"claim": true, "quotes": evidence, "label": "supported", "change": "none"},
            {"claim": false, "quotes": evidence, "label": "unsupported", "change": change},
        ]
        rows.append({"article": article, "questions": [told], "unanswerable": [{"q": miss}], "claims": claims})
        quote = ARTICLES[article][slice(*quotes[0])]
        asked += [{"question": question, "article": article, "quotes": [quote]}]
        asked += [{"question": miss, "article": article, "quotes": []}]
    (folder / "reading").mkdir()
    (folder / "reading" / "batch.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    articles, questions, squad = (folder / name for name in ("articles.jsonl", "questions.jsonl", "squad.json"))
    articles.write_text("\n".join(json.dumps({"id": i, "text": t}) for i, t in ARTICLES.items()), encoding="utf-8")
    questions.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    paragraphs = [
        {
            "context": f"تقع {city} في {where}. وهي مدينة قديمة.",
            "qas": [{"question": f"أين تقع {city}؟", "answers": [{"text": where, "answer_start": 6 + len(city)}]}],
        }
        for city, where in [("القيروان", "وسط تونس"), ("فاس", "شمال المغرب"), ("حلب", "سوريا"), ("صور", "لبنان")] * 3
    ]
    squad.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    return articles, questions, squad, folder / "reading"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> OwnModel:
    return OwnModel(Path(tiny_own_model(tmp_path_factory.mktemp("own"))))


class Sure:
    """A judge that believes everything."""

    name = "sure"

    def support(self, asked: Doubt) -> Supported:
        return Supported("none") if asked.verdict.certain else Supported("full", 0.9, len(asked.evidence) - 1)


def test_only_held_out_articles_are_measured(files: tuple[Path, Path, Path, Path]) -> None:
    articles, _, _, folder = files
    rows = read_articles(articles)
    assert {id_ for id_ in ARTICLES if part_of(id_) < HELD_OUT} == {"quake", "road"}
    assert {c.article for c in cited_claims(folder, rows)} == {"quake", "road"}
    assert all(c.cited for c in cited_claims(folder, rows))
    with pytest.raises(InputError, match="no article 'quake' among the articles"):
        list(cited_claims(folder, {}))


def test_claims_go_through_the_check_of_a_draft(files: tuple[Path, Path, Path, Path]) -> None:
    articles, _, _, folder = files
    rows = read_articles(articles)
    by_words = {(v.article, v.change): v.support for v in verified(folder, rows, None)}
    assert by_words["quake", "none"] == "full"
    assert by_words["quake", "figure"] == "none"
    by_faith = {(v.article, v.change): v.support for v in verified(folder, rows, Sure())}
    assert by_faith["road", "cause"] == "full"
    assert by_faith["quake", "figure"] == "none", "no judge lifts a figure that is not there"


def test_shares_are_told_by_what_is_wrong() -> None:
    found = [Verified("a", "none", "full", None), Verified("a", "none", "none", None)]
    found += [Verified("b", "swap", "partial", 0.4), Verified("b", "hedge", "none", 0.1)]
    told = shown(found)
    assert list(told) == ["true", "false", "hedge", "swap"]
    assert [share.value for share, _ in told.values() if share] == [0.5, 0.5, 0.0, 1.0]
    assert [share.value for _, share in told.values() if share] == [0.5, 0.0, 0.0, 0.0]
    assert claim_lines(told)[1].split()[:2] == ["true", "2"]


def test_the_reader_is_measured_where_it_was_not_trained(files: tuple[Path, Path, Path, Path], model: OwnModel) -> None:
    articles, questions, squad, folder = files
    outcomes = read_outcomes(all_looks(articles, [questions], squad, folder), model)
    assert {o.library for o in outcomes} == {f"{name}{READ}" for name in ("news", "written", "events", "paragraphs")}
    asked = [o for o in outcomes if o.kind != "off-topic" and o.library != f"paragraphs{READ}"]
    assert {o.article for o in asked} == {"quake", "road"}
    assert all(0 <= o.confidence <= 1 for o in outcomes)
    assert {o.category for o in asked if o.library == f"written{READ}"} == {"far", "unanswerable"}


def test_the_judge_gets_a_weight_for_all_that_it_weighs(files: tuple[Path, Path, Path, Path], model: OwnModel) -> None:
    articles, _, _, folder = files
    weights = fit_support(cited_claims(folder, read_articles(articles)), model).weights
    assert len(weights) == len(FEATURES)
