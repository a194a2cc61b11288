"""The command line `turkmen-ner`: one file a command."""

from turkmen_ner.cli.app import app

__all__ = ["app"]
