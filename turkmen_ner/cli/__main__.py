"""`python -m turkmen_ner.cli`."""

from turkmen_ner.cli.app import app

app(prog_name="turkmen-ner")
