"""Models of random weights that are made here, saved as their libraries save them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.linear import Linear

SPANS, ENTAILMENT = "BertForQuestionAnswering", "BertForSequenceClassification"
NLI = {0: "ENTAILMENT", 1: "neutral", 2: "contradiction"}


def tiny_model(folder: Path, kind: str = SPANS, labels: dict[int, str] | int | None = None) -> str:
    """A randomly initialised BERT over letters; `labels` are the classes that it tells apart, or how many."""
    import torch
    import transformers

    letters = [*"ابتثجحخدذرزسشصضطظعغفقكلمنهوي0123456789."]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(vocabulary))
    config = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=0.5,  # so that texts get marks that differ
        **({"num_labels" if isinstance(labels, int) else "id2label": labels} if labels else {}),
    )
    torch.manual_seed(0)
    getattr(transformers, kind)(config).save_pretrained(folder)
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


def tiny_base(folder: Path) -> Path:
    """What our own model starts from, over letters: layers as it wants them, of random weights."""
    import torch
    import transformers
    from tokenizers import Tokenizer, models, pre_tokenizers

    from assistant.training.network import LAYERS, WIDTH

    letters = [*"ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآئؤ0123456789.،؟", *"abcdefghijklmnopqrstuvwxyz:"]
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", *letters]
    tokenizer = Tokenizer(models.Unigram([(piece, -1.0) for piece in pieces], unk_id=3))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.save(str(folder / "tokenizer.json"))
    config = transformers.BertConfig(
        vocab_size=len(pieces),
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=12,
        intermediate_size=4 * WIDTH,
    )
    torch.manual_seed(0)
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


def tiny_own_model(folder: Path) -> str:
    """Our own model of random weights, exported as the training exports it."""
    from assistant.extractive.stacking import LIBRARY, SENTENCE
    from assistant.linear import Linear, written
    from assistant.pair_models.own import KINDS, WEIGHTS
    from assistant.training.export import export
    from assistant.training.network import from_base
    from assistant.verification.judging import FEATURES as SUPPORT

    export(from_base(tiny_base(folder), len(KINDS)), folder / "tokenizer.json", folder / "out")

    def even(features: Sequence[str]) -> "tuple[Sequence[str], Linear]":
        return features, Linear((0.1,) * len(features), 0.0)

    named = {"read_sentence": SENTENCE, "read_topic": LIBRARY, "read_statement": LIBRARY, "support": SUPPORT}
    (folder / "out" / WEIGHTS).write_text(written({name: even(features) for name, features in named.items()}))
    return str(folder / "out")
