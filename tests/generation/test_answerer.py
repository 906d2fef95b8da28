"""The LLM answerer against a scripted endpoint: real HTTP, real event streams, nothing else of the network."""

import socket
import subprocess
import sys
from itertools import pairwise

import pytest

from assistant.generation.answerer import GeneratingAnswerer, nearest
from assistant.generation.llms import build_llm
from assistant.types import Answer, Draft, Tokens
from index.errors import ModelError
from tests.citations.claims import PASSAGES as PRICES_AND_TROOPS
from tests.doubles import Scripted, article, scored, scripted_llm

TROOPS = article(
    "نشرت كوريا الشمالية 12 ألف جندي في روسيا خلال أكتوبر. "
    "وقال الرئيس يون إن بلاده «لن تقف مكتوفة الأيدي» أمام هذا التطور.",
    title="قوات في روسيا",
)
PASSAGES = [
    scored(TROOPS),
    scored(article("قدرت أوكرانيا عدد الجنود الكوريين في روسيا بنحو 10 آلاف جندي.", source="رويترز")),
]
QUESTION = "كم جنديًا نشرت كوريا الشمالية في روسيا؟"
GOOD = "نشرت كوريا الشمالية 12 ألف جندي في روسيا [1]. وقدرت أوكرانيا عددهم بنحو 10 آلاف جندي [2]."


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    """No socket leaves this machine, and retries do not wait."""
    monkeypatch.setattr("assistant.generation.endpoint.FIRST_PAUSE_S", 0.01)
    connect = socket.socket.connect

    def guarded(self, address):
        assert address[0] in ("127.0.0.1", "::1"), f"a connection to {address}"
        return connect(self, address)

    def resolve(host, *rest, original=socket.getaddrinfo, **options):
        assert host in ("127.0.0.1", "localhost", "::1"), f"a look-up of {host}"
        return original(host, *rest, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def answerer(url: str, timeout_s: float = 30.0) -> GeneratingAnswerer:
    return GeneratingAnswerer(build_llm("openai/made-up-model", url, None, timeout_s), "openai/made-up-model")


def ask(*script: Scripted | str, question: str = QUESTION, timeout_s: float = 30.0) -> Answer:
    with scripted_llm(*script) as llm:
        return answerer(llm.url, timeout_s).answer(question, PASSAGES)


# ---------------------------------------------------------------- answers


def test_a_good_answer():
    answer = ask(GOOD)
    assert answer.text == ("نشرت كوريا الشمالية 12 ألف جندي في روسيا. [1] وقدرت أوكرانيا عددهم بنحو 10 آلاف جندي. [2]")
    assert [c.quote for c in answer.citations] == [TROOPS.text[: TROOPS.text.index(" وقال")], PASSAGES[1].passage.text]
    assert [s.support for s in answer.sentences] == ["full", "full"] and answer.dropped == 0
    assert answer.answerer == "openai/made-up-model" and answer.tokens == Tokens(120, 30)
    assert answer.confidence == pytest.approx(0.95) and not answer.abstained and answer.nearest == ()


def test_what_is_sent():
    with scripted_llm(GOOD) as llm:
        answerer(llm.url).answer(QUESTION, PASSAGES)
    (request,) = llm.requests
    assert request["path"] == "/v1/chat/completions" and request["authorization"] == "Bearer none"
    assert request["model"] == "made-up-model" and request["stream"] is True and request["temperature"] == 0.0
    assert request["stream_options"] == {"include_usage": True} and "max_tokens" not in request
    assert "[1] قوات في روسيا\n" in llm.prompt and "[2] رويترز\n" in llm.prompt and llm.prompt.endswith(QUESTION)


def test_the_key_is_sent_and_the_reply_needs_no_counts():
    with scripted_llm(Scripted(GOOD, usage=None)) as llm:
        model = build_llm("openai/m", llm.url, " secret\n", 5)
        assert GeneratingAnswerer(model, "openai/m").answer(QUESTION, PASSAGES).tokens is None
    assert llm.requests[0]["authorization"] == "Bearer secret"


def test_a_stream_grows_and_ends_with_the_answer():
    with scripted_llm("**" + GOOD) as llm:
        *drafts, last = answerer(llm.url).stream(QUESTION, PASSAGES)
    assert isinstance(last, Answer) and len(drafts) > 5 and all(isinstance(draft, Draft) for draft in drafts)
    composing = [draft for draft in drafts if not draft.sentences]
    assert all(later.text.startswith(earlier.text.rstrip()) for earlier, later in pairwise(composing))
    assert not any(mark in draft.text for draft in drafts for mark in "*[]")


def test_a_sentence_turns_firm_once_the_next_has_begun_and_an_unsupported_one_goes():
    first, second = GOOD.split(". ")
    with scripted_llm(f"{first}. ثم أرسلت 40 ألف جندي [1]. {second}") as llm:
        *drafts, last = answerer(llm.url).stream(QUESTION, PASSAGES)
    firm = [tuple(s.text for s in draft.sentences) for draft in drafts]
    assert list(dict.fromkeys(firm)) == [(), ("نشرت كوريا الشمالية 12 ألف جندي في روسيا.",)]
    assert drafts[-1].sentences == last.sentences[:1] and drafts[-1].sentences[0].citations == (1,)
    assert any("40" in draft.text for draft in drafts) and "40" not in last.text and last.dropped == 1
    assert drafts[-1].text == "وقدرت أوكرانيا عددهم بنحو 10 آلاف جندي."


def test_thinking_aloud_is_neither_shown_nor_cited():
    with scripted_llm("<think>ربما 99 ألفًا [1].</think>\n" + GOOD) as llm:
        *drafts, last = answerer(llm.url).stream(QUESTION, PASSAGES)
    assert not any("99" in draft.text for draft in drafts) and last.dropped == 0 and len(last.sentences) == 2


def test_an_answerer_can_be_asked_again():
    with scripted_llm(GOOD, "لا جواب") as llm:
        model = answerer(llm.url)
        assert not model.answer(QUESTION, PASSAGES).abstained and model.answer(QUESTION, PASSAGES).abstained


@pytest.mark.parametrize(
    ("draft", "shown", "dropped"),
    [
        (GOOD.replace("[2]", "[7]"), 1, 1),  # an invented marker
        (GOOD.replace("10 آلاف", "40 ألف"), 1, 1),  # a wrong number
        (GOOD + " وقال يون إن بلاده «سترد فورًا بكل قوة» [1].", 2, 1),  # an invented quotation
        (GOOD + " وهذا تطور خطير في المنطقة.", 2, 1),  # an opinion without a marker
        ("وفقًا للمقالات المقدمة:\n- " + GOOD, 2, 0),
    ],
)
def test_only_what_is_supported_is_shown(draft, shown, dropped):
    answer = ask(draft)
    assert (len(answer.sentences), answer.dropped) == (shown, dropped)
    assert 0.5 < answer.confidence <= 0.95


# ---------------------------------------------------------------- abstentions


@pytest.mark.parametrize(
    ("draft", "reason", "dropped"),
    [
        ("لا جواب", "not_stated", 0),
        ("«لا جواب».", "not_stated", 0),
        ("NO ANSWER", "not_stated", 0),
        ("لا تذكر المقاطع عدد الجنود الذين أصيبوا.", "not_stated", 1),
        ("أسقطت مصر ثلاث طائرات فوق البحر [1].", "unsupported", 1),
    ],
)
def test_an_abstention_says_why_and_shows_the_nearest_quotes(draft, reason, dropped):
    answer = ask(draft)
    assert (answer.reason, answer.dropped) == (reason, dropped)
    assert answer.sentences == () and answer.citations == ()
    assert answer.nearest[0].quote.startswith("نشرت كوريا الشمالية 12 ألف جندي") and len(answer.nearest) <= 3
    assert answer.confidence < 0.5 and answer.tokens == Tokens(120, 30)


def test_an_english_question_is_refused_in_english():
    answer = ask("NO ANSWER", question="How many tanks were sent?")
    assert answer.text == "The articles do not state an answer to this question."


def test_without_passages_the_llm_is_not_asked():
    with scripted_llm(GOOD) as llm:
        answer = answerer(llm.url).answer(QUESTION, [])
    assert answer.reason == "off_topic" and answer.nearest == () and llm.requests == []


# ---------------------------------------------------------------- failures


@pytest.mark.parametrize(
    ("reply", "said", "requests"),
    [
        (Scripted(status=500), r"failed .*500.*look at its log", 3),
        (Scripted(status=429), r"takes no more requests for now \(429: scripted failure 429, tried 3 times\)", 3),
        (Scripted(status=401), r"refused the key \(401: scripted failure 401\): set ISNAD_LLM_KEY", 1),
        (Scripted(status=404), r"nothing there chats \(404: scripted failure 404\): check the URL", 1),
        (Scripted(status=400), r"failed .*scripted failure 400", 1),
        (Scripted(""), r"answered nothing", 1),
        (Scripted("<think>فكرة</think>"), r"thought, and then answered nothing", 1),
        (Scripted(page="<html>It works!</html>"), r"a web page answered, no LLM: check the URL", 1),
        (Scripted(page="data: 7\n\n"), r"sent what no LLM sends", 1),
        (Scripted(page="data: {\n\n"), r"sent what no LLM sends", 1),
        (Scripted(page='data: {"error": {"message": "out of memory"}}\n\n'), r"failed \(out of memory\)", 1),
        (Scripted(GOOD, cut=True), r"broke off in the middle", 1),
        (Scripted(GOOD[:40], finish="error"), r"broke off in the middle", 1),
        (Scripted(GOOD, finish="length"), r"reached its length limit", 1),
        (Scripted(GOOD, finish="content_filter"), r"withheld its answer", 1),
        (Scripted("خبر " * 262_144, piece=4_000), r"does not stop writing", 1),
        (Scripted("خبر " * 262_144, piece=2_000_000), r"does not stop writing", 1),
    ],
)
def test_a_failure_is_one_clear_line(reply, said, requests):
    with scripted_llm(reply) as llm, pytest.raises(ModelError, match=said) as failure:
        answerer(llm.url).answer(QUESTION, PASSAGES)
    assert len(llm.requests) == requests
    assert "\n" not in str(failure.value) and llm.url in str(failure.value)


def test_a_refusal_that_passes_is_tried_again():
    assert not ask(Scripted(status=429), Scripted(status=503), GOOD).abstained


def test_silence_ends():
    with pytest.raises(ModelError, match=r"did not answer in time.*ISNAD_LLM_TIMEOUT"):
        ask(Scripted(hang=True), timeout_s=0.2)


def test_nobody_there():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(ModelError, match=rf"^No LLM answers at {url}: start it, or set ISNAD_LLM_URL\.$"):
        answerer(url).answer(QUESTION, PASSAGES)


def test_a_proxy_of_the_environment_does_not_see_a_local_llm(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9")
    assert not ask(GOOD).abstained


def test_no_password_of_a_url_is_told():
    with scripted_llm(Scripted(status=500)) as llm:
        url = llm.url.replace("//", "//reader:secret@")
        with pytest.raises(ModelError) as failure:
            answerer(url).answer(QUESTION, PASSAGES)
    assert "secret" not in str(failure.value)


# ---------------------------------------------------------------- building


@pytest.mark.parametrize(
    ("name", "url", "key", "said"),
    [
        ("gpt", "http://localhost/v1", None, "No answerer is called 'gpt'"),
        ("openai/", "http://localhost/v1", None, "No answerer is called"),
        ("openai/m", "localhost:11434", None, "is no address of an LLM: set ISNAD_LLM_URL"),
        ("openai/m", "http://[::1", None, "is no address of an LLM"),
        ("openai/m", "http://localhost:port/v1", None, "is no address of an LLM"),
        ("openai/m", "http://localhost/v1", "مفتاح", "set ISNAD_LLM_KEY again"),
    ],
)
def test_what_cannot_be_built_is_said(name, url, key, said):
    with pytest.raises(ModelError, match=said):
        build_llm(name, url, key, 5)


def test_a_model_in_process_needs_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "llama_index.llms.huggingface", None)
    with pytest.raises(ModelError, match=r"pip install 'isnad\[hf\]'"):
        build_llm("hf/some/model", "", None, 5)


def test_importing_the_answerer_is_light():
    heavy = {"llama_index", "openai", "httpx", "torch"}
    code = f"import sys, assistant.generation.answerer; print({heavy!r} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_nearest_shows_the_closest_sentences_in_order():
    found = nearest("كم بلغ سعر طن القمح في بورصة شيكاغو؟", PRICES_AND_TROOPS)
    assert [citation.n for citation in found] == list(range(1, len(found) + 1)) and len(found) <= 3
    assert found[0].quote == "وبلغ سعر الطن 240 دولارًا في بورصة شيكاغو."
    assert nearest("كم؟", PRICES_AND_TROOPS) == () and nearest("سعر القمح", []) == ()
