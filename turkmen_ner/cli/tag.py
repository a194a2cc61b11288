"""`turkmen-ner tag`: find the names of texts."""

import shutil
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from turkmen_ner.cli.common import pipeline, reported
from turkmen_ner.cli.console import tables
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
    Patterns,
    Scheme,
)
from turkmen_ner.corpus.documents import STDIN, InputError, documents, expand, is_jsonl

BATCH = 32  # texts given to a worker process at once; one process gives each result as it comes


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
    with reported():
        paths = expand(files or [STDIN])
        if output is not None and output.resolve() in {Path(path).resolve() for path in paths}:
            raise typer.BadParameter(f"{output} is among the texts", param_hint="--output")
        nlp = pipeline(patterns, infer, labels, lenient)
        from turkmen_ner.api import tag_many

        wrong: list[InputError] = []
        names: deque[str] = deque()  # of the texts that are being tagged

        def skip(error: InputError) -> None:
            wrong.append(error)
            typer.echo(str(error), err=True)

        def texts() -> Iterator[str]:
            for name, text in documents(paths, field=field, encoding=encoding, notation=notation, skip=skip):
                names.append(name)
                yield text

        bar = sys.stderr.isatty() and not (output is None and sys.stdout.isatty())
        found = tag_many(texts(), nlp=nlp, n_process=jobs, batch_size=BATCH if jobs != 1 else 1, progress=bar)
        titles = len(paths) > 1 or is_jsonl(paths[0], field)
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
        raise InputError(f"{error.filename or output}: cannot be written ({error.strerror})") from None
