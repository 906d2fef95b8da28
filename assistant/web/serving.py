"""Takes a port and serves on it until interrupted; with several processes, all on the one port."""

import multiprocessing
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from index.errors import InputError, IsnadError
from index.text.lookalikes import steadied

LOOPBACK = ["127.0.0.1", "::1"]
"""From here alone it is believed for whom a proxy asks (`X-Forwarded-For`)."""
MOST_CONNECTIONS = 1_000
"""At a time and process; an open chat holds one."""

Announce = Callable[[str], None]


def listen(host: str, port: int) -> socket.socket:
    """Taken before anything is built, so that a port in use is one clear line. Raises InputError."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((str(address[0]), port), family=family, backlog=MOST_CONNECTIONS)
    except (OSError, OverflowError) as error:
        reason = str(getattr(error, "strerror", None) or error).split(" (")[0].rstrip(".")
        raise InputError(f"Cannot serve on {host}:{port}: {reason}. Try another --host or --port.") from error


def address(host: str, listener: socket.socket) -> str:
    """The URL under which the server is found."""
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"


def run(app: ASGIApp, listener: socket.socket) -> None:
    """Serves an application until interrupted."""
    with suppress(KeyboardInterrupt):
        uvicorn.Server(uvicorn.Config(app, **_options())).run(sockets=[listener])


def run_several(build: Callable[[], ASGIApp], listener: socket.socket, workers: int) -> None:
    """Serves from as many processes, each with what `build` makes in it; it has to bear pickling.

    Raises IsnadError when one of them ends by itself: then the others are ended too, and whoever started all sees it.
    """
    context = multiprocessing.get_context("spawn")
    children = [context.Process(target=_work, args=(build, listener)) for _ in range(workers)]
    before = signal.signal(signal.SIGTERM, _interrupted)  # else the children would outlive a parent that is ended
    try:
        for child in children:
            child.start()
        wait([child.sentinel for child in children])
        raise IsnadError(f"One of the {workers} processes ended by itself; the others were ended. Start them again.")
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
        for child in children:
            if child.pid is not None:
                child.terminate()
                child.join()


def _work(build: Callable[[], ASGIApp], listener: socket.socket) -> None:
    try:
        run(build(), listener)
    except IsnadError as error:
        raise SystemExit(f"isnad: {steadied(str(error))}") from None


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def _options() -> dict[str, Any]:
    # Every open tab holds a connection; without a limit they would hold up the end.
    return {
        "log_level": "warning",
        "timeout_graceful_shutdown": 1,
        "forwarded_allow_ips": LOOPBACK,
        "limit_concurrency": MOST_CONNECTIONS,
    }
