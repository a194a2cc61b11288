"""`turkmen-ner count`: what is named how often."""

import csv
import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from turkmen_ner.cli.common import known_labels, pipeline, reported, shows_progress, texts_of, width
from turkmen_ner.cli.console import table
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
    OnlyLabels,
    Patterns,
    Rows,
    Scheme,
)


def count(
    files: Files = None,
    format: Annotated[Rows, typer.Option("--format", "-f", help="CSV, a JSON line each, or a JSON list.")] = Rows.table,
    top: Annotated[int | None, typer.Option("--top", min=1, metavar="N", help="Only the N most mentioned.")] = None,
    label: OnlyLabels = None,
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
    """Count the names in texts.

    Each has a row with its mentions, documents and forms. Listed names are counted by id. Names on no list (doc.…) are
    counted by label and base form, so two people of one name make one row.

    For example:

      turkmen-ner count articles/

      turkmen-ner count articles.jsonl --label PERSON --format csv > people.csv
    """
    from turkmen_ner.api import component
    from turkmen_ner.corpus.counts import count as count_names

    with reported():
        texts = texts_of(files, field, encoding, notation)
        nlp = pipeline(patterns, infer, labels, lenient, min_score)
        wanted = known_labels(label, component(nlp).labels)
        found = count_names(texts, nlp=nlp, n_process=jobs, progress=shows_progress())
    rows = [asdict(row) for row in found if not wanted or row.label in wanted][:top]
    if format is Rows.json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif format is Rows.jsonl:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        header = ("name", "label", "mentions", "documents", "id", "listed", "forms")
        cells = [
            [str(row[key]) for key in header[:-1]] + [", ".join(f"{form} {number}" for form, number in row["forms"])]
            for row in rows
        ]
        if format is Rows.csv:
            csv.writer(sys.stdout, lineterminator="\n").writerows([header, *cells])
        else:
            for line in table(header, cells, width()):
                typer.echo(line)
