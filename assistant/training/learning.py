"""The training of the model that reads: article by article, with what is asked and claimed of each."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from assistant.pair_models.layout import PAD, Page
from assistant.pair_models.own import KINDS
from assistant.training.network import Network
from assistant.training.pairs import Asked, Lesson

SEED = 5
ARTICLES = 2
"""How many make a step."""
ROUNDS = ((1.6, 1.0e-4), (1.2, 7e-5))
"""How often an article is seen, and the peak learning rate of the layers: it rises and falls anew in each round.

As many steps as the shipped weights took, when there were three articles for five of these."""
HEADS_FASTER, WARM = 6.0, 0.06
"""How many times the rate of the layers that of the heads is, and the share of a round in which it is reached."""
MOST_ASKED, MOST_CLAIMED = 5, 5
"""Questions and claims of an article in one step."""
STRANGERS = 2
"""Pages beside the one that answers that a question is read with."""
OWN_PAGE = 0.5
"""How often one of these is of the same article, where it has another page."""
SPAN_WEIGHT, KIND_WEIGHT, PAIR_WEIGHT = 0.1, 0.3, 0.5
EVERY = 25
"""Steps after which the state is kept."""
AT_A_TIME = 12
"""Texts of like length that are computed together."""
_NEVER = -1e4

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Read:
    """A question with a page: token ids, the sentences' places among them, which of them answer, the short answer."""

    ids: list[int]
    asked: int
    """Tokens of the question."""
    sentences: list[tuple[int, int]]
    gold: list[int]
    span: tuple[int, int] | None


def reads_of(question: Asked, own: Sequence[Page], rng: random.Random) -> list[Read]:
    """A question with the page that answers it, if there is one, and with some that do not."""
    length, chosen = len(question.ids), list[tuple[Page, list[int], tuple[int, int] | None]]()
    if question.gold:
        number = rng.choice(list(question.gold))
        span = question.span[1:] if question.span and question.span[0] == number else None
        chosen.append((own[number], question.gold[number], span))
    others = [page for number, page in enumerate(own) if number not in question.gold]
    silent = rng.sample(others, 1) if others and (not question.gold or rng.random() < OWN_PAGE) else []
    # The nearest stranger is the hardest, and is read most often.
    strangers = sorted(question.strangers, key=lambda page: rng.random() * (1 + question.strangers.index(page)))
    silent += strangers[: STRANGERS - len(silent)]
    chosen += [(page, [], None) for page in silent]
    return [
        Read(
            [*question.ids, *page.ids],
            length,
            [(length + first, length + end) for first, end in page.sentences],
            gold,
            (length + span[0], length + span[1]) if span else None,
        )
        for page, gold, span in chosen
    ]


def by_length(rows: Sequence[Sequence[int]], size: int = AT_A_TIME) -> list[list[int]]:
    """The numbers of texts in groups of like length."""
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    return [order[at : at + size] for at in range(0, len(order), size)]


def as_tensors(rows: Sequence[Sequence[int]], firsts: Sequence[int]) -> tuple[Tensor, Tensor]:
    """Token ids, padded, and the lengths of the first texts."""
    longest = max(map(len, rows))
    ids = torch.tensor([[*row, *[PAD] * (longest - len(row))] for row in rows])
    return ids, torch.tensor(list(firsts))


def reading_loss(network: Network, questions: Sequence[Sequence[Read]]) -> tuple[Tensor, Tensor]:
    """Cross-entropy of the sentence that answers among those of all pages of a question and «none» (log-odds 0).

    And the cross-entropy of the answer's ends.
    """
    flat = [(n, read) for n, reads in enumerate(questions) for read in reads]
    odds: list[list[Tensor]] = [[torch.zeros(1)] for _ in questions]
    golden: list[list[int]] = [[] for _ in questions]
    pointing = []
    for part in by_length([read.ids for _, read in flat]):
        some = [flat[at] for at in part]
        ids, first = as_tensors([read.ids for _, read in some], [read.asked for _, read in some])
        seg = torch.zeros(len(some), max(len(read.sentences) for _, read in some), ids.shape[1])
        for at, (_, read) in enumerate(some):
            for number, (begin, end) in enumerate(read.sentences):
                seg[at, number, begin:end] = 1
        early, late, real = network.states(ids, first)
        marks = network.sentences(early, late, first, seg)
        second = (torch.arange(ids.shape[1])[None] >= first[:, None]).float() * real
        starts, ends = network.span(late).masked_fill(second[..., None] < 0.5, _NEVER).unbind(-1)
        for at, (n, read) in enumerate(some):
            placed = sum(len(row) for row in odds[n])
            kept = [number for number, (begin, end) in enumerate(read.sentences) if begin < end]
            odds[n].append(marks[at, kept])
            golden[n] += [placed + kept.index(number) for number in read.gold if number in kept]
            if read.span:
                for side, place in ((starts, read.span[0]), (ends, read.span[1])):
                    pointing.append(-functional.log_softmax(side[at], 0)[place])
    told = []
    for row, gold in zip(odds, golden, strict=True):
        shares = functional.log_softmax(torch.cat(row), 0)
        told.append(-torch.logsumexp(shares[gold or [0]], 0))
    return torch.stack(told).mean(), torch.stack(pointing).mean() if pointing else torch.zeros(())


def judge(network: Network, claims: Sequence[list[int]], quotes: Sequence[list[int]]) -> Tensor:
    """Log-odds of support and of what is wrong, (n, 1 + kinds), for claims, each with its quotes."""
    rows = [claim + quoted for claim, quoted in zip(claims, quotes, strict=True)]
    found: dict[int, Tensor] = {}
    for part in by_length(rows):
        ids, first = as_tensors([rows[at] for at in part], [len(claims[at]) for at in part])
        early, late, real = network.states(ids, first)
        found |= dict(zip(part, network.supported(early, late, first, real), strict=True))
    return torch.stack([found[at] for at in range(len(rows))])


def judging_loss(network: Network, lessons: Sequence[Lesson], rng: random.Random) -> tuple[Tensor, Tensor]:
    """Cross-entropy of support; that of its kind, and that a true claim of an article lies above its false ones."""
    claims = [
        (claim, number)
        for number, lesson in enumerate(lessons)
        for claim in rng.sample(lesson.claimed, min(MOST_CLAIMED, len(lesson.claimed)))
    ]
    if not claims:
        return torch.zeros(()), torch.zeros(())
    odds = judge(network, [claim.ids for claim, _ in claims], [claim.quotes for claim, _ in claims])
    supported = torch.tensor([float(claim.supported) for claim, _ in claims])
    judging = functional.binary_cross_entropy_with_logits(odds[:, 0], supported)
    others = KIND_WEIGHT * functional.cross_entropy(odds[:, 1:], torch.tensor([claim.kind for claim, _ in claims]))
    every = [(at, claim.supported, lesson) for at, (claim, lesson) in enumerate(claims)]
    pairs = [(i, j) for i, true, of in every for j, other, its in every if of == its and true and not other]
    if pairs:
        true, false = ([pair[side] for pair in pairs] for side in (0, 1))
        others = others + PAIR_WEIGHT * functional.softplus(odds[false, 0] - odds[true, 0]).mean()
    return judging, others


def loss_of(network: Network, lessons: Sequence[Lesson], rng: random.Random) -> tuple[Tensor, dict[str, float]]:
    """The loss of a step and its parts."""
    questions = []
    for lesson in lessons:
        asked = rng.sample(lesson.asked, min(MOST_ASKED, len(lesson.asked)))
        questions += [reads for question in asked if (reads := reads_of(question, lesson.pages, rng))]
    reading, pointing = reading_loss(network, questions)
    judging, others = judging_loss(network, lessons, rng)
    parts = {"read": float(reading.detach()), "span": float(pointing.detach()), "judge": float(judging.detach())}
    return reading + SPAN_WEIGHT * pointing + judging + others, parts


def learn(lessons: Sequence[Lesson], base: Path, kept: Path, tell: Tell) -> Network:
    """Train on lessons from a base, going on from the state in the file `kept`, if there is one."""
    from assistant.training.network import from_base

    torch.manual_seed(SEED)
    network = from_base(base, len(KINDS)).train()
    body = [p for name, p in network.named_parameters() if name.startswith("layers") and p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("layers") and p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": heads}, {"params": body}], weight_decay=0.01)
    rates = [*_rates(len(lessons))]
    steps, sums = len(rates), dict[str, float]()
    order = _order(lessons, steps)
    first = _resume(kept, network, optimizer)
    for step in range(first, steps):
        for group, faster in zip(optimizer.param_groups, (HEADS_FASTER, 1.0), strict=True):
            group["lr"] = rates[step] * faster
        here = order[ARTICLES * step : ARTICLES * (step + 1)]
        loss, parts = loss_of(network, here, random.Random(SEED + step))
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(heads + body, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        sums = {name: 0.96 * sums.get(name, value) + 0.04 * value for name, value in parts.items()}
        if (step + 1) % EVERY == 0 or step + 1 == steps:
            _keep(kept, network, optimizer, step + 1)
            tell(f"{step + 1}/{steps}: " + ", ".join(f"{name} {value:.3f}" for name, value in sums.items()))
    return network.eval()


def _rates(lessons: int) -> Iterator[float]:
    """The learning rate of the layers at each step: up, and down to nothing, in each round."""
    for passes, peak in ROUNDS:
        steps = int(passes * lessons / ARTICLES)
        for step in range(steps):
            yield peak * min((step + 1) / (WARM * steps), (steps - step) / ((1 - WARM) * steps))


def _order(lessons: Sequence[Lesson], steps: int) -> list[Lesson]:
    rng, order = random.Random(SEED), list[Lesson]()
    while len(order) < ARTICLES * steps:
        order += rng.sample(lessons, len(lessons))
    return order


def _keep(kept: Path, network: Network, optimizer: Any, step: int) -> None:
    half = kept.with_suffix(".part")
    torch.save({"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, half)
    half.replace(kept)


def _resume(kept: Path, network: Network, optimizer: Any) -> int:
    if not kept.exists():
        return 0
    state = torch.load(kept, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])
