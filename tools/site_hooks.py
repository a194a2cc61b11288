"""Hooks of mkdocs: pages that stand elsewhere in the repository, links written for it, what the code says of itself."""

import os
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent

# Where a file of the repository stands in the site. A page stays in one place in the repository and is not copied.
PAGES = {
    "README.md": "index.md",
    "patterns/README.md": "patterns.md",
    "patterns/lists/SOURCES.md": "sources.md",
    "seeds/README.md": "seeds.md",
    "gold/README.md": "gold.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "NOTICE": "NOTICE.txt",
    "LICENSE": "LICENSE.txt",
    "examples/quickstart.ipynb": "examples/quickstart.ipynb",
    "examples/larger_pipeline.py": "examples/larger_pipeline.py",
    "examples/spark_job.py": "examples/spark_job.py",
}
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s:#]+)(#[^)\s]*)?\)")
IMAGE = re.compile(r"(!\[[^\]]*\]\()docs/")
HELP, API = "<!-- help -->", "<!-- api -->"


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that stand outside docs/."""
    from mkdocs.structure.files import File

    for source, page in PAGES.items():
        files.append(File.generated(config, page, abs_src_path=str(ROOT / source)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Turn the links of a page into links of the site, and fill in help and docstrings."""
    source = {page: source for source, page in PAGES.items()}.get(page.file.src_uri, f"docs/{page.file.src_uri}")
    markdown = IMAGE.sub(r"\1", markdown) if source == "README.md" else markdown
    for mark, fill in ((HELP, commands), (API, names)):
        if mark in markdown:
            markdown = markdown.replace(mark, fill())
    return relinked(markdown, source, page.file.src_uri)


def relinked(markdown: str, source: str, page: str) -> str:
    """A page with its links for the site; what a link shows stays where the site has no such page.

    A link that shows a path shows the title of the page instead.

    source (str): Where the page stands in the repository. page (str): Where it stands in the site.

    >>> relinked("[patterns](patterns/README.md#names), [a](docs/a.md), [x](seeds/x.txt)", "README.md", "index.md")
    '[patterns](patterns.md#names), [a](a.md), x'
    >>> relinked("[patterns/README.md](../patterns/README.md)", "docs/token-patterns.md", "token-patterns.md")
    '[Patterns: the names and rules, on one page](patterns.md)'
    """

    def link(found: re.Match[str]) -> str:
        shown, target, anchor = found.groups(default="")
        path = os.path.normpath(Path(source).parent / target).replace(os.sep, "/")
        there = PAGES.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else None)
        if there is None:
            return shown
        if shown.endswith(".md"):
            shown = (ROOT / path).read_text(encoding="utf8").partition("\n")[0].removeprefix("# ")
        return f"[{shown}]({os.path.relpath(there, Path(page).parent)}{anchor})"

    return LINK.sub(link, markdown)


def commands() -> str:
    """What each command says with `--help`, as Markdown."""
    from typer.main import get_command
    from typer.testing import CliRunner

    from turkmen_ner.cli.app import app

    parts = []
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        run = CliRunner().invoke(app, [name, "--help"], prog_name="turkmen-ner", terminal_width=78)
        parts.append(f"### {name}\n```text\n{run.output.strip()}\n```\n")
    return "\n".join(parts)


def names() -> str:
    """The public names of the package, for mkdocstrings."""
    import turkmen_ner

    return "\n".join(f"::: turkmen_ner.{name}" for name in turkmen_ner.__all__ if name != "__version__")
