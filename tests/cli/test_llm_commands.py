"""`isnad llm` against servers on loopback: what is here, one tried end to end, one chosen for later commands."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.llm_choice import GB, named, recommended, worth_fetching
from assistant.generation.servers import Model, Server, api_of, root_of
from assistant.settings import Settings, choice_file, choose_llm, config_file, load_settings
from index.errors import ModelError
from tests.command_line import failed, isnad
from tests.llm_servers import GOOD, LLAMA_CPP, LM_STUDIO, OLLAMA, VLLM, completion, models, telling

KINDS = ("Ollama", "llama.cpp", "LM Studio", "vLLM")
NOWHERE = 9
"""The port where nothing listens."""


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Serves servers by kind on the ports where `isnad llm` looks, on a machine with 16 GB."""
    monkeypatch.setattr("assistant.cli.llm_choice.memory", lambda: 16 * GB)
    for wait in ("CONNECT_S", "ANSWER_S"):  # a machine that runs many tests at once may be slow
        monkeypatch.setattr(f"assistant.generation.servers.{wait}", 60.0)
    with ExitStack() as stack:

        def serve(**answers: Mapping[str, Any]) -> dict[str, Any]:
            told = {kind: stack.enter_context(telling(a)) for kind, a in answers.items()}
            usual = [(kind, told[kind].port if kind in told else NOWHERE) for kind in KINDS]
            monkeypatch.setattr("assistant.generation.servers.USUAL", tuple(usual))
            return told

        serve()
        yield serve


def test_it_lists_what_answers_with_its_models_and_recommends_one(ports: Any) -> None:
    ports(**{"Ollama": OLLAMA, "LM Studio": LM_STUDIO})
    done = isnad("llm")
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0] == "In use: quoted from the articles, without an LLM"
    told = {line.split()[0]: line for line in lines[1:] if line.startswith("  ")}
    assert told["gemma3:4b"].endswith("3.3 GB")
    assert "does not chat" in told["bge-m3:latest"] and "does not chat" in told["text-embedding-nomic-embed-text-v1.5"]
    assert "too large" in told["qwen3:32b"] and "runs at ollama.com, not here" in told["gpt-oss:120b-cloud"]
    assert "Recommended for Arabic and 16 GB of memory: qwen3-8b" in lines
    assert "isnad llm use qwen3-8b" in done.stdout and "ollama pull gemma3:12b" in done.stdout


def test_the_key_goes_to_ones_own_server_alone(ports: Any) -> None:
    others = ports(Ollama=OLLAMA)["Ollama"]
    with telling(VLLM) as own:
        done = isnad("llm", ISNAD_LLM_URL=f"http://127.0.0.1:{own.port}/", ISNAD_LLM_KEY="geheim")
    assert "vLLM at" in done.stdout
    assert (own.keys, others.keys) == ({"Bearer geheim"}, {None})


def test_servers_are_known_by_what_they_tell_not_by_their_port(ports: Any) -> None:
    ports(**{"Ollama": LLAMA_CPP, "llama.cpp": VLLM, "vLLM": {"/v1/models": models("me", "gemma3")}})
    headings = [line.split(" at ")[0] for line in isnad("llm").stdout.splitlines() if " at http://" in line]
    assert headings == ["llama.cpp", "vLLM", "llama.cpp"]


def test_where_nothing_answers_one_line_tells_how_to_get_one(ports: Any) -> None:
    done = isnad("llm")
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    (line,) = done.stderr.splitlines()
    assert "No LLM answers on this machine" in line and "Ollama (9)" in line
    assert "`ollama pull gemma3:12b`, then `isnad llm use gemma3:12b`" in line
    failed(isnad("llm", "use", "gemma3:4b"), "No LLM answers on this machine")
    failed(isnad("llm", "try"), "No LLM answers on this machine")


@pytest.mark.parametrize(
    "answers",
    [
        {"/v1/models": "<html>a web server</html>"},
        {"/v1/models": {"data": "none"}},
        {"/v1/models": [1, 2]},
        {"/v1/models": "[" * 100_000},
    ],
)
def test_what_is_no_llm_server_is_passed_over(ports: Any, answers: Mapping[str, Any]) -> None:
    ports(**{"llama.cpp": answers, "Ollama": OLLAMA})
    assert isnad("llm").stdout.count(" at http://") == 1


def test_a_server_without_a_model_is_named(ports: Any) -> None:
    ports(Ollama={"/v1/models": {"object": "list", "data": None}, "/api/tags": {"models": []}})
    assert "No LLM answers" in isnad("llm").stderr
    told = ports(Ollama={"/v1/models": models("library")})
    assert f"Ollama answers at {told['Ollama'].url}, but has no model that chats" in isnad("llm").stderr


# ---------------------------------------------------------------- one tried


def test_one_question_is_tried_over_the_briefs(ports: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISNAD_READER", "off")  # which would choose another passage to come first
    chat = {"/v1/chat/completions": lambda body: completion("1: نعم" if "المقاطع" not in str(body) else GOOD)}
    told = ports(Ollama=OLLAMA | chat)["Ollama"]
    done = isnad("llm", "try", "gemma3:4b")
    assert done.returncode == 0, done.stderr
    assert "10 آلاف جندي" in done.stdout and "المصادر:" in done.stdout
    last = done.stdout.splitlines()[-1]
    assert last.startswith("openai/gemma3:4b: ") and "1,624 tokens read, 68 written" in last
    assert "1 sentence(s) shown with 1 quote(s), 0 dropped" in last
    assert f"openai/gemma3:4b at {told.url} (this machine)" in done.stderr
    assert {body["model"] for body in told.bodies if body} == {"gemma3:4b"}
    assert load_settings({}).llm == "extractive"  # tried is not chosen


def test_the_recommended_one_is_tried_where_none_is_named(ports: Any) -> None:
    told = ports(Ollama=OLLAMA | {"/v1/chat/completions": lambda body: completion("لا جواب")})["Ollama"]
    done = isnad("llm", "try")
    assert done.returncode == 0 and "لا تذكر المقالات" in done.stdout
    assert {body["model"] for body in told.bodies if body} == {"gemma3:4b"}


def test_a_model_that_fails_is_one_line(ports: Any) -> None:
    ports(Ollama=OLLAMA)
    done = isnad("llm", "try", "gemma3:4b")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr and "ISNAD_LLM_URL" in done.stderr.splitlines()[-1]


# ---------------------------------------------------------------- one chosen


def test_what_is_chosen_answers_from_then_on(ports: Any, seeds_store: Path) -> None:
    chat = {"/v1/chat/completions": lambda body: completion("1: نعم" if "المقاطع" not in str(body) else GOOD)}
    told = ports(**{"LM Studio": LM_STUDIO | chat})["LM Studio"]
    done = isnad("llm", "use", "qwen3-8b")
    assert done.stdout == (
        f"Answers are composed by openai/qwen3-8b at {told.url} (this machine). `isnad llm use extractive` undoes it.\n"
    )
    asked = isnad("ask", "كم عدد الجنود؟", "--json", "--store", seeds_store)
    assert '"answerer": "openai/qwen3-8b"' in asked.stdout
    assert isnad("llm").stdout.startswith("In use: openai/qwen3-8b at ")
    quoted = isnad("ask", "من هو روته؟", "--json", "--store", seeds_store, "--llm", "extractive", ISNAD_READER="off")
    assert '"answerer": "extractive"' in quoted.stdout
    assert load_settings({"ISNAD_LLM": "extractive"}).llm == "extractive"
    assert "without an LLM" in isnad("llm", "use", "extractive").stdout
    assert load_settings({}) == Settings() and not choice_file().exists()


def test_a_model_that_is_not_there_or_does_not_chat_is_refused(ports: Any) -> None:
    ports(Ollama=OLLAMA)
    failed(isnad("llm", "use", "llama9"), "No model called 'llama9'", "gemma3:4b, qwen3:32b")
    failed(isnad("llm", "use", "bge-m3"), "bge-m3 of Ollama does not chat")
    assert not choice_file().exists()


def test_a_model_that_runs_elsewhere_says_so(ports: Any) -> None:
    ports(Ollama=OLLAMA)
    done = isnad("llm", "use", "gpt-oss:120b-cloud")
    assert done.returncode == 0 and "sends questions and passages on to ollama.com" in done.stderr


def test_another_address_is_asked_if_it_is_this_machines_and_believed_if_not(ports: Any) -> None:
    told = ports(**{"LM Studio": VLLM})["LM Studio"]
    ports()
    assert isnad("llm", "use", "CohereLabs/aya-expanse-8b", "--url", told.url.removesuffix("/v1")).returncode == 0
    assert load_settings({}).llm_url == told.url
    failed(isnad("llm", "use", "m", "--url", told.url), "No model called 'm'")
    done = isnad("llm", "use", "openai/big", "--url", "https://llm.example/v1")  # the network is off in tests
    assert "questions and passages are sent to llm.example" in done.stdout
    assert (load_settings({}).llm, load_settings({}).llm_url) == ("openai/big", "https://llm.example/v1")


def test_the_users_own_file_stays_and_its_key_goes_to_its_address_alone(ports: Any) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    own = 'llm = "openai/big"\nllm_url = "https://llm.example/v1"\nllm_key = "secret"\n'
    config_file().write_text(own)
    choose_llm("openai/gemma3:4b", "http://127.0.0.1:11434/v1")
    assert (load_settings({}).llm, load_settings({}).llm_key) == ("openai/gemma3:4b", "")
    choose_llm("extractive")
    assert (load_settings({}).llm, load_settings({}).llm_key) == ("extractive", "secret")
    choose_llm("openai/big", "https://llm.example/v1")
    assert not choice_file().exists() and load_settings({}).llm_key == "secret"
    assert config_file().read_text() == own


def test_a_variable_that_goes_before_the_choice_is_told(ports: Any) -> None:
    ports(Ollama=OLLAMA)
    done = isnad("llm", "use", "gemma3:4b", ISNAD_LLM="openai/other")
    assert "ISNAD_LLM in the environment goes before it." in done.stderr


def test_what_is_no_address_is_told(ports: Any) -> None:
    for url in ("http://[x", "127.0.0.1:8080", "http://a:99999/v1"):
        done = isnad("llm", "use", "m", "--url", url)
        assert (done.returncode, done.stdout) == (2, "") and "is no address like" in done.stderr
    listed = isnad("llm", ISNAD_LLM="openai/m", ISNAD_LLM_URL="http://[x")
    assert "which is no address" in listed.stdout


# ---------------------------------------------------------------- the rule


def test_the_largest_that_fits_and_knows_arabic_is_recommended() -> None:
    here = [
        Model("llama3.1:70b", 42 * GB, 70.6),
        Model("mistral:7b", 4 * GB, 7.2),
        Model("gemma3:1b", GB, 1.0),
        Model("gemma3:4b", int(3.3 * GB), 4.3),
        Model("gemma3:12b", int(8.1 * GB), 12.2),
        Model("qwen3:235b-cloud", None, 235.0, elsewhere="ollama.com"),
    ]

    def best(room: int | None, models: list[Model] = here) -> str | None:
        found = recommended([Server("Ollama", "http://127.0.0.1:11434/v1", tuple(models))], room)
        return found and found[1].name

    assert [best(gb * GB) for gb in (8, 16, 128)] == ["gemma3:4b", "gemma3:12b", "gemma3:12b"]
    assert best(16 * GB, here[:3]) == "mistral:7b"
    assert best(None) == "gemma3:12b"
    assert best(2 * GB, here[:2]) is None
    assert best(8 * GB, [Model("aya-expanse-32b", None, 32.0)]) is None  # 22 GB by its name
    assert best(8 * GB, [Model("aya-expanse-32b", None, 32.0, loaded=True)]) == "aya-expanse-32b"


@pytest.mark.parametrize(
    ("gb", "than", "fetch"),
    [(4, None, "gemma3:4b"), (8, None, "gemma3:4b"), (16, None, "gemma3:12b"), (32, None, "gemma3:27b"),
     (16, 4.3, "gemma3:12b"), (16, 14.8, None), (8, 4.3, None)],
)  # fmt: skip
def test_what_is_worth_fetching_goes_by_memory(gb: int, than: float | None, fetch: str | None) -> None:
    there = None if than is None else Model("m", None, than)
    assert worth_fetching(gb * GB, there) == fetch


def test_a_name_is_found_with_and_without_its_tag() -> None:
    server = Server("Ollama", "http://127.0.0.1:11434/v1", (Model("fanar:latest"),))
    assert named("fanar", [server])[1] == named("fanar:latest", [server])[1]
    with pytest.raises(ModelError, match="There are: fanar:latest"):
        named("allam", [server])


@pytest.mark.parametrize(
    ("url", "api", "root"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/v1/chat/completions", "http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"),
        ("https://llm.example/v1beta/openai", "https://llm.example/v1beta/openai", "https://llm.example/v1beta/openai"),
    ],
)
def test_an_address_leads_to_the_api_that_answers_questions(url: str, api: str, root: str) -> None:
    assert (api_of(url), root_of(url)) == (api, root)
