"""Models of random weights that are made here, saved as their libraries save them."""

from pathlib import Path

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
