"""`turkmen-ner explain`: why a name is found or rejected."""

from typing import Annotated

import typer

from turkmen_ner.cli.common import pipeline, reported
from turkmen_ner.cli.options import Encoding, Infer, Labels, Patterns
from turkmen_ner.corpus.documents import STDIN, documents


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

    with reported():
        piped = text == [STDIN]
        given = next(documents(text, encoding=encoding))[1] if piped else " ".join(text)
        typer.echo(str(explain_text(given, nlp=pipeline(patterns, infer, Labels.turkmen))))
