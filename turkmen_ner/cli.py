"""The command `turkmen-ner`: tag texts, check pattern files, explain a decision."""

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from turkmen_ner import __version__

if TYPE_CHECKING:
    from turkmen_ner.tagged import TaggedText

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Named-entity recognition for Turkmen: persons, places, organisations and ships, in every inflection.",
)

STDIN = "-"


class Format(str, Enum):
    """What `tag` prints."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


class Labels(str, Enum):
    """Label schemes."""

    turkmen = "turkmen"
    ontonotes = "ontonotes"
    conll = "conll"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"turkmen-ner {__version__}")
        raise typer.Exit


def _fail(message: str) -> typer.Exit:
    """Say what is wrong on standard error; exit code 1."""
    typer.echo(message, err=True)
    return typer.Exit(1)


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


Patterns = Annotated[
    list[Path] | None,
    typer.Option("--patterns", "-p", help="Pattern file or folder besides the shipped ones; may be repeated."),
]
Lenient = Annotated[bool, typer.Option("--lenient", help="Text typed without the diacritics of Turkmen.")]
Infer = Annotated[bool, typer.Option("--infer/--no-infer", help="Also find names that are on no list.")]


@app.command()
def tag(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILES", help="Text files in UTF-8; - or none for standard input."),
    ] = None,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="A table, one JSON document, or one JSON line a file.")
    ] = Format.table,
    patterns: Patterns = None,
    labels: Annotated[
        Labels, typer.Option("--labels", help="Label scheme of the output.", show_default=True)
    ] = Labels.turkmen,
    infer: Infer = True,
    lenient: Lenient = False,
    notation: Annotated[
        bool, typer.Option("--notation", help="The text is in bracket notation (seeds/): tag it without its brackets.")
    ] = False,
) -> None:
    """Find the names of texts.

    For example:

      turkmen-ner tag article.txt

      echo "Ol Bengazide boldy." | turkmen-ner tag --format jsonl

      turkmen-ner tag --patterns my.yaml --labels ontonotes *.txt
    """
    from turkmen_ner.api import tag as tag_text

    names = files or [STDIN]
    texts = [(name, _text(name, notation)) for name in names]  # all are read before the first is tagged
    nlp = _load(patterns, infer, labels.value, lenient)
    found = ((name, tag_text(text, nlp=nlp)) for name, text in texts)
    if format is Format.json:
        typer.echo(json.dumps([_document(name, tagged) for name, tagged in found], ensure_ascii=False, indent=2))
    elif format is Format.jsonl:
        for name, tagged in found:
            typer.echo(json.dumps(_document(name, tagged), ensure_ascii=False))
    else:
        width = shutil.get_terminal_size((120, 24)).columns
        for number, (name, tagged) in enumerate(found):
            if len(texts) > 1:
                typer.echo(f"{chr(10) if number else ''}{name}")
            for line in table(COLUMNS, [_row(entity) for entity in tagged.to_dicts()], width):
                typer.echo(line)


@app.command()
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="YAML files, lists or folders; none for the shipped patterns.")
    ] = None,
    shipped: Annotated[
        bool, typer.Option("--shipped/--no-shipped", help="Check them together with the shipped patterns.")
    ] = True,
) -> None:
    """Are pattern files well made? Exit code 1 if there is an error; warnings do not count.

    For example:

      turkmen-ner check

      turkmen-ner check my.yaml
    """
    from turkmen_ner.check import check as check_paths

    problems = check_paths(paths or (), shipped=shipped)
    for problem in problems:
        typer.echo(str(problem))
    errors = sum(problem.error for problem in problems)
    typer.echo(f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}", err=bool(problems))
    raise typer.Exit(1 if errors else 0)


@app.command()
def explain(
    text: Annotated[list[str], typer.Argument(help="A text, or - for standard input.")],
    patterns: Patterns = None,
    infer: Infer = True,
) -> None:
    """Why is a name found or rejected? Entries and rules with file and line, and the points they gave.

    For example:

      turkmen-ner explain "Ibrahim Kalyn Bengazide boldy."

      turkmen-ner explain --patterns my.yaml "Ol Marydan geldi."
    """
    from turkmen_ner.api import explain as explain_text

    given = _text(STDIN, False) if text == [STDIN] else " ".join(text)
    typer.echo(str(explain_text(given, nlp=_load(patterns, infer, Labels.turkmen.value))))


def _load(patterns: Sequence[Path] | None, infer: bool, labels: str, lenient: bool = False) -> Any:
    from turkmen_ner.api import load
    from turkmen_ner.rules import PatternError

    missing = [path for path in patterns or () if not path.exists()]
    if missing:
        raise _fail(f"{missing[0]}: no such file or folder")
    try:
        paths = [str(path) for path in patterns or ()]
        spelling = "lenient" if lenient else "strict"
        return load(patterns=paths, infer=infer, labels=labels, spelling=spelling)
    except PatternError as error:
        raise _fail(str(error)) from None


def _text(name: str, notation: bool) -> str:
    """The text of a file or of standard input."""
    shown = "standard input" if name == STDIN else name
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fail(f"{shown}: byte {error.start} is not UTF-8, expected a text file in UTF-8") from None
    except OSError as error:
        raise _fail(f"{shown}: cannot be read ({error.strerror}), expected a text file in UTF-8") from None
    if not notation:
        return text
    from turkmen_ner.notation import strip

    try:
        return strip(text)
    except ValueError as error:
        raise _fail(f"{shown}: {error}") from None


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


# --- forms of output -----------------------------------------------------------------------------------------------

COLUMNS = ("text", "label", "name", "case", "id", "source")


def _row(entity: dict[str, Any]) -> list[str]:
    """The cells of an entity; the source without the id, which has a column."""
    short = entity | {"source": entity["source"].removesuffix(f" {entity['id']}")}
    return [" ".join(str(short[column]).split()) for column in COLUMNS]


def _document(name: str, tagged: "TaggedText") -> dict[str, Any]:
    return {"file": name, "text": tagged.text, "entities": tagged.to_dicts()}


def table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Lines of aligned columns, no wider than `width`: the widest columns are cut, down to eight characters each.

    >>> for line in table(["text", "label"], [["Bengazide", "CITY"], ["Halife Haftar", "PERSON"]], 40):
    ...     print(line)
    text           label
    Bengazide      CITY
    Halife Haftar  PERSON
    >>> list(table(["text", "label"], [["Halife Haftar", "PERSON"]], 17))[1]
    'Halife H…  PERSON'
    """
    lines = [list(head), *map(list, rows)]
    widths = [max(_width(line[k]) for line in lines) for k in range(len(head))]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    for line in lines:
        cells = (_fitted(cell, columns) for cell, columns in zip(line, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) == "Cf"
        else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def _fitted(text: str, columns: int) -> str:
    """The text cut or filled with spaces to a number of columns."""
    if _width(text) > columns:
        while _width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - _width(text))


if __name__ == "__main__":
    app()
