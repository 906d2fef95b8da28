"""Shared by all tests: no network but loopback, no user's files, small real libraries in temporary folders."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from index.building import Report, index_paths
from index.static import load_background

# Where a change is landed the examples are always the same; elsewhere new ones are tried.
settings.register_profile("tests", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("tests")

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEEDS = Path(__file__).resolve().parents[1] / "seeds"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection or look-up outside loopback fails the test that makes it."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in _LOOPBACK:
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)  # type: ignore[arg-type]

    def guarded_look_up(host: object, *rest: object, **named: object) -> object:
        if host not in (None, *_LOOPBACK):
            raise AssertionError(f"a test looked up {host}")
        return look_up(host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture(autouse=True)
def no_user_files(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Settings and libraries of whoever runs the tests stay out of them."""
    for name in [name for name in os.environ if name.startswith("ISNAD_")]:
        monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture(scope="session")
def seeds_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the shipped briefs; tests read it and do not write to it."""
    store = tmp_path_factory.mktemp("seeds") / "store"
    index_paths(store, [SEEDS], load_background())
    return store


@pytest.fixture
def add(tmp_path: Path) -> Iterator[Callable[..., Report]]:
    """Indexes paths into `tmp_path / "store"` with the shipped encoder."""

    def run(*paths: Path, **options: bool) -> Report:
        return index_paths(tmp_path / "store", list(paths), load_background(), **options)

    yield run
