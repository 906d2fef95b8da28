"""Our own model as a network: one encoder over two texts together, and three heads.

Layers and embeddings are those of BERT and start from multilingual-e5-small (Wang and others, 2024; MIT).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.pair_models.layout import LEAD, LONGEST_QUESTION, PAD

WIDTH, HEADS, LAYERS, PLACES = 384, 12, 12, 512
FROZEN = 4
"""Lower layers that keep their weights, and with them the embeddings."""
DROPPED = 0.1
"""Share of a layer's marks that training leaves out."""
_HIDDEN = 256
_SHARP = 8.0  # of the soft minimum over a text's words
_MASKED = -1e4


class Attention(nn.Module):
    """Self-attention with the three projections in one matrix."""

    def __init__(self) -> None:
        super().__init__()
        self.in_proj_weight = nn.Parameter(torch.zeros(3 * WIDTH, WIDTH))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * WIDTH))
        self.out_proj = nn.Linear(WIDTH, WIDTH)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """States (n, t, WIDTH), and what is added to the logits of each key, (n, 1, 1, t)."""
        n, t = states.shape[0], states.shape[1]
        three = functional.linear(states, self.in_proj_weight, self.in_proj_bias)
        query, key, value = three.reshape(n, t, 3 * HEADS, WIDTH // HEADS).transpose(1, 2).chunk(3, 1)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        out: Tensor = self.out_proj(mixed.transpose(1, 2).reshape(n, t, WIDTH))
        return out


class Layer(nn.Module):
    """A transformer layer, normalised after each part."""

    def __init__(self) -> None:
        super().__init__()
        self.self_attn = Attention()
        self.linear1, self.linear2 = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """States (n, t, WIDTH); `bias` as in Attention."""
        states = self.norm1(states + self.drop(self.self_attn(states, bias)))
        out: Tensor = self.norm2(states + self.drop(self.linear2(functional.gelu(self.linear1(states)))))
        return out


class Network(nn.Module):
    """Two texts in one: a question and an excerpt, or a claim and its quotes."""

    def __init__(self, vocabulary: int, kinds: int) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(vocabulary, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.sides = nn.Parameter(torch.zeros(2, WIDTH))
        self.sentence = _head(4 * WIDTH + 8, 1)
        self.span = nn.Linear(WIDTH, 2)
        self.support = _head(5 * WIDTH + 12, 1 + kinds)

    def forward(self, ids: Tensor, first: Tensor, seg: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """All heads at once.

        Token ids (n, t), the lengths (n,) of the first text of each, and `seg` (n, s, t), 1 at the tokens of each
        sentence. Returns the log-odds of the sentences (n, s), marks for the beginning and the end of an answer
        (n, t) each, and the log-odds of support with its kinds (n, 1 + kinds).
        """
        early, late, real = self.states(ids, first)
        starts, ends = self.span(late).unbind(-1)
        sentences = self.sentences(early, late, first, seg)
        return sentences, starts, ends, self.supported(early, late, first, real)

    def states(self, ids: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The states after the frozen layers and after all, (n, t, WIDTH), and where (n, t) there are tokens."""
        real = (ids != PAD).float()
        bias = ((1 - real) * _MASKED)[:, None, None]
        states: Tensor = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]])
        early = states
        for number, layer in enumerate(self.layers):
            if number == FROZEN:
                early, second = states, (_at(ids) >= first[:, None]).float()[..., None]
                states = states + self.sides[0] * (1 - second) + self.sides[1] * second
            states = layer(states, bias)
        return early, states, real

    def sentences(self, early: Tensor, late: Tensor, first: Tensor, seg: Tensor) -> Tensor:
        """Log-odds (n, s) that a sentence states the answer: by what both mean, and how their words meet."""
        own = _own(early, first)
        weight = seg / seg.sum(-1, keepdim=True).clamp(min=1)
        told = weight @ late
        asked = _mean(late, own)[:, None].expand_as(told)
        met, here = [], own[:, :_ASKED][:, None].expand(-1, seg.shape[1], -1)
        for states in (early, late):
            unit = functional.normalize(states, dim=-1)
            near = unit[:, :_ASKED] @ unit.transpose(1, 2)
            best = (near[:, None] + (seg[:, :, None] - 1) * 2).amax(-1)  # words of other sentences lie below any cosine
            mean = (best * here).sum(-1) / here.sum(-1).clamp(min=1)
            whole = weight @ states
            alike = functional.cosine_similarity(whole, _mean(states, own)[:, None].expand_as(whole), dim=-1)
            met += [mean, best.masked_fill(here < 0.5, 2.0).amin(-1), _soft_least(best, here), alike]
        features = torch.cat([told, asked, told * asked, (told - asked).abs(), torch.stack(met, -1)], -1)
        odds: Tensor = self.sentence(features)[..., 0]
        return odds

    def supported(self, early: Tensor, late: Tensor, first: Tensor, real: Tensor) -> Tensor:
        """Log-odds (n, 1 + kinds) of support and of what is wrong: also by the words of the claim met least."""
        claimed = _own(early, first)
        quoted = real * (_at(real) >= first[:, None] + LEAD)
        whole, told = _mean(late, claimed), _mean(late, quoted)
        met = []
        for states in (early, late):
            unit = functional.normalize(states, dim=-1)
            best = (unit @ unit.transpose(1, 2)).masked_fill(quoted[:, None] < 0.5, -1.0).amax(-1)
            mean = (best * claimed).sum(-1) / claimed.sum(-1).clamp(min=1)
            least = -torch.topk(-best.masked_fill(claimed < 0.5, 2.0), 3, dim=-1).values
            alike = functional.cosine_similarity(_mean(states, claimed), _mean(states, quoted), dim=-1)
            met += [mean, _soft_least(best, claimed), *least.unbind(-1), alike]
        features = [whole, told, whole * told, (whole - told).abs(), late[:, 0], torch.stack(met, -1)]
        odds: Tensor = self.support(torch.cat(features, -1))
        return odds

    @property
    def frozen(self) -> list[nn.Module]:
        """What keeps its weights."""
        return [self.words, self.places, self.norm, *self.layers[:FROZEN]]


_ASKED = LONGEST_QUESTION + 2
"""Tokens among which all of a question are."""


def _head(width: int, marks: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, _HIDDEN), nn.GELU(), nn.Dropout(0.1), nn.Linear(_HIDDEN, marks))


def _at(rows: Tensor) -> Tensor:
    """The place (n, t) of each token."""
    return torch.cumsum(torch.ones_like(rows if rows.dim() == 2 else rows[..., 0]), 1) - 1


def _own(states: Tensor, first: Tensor) -> Tensor:
    """1 at the words of the first text, without its start and end and what tells questions from passages."""
    at = _at(states)
    return ((at >= LEAD) & (at < first[:, None] - 1)).float()


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    return (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)


def _soft_least(values: Tensor, mask: Tensor) -> Tensor:
    least: Tensor = -torch.logsumexp((-_SHARP * values).masked_fill(mask < 0.5, _MASKED), -1) / _SHARP
    return least


def from_base(folder: Path, kinds: int) -> Network:
    """The network with the layers of multilingual-e5-small, a folder as Hugging Face's libraries write it."""
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")

    def at(name: str) -> Tensor:
        found: Tensor = weights[name] if name in weights else weights[f"bert.{name}"]
        return found.float()

    network = Network(at("embeddings.word_embeddings.weight").shape[0], kinds)
    network.words.weight.data = at("embeddings.word_embeddings.weight")
    kind = at("embeddings.token_type_embeddings.weight")[0]
    network.places.weight.data = at("embeddings.position_embeddings.weight") + kind
    _copy(network.norm, "embeddings.LayerNorm", at)
    for number, layer in enumerate(network.layers):
        _fill(layer, f"encoder.layer.{number}", at)
    for module in network.frozen:
        for parameter in module.parameters():
            parameter.requires_grad = False
    return network


def _fill(layer: Any, name: str, at: Callable[[str], Tensor]) -> None:
    for part in ("weight", "bias"):
        three = torch.cat([at(f"{name}.attention.self.{which}.{part}") for which in ("query", "key", "value")])
        getattr(layer.self_attn, f"in_proj_{part}").data = three
    for own, theirs in (
        (layer.self_attn.out_proj, "attention.output.dense"),
        (layer.norm1, "attention.output.LayerNorm"),
        (layer.linear1, "intermediate.dense"),
        (layer.linear2, "output.dense"),
        (layer.norm2, "output.LayerNorm"),
    ):
        _copy(own, f"{name}.{theirs}", at)


def _copy(module: Any, name: str, at: Callable[[str], Tensor]) -> None:
    module.weight.data, module.bias.data = at(f"{name}.weight"), at(f"{name}.bias")
