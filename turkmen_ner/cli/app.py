"""The command `turkmen-ner`: tag texts, check and compile patterns, explain a decision; count, suggest, evaluate."""

import csv
import json
import shutil
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from turkmen_ner._version import __version__
from turkmen_ner.cli.console import counted, report_lines, table, tables
from turkmen_ner.cli.options import (
    Brackets,
    Encoding,
    Field,
    Files,
    Format,
    Infer,
    Jobs,
    Labels,
    Lenient,
    OnlyLabels,
    Patterns,
    Report,
    Rows,
    Scheme,
)
from turkmen_ner.corpus import documents as inputs

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Named-entity recognition for Turkmen: persons, places, organisations and ships, in every inflection.",
    epilog="Exit codes: 0 all went well; 1 a text, a pattern file or a result is not as it should be; 2 the command is "
    "not well formed; 130 stopped by Ctrl-C.",
)

BATCH = 32  # texts given to a worker process at once; one process gives each result as it comes


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"turkmen-ner {__version__}")
        raise typer.Exit


def _msgpack(path: Path) -> Path:
    if path.suffix != ".msgpack":
        raise typer.BadParameter(f"expected a name that ends in .msgpack, not {str(path)!r}")
    return path


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a file may be called anything


@app.command()
def tag(
    files: Files = None,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="Form of the output; docbin and brat need --output.")
    ] = Format.table,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="File, for brat a folder, to write.", show_default=False),
    ] = None,
    patterns: Patterns = None,
    labels: Scheme = Labels.turkmen,
    infer: Infer = True,
    lenient: Lenient = False,
    notation: Brackets = False,
    field: Field = None,
    encoding: Encoding = None,
    jobs: Jobs = 1,
) -> None:
    """Find the names of texts.

    A text that cannot be read is told and passed over; the exit code is 1 then. Results come text by text. What the
    forms hold: docs/formats.md.

    For example:

      turkmen-ner tag article.txt

      echo "Ol Bengazide boldy." | turkmen-ner tag --format jsonl

      turkmen-ner tag --patterns my.yaml --labels ontonotes *.txt

      turkmen-ner tag articles/ --format conll --output articles.conll -j 2

      turkmen-ner tag news.jsonl --input-field body --format csv > names.csv
    """
    if output is None and format in (Format.docbin, Format.brat):
        raise typer.BadParameter(f"{format.value} needs --output PATH", param_hint="--format")
    with _told():
        paths = inputs.expand(files or [inputs.STDIN])
        if output is not None and output.resolve() in {Path(path).resolve() for path in paths}:
            raise typer.BadParameter(f"{output} is among the texts", param_hint="--output")
        nlp = _load(patterns, infer, labels, lenient)
        from turkmen_ner.api import tag_many

        wrong: list[inputs.InputError] = []
        names: deque[str] = deque()  # of the texts that are being tagged

        def skip(error: inputs.InputError) -> None:
            wrong.append(error)
            typer.echo(str(error), err=True)

        def texts() -> Iterator[str]:
            for name, text in inputs.documents(paths, field=field, encoding=encoding, notation=notation, skip=skip):
                names.append(name)
                yield text

        bar = sys.stderr.isatty() and not (output is None and sys.stdout.isatty())
        found = tag_many(texts(), nlp=nlp, n_process=jobs, batch_size=BATCH if jobs != 1 else 1, progress=bar)
        titles = len(paths) > 1 or inputs.is_jsonl(paths[0], field)
        _write(found, names, format, output, titles)
    raise typer.Exit(1 if wrong else 0)


def _write(found: Any, names: deque[str], format: Format, output: Path | None, titles: bool) -> None:
    """Write tagged texts as they come to standard output, a file or a folder."""
    from turkmen_ner import formats

    named = ((names.popleft(), tagged) for tagged in found)
    try:
        if output is not None and format is not Format.table:
            formats.write_named(named, format.value, output)
        elif output is not None:
            with output.open("w", encoding="utf-8") as file:
                file.writelines(tables(named, 2**30, titles))
        else:
            width = shutil.get_terminal_size((120, 24)).columns
            is_table = format is Format.table
            for piece in tables(named, width, titles) if is_table else formats.FORMATS[format.value].write(named):
                typer.echo(piece, nl=False)
    except OSError as error:
        if output is None:
            raise
        raise inputs.InputError(f"{error.filename or output}: cannot be written ({error.strerror})") from None


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
    from turkmen_ner.authoring.check import check as check_paths

    problems = check_paths(paths or (), shipped=shipped)
    for problem in problems:
        typer.echo(str(problem))
    errors = sum(problem.error for problem in problems)
    typer.echo(f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}", err=bool(problems))
    raise typer.Exit(1 if errors else 0)


@app.command("compile")
def compile_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATTERNS", help="YAML files, lists or folders.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.msgpack", callback=_msgpack, help="The file to write.")
    ],
    shipped: Annotated[
        bool, typer.Option("--shipped/--no-shipped", help="They are to be used together with the shipped patterns.")
    ] = True,
) -> None:
    """Compile pattern files into one file that loads at once: a million names in some two seconds.

    It is for this version of turkmen-ner; another refuses it.

    For example:

      turkmen-ner compile my.yaml --output my.msgpack

      turkmen-ner tag --patterns my.msgpack article.txt
    """
    from turkmen_ner.patterns.shipped import compile_patterns

    with _told():
        try:
            entries = compile_patterns(_existing(paths), output, shipped=shipped)
        except OSError as error:
            raise inputs.InputError(f"{output}: {error.strerror or error}") from None
    typer.echo(f"{output}: {counted(entries, 'entry', 'entries')}{' with the shipped ones' if shipped else ''}")


@app.command()
def explain(
    text: Annotated[list[str], typer.Argument(help="A text, or - for standard input.")],
    patterns: Patterns = None,
    infer: Infer = True,
    encoding: Encoding = None,
) -> None:
    """Why is a name found or rejected? Entries and rules with file and line, and the points they gave.

    For example:

      turkmen-ner explain "Ibrahim Kalyn Bengazide boldy."

      turkmen-ner explain --patterns my.yaml "Ol Marydan geldi."
    """
    from turkmen_ner.api import explain as explain_text

    with _told():
        piped = text == [inputs.STDIN]
        given = next(inputs.documents(text, encoding=encoding))[1] if piped else " ".join(text)
        typer.echo(str(explain_text(given, nlp=_load(patterns, infer, Labels.turkmen))))


@app.command()
def count(
    files: Files = None,
    format: Annotated[Rows, typer.Option("--format", "-f", help="CSV, a JSON line each, or a JSON list.")] = Rows.table,
    top: Annotated[int | None, typer.Option("--top", min=1, metavar="N", help="Only the N most mentioned.")] = None,
    label: OnlyLabels = None,
    patterns: Patterns = None,
    labels: Scheme = Labels.turkmen,
    infer: Infer = True,
    lenient: Lenient = False,
    notation: Brackets = False,
    field: Field = None,
    encoding: Encoding = None,
    jobs: Jobs = 1,
) -> None:
    """Count the names in texts: mentions, documents and written forms of each.

    Listed names are counted by id. Names on no list (doc.…) are counted by label and base form, so two people of one
    name make one row.

    For example:

      turkmen-ner count articles/

      turkmen-ner count articles.jsonl --label PERSON --format csv > people.csv
    """
    from turkmen_ner.corpus.counts import count as count_names

    with _told():
        texts = _texts(files, field, encoding, notation)
        nlp = _load(patterns, infer, labels, lenient)
        found = count_names(texts, nlp=nlp, n_process=jobs, progress=sys.stderr.isatty())
    rows = [asdict(row) for row in found if not label or row.label in label][:top]
    if format is Rows.json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif format is Rows.jsonl:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        head = ("name", "label", "mentions", "documents", "id", "listed", "forms")
        cells = [
            [str(row[key]) for key in head[:-1]] + [", ".join(f"{form} {number}" for form, number in row["forms"])]
            for row in rows
        ]
        if format is Rows.csv:
            csv.writer(sys.stdout, lineterminator="\n").writerows([head, *cells])
        else:
            for line in table(head, cells, shutil.get_terminal_size((120, 24)).columns):
                typer.echo(line)


@app.command()
def suggest(
    files: Files = None,
    least: Annotated[int, typer.Option("--min", min=1, metavar="N", help="Only names with N mentions or more.")] = 1,
    label: OnlyLabels = None,
    patterns: Patterns = None,
    infer: Infer = True,
    lenient: Lenient = False,
    notation: Brackets = False,
    field: Field = None,
    encoding: Encoding = None,
    jobs: Jobs = 1,
) -> None:
    """Write the names that are on no list as a pattern file, to review and add with --patterns.

    The most mentioned come first, each with its counts, written forms and up to three contexts as comments.

    For example:

      turkmen-ner suggest articles/ --min 3 > mine.yaml

      turkmen-ner check mine.yaml

      turkmen-ner tag --patterns mine.yaml article.txt
    """
    from turkmen_ner.authoring.suggest import suggest as suggest_names
    from turkmen_ner.authoring.suggest import to_yaml

    with _told():
        texts = _texts(files, field, encoding, notation)
        nlp = _load(patterns, infer, Labels.turkmen, lenient)
        progress = sys.stderr.isatty()
        found = suggest_names(texts, nlp=nlp, labels=label, least=least, n_process=jobs, progress=progress)
    given = [name if name != inputs.STDIN else "standard input" for name in files or [inputs.STDIN]]
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
    from turkmen_ner.api import component
    from turkmen_ner.corpus import evaluation

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
    with _told():
        nlp = _load(patterns, infer, labels, lenient)
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
        for line in report_lines(report):
            typer.echo(line)
    raise typer.Exit(1 if report["scores"][evaluation.ALL]["f1"] < min_f1 else 0)


# --- shared by the commands ------------------------------------------------------------------------------------------


def _fail(message: str) -> typer.Exit:
    """Say what is wrong on standard error; exit code 1."""
    typer.echo(message, err=True)
    return typer.Exit(1)


@contextmanager
def _told() -> Iterator[None]:
    """A text or pattern file that is wrong is told on standard error; exit code 1."""
    from turkmen_ner.errors import PatternError

    try:
        yield
    except (inputs.InputError, PatternError) as error:
        raise _fail(str(error)) from None


def _texts(files: Sequence[str] | None, field: str | None, encoding: str | None, notation: bool) -> Iterator[str]:
    """The texts of a corpus, one after the other; a missing file is told at once, and one that is wrong ends it."""
    paths = inputs.expand(files or [inputs.STDIN])
    return (text for _, text in inputs.documents(paths, field=field, encoding=encoding, notation=notation))


def _existing(paths: Sequence[Path]) -> list[str]:
    missing = [f"{path}: no such file or folder" for path in paths if not path.exists()]
    if missing:
        raise inputs.InputError("\n".join(missing))
    return [str(path) for path in paths]


def _load(patterns: Sequence[Path] | None, infer: bool, labels: Labels, lenient: bool = False) -> Any:
    from turkmen_ner.api import load

    return load(
        patterns=_existing(patterns or ()),
        infer=infer,
        labels=labels.value,
        spelling="lenient" if lenient else "strict",
    )
