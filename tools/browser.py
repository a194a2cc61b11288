"""A headless Chromium that is told what to do, by the DevTools protocol over a pipe: no port, no driver, no download.

with Browser() as browser:
    page = browser.open("http://127.0.0.1:8000/")
    page.type("Ol Bengazide boldy.")
    page.evaluate("document.title")
"""

import base64
import itertools
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--force-prefers-reduced-motion",  # a page that still scrolls is clicked beside the place
)  # fmt: skip
KEYS = {
    "Enter": (13, "\r"), "Escape": (27, ""), "Tab": (9, ""), " ": (32, " "), "End": (35, ""), "Home": (36, ""),
    "ArrowLeft": (37, ""), "ArrowUp": (38, ""), "ArrowRight": (39, ""), "ArrowDown": (40, ""),
}  # fmt: skip
SECONDS = 60.0


def find() -> str | None:
    """The path of a Chromium, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """A Chromium with a profile of its own. RAISES (FileNotFoundError): Without a Chromium."""

    def __init__(self) -> None:
        command = find()
        if command is None:
            raise FileNotFoundError(f"expected one of {', '.join(NAMES)} on the path")
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_read, self._out = os.pipe()
        self._in, to_write = os.pipe()
        # the browser reads file 3 and writes file 4; a shell puts the two ends there
        shell = f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}'
        options = [*QUIET, f"--user-data-dir={self.folder.name}/profile", "--remote-debugging-pipe", "about:blank"]
        self.process = subprocess.Popen(
            ["bash", "-c", shell, command, *options],
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._ids = itertools.count(1)
        self._buffer = b""
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> "Browser":
        """Itself."""
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """End the process, and remove its profile."""
        self.process.terminate()
        self.process.wait(SECONDS)
        os.close(self._in)
        os.close(self._out)
        self.folder.cleanup()

    def call(self, method: str, session: str = "", **values: Any) -> dict[str, Any]:
        """What a method of the protocol answers; events that come before are kept. RAISES (RuntimeError)."""
        number = next(self._ids)
        message = {"id": number, "method": method, "params": values} | ({"sessionId": session} if session else {})
        data = memoryview(json.dumps(message).encode() + b"\0")
        while data:
            data = data[os.write(self._out, data) :]
        end = time.monotonic() + SECONDS
        while True:
            answer = self._next(end)
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def _next(self, end: float) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            if not select.select([self._in], [], [], max(0.0, end - time.monotonic()))[0]:
                raise TimeoutError(f"no answer from the browser within {SECONDS:g} seconds")
            part = os.read(self._in, 1 << 16)
            if not part:
                raise RuntimeError("the browser has ended")
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def open(self, address: str, *, width: int = 1000, height: int = 800, dark: bool = False, scale: int = 1) -> "Page":
        """A page, loaded. width, height (int): Its size in CSS pixels. scale (int): Pixels of a picture for each."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        page = Page(self, target, self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.call(f"{domain}.enable")
        page.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        page.call("Emulation.setEmulatedMedia", features=[scheme])
        page.call("Emulation.setLocaleOverride", locale="en-GB")
        page.go(address)
        return page


class Page:
    """A page in a browser."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        self.browser, self.target, self.session = browser, target, session

    def call(self, method: str, **values: Any) -> dict[str, Any]:
        """What a method of the protocol answers for this page."""
        return self.browser.call(method, self.session, **values)

    def go(self, address: str) -> None:
        """Load an address."""
        self.call("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def evaluate(self, script: str) -> Any:
        """The value of an expression in the page, awaited. RAISES (RuntimeError): If it throws."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in done:
            raise RuntimeError(json.dumps(done["exceptionDetails"])[:1000])
        return done["result"].get("value")

    def wait(self, condition: str) -> None:
        """Until an expression is true. RAISES (TimeoutError)."""
        end = time.monotonic() + SECONDS
        while not self.evaluate(f"Boolean({condition})"):
            if time.monotonic() > end:
                raise TimeoutError(f"not true within {SECONDS:g} seconds: {condition}")
            time.sleep(0.02)

    def type(self, text: str) -> None:
        """Put a text where the focus is, as a keyboard with all letters would."""
        self.call("Input.insertText", text=text)

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press and release a key of KEYS."""
        code, text = KEYS[key]
        more = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **more)
        self.call("Input.dispatchKeyEvent", type="keyUp", **more)

    def click(self, selector: str) -> None:
        """Click the middle of the first line of an element with the mouse."""
        place = self.evaluate(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def requests(self) -> list[str]:
        """The addresses that this page has asked for."""
        _ = self.evaluate("0")
        mine = (e for e in self.browser.events if e.get("sessionId") == self.session)
        return [e["params"]["request"]["url"] for e in mine if e["method"] == "Network.requestWillBeSent"]

    def complaints(self) -> list[str]:
        """What stands on the console of the page: errors, and what its content security policy has refused."""
        _ = self.evaluate("0")
        mine = [e for e in self.browser.events if e.get("sessionId") == self.session]
        thrown = [json.dumps(e["params"])[:500] for e in mine if e["method"] == "Runtime.exceptionThrown"]
        return thrown + [e["params"]["entry"]["text"] for e in mine if e["method"] == "Log.entryAdded"]

    def picture(self, path: Path, *, whole: bool = True, most: int = 4000) -> None:
        """Take a picture: of the whole page, or of what is seen. most (int): Its height at most, in CSS pixels."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        values: dict[str, Any] = {}
        if whole:
            clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], most), "scale": 1}
            values = {"captureBeyondViewport": True, "clip": clip}
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png", **values)["data"]))

    def close(self) -> None:
        """Close the page."""
        self.browser.call("Target.closeTarget", targetId=self.target)
