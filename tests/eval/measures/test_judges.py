"""The judges, and the labelled pairs."""

import json
from collections import Counter
from pathlib import Path

import pytest

from eval.facts.load import read_articles
from eval.measures.agreement import JUDGED, Agreement, Pair, agreement, levels, lines, read_pairs
from eval.measures.judges import by_model, by_words, support
from eval.measures.matching import LONGEST_EVIDENCE

TOLD = "أرسلت بيونغ يانغ 12 ألف جندي إلى روسيا."


class Scripted:
    """An entailment model that knows some hypotheses, and remembers what it read."""

    name = "scripted"

    def __init__(self, **known):
        self.known, self.read = known, []

    def entailed(self, premises, hypotheses):
        self.read += zip(premises, hypotheses, strict=True)
        return [self.known[hypothesis] for hypothesis in hypotheses]


# ---------------------------------------------------------------- judges


@pytest.mark.parametrize(
    ("sentence", "quotes", "level"),
    [
        (TOLD, [TOLD], "full"),
        ("أرسلت بيونغ يانغ 12,000 جندي إلى روسيا.", [TOLD], "full"),
        ("أرسلت بيونغ يانغ 13 ألف جندي إلى روسيا.", [TOLD], "none"),
        (TOLD, ["ورفضت موسكو التعليق.", TOLD], "full"),
        (TOLD, [], "none"),
    ],
)
def test_the_deterministic_judge(sentence, quotes, level):
    assert support(sentence, tuple(quotes)) == level
    assert by_words(sentence, quotes) is (level == "full")


def test_a_model_judges_the_quotes_as_one_premise_and_is_asked_once():
    model = Scripted(yes=0.5, no=0.49)
    judge = by_model(model)
    assert [judge(s, ["أ", "ب"]) for s in ("yes", "no", "yes")] == [True, False, True]
    assert model.read == [("أ ب", "yes"), ("أ ب", "no")]
    assert judge("yes", []) is False


# ---------------------------------------------------------------- agreement


def pair(label, sentence="s"):
    return Pair("p", "ar", sentence, ("q",), label, "copy")


def test_a_confusion_matrix_by_hand():
    pairs = [pair("full", s) for s in "yyyn"] + [pair("partial", s) for s in "yn"] + [pair("none", s) for s in "nnnn"]
    found = agreement(lambda sentence, quotes: sentence == "y", pairs)
    assert found == Agreement(("supported", "not supported"), ((3, 1), (1, 5)))
    assert (found.n, found.accuracy) == (10, 0.8)
    # by chance 0.4 · 0.4 + 0.6 · 0.6 = 0.52
    assert found.kappa == pytest.approx((0.8 - 0.52) / 0.48)
    row = found.to_dict()
    assert (row["labels"], row["rows"]) == (["supported", "not supported"], [[3, 1], [1, 5]])
    assert json.loads(json.dumps(row)) == row
    assert lines(found, "a judge") == [
        "a judge against the labels of 10 pairs: agrees on 80%, kappa 0.58",
        "label \\ judge  supported  not supported",
        "supported              3              1",
        "not supported          1              5",
    ]


def test_the_three_levels_of_the_deterministic_check():
    found = levels([Pair("a", "ar", TOLD, (TOLD,), "full", "copy"), Pair("b", "ar", TOLD, ("لا.",), "partial", "x")])
    assert found == Agreement(("full", "partial", "none"), ((1, 0, 0), (0, 0, 1), (0, 0, 0)))


# ---------------------------------------------------------------- the labelled pairs


def test_the_quotes_of_the_labelled_pairs_stand_in_the_briefs_where_they_say():
    texts = {Path(article.path).name: article.text for article in read_articles(None)}
    rows = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    spans = [span for row in rows for span in row["spans"]]
    assert [s for s in spans if texts[s["article"]][s["start"] : s["end"]] != s["quote"]] == []
    assert max(len(span["quote"].split()) for span in spans) <= LONGEST_EVIDENCE


def test_there_are_two_hundred_of_every_label_and_both_languages():
    pairs = read_pairs()
    assert len(pairs) == len({p.id for p in pairs}) == len({p.sentence for p in pairs}) == 200
    assert Counter(p.label for p in pairs) == {"full": 90, "partial": 20, "none": 90}
    assert Counter(p.lang for p in pairs) == {"ar": 168, "en": 32}


def test_the_default_judge_agrees_with_the_labels_beyond_chance_and_on_every_copy():
    pairs = read_pairs()
    found = agreement(by_words, pairs)
    assert found.n == 200 and found.kappa > 0.35
    copies = [p for p in pairs if p.kind == "copy"]
    assert copies and all(by_words(p.sentence, p.quotes) for p in copies)
