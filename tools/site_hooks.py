"""Hooks of mkdocs: pages that stand elsewhere in the repository, links written for it, pictures for light and dark."""

import json
import os
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent

# Where a file of the repository stands in the site. A page stays in one place in the repository and is not copied.
PAGES = {
    "README.md": "index.md",
    "README.tk.md": "index.tk.md",
    "README.ru.md": "index.ru.md",
    "patterns/README.md": "patterns.md",
    "patterns/lists/SOURCES.md": "sources.md",
    "seeds/README.md": "seeds.md",
    "gold/README.md": "gold.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "NOTICE": "NOTICE.txt",
    "LICENSE": "LICENSE.txt",
    "examples/quickstart.ipynb": "quickstart.md",
}
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s:#]+)(#[^)\s]*)?\)")
PICTURE = re.compile(r'<picture>.*?alt="([^"]*)" src="([^"]+)".*?</picture>', re.DOTALL)
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s:#]+)\)")


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that stand outside docs/."""
    from mkdocs.structure.files import File

    for source, page in PAGES.items():
        if source.endswith(".ipynb"):
            text = notebook(json.loads((ROOT / source).read_text(encoding="utf8")))
            files.append(File.generated(config, page, content=text))
        else:
            files.append(File.generated(config, page, abs_src_path=str(ROOT / source)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Turn the links and pictures of a page into those of the site."""
    source = {page: source for source, page in PAGES.items()}.get(page.file.src_uri, f"docs/{page.file.src_uri}")
    return relinked(pictures(markdown, source), source, page.file.src_uri, config["extra"]["repository"])


def pictures(markdown: str, source: str) -> str:
    """A page with a picture for light pages and one for dark ones wherever a file `NAME-dark.png` says so.

    source (str): Where the page stands in the repository.

    >>> pictures('<picture>…<img alt="A text" src="docs/assets/tagged.png"></picture>', "README.md").split()[1:]
    ['text](assets/tagged.png#only-light)', '![A', 'text](assets/tagged-dark.png#only-dark)']
    """

    def image(found: re.Match[str]) -> str:
        shown, target = found.groups()
        light = ROOT / Path(source).parent / target
        dark = light.with_stem(f"{light.stem}-dark")
        target = target.removeprefix("docs/")
        if not dark.exists():
            return f"![{shown}]({target})"
        return f"![{shown}]({target}#only-light) ![{shown}]({Path(target).with_name(dark.name).as_posix()}#only-dark)"

    return IMAGE.sub(image, PICTURE.sub(r"![\1](\2)", markdown))


def notebook(content: Any) -> str:
    """A notebook with its outputs as Markdown."""
    parts = []
    for cell in content["cells"]:
        source = "".join(cell["source"])
        parts.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
        parts += [output(one) for one in cell.get("outputs", ())]
    return "\n\n".join(parts) + "\n"


def output(shown: Any) -> str:
    """An output of a cell: as a picture, as HTML, or else as text.

    >>> print(output({"data": {"text/plain": ["1", "1"]}}))
    ```text
    11
    ```
    """
    data = {kind: "".join(value) for kind, value in shown.get("data", {"text/plain": shown.get("text", "")}).items()}
    if "image/png" in data:
        return (
            f'<img class="inverted" alt="{data["text/plain"]}" src="data:image/png;base64,{data["image/png"].strip()}">'
        )
    if "text/html" in data:
        return f"<div>{data['text/html']}</div>"
    return f"```text\n{data['text/plain'].rstrip()}\n```"


def relinked(markdown: str, source: str, page: str, repository: str) -> str:
    """A page with its links for the site; a file that has no page there is linked in the repository.

    A link that shows a path shows the title of the page instead.

    source (str): Where the page stands in the repository. page (str): Where it stands in the site.
    repository (str): The address of the repository.

    >>> relinked("[patterns](patterns/README.md#names), [a](docs/a.md), [x](seeds/x.txt)", "README.md", "index.md", "R")
    '[patterns](patterns.md#names), [a](a.md), [x](R/blob/main/seeds/x.txt)'
    >>> relinked("[patterns/README.md](../patterns/README.md)", "docs/token-patterns.md", "token-patterns.md", "R")
    '[Patterns: the names and rules, on one page](patterns.md)'
    """

    def link(found: re.Match[str]) -> str:
        shown, target, anchor = found.groups(default="")
        path = os.path.normpath(Path(source).parent / target).replace(os.sep, "/")
        there = PAGES.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else None)
        if there is None:
            return f"[{shown}]({repository}/{'tree' if (ROOT / path).is_dir() else 'blob'}/main/{path}{anchor})"
        if shown.endswith(".md"):
            shown = (ROOT / path).read_text(encoding="utf8").partition("\n")[0].removeprefix("# ")
        return f"[{shown}]({os.path.relpath(there, Path(page).parent)}{anchor})"

    return LINK.sub(link, markdown)
