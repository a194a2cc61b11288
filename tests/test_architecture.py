"""The rooms of the house: a part imports only those before it, and no file, in whatever way, itself through others."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "turkmen_ner"
LAYERS = (
    "_version", "errors", "display", "vocab_lock", "orthography", "morphology", "lang", "gazetteer", "patterns",
    "recognition", "entity", "codecs", "tagged", "formats", "pipeline", "api", "corpus", "authoring", "integrations",
    "web", "cli",
)  # fmt: skip
RANK = {part: rank for rank, part in enumerate(LAYERS)}
FILES = {
    ".".join(("turkmen_ner", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}


def imported(name: str, source: str, is_package: bool = False) -> Iterator[tuple[str, int]]:
    """The modules of the package that a module imports, wherever in it, with the line.

    >>> list(imported("turkmen_ner.api", "def f():\\n    from turkmen_ner.patterns import files"))
    [('turkmen_ner.patterns.files', 2)]
    >>> list(imported("turkmen_ner.codecs.brat", "from . import html\\nfrom turkmen_ner import tag"))
    [('turkmen_ner.codecs.html', 1), ('turkmen_ner', 2)]
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            wanted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = name.split(".")
                parents = parents[: len(parents) - node.level + is_package]
                base = ".".join([*parents, *([node.module] if node.module else [])])
            wanted = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        for found in wanted:
            if found.split(".")[0] == "turkmen_ner":
                while found not in FILES:  # a name in a module
                    found = found.rpartition(".")[0]
                yield found, node.lineno


IMPORTS = {
    name: list(imported(name, path.read_text("utf8"), path.name == "__init__.py")) for name, path in FILES.items()
}


def part(name: str) -> str:
    return name.split(".")[1] if "." in name else "__init__"


def test_every_part_has_its_place():
    assert {part(name) for name in FILES} - {"__init__"} <= set(LAYERS)


def test_no_part_imports_a_later_one():
    wrong = [
        f"{name}:{line} imports {other}"
        for name, found in IMPORTS.items()
        if name != "turkmen_ner"  # hands on the public names
        for other, line in found
        if RANK.get(part(other), len(RANK)) > RANK[part(name)]
    ]
    assert wrong == []


@pytest.mark.parametrize("start", [name for name in FILES if name != "turkmen_ner"])
def test_no_circles(start):
    """No file imports itself through others; the folder's own __init__ counts as one of them."""
    ways = {start: [start]}
    queue = [start]
    while queue:
        name = queue.pop()
        for other, _ in IMPORTS[name]:
            assert other != start, " -> ".join([*ways[name], start])
            if other not in ways and other != "turkmen_ner":
                ways[other] = [*ways[name], other]
                queue.append(other)


def test_few_files_lie_flat():
    assert len(list(ROOT.glob("*.py"))) <= 14
