"""The command `turkmen-ner`: tag texts, check and compile patterns, explain a decision; count, suggest, evaluate."""

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from turkmen_ner._version import __version__
from turkmen_ner.cli.check import check
from turkmen_ner.cli.compile import compile_
from turkmen_ner.cli.count import count
from turkmen_ner.cli.evaluate import evaluate
from turkmen_ner.cli.explain import explain
from turkmen_ner.cli.suggest import suggest
from turkmen_ner.cli.tag import tag

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Named-entity recognition for Turkmen: persons, places, organisations and ships, in every inflection.",
    epilog="Exit codes: 0 all went well; 1 a text, a pattern file or a result is not as it should be; 2 the command is "
    "not well formed; 130 stopped by Ctrl-C.",
)
for command in (tag, check, compile_, explain, count, suggest, evaluate):
    app.command(command.__name__.rstrip("_"))(command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"turkmen-ner {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a file may be called anything
