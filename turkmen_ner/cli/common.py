"""What several commands need: the pipeline, the texts, and reports of what is wrong."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from turkmen_ner.cli.options import Labels
from turkmen_ner.corpus.documents import STDIN, InputError, documents, expand


def failure(message: str) -> typer.Exit:
    """Say what is wrong on standard error; exit code 1."""
    typer.echo(message, err=True)
    return typer.Exit(1)


@contextmanager
def reported() -> Iterator[None]:
    """A text or pattern file that is wrong is reported on standard error; exit code 1."""
    from turkmen_ner.errors import PatternError

    try:
        yield
    except (InputError, PatternError) as error:
        raise failure(str(error)) from None


def texts_of(files: Sequence[str] | None, field: str | None, encoding: str | None, notation: bool) -> Iterator[str]:
    """The texts of a corpus, one after the other; a missing file is reported at once, and one that is wrong ends it."""
    paths = expand(files or [STDIN])
    return (text for _, text in documents(paths, field=field, encoding=encoding, notation=notation))


def existing(paths: Sequence[Path]) -> list[str]:
    """The paths as strings. RAISES (InputError): For those that are missing."""
    missing = [f"{path}: no such file or folder" for path in paths if not path.exists()]
    if missing:
        raise InputError("\n".join(missing))
    return [str(path) for path in paths]


def pipeline(patterns: Sequence[Path] | None, infer: bool, labels: Labels, lenient: bool = False) -> Any:
    """The pipeline that the options ask for."""
    from turkmen_ner.api import load

    return load(
        patterns=existing(patterns or ()),
        infer=infer,
        labels=labels.value,
        spelling="lenient" if lenient else "strict",
    )
