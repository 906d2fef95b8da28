"""Vectors on a real Chroma server on loopback: used, away, slow, restarted empty; each told in one clear line."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from assistant.app import open_assistant
from assistant.settings import Settings
from index.errors import ServerError
from index.storage.deriving import open_for_reading
from index.storage.library import Library
from tests.command_line import failed, isnad

QUESTION = "كم عدد الجنود الكوريين الشماليين في روسيا؟"
BRIEFS = Path(__file__).resolve().parents[3] / "seeds"
STARTS_WITHIN_S = 240


class Server:
    """`chroma run` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._folder, self.url = folder, f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        program = "import sys; from chromadb.cli.cli import app; sys.exit(app())"
        where = ["--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self._port)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, "run", *where], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + STARTS_WITHIN_S
        while True:
            try:
                httpx.get(f"{self.url}/api/v2/heartbeat").raise_for_status()
                return
            except httpx.HTTPError:
                assert self.process.poll() is None and time.monotonic() < deadline, "chroma run did not start"
                time.sleep(0.1)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()

    def restart_empty(self) -> None:
        self.stop()
        shutil.rmtree(self._folder)
        self.start()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("chroma") / "data")
    yield server
    server.stop()


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    yield running
    running.process.send_signal(signal.SIGCONT)
    if running.process.poll() is not None:
        running.start()


@pytest.fixture
def store(tmp_path: Path, server: Server) -> Path:
    done = isnad("index", BRIEFS, "--store", tmp_path / "store", ISNAD_CHROMA=server.url)
    assert done.returncode == 0
    return tmp_path / "store"


def ask(store: Path, url: str) -> subprocess.CompletedProcess[str]:
    return isnad("ask", QUESTION, "--store", store, ISNAD_CHROMA=url)


def test_the_server_keeps_the_vectors_and_answers_are_the_same(store: Path, server: Server, seeds_store: Path) -> None:
    assert not [*store.glob("derived-*/vectors")]
    settings = Settings(store=store, chroma=server.url)
    with open_assistant(settings=settings) as remote, open_assistant(seeds_store) as local:
        assert remote.ask(QUESTION).citations == local.ask(QUESTION).citations
        assert remote._derived.vectors is not None
        assert remote._derived.vectors.count() == remote.library.count()
    done = isnad("doctor", "--store", store, ISNAD_CHROMA=server.url)
    assert done.returncode == 0 and "this machine" in done.stdout and "made anew" not in done.stdout


def test_a_server_that_is_away_costs_the_vectors_and_one_line(store: Path, server: Server) -> None:
    server.stop()
    done = ask(store, server.url)
    assert done.returncode == 0 and "12 ألف جندي" in done.stdout
    (line,) = (line for line in done.stderr.splitlines() if "Chroma" in line)
    assert server.url in line and "بُحث بالكلمات وحدها" in line and "chroma run" in line
    failed(isnad("index", BRIEFS, "--rebuild", "--store", store, ISNAD_CHROMA=server.url), server.url, "chroma run")
    (found,) = (
        f for f in isnad("doctor", "--store", store, ISNAD_CHROMA=server.url).stdout.splitlines() if "FAIL" in f
    )
    assert server.url in found


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_a_slow_answer_does_not_make_the_collection_anew(
    store: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_assistant(settings=Settings(store=store, chroma=server.url)) as assistant:
        assert assistant.ask(QUESTION).notice is None

    def slow(*_: object) -> None:
        raise ServerError("no answer in time")

    with closing(Library.open(store, server.url)) as library:
        kept = library.meta("derived")
        monkeypatch.setattr("index.storage.vectors.VectorIndex.search", slow)
        assert open_for_reading(library).why == "no answer in time"
        assert library.meta("derived") == kept


def test_a_server_that_does_not_answer_in_time_is_told(
    store: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.storage.vectors.SERVER_PATIENCE_S", 1.0)
    with open_assistant(settings=Settings(store=store, chroma=server.url)) as assistant:
        before = assistant.ask(QUESTION)
        server.process.send_signal(signal.SIGSTOP)
        while state(server.process.pid) != "T":
            time.sleep(0.01)
        slow = assistant.ask(QUESTION)
        assert slow.notice is not None and "no answer within 1 s" in slow.notice
        assert slow.citations
        server.process.send_signal(signal.SIGCONT)
        monkeypatch.setattr("index.storage.vectors.SERVER_PATIENCE_S", 60.0)
        after = assistant.ask(QUESTION)
        assert (after.notice, after.citations) == (before.notice, before.citations)


def test_a_server_that_comes_back_empty_is_filled_again(store: Path, server: Server) -> None:
    with open_assistant(settings=Settings(store=store, chroma=server.url)) as assistant:
        before = assistant.ask(QUESTION)
        server.restart_empty()
        after = assistant.ask(QUESTION)  # the chat was open all the while
        assert (after.notice, after.citations) == (None, before.citations)
        assert assistant._derived.vectors is not None
        assert assistant._derived.vectors.count() == assistant.library.count()
    server.restart_empty()
    assert ask(store, server.url).returncode == 0
    assert isnad("doctor", "--store", store, ISNAD_CHROMA=server.url).returncode == 0


def test_a_library_moves_between_the_server_and_its_folder(store: Path, server: Server) -> None:
    assert isnad("doctor", "--store", store).returncode == 0
    assert [*store.glob("derived-*/vectors")]
    assert isnad("doctor", "--store", store, ISNAD_CHROMA=server.url).returncode == 0
    assert not [*store.glob("derived-*/vectors")]


def test_libraries_on_one_server_do_not_meet(store: Path, server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("بدأت الانتخابات البلدية في تونس.")
    other = tmp_path / "other"
    for _ in range(2):  # the rebuild drops what it had before
        done = isnad("index", tmp_path / "a.txt", "--rebuild", "--store", other, ISNAD_CHROMA=server.url)
        assert done.returncode == 0
    for one in (store, other):
        assert isnad("doctor", "--store", one, ISNAD_CHROMA=server.url).returncode == 0
    keys = set()
    for one in (store, other):
        with closing(Library.open(one)) as library:
            keys.add(library.key)
    names = [row["name"] for row in httpx.get(f"{server.url}{COLLECTIONS}").json()]
    assert sorted(name.split("-")[1] for name in names if name.split("-")[1] in keys) == sorted(keys)


COLLECTIONS = "/api/v2/tenants/default_tenant/databases/default_database/collections"


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "ftp://h:1", "http://h:x", "http://h:1/path", "http://me:x@h:1"])
def test_an_address_that_is_none_is_told(seeds_store: Path, address: str) -> None:
    failed(ask(seeds_store, address), "chroma", address)


def test_another_server_than_chroma_is_told(seeds_store: Path, tmp_path: Path) -> None:
    page = subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert page.stdout is not None
    port = page.stdout.readline().split("port ")[1].split()[0]
    try:
        done = isnad("index", BRIEFS, "--store", tmp_path / "s", ISNAD_CHROMA=f"http://127.0.0.1:{port}")
        failed(done, f"127.0.0.1:{port}", "404")
    finally:
        page.kill()
        page.wait()
    assert (tmp_path / "s").exists()
