"""The documentation does what it says: every block of code in it runs, every link leads somewhere, and the site builds.

A page is run from top to bottom in a folder of its own, in which the folders of the repository can be seen.

- A block with a title (`yaml title="my.yaml"`) is a file: it is written. A Python file is not run as it stands.
- `python`: run, all blocks of a page in one namespace. `yaml`: loaded as a pattern file; a list, as its `patterns`.
- `sh`: each line is a command; `console`: each line after `$ ` is one, the lines below it are what it prints.
- A plain block right below is what the block printed, exactly, but for the lines of pattern files.
  `# needs: ray` in its first line: skipped without ray.
- `turkmen-ner` and `python FILE` are run. `make`, `git`, `pip`, `pytest`, and scripts that take minutes or write into
  the repository are not: that their target, extra or path exists is checked.
"""

import contextlib
import doctest
import html
import importlib.util
import io
import json
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
from types import ModuleType
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
NOT_RUN = {"make", "git", "cd", ".", "source", "pip", "python3", "pytest", "mkdocs", "docker"}
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
        assert block.output is None or unnumbered(printed) == unnumbered(block.output), where


def unnumbered(text: str) -> str:
    """Without the line of an entry in its file, which moves with every entry added above."""
    return re.sub(r"(?<=\.yaml:)\d+", "N", text)


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
    assert expected is None or unnumbered(printed) == unnumbered(expected), f"{where}: {line}"
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
    for library in ("mkdocs", "material"):
        pytest.importorskip(library, reason="mkdocs-material is not installed")
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
            or [each for each in loaded if not (page.parent / re.split("[?#]", each)[0]).exists()] == []
        )
    for style in site.rglob("*.css"):
        assert not re.search(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""", style.read_text(encoding="utf8"))


def test_pictures_suit_light_and_dark_pages(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf8")
    assert re.findall(r'src="assets/(tagged[^"]*)"', home) == ["tagged.png#only-light", "tagged-dark.png#only-dark"]


def test_notebook_is_a_page_with_what_its_cells_show(site: Path) -> None:
    page = (site / "quickstart.html").read_text(encoding="utf8")
    for part in ('<mark class="entity"', "<table", "data:image/png;base64,", "merdan-orazow"):
        assert part in page


def test_files_without_a_page_are_linked_in_the_repository(site: Path) -> None:
    address = "https://github.com/OWNER/turkmen_ner"
    entry = json.loads((ROOT / "docs" / "universe.json").read_text(encoding="utf8"))
    assert address.endswith(entry["github"])
    page = (site / "pipeline.html").read_text(encoding="utf8")
    assert f'href="{address}/blob/main/examples/larger_pipeline.py"' in page
    assert f'href="{address}"' in page


def test_search_knows_whole_turkmen_words(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf8"))
    assert index["config"]["pipeline"] == []
    text = " ".join(part["title"] + " " + part["text"] for part in index["docs"])
    words = {
        word.lower() for word in re.split(index["config"]["separator"], re.sub("<[^>]*>", " ", html.unescape(text)))
    }
    assert {"şäherçesi", "çykdy", "bengazide", "türkmençe", "türkiýäniň", "nyň", "on"} <= words
    assert [word for word in words if re.search(r"[\s(),.:;«»“”']", word)] == []


# Searches in the site and tells the server what was found; the image keeps the browser open until then.
SEARCH = """<!DOCTYPE html><meta charset="utf-8"><iframe src="/index.html?q={word}"></iframe><img src="/wait"><script>
const look = setInterval(() => {
  const found = document.querySelector("iframe").contentDocument.querySelectorAll(".md-search-result__link");
  const pages = [...found].map(link => new URL(link.href).pathname);
  if (pages.length) { clearInterval(look); fetch("/found" + pages.join(",")); }
}, 100);
</script>"""


@pytest.mark.parametrize(("word", "page"), [("ministrliginden", "api"), ("çykdy", "tutorial"), ("şäherçesi", "labels")])
def test_search_finds_turkmen_words(site: Path, monkeypatch, word: str, page: str) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    picture = importlib.import_module("picture")
    if picture.find() is None:
        pytest.skip("no Chromium is installed")
    (site / "search.html").write_text(SEARCH.replace("{word}", word), encoding="utf8")
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
    assert f"/{page}.html" in found[0]


@pytest.mark.parametrize("script", ["site_hooks", "docstrings", "build_docs"])
def test_examples_of_the_tools(script: str, monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    done = doctest.testmod(importlib.import_module(script))
    assert (done.failed, done.attempted > 0) == (0, True)


# --- pages that are written by a script ----------------------------------------------------------------------------


@pytest.fixture
def build_docs(monkeypatch) -> ModuleType:
    pytest.importorskip(
        "presidio_analyzer", reason="needs presidio-analyzer and pyspark, whose parts are documented, too"
    )
    pytest.importorskip("pyspark", reason="needs pyspark")
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return importlib.import_module("build_docs")


def test_pages_are_up_to_date(build_docs: ModuleType) -> None:
    """`python tools/build_docs.py` writes them."""
    stale = [page.name for page, text in build_docs.pages().items() if page.read_text(encoding="utf8") != text]
    assert stale == []


def test_a_changed_number_is_seen(build_docs: ModuleType, monkeypatch) -> None:
    numbers, systems = build_docs.measured()
    monkeypatch.setattr(build_docs, "measured", lambda: ({**numbers, "f1": "0.001"}, systems))
    monkeypatch.setattr(build_docs, "names", lambda: "")
    changed = build_docs.pages()
    assert [name for name in build_docs.NUMBERS if "**0.001**" not in changed[ROOT / name]] == []
    assert build_docs.main(["--check"]) == 1


API = (ROOT / "docs" / "api.md").read_text(encoding="utf8")
DOCUMENTED = re.findall(r'^<a id="(turkmen_ner\.[\w.]+)"></a>$', API, re.MULTILINE)


def test_reference_has_the_public_names_with_the_most_used_first() -> None:
    assert DOCUMENTED[:2] == ["turkmen_ner.tag", "turkmen_ner.load"]
    assert {f"turkmen_ner.{each}" for each in turkmen_ner.__all__} - set(DOCUMENTED) <= {
        "turkmen_ner.__version__", "turkmen_ner.formats",
    }  # fmt: skip
    assert "turkmen_ner.pipeline.component.TurkmenNer" in DOCUMENTED
    assert "- **RAISES** (" in API


def test_reference_has_the_classes_that_public_functions_give() -> None:
    signatures = " ".join(re.findall(r"^```py\n(.*?)^```$", API, re.MULTILINE | re.DOTALL))
    results = {word for kind in re.findall(r"-> (.*)", signatures) for word in re.findall(r"[A-Z]\w+", kind)}
    documented = {path.rpartition(".")[2] for path in DOCUMENTED}
    theirs = {"Language", "Iterator", "None", "DataFrame", "Column", "AnalyzerEngine", "Any", "Guard"}
    assert results - documented <= theirs


def test_reference_has_what_the_pages_import() -> None:
    used = set()
    for page in PAGES:
        if page.name not in ("CONTRIBUTING.md", "CHANGELOG.md"):
            for module, names in re.findall(
                r"^from (turkmen_ner[\w.]*) import (.+)$", page.read_text("utf8"), re.MULTILINE
            ):
                used |= {f"{module}.{each.strip()}" for each in names.split(",")}
    last = {path.rpartition(".")[2] for path in DOCUMENTED} | {"formats"}
    assert {path for path in used if path.rpartition(".")[2] not in last} == set()


def test_commands_are_whole() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf8")
    sections = dict(re.findall(r"^### (\w+)\n(.*?)(?=^### |^<!-- help:end)", page, re.MULTILINE | re.DOTALL))
    options = {(each, way) for each, one in get_command(app).commands.items() for p in one.params for way in p.opts}
    assert len(options) > 20
    assert [(each, way) for each, way in options if way.startswith("-") and f"`{way}`" not in sections[each]] == []


READMES = [ROOT / name for name in ("README.md", "README.tk.md", "README.ru.md")]


def test_readmes_say_the_same_in_each_language() -> None:
    def outline(page: Path) -> list[object]:
        text = page.read_text(encoding="utf8")
        code = [(each.language, each.title, re.sub(r"#.*", "", each.body)) for each in blocks(page)]
        targets = [target for target in LINK.findall(FENCE.sub("", text)) if not target.startswith("README")]
        return [len(re.findall("^## ", text, re.MULTILINE)), len(re.findall("^- ", text, re.MULTILINE)), code, targets]

    first, *others = map(outline, READMES)
    for other in others:
        assert other == first
