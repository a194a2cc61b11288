"""`turkmen-ner check`: are pattern files well made?"""

from pathlib import Path
from typing import Annotated

import typer

from turkmen_ner.cli.console import counted
from turkmen_ner.errors import one_line


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="YAML files, lists, JSONL or folders; none for the shipped patterns.")
    ] = None,
    shipped: Annotated[
        bool, typer.Option("--shipped/--no-shipped", help="Check them together with the shipped patterns.")
    ] = True,
) -> None:
    """Are pattern files well made?

    Exit code 1 if there is an error; warnings do not count.

    For example:

      turkmen-ner check

      turkmen-ner check my.yaml
    """
    from turkmen_ner.authoring.check import check as check_paths

    problems = check_paths(paths or (), shipped=shipped)
    for problem in problems:
        typer.echo(one_line(str(problem)))
    errors = sum(problem.error for problem in problems)
    typer.echo(f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}")
    raise typer.Exit(1 if errors else 0)
