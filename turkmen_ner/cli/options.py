"""The options that commands of `turkmen-ner` share. Imports no spaCy, so that help and completion are quick."""

import codecs
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer


class Format(str, Enum):
    """What `tag` writes: a table, or one of `turkmen_ner.formats`."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    conll = "conll"
    brat = "brat"
    html = "html"
    docbin = "docbin"
    csv = "csv"
    excel_csv = "excel-csv"
    xlsx = "xlsx"
    prodigy = "prodigy"
    doccano = "doccano"
    label_studio = "label-studio"


class Labels(str, Enum):
    """Label schemes."""

    turkmen = "turkmen"
    ontonotes = "ontonotes"
    conll = "conll"


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
        raise typer.BadParameter("expected 1 or more, or -1 for one per core")
    return number


def _encoding(name: str | None) -> str | None:
    try:
        if name is not None:
            _ = "a".encode(name)  # not a codec such as rot13
            return codecs.lookup(name).name
    except LookupError:
        raise typer.BadParameter(f"{name!r} is not known, try utf-8, utf-16 or windows-1250") from None
    return None


Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILES",
        help="Files, folders, or a text in quotes; - or none for standard input. Read are .txt, .md, .html, .docx, "
        ".pdf, and of many texts .jsonl, .json, .csv, .tsv, .xlsx, .parquet.",
        show_default=False,
    ),
]
Field = Annotated[
    str | None,
    typer.Option(
        "--input-field",
        "--field",
        metavar="KEY",
        help="Key or column of the text in files of many texts, by default text; if given, standard input and files "
        "of other endings are JSON lines.",
        show_default=False,
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        callback=_encoding,
        help="Of the texts; by default UTF-8, or what their byte order mark says.",
        show_default=False,
    ),
]
Brackets = Annotated[
    bool, typer.Option("--notation", help="The texts are in bracket notation (seeds/): tag them without brackets.")
]
Patterns = Annotated[
    list[Path] | None,
    typer.Option(
        "--patterns",
        "-p",
        help="Pattern file, compiled file or folder besides the shipped ones; may be repeated.",
        show_default=False,
    ),
]
Lenient = Annotated[bool, typer.Option("--lenient", help="Text typed without the diacritics of Turkmen.")]
Infer = Annotated[bool, typer.Option("--infer/--no-infer", help="Also find names that are on no list.")]
MinScore = Annotated[
    float, typer.Option("--min-score", min=0, max=1, metavar="X", help="Only names at least so sure, 0 to 1.")
]
OnlyLabels = Annotated[
    list[str] | None,
    typer.Option(
        "--label", "-l", metavar="LABEL", help="Only this label, in any case; may be repeated.", show_default=False
    ),
]
Scheme = Annotated[Labels, typer.Option("--labels", help="Label scheme.")]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", metavar="N", callback=_jobs, help="Worker processes; -1, one per core.")
]
