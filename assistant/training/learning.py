"""The training of the model that reads: article by article, each read once for all that is asked and claimed of it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from assistant.pair_models.layout import PAD, Page
from assistant.pair_models.own import KINDS
from assistant.training.network import Alone, Together
from assistant.training.pairs import Asked, Lesson

SEED = 5
PASSES, ARTICLES = 1.6, 2
"""How often an article is seen, and how many make a step; as many others bring their claims alone."""
RATE, HEAD_RATE, WARM = 1.2e-4, 6e-4, 0.06
"""Peak learning rates of layers and heads, and the share of the steps in which they are reached."""
MOST_ASKED, STRANGERS = 9, 3
"""Questions of an article in one step, and pages of other articles beside them."""
SECOND_PAGE = 0.65
"""How often a question is also read with a page that does not answer it."""
SPAN_WEIGHT, KIND_WEIGHT, PAIR_WEIGHT = 0.1, 0.3, 0.5
EVERY = 50
"""Steps after which the state is kept."""
_NEVER = -1e4

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Read:
    """A question with a page: the numbers of both texts, the sentences, which of them answer, and the short answer."""

    question: int
    page: int
    sentences: list[tuple[int, int]]
    gold: list[int]
    span: tuple[int, int] | None


class Batch:
    """The texts of a few lessons, each once, and the pairs of them."""

    def __init__(self, lessons: Sequence[Lesson], more: Sequence[Lesson], rng: random.Random) -> None:
        """Of `more` lessons the claims alone."""
        self.texts: list[list[int]] = []
        self._number: dict[tuple[int, ...], int] = {}
        self.reads: list[Read] = []
        self.claims = [(claim, number) for number, lesson in enumerate([*lessons, *more]) for claim in lesson.claimed]
        """Each with the number of its lesson."""
        for lesson in lessons:
            self._ask(lesson, rng)

    def _put(self, ids: list[int]) -> int:
        number = self._number.setdefault(tuple(ids), len(self.texts))
        if number == len(self.texts):
            self.texts.append(ids)
        return number

    def _ask(self, lesson: Lesson, rng: random.Random) -> None:
        asked = lesson.asked if len(lesson.asked) <= MOST_ASKED else rng.sample(lesson.asked, MOST_ASKED)
        pages = list({tuple(page.ids): page for q in asked for page in q.strangers[:1]}.values())
        bank = rng.sample(pages, min(STRANGERS, len(pages)))
        for question in asked:
            for page, gold, span in _pages(question, lesson.pages, bank, rng):
                self.reads.append(Read(self._put(question.ids), self._put(page.ids), page.sentences, gold, span))


def _pages(
    question: Asked, own: Sequence[Page], bank: Sequence[Page], rng: random.Random
) -> list[tuple[Page, list[int], tuple[int, int] | None]]:
    """The pages that a question is read with: one that answers it, and most times one that does not."""
    if not question.gold:
        return [(rng.choice(own), [], None)]
    number = rng.choice(list(question.gold))
    span = question.span[1:] if question.span and question.span[0] == number else None
    chosen = [(own[number], question.gold[number], span)]
    if rng.random() < SECOND_PAGE:
        near = [page for page in bank if any(page.ids == other.ids for other in question.strangers)] or bank
        others = [page for n, page in enumerate(own) if n not in question.gold] + list(near[:2])
        chosen += [(rng.choice(others), [], None)] if others else []
    return chosen


class Model:
    """Both parts of the network with what turns token ids into padded states."""

    def __init__(self, lower: Alone, upper: Together) -> None:
        self.lower, self.upper = lower, upper

    def states(self, texts: Sequence[Sequence[int]], size: int = 12) -> list[Tensor]:
        """The states of each text alone, computed in batches of like length."""
        found: dict[int, Tensor] = {}
        for part in by_length(range(len(texts)), lambda at: len(texts[at]), size):
            longest = max(len(texts[at]) for at in part)
            ids = torch.tensor([[*texts[at], *[PAD] * (longest - len(texts[at]))] for at in part])
            real = torch.arange(longest)[None] < torch.tensor([[len(texts[at])] for at in part])
            rows = self.lower(ids, ~real)
            found |= {at: rows[n, : len(texts[at])] for n, at in enumerate(part)}
        return [found[at] for at in range(len(texts))]

    def read(self, reads: Sequence[Read], states: Sequence[Tensor]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Log-odds of sentences, marks of beginning and end, and the mask of the pages; padded."""
        a, amask = padded([states[r.question] for r in reads])
        b, bmask = padded([states[r.page] for r in reads])
        seg = torch.zeros(len(reads), max(len(r.sentences) for r in reads), b.shape[1])
        for at, r in enumerate(reads):
            for number, (first, end) in enumerate(r.sentences):
                seg[at, number, first:end] = 1
        first_states, second = self.upper.joint(a, amask, b, bmask)
        odds = self.upper.sentences(a, amask, b, first_states, second, seg)
        starts, ends = self.upper.span(second).unbind(-1)
        return odds.masked_fill(seg.sum(-1) < 0.5, _NEVER), starts, ends, bmask

    def judge(self, claims: Sequence[list[int]], quotes: Sequence[list[int]]) -> Tensor:
        """Log-odds of support, and of what is wrong, (n, 1 + kinds): each claim is one text with its quotes."""
        pairs = [*zip(claims, quotes, strict=True)]
        states = self.states([claim + quoted for claim, quoted in pairs], size=16)
        a, amask = padded([row[: len(claim)] for row, (claim, _) in zip(states, pairs, strict=True)])
        b, bmask = padded([row[len(claim) :] for row, (claim, _) in zip(states, pairs, strict=True)])
        return self.upper.supported(a, amask, b, bmask, *self.upper.joint(a, amask, b, bmask))


def padded(rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """States as one array, and where in it there are tokens."""
    longest = max(len(row) for row in rows)
    real = torch.arange(longest)[None] < torch.tensor([[len(row)] for row in rows])
    return torch.stack([functional.pad(row, (0, 0, 0, longest - len(row))) for row in rows]), real.float()


def by_length(items: Sequence[int], length: Callable[[int], int], size: int) -> list[list[int]]:
    """Items in groups of like length."""
    order = sorted(items, key=length)
    return [order[at : at + size] for at in range(0, len(order), size)]


def loss_of(model: Model, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The loss of a batch and its parts."""
    states = model.states(batch.texts)
    told = []
    for part in by_length(range(len(batch.reads)), lambda at: len(batch.texts[batch.reads[at].page]), 10):
        told.append(_reading_loss(model, [batch.reads[at] for at in part], states))
    reading = torch.stack([row[0] for row in told]).sum() / max(1, len(batch.reads))
    spans = sum(row[2] for row in told)
    pointing = torch.stack([row[1] for row in told]).sum() / max(1, spans)
    loss = reading + SPAN_WEIGHT * pointing
    parts = {"read": float(reading.detach()), "span": float(pointing.detach())}
    if batch.claims:
        judging, others = _judging_loss(model, batch)
        loss = loss + judging + others
        parts["judge"] = float(judging.detach())
    return loss, parts


def _reading_loss(model: Model, reads: Sequence[Read], states: Sequence[Tensor]) -> tuple[Tensor, Tensor, int]:
    """Cross-entropy of the sentence that answers (0 for none), and of the answer's ends; how many have one."""
    odds, starts, ends, mask = model.read(reads, states)
    shares = functional.log_softmax(torch.cat([torch.zeros(len(reads), 1), odds], 1), 1)
    reading, pointing, spans = torch.zeros(()), torch.zeros(()), 0
    for at, r in enumerate(reads):
        reading = reading - torch.logsumexp(shares[at, [n + 1 for n in r.gold] or [0]], 0)
        if r.span:
            for marks, place in ((starts, r.span[0]), (ends, r.span[1])):
                inside = marks[at].masked_fill(mask[at] < 0.5, _NEVER)
                pointing = pointing - functional.log_softmax(inside, 0)[place]
            spans += 1
    return reading, pointing, spans


def _judging_loss(model: Model, batch: Batch) -> tuple[Tensor, Tensor]:
    """Cross-entropy of support; that of its kind, and that a true claim of an article lies above its false ones."""
    claims = batch.claims
    odds = model.judge([claim.ids for claim, _ in claims], [claim.quotes for claim, _ in claims])
    supported = torch.tensor([float(claim.supported) for claim, _ in claims])
    judging = functional.binary_cross_entropy_with_logits(odds[:, 0], supported)
    others = KIND_WEIGHT * functional.cross_entropy(odds[:, 1:], torch.tensor([claim.kind for claim, _ in claims]))
    every = [(at, claim.supported, lesson) for at, (claim, lesson) in enumerate(claims)]
    pairs = [(i, j) for i, true, of in every for j, other, its in every if of == its and true and not other]
    if pairs:
        true, false = ([pair[side] for pair in pairs] for side in (0, 1))
        others = others + PAIR_WEIGHT * functional.softplus(odds[false, 0] - odds[true, 0]).mean()
    return judging, others


def learn(lessons: Sequence[Lesson], base: Path, kept: Path, tell: Tell) -> Model:
    """Train on lessons from a base, going on from the state in the file `kept`, if there is one."""
    from assistant.training.network import from_base

    torch.manual_seed(SEED)
    lower, upper = from_base(base, len(KINDS))
    model = Model(lower.train(), upper.train())
    heads = [p for name, p in upper.named_parameters() if not name.startswith("layers")]
    body = [p for name, p in upper.named_parameters() if name.startswith("layers")]
    body += [p for p in lower.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": heads}, {"params": body}], lr=RATE, weight_decay=0.01)
    steps = int(PASSES * len(lessons) / ARTICLES)
    order, claimed = _order(lessons, steps), _order([lesson for lesson in lessons if lesson.claimed], steps)
    first = _resume(kept, model, optimizer)
    for step in range(first, steps):
        factor = min((step + 1) / (WARM * steps), (steps - step) / ((1 - WARM) * steps))
        for group, rate in zip(optimizer.param_groups, (HEAD_RATE, RATE), strict=True):
            group["lr"] = rate * factor
        here = slice(ARTICLES * step, ARTICLES * (step + 1))
        loss, parts = loss_of(model, Batch(order[here], claimed[here], random.Random(SEED + step)))
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(heads + body, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if (step + 1) % EVERY == 0 or step + 1 == steps:
            _keep(kept, model, optimizer, step + 1)
            tell(f"{step + 1}/{steps}: " + ", ".join(f"{name} {value:.3f}" for name, value in parts.items()))
    return Model(lower.eval(), upper.eval())


def _order(lessons: Sequence[Lesson], steps: int) -> list[Lesson]:
    rng, order = random.Random(SEED), list[Lesson]()
    while len(order) < ARTICLES * steps:
        order += rng.sample(lessons, len(lessons))
    return order


def _keep(kept: Path, model: Model, optimizer: Any, step: int) -> None:
    state = {"lower": model.lower.state_dict(), "upper": model.upper.state_dict()}
    half = kept.with_suffix(".part")
    torch.save(state | {"optimizer": optimizer.state_dict(), "step": step}, half)
    half.replace(kept)


def _resume(kept: Path, model: Model, optimizer: Any) -> int:
    if not kept.exists():
        return 0
    state = torch.load(kept, weights_only=True)
    model.lower.load_state_dict(state["lower"])
    model.upper.load_state_dict(state["upper"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])
