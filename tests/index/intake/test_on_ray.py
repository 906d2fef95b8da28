"""`isnad index --ray`: the same library bit for bit, and one clear line where workers cannot be had or break down."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from index.building import index_paths
from index.errors import WorkerError
from index.intake import on_ray
from index.static import load_background
from index.storage.deriving import open_for_reading
from index.storage.library import FILE, Library
from tests.command_line import COMMAND, failed, isnad, isnad_process
from tests.index.formats.documents import zipped
from tests.index.intake.odd_encoders import DEADLY, Deadly, refused, sound
from tests.index.test_building import rows

with_ray = pytest.mark.skipif(not os.environ.get("TRY_RAY"), reason="make try-ray")
ON_LOOPBACK = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_USAGE_STATS_ENABLED": "0"}
STARTS_WITHIN_S = 240
TABLES = ("articles", "origins", "originals", "passages")


@pytest.fixture(scope="module")
def ray() -> Iterator[None]:
    with on_ray.ray_workers("", sound, ""):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of everything: files that need a process of their own, texts that do not, copies, damaged ones."""
    folder = tmp_path / "articles"
    (folder / "below").mkdir(parents=True)
    sentence = "أعلنت الوزارة نتائج التقرير رقم {} عن المدارس في المدينة. وقال الوزير إن العدد بلغ {} طالبًا."
    rows(folder / "rows.jsonl", *(sentence.format(n, n * 7) for n in range(80)), source="وكالة")
    for n in range(3):
        (folder / "below" / f"{n}.txt").write_text(f"الخبر رقم {n}\n\n" + sentence.format(n, n) * 9)
    (folder / "page.html").write_text(f"<title>صفحة</title><article><p>{sentence.format(5, 5) * 4}</p></article>")
    (folder / "news.zip").write_bytes(zipped({"a.md": "# عنوان\n\nنص الخبر الأول.", "b.txt": "نص الخبر الثاني."}))
    (folder / "torn.pdf").write_bytes(b"%PDF-1.7\n...")
    (folder / "none.txt").write_bytes(b"\xff")
    for name in ("one", "two"):
        rows(folder / f"{name}.json", "نص منقول في ملفين.", title=f"عنوان {name}", source="صحيفة")
    return folder


def kept(store: Path) -> dict[str, list[Any]]:
    """Every row as it is stored, in the order of writing; the vectors of the index are those of the rows."""
    with closing(Library.open(store)) as library:
        derived = open_for_reading(library, read_all=True)
        assert derived.vectors is not None and derived.count() == library.count()
        assert all(derived.vectors.holds(*batch) for batch in library.batches(500))
        derived.close()
    with closing(sqlite3.connect(store / FILE)) as database:
        return {name: database.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in TABLES}


def spread(load: Any = sound, name: str = "") -> on_ray.Workers:
    return on_ray.Workers(load, name)


@with_ray
def test_the_library_is_the_same_bit_for_bit(folder: Path, tmp_path: Path, ray: None) -> None:
    def agree() -> None:
        here = index_paths(tmp_path / "here", [folder], load_background())
        assert index_paths(tmp_path / "there", [folder], load_background(), spread=spread()) == here
        assert here.new + here.changed + here.removed and here.failed == 3
        assert kept(tmp_path / "here") == kept(tmp_path / "there")

    agree()
    (folder / "below" / "0.txt").unlink()
    (folder / "below" / "1.txt").write_text("صار الخبر خبرًا آخر.")
    (folder / "one.json").unlink()  # what is left is named by the other file
    (folder / "new.md").write_text("# جديد\n\nهذا خبر جديد.")
    agree()


@with_ray
def test_workers_embed_what_the_writer_stores(folder: Path, tmp_path: Path, ray: None) -> None:
    class Idle:
        name, dimensions, weight = load_background().name, load_background().dimensions, 1.0

        def encode(self, texts: list[str], *, is_question: bool = False) -> Any:
            assert not texts
            return load_background().encode(texts)

    (folder / "two.json").unlink()
    assert index_paths(tmp_path / "store", [folder], Idle(), spread=spread()).new == 87 - 1


@with_ray
def test_a_worker_that_is_lost_once_costs_nothing(folder: Path, tmp_path: Path, ray: None) -> None:
    (folder / "z.txt").write_text(f"هنا {DEADLY} في الخبر.")
    index_paths(tmp_path / "here", [folder], load_background())
    mark = tmp_path / "was here"
    index_paths(tmp_path / "there", [folder], load_background(), spread=spread(Deadly, str(mark)))
    assert mark.exists()
    assert kept(tmp_path / "here") == kept(tmp_path / "there")


@with_ray
@pytest.mark.parametrize(("load", "told"), [(Deadly, "Ray's workers failed"), (refused, "No model m on this machine.")])
def test_workers_that_break_down_are_told_and_what_was_written_is_kept(
    folder: Path, tmp_path: Path, ray: None, load: Any, told: str
) -> None:
    store, name = tmp_path / "store", "m" if load is refused else ""
    index_paths(store, [folder], load_background())
    before = kept(store)
    (folder / "z.txt").write_text(f"هنا {DEADLY} في الخبر.")
    with pytest.raises(WorkerError, match=told) as error:
        index_paths(store, [folder], load_background(), spread=spread(load, name))
    assert str(error.value).endswith("What was written is kept; run the same command to go on.")
    assert "\n" not in str(error.value)
    assert kept(store) == before
    assert index_paths(store, [folder], load_background()).new == 1


@pytest.fixture
def cluster() -> Iterator[str]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--head", "--block", "--include-dashboard=false", "--num-cpus=2", "--object-store-memory=100000000"]
    with TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as folder:  # short: it holds sockets
        head = subprocess.Popen(
            [sys.executable, "-m", "ray.scripts.scripts", "start", f"--port={port}", f"--temp-dir={folder}", *options],
            env={**os.environ, **ON_LOOPBACK},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        yield f"127.0.0.1:{port}"
        os.killpg(head.pid, signal.SIGKILL)
        head.wait()


@with_ray
def test_the_workers_of_a_cluster_read_too(folder: Path, tmp_path: Path, cluster: str) -> None:
    def run(store: str, *options: str) -> str:
        paths = ["articles/below", "-", "articles"]
        done = isnad_process(
            "index", *options, *paths, "--store", tmp_path / store, stdin="خبر من الأنبوب.", cwd=tmp_path, **ON_LOOPBACK
        )
        assert done.returncode == 1  # for what cannot be read
        return done.stdout + done.stderr

    deadline = time.monotonic() + STARTS_WITHIN_S
    while "Ray" in (told := run("there", "--ray", cluster)):
        assert time.monotonic() < deadline, told
    assert told == run("here")
    assert kept(tmp_path / "here") == kept(tmp_path / "there")


@with_ray
def test_a_ray_of_our_own_is_heard_on_this_machine_alone_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil")
    texts = (f"أعلنت الوزارة نتائج التقرير رقم {n} عن المدارس. وبلغ العدد {n * 7} طالبًا." for n in range(4_000))
    file, store = rows(tmp_path / "many.jsonl", *texts), tmp_path / "store"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    command = [*COMMAND, "index", str(file), "--ray", "--store", str(store)]
    pipe = subprocess.PIPE
    run = subprocess.Popen(command, env=environment, start_new_session=True, stdout=pipe, stderr=pipe, text=True)
    while not stored(store):
        assert run.poll() is None
        time.sleep(0.05)
    others = psutil.Process(run.pid).children(recursive=True)
    heard = [c.laddr.ip for p in others for c in p.net_connections("tcp") if c.status == psutil.CONN_LISTEN]
    assert heard and {ip.removeprefix("::ffff:") for ip in heard} == {"127.0.0.1"}
    os.killpg(run.pid, signal.SIGINT)
    out, told = run.communicate()
    assert (run.returncode, out, len(told.splitlines())) == (1, "", 1) and "Interrupted" in told
    assert not psutil.wait_procs(others, timeout=60)[1]
    kept = stored(store)
    assert 0 < kept < 4_000
    assert isnad("index", file, "--store", store).stdout.startswith(
        f"articles: {4_000 - kept} new, 0 changed, {kept} same"
    )


def stored(store: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{store / FILE}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # not yet


@with_ray
def test_an_address_where_no_ray_answers_is_told(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_ray, "PATIENCE_S", 2.0)
    failed(
        isnad("index", folder, "--ray=127.0.0.1:1", "--store", tmp_path / "s", **ON_LOOPBACK),
        "127.0.0.1:1",
        "ray start --head",
    )
    assert not (tmp_path / "s").exists()


def test_without_the_extra_one_line_names_it(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    for where in ([], ["10.0.0.5:6379"]):
        failed(isnad("index", "--ray", *where, folder, "--store", tmp_path / "s"), "pip install 'isnad[ray]'")
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize("address", ["here", "http://127.0.0.1:6379", "ray://127.0.0.1:10001", "127.0.0.1:"])
def test_what_is_no_address_is_wrong_usage(folder: Path, tmp_path: Path, address: str) -> None:
    done = isnad("index", folder, f"--ray={address}", "--store", tmp_path / "s")
    assert done.returncode == 2 and address in done.stderr
    assert not (tmp_path / "s").exists()
