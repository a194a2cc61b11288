"""The command `turkmen-ner`: tag texts, check pattern files, explain a decision; count, suggest and evaluate."""

import csv
import json
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict
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


# --- over many texts -----------------------------------------------------------------------------------------------


class Rows(str, Enum):
    """What `count` prints."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    json = "json"


class Report(str, Enum):
    """What `evaluate` prints."""

    table = "table"
    json = "json"


def _jobs(number: int) -> int:
    if number == 0 or number < -1:
        raise typer.BadParameter("expected 1 or more, or -1 for one a core")
    return number


JSONL = (".jsonl", ".ndjson")
Corpus = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILES",
        help="Text files in UTF-8, folders of .txt files, .jsonl files with a key text; - or none for standard input.",
    ),
]
OnlyLabels = Annotated[list[str] | None, typer.Option("--label", "-l", help="Only this label; may be repeated.")]
Scheme = Annotated[Labels, typer.Option("--labels", help="Label scheme.", show_default=True)]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", metavar="N", callback=_jobs, help="Worker processes; -1, one a core.")
]


@app.command()
def count(
    files: Corpus = None,
    format: Annotated[Rows, typer.Option("--format", "-f", help="CSV, a JSON line each, or a JSON list.")] = Rows.table,
    top: Annotated[int | None, typer.Option("--top", min=1, metavar="N", help="Only the N most mentioned.")] = None,
    label: OnlyLabels = None,
    patterns: Patterns = None,
    labels: Scheme = Labels.turkmen,
    infer: Infer = True,
    lenient: Lenient = False,
    jobs: Jobs = 1,
) -> None:
    """Count the names in texts: mentions, documents and written forms of each.

    Listed names are counted by id. Names on no list (doc.…) are counted by label and base form, so two people of one
    name make one row.

    For example:

      turkmen-ner count articles/

      turkmen-ner count articles.jsonl --label PERSON --format csv > people.csv
    """
    from turkmen_ner.counts import count as count_names

    texts, nlp = _texts(files), _load(patterns, infer, labels.value, lenient)
    found = count_names(texts, nlp=nlp, n_process=jobs, progress=sys.stderr.isatty())
    rows = [asdict(row) for row in found if not label or row.label in label][:top]
    if format is Rows.json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif format is Rows.jsonl:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        head = ("name", "label", "mentions", "documents", "id", "listed", "forms")
        cells = [[str(row[key]) for key in head[:-1]] + [_forms(row["forms"])] for row in rows]
        if format is Rows.csv:
            csv.writer(sys.stdout, lineterminator="\n").writerows([head, *cells])
        else:
            for line in table(head, cells, shutil.get_terminal_size((120, 24)).columns):
                typer.echo(line)


@app.command()
def suggest(
    files: Corpus = None,
    least: Annotated[int, typer.Option("--min", min=1, metavar="N", help="Only names with N mentions or more.")] = 1,
    label: OnlyLabels = None,
    patterns: Patterns = None,
    infer: Infer = True,
    lenient: Lenient = False,
    jobs: Jobs = 1,
) -> None:
    """Write the names that are on no list as a pattern file, to review and add with --patterns.

    The most mentioned come first, each with its counts, written forms and up to three contexts as comments.

    For example:

      turkmen-ner suggest articles/ --min 3 > mine.yaml

      turkmen-ner check mine.yaml

      turkmen-ner tag --patterns mine.yaml article.txt
    """
    from turkmen_ner.suggest import suggest as suggest_names
    from turkmen_ner.suggest import to_yaml

    texts, nlp = _texts(files), _load(patterns, infer, Labels.turkmen.value, lenient)
    progress = sys.stderr.isatty()
    found = suggest_names(texts, nlp=nlp, labels=label, least=least, n_process=jobs, progress=progress)
    given = [name if name != STDIN else "standard input" for name in files or [STDIN]]
    source = ", ".join(given[:5]) + (f" and {len(given) - 5} more" if len(given) > 5 else "")
    typer.echo(to_yaml(found, source=source), nl=False)


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD", help="Marked documents: files or folders.")],
    format: Annotated[Report, typer.Option("--format", "-f", help="Tables, or one JSON document.")] = Report.table,
    errors: Annotated[int, typer.Option("--errors", "-e", min=0, metavar="N", help="Also list N errors.")] = 0,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="LABEL", help="Neither right nor wrong, by default MISC; '' for none."),
    ] = None,
    min_f1: Annotated[float, typer.Option("--min-f1", metavar="X", help="Exit code 1 if F1 is below X.")] = 0.0,
    label: OnlyLabels = None,
    patterns: Patterns = None,
    labels: Scheme = Labels.turkmen,
    infer: Infer = True,
    lenient: Lenient = False,
    jobs: Jobs = 1,
) -> None:
    """Score what is found in marked documents, and list the errors.

    A document is a line of a .jsonl file with the keys text and spans (or entities, or label), these as start, end and
    label; or a .txt file in the bracket notation of seeds/. A name counts by the words that it touches. What is found
    where a document has a label of --ignore is left out. P, R and F1 are those of spaCy's Scorer; strict, exact,
    partial and ent_type are the F1 of nervaluate, if it is installed.

    For example:

      turkmen-ner evaluate gold.jsonl --errors 20

      turkmen-ner evaluate seeds/ --label PERSON --format json
    """
    from turkmen_ner import evaluation
    from turkmen_ner.api import component

    try:
        documents = [document for path in gold for document in evaluation.read_gold(path)]
    except OSError as error:
        raise _fail(f"{error.filename}: cannot be read ({error.strerror}), expected marked documents") from None
    except ValueError as error:
        raise _fail(str(error)) from None
    neutral = evaluation.NEUTRAL if ignore is None else frozenset(ignore)
    marked = {span[2] for document in documents for span in document.spans} - neutral
    if not (counted := marked & set(label or marked)):
        raise _fail(f"{', '.join(map(str, gold))}: no name is marked {' or '.join(label or ['that counts'])}")
    nlp = _load(patterns, infer, labels.value, lenient)
    known = component(nlp).labels
    if strange := ", ".join(sorted(counted - set(known))):
        typer.echo(f"{strange}: not among the labels {', '.join(known)}, try --labels or --ignore", err=True)
    compared = evaluation.evaluate(
        documents, nlp=nlp, labels=label, neutral=neutral, n_process=jobs, progress=sys.stderr.isatty()
    )
    report = evaluation.report(compared, errors)
    if not report["nervaluate"]:
        typer.echo(evaluation.NO_NERVALUATE, err=True)
    if format is Report.json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        for line in _report(report):
            typer.echo(line)
    raise typer.Exit(1 if report["scores"][evaluation.ALL]["f1"] < min_f1 else 0)


def _report(report: dict[str, Any]) -> Iterator[str]:
    """The lines of an evaluation: a table of labels, one of nervaluate's counts, and the errors."""
    schemes = report["nervaluate"] or {}
    yield f"{'':10}{'gold':>7}{'found':>7}{'right':>7}{'P':>8}{'R':>7}{'F1':>7}" + "".join(f"{s:>9}" for s in schemes)
    for label, score in report["scores"].items():
        numbers = "".join(f"{score[key]:7d}" for key in ("gold", "found", "right"))
        shares = "".join(f"{score[key]:7.3f}" for key in ("precision", "recall", "f1"))
        beside = (scheme.get(label) for scheme in schemes.values())
        yield f"{label:10}{numbers} {shares}" + "".join(f"{row['f1']:9.3f}" for row in beside if row)
    counts = ("correct", "incorrect", "partial", "missed", "spurious")
    if schemes:
        yield f"\n{'all':10}" + "".join(f"{key:>11}" for key in counts)
    for name, rows in schemes.items():
        yield f"{name:10}" + "".join(f"{rows['all'][key]:11d}" for key in counts)
    left_out = f"; left out as neither right nor wrong: {_count(report['left_out'], 'name')} found"
    yield f"\n{_count(report['documents'], 'document')}{left_out}"
    yield ", ".join(f"{number} {kind}" for kind, number in report["kinds"].items()) or "no errors"
    for error in report["errors"]:
        yield f"\n{error['kind']}  ({error['document']})"
        for side in ("gold", "found"):
            for span in error[side]:
                yield f"  {side:6} {span['label']:8} {span['text']}"
        yield f"  {error['context']}"


def _texts(files: Sequence[str] | None) -> Iterator[str]:
    """The texts of files, folders and JSON lines, read one after the other; a missing file is told at once."""
    paths: list[str] = []
    for name in files or [STDIN]:
        if Path(name).is_dir():
            inside = sorted(str(path) for path in Path(name).rglob("*.txt"))
            if not inside:
                raise _fail(f"{name}: found a folder without .txt files, expected texts")
            paths += inside
        elif name == STDIN or Path(name).exists():
            paths.append(name)
        else:
            raise _fail(f"{name}: no such file or folder")
    return (text for name in paths for text in (_rows(name) if name.endswith(JSONL) else [_text(name, False)]))


def _rows(name: str) -> Iterator[str]:
    """The texts of a file of JSON objects, one a line."""
    with Path(name).open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    text = json.loads(line)["text"]
                    text.encode()
                except (ValueError, LookupError, TypeError, AttributeError):
                    raise _fail(f"{name}:{number}: expected a JSON object with the key text, in UTF-8") from None
                yield text


def _forms(forms: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{form} {number}" for form, number in forms)


if __name__ == "__main__":
    app()
