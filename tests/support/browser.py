"""A headless Chromium, driven by chromedriver over its W3C WebDriver protocol."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler
from urllib.request import Request
from urllib.request import build_opener

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # how the protocol marks a found element
_open = build_opener(ProxyHandler({})).open


class BrowserError(AssertionError):
    """What the browser or a page's script complained of."""


@dataclass(frozen=True)
class Browser:
    """One browser window."""

    session: str

    def open(self, address: str) -> None:
        """Loads a page and waits until it has loaded."""
        _post(f"{self.session}/url", {"url": address})

    def run(self, script: str, *values: object) -> Any:
        """What a script returns; it finds the values in `arguments`."""
        return _post(f"{self.session}/execute/sync", {"script": script, "args": values})

    def click(self, selector: str, place: int = 0) -> None:
        """Clicks an element as a person does: scrolled into view, and only if it is not covered."""
        found = _post(f"{self.session}/elements", {"using": "css selector", "value": selector})
        _post(f"{self.session}/element/{found[place][_ELEMENT]}/click", {})

    def press(self, keys: str, held: str = "") -> None:
        """Presses keys one after the other, `held` down meanwhile; they go where the focus is."""
        actions = [{"type": "keyDown", "value": key} for key in held]
        for key in keys:
            actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        actions += [{"type": "keyUp", "value": key} for key in held]
        keyboard = {"type": "key", "id": "keyboard", "actions": actions}
        _post(f"{self.session}/actions", {"actions": [keyboard]})

    def devtools(self, command: str, **parameters: object) -> Any:
        """A command of the DevTools protocol."""
        return _post(f"{self.session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def resize(self, width: int, height: int = 800) -> None:
        """Makes the window as wide as a phone or a desk's screen."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """A browser with an empty profile in a folder, until the end of the block."""
    driver = subprocess.Popen(
        ["chromedriver", "--port=0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "HOME": str(folder)},
    )
    try:
        session = _start(f"http://127.0.0.1:{_port(driver)}", folder)
        try:
            yield Browser(session)
        finally:
            _send("DELETE", session)
    finally:
        driver.terminate()
        driver.communicate()


def _port(driver: subprocess.Popen[str]) -> int:
    for line in driver.stdout or ():
        if said := re.search(r"started successfully on port (\d+)", line):
            return int(said[1])
    raise BrowserError("chromedriver does not start")


def _start(driver: str, folder: Path) -> str:
    options: dict[str, object] = {"args": [*_FLAGS, f"--user-data-dir={folder / 'profile'}"]}
    if binary := shutil.which("chromium"):
        options["binary"] = binary
    wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
    return f"{driver}/session/{_post(f'{driver}/session', wanted)['sessionId']}"


def _post(address: str, content: object) -> Any:
    return _send("POST", address, json.dumps(content).encode())


def _send(method: str, address: str, content: bytes | None = None) -> Any:
    request = Request(address, content, {"Content-Type": "application/json"}, method=method)
    try:
        with _open(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except HTTPError as refused:
        raise BrowserError(json.load(refused)["value"]["message"]) from None
