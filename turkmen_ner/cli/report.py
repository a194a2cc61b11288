"""`turkmen-ner report`: a corpus as one HTML file."""

from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from turkmen_ner.cli.common import (
    Texts,
    failure,
    files_read,
    note,
    pipeline,
    refuse_overwriting,
    reported,
    shows_progress,
)
from turkmen_ner.cli.console import counted
from turkmen_ner.cli.options import (
    Brackets,
    Encoding,
    Field,
    Files,
    Infer,
    Jobs,
    Labels,
    Lenient,
    MinScore,
    Patterns,
    Scheme,
)
from turkmen_ner.codecs.files import replacing
from turkmen_ner.corpus import documents as inputs


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
            metavar="NAME",
            help="Key or column of the date in files of many texts; the dates of others are taken from the names of "
            "files, 2022-05-14.txt.",
            show_default=False,
        ),
    ] = None,
    names: Annotated[int, typer.Option("--names", min=1, metavar="N", help="Names in the table.")] = 3000,
    mentions: Annotated[int, typer.Option("--mentions", min=1, metavar="N", help="Mentions shown of a name.")] = 100,
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
        raise failure(f"report needs {error.name}: pip install 'turkmen_ner[report]'") from None
    with reported():
        paths = inputs.expand(files or [inputs.STDIN], skip=note)
        refuse_overwriting(output, files_read(paths, patterns))
        nlp = pipeline(patterns, infer, labels, lenient, min_score)
        from turkmen_ner.api import tag_many

        unread: list[inputs.InputError] = []
        read: deque[tuple[str, str]] = deque()  # name and date of the texts that are being tagged
        fields: Mapping[Any, object] | None = None  # of the next text, if it comes from a record
        dated = False  # whether a record had the field

        def skip(error: inputs.InputError) -> None:
            nonlocal fields
            fields = None
            unread.append(error)
            typer.echo(str(error), err=True)

        def record(found: Mapping[Any, object]) -> None:
            nonlocal fields, dated
            fields = found
            dated = dated or date_field in found

        wanted = None if date_field is None else record

        def texts() -> Iterator[str]:
            nonlocal fields
            for name, text in inputs.documents(
                paths, field=field, encoding=encoding, notation=notation, skip=skip, record=wanted
            ):
                read.append((name, name if fields is None else str(fields.get(date_field) or "")))
                fields = None
                yield text

        given = Texts(texts(), inputs.number_of(paths, field))
        tagged = tag_many(given, nlp=nlp, n_process=jobs, progress=shows_progress())
        corpus = collection.collect(((*read.popleft(), found) for found in tagged), nlp=nlp, most=mentions)
        if date_field is not None and not dated:
            raise inputs.InputError(
                f"no text has the field {date_field!r}, expected a key or column: --date-field NAME"
            )
        limits = pages.Limits(names=names, mentions=mentions)
        html = pages.render(corpus, title=title, limits=limits, unread=len(unread))
        try:
            with replacing(output) as file:
                file.write(html.encode())
        except OSError as error:
            raise inputs.InputError(f"{output}: cannot be written ({error.strerror})") from None
    said = (
        counted(len(corpus.titles), "text"),
        counted(len(corpus.counts), "name"),
        counted(corpus.mentions, "mention"),
    )
    typer.echo(f"{output}: {', '.join(said)}")
    raise typer.Exit(1 if unread else 0)
