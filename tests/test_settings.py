"""Settings: defaults < isnad.toml < ISNAD_* < options."""

from pathlib import Path

import pytest

from assistant.settings import Settings, config_file, default_store, load_settings
from index.errors import InputError


def test_each_layer_overrides_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "isnad.toml"
    file.write_text('llm = "openai/from-file"\nllm_timeout = 5\npassages = 4\n')
    assert load_settings({}, tmp_path / "none.toml") == Settings()
    assert load_settings({}, file).llm == "openai/from-file"
    settings = load_settings({"ISNAD_LLM": "openai/from-env", "ISNAD_STORE": "~/s", "ISNAD_LLM_KEY": ""}, file)
    assert (settings.llm, settings.llm_timeout, settings.passages) == ("openai/from-env", 5.0, 4)
    assert settings.store == Path("~/s").expanduser()
    assert settings.llm_key is None
    assert load_settings({"ISNAD_RERANKER": "a/b"}, file).reranker == "a/b"
    assert settings.with_options(llm="extractive", store=None).llm == "extractive"
    assert settings.with_options(store=None).folder == settings.store


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("unknown = 1", "unknown setting 'unknown'"),
        ("passages = 0", "passages = 0 is not usable"),
        ('unsupported = "hide"', "unsupported = 'hide' is not usable .it must be one of drop, flag."),
        ('llm_timeout = "soon"', "llm_timeout = 'soon' is not usable"),
        ("llm = 3", "llm = 3 is not a string"),
        ("reranker = true", "reranker = True is not a string"),
        ("llm = ", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "isnad.toml"
    file.write_text(content)
    with pytest.raises(InputError, match=told) as error:
        load_settings({}, file)
    assert "isnad.toml" in str(error.value)


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(InputError, match="the environment: passages = 'x'"):
        load_settings({"ISNAD_PASSAGES": "x"}, Path("none.toml"))


def test_the_file_is_the_users_own_never_one_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "isnad.toml").write_text('llm_url = "http://elsewhere.example/v1"')
    monkeypatch.chdir(tmp_path)
    assert config_file().parent != tmp_path
    assert load_settings({}).llm_url == Settings().llm_url
    assert default_store().is_absolute()


def test_what_is_sent_to_an_llm_can_be_set(tmp_path: Path) -> None:
    file = tmp_path / "isnad.toml"
    file.write_text("llm_temperature = 1\nllm_extra = { max_tokens = 800 }\n")
    assert load_settings({}, file).llm_temperature == 1.0
    assert load_settings({}, file).llm_extra == {"max_tokens": 800}
    settings = load_settings({"ISNAD_LLM_TEMPERATURE": "none", "ISNAD_LLM_EXTRA": '{"stream_options": null}'}, file)
    assert settings.llm_temperature is None
    assert settings.llm_extra == {"stream_options": None}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TEMPERATURE", "3", "llm_temperature = '3' is not usable .it must be from 0 to 2, or none"),
        ("TEMPERATURE", "hot", "llm_temperature = 'hot' is not usable"),
        ("EXTRA", "max_tokens=800", "llm_extra = 'max_tokens=800' is not usable"),
        ("EXTRA", "[800]", "it must be fields by name"),
        ("EXTRA", '{"model": "other"}', "model cannot be set there"),
    ],
)
def test_what_cannot_be_sent_is_named(name: str, value: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load_settings({f"ISNAD_LLM_{name}": value}, Path("none.toml"))
