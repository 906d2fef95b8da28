"""A real browser for tests: whichever Chromium is installed, spoken to over its DevTools protocol, without a driver.

https://chromedevtools.github.io/devtools-protocol/ tells the commands.
"""

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
START = 30.0
"""Seconds that a browser may take to start, or to answer."""


def installed() -> str | None:
    """The path of a Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Tab:
    """One page of the browser. `requests` are the addresses that it asked for, `complaints` what its console says."""

    def __init__(self, socket: ClientConnection) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._socket, self._sent = socket, 0
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    _session: str | None = None

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What a command of the protocol gives back; events that come before it are noted."""
        self._sent += 1
        session = {"sessionId": self._session} if self._session else {}
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": parameters} | session))
        while (message := self._read()).get("id") != self._sent:
            pass
        assert "error" not in message, message
        return dict(message["result"])

    def _read(self) -> dict[str, Any]:
        message = json.loads(self._socket.recv(timeout=START))
        about = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(about["request"]["url"])
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded":
                self.complaints.append(json.dumps(about))
        return dict(message)

    def open(self, file: Path, *, width: int, scheme: str = "light", media: str = "") -> None:
        """Show a file in a window of this width, in px."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 500
        )
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)
        self.call("Page.navigate", url=file.as_uri())
        ended = time.monotonic() + START
        while self.run("document.readyState + location.href") != f"complete{file.as_uri()}":
            assert time.monotonic() < ended, "the page did not load"

    def run(self, expression: str) -> Any:
        """The value of an expression in the page."""
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def screenshot(self, file: Path) -> bytes:
        """The whole page as PNG, kept in a file."""
        taken = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        file.write_bytes(base64.b64decode(taken))
        return file.read_bytes()

    def pdf(self, file: Path) -> bytes:
        """The page as it would be printed, kept in a file."""
        file.write_bytes(base64.b64decode(self.call("Page.printToPDF", printBackground=True)["data"]))
        return file.read_bytes()


@contextmanager
def browser(folder: Path) -> Iterator[Tab]:
    """A tab of a browser of its own, whose profile lies in `folder`; it ends with the block."""
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run")
    address = ("--remote-debugging-port=0", f"--user-data-dir={folder}")
    program = installed()
    assert program
    process = subprocess.Popen([program, *options, *address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port, path = _address(folder / "DevToolsActivePort", process)
        with connect(f"ws://127.0.0.1:{port}{path}", max_size=None, proxy=None) as socket:
            yield Tab(socket)
    finally:
        process.terminate()
        process.wait(START)


def _address(file: Path, process: "subprocess.Popen[bytes]") -> tuple[str, str]:
    ended = time.monotonic() + START
    while time.monotonic() < ended:
        assert process.poll() is None, "the browser ended at once"
        if file.exists() and len(lines := file.read_text().splitlines()) == 2:
            return lines[0], lines[1]
        time.sleep(0.05)
    raise AssertionError("the browser did not start")
