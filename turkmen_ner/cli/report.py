"""`turkmen-ner report`: a corpus as one HTML file."""

import sys
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from turkmen_ner.cli.app import BATCH, _fail, _load, _told, app
from turkmen_ner.cli.console import counted
from turkmen_ner.cli.options import Brackets, Encoding, Field, Files, Infer, Jobs, Labels, Lenient, Patterns, Scheme
from turkmen_ner.corpus import documents as inputs


@app.command()
def report(
    files: Files = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.html", help="The file to write.")] = Path(
        "report.html"
    ),
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="Title of the report.", show_default=False)
    ] = "",
    date_field: Annotated[
        str | None,
        typer.Option(
            "--date-field",
            metavar="KEY",
            help="Key of the date in JSON lines; without it dates are taken from the names of files, 2022-05-14.txt.",
            show_default=False,
        ),
    ] = None,
    names: Annotated[int, typer.Option("--names", min=1, metavar="N", help="Names in the table.")] = 3000,
    mentions: Annotated[int, typer.Option("--mentions", min=1, metavar="N", help="Mentions shown of a name.")] = 100,
    patterns: Patterns = None,
    labels: Scheme = Labels.turkmen,
    infer: Infer = True,
    lenient: Lenient = False,
    notation: Brackets = False,
    field: Field = None,
    encoding: Encoding = None,
    jobs: Jobs = 1,
) -> None:
    """Write a report on texts as one HTML file: who is named, where, with whom, when. Needs turkmen_ner[report].

    Every mention stands in its sentence. The numbers are those of `count`. What is beyond --names and --mentions is
    counted, and the report says so. A text that cannot be read is told and passed over; the exit code is 1 then.

    For example:

      turkmen-ner report articles/ -o report.html

      turkmen-ner report news.jsonl --input-field body --date-field published -j 2
    """
    try:
        from turkmen_ner.web import collection
        from turkmen_ner.web import report as pages
    except ImportError as error:
        raise _fail(f"report needs {error.name}: pip install 'turkmen_ner[report]'") from None
    with _told():
        paths = inputs.expand(files or [inputs.STDIN])
        if output.resolve() in {Path(path).resolve() for path in paths}:
            raise typer.BadParameter(f"{output} is among the texts", param_hint="--output")
        nlp = _load(patterns, infer, labels, lenient)
        from tqdm import tqdm

        from turkmen_ner.api import tag_many

        limits = pages.Limits(names=names, mentions=mentions)
        unread = 0
        read: deque[tuple[str, str]] = deque()  # title and date of the texts that are being tagged
        fields: Mapping[str, object] = {}

        def skip(error: inputs.InputError) -> None:
            nonlocal unread
            unread += 1
            typer.echo(str(error), err=True)

        def record(found: Mapping[str, object]) -> None:
            nonlocal fields
            fields = found

        def texts() -> Iterator[str]:
            nonlocal fields
            for name, text in inputs.documents(
                paths, field=field, encoding=encoding, notation=notation, skip=skip, record=record
            ):
                read.append((name, str(fields.get(date_field, "")) if date_field else name))
                fields = {}
                yield text

        tagged = tag_many(texts(), nlp=nlp, n_process=jobs, batch_size=BATCH)
        total = inputs.number(paths, field)
        shown = tqdm(tagged, total=total, unit="text", disable=not sys.stderr.isatty())
        corpus = collection.collect(((*read.popleft(), found) for found in shown), nlp=nlp, most=mentions)
        html = pages.render(corpus, title=title, limits=limits, unread=unread)
        try:
            output.write_text(html, encoding="utf8")
        except OSError as error:
            raise inputs.InputError(f"{output}: cannot be written ({error.strerror})") from None
    said = (
        counted(len(corpus.titles), "text"),
        counted(len(corpus.counts), "name"),
        counted(corpus.mentions, "mention"),
    )
    typer.echo(f"{output}: {', '.join(said)}")
    raise typer.Exit(1 if unread else 0)
