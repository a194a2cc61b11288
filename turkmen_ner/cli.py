"""The command `turkmen-ner`."""

import typer

app = typer.Typer(no_args_is_help=True, add_completion=True, help="Named-entity recognition for Turkmen.")
