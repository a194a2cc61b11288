"""`turkmen-ner suggest`: the names on no list, as a pattern file."""

from typing import Annotated

import typer

from turkmen_ner.cli.common import known_labels, pipeline, reported, shows_progress, texts_of
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
)
from turkmen_ner.corpus.documents import STDIN


def suggest(
    files: Files = None,
    least: Annotated[int, typer.Option("--min", min=1, metavar="N", help="Only names with N mentions or more.")] = 1,
    label: OnlyLabels = None,
    patterns: Patterns = None,
    infer: Infer = True,
    lenient: Lenient = False,
    min_score: MinScore = 0.0,
    notation: Brackets = False,
    field: Field = None,
    encoding: Encoding = None,
    jobs: Jobs = 1,
) -> None:
    """Propose names that are on no list.

    They are written as a pattern file, to review and add with --patterns: the most mentioned first, each with its
    counts, forms and up to three contexts as comments.

    For example:

      turkmen-ner suggest articles/ --min 3 > mine.yaml

      turkmen-ner check mine.yaml

      turkmen-ner tag --patterns mine.yaml article.txt
    """
    from turkmen_ner.api import component
    from turkmen_ner.authoring.suggest import suggest as suggest_names
    from turkmen_ner.authoring.suggest import to_yaml

    with reported():
        texts = texts_of(files, field, encoding, notation)
        nlp = pipeline(patterns, infer, Labels.turkmen, lenient, min_score)
        wanted = known_labels(label, component(nlp).labels)
        found = suggest_names(texts, nlp=nlp, labels=wanted, least=least, n_process=jobs, progress=shows_progress())
    given = [name if name != STDIN else "standard input" for name in files or [STDIN]]
    source = ", ".join(given[:5]) + (f" and {len(given) - 5} more" if len(given) > 5 else "")
    typer.echo(to_yaml(found, source=source), nl=False)
