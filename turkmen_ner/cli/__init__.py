"""The command line `turkmen-ner`: one file a command."""

from turkmen_ner.cli import report as report
from turkmen_ner.cli import serve as serve
from turkmen_ner.cli.app import app as app

__all__ = ["app"]
