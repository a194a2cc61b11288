"""A service that was started by the command, a Chromium, and what both are asked for."""

import contextlib
import http.client
import importlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parent.parent.parent
TOOLS = ROOT / "tools"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Service:
    """A running service."""

    def __init__(self, port: int, process: subprocess.Popen) -> None:
        self.port, self.process = port, process
        self.address = f"http://127.0.0.1:{port}/"

    def ask(self, path: str, body: Any = None, method: str = "", **headers: str) -> Answer:
        """Ask for a path. body: JSON, or bytes as they are. headers: `content_type=…` and the like."""
        given = {key.replace("_", "-"): value for key, value in headers.items()}
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        if data is not None:
            given = {"content-type": "application/json", **given}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method or ("POST" if data is not None else "GET"), path, data, given)
            answer = connection.getresponse()
            found = {key.lower(): value for key, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def tag(self, text: str) -> list[dict[str, Any]]:
        answer = self.ask("/tag", {"text": text})
        assert answer.status == 200, answer.body[:200]
        return answer.json["entities"]


@pytest.fixture(scope="session", name="serving")
def _serving() -> Any:
    """Starts a service: `with serving("--labels", "conll") as service`."""
    for library in ("fastapi", "uvicorn", "jinja2"):
        pytest.importorskip(library, reason="needs the extra `serve`")
    return start


@contextlib.contextmanager
def start(*options: str) -> Iterator[Service]:
    """`turkmen-ner serve` with options, on a free port."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-m", "turkmen_ner.cli", "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        said = ""
        for line in process.stderr:
            said += line
            if found := re.search(r"running on http://127\.0\.0\.1:(\d+)", line):
                break
        else:
            pytest.fail(f"the service did not start: {said}")
        service = Service(int(found[1]), process)
        for _ in range(600):  # worker processes listen later than that is said
            with contextlib.suppress(ConnectionRefusedError):
                service.ask("/health")
                break
            time.sleep(0.1)
        yield service
    finally:
        process.terminate()
        process.wait(60)
        process.stderr.close()


@pytest.fixture(scope="session")
def service(serving: Any) -> Iterator[Service]:
    with serving() as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium, tools/browser.py."""
    if not (TOOLS / "browser.py").exists():
        pytest.skip("needs the tools of the repository")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TOOLS))
        module = importlib.import_module("browser")
        if module.find() is None:
            pytest.skip("no Chromium is installed")
        with module.Browser() as started:
            yield started


# What a reader sees, and whether it can be read: the contrast of each text with what is behind it.
SEEN = """(() => {
  const opaque = element => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$|transparent/.test(color)) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const light = color => {
    const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const parts = color.match(/[\\d.]+/g).slice(0, 3).map(v => linear(v / 255));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const found = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility() || e.closest("script, svg")) continue;
    const [high, low] = [light(getComputedStyle(e).color), light(opaque(e))].sort((a, b) => b - a);
    found.push([e.textContent.trim().slice(0, 40), (high + 0.05) / (low + 0.05)]);
  }
  return found;
})()"""


@pytest.fixture(scope="session")
def contrasts() -> Callable[[Any], list[tuple[str, float]]]:
    """The contrast of each text of a page with what is behind it, by WCAG 2."""
    return lambda page: [(text, ratio) for text, ratio in page.evaluate(SEEN)]
