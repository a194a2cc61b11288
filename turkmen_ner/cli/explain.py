"""`turkmen-ner explain`: why a name is found or rejected."""

import os
from typing import Annotated

import typer

from turkmen_ner.cli.common import pipeline, reported
from turkmen_ner.cli.options import Encoding, Infer, Labels, MinScore, Patterns
from turkmen_ner.corpus.documents import STDIN, Text, documents, expand, looks_like_path


def explain(
    text: Annotated[list[str], typer.Argument(help="A text, a file, or - for standard input.")],
    patterns: Patterns = None,
    infer: Infer = True,
    min_score: MinScore = 0.0,
    encoding: Encoding = None,
) -> None:
    """Why is a name found or rejected?

    Prints entries and rules with file and line, and the scores they gave.

    For example:

      turkmen-ner explain "Ibrahim Kalyn Bengazide boldy."

      turkmen-ner explain --patterns my.yaml "Ol Marydan geldi."

      turkmen-ner explain article.txt
    """
    from turkmen_ner.api import explain as explain_text

    with reported():
        is_file = len(text) == 1 and (text[0] == STDIN or os.path.exists(text[0]) or looks_like_path(text[0]))
        paths = expand(text) if is_file else [Text(" ".join(text))]
        nlp = pipeline(patterns, infer, Labels.turkmen, min_score=min_score)
        for number, (_, given) in enumerate(documents(paths, encoding=encoding)):
            typer.echo("\n" * (number > 0) + str(explain_text(given, nlp=nlp)))
