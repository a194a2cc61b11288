"""`turkmen-ner compile`: pattern files into one that loads at once."""

from pathlib import Path
from typing import Annotated

import typer

from turkmen_ner.cli.common import existing, reported
from turkmen_ner.cli.console import counted
from turkmen_ner.corpus.documents import InputError


def _msgpack(path: Path) -> Path:
    if path.suffix != ".msgpack":
        raise typer.BadParameter(f"expected a name that ends in .msgpack, not {str(path)!r}")
    return path


def compile_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATTERNS", help="YAML files, lists or folders.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.msgpack", callback=_msgpack, help="The file to write.")
    ],
    shipped: Annotated[
        bool, typer.Option("--shipped/--no-shipped", help="They are to be used together with the shipped patterns.")
    ] = True,
) -> None:
    """Compile pattern files into one file that loads at once: a million names in some two seconds.

    It is for this version of turkmen-ner; another refuses it.

    For example:

      turkmen-ner compile my.yaml --output my.msgpack

      turkmen-ner tag --patterns my.msgpack article.txt
    """
    from turkmen_ner.patterns.shipped import compile_patterns

    with reported():
        try:
            entries = compile_patterns(existing(paths), output, shipped=shipped)
        except OSError as error:
            raise InputError(f"{output}: {error.strerror or error}") from None
    typer.echo(f"{output}: {counted(entries, 'entry', 'entries')}{' with the shipped ones' if shipped else ''}")
