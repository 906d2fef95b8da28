"""An LLM in process: a tiny one of random weights over letters, made here, takes the whole path."""

from pathlib import Path

import pytest

from assistant.generation.answerer import GeneratingAnswerer
from assistant.generation.llms import build_llm
from assistant.types import Answer, Draft
from index.errors import ModelError
from tests.doubles import article, scored

PASSAGES = [scored(article("نشرت كوريا الشمالية 12 ألف جندي في روسيا خلال أكتوبر."))]
LETTERS = [*map(chr, range(0x621, 0x64B)), *"0123456789abcdefghijklmnopqrstuvwxyz .،؟:[]()\n"]
REPLY = 48
"""Tokens, each a letter, that the model may write."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    import torch
    import transformers
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers

    folder = tmp_path_factory.mktemp("llm")
    vocabulary = {token: number for number, token in enumerate(["<unk>", "<s>", "</s>", *LETTERS])}
    letters = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    letters.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    letters.decoder = decoders.Fuse()
    marks = {"unk_token": "<unk>", "bos_token": "<s>", "eos_token": "</s>", "model_max_length": 8192}
    transformers.PreTrainedTokenizerFast(tokenizer_object=letters, **marks).save_pretrained(folder)
    torch.manual_seed(1)
    sizes = {"hidden_size": 32, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = transformers.LlamaConfig(vocab_size=len(vocabulary), max_position_embeddings=8192, **sizes)
    transformers.LlamaForCausalLM(config).save_pretrained(folder)
    return str(folder)


def test_a_model_in_process_streams_and_its_nonsense_is_not_shown(
    model: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("assistant.generation.llms.MOST_NEW_TOKENS", REPLY)
    name = f"hf/{model}"
    answerer = GeneratingAnswerer(build_llm(name, "", None, 30), name)
    *drafts, answer = answerer.stream("كم جنديًا في روسيا؟", PASSAGES)
    assert drafts and all(isinstance(draft, Draft) for draft in drafts)
    assert isinstance(answer, Answer) and answer.answerer == name
    assert answer.reason == "unsupported" and answer.sentences == () and answer.nearest
    assert answer.tokens and answer.tokens.prompt > 800 and 0 < answer.tokens.completion <= REPLY + 2


@pytest.mark.parametrize("name", ["hf/some/unheard-of-model", "hf//no/such/folder"])
def test_a_model_that_is_not_here_is_one_line(name: str) -> None:
    with pytest.raises(ModelError, match=r"The LLM .*Set ISNAD_LLM"):
        build_llm(name, "", None, 30)
