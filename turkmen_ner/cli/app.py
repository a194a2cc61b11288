"""The command `turkmen-ner`: tag, check and compile patterns, explain, count, report, serve, suggest, evaluate."""

import errno
import os
import sys
from io import TextIOBase, TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from turkmen_ner._version import __version__
from turkmen_ner.cli.check import check
from turkmen_ner.cli.compile import compile_
from turkmen_ner.cli.count import count
from turkmen_ner.cli.evaluate import evaluate
from turkmen_ner.cli.explain import explain
from turkmen_ner.cli.report import report
from turkmen_ner.cli.serve import serve
from turkmen_ner.cli.suggest import suggest
from turkmen_ner.cli.tag import tag
from turkmen_ner.errors import one_line


class Commands(TyperGroup):
    """The commands, which end with one sentence and exit code 1 when their results cannot be written."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command and see that all is written."""
        if sys.stdout is None:
            sys.stdout = Closed()
        try:
            try:
                return super().main(*args, **kwargs)
            finally:
                sys.stdout.flush()
        except OSError as error:
            if error.errno != errno.EPIPE:  # then the reader, such as head, has enough
                where = "standard output" if error.filename is None else one_line(str(error.filename))
                typer.echo(f"{where}: cannot be written ({error.strerror or error})", err=True)
            _forget()
            sys.exit(1)


class Closed(TextIOBase):
    """Standard output that is closed."""

    def write(self, text: str) -> int:
        """RAISES (OSError): Always."""
        raise OSError(errno.EBADF, "it is closed")


def _forget() -> None:
    """Drop what could not be written, or Python would try again when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:  # it has no file
        sys.stdout = Closed()


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Named-entity recognition for Turkmen: persons, places, organisations and ships, in every inflection.",
    epilog="Exit codes: 0 all went well; 1 a text, a pattern file or a result is not as it should be; 2 the command is "
    "not well formed; 130 stopped by Ctrl-C.",
)
for command in (tag, check, compile_, explain, count, report, serve, suggest, evaluate):
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
