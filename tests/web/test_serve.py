"""The REST service of `turkmen-ner serve`, asked over the loopback address."""

import asyncio
import http.client
import json
import re
import subprocess
import sys
from dataclasses import asdict
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import turkmen_ner
from turkmen_ner.cli import app
from turkmen_ner.corpus.bracket_notation import strip

pytest.importorskip("fastapi", reason="needs the extra `serve`")

from turkmen_ner.web import guard

SEEDS = sorted((Path(__file__).parent.parent.parent / "seeds").glob("[0-9]*.txt"))
TEXT = "Halife Haftar Bengazide boldy."
STRANGE = (
    'Ol </pre><script>alert(1)</script> "Bengazide" \u202eHaftar\u202c \ud800 boldy.\x00 𐐀 Aşgabatda \udc00\ud800.'
)


def test_health(service: Any) -> None:
    labels = ["BODY", "CITY", "COUNTRY", "PERSON", "REGION", "SHIP"]
    assert service.ask("/health").json == {"status": "ok", "version": turkmen_ner.__version__, "labels": labels}


def test_answers_are_those_of_tag(service: Any) -> None:
    texts = [strip(path.read_text(encoding="utf8")) for path in SEEDS]
    assert len(texts) > 10
    wanted = [json.loads(json.dumps(turkmen_ner.tag(text).to_dicts())) for text in texts]
    assert [service.tag(text) for text in texts] == wanted
    results = service.ask("/tag", {"texts": texts}).json["results"]
    assert [result["entities"] for result in results] == wanted
    assert service.ask("/tag", {"texts": []}).json == {"results": []}


def test_offsets_are_characters_in_strange_texts(service: Any) -> None:
    found = service.tag(STRANGE)
    assert {"Bengazide", "Aşgabatda"} <= {e["text"] for e in found}
    assert [STRANGE[e["start"] : e["end"]] for e in found] == [e["text"] for e in found]


def test_explanations_are_those_of_explain(service: Any) -> None:
    wanted = [json.loads(json.dumps(asdict(d))) for d in turkmen_ner.explain(TEXT)]
    assert service.ask("/explain", {"text": TEXT}).json == {"decisions": wanted}
    assert service.ask("/explain", {"text": TEXT, "at": 15}).json["decisions"] == [wanted[1]]
    assert service.ask("/explain", {"text": TEXT, "at": 29}).json["decisions"] == []
    refused = service.ask("/explain", {"text": "a " * 60_000})
    assert (refused.status, refused.json["error"][:53]) == (
        413,
        "120,000 characters are too many, expected at most 100",
    )


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        (b"{", 422, "the body is not well-formed JSON"),
        (b"\xff", 400, "."),
        (b"[" * 100_000, 4, "."),
        (b"", 422, "expected a JSON object"),
        ([], 422, "expected a JSON object"),
        ({}, 422, "expected either text, a string, or texts"),
        ({"text": None}, 422, "text: found NoneType, expected a string"),
        ({"text": 5}, 422, "text: found int, expected a string"),
        ({"text": "a", "texts": []}, 422, "expected either text"),
        ({"texts": "a"}, 422, "texts: .*list"),
        ({"texts": ["a", 5]}, 422, r"texts\.1: found int, expected a string"),
        ({"texts": ["a"] * 1001}, 422, "texts: .*1000"),
        ({"text": "a", "label": "\ud800"}, 422, "label: "),
    ],
)
def test_what_is_wrong_is_said(service: Any, body: object, status: int, says: str) -> None:
    answer = service.ask("/tag", body)
    assert str(answer.status).startswith(str(status))
    assert re.match(says, answer.json["error"])
    assert service.tag(TEXT), "it goes on"


def test_large_texts_are_refused_with_a_sentence(service: Any) -> None:
    letters = service.ask("/tag", {"text": "Ol Mara bardy. " * 40_000})
    assert letters.status == 413
    assert letters.json["error"] == (
        "600,000 characters are too many, expected at most 500,000 characters; see the option --max-chars"
    )
    megabytes = service.ask("/tag", {"text": "a" * 5_000_000})
    assert (megabytes.status, megabytes.json["error"][:33]) == (413, "5,000,012 bytes are too many, exp")
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    parts = (b'{"text": "', *(b"a" * 100_000 for _ in range(50)), b'"}')
    connection.request("POST", "/tag", iter(parts), {"content-type": "application/json"}, encode_chunked=True)
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["error"][:9]) == (413, "5,000,012")
    connection.close()
    split = service.ask("/tag", {"texts": ["a" * 1000] * 501})
    assert split.status == 413


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"host": "127.0.0.1.evil.example:80"}, 421),
        ({"host": "evil.example@127.0.0.1"}, 200),
        ({"host": ""}, 421),
        ({"host": "[::1"}, 421),
        ({"host": "LOCALHOST:1"}, 200),
        ({"host": "[::1]:8000"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "localhost:8000", "origin": "http://localhost:8000"}, 200),
        ({"host": "localhost:8000", "origin": "http://localhost:8001"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": "same-origin"}, 200),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "application/json; charset=utf-8"}, 200),
    ],
)
def test_pages_from_elsewhere_do_not_reach_it(service: Any, headers: dict[str, str], status: int) -> None:
    answer = service.ask("/tag", {"text": TEXT}, **headers)
    assert answer.status == status
    assert ("error" in answer.json) == (status != 200)
    if "host" in headers and status == 421:
        assert service.ask("/", **headers).status == 421
        assert "--allow-host" in answer.json["error"]


@pytest.mark.parametrize("path", ["/", "/docs", "/health", "/static/page.js", "/static/style.css", "/nothing", "/tag"])
def test_headers_of_every_answer(service: Any, path: str) -> None:
    answer = service.ask(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not [key for key in answer.headers if key.startswith("access-control")]
    assert "server" not in answer.headers
    assert answer.status == {"/nothing": 404, "/tag": 405}.get(path, 200)


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/..%2fapp.py", "/static/words.json", "/redoc", "/static/"]
)
def test_no_other_files(service: Any, path: str) -> None:
    assert service.ask(path).status == 404


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.inline = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        if tag == "a":
            self.links.add(given["href"])
        else:
            self.loaded += [given[key] for key in ("src", "href") if key in given]
        assert "style" not in given
        assert not [key for key in given if key.startswith("on")]


def test_the_page_of_the_service_is_whole(service: Any) -> None:
    """Everything of the OpenAPI description stands in it, and nothing is loaded from elsewhere."""
    text = service.ask("/docs").body.decode()
    page = Page(text)
    described = service.ask("/openapi.json").json
    assert {"/tag", "/explain", "/health"} == set(described["paths"])
    assert set(described["components"]["schemas"]) >= {"Entity", "Tagged", "Decision", "TagRequest", "Error"}
    for path in described["paths"]:
        assert f" {path}</code>" in text
    for name, schema in described["components"]["schemas"].items():
        if name not in ("HTTPValidationError", "ValidationError"):
            assert name in page.ids
        for key in schema["properties"]:
            assert f"<code>{key}</code>" in text
    assert {link[1:] for link in page.links if link.startswith("#")} <= page.ids
    assert all(address.startswith("/static/") for address in page.loaded)
    example = described["components"]["schemas"]["TagRequest"]["example"]
    assert service.ask("/tag", example).json["entities"]
    keys = described["components"]["schemas"]["Entity"]["properties"]
    assert set(keys) == set(service.tag(TEXT)[0])
    assert [key for key, value in keys.items() if not value["description"]] == []


def test_settings_reach_every_process(serving: Any, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("label: CITY\npatterns:\n  - {id: awsar, pattern: Awşar}\n", encoding="utf8")
    options = ("--workers", "2", "--labels", "conll", "--patterns", str(mine), "--no-infer", "--max-chars", "60")
    with serving(*options, "--allow-host", "names.example") as service:
        for _ in range(6):
            found = service.tag("Ol Awşarda Nurdan Weliçkony gördi.")
            assert [(e["text"], e["label"]) for e in found] == [("Awşarda", "LOC")]
        assert service.ask("/health", host="names.example").json["labels"] == ["LOC", "MISC", "ORG", "PER"]
        assert service.ask("/health", host="other.example").status == 421
        assert service.ask("/tag", {"text": "a" * 61}).status == 413


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--patterns", "missing.yaml"], "missing.yaml: no such file or folder"),
        (["--port", "99999"], "65535"),
    ],
)
def test_wrong_options(options: list[str], says: str) -> None:
    done = CliRunner().invoke(app, ["serve", *options])
    assert done.exit_code
    assert says in done.stderr


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = CliRunner().invoke(app, ["serve"])
    assert (done.exit_code, done.stderr) == (1, "serve needs uvicorn: pip install 'turkmen_ner[serve]'\n")


NETWORK = """
import sys
import spacy  # which imports urllib3, which tries whether there is IPv6
seen = []
sys.addaudithook(lambda event, args: seen.append(event) if event in ("socket.bind", "socket.connect") else None)
from turkmen_ner.web.app import create_app
create_app()
print(seen)
"""


def test_no_network_before_it_is_started() -> None:
    done = subprocess.run([sys.executable, "-c", NETWORK], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "[]\n")


# --- the guard alone -------------------------------------------------------------------------------------------------


def post(messages: list[dict[str, object]], wait: float = 0.0, **headers: str) -> tuple[int, str]:
    """What a guard answers to a request whose body comes in these messages."""
    sent: list[dict] = []

    async def inner(scope, receive, send) -> None:
        body = (await receive())["body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    async def receive() -> dict[str, object]:
        await asyncio.sleep(wait)
        return messages.pop(0)

    async def send(message) -> None:
        sent.append(message)

    given = {"host": "localhost", "content-type": "application/json", **headers}
    scope = {
        "type": "http",
        "method": "POST",
        "headers": [(key.encode(), value.encode()) for key, value in given.items()],
    }
    asyncio.run(guard.Guard(inner, hosts=["localhost"], characters=1)(scope, receive, send))
    return sent[0]["status"], sent[1]["body"].decode()


def part(body: bytes, more: bool = False) -> dict[str, object]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_comes_in_parts() -> None:
    assert post([part(b"a", True), part(b"b")]) == (200, "ab")


def test_a_body_without_end_is_not_kept_nor_read_for_ever() -> None:
    parts = [part(b"a" * 10_000, True) for _ in range(1000)]
    status, said = post(parts)
    assert (status, "bytes are too many" in said) == (413, True)
    assert 900 < len(parts) < 1000


def test_a_slow_body_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.01)
    assert post([part(b"a")], wait=5)[0] == 408


def test_too_many_at_once_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_WAITING", 0)
    assert post([part(b"a")]) == (503, '{"error": "too many requests at once, try again"}')


@pytest.mark.parametrize("size", ["-1", "x", "9" * 30, "٣"])
def test_a_size_that_is_none_is_not_believed(size: str) -> None:
    assert post([part(b"a")], **{"content-length": size})[0] == 200
