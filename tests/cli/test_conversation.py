"""Questions that lean on one another: from call to call by a file, and with an LLM that completes them."""

import json
from pathlib import Path

from assistant.app import open_assistant
from assistant.conversation import Conversation
from assistant.settings import Settings
from assistant.types import Turn
from tests.command_line import isnad
from tests.doubles import Scripted, scripted_llm

FIRST = "متى صادق مجلس الدوما على المعاهدة؟"


def test_a_question_goes_on_from_the_one_before_in_the_file(seeds_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    options = ("--conversation", file, "--store", seeds_store)
    first = json.loads(isnad("ask", "--json", *options, FIRST).stdout)
    second = json.loads(isnad("ask", "--json", *options, "وهل كان ذلك بالإجماع؟").stdout)
    assert "understood" not in first
    assert second["question"] == "وهل كان ذلك بالإجماع؟"
    assert "مجلس الدوما" in second["understood"]
    assert "بإجماع الأصوات" in second["answer"]
    assert [json.loads(line)["question"] for line in file.read_text().splitlines()] == [FIRST, second["question"]]
    shown = isnad("ask", *options, "ولماذا؟").stdout
    assert shown.startswith("فُهم السؤال: ")


def test_a_file_that_is_no_conversation_is_one_clear_line(seeds_store: Path, tmp_path: Path) -> None:
    (tmp_path / "no.jsonl").write_text("{]")
    done = isnad("ask", "--conversation", tmp_path / "no.jsonl", "--store", seeds_store, "ولماذا؟")
    assert done.returncode == 1
    assert "no.jsonl: holds no conversation" in done.stderr
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "no.jsonl").read_text() == "{]"
    assert isnad("ask", "--conversation", "x", "--batch", "y", "--store", seeds_store).returncode == 2


def test_an_llm_completes_the_question_and_the_rule_does_where_it_cannot(seeds_store: Path) -> None:
    before = Turn(FIRST, "يوم الخميس")
    whole = "أين صادق مجلس الدوما الروسي على المعاهدة؟"
    for reply, expected in (
        (f"«{whole}»", whole),
        ("لا أدري\nحقا", "أين صادق مجلس الدوما على المعاهدة؟"),
        (Scripted(status=500), "أين صادق مجلس الدوما على المعاهدة؟"),
    ):
        with scripted_llm(reply) as llm:
            settings = Settings(store=seeds_store, llm="openai/scripted", llm_url=llm.url, llm_key="k", verify="words")
            with open_assistant(settings=settings) as assistant:
                assert assistant.completed("وأين كان ذلك؟", before) == expected
                assert FIRST in llm.prompt
                asked = len(llm.requests)
                assert assistant.completed("كم حاوية أرسلتها كوريا الشمالية؟", before) is None
                assert len(llm.requests) == asked  # a question that stands alone costs no call


def test_the_llm_that_completes_a_question_knows_what_was_answered(seeds_store: Path) -> None:
    cited = "صادق مجلس الدوما الروسي يوم الخميس، بإجماع الأصوات، على المعاهدة [1]."
    with scripted_llm(cited, "هل صادق مجلس الدوما على المعاهدة بالإجماع؟", cited) as llm:
        settings = Settings(store=seeds_store, llm="openai/scripted", llm_url=llm.url, llm_key="k", verify="words")
        with open_assistant(settings=settings) as assistant:
            conversation = Conversation(assistant)
            first = conversation.ask(FIRST)
            conversation.ask("وهل كان ذلك بالإجماع؟")
    rewriting = llm.requests[1]["messages"][-1]["content"]
    assert first.sentences and first.sentences[0].text in rewriting


def test_two_readers_never_share_a_conversation(seeds_store: Path) -> None:
    with open_assistant(seeds_store) as assistant:
        one, other = Conversation(assistant), Conversation(assistant)
        one.ask(FIRST)
        assert one.before
        assert other.before is None
        assert other.ask("وأين كان ذلك؟").understood is None
