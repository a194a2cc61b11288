"""`turkmen-ner tag`: find the names of texts."""

import sys
from collections import deque
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer

from turkmen_ner.cli.common import (
    Texts,
    files_read,
    known_labels,
    note,
    pipeline,
    refuse_overwriting,
    reported,
    shows_progress,
    width,
)
from turkmen_ner.cli.console import COLUMNS, tables
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
    MinScore,
    OnlyLabels,
    Patterns,
    Scheme,
)
from turkmen_ner.codecs.files import replacing
from turkmen_ner.corpus.documents import STDIN, InputError, documents, expand, has_many, number_of

BATCH = 32  # texts given to a worker process at once; one process gives each result as it comes


def tag(
    files: Files = None,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="Form of the output; docbin, xlsx and brat need --output.")
    ] = Format.table,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="File, for brat a folder, to write.", show_default=False),
    ] = None,
    label: OnlyLabels = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="NAMES",
            help="Columns of a table, CSV or xlsx, with commas between: file, text, label, start, end, name, case, "
            "features, id, kb, source, listed, score, main_name, sentence.",
            show_default=False,
        ),
    ] = None,
    patterns: Patterns = None,
    labels: Scheme = Labels.turkmen,
    infer: Infer = True,
    lenient: Lenient = False,
    min_score: MinScore = 0.0,
    notation: Brackets = False,
    field: Field = None,
    encoding: Encoding = None,
    jobs: Jobs = 1,
) -> None:
    """Find the names of texts.

    A text that cannot be read is reported and skipped; the exit code is 1 then. Results come text by text. What the
    forms hold: docs/formats.md.

    For example:

      turkmen-ner tag "Halife Haftar Bengazide boldy."

      turkmen-ner tag article.txt

      echo "Ol Bengazide boldy." | turkmen-ner tag --format jsonl

      turkmen-ner tag --patterns my.yaml --labels ontonotes *.txt

      turkmen-ner tag articles/ --format conll --output articles.conll -j 2

      turkmen-ner tag news.jsonl --input-field body --format csv > names.csv

      turkmen-ner tag articles/ -l person --columns main_name,file -f csv
    """
    if output is None and format in (Format.docbin, Format.brat, Format.xlsx):
        raise typer.BadParameter(f"{format.value} needs --output PATH", param_hint="--format")
    chosen = _columns(columns, format)
    with reported():
        paths = expand(files or [STDIN], skip=note)
        refuse_overwriting(output, files_read(paths, patterns))
        nlp = pipeline(patterns, infer, labels, lenient, min_score)
        from turkmen_ner.api import component, tag_many

        wanted = known_labels(label, component(nlp).labels)
        wrong: list[InputError] = []
        names: deque[str] = deque()  # of the texts that are being tagged

        def skip(error: InputError) -> None:
            wrong.append(error)
            typer.echo(str(error), err=True)

        def texts() -> Iterator[str]:
            for name, text in documents(paths, field=field, encoding=encoding, notation=notation, skip=skip):
                names.append(name)
                yield text

        bar = shows_progress() and not (output is None and sys.stdout.isatty())
        given = Texts(texts(), number_of(paths, field))
        found = tag_many(given, nlp=nlp, n_process=jobs, batch_size=BATCH if jobs != 1 else 1, progress=bar)
        named = ((names.popleft(), tagged.only(wanted) if wanted else tagged) for tagged in found)
        titles = len(paths) > 1 or has_many(paths[0], field)
        try:
            _write(named, format, output, titles, chosen)
        except ImportError as error:
            raise InputError(str(error)) from None
    raise typer.Exit(1 if wrong else 0)


def _columns(given: str | None, format: Format) -> Sequence[str] | None:
    """The columns that are asked for. RAISES (BadParameter): For one that there is not, or a form without columns."""
    if given is None:
        return None
    from turkmen_ner.codecs.tables import ALL

    if format not in TABLES:
        raise typer.BadParameter(f"{format.value} has no columns to choose", param_hint="--columns")
    chosen = [name.strip() for name in given.split(",")]
    for name in chosen:
        if name not in ALL:
            near = get_close_matches(name, ALL, n=1)
            hint = f"did you mean {near[0]}? expected" if near else "expected"
            raise typer.BadParameter(f"{name!r} is no column; {hint} some of {', '.join(ALL)}", param_hint="--columns")
    return chosen


TABLES = {
    Format.table: "",
    Format.csv: "write",
    Format.excel_csv: "write_excel",
    Format.xlsx: "write_xlsx",
}


def _write(
    named: Iterator[Any], format: Format, output: Path | None, titles: bool, columns: Sequence[str] | None
) -> None:
    """Write tagged texts as they come to standard output, a file or a folder."""
    from turkmen_ner import formats
    from turkmen_ner.codecs import tables as codec

    parts: Any = None
    if format is Format.table:
        parts = tables(named, width() if output is None else 2**30, titles, columns or COLUMNS)
    elif columns:
        parts = getattr(codec, TABLES[format])(formats.rows(named), columns)
    elif format is not Format.brat:
        parts = formats.FORMATS[format.value].write(named)
    if output is None:
        for part in parts:
            typer.echo(part, nl=False)
        return
    try:
        if parts is None:
            formats.write_named(named, format.value, output)
            return
        with replacing(output) as file:
            for part in parts:
                file.write(part.encode() if isinstance(part, str) else part)
    except OSError as error:
        raise InputError(f"{error.filename or output}: cannot be written ({error.strerror})") from None
