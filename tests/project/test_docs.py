"""The documentation does what it says: every block of code in it runs, every link leads somewhere, and the site builds.

A page is run from top to bottom in a folder of its own, in which the folders of the repository can be seen.

- A block with a title (`yaml title="my.yaml"`) is a file: it is written. A Python file is not run as it stands.
- `python`: run, all blocks of a page in one namespace. `yaml`: loaded as a pattern file; a list, as its `patterns`.
- `sh`: each line is a command; `console`: each line after `$ ` is one, the lines below it are what it prints.
- A plain block right below is what the block printed, exactly. `# needs: ray` in the first line: skipped without ray.
- `turkmen-ner` and `python FILE` are run. `make`, `git`, `pip`, `pytest`, and scripts that take minutes or write into
  the repository are not: that their target, extra or path exists is checked.
"""

import contextlib
import doctest
import importlib.util
import io
import os
import re
import shlex
import subprocess
import sys
import threading
from functools import partial
from glob import glob
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import turkmen_ner
from turkmen_ner.cli.app import app

ROOT = Path(__file__).parents[2]
if not (ROOT / "mkdocs.yml").exists():
    pytest.skip("needs the repository", allow_module_level=True)

FOLDERS = ("benchmarks", "docs", "examples", "gold", "patterns", "seeds", "tests", "tools")
PAGES = sorted([*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))])
FENCE = re.compile(r"^(`{3,})([\w-]*)(.*)\n((?:.*\n)*?)\1[ ]*$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)(?: \"[^\"]*\")?\)")
NOT_RUN = {"make", "git", "cd", ".", "source", "pip", "pytest", "mkdocs", "docker"}
SLOW_FOLDERS = ("benchmarks/", "tools/")


class Block(NamedTuple):
    """A fenced block. line (int): That of its fence. output (str): The plain block right below it, if there is one."""

    line: int
    language: str
    title: str
    body: str
    output: str | None

    @property
    def skipped(self) -> bool:
        """Whether it needs a library that is not installed."""
        needs = re.match(r"# needs: (.*)", self.body)
        names = re.split(r"[, ]+", needs[1].strip()) if needs else []
        return any(not importlib.util.find_spec(name) for name in names)


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf8")
    fences = list(FENCE.finditer(text))
    assert len(re.findall(r"^\s*```", text, re.MULTILINE)) == 2 * len(fences), f"{page}: a fence that is not read"
    found = []
    for fence, below in zip_longest(fences, fences[1:]):
        _, language, more, body = fence.groups()
        title = re.search(r'title="(.+?)"', more)
        follows = below is not None and not below[2] and not text[fence.end() : below.start()].strip()
        line = text.count("\n", 0, fence.start()) + 1
        found.append(Block(line, language, title[1] if title else "", body, below[4] if follows else None))
    return found


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Where a page is run: the folders of the repository are there, and the commands are those of this Python."""
    place, bin = tmp_path / "page", tmp_path / "bin"
    for path in (place, bin):
        path.mkdir()
    for each in FOLDERS:
        (place / each).symlink_to(ROOT / each, target_is_directory=True)
    for command, arguments in (("python", ""), ("turkmen-ner", "-m turkmen_ner.cli")):
        script = bin / command
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n', encoding="utf8")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(place)
    return place


@pytest.mark.skipif(sys.platform == "win32", reason="the commands of the pages are those of a POSIX shell")
@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)], ids=name)
def test_blocks(page: Path, folder: Path) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    for block in blocks(page):
        where = f"{name(page)}:{block.line}"
        if block.skipped:
            continue
        if block.title:
            (folder / block.title).parent.mkdir(exist_ok=True)
            (folder / block.title).write_text(block.body, encoding="utf8")
        if block.language == "python" and not block.title:
            printed = run_python(block, where, names)
        elif block.language in ("sh", "console"):
            printed = "".join(run_command(command, expected, where) for command, expected in commands(block))
        else:
            if block.language == "yaml":
                load_patterns(block, folder)
            continue
        assert block.output is None or printed == block.output, where


def run_python(block: Block, where: str, names: dict[str, object]) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile("\n" * block.line + block.body, where, "exec"), names)
    return printed.getvalue()


def load_patterns(block: Block, folder: Path) -> None:
    path = folder / (block.title or f"line-{block.line}.yaml")
    if block.body.startswith("- "):
        path.write_text("patterns:\n" + re.sub("^", "  ", block.body, flags=re.MULTILINE), encoding="utf8")
    elif not block.title:
        path.write_text(block.body, encoding="utf8")
    turkmen_ner.load(patterns=[path])


def commands(block: Block) -> list[tuple[str, str | None]]:
    """The commands of a block, each with what it prints, if the block says so."""
    lines = [line for line in block.body.splitlines() if line.strip() and not line.startswith("#")]
    if block.language == "sh":
        return [(line, None) for line in lines]
    parts = re.split(r"^\$ (.*)\n", block.body, flags=re.MULTILINE)[1:]
    return [(command, output or None) for command, output in zip(parts[::2], parts[1::2], strict=True)]


def run_command(line: str, expected: str | None, where: str) -> str:
    """Run a line of a shell if it is safe, else check what it names. RETURNS (str): What it printed."""
    words = shlex.split(line, comments=True)
    first, *arguments = (word for word in words if not re.fullmatch(r"[A-Z_]+=.*", word))
    if first in NOT_RUN or (first == "python" and not runs(arguments)):
        check_command(first, arguments, where)
        return ""
    assert first in ("turkmen-ner", "python", "echo", "printf", "cat", "mkdir", "head"), f"{where}: {line}"
    run = in_this_process if first == "turkmen-ner" and "|" not in words else in_a_shell
    code, printed, errors = run(line)
    wanted = re.search(r"# exit code (\d)", line)
    assert code == int(wanted[1] if wanted else 0), f"{where}: {line}\n{printed}{errors}"
    assert expected is None or printed == expected, f"{where}: {line}"
    return printed


def in_a_shell(line: str) -> tuple[int, str, str]:
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, encoding="utf8")
    return done.returncode, done.stdout, done.stderr


def in_this_process(line: str) -> tuple[int, str, str]:
    """What the shell does with `turkmen-ner … > file`, without a new process, which takes seconds."""
    words = shlex.split(line, comments=True)[1:]
    words, file = (words[:-2], words[-1]) if ">" in words[-2:] else (words, "")
    done = CliRunner().invoke(app, [name for word in words for name in sorted(glob(word)) or [word]])
    if file:
        Path(file).write_text(done.stdout, encoding="utf8")
    return done.exit_code, "" if file else done.stdout, done.stderr


def runs(arguments: list[str]) -> bool:
    """Whether the arguments of `python` are run: a file that is no slow script, or our own modules."""
    if arguments[0] == "-m":
        return arguments[1].startswith("turkmen_ner")
    return arguments[0] == "-c" or not arguments[0].startswith(SLOW_FOLDERS)


def check_command(first: str, arguments: list[str], where: str) -> None:
    if first == "make":
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf8"), re.MULTILINE)
        assert {word for word in arguments if "=" not in word} <= set(targets), where
    if "install" in arguments:
        project = (ROOT / "pyproject.toml").read_text(encoding="utf8")
        table = project.split("[project.optional-dependencies]")[1].split("\n[")[0]
        extras = {extra for word in arguments for found in re.findall(r"\[(.+)\]", word) for extra in found.split(",")}
        assert extras <= set(re.findall(r"^([\w-]+) =", table, re.MULTILINE)), where
    for word in arguments:
        if "/" in word and word.split("/")[0] in FOLDERS:
            assert (ROOT / word.split("::")[0]).exists(), f"{where}: {word}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf8"))
    targets = [target.split("#")[0] for target in LINK.findall(re.sub(r"`[^`\n]*`", "", text))]
    here = [target for target in targets if target and not re.match(r"https?://|mailto:", target)]
    assert [target for target in here if not (page.parent / target).exists()] == []


# --- the site ------------------------------------------------------------------------------------------------------

NO_NETWORK = """
import socket, sys
def refuse(*_):
    raise OSError("the site is built without the network")
socket.socket.connect = socket.getaddrinfo = refuse
from mkdocs.__main__ import cli
cli(["build", "--strict", "--site-dir", sys.argv[1]])  # --quiet would hide warnings from --strict
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The site, built without the network."""
    for library in ("mkdocs", "material", "mkdocstrings_handlers"):
        pytest.importorskip(library, reason="mkdocs-material and mkdocstrings[python] are not installed")
    place = tmp_path_factory.mktemp("site")
    more = {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-c", NO_NETWORK, str(place)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **more}, capture_output=True, encoding="utf8")
    assert done.returncode == 0, done.stdout + done.stderr
    return place


class Loaded(HTMLParser):
    """What a page loads by itself: `<a>` is only a way to elsewhere."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page.read_text(encoding="utf8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "a":
            self.addresses += [value or "" for key, value in attrs if key in ("src", "href", "srcset", "data")]
        assert ("class", "mermaid") not in attrs  # its script would be fetched


def test_pages_load_nothing_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 15
    for page in pages:
        loaded = [address for address in Loaded(page).addresses if not address.startswith("data:")]
        assert [address for address in loaded if re.match(r"\w+:|//", address)] == [], page
        assert (
            page.name == "404.html"
            or [each for each in loaded if not (page.parent / each.split("?")[0]).exists()] == []
        )
    for style in site.rglob("*.css"):
        assert not re.search(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""", style.read_text(encoding="utf8"))


def test_reference_is_whole(site: Path) -> None:
    api = (site / "api.html").read_text(encoding="utf8")
    assert [each for each in turkmen_ner.__all__ if each[0] != "_" and f'id="turkmen_ner.{each}"' not in api] == []
    assert "<strong>RAISES</strong>" in api
    cli = (site / "cli.html").read_text(encoding="utf8")
    options = {
        f"{each}: {o}" for each, command in get_command(app).commands.items() for p in command.params for o in p.opts
    }
    assert len(options) > 20
    assert [each for each in options if each.split(": ")[1] not in cli] == []


# Searches in the site and tells the server what was found; the image keeps the browser open until then.
SEARCH = """<!DOCTYPE html><iframe src="/index.html?q=ministrliginden"></iframe><img src="/wait"><script>
const look = setInterval(() => {
  const found = document.querySelector("iframe").contentDocument.querySelectorAll(".md-search-result__link");
  const pages = [...found].map(link => new URL(link.href).pathname);
  if (pages.length) { clearInterval(look); fetch("/found" + pages.join(",")); }
}, 100);
</script>"""


def test_search_finds_turkmen_words(site: Path, monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    picture = importlib.import_module("picture")
    if picture.find() is None:
        pytest.skip("no Chromium is installed")
    (site / "search.html").write_text(SEARCH, encoding="utf8")
    found, asked, known = [], [], threading.Event()

    class Server(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/found"):
                found.append(self.path)
                known.set()
            if self.path == "/wait":
                known.wait(60)
            asked.append(self.path)
            super().do_GET()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        nowhere = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        picture.chromium(f"http://127.0.0.1:{server.server_port}/search.html", nowhere, "--dump-dom")
        server.shutdown()
    assert "/search/search_index.json" in asked
    assert "/api.html" in found[0]


@pytest.mark.parametrize("script", ["site_hooks", "docstrings"])
def test_examples_of_the_hooks(script: str, monkeypatch) -> None:
    if script == "docstrings":
        pytest.importorskip("griffe", reason="mkdocstrings[python] is not installed")
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    done = doctest.testmod(importlib.import_module(script))
    assert (done.failed, done.attempted > 0) == (0, True)
