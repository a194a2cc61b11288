"""`turkmen-ner evaluate`: score what is found in marked documents."""

import json
from pathlib import Path
from typing import Annotated

import typer

from turkmen_ner.cli.common import failure, known_labels, pipeline, reported, shows_progress
from turkmen_ner.cli.console import report_lines
from turkmen_ner.cli.options import Infer, Jobs, Labels, Lenient, MinScore, OnlyLabels, Patterns, Report, Scheme
from turkmen_ner.errors import one_line


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
    min_score: MinScore = 0.0,
    jobs: Jobs = 1,
) -> None:
    """Score what is found in marked documents.

    Lists the errors, too, with --errors.

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
        raise failure(
            f"{one_line(str(error.filename))}: cannot be read ({error.strerror}), expected marked documents"
        ) from None
    except ValueError as error:
        raise failure(one_line(str(error))) from None
    neutral = evaluation.NEUTRAL if ignore is None else frozenset(ignore)
    with reported():
        nlp = pipeline(patterns, infer, labels, lenient, min_score)
    known = component(nlp).labels
    marked = {span[2] for document in documents for span in document.spans} - neutral
    label = known_labels(label, marked | set(known))
    if not (counted := marked & set(label or marked)):
        shown = one_line(", ".join(map(str, gold)))
        raise failure(f"{shown}: no name is marked {' or '.join(label or ['that counts'])}")
    if strange := ", ".join(sorted(counted - set(known))):
        typer.echo(f"{strange}: not among the labels {', '.join(known)}, try --labels or --ignore", err=True)
    compared = evaluation.evaluate(
        documents, nlp=nlp, labels=label, neutral=neutral, n_process=jobs, progress=shows_progress()
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
