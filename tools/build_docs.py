"""Write what pages of the documentation say of the code, and the numbers of the READMEs, between the markers there.

    python tools/build_docs.py          # after a change of a docstring, a command or a table of docs/
    python tools/build_docs.py --check  # exit code 1 and the names of the pages that are not up to date

| page | markers | from |
|---|---|---|
| docs/api.md | api | docstrings |
| docs/cli.md | help | the commands |
| README*.md | numbers, systems | the tables of docs/quality.md and docs/speed.md, which benchmarks/ write |
"""

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_type_hints

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
import report  # noqa: E402
from docstrings import section  # noqa: E402

FIRST = ("tag", "load", "tag_many")
MORE = {
    "What the functions give": (
        "corpus.counts.Counts",
        "corpus.counts.EntityCount",
        "recognition.explanation.Explanation",
        "recognition.explanation.Decision",
        "recognition.explanation.Reason",
        "recognition.explanation.Option",
        "errors.Problem",
    ),
    "The component": ("pipeline.component.TurkmenNer",),
    "Reading and writing": (
        "formats.write",
        "formats.read",
        "formats.read_jsonl",
        "formats.read_conll",
        "formats.read_brat",
        "formats.Format",
        "patterns.shipped.compile_patterns",
    ),
    "Measuring": (
        "corpus.evaluation.read_gold",
        "corpus.evaluation.evaluate",
        "corpus.evaluation.scores",
        "corpus.evaluation.Document",
        "corpus.evaluation.Compared",
        "corpus.evaluation.Score",
    ),
    "Other libraries": (
        "integrations.spark.tag_column",
        "integrations.presidio.analyzer",
        "integrations.presidio.TurkmenRecognizer",
        "integrations.presidio.TurkmenNlpEngine",
        "web.app.create_app",
        "web.app.Settings",
    ),
}


# --- the code ------------------------------------------------------------------------------------------------------


def names() -> str:
    """The public names: those of the package, the most used first; then, by subject, what is reached through them."""
    import turkmen_ner

    others = [name for name in turkmen_ner.__all__ if name not in (*FIRST, "__version__", "formats")]
    parts = [section(f"turkmen_ner.{name}", getattr(turkmen_ner, name)) for name in (*FIRST, *others)]
    for title, paths in MORE.items():
        parts.append(f"## {title}")
        for path in paths:
            module, _, name = path.rpartition(".")
            parts.append(section(f"turkmen_ner.{path}", getattr(import_module(f"turkmen_ner.{module}"), name), level=3))
    return "\n\n".join(parts)


def commands() -> str:
    """The commands with their options."""
    from typer.main import get_command

    from turkmen_ner.cli.app import app

    known: Mapping[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    functions = {each.name or each.callback.__name__: each.callback for each in app.registered_commands}  # type: ignore[union-attr]
    return "\n\n".join(_command(name, known[name], functions[name]) for name in known)


def _command(name: str, command: Any, function: Callable[..., Any]) -> str:
    choices = {key: _choices(hint) for key, hint in get_type_hints(function).items()}
    arguments = [each for each in command.params if not each.opts[0].startswith("-")]
    options = [each for each in command.params if each.opts[0].startswith("-")]
    usage = " ".join(["turkmen-ner", name, "[OPTIONS]", *map(_usage, arguments)])
    rows = [[f"`{_usage(each)}`", _about(each, choices), ""] for each in arguments]
    for each in options:
        spelled = ", ".join(f"`{way}`" for way in [*each.opts, *each.secondary_opts])
        rows.append([spelled, _about(each, choices), _default(each)])
    table = "\n".join(["| | | default |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)])
    return f"### {name}\n\n```text\n{usage}\n```\n\n{_prose(command.help)}\n\n{table}"


def _prose(text: str) -> str:
    """What a command says of itself; its examples are indented."""
    parts, examples = [], []
    for part in [*inspect.cleandoc(text).split("\n\n"), ""]:
        if part.startswith("  "):
            examples += [line.strip() for line in part.splitlines()]
            continue
        if examples:
            parts.append("```text\n" + "\n".join(examples) + "\n```")
            examples = []
        parts.append(" ".join(part.split()))
    return "\n\n".join(filter(None, parts))


def _choices(hint: Any) -> list[str]:
    """The values of an option that has a list of them."""
    kinds = [kind for kind in (hint, *get_args(hint)) if isinstance(kind, type) and issubclass(kind, Enum)]
    return [str(one.value) for kind in kinds for one in kind]


def _usage(argument: Any) -> str:
    shown = (argument.metavar or argument.name.upper()).strip("[]").removesuffix("...")
    shown += "..." if argument.nargs == -1 else ""
    return shown if argument.required else f"[{shown}]"


def _about(each: Any, choices: Mapping[str, Sequence[str]]) -> str:
    some = choices.get(each.name) or []
    about = f"{each.help or ''} {'One of ' + ', '.join(f'`{one}`' for one in some) + '.' if some else ''}"
    return about.strip().replace("|", "\\|")


def _default(each: Any) -> str:
    value = each.default.value if isinstance(each.default, Enum) else each.default
    if isinstance(value, bool):
        return f"`{(each.opts if value else each.secondary_opts)[0]}`" if each.secondary_opts else ""
    return f"`{value}`" if value not in (None, "", [], ()) and each.show_default else ""


# --- the numbers ---------------------------------------------------------------------------------------------------

# A line with numbers in each language; the keys are those of `measured`.
NUMBERS = {
    "README.md": """\
- **{f1}** F1 of persons, places and organisations in {documents} news texts ([how measured]({quality}))
- **{blind}** the same with the names of those texts, but for countries, taken off the lists
- **{speed}** words and signs a second on one core, when every word is new ([more]({speeds}))""",
    "README.tk.md": """\
- **{f1}** F1: {documents} habar tekstindäki adamlar, ýerler we guramalar ([nähili ölçelýär]({quality}))
- **{blind}** şol tekstlerdäki atlar (ýurtlaryňkydan başga) sanawlardan aýrylanda
- **{speed}** söz we belgi bir ýadroda bir sekuntda, her söz täze bolanda ([dolurak]({speeds}))""",
    "README.ru.md": """\
- **{f1}** F1 по персонам, местам и организациям в {documents} новостных текстах ([как измерялось]({quality}))
- **{blind}** то же, если убрать из списков имена этих текстов, кроме стран
- **{speed}** слов и знаков в секунду на одном ядре, когда каждое слово новое ([подробнее]({speeds}))""",
}
HEADS = {
    "README.md": ("system", "precision", "recall", "F1"),
    "README.tk.md": ("ulgam", "takyklyk", "dolulyk", "F1"),
    "README.ru.md": ("система", "точность", "полнота", "F1"),
}
SYSTEMS = ("turkmen_ner", "turkmen_ner, blind")  # ours; the numbers of the first lines are those of these rows
COLD = "cold: tk + turkmen_ner, everything"
PLACES = {"quality": "docs/quality.md", "speeds": "docs/speed.md"}


def rows_of(page: str, markers: str) -> Iterator[list[str]]:
    r"""The rows of all tables between the markers of a page, heads included.

    >>> list(rows_of("<!-- x:start -->\n| a | b |\n|---|--:|\n| c | 1 |\n<!-- x:end -->", "x"))
    [['a', 'b'], ['c', '1']]
    """
    part = page.partition(f"<!-- {markers}:start -->")[2].partition(f"<!-- {markers}:end -->")[0]
    for line in part.splitlines():
        if line.startswith("|") and not line.startswith("|---"):
            yield [cell.strip() for cell in line.strip("| ").split("|")]


def measured() -> tuple[dict[str, str], list[list[str]]]:
    """What the tables say: the numbers by name; the systems with precision, recall and F1.

    RAISES (ValueError): If a row or column is gone.
    """
    quality = (ROOT / PLACES["quality"]).read_text(encoding="utf8")
    head, *rows = rows_of(quality, "systems")
    columns = [head.index(name) for name in ("system", "P", "R", "coarse F1")]
    systems = [[row[k] for k in columns] for row in rows]
    by_name = {row[0]: row[-1] for row in systems}
    speeds = {row[0]: row[1] for row in rows_of((ROOT / PLACES["speeds"]).read_text(encoding="utf8"), "speed")}
    documents = quality.partition("systems.py --write`, ")[2].split(" ")[0]
    if not documents.isdecimal() or not {*SYSTEMS} <= set(by_name) or COLD not in speeds:
        raise ValueError(f"expected the rows {', '.join((*SYSTEMS, COLD))} and a number of documents in the tables")
    f1, blind = (by_name[name] for name in SYSTEMS)
    return {"f1": f1, "blind": blind, "speed": speeds[COLD], "documents": documents, **PLACES}, systems


# --- the pages -----------------------------------------------------------------------------------------------------


def pages() -> dict[Path, str]:
    """Each page as it should be. RAISES (ValueError): If a page has lost its markers."""
    numbers, systems = measured()
    contents: dict[str, dict[str, str]] = {"docs/api.md": {"api": names()}, "docs/cli.md": {"help": commands()}}
    for page, lines in NUMBERS.items():
        contents[page] = {"numbers": lines.format(**numbers), "systems": report.table(HEADS[page], systems)}
    found = {}
    for page, parts in contents.items():
        text = (ROOT / page).read_text(encoding="utf8")
        for markers, content in parts.items():
            new = report.put(text, markers, content)
            if new is None:
                raise ValueError(f"{page}: found no <!-- {markers}:start --> … <!-- {markers}:end -->, expected both")
            text = new
        found[ROOT / page] = text
    return found


def main(argv: Sequence[str]) -> int:
    """Write or check the pages."""
    stale = {page: text for page, text in pages().items() if page.read_text(encoding="utf8") != text}
    for page, text in stale.items():
        print(page.relative_to(ROOT))
        if "--check" not in argv:
            page.write_text(text, encoding="utf8")
    return 1 if stale and "--check" in argv else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
