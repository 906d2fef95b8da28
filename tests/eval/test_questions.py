"""Answers without a model, judged on articles not fitted on: measures by hand, and a run over a tiny collection."""

import json
import random

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from assistant.extractive.confidence import CONFIDENCE_FEATURES
from assistant.extractive.features import FEATURES, SENTENCE
from assistant.training.fitting import LeftOut, fit, held_out, judge
from assistant.training.looks import all_looks
from eval.measures.calibration import Bin, auroc, expected_calibration_error, reliability, resampled
from eval.questions.__main__ import main, run
from eval.questions.ablation import ASKED, CONFIDENCE_GROUPS, NAMES, SENTENCE_GROUPS, learning_curve, part
from eval.questions.outcomes import Outcome, answers, area, decision, figures, unanswered_kinds
from eval.questions.report import library_lines, reached_lines
from eval.statistics import bootstrap

ARTICLES = {
    "quake": "ضرب زلزال قوي مدينة إزمير التركية صباح الجمعة. وقُتل في الزلزال أربعة عشر شخصًا وفق السلطات.",
    "treaty": "صادق مجلس الدوما على معاهدة الشراكة مع كوريا الشمالية. وحضر الجلسة وزير الخارجية لافروف.",
    "football": "فاز المنتخب المغربي لكرة القدم على منتخب البرتغال. وسجل يوسف النصيري هدف المباراة الوحيد.",
    "bridge": "افتتح رئيس البلدية جسرًا جديدًا فوق نهر مجردة. وبلغت كلفة الجسر عشرين مليون دينار تونسي.",
    "fire": "اندلع حريق كبير في سوق النسيج بالعاصمة. وأرجعت الحماية المدنية الحريق إلى تماس كهربائي.",
    "film": "نال الفيلم التونسي جائزة أفضل إخراج في مهرجان قرطاج. وتسلمت المخرجة كوثر بن هنية الجائزة.",
}
QUESTIONS = [
    ("quake", "أي مدينة ضربها زلزال قوي؟", "ضرب زلزال قوي مدينة إزمير التركية صباح الجمعة.", "fact"),
    ("quake", "كم بيتا هدمه الزلزال في إزمير؟", "", "unanswerable"),
    ("treaty", "على ماذا صادق مجلس الدوما؟", "صادق مجلس الدوما على معاهدة الشراكة مع كوريا الشمالية.", "fact"),
    ("treaty", "لماذا رفض مجلس الدوما معاهدة الشراكة؟", "", "false-premise"),
    ("football", "من سجل هدف المباراة؟", "وسجل يوسف النصيري هدف المباراة الوحيد.", "fact"),
    ("football", "كم تذكرة بيعت لمباراة المنتخب المغربي؟", "", "unanswerable"),
    ("bridge", "كم بلغت كلفة الجسر؟", "وبلغت كلفة الجسر عشرين مليون دينار تونسي.", "number"),
    ("bridge", "متى بدأت أشغال الجسر؟", "", "unanswerable"),
    ("fire", "لماذا اندلع حريق سوق النسيج؟", "وأرجعت الحماية المدنية الحريق إلى تماس كهربائي.", "why"),
    ("fire", "كم محلا احترق في سوق النسيج؟", "", "unanswerable"),
    ("film", "من تسلم جائزة الفيلم التونسي؟", "وتسلمت المخرجة كوثر بن هنية الجائزة.", "fact"),
    ("film", "كم تكلف إنتاج الفيلم التونسي؟", "", "unanswerable"),
]
PARAGRAPHS = [
    ("تقع مدينة القيروان في وسط تونس. وأسسها عقبة بن نافع سنة 670.", "من أسس القيروان؟", "عقبة بن نافع"),
    ("نهر النيل أطول أنهار أفريقيا. ويصب في البحر المتوسط.", "أين يصب نهر النيل؟", "البحر المتوسط"),
]


def question_rows():
    for article, question, quote, category in QUESTIONS:
        row = {"question": question, "article": article, "category": category}
        yield row | {"quotes": [quote] if quote else [], "answerable": bool(quote)}


def squad_paragraph(text, question, answer):
    answers = [{"text": answer, "answer_start": text.index(answer)}]
    return {"context": text, "qas": [{"question": question, "answers": answers}]}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("questions")
    articles, questions, squad = (folder / name for name in ("articles.jsonl", "questions.jsonl", "squad.json"))
    articles.write_text("\n".join(json.dumps({"id": i, "text": t}) for i, t in ARTICLES.items()), encoding="utf-8")
    questions.write_text("\n".join(map(json.dumps, question_rows())), encoding="utf-8")
    document = {"paragraphs": [squad_paragraph(*row) for row in PARAGRAPHS]}
    squad.write_text(json.dumps({"data": [document]}), encoding="utf-8")
    return articles, questions, squad


@pytest.fixture(scope="module")
def seen(files):
    articles, questions, squad = files
    return all_looks(articles, [questions], squad)


@pytest.fixture(scope="module")
def report(seen):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("eval.questions.__main__.all_looks", lambda *_: seen)
        patch.setattr("eval.measures.calibration.DRAWS", 20)  # no interval is looked at
        for name, groups in (("SENTENCE_GROUPS", SENTENCE_GROUPS), ("CONFIDENCE_GROUPS", CONFIDENCE_GROUPS)):
            patch.setattr(f"eval.questions.ablation.{name}", dict(list(groups.items())[:2]))
        return run(*("unread",) * 3, ablation=True, curve=True)


def asked(confidence=0.5, kind="answered", article="a", **told):
    row = {"library": "news", "kind": kind, "category": "", "article": article, "question": "", "words": 10}
    row |= {"first": False, "three": False, "quoted": False, "contradicted": False, "best": "", "gold": ""}
    return Outcome(confidence=confidence, **(row | told))


# ---------------------------------------------------------------- measures by hand


def test_auroc_counts_pairs_and_ties_half():
    assert auroc([0.9, 0.5], [0.5, 0.1]) == 3.5 / 4
    assert auroc([1.0], [0.0]) == 1.0 and auroc([0.0], [1.0]) == 0.0
    assert auroc([], [0.5]) is None and auroc([0.5], []) is None


def test_auroc_is_that_of_sklearn():
    from sklearn.metrics import roc_auc_score

    draw = random.Random(3)
    scores = [draw.randrange(10) / 10 for _ in range(60)]
    labels = [draw.random() < score for score in scores]
    positive, negative = ([s for s, label in zip(scores, labels, strict=True) if label is of] for of in (True, False))
    assert auroc(positive, negative) == pytest.approx(roc_auc_score(labels, scores))


def test_reliability_and_ece_by_hand():
    bins = reliability([0.05, 0.95, 1.0], [False, True, False])
    assert bins == [Bin(0.0, 0.1, 0.05, 0.0, 1), Bin(0.9, 1.0, 0.975, 0.5, 2)]
    assert expected_calibration_error(bins) == pytest.approx((1 * 0.05 + 2 * 0.475) / 3)
    assert reliability([], []) == [] and expected_calibration_error([]) is None


def test_the_interval_of_a_mean_is_that_of_the_bootstrap():
    clusters, scores = ["a", "a", "b", "c"], np.array([1.0, 0.0, 1.0, 0.5])
    ours = resampled(clusters, lambda rows: float(scores[rows].mean()))
    theirs = bootstrap(zip(clusters, scores.tolist(), strict=True))
    assert (ours.value, ours.n, ours.clusters) == (theirs.value, 4, 3)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high))
    assert resampled(["a"], lambda rows: 1.0).low is None
    assert resampled([], lambda rows: None) is None


def test_draws_without_the_statistic_are_left_out():
    found = area([asked(0.9, article="a")], [asked(0.1, "near-miss", article="b")])
    assert (found.value, found.low, found.high, found.n) == (1.0, 1.0, 1.0, 2)


def test_risk_and_coverage_by_hand():
    answerable = [asked(0.9, quoted=True), asked(0.6), asked(0.3, quoted=True), asked(0.8, words=0)]
    others = [asked(0.7, "near-miss"), asked(0.1, "near-miss"), asked(0.9, "near-miss", contradicted=True)]
    found = decision(answerable, {"near-miss": others}, 0.5)
    assert found.answered.value == 2 / 4
    assert (found.right.value, found.right.n) == (1 / 2, 2)
    assert found.refused["near-miss"].value == 2 / 3
    nothing = decision(answerable, {}, 1.0)
    assert (nothing.answered.value, nothing.right) == (0.0, None)


def test_answers_by_hand():
    found = answers([asked(first=True, three=True, words=30), asked(three=True, quoted=True, words=50), asked(words=0)])
    assert [round(e.value, 3) for e in (found.first, found.three, found.quoted)] == [0.333, 0.667, 0.333]
    assert (found.median_words.value, found.many_words.value, found.median_words.n) == (40, 48, 2)
    assert answers([]).first is answers([]).median_words is None


def test_near_misses_are_told_by_category_too():
    near = asked(kind="near-miss", category="false-premise", contradicted=True)
    rows = [near, asked(kind="off-topic", category="number"), asked()]
    assert {name: len(group) for name, group in unanswered_kinds(rows).items()} == {
        "near-miss": 1,
        "false-premise": 1,
        "off-topic": 1,
    }
    found = figures(rows, 0.35)
    assert found.questions == {"answered": 1, "near-miss": 1, "deleted": 0, "off-topic": 1}
    assert found.contradicted == {"answered": 0, "near-miss": 1, "deleted": 0, "off-topic": 0}
    assert "  Refused for a contradicted premise at any threshold: 1 near-miss" in library_lines("news", found)
    assert [d.threshold for d in found.decisions] == [0.35, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    assert found.answerable_ece == pytest.approx(0.5 - 1 / 3)


# ---------------------------------------------------------------- parts


def test_each_feature_is_in_one_group():
    assert sorted(name for group in CONFIDENCE_GROUPS.values() for name in group) == sorted(CONFIDENCE_FEATURES)
    plain = {name: group for name, group in SENTENCE_GROUPS.items() if name != "weights by kind of question"}
    assert sorted(name for group in plain.values() for name in group) == sorted(FEATURES)
    by_kind = SENTENCE_GROUPS["weights by kind of question"]
    assert by_kind < set(FEATURES) - set(SENTENCE) and len(by_kind) == 21


def test_what_is_left_out_gets_no_weight(seen):
    title, head = SENTENCE_GROUPS["title"], CONFIDENCE_GROUPS["head word"]
    models = fit(seen, LeftOut(title, head))
    assert {name for name, w in zip(FEATURES, models.sentences.weights, strict=True) if w} & title == set()
    assert any(models.sentences.weights)
    for model in (models.topic, models.statement):
        assert {name for name, w in zip(CONFIDENCE_FEATURES, model.weights, strict=True) if w} & head == set()


def test_a_larger_part_holds_the_smaller_one(seen):
    articles = [{look.example.article for look in part(seen, share)} for share in (0.25, 0.5, 1.0)]
    assert list(map(len, articles)) == [2, 4, 8]
    assert articles[0] < articles[1] < articles[2]


def test_no_question_is_judged_by_its_own_article(seen, monkeypatch):
    known = []

    def fitted(looks):
        known.append((fit(looks), {look.example.article for look in looks}))
        return known[-1][0]

    def judged(look, models):
        (articles,) = (articles for fit_of_fold, articles in known if fit_of_fold is models)
        assert look.example.article not in articles
        return judge(look, models)

    monkeypatch.setattr("assistant.training.fitting.judge", judged)
    assert {id(row.look) for row in held_out(seen, fitted)} == set(map(id, seen))
    assert len(known) == 5


# ---------------------------------------------------------------- whole runs


def test_a_run_tells_every_library(report):
    assert list(report.libraries) == ["news", "events", "paragraphs"]
    news = report.libraries["news"]
    assert news.questions == {"answered": 6, "near-miss": 6, "deleted": 6, "off-topic": 2}
    assert list(news.answers) == ["all", "fact", "number", "why"]
    assert list(news.aurocs) == ["near-miss", "false-premise", "unanswerable", "deleted", "off-topic"]
    assert news.answers["all"].first.value <= news.answers["all"].three.value
    assert list(report.libraries["paragraphs"].aurocs) == ["off-topic"]
    assert sum(each.n for each in news.answerable_bins) == 20
    assert {len(row.best.split()) > 0 for row in report.questions if row.kind == "answered"} == {True}


def test_a_run_tells_what_groups_and_articles_are_worth(report):
    assert len(report.ablation) == 1 + 2 + 2
    whole = report.ablation[0]
    assert tuple(whole.values) == tuple(whole.gained) == NAMES and len(NAMES) == 2 * len(ASKED) + 1
    assert {estimate.value for estimate in whole.gained.values()} == {0.0}
    assert whole.values["news, first"] == report.libraries["news"].answers["all"].first
    assert whole.values["near-miss AUROC"].value == report.libraries["news"].aurocs["near-miss"].value
    assert [row.name for row in report.learning_curve] == ["10 %", "25 %", "50 %", "75 %", "100 %"]
    assert report.learning_curve[-1].values == whole.values
    learned = [row.values["news, three"] for row in report.learning_curve if row.values["news, three"]]
    assert len(learned) >= 3  # a tenth of six articles may hold one answered question and no other kind
    assert all(estimate.n == 6 for estimate in learned)


def test_too_few_articles_to_learn_from_are_told_as_no_figure(seen, monkeypatch):
    monkeypatch.setattr("eval.questions.ablation.SHARES", (0.1,))
    monkeypatch.setattr("eval.questions.ablation.part", lambda *_: [])
    (found,) = learning_curve(seen, [])
    assert found.values == found.gained == dict.fromkeys(NAMES)
    assert reached_lines([found])[1].split() == ["10", "%", *["–"] * 10]


def test_the_lines_are_aligned(report):
    lines = report.lines()
    assert [line.split(":")[0] for line in lines if line and line[0] != " "][1:4] == ["news", "events", "paragraphs"]
    table = [line for line in lines if line.startswith("    sentence: ")]
    assert len(table) == 2 and len({len(line.rstrip("* ")) for line in table}) <= 2


app = typer.Typer()
app.command()(main)


def test_the_command_writes_all_as_json(files, tmp_path):
    articles, questions, squad = map(str, files)
    out = tmp_path / "out.json"
    done = CliRunner().invoke(
        app, [articles, questions, "--squad", squad, "--threshold", "0.6", "--out", str(out)], catch_exceptions=False
    )
    assert done.exit_code == 0 and "At the threshold 0.6:" in done.output
    told = json.loads(out.read_text(encoding="utf-8"))
    assert set(told) == {"threshold", "libraries", "ablation", "learning_curve", "questions", "claims"}
    assert set(told["libraries"]["news"]["answers"]["all"]["first"]) == {"value", "low", "high", "n", "clusters"}
    assert told["ablation"] == []


ROW = {"question": "من؟", "article": "quake", "quotes": []}


@pytest.mark.parametrize(
    ("which", "content", "why"),
    [
        ("articles", "{", "articles.jsonl:1: is not JSON"),
        ("articles", '{"id": "quake"}', "has no `text`"),
        ("articles", '{"text": "نص"}', "articles.jsonl:1: has no `id`"),
        ("articles", "", "holds no article"),
        ("articles.gz", "not packed", "cannot be read"),
        ("questions", "[]", "questions.jsonl:1: is not a JSON object"),
        ("questions", json.dumps(ROW | {"question": " "}), "questions.jsonl:1: `question` is not a text"),
        ("questions", json.dumps(ROW | {"article": "gone"}), "questions.jsonl:1: no article 'gone' among the articles"),
        ("questions", json.dumps(ROW | {"quotes": "x"}), "questions.jsonl:1: `quotes` is no list of texts"),
        ("questions", json.dumps(ROW | {"answerable": True}), "an answerable question has quotes"),
        ("questions", json.dumps(ROW | {"category": 5}), "questions.jsonl:1: `category` is not a text"),
        ("questions", "", "holds no question"),
        ("squad", "{}", "is not in SQuAD's format"),
        ("squad", '{"data": []}', "holds no question with an answer"),
        ("squad", None, "cannot be read"),
    ],
)
def test_wrong_input_is_told_in_one_line(files, tmp_path, which, content, why):
    given = dict(zip(("articles", "questions", "squad"), files, strict=True))
    name, _, packed = which.partition(".")
    given[name] = tmp_path / f"{given[name].name}{packed and '.gz'}"
    if content is not None:
        given[name].write_text(content, encoding="utf-8")
    done = CliRunner().invoke(app, [str(given["articles"]), str(given["questions"]), "--squad", str(given["squad"])])
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"eval.questions: {tmp_path}") and why in line


def test_questions_that_all_have_answers_are_refused(files, tmp_path):
    articles, _, squad = files
    questions = tmp_path / "answered.jsonl"
    rows = [row for row in question_rows() if row["answerable"]]
    questions.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = CliRunner().invoke(app, [str(articles), str(questions), "--squad", str(squad)])
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "No question is unanswerable" in done.stderr
